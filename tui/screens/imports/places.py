"""Where people go whose row names a unit that no longer exists: asked before anything is entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from config.i18n import tr_
from config.text import t
from records.services.imports import entering, intake
from records.services.units.named_units import EndedUnit
from tui.screens.base import OfficeScreen
from tui.widgets.dialogs import Choose

Places = Mapping[str, str]
"""Id of a unit that ended -> id of the one in which people are entered instead."""
_ALL, _EACH, _STAY = "all", "each", "stay"


def ask_places(
    screen: OfficeScreen, seen: intake.Preview, planned: entering.Plan, then: Callable[[Places], None]
) -> None:
    """Ask for each ended unit that rows to be written name, with its successors; then go on with what was said.

    Closing a question enters nothing.
    """
    rows = {*(each.row for each in planned.new), *(each.row for each in planned.updates), *planned.joined}
    asked = [each for each in seen.ended if each.heirs and rows & set(each.rows)]
    one = [each for each in asked if len(each.heirs) == 1]
    if len(one) < 2:
        _ask_each(screen, seen, asked, {}, then)
        return

    def take(chosen: str | None) -> None:
        if chosen is None:
            _said_nothing(screen)
        elif chosen == _EACH:
            _ask_each(screen, seen, asked, {}, then)
        else:
            places = {each.unit: each.heirs[0] for each in one} if chosen == _ALL else {}
            _ask_each(screen, seen, [each for each in asked if each not in one], places, then)

    options = [
        (_ALL, tr_("into the units that took them over")),
        (_EACH, tr_("ask for each unit")),
        (_STAY, tr_("into the ended units, as the list says")),
    ]
    title = t("{n} units of the list no longer exist: where do their people go?", n=len(one))
    screen.app.push_screen(Choose(title, options), take)


def _ask_each(
    screen: OfficeScreen,
    seen: intake.Preview,
    asked: list[EndedUnit],
    places: dict[str, str],
    then: Callable[[Places], None],
) -> None:
    if not asked:
        then(places)
        return
    first, *rest = asked

    def take(chosen: str | None) -> None:
        if chosen is None:
            _said_nothing(screen)
        else:
            _ask_each(screen, seen, rest, places if chosen == _STAY else {**places, first.unit: chosen}, then)

    names = screen.office.unit_names(seen.on)
    options: list[tuple[str, ...]] = [
        (heir, tr_("into {unit}", unit=names.get(heir, heir)), heir) for heir in first.heirs
    ]
    options.append((_STAY, tr_("into {unit}, as the list says", unit=first.name)))
    title = t(
        "{unit} ended on {day}: where do the people of {n} rows go?",
        unit=first.name,
        day=first.until,
        n=len(first.rows),
    )
    screen.app.push_screen(Choose(title, options), take)


def _said_nothing(screen: OfficeScreen) -> None:
    screen.news(t("Nothing was entered; the preview is still open"))
