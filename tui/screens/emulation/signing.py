"""Questions about a whole cycle: the council's order, the signature, and unlocking with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.emulation import Cycle, Stage
from records.rules.emulation.words import RATING_WORDS, period_words
from records.services.emulation import signing, standings
from tui.widgets.dialogs import AskText, Choose, Confirm, Report

if TYPE_CHECKING:
    from tui.screens.base import OfficeScreen

_MOST = 300


def ask_council(screen: OfficeScreen, cycle: Cycle, stage: Stage, equals: list[tuple[str, str]]) -> None:
    """Ask who ranks first among `equals` (id, name), who next, and why; then record it."""
    order: list[str] = []

    def reason(typed: str | None) -> None:
        if typed is not None and screen.attempt(
            lambda: standings.resolve_tie(screen.office, cycle, order, reason=typed, day=screen.on, stage=stage)
        ):
            screen.refresh_office()
            screen.news(t("The council's order among {n} equals is entered", n=len(order)))

    def take(chosen: str | None) -> None:
        if chosen is None:
            return
        order.append(chosen)
        left = [each for each in equals if each[0] not in order]
        if len(left) > 1:
            ask(left)
            return
        order.extend(each for each, _ in left)
        names = dict(equals)
        words = " > ".join(names[each] for each in order)
        screen.app.push_screen(AskText(words, t("Why, as in the minutes of the council")), reason)

    def ask(left: list[tuple[str, str]]) -> None:
        title = t("Who ranks first among the equals? ({n} left)", n=len(left))
        screen.app.push_screen(Choose(title, left), take)

    ask(equals)


def ask_signature(screen: OfficeScreen, cycle: Cycle) -> None:
    """Sign a cycle after showing its outcome, say what keeps it open, or ask why it must be unlocked."""
    if cycle.signed is not None:
        _ask_unlocking(screen, cycle)
        return
    found = standings.ranking(screen.office, cycle)
    unsettled = signing.hindrances(screen.office, cycle, found)
    if unsettled:
        lines = [f"{each.name}: {tr(each.problem)}" for each in unsettled[:_MOST]]
        more = [tr_("… and {n} more", n=len(unsettled) - _MOST)] if len(unsettled) > _MOST else []
        title = t("{n} things must be settled before signing", n=len(unsettled))
        screen.app.push_screen(Report(title, [*lines, *more]))
        return
    counts = {each: sum(rating == each for rating in found.ratings.values()) for each in RATING_WORDS}
    words = " · ".join(f"{tr(RATING_WORDS[each])}: {n}" for each, n in counts.items() if n)

    def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
        if agreed and screen.attempt(lambda: signing.sign(screen.office, cycle, day=screen.on)):
            screen.catch_up()
            screen.news(t("Signed on {day} and locked. Ctrl+S unlocks it with a reason", day=screen.on))

    lines = [words, tr_("The outcomes are entered for {n} rows, and nothing can be changed after.", n=len(found.rows))]
    title = t("Sign cycle {key}?", key=period_words(cycle))
    screen.app.push_screen(Confirm(title, lines, yes=t("Sign"), danger=True), done)


def _ask_unlocking(screen: OfficeScreen, cycle: Cycle) -> None:
    def take(typed: str | None) -> None:
        if typed is not None and screen.attempt(
            lambda: signing.unlock(screen.office, cycle, day=screen.on, reason=typed)
        ):
            screen.catch_up()
            screen.news(t("Unlocked; sign it again when it is corrected"))

    signed = cycle.signed
    words = t("It was signed on {day}. Why must it be opened?", day=signed or screen.on)
    screen.app.push_screen(AskText(t("Unlock cycle {key}", key=period_words(cycle)), words, judge=_reason), take)


def _reason(typed: str) -> Text | None:
    return None if typed.strip() else t("write why, in a few words")
