"""What the import says of fields and rows, in the language in use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date

from config.i18n import language, tr, tr_
from config.text import Text, t
from records.domain.dates import shown
from records.domain.people.names import fold
from records.domain.people.person_fields import FIELD
from records.domain.people.person_fields import FIELDS as PERSON_FIELDS
from records.intake.drafts import DraftPerson, DraftPost, Refusal
from records.intake.files.cells import Sheet, letter, shown_cell
from records.intake.layout.columns import Layout
from records.intake.layout.headings import KEYS
from records.intake.matching import BY_CODE, Confidence, Duplicate
from records.intake.mending import Mends, column_in_label, name_in_row
from records.services.imports.entering import NEW, SKIP
from records.services.imports.intake import Preview
from records.services.imports.list_intake import Entry, ListReading
from records.services.imports.listed_people import PERSON
from records.services.imports.updates import Update
from records.services.office import Office
from records.services.units.named_units import new_units
from tui.present.changes import Spoken
from tui.present.rows import Column, Row

FATE = 4
_TITLES: Mapping[str, Text] = {
    **{each.key: each.title for each in PERSON_FIELDS},
    "number": t("Number in the list"),
    "code": t("Our code"),
    "family_and_middle": t("Family and middle names"),
    "middle": t("Middle name"),
    "given": t("Given name"),
    "born_day": t("Day of birth"),
    "born_month": t("Month of birth"),
    "born_year": t("Year of birth"),
    "born_male": t("Birth of men"),
    "born_female": t("Birth of women"),
    "education": t("General education"),
    "profession": t("Professional education"),
    "role": t("Role"),
    "level": t("Level"),
    "decision_number": t("Decision number"),
    "decision_date": t("Decision date"),
    "since": t("First day of the role"),
    "until": t("Last day of the role"),
    "term": t("Term of the role"),
    "recognised_by": t("Recognised by"),
    "managed_by": t("Managed by"),
    "reporter": t("Reporter (mark)"),
    "communicator": t("Communicator (mark)"),
    "collaborator": t("Collaborator (mark)"),
}
FIELDS: Mapping[str, Text] = {key: _TITLES[key] for key in KEYS}
"""Every column that an import knows, in the order in which they are offered."""
_KEYS = {"number": "decision_number", "decided": "decision_date"}
"""Parts of an appointment that bear another name than the column they are read from."""
_SURE: Mapping[Confidence, Text] = {"certain": t("certain"), "likely": t("likely"), "possible": t("possible")}


def field_title(field: str) -> str:
    """The name of a field of the person, or of a column."""
    known = FIELD.get(field)
    return tr(known.title if known else FIELDS.get(field, field))


def columns() -> list[Column]:
    """The columns of the preview."""
    return [
        Column("row", tr_("Row"), 5, align="right"),
        Column("name", tr_("Full name"), 22, grow=True),
        Column("born", tr_("Born"), 10),
        Column("unit", tr_("Unit"), 14, grow=True),
        Column("fate", tr_("What happens"), 20, grow=True),
        Column("roles", tr_("Roles"), 16, grow=True),
    ]


class RowWords:
    """The rows of one preview under the choices made so far, grouped by what becomes of them."""

    def __init__(self, office: Office, seen: Preview, choices: Mapping[int, str]) -> None:
        self.office, self.seen, self.choices = office, seen, choices
        self.matches = {each.row: each for each in (*seen.duplicates, *seen.similar)}
        self._faults = faults_by_row(seen.refused)
        self._remarks: dict[int, list[str]] = {}
        for each in seen.remarks:
            self._remarks.setdefault(each.row, []).append(f"{each.column}: {tr(each.remark)}")
        for row, told in mends_told(seen.how.mends, seen.layout):
            self._remarks.setdefault(row, []).append(told)

    def new(self) -> list[Row]:
        """Rows that are entered as new people."""
        sure = {each.row for each in self.seen.duplicates}
        drafts = [each for each in self.seen.accepted if self.choices.get(each.row, NEW) == NEW]
        drafts += [each for row, each in self.seen.matched.items() if self.choices.get(row) == NEW]
        rows = []
        for draft in drafts:
            told = [tr_("new"), *self._remarks.get(draft.row, [])]
            similar = self.matches.get(draft.row)
            if similar is not None and draft.row not in sure and draft.row not in self.choices:
                told.insert(1, tr_("looks like {of}: {why}", of=self._who(similar.of), why=similar.why))
            style = "warn" if len(told) > 1 else "good"
            rows.append(self._row(draft, "✓ " + "; ".join(told), style))
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
                by_code = match is not None and match.why == BY_CODE and choice == match.of
                told = tr_("updates {who}", who=self._who(choice))
                told = tr_("{what}, known by our code", what=told) if by_code else told
                rows.append(self._row(draft, f"↻ {told}", "warn"))
            elif match is not None and draft.row in self.seen.further and draft.row not in self.choices:
                told = tr_("a further appointment of {who}", who=self._who(match.of))
                rows.append(self._row(draft, "+ " + told, "good"))
            elif match is not None:
                of, sure = self._who(match.of), _SURE[match.confidence]
                told = tr_("known: {of} ({sure}); left out", of=of, sure=sure)
                rows.append(self._row(draft, "= " + told, "dim"))
            else:
                rows.append(self._row(draft, "= " + tr_("left out"), "dim"))
        return rows

    def refused(self) -> list[Row]:
        """Rows that cannot be entered, with the person's name and every cell at fault."""
        seen, at = self.seen, self.seen.layout.columns
        rows = []
        for row, faults in self._faults.items():
            name = name_in_row(seen.source, seen.layout, row)
            unit = shown_cell(seen.source.at(row, at["unit"])) if "unit" in at else ""
            told = "; ".join(fault_told(each, seen.layout) for each in faults)
            cells = (str(row), name, "", unit, f"✗ {told}", "")
            rows.append(Row(str(row), cells, styles={FATE: "bad"}, find=fold(" ".join(cells)), data="refused"))
        return rows

    def reasons_refused(self) -> dict[int, str]:
        """Number of each refused row -> why, in one line."""
        layout = self.seen.layout
        return {row: "; ".join(fault_told(one, layout) for one in each) for row, each in self._faults.items()}

    def faults(self, row: int) -> tuple[Refusal, ...]:
        """What is wrong in a row."""
        return self._faults.get(row, ())

    def card(self, row: int) -> list[str]:
        """A whole row: every field that would be written, what is not, and what was read differently."""
        seen = self.seen
        draft = seen.matched.get(row) or next((each for each in seen.accepted if each.row == row), None)
        if draft is None:
            lines = [fault_told(each, seen.layout) for each in self.faults(row)]
            if lines:
                lines += ["", tr_("F2: put the cell right. The row as it stands in the sheet:")]
            return [*lines, *cells_told(seen.source, seen.layout, row), *self._remarks.get(row, [])]
        lines = [f"{title}: {value}" for title, value in draft_fields(self.office, seen, draft)]
        unread = cells_told(seen.source, seen.layout, row, but=seen.layout.columns.values())
        lines += ["", tr_("Not read from the sheet:"), *unread] if unread else []
        return lines + (["", *self._remarks[row]] if row in self._remarks else [])

    def lines(self) -> list[Row]:
        """Lines between and below the people that were read otherwise, or left out."""
        people = {each.row for each in (*self.seen.accepted, *self.seen.matched.values())} | self._faults.keys()
        rows = []
        for each in self.seen.remarks:
            if each.row not in people:
                cells = (str(each.row), "", "", "", f"· {tr(each.remark)}", "")
                find = fold(" ".join(cells))
                rows.append(Row(str(each.row), cells, styles={FATE: "dim"}, find=find, data="line"))
        return rows

    def reasons(self, match: Duplicate) -> str:
        """How sure it is that a row is somebody known, and why."""
        who = self._who(match.of)
        return tr_("{who}: {sure}, {why}", who=who, sure=_SURE[match.confidence], why=match.why)

    def _who(self, of: str) -> str:
        if of.startswith("row "):
            return tr_("row {row}", row=of.removeprefix("row "))
        return f"{of} {self.office.person(of).name}"

    def _row(self, draft: DraftPerson, fate: str, style: str) -> Row:
        roles = _titles(self.office, "roles", draft.roles or ((self.seen.how.role,) if self.seen.how.role else ()))
        cells = (str(draft.row), draft.name, shown(draft.born), draft.unit, fate, roles or tr_("no role"))
        return Row(str(draft.row), cells, styles={FATE: style}, find=fold(" ".join(cells)), data="person")


