"""What services ask: who is signed in, what they may, and that they looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from config.errors import InputError
from config.text import t
from records.domain.access.accounts import ActRight
from records.domain.access.looking import Look
from records.store.access.gate import Gate
from records.store.access.looks import Looks


class Access:
    """Rights in a book; without accounts everybody may everything, and nothing of it is noted."""

    def __init__(
        self, gate: Gate, looks: Looks | None = None, forget: Callable[[int], object] | None = None,
        in_step: Callable[[bool], object] = lambda _: None,
    ) -> None:  # fmt: skip
        self._gate, self._looks, self._forget, self._in_step = gate, looks, forget, in_step
        self._told: tuple[int, str] | None = None

    @property
    def stands(self) -> bool:
        """Whether the book has accounts."""
        return self._gate.stands

    @property
    def name(self) -> str:
        """Who is signed in; empty when nobody is."""
        me = self._gate.me()
        return me.name if me is not None and not me.account.get("removed") else ""

    def may(self, act: ActRight) -> bool:
        """Whether whoever is signed in may do this."""
        return self._gate.may(act)

    def who_may(self, act: ActRight) -> list[str]:
        """Names of those who may."""
        return self._gate.who_may(act)

    def judge(self, *acts: ActRight) -> None:
        """Refuse what whoever is signed in may not do.

        Raises:
            BookError: when nobody is signed in, or the account was taken away.
            RefusedError: that says who may.
        """
        self._gate.judge(*acts)

    def judge_some(self) -> None:
        """Refuse whoever may do nothing but look. Raises as `judge`."""
        self._gate.judge_some()

    def keepers(self) -> list[int]:
        """Numbers of the accounts that give accounts."""
        return self._gate.keepers()

    def judge_keeper(self, numbers: Sequence[int]) -> None:
        """Refuse an older book to who gives accounts in the newer one no more. Raises as `judge`."""
        self._gate.judge_keeper(numbers)

    def look(self, people: Sequence[str], fields: Sequence[str], door: str) -> None:
        """Note that sensitive fields of people are looked at, before they are shown; refused without the right.

        Raises as `judge`, and BookError when it cannot be noted.
        """
        if self.stands and fields and people:
            self.judge("sensitive")
            if self._looks is not None:
                self._looks.note(people, fields, door)

    def looks(self) -> Iterator[Look]:
        """Every look, the oldest first."""
        return iter(()) if self._looks is None else self._looks.all()

    def forget(self, person_id: str) -> None:
        """Destroy the own key of a person, once what it sealed is out of the records; a line must follow.

        Raises:
            InputError: in a book that is not sealed: nothing can be forgotten there.
            BookError, RefusedError: as `judge`, or when the keys cannot be written.
        """
        self.judge("privacy")
        if self._forget is None:
            raise InputError(t("In this book nothing can be forgotten"), do=t("seal it with “book seal”"))
        self._forget(int(person_id.rpartition("-")[2]))

    def keep_in_step(self, *, founding: bool = False) -> None:
        """To be called when the book got accounts, or another key; see `safety.opening.keep_in_step`."""
        self._in_step(founding)

    def told_by_line(self, login: str) -> dict[str, Any]:
        """What the next line says: who signed in, else `login`; and the last look, where it has to remember it."""
        head = self._looks.head() if self._looks is not None and self.stands else None
        return {"actor": self.name or login, **({} if head in {None, self._told} else {"looks": head})}

    def remembers(self, look: tuple[int, str]) -> None:
        """A line that remembers this look is written: no later one need."""
        self._told = look
