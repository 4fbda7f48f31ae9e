"""Wrong passphrases are counted, outside the book, and each makes the next answer slower."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import orjson

from config.text import Text, t
from records.store.journal.durable import make_folder, write_durably
from records.store.sealing.secrets import WrongPassphraseError

T = TypeVar("T")
_FREE, _LONGEST = 3, 30.0
"""Wrong ones that cost nothing but their half second of Argon2id; and seconds that one costs at most."""


class Attempts:
    """The count of one book on this computer.

    It slows down who tries at this program. Who has a copy of the book tries elsewhere: against that stands Argon2id.

    Args:
        folder: where this user's program remembers the books it saw; None: only as long as it runs.
        book: id of the book.
        wait: waits for some seconds.
    """

    def __init__(self, folder: Path | None, book: str, wait: Callable[[float], object] = time.sleep) -> None:
        self._path = None if folder is None else folder / "attempts" / f"{book}.json"
        self._wait = wait
        self._counts: dict[str, int] = {}

    def tried(self, name: str, act: Callable[[], T]) -> T:
        """Do what asks for the passphrase of `name`. Raises WrongPassphraseError that says which one it was."""
        counts = self._read()
        wrong = counts.get(name, 0)
        if wrong >= _FREE:
            self._wait(min(2.0 ** (wrong - _FREE), _LONGEST))
        try:
            found = act()
        except WrongPassphraseError as error:
            self._keep({**counts, name: wrong + 1})
            raise WrongPassphraseError(_told(name, wrong + 1), where=error.where, do=t("type it again")) from None
        if wrong:
            self._keep({key: count for key, count in counts.items() if key != name})
        return found

    def _read(self) -> dict[str, int]:
        if self._path is not None:
            with suppress(OSError, ValueError, TypeError, AttributeError):
                told = orjson.loads(self._path.read_bytes())
                self._counts = {str(name): max(0, int(count)) for name, count in told.items()}
        return self._counts

    def _keep(self, counts: dict[str, int]) -> None:
        self._counts = counts
        if self._path is not None:
            with suppress(OSError):  # it slows down for as long as the program runs all the same
                make_folder(self._path.parent)
                write_durably(self._path, orjson.dumps(counts))


def _told(name: str, wrong: int) -> Text:
    if wrong == 1:
        return t("This is not the passphrase of “{name}”", name=name)
    return t("This is not the passphrase of “{name}”: wrong {n} times in a row", name=name, n=wrong)