def draft_fields(office: Office, seen: Preview, draft: DraftPerson) -> list[tuple[str, str]]:
    """Every field that a row would write: its name, and its value in words."""
    found = [(tr(each.title), tr(each.words(each.of(draft)))) for each in PERSON_FIELDS]
    if draft.unit and new_units(office, (draft,), seen.on):
        unit = tr(FIELD["unit"].title), draft.unit
        found[found.index(unit)] = unit[0], tr_("{unit} (a new unit)", unit=draft.unit)
    posts = draft.posts_for(seen.how.role, seen.how.level)
    told = "; ".join(_post(office, each) for each in posts)
    if told and posts != draft.posts:
        told = tr_("{value} (chosen with F8)", value=told)
    found[:0], found[len(found) :] = [(tr(FIELDS["code"]), draft.code)], [(tr(FIELDS["role"]), told)]
    return [(title, value) for title, value in found if value]


def _post(office: Office, post: DraftPost) -> str:
    parts = ((each.name, getattr(post, each.name)) for each in fields(post))
    told = ((_KEYS.get(key, key), _post_value(office, key, value)) for key, value in parts if value)
    return ", ".join(f"{field_title(key)} {value}" for key, value in told)


def _post_value(office: Office, key: str, value: str | date) -> str:
    if isinstance(value, date):
        return shown(value)
    return _titles(office, f"{key}s", (value,)) if key in ("role", "level") else value


