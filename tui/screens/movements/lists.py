"""What the lists of movements, registrations, initiatives and the fund share: acts on the marked, and asking why."""

from __future__ import annotations

from collections.abc import Callable

from config.text import Text, t
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Confirm


class ActingList(ListScreen):
    """A list whose acts are each one change of the book, said on the news line."""

    counted = True

    def act(self, act: Callable[[], object], told: Text) -> None:
        """Do what a service does, and say so."""
        if self.may_write() and self.attempt(act):
            self.catch_up()
            self.news(told)

    def ask_words(
        self, title: Text, label: Text, do: Callable[[str], object], told: Text, *, empty: bool = False
    ) -> None:
        """Ask for a line of words, such as a reason or a number, and do it with them."""

        def asked(typed: str | None) -> None:
            if typed is not None:
                self.act(lambda: do(typed), told)

        def judge(typed: str) -> Text | None:
            return None if empty or typed.strip() else t("write why, in a few words")

        if self.may_write():
            self.app.push_screen(AskText(title, label, "", judge=judge), asked)

    def ask_sure(self, title: Text, yes: Text, do: Callable[[], object], told: Text) -> None:
        """Ask before something is taken out."""

        def answered(sure: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if sure:
                self.act(do, told)

        if self.may_write():
            self.app.push_screen(Confirm(title, (), yes=yes, danger=True), answered)

    def entered(self, told: Text) -> Callable[[str | None], None]:
        """What is done when a form gave the id of what it entered."""

        def done(record: str | None) -> None:
            if record:
                self.catch_up()
                self.listing.table.move_to(record)
                self.news(told)

        return done
