"""What the preview of an attendance list says: its fields, its rows, a whole row, and what entering would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import shown
from records.domain.people.names import fold, person_key
from records.domain.people.person import Person
from records.intake.attendance import MEANINGS
from records.rules.training.words import FATE_WORDS, PRESENCE_WORDS
from records.services.imports.attendance import ListPreview
from records.services.imports.attendance_matching import Fate, ListRow
from records.services.office import Office
from tui.present.imports import FIELDS, cells_told, fault_told, mends_told
from tui.present.rows import Column, Row

LEFT: tuple[Fate, ...] = ("unsure", "refused", "silent")
"""Rows that a person must look at before they can be entered."""
_LOOKS: dict[Fate, str] = {"unsure": "warn", "refused": "bad", "silent": "warn", "enter": "good", "same": "dim"}
ORDER = tuple(_LOOKS)
_PEOPLE = ("number", "name", "family_and_middle", "middle", "given", "born", "national_id", "unit", "note")
_OWN: Mapping[str, Text] = {
    "signed": t("Signature: who signed came"),
    "any": t("Attendance: x came, m late, p with leave, v absent"),
    "present": t("Mark of those who came"),
    "absent": t("Mark of those absent"),
    "excused": t("Mark of those absent with leave"),
    "late": t("Mark of those late"),
    "code": t("Our code of the person"),
    "result": t("Result"),
    "score": t("Score"),
    "rank": t("Class or prize"),
    "certificate": t("Number of the certificate"),
    "certificate_issuer": t("Who issued the certificate"),
    "certificate_day": t("Day of the certificate"),
}
LIST_FIELDS: Mapping[str, Text] = {**{key: FIELDS[key] for key in _PEOPLE}, **_OWN}
"""What a column of an attendance list may be read as."""
SEVERAL = MEANINGS


def list_columns() -> list[Column]:
    """The columns of the preview."""
    return [
        Column("row", tr_("Row"), 4, align="right", sort=int),
        Column("fate", tr_("Becomes"), 17, sort=str),
        Column("name", tr_("Full name in the list"), 20, sort=person_key),
        Column("presence", tr_("Says"), 12, sort=str),
        Column("why", tr_("Why"), 24, grow=True),
        Column("who", tr_("Who it is"), 18, sort=person_key),
        Column("code", tr_("Code"), 11, sort=str),
        Column("born", tr_("Born"), 10),
        Column("unit", tr_("Unit"), 16),
    ]


def list_row(office: Office, seen: ListPreview, each: ListRow) -> Row:
    """A row of the preview."""
    fate = tr(FATE_WORDS[each.fate])
    known = office.book.table(Person).get(each.person) if each.person else None
    who = known.name if known else ""
    parts = (_says(each), *(text for _, text in each.results))
    said = " · ".join(part for part in parts if part)
    cells = (str(each.row), fate, each.name, said, why(seen, each), who, each.person, shown(each.born), each.unit)
    find = fold(f"{each.name} {who} {each.person} {each.unit} {fate}")
    return Row(id=str(each.row), cells=cells, styles={1: _LOOKS[each.fate], 6: "dim"}, find=find, data=each)


def why(seen: ListPreview, each: ListRow) -> str:
    """What keeps a row out with the places of its cells, or how its person was found."""
    return "; ".join(fault_told(one, seen.layout) for one in each.faults) or tr(each.why)


def _says(each: ListRow) -> str:
    return tr(PRESENCE_WORDS[each.presence]) if each.presence else ""


def card(office: Office, seen: ListPreview, each: ListRow, mends: Mapping[tuple[int, int], str]) -> list[str]:
    """A whole row: what would be entered for whom, why, and the cells as they stand in the sheet."""
    known = office.book.table(Person).get(each.person) if each.person else None
    pairs = (
        (tr_("Becomes"), tr(FATE_WORDS[each.fate])),
        (tr_("Who it is"), f"{known.name} · {known.id}" if known else ""),
        (tr_("Says"), _says(each) or tr_("not known whether the person came")),
        *((tr(LIST_FIELDS[key]), text) for key, text in each.results),
        (tr_("Why"), why(seen, each)),
    )
    lines = [f"{title}: {value}" for title, value in pairs if value]
    lines += [told for row, told in mends_told(mends, seen.layout) if row == each.row]
    return [*lines, "", tr_("The row as it stands in the sheet:"), *cells_told(seen.source, seen.layout, each.row)]


def numbers(seen: ListPreview) -> list[Text]:
    """What entering would do, in numbers."""
    said = Counter(each.presence for each in seen.rows if each.fate == "enter")
    lines = [
        t("{presence}: {n} people", presence=PRESENCE_WORDS[presence], n=n)
        for presence in ("present", "late", "excused", "absent")
        if (n := said[presence])
    ]
    if seen.columns.all_came and seen.columns.silent_means_came:
        lines.append(t("No column says who came: all are taken to have come, as you said"))
    lines += [
        t("Not entered, {fate}: {n} rows", fate=FATE_WORDS[fate], n=n)
        for fate in (*LEFT, "same")
        if (n := seen.count(fate))
    ]
    return [*lines, t("Ctrl+Z afterwards takes all of it back")]
