"""The key that seals certificates: made in the book's folder, its public half for anybody to check with.

Its fingerprint stands in the journal, so that a key that once sealed is never replaced by another without a word.
"""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from config.errors import BookError, InputError
from config.reasons import not_kept, system_reason
from config.text import t
from records.domain.awards.awards import Issue
from records.services.office import Office
from records.store.contract import Files, Problem, Store

_KEY, _PUBLIC = "keys/certificates.key", "keys/certificates.pub"
ACTION = "certificate.key"
_FORGOTTEN = t("The key of the certificates is gone, and with the beginning of the journal what was known of it")
_BRING_BACK = t("bring the folder “files/keys” back from a backup; a new key would make every old seal worthless")
_MOST = 10_000  # bytes of a file that is to be a key


def public_pem(office: Office) -> bytes:
    """The public half of the key as a PEM file, for others to check with. Raises InputError."""
    private_key(office)
    return _content(office.book.files, _PUBLIC)


def _content(files: Files, name: str) -> bytes:
    """What a file of the key holds. Raises OSError."""
    content = files.read(name)
    if content is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(files.folder / name))
    return content


def private_key(office: Office) -> Any:
    """The key that seals, made when it is first asked for.

    Raises:
        InputError: when it cannot be read or written, or is not the one that sealed before.
        BookError: when a new key cannot be noted in the journal.
    """
    files = office.book.files
    path = files.folder / _KEY
    try:
        if files.read(_KEY) is None:
            _judge_lost(office, path)
            _make(files)
        key = _read(_content(files, _KEY), private=True)
        mark = fingerprint(key.public_key())
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    known = noted(office.book)
    if known and known != mark:
        raise _other(path, known)
    if not known and not office.book.read_only:
        office.book.note(ACTION, about=mark)
    return key


def noted(book: Store) -> str:
    """The fingerprint of the key that seals, as the journal says, or nothing while there is none."""
    return next((entry.about for entry in book.history(action=ACTION, limit=1)), "")


def note_again(book: Store) -> None:
    """Note the key that lies there, where the line that noted it went with the beginning of the journal.

    Raises:
        AppError: when it cannot be noted.
    """
    if noted(book) or not book.lost_history():
        return
    with suppress(OSError, ValueError):
        book.note(ACTION, about=fingerprint(_read(_content(book.files, _KEY), private=True).public_key()))


def _is_forgotten(book: Store) -> bool:
    """Whether certificates were printed, and the line is lost that may have noted their key."""
    return bool(book.lost_history()) and len(book.table(Issue)) > 0


def key_problems(book: Store) -> list[Problem]:
    """What is wrong with the files of the key, held against the fingerprint in the journal."""
    known = noted(book)
    if not known:
        lost = _is_forgotten(book) and book.files.read(_KEY) is None
        return [Problem(f"files/{_KEY}", _FORGOTTEN)] if lost else []
    problems = []
    for name in (_KEY, _PUBLIC):
        try:
            fits = _is_half(name, _content(book.files, name), known)
        except (OSError, BookError):
            fits = False
        if not fits:
            short = name.rpartition("/")[2]
            what = t("The key file {name} is not the one that sealed: bring it back from a backup", name=short)
            problems.append(Problem(f"files/{name}", what))
    return problems


def is_key(book: Store, name: str, content: bytes) -> bool:
    """Whether these bytes are the half of the key that the journal knows, under the name of that half."""
    return name in (_KEY, _PUBLIC) and _is_half(name, content, noted(book))


def _is_half(name: str, content: bytes, known: str) -> bool:
    private = name == _KEY
    try:
        half = _read(content, private=private)
    except ValueError:
        return False
    # Another byte at the end is still a key; a line of a file that came by another system may end otherwise.
    fits = content.replace(b"\r\n", b"\n") == _pem(half, private=private)
    return fits and fingerprint(half.public_key() if private else half) == known


def _make(files: Files) -> None:
    """Make a key, both halves on disk under their names before anything is sealed. Raises BookError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  # heavy

    key = Ed25519PrivateKey.generate()
    try:
        files.write(_PUBLIC, _pem(key.public_key(), private=False))
        files.write(_KEY, _pem(key, private=True))
    except OSError as error:
        raise not_kept(files.folder / _KEY, error) from error


def _pem(half: Any, *, private: bool) -> bytes:
    """The file of one half of a key."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  # heavy

    pem = serialization.Encoding.PEM
    if private:
        made: bytes = half.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    else:
        made = half.public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    return made


def _read(content: bytes, *, private: bool) -> Any:
    """The half of an Ed25519 key that the bytes of a PEM file hold. Raises ValueError when they hold none."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415  # heavy

    try:
        if private:
            key: object = serialization.load_pem_private_key(content, password=None)
        else:
            key = serialization.load_pem_public_key(content)
    except (UnsupportedAlgorithm, TypeError) as error:  # one bit of the name of the algorithm; a password asked for
        raise ValueError(str(error)) from error
    if not isinstance(key, ed25519.Ed25519PrivateKey if private else ed25519.Ed25519PublicKey):
        raise ValueError(type(key).__name__)  # noqa: TRY004  # what is wrong is the file
    return key


def fingerprint(public: Any) -> str:
    """SHA-256 of the raw public key."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()


def _judge_lost(office: Office, path: Path) -> None:
    """Raises InputError when this book sealed with a key that is gone, or cannot note a new one."""
    if known := noted(office.book):
        raise _other(path, known)
    if _is_forgotten(office.book):
        raise InputError(_FORGOTTEN, where=str(path), do=_BRING_BACK)
    if office.book.read_only:
        raise BookError(
            t("This book has no key yet, and it can only be read"), do=t("open it where it can be written, then print")
        )


def _other(path: Path, known: str) -> InputError:
    return InputError(
        t("The key that sealed until now is not in its place (fingerprint {mark})", mark=known[:16]),
        where=str(path),
        do=_BRING_BACK,
    )


def public_key(office: Office) -> Any:
    """The public half; None while there is none. Raises InputError for no key."""
    files = office.book.files
    path = files.folder / _PUBLIC
    try:
        content = files.read(_PUBLIC)
        if content is None:
            if known := noted(office.book):
                raise _other(path, known)
            return None
        key = _read(content, private=False)
        mark = fingerprint(key)
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    if (known := noted(office.book)) and known != mark:
        raise _other(path, known)
    return key


def key_in(path: Path) -> Any:
    """The public key that an office gave out in a file. Raises InputError for no key."""
    try:
        with path.open("rb") as file:
            return _read(file.read(_MOST), private=False)
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error


def public_from(key: str) -> Any:
    """The public half that these 32 bytes in hex are. Raises ValueError when they are none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415  # heavy

    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))


def signed_by(key: Any, signature: bytes, content: bytes) -> bool:
    """Whether `signature` over `content` was made by the other half of `key`."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # heavy

    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _unusable(path: Path, error: Exception) -> InputError:
    reason = system_reason(error) if isinstance(error, OSError) else t("it is not a key")
    return InputError(
        t("The key file “{path}” cannot be used: {reason}", path=path, reason=reason),
        do=t("bring the file back from a backup of the book, or choose another place"),
    )
