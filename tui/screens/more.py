"""The lists under F8 and F6: what else can be done or looked at on a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from textual.screen import Screen

from config.i18n import tr
from config.text import Text, t
from tui.widgets.keys import Act


class MoreActs:
    """A screen with more acts than keys; the list of commands has them too.

    Attributes:
        more_acts: what F8 lists.
        other_views: what F6 lists.
    """

    more_acts: ClassVar[tuple[Act, ...]] = ()
    other_views: ClassVar[tuple[Act, ...]] = ()

    def action_more(self) -> None:
        """List what else can be done."""
        ask_act_of(cast("Screen[Any]", self), t("More"), self.more_acts)

    def action_views(self) -> None:
        """List what else can be looked at."""
        ask_act_of(cast("Screen[Any]", self), t("Look at"), self.other_views)


def ask_flips(screen: Screen[Any], flipped: int, act: Callable[[], object]) -> None:
    """Do `act`; where it would change what was decided otherwise for `flipped` of the marked, only after asking."""
    from tui.widgets.dialogs import Confirm  # noqa: PLC0415  # the first screen is painted without them

    if not flipped:
        act()
        return

    def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
        if yes:
            act()

    title = t("{n} of the marked are decided otherwise. Change them too?", n=flipped)
    lines = (t("“No” changes nobody: take their marks off with Space, then do it for the others"),)
    screen.app.push_screen(Confirm(title, lines, yes=t("Change {n} decided ones", n=flipped)), answered)


def ask_act_of(screen: Screen[Any], title: Text, acts: Sequence[Act]) -> None:
    """Let the person choose one of the acts of a screen, and do it; the only one at once."""
    from tui.widgets.dialogs import Choose  # noqa: PLC0415  # the first screen is painted without them

    def run(chosen: str | None) -> None:
        if chosen is not None:
            screen.app.call_later(screen.app.run_action, chosen, screen)

    if len(acts) == 1:
        run(acts[0].action)
        return
    screen.app.push_screen(Choose(title, [(each.action, tr(each.words)) for each in acts]), run)
