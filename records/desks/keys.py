"""The key that seals certificates: made in the book's folder, its public half for anybody to check with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from config.errors import InputError, system_reason
from config.text import t
from records.desks.office import Office

_KEY, _PUBLIC = "certificates.key", "certificates.pub"


def export_public_key(office: Office, out: Path) -> None:
    """Write the public half of the key to `out`, for others to check with. Raises InputError."""
    private_key(office)
    if out.exists():
        raise InputError(
            t("“{path}” is there already", path=out), do=t("choose another name, or allow it to be replaced")
        )
    try:
        with out.open("xb") as file:
            file.write((_folder(office) / _PUBLIC).read_bytes())
    except OSError as error:
        raise _unusable(out, error) from error


def _folder(office: Office) -> Path:
    return office.book.path / "files" / "keys"


def private_key(office: Office) -> Any:
    """The key that seals, made when it is first asked for. Raises InputError when it cannot be read or written."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    path = _folder(office) / _KEY
    try:
        if path.exists():
            return serialization.load_pem_private_key(path.read_bytes(), password=None)
        key = Ed25519PrivateKey.generate()
        path.parent.mkdir(parents=True, exist_ok=True)
        plain = serialization.NoEncryption()
        pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        _write(path.with_name(_PUBLIC), key.public_key().public_bytes(*form), 0o644)
        _write(path, pem, 0o600)
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    return key


def public_key(office: Office, given: Path | None) -> Any:
    """The public half, or that in the file `given`; None while there is none. Raises InputError for no key."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  # heavy

    path = given or _folder(office) / _PUBLIC
    if given is None and not path.exists():
        return None
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    if not hasattr(key, "public_bytes_raw"):
        raise _unusable(path, ValueError())
    return key


def signed_by(key: Any, signature: bytes, content: bytes) -> bool:
    """Whether `signature` over `content` was made by the other half of `key`."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # heavy

    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a whole file that only this user can change, or none."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _unusable(path: Path, error: Exception) -> InputError:
    reason = system_reason(error) if isinstance(error, OSError) else t("it is not a key")
    return InputError(
        t("The key file “{path}” cannot be used: {reason}", path=path, reason=reason),
        do=t("bring the file back from a backup of the book, or choose another place"),
    )
