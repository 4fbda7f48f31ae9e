"""Views of the list of people: a filter with its find line and order, kept in the book under a name."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from config.i18n import tr_
from config.text import t
from records.domain.lists import ListView
from records.services import lists
from records.services.people.roster import Scope
from tui.screens.base import OfficeScreen
from tui.screens.whom import Filter
from tui.widgets.dialogs import AskText, Choose
from tui.widgets.listing import Listing

_KEEP, _FORGET = "+", "-"


def view_of(chosen: Filter, listing: Listing) -> ListView:
    """How the list is looked at now, without a name."""
    scope, table = chosen.scope, listing.table
    return ListView(
        id="",
        name="",
        role=scope.role,
        level=scope.level,
        unit=scope.unit,
        holding=scope.holding,
        verdict=chosen.verdict,
        find=listing.find_input.value.strip(),
        sort=table.sorted_by,
        reverse=table.reverse,
    )


def filter_of(view: ListView) -> Filter:
    """The filter of a view."""
    return Filter(Scope(role=view.role, level=view.level, unit=view.unit, holding=view.holding), view.verdict)


def ask_view(screen: OfficeScreen, current: Callable[[], ListView], show: Callable[[ListView], None]) -> None:
    """Let the person choose a view, keep the one shown (`current`), or delete one."""
    kept = {each.id: each for each in lists.saved(screen.office, ListView)}
    options = [(each.id, each.name, "") for each in kept.values()]
    options.append((_KEEP, tr_("Keep what is shown as a view…"), ""))
    if kept:
        options.append((_FORGET, tr_("Delete a view…"), ""))

    def take(chosen: str | None) -> None:
        if chosen == _KEEP:
            _ask_name(screen, current)
        elif chosen == _FORGET:
            _ask_which(screen, kept)
        elif chosen is not None:
            show(kept[chosen])
            screen.news(t("View: {name}", name=kept[chosen].name))

    screen.app.push_screen(Choose(t("Views"), options), take)


def _ask_name(screen: OfficeScreen, current: Callable[[], ListView]) -> None:
    if not screen.may_write():
        return

    def take(name: str | None) -> None:
        if name is None:
            return
        view = current()
        if screen.attempt(lambda: lists.save(screen.office, msgspec.structs.replace(view, name=name))):
            screen.news(t("View kept: {name}", name=name.strip()))

    screen.app.push_screen(AskText(t("Keep what is shown as a view"), t("Name")), take)


def _ask_which(screen: OfficeScreen, kept: dict[str, ListView]) -> None:
    if not screen.may_write():
        return

    def take(chosen: str | None) -> None:
        if chosen is not None and screen.attempt(lambda: lists.delete(screen.office, kept[chosen])):
            screen.news(t("Deleted: {name}. Ctrl+Z brings it back", name=kept[chosen].name))

    screen.app.push_screen(Choose(t("Delete a view"), [(each.id, each.name) for each in kept.values()]), take)
