"""The keyring of the system: whoever is signed in to this computer opens a sealed book without typing, if they want.

What lies there is the key that a person's passphrase stands for: neither the passphrase nor a book key. With another
passphrase, or taken off the ring of the book, it opens nothing any more. The keyring is asked only where something was
remembered, which an empty file in the user's state folder tells. By `keyring`, an extra of the program.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

from config.errors import AppError, BookError, InputError
from config.text import Text, t
from records.store.journal.durable import make_folder
from records.store.sealing.ring import Ring, Unlocked, opened_by

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
SERVICE = "Sổ Vàng"
LIMIT = t("Whoever is signed in to this computer as you opens the book from now on, without a passphrase")


_SECONDS = 30.0
"""How long a keyring is waited for: it may ask whoever sits there for a password of its own."""


class KeyringError(BookError):
    """The keyring of the system did not do what it was asked."""


def judge_usable() -> None:
    """Refuse where the keyring cannot be used. Raises InputError."""
    _backend()


def remember(opened: Unlocked, state: Path) -> str:
    """Let the keyring open the book for who opened it now; gives what the keyring calls itself.

    Args:
        opened: who opened it.
        state: folder of this user.

    Raises:
        InputError: without the extra or a keyring, or when it was the recovery key that opened the book.
        KeyringError: when it refuses.
    """
    if opened.holder.kind != "person":
        raise InputError(
            t("The recovery key is not kept in a keyring"), do=t("open the book by a passphrase, then do it again")
        )
    backend, mark, late = _backend(), _mark(opened.ring, state), Event()
    told = f"{opened.holder.id}:{b64encode(opened.kek).decode()}"

    def keep() -> None:
        backend.set_password(SERVICE, opened.ring, told)
        if late.is_set():  # nobody waits any more, and was told that it knows nothing
            backend.delete_password(SERVICE, opened.ring)

    try:
        _answered(keep)
        make_folder(mark.parent)
        mark.touch(mode=0o600)
    except OSError as error:
        raise _refused(error) from None
    finally:
        late.set()
    return str(backend.name)


def follow(opened: Unlocked, state: Path) -> Text | None:
    """Let the keyring know another passphrase of who opened it, where it knew the one before.

    Returns:
        Why it does not know it: the passphrase is another all the same, and what the keyring has opens nothing.
    """
    try:
        if is_remembered(opened.ring, state):
            remember(opened, state)
    except AppError as error:
        return unknown_to_it(error)
    return None


def unknown_to_it(error: AppError) -> Text:
    """That something was done all the same, and that the keyring does not know of it."""
    return t("{what}; the passphrase is asked for. Later: “book key remember”", what=error.what)


def forget(ring: str, state: Path) -> bool:
    """Let the keyring forget what opens the book of a ring; gives whether it knew it.

    Raises:
        InputError: without the extra or a keyring, where something was remembered.
        KeyringError: when it refuses.
    """
    if not is_remembered(ring, state):
        return False
    backend = _backend()
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415  # an extra

    def let_go() -> bool:
        with suppress(PasswordDeleteError):  # it is not there
            backend.delete_password(SERVICE, ring)
        return backend.get_password(SERVICE, ring) is None

    if not _answered(let_go):
        raise KeyringError(t("The keyring of this computer did not let it go"), do=t("delete it there by hand"))
    try:
        _mark(ring, state).unlink(missing_ok=True)
    except OSError as error:
        raise _refused(error) from None
    return True


def is_remembered(ring: str, state: Path) -> bool:
    """Whether the keyring was told what opens the book of a ring; it is not asked itself."""
    return _mark(ring, state).exists()


def recalled(ring: Ring, state: Path) -> Unlocked | None:
    """What the keyring opens of the book of a ring; None where it was told nothing.

    Raises:
        InputError: without the extra or a keyring, where something was remembered.
        KeyringError: when it refuses, or what it has opens nothing any more.
    """
    if not is_remembered(ring.id, state):
        return None
    backend = _backend()
    holder_id, _, kek = (_answered(lambda: backend.get_password(SERVICE, ring.id)) or "").partition(":")
    holder = next((each for each in ring.holders if each.id == holder_id), None)
    with suppress(AppError, ValueError):
        if holder is not None:
            return opened_by(ring, holder, b64decode(kek))
    raise KeyringError(
        t("What the keyring of this computer has opens the book no more"),
        do=t("type the passphrase, then “book key remember” again or “book key forget”"),
    )


def _mark(ring: str, state: Path) -> Path:
    return state / "remembered" / (ring if ring.isalnum() else "")


def _backend() -> KeyringBackend:
    """The keyring of the system. Raises InputError where there is none, or one that is a plain file."""
    do = t("open the book by its passphrase")
    try:
        import keyring  # noqa: PLC0415  # an extra
    except ImportError:
        what = t("The keyring of this computer can be used with the program's extra “keyring” only")
        raise InputError(what, do=t("install it, or open the book by its passphrase")) from None
    backend = _answered(keyring.get_keyring)
    first = next(iter(getattr(backend, "backends", ())), backend)
    module = type(first).__module__
    if module in ("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer"):
        raise InputError(t("This computer has no keyring"), do=do)
    if module.startswith("keyrings.alt"):
        raise InputError(t("The keyring of this computer is a file that others can read"), do=do)
    return first


def _answered(act: Callable[[], T]) -> T:
    """What the keyring answers, asked in a thread that is left alone where it never does.

    Raises:
        KeyringError: when it refuses, fails in whatever way of its own, or does not answer in time.
    """
    answer: Future[T] = Future()

    def ask() -> None:
        try:
            answer.set_result(act())
        except Exception as error:  # noqa: BLE001  # whatever a backend of a strange system raises
            answer.set_exception(error)

    Thread(target=ask, daemon=True, name="keyring").start()
    try:
        return answer.result(_SECONDS)
    except TimeoutError:
        raise KeyringError(
            t("The keyring of this computer did not answer within {n} seconds", n=int(_SECONDS)),
            do=t("open the book by its passphrase"),
        ) from None
    except Exception as error:  # noqa: BLE001
        raise _refused(error) from None


def _refused(error: Exception) -> KeyringError:
    told = str(error).strip(" .!") or type(error).__name__
    return KeyringError(
        t("The keyring of this computer refused: {reason}", reason=told), do=t("open the book by its passphrase")
    )
