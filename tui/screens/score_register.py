"""Registration in a sheet: entering who comes late, with what they pledge, and taking a row out with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.speech import say_
from config.text import Text, t
from records.desks import emulation
from records.desks.cycles import subject_names
from tui.widgets.dialogs import AskText, Choose

if TYPE_CHECKING:
    from tui.screens.score_sheet import ScoreSheetScreen


def register_one(screen: ScoreSheetScreen) -> None:
    """Choose somebody whom the cycle concerns and who is not in it yet, ask for the pledge, and enter it."""
    names = subject_names(screen.office, screen.cycle)
    missing = emulation.unregistered(screen.office, screen.cycle)
    if not missing:
        screen.news(t("Everybody whom the cycle concerns is registered"))
        return

    def chosen(subject: str | None) -> None:
        if subject is None:
            return

        def pledged(typed: str | None) -> None:
            if typed is not None and screen.attempt(
                lambda: emulation.register(screen.office, screen.cycle, [subject], day=screen.on, pledge=typed)
            ):
                screen.refresh_office()
                screen.news(t("{name} is registered. Ctrl+Z takes it back", name=names[subject]))

        screen.app.push_screen(AskText(names[subject], t("What is pledged (may stay empty)")), pledged)

    options = [(each.subject, names[each.subject], each.subject) for each in missing]
    screen.app.push_screen(Choose(t("Who registers?"), options), chosen)


def withdraw_one(screen: ScoreSheetScreen) -> None:
    """Take the row under the cursor out of the cycle, with a reason."""
    if not screen.model.rows:
        return
    row = screen.model.rows[screen.grid.row]

    def take(reason: str | None) -> None:
        if reason is not None and screen.attempt(
            lambda: emulation.withdraw(screen.office, screen.cycle, [row.entrant.id], reason=reason)
        ):
            screen.refresh_office()
            screen.news(t("{name} is out of the cycle. Ctrl+Z takes it back", name=row.name))

    words = say_("Why does {name} leave the cycle? The points go too; the history keeps them.", name=row.name)
    screen.app.push_screen(AskText(t("Take out of the cycle"), words, judge=_reason), take)


def _reason(typed: str) -> Text | None:
    return None if typed.strip() else t("write why, in a few words")
