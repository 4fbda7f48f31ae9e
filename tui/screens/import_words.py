"""What the import says of fields and rows, in the language in use."""

from __future__ import annotations

from collections.abc import Mapping

from config.speech import language, say, say_
from config.text import Text, t
from records.desks.entering import NEW, SKIP
from records.desks.intake import Preview
from records.desks.office import Office
from records.desks.updates import Update
from records.domain.dates import shown
from records.domain.names import fold
from records.intake.drafts import DraftPerson
from records.intake.matching import Confidence, Duplicate
from tui.widgets.table import Column, Row

FATE = 4
FIELDS: Mapping[str, Text] = {
    "number": t("Number in the list"),
    "code": t("Our code"),
    "name": t("Full name"),
    "family_and_middle": t("Family and middle names"),
    "middle": t("Middle name"),
    "given": t("Given name"),
    "sex": t("Sex"),
    "born": t("Birth"),
    "born_day": t("Day of birth"),
    "born_month": t("Month of birth"),
    "born_year": t("Year of birth"),
    "born_male": t("Birth of men"),
    "born_female": t("Birth of women"),
    "ethnicity": t("Ethnicity"),
    "religion": t("Religion"),
    "native_place": t("Native place"),
    "residence": t("Residence"),
    "position": t("Position"),
    "unit": t("Unit"),
    "education": t("General education"),
    "profession": t("Professional education"),
    "field_of_study": t("Field of study"),
    "political_theory": t("Political theory"),
    "language": t("Languages"),
    "informatics": t("Informatics"),
    "party_member": t("Party member"),
    "party_probation": t("Joined the Party on probation"),
    "party_official": t("Official Party member since"),
    "party_card": t("Party card number"),
    "national_id": t("National id"),
    "phone": t("Phone"),
    "email": t("E-mail"),
    "role": t("Role"),
    "level": t("Level"),
    "decision_number": t("Decision number"),
    "decision_date": t("Decision date"),
    "since": t("First day of the role"),
    "until": t("Last day of the role"),
    "term": t("Term of the role"),
    "recognised_by": t("Recognised by"),
    "managed_by": t("Managed by"),
    "note": t("Note"),
    "reporter": t("Reporter (mark)"),
    "communicator": t("Communicator (mark)"),
    "collaborator": t("Collaborator (mark)"),
}
_SURE: Mapping[Confidence, Text] = {"certain": t("certain"), "likely": t("likely"), "possible": t("possible")}


def field_title(field: str) -> str:
    """A field's name."""
    return say(FIELDS[field]) if field in FIELDS else field


def columns() -> list[Column]:
    """The columns of the preview."""
    return [
        Column("row", say_("Row"), 5, align="right"),
        Column("name", say_("Full name"), 22, grow=True),
        Column("born", say_("Born"), 10),
        Column("unit", say_("Unit"), 14, grow=True),
        Column("fate", say_("What happens"), 20, grow=True),
        Column("roles", say_("Roles"), 16, grow=True),
    ]


class RowWords:
    """The rows of one preview under the choices made so far, grouped by what becomes of them."""

    def __init__(self, office: Office, seen: Preview, choices: Mapping[int, str]) -> None:
        self.office, self.seen, self.choices = office, seen, choices
        self.matches = {each.row: each for each in (*seen.duplicates, *seen.similar)}
        self._remarks: dict[int, list[str]] = {}
        for each in seen.remarks:
            self._remarks.setdefault(each.row, []).append(f"{each.column}: {say(each.remark)}")

    def new(self) -> list[Row]:
        """Rows that are entered as new people."""
        sure = {each.row for each in self.seen.duplicates}
        drafts = [each for each in self.seen.accepted if self.choices.get(each.row, NEW) == NEW]
        drafts += [each for row, each in self.seen.matched.items() if self.choices.get(row) == NEW]
        rows = []
        for draft in drafts:
            told = [say_("new"), *self._remarks.get(draft.row, [])]
            similar = self.matches.get(draft.row)
            if similar is not None and draft.row not in sure and draft.row not in self.choices:
                told.insert(1, say_("looks like {of}: {why}", of=self._who(similar.of), why=similar.why))
            style = "warn" if len(told) > 1 else "good"
            rows.append(self._row("a", draft, "✓ " + "; ".join(told), style))
        return rows

    def known(self) -> list[Row]:
        """Rows of known people: left out, or updating them."""
        rows = []
        for draft in (*self.seen.matched.values(), *self.seen.accepted):
            match = self.matches.get(draft.row)
            choice = self.choices.get(draft.row, SKIP if draft.row in self.seen.matched else NEW)
            if choice == NEW:
                continue
            if choice != SKIP:
                rows.append(self._row("d", draft, "↻ " + say_("updates {who}", who=self._who(choice)), "warn"))
            elif match is not None and draft.row in self.seen.further and draft.row not in self.choices:
                told = say_("a further appointment of {who}", who=self._who(match.of))
                rows.append(self._row("d", draft, "+ " + told, "good"))
            elif match is not None:
                of, sure = self._who(match.of), _SURE[match.confidence]
                told = say_("known: {of} ({sure}); left out", of=of, sure=sure)
                rows.append(self._row("d", draft, "= " + told, "dim"))
            else:
                rows.append(self._row("d", draft, "= " + say_("left out"), "dim"))
        return rows

    def refused(self) -> list[Row]:
        """Values that keep their row out."""
        rows = []
        for number, each in enumerate(self.seen.refused):
            cells = (str(each.row), f"“{each.value}”", "", each.column, f"✗ {say(each.problem)}", "")
            rows.append(Row(id=f"r{number}", cells=cells, styles={FATE: "bad"}, find=fold(" ".join(cells))))
        return rows

    def lines(self) -> list[Row]:
        """Lines between and below the people that were read otherwise, or left out."""
        people = {each.row for each in (*self.seen.accepted, *self.seen.matched.values())}
        people |= {each.row for each in self.seen.refused}
        rows = []
        for each in self.seen.remarks:
            if each.row not in people:
                cells = (str(each.row), "", "", "", f"· {say(each.remark)}", "")
                rows.append(Row(id=f"t{each.row}", cells=cells, styles={FATE: "dim"}, find=fold(" ".join(cells))))
        return rows

    def reasons(self, match: Duplicate) -> str:
        """How sure it is that a row is somebody known, and why."""
        who = self._who(match.of)
        return say_("{who}: {sure}, {why}", who=who, sure=_SURE[match.confidence], why=match.why)

    def _who(self, of: str) -> str:
        if of.startswith("row "):
            return say_("row {row}", row=of.removeprefix("row "))
        return f"{of} {self.office.person(of).name}"

    def _row(self, kind: str, draft: DraftPerson, fate: str, style: str) -> Row:
        roles = draft.roles or ((self.seen.how.role,) if self.seen.how.role else ())
        titles = self.office.settings.roles.roles
        named = ", ".join(titles[role].title.in_language(language()) for role in roles)
        cells = (str(draft.row), draft.name, shown(draft.born), draft.unit, fate, named or say_("no role"))
        return Row(id=f"{kind}{draft.row}", cells=cells, styles={FATE: style}, find=fold(" ".join(cells)))


def update_lines(update: Update) -> list[str]:
    """What an update changes and what it leaves alone, a line for each field."""
    lines = [
        say_("{field}: {before} → {after}", field=field_title(each.field), before=each.before or "—", after=each.after)
        for each in update.changes
    ]
    lines += [say_("{field}: stays; {why}", field=field_title(key), why=why) for key, why in update.kept]
    if not lines and not update.roles:
        lines.append(say_("Nothing would change"))
    return lines
