"""Looking ahead and supposing, from the check: who falls out and through what; one person as it could be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.i18n import language, tr, tr_
from config.text import t
from records.domain.dates import shown
from records.domain.findings import Judgement
from records.domain.people.person import Person
from records.services.people.roster import Scope
from records.services.standards.outlook import Fall, Supposition, ahead, what_if_person
from tui.present.words import judgement_lines, role_title
from tui.screens.base import OfficeScreen
from tui.screens.form import OfficeForm, day_field
from tui.widgets.dialogs import Choose, Report
from tui.widgets.fields import Field

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
                lambda falls: _show(screen, falls, days),
            )

    options = [(str(days), tr_("the next {days} days", days=days)) for days in _SPANS]
    screen.app.push_screen(Choose(t("Look ahead"), options), go)


def _show(screen: OfficeScreen, falls: list[Fall], days: int) -> None:
    people = len({each.person.id for each in falls})
    lines = [tr_("{people} people lose something within {days} days", people=people, days=days), ""]
    lines += [
        f"{each.day:%d/%m/%Y}  {each.person.name} · {role_title(screen.office, each.role)} · "
        f"{each.now.title.in_language(language())}: {tr(each.then.reason)}"
        for each in falls
    ]
    screen.app.push_screen(Report(tr_("Look ahead"), lines))


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
        self._told: list[str] = []

    @property
    def told(self) -> list[str]:
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
        before = [line.text for line in judgement_lines(self.office, now)[:1]] if now else []
        after = [line.text for line in judgement_lines(self.office, then)]
        head = tr_("As it is:") if before else tr_("Does not hold this role now.")
        told = [head, *before, "", tr_("As supposed, on {day}:", day=shown(then.on)), *after]
        self._told = told
        return self._person.id