def _titles(office: Office, kind: str, keys: tuple[str, ...]) -> str:
    settings = office.settings
    known = settings.levels.levels if kind == "levels" else settings.roles.roles
    return ", ".join(known[key].title.in_language(language()) if key in known else key for key in keys)


def _said(field: str, text: str) -> str:
    """A value of a change in words."""
    known = FIELD.get(field)
    return tr(known.words(text)) if known else text


def update_lines(update: Update) -> list[str]:
    """What an update changes and what it leaves alone, a line for each field."""
    lines = []
    for each in update.changes:
        before, after = _said(each.field, each.before), _said(each.field, each.after)
        lines.append(
            tr_("{field}: {before} → {after}", field=field_title(each.field), before=before or "—", after=after)
        )
    lines += [tr_("{field}: stays; {why}", field=field_title(key), why=why) for key, why in update.kept]
    if not lines and not update.roles:
        lines.append(tr_("Nothing would change"))
    return lines


Faults = Mapping[int, tuple[Refusal, ...]]
"""Number of a row -> what is wrong in it."""


def faults_by_row(refused: Iterable[Refusal]) -> dict[int, tuple[Refusal, ...]]:
    """Refusals gathered by their rows."""
    found: dict[int, tuple[Refusal, ...]] = {}
    for each in refused:
        found[each.row] = (*found.get(each.row, ()), each)
    return found


def heading_of(layout: Layout, column: int) -> str:
    """The heading over a column, or nothing."""
    return layout.headings.get(column, "")


def fault_told(fault: Refusal, layout: Layout) -> str:
    """A refused value with its place: `Ngày sinh (cột D, dòng 4): 31/02/1980 – …`."""
    at = column_in_label(fault.column)
    value = fault.value or tr_("empty")
    if at is None:
        return tr_("{field} (row {row}): {value} – {problem}", field=fault.column, row=fault.row, value=value,
                    problem=fault.problem)  # fmt: skip
    blanks = {"letter": letter(at), "row": fault.row, "value": value, "problem": fault.problem}
    if not heading_of(layout, at):
        return tr_("Column {letter}, row {row}: {value} – {problem}", **blanks)
    return tr_("{heading} (column {letter}, row {row}): {value} – {problem}", heading=heading_of(layout, at), **blanks)


def cells_told(source: Sheet, layout: Layout, row: int, *, but: Collection[int] = ()) -> list[str]:
    """Every filled cell of a row as it stands, under its heading, without those of the columns `but`."""
    return [
        f"{heading_of(layout, at)} ({letter(at)}): {shown_cell(cell)}".strip()
        for at, cell in source.filled(row)
        if at not in but
    ]


def mends_told(mends: Mends, layout: Layout) -> list[tuple[int, str]]:
    """(row, words) for every cell that was put right in memory."""
    places = {at: f"{heading_of(layout, at)} ({letter(at)})".strip() for _, at in mends}
    return [
        (row, tr_("{place}: put right here, now “{text}”", place=places[at], text=text))
        for (row, at), text in mends.items()
    ]


# -- lists of other kinds ----------------------------------------------------------------------------------------------

_ABOUT = frozenset((*(each.key for each in PERSON), "collective"))
"""Columns that say whom a row is about."""


