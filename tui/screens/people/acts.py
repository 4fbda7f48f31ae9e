"""What can be done with the people marked in a list. A part of the office adds its act to `ACTS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from config.i18n import tr
from config.text import Text, t
from records.domain.awards.proposals import ProposalList
from records.services.awards import proposing
from records.services.training import events as training
from tui.screens.base import OfficeScreen
from tui.widgets.dialogs import Choose

Act = Callable[[OfficeScreen, Sequence[str]], None]
"""Gets the screen and the ids of the people, in the order they are shown."""


def _write(screen: OfficeScreen, ids: Sequence[str]) -> None:
    from tui.screens.people.export_job import write_list  # noqa: PLC0415  # spreadsheets are heavy

    write_list(screen, ids)


def _print(screen: OfficeScreen, ids: Sequence[str]) -> None:
    from tui.screens.people.export_job import print_list  # noqa: PLC0415  # pages are heavy

    print_list(screen, ids)


def _transfer(screen: OfficeScreen, ids: Sequence[str]) -> None:
    from tui.screens.appointments.forms import TransferForm  # noqa: PLC0415  # forms know the lists that know the acts

    def saved(answered: str | None) -> None:
        if answered:
            screen.catch_up()
            screen.news(t("Transferred: {n} people. Ctrl+Z takes it back", n=len(ids)))

    if screen.may_write():
        screen.app.push_screen(TransferForm(ids), saved)


def _call(screen: OfficeScreen, ids: Sequence[str]) -> None:
    coming = [each for each in training.events(screen.office) if each.day >= screen.on]
    others = [each for each in training.events(screen.office) if each.day < screen.on]
    events = {each.id: each for each in (*reversed(coming), *others[:60])}
    if not events:
        screen.news(t("There is no class or conference yet; enter one under “Training and conferences”"), bad=True)
        return

    def take(chosen: str | None) -> None:
        if chosen is not None and screen.attempt(lambda: training.call(screen.office, events[chosen], ids)):
            screen.catch_up()
            screen.news(t("Called to “{title}”. Ctrl+Z takes it back", title=events[chosen].title))

    if screen.may_write():
        options = [(each.id, each.title, f"{each.day:%d/%m/%Y}") for each in events.values()]
        screen.app.push_screen(Choose(t("Call to which class or conference?"), options), take)


def propose(screen: OfficeScreen, ids: Sequence[str], prize: str = "") -> None:
    """Ask for a proposal list and an achievement, and put people or units on it; `prize` is offered first."""
    from tui.screens.awards.forms import NominationForm  # noqa: PLC0415  # forms know the lists that know the acts

    lists = {each.id: each for each in reversed(screen.office.book.table(ProposalList).all())}
    undecided = {key: each for key, each in lists.items() if not proposing.is_decided(screen.office, each)}
    if prize:
        form_asked = screen.office.settings.prizes.prizes[prize].form
        undecided = {key: each for key, each in undecided.items() if each.form == form_asked}
    if not undecided:
        screen.news(t("There is no open proposal list; begin one under “Awards”"), bad=True)
        return

    def ask(chosen: str | None) -> None:
        if chosen is None:
            return
        form = NominationForm(undecided[chosen], prize=prize)

        def store(done: str | None) -> None:
            if done and form.nomination is not None:
                told = replace(form.nomination, subjects=ids)
                if screen.attempt(lambda: proposing.nominate(screen.office, undecided[chosen], told, screen.on)):
                    screen.catch_up()
                    screen.news(t("Proposed: {n}. Ctrl+Z takes it back", n=len(ids)))

        screen.app.push_screen(form, store)

    if screen.may_write():
        options = [(key, each.title, f"{each.opened:%d/%m/%Y}") for key, each in undecided.items()]
        screen.app.push_screen(Choose(t("On which proposal list?"), options), ask)


def _papers(screen: OfficeScreen, ids: Sequence[str]) -> None:
    from tui.screens.awards.papers import ask_people  # noqa: PLC0415  # pages are heavy

    ask_people(screen, ids)


ACTS: tuple[tuple[Text, Act], ...] = (
    (t("Write a list to a file…"), _write),
    (t("Make a list to print (PDF)…"), _print),
    (t("Transfer to another unit…"), _transfer),
    (t("Call to a class or conference…"), _call),
    (t("Put on a proposal list…"), propose),
    (t("Report of achievements, particulars…"), _papers),
)


def ask_act(screen: OfficeScreen, ids: Sequence[str], names: Sequence[str]) -> None:
    """Let the person choose what to do with `ids`, who are called `names`, and do it."""
    if not ids:
        screen.news(t("Nobody is chosen. Space marks the person under the cursor"), bad=True)
        return

    def take(chosen: str | None) -> None:
        if chosen is not None:
            ACTS[int(chosen)][1](screen, ids)

    who = t("With {name}", name=names[0]) if len(ids) == 1 else t("With {n} marked people", n=len(ids))
    options = [(str(number), tr(title)) for number, (title, _) in enumerate(ACTS)]
    screen.app.push_screen(Choose(who, options), take)
