"""Looking ahead and supposing, from the check: who falls out and through what; one person as it could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import language, tr, tr_
from config.text import t
from records.domain.dates import shown
from records.domain.findings import Judgement
from records.domain.people.names import fold, person_key, sort_key
from records.domain.people.person import Person
from records.services.people.roster import Scope
from records.services.standards.outlook import Fall, Supposition, ahead, what_if_person
from tui.present.rows import Column, Row
from tui.present.words import Line, judgement_lines, role_title
from tui.screens.base import OfficeScreen, key
from tui.screens.form import OfficeForm, day_field
from tui.screens.list_screen import ListScreen
from tui.screens.people.acts import ask_act
from tui.widgets.dialogs import Choose, Report
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable

_SPANS = (30, 90, 365)


def ask_ahead(screen: OfficeScreen, scope: Scope) -> None:
    """Ask how far to look, look behind the screen, and show what will be lost."""

    def go(chosen: str | None) -> None:
        if chosen:
            days = int(chosen)
            office, day = screen.office, screen.on
            screen.behind(
                t("Looking ahead"),
                lambda job: ahead(office, day, days, scope, progress=job.progress),
                lambda falls: screen.app.push_screen(AheadScreen(falls, days, scope)),
                group="ahead",
            )

    options = [(str(days), tr_("the next {days} days", days=days)) for days in _SPANS]
    screen.app.push_screen(Choose(t("Look ahead"), options), go)


class AheadScreen(ListScreen):
    """Who will lose what, when, and what can be done about it; soonest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", t("Back")),
        key("acts", t("Act")),
    ]
    empty = t("Nobody loses anything in this time")
    counted = True

    def __init__(self, falls: Sequence[Fall], days: int, scope: Scope) -> None:
        super().__init__()
        self._falls, self._days, self._scope = falls, days, scope
        self._seen: tuple[int, str, date] | None = None

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Check against the standard"), tr_("Look ahead"))

    def columns(self) -> list[Column]:
        """Who, when, what and the act; the reason in full stands where there is room, and under Enter."""
        return [
            Column("name", tr_("Full name"), 20, sort=person_key, grow=True),
            Column("day", tr_("Day"), 10, sort=lambda cell: tuple(reversed(cell.split("/")))),
            Column("what", tr_("What"), 22, sort=sort_key, grow=True),
            Column("act", tr_("Act"), 20, sort=sort_key, grow=True),
            Column("role", tr_("Role"), 18, sort=sort_key),
            Column("why", tr_("Why"), 34, grow=True),
            Column("code", tr_("Code"), 11, sort=str),
        ]

    def refresh_office(self) -> None:
        """Show what was found; look again when the book or the day became another since."""
        head = (*self.office.book.head(), self.on)
        if self._seen in (None, head):
            self._seen = head
            self._take(self._falls)
            return
        self._seen = head
        office, day, days, scope = self.office, self.on, self._days, self._scope
        self.behind(t("Looking ahead"), lambda job: ahead(office, day, days, scope, progress=job.progress), self._take)

    def _take(self, falls: Sequence[Fall]) -> None:
        self._falls = falls
        people = len({each.person.id for each in falls})
        self.show_counts(tr_("{people} people lose something within {days} days", people=people, days=self._days))
        self.listing.set_rows(self._row(number, each) for number, each in enumerate(falls))

    def _row(self, number: int, each: Fall) -> Row:
        role, what = role_title(self.office, each.role), each.now.title.in_language(language())
        why, person = tr(each.then.reason), each.person
        cells = (person.name, shown(each.day), what, tr(each.act), role, why, person.id)
        styles = {1: "warn" if (each.day - self.on).days <= _SPANS[0] else "", 6: "dim"}
        return Row(id=str(number), cells=cells, styles=styles, find=fold(" ".join(cells)), data=each)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        from tui.screens.people.person import PersonScreen  # noqa: PLC0415  # forms know the lists

        self.app.push_screen(PersonScreen(self._falls[int(event.row_id)].person.id))

    def action_acts(self) -> None:
        """Choose what to do with the marked, or with the one under the cursor."""
        people = {each.id: each for each in (self._falls[int(row)].person for row in self.chosen_ids())}
        ask_act(self, list(people), [each.name for each in people.values()][:1])


def ask_suppose(screen: OfficeScreen, person: Person, judged: Judgement) -> None:
    """Ask what to suppose of a person, and show the verdict."""
    form = SupposeForm(person, judged)

    def show(done: str | None) -> None:
        if done:
            screen.app.push_screen(Report(person.name, form.told))

    screen.app.push_screen(form, show)


class SupposeForm(OfficeForm):
    """Supposes one more course, another level or another day of a person; shows the verdict, writes nothing."""

    def __init__(self, person: Person, judged: Judgement) -> None:
        super().__init__()
        self._person, self._judged = person, judged
        self._told: list[str | Line] = []

    @property
    def told(self) -> list[str | Line]:
        """The verdict as supposed, in lines."""
        return self._told

    def heading(self) -> str:
        """Who, and that nothing is written."""
        return tr_("What if… {name} (nothing is written)", name=self._person.name)

    def fields(self) -> list[Field]:
        """What can be supposed; empty fields suppose nothing."""
        settings = self.office.settings
        same = ("", tr_("as now"))
        roles = [(role, each.title.in_language(language())) for role, each in settings.roles.roles.items()]
        levels = [(level, each.title.in_language(language())) for level, each in settings.levels.levels.items()]
        return [
            Field("role", t("Role"), "choice", options=roles),
            Field("level", t("Level"), "choice", options=[same, *levels]),
            day_field("course", t("One more course, on"), self.on),
            day_field("then", t("On another day"), self.on),
        ]

    def first_values(self) -> dict[str, str]:
        """The role judged."""
        return {"role": self._judged.role}

    def unsaved(self) -> bool:
        """Nothing typed here is worth asking about."""
        return False

    def store(self, values: Mapping[str, Any]) -> str:
        """Judge as supposed and show it."""
        given = Supposition(
            role=values["role"],
            level=values["level"],
            training="course" if values["course"] else "",
            trained=values["course"],
            on=values["then"],
        )
        now, then = what_if_person(self.office, self._person.id, self.on, given)
        before = judgement_lines(self.office, now)[:1] if now else []
        after = judgement_lines(self.office, then)
        head = tr_("As it is:") if before else tr_("Does not hold this role now.")
        told: list[str | Line] = [head, *before, "", tr_("As supposed, on {day}:", day=shown(then.on)), *after]
        self._told = told
        return self._person.id
