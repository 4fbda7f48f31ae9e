"""The keyring of the system: whoever is signed in to this computer opens a sealed book without typing, if they want.

What lies there is the key that a person's passphrase stands for: neither the passphrase nor a book key. With another
passphrase, or taken off the ring of the book, it opens nothing any more. The keyring is asked only where something was
remembered, which an empty file in the user's state folder tells. By `keyring`, an extra of the program.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import AppError, BookError, InputError
from config.text import t
from records.store.journal.durable import make_folder
from records.store.sealing.ring import Ring, Unlocked, opened_by

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Sổ Vàng"
LIMIT = t("Whoever is signed in to this computer as you opens the book from now on, without a passphrase")


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
    backend, mark = _backend(), _mark(opened.ring, state)
    told = f"{opened.holder.id}:{b64encode(opened.kek).decode()}"
    from keyring.errors import KeyringError as Refused  # noqa: PLC0415  # an extra

    try:
        backend.set_password(SERVICE, opened.ring, told)
        make_folder(mark.parent)
        mark.touch(mode=0o600)
    except (Refused, OSError) as error:
        raise _refused(error) from None
    return str(backend.name)


def follow(opened: Unlocked, state: Path) -> None:
    """Let the keyring know another passphrase of who opened it, where it knew the one before. Raises as `remember`."""
    if is_remembered(opened.ring, state):
        remember(opened, state)


def forget(ring: str, state: Path) -> bool:
    """Let the keyring forget what opens the book of a ring; gives whether it knew it.

    Raises:
        InputError: without the extra or a keyring, where something was remembered.
        KeyringError: when it refuses.
    """
    if not is_remembered(ring, state):
        return False
    backend = _backend()
    from keyring.errors import KeyringError as Refused  # noqa: PLC0415  # an extra
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415

    try:
        with suppress(PasswordDeleteError):  # it is not there
            backend.delete_password(SERVICE, ring)
        if backend.get_password(SERVICE, ring) is not None:
            raise KeyringError(t("The keyring of this computer did not let it go"), do=t("delete it there by hand"))
        _mark(ring, state).unlink(missing_ok=True)
    except (Refused, OSError) as error:
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
    from keyring.errors import KeyringError as Refused  # noqa: PLC0415  # an extra

    try:
        holder_id, _, kek = (backend.get_password(SERVICE, ring.id) or "").partition(":")
    except Refused as error:
        raise _refused(error) from None
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
    try:
        backend = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001  # whatever a backend of a strange system raises as it is begun
        raise InputError(t("The keyring of this computer cannot be used: {reason}", reason=str(error)), do=do) from None
    first = next(iter(getattr(backend, "backends", ())), backend)
    module = type(first).__module__
    if module in ("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer"):
        raise InputError(t("This computer has no keyring"), do=do)
    if module.startswith("keyrings.alt"):
        raise InputError(t("The keyring of this computer is a file that others can read"), do=do)
    return first


def _refused(error: Exception) -> KeyringError:
    told = str(error) or type(error).__name__
    return KeyringError(
        t("The keyring of this computer refused: {reason}", reason=told), do=t("open the book by its passphrase")
    )