def list_columns() -> list[Column]:
    """The columns of the preview."""
    return [
        Column("row", tr_("Row"), 4, align="right", sort=int),
        Column("fate", tr_("Becomes"), 15, sort=str),
        Column("name", tr_("Name"), 20, grow=True),
        Column("says", tr_("Says"), 26, grow=True),
        Column("code", tr_("Code"), 11),
    ]


def list_rows(office: Office, seen: ListReading) -> Iterator[Row]:
    """The rows of the preview in the order of the sheet."""
    spoken, refused = Spoken(office), faults_by_row(seen.refused)
    rows = {each.row: _entry_row(seen, spoken, each) for each in seen.entries}
    for row, faults in refused.items():
        name = faults[0].name or name_in_row(seen.source, seen.layout, row)
        why = "; ".join(fault_told(each, seen.layout) for each in faults)
        rows[row] = _list_row(row, (tr_("cannot be entered"), name, why, ""), "bad")
    yield from (rows[row] for row in sorted(rows))


def _entry_row(seen: ListReading, spoken: Spoken, each: Entry) -> Row:
    fate, look = (tr_("new"), "good") if each.new else (tr_("changed"), "warn")
    fate, look = (fate, look) if each.records else (tr_("already there"), "dim")
    says = _says(seen, each.row) if each.new or not each.records else "; ".join(change_lines(spoken, each))
    return _list_row(each.row, (fate, each.name, says, each.subject.removeprefix("?")), look)


def _list_row(number: int, cells: tuple[str, ...], look: str) -> Row:
    row = (str(number), *cells)
    return Row(id=str(number), cells=row, styles={1: look, 4: "dim"}, find=fold(" ".join(row)))


def _says(seen: ListReading, row: int) -> str:
    """What the row says beside whom it is about, in the words of the sheet."""
    at = [column for key, column in seen.layout.columns.items() if key not in _ABOUT]
    texts = (shown_cell(seen.source.at(row, column)) for column in sorted(at))
    return " · ".join(each for each in texts if each)


def change_lines(spoken: Spoken, each: Entry) -> list[str]:
    """What a row changes in a record that the book has."""
    return [
        tr_("{field}: {before} → {after}", field=spoken.title(one.field), before=spoken.value(one.field, one.before),
            after=spoken.value(one.field, one.after))
        for one in each.changes
    ]  # fmt: skip


def list_card(office: Office, seen: ListReading, row: int, mends: Mends) -> list[str]:
    """A whole row: what it changes, what is wrong with it, what was read otherwise, and the cells as they stand."""
    spoken = Spoken(office)
    lines = [line for each in seen.entries if each.row == row for line in change_lines(spoken, each)]
    lines += [fault_told(each, seen.layout) for each in seen.refused if each.row == row]
    alike = [each for each in seen.matches if each.row == row]
    lines += [tr_("looks like {of}: {why}", of=spoken.record(each.of), why=each.why) for each in alike]
    lines += [tr_("{column}: {remark}", column=each.column, remark=each.remark)
              for each in seen.remarks if each.row == row]  # fmt: skip
    lines += [told for at, told in mends_told(mends, seen.layout) if at == row]
    lines += [""] if lines else []
    return [*lines, tr_("The row as it stands in the sheet:"), *cells_told(seen.source, seen.layout, row)]


def list_numbers(seen: ListReading) -> list[Text]:
    """What entering would do, in numbers."""
    new = sum(each.new for each in seen.entries)
    changed, same = len(seen.writing) - new, len(seen.entries) - len(seen.writing)
    refused = len({each.row for each in seen.refused})
    told = (
        (new, t("{n} rows are entered as one change", n=new)),
        (changed, t("{n} rows change what the book has", n=changed)),
        (same, t("{n} rows say what the book has already", n=same)),
        (refused, t("{n} refused rows are not entered; Ctrl+E writes them to a file first", n=refused)),
    )
    return [*(words for n, words in told if n), t("Ctrl+Z afterwards takes all of it back")]


def list_counts(seen: ListReading) -> str:
    """The same over the list."""
    new, refused = sum(each.new for each in seen.entries), len({each.row for each in seen.refused})
    changed, same = len(seen.writing) - new, len(seen.entries) - len(seen.writing)
    return tr(
        t("New {new} · changed {changed} · already there {same} · refused {refused}",
          new=new, changed=changed, same=same, refused=refused)
    )  # fmt: skip
