"""What is said of a list that was written: the file, the day, the columns, and whose data it holds."""

from __future__ import annotations

from config.i18n import tr, tr_
from exports.lists.people_columns import BY_KEY
from records.domain.dates import shown_time
from records.domain.people.person import Person
from records.services.lists import exports_of
from records.services.office import Office
from records.store.contract import JournalEntry

_MOST = 400


def export_lines(office: Office, entry: JournalEntry) -> list[str]:
    """The lines of one export, people by code and name."""
    lines = [f"{shown_time(entry.time)} · {entry.actor}"]
    people = office.book.table(Person)
    for export in exports_of(entry):
        lines += [
            tr_("File: {path}", path=export.file),
            f"SHA-256: {export.sha256}",
            tr_("As of {day}; the book stood at change {seq}", day=export.on, seq=export.seq),
            tr_("Columns: {columns}", columns=", ".join(_column(key) for key in export.columns)),
        ]
        if export.sensitive:
            lines.append(tr_("Sensitive columns: {columns}", columns=", ".join(map(_column, export.sensitive))))
        lines += ["", tr_("{n} people", n=len(export.people))]
        for person_id in export.people[:_MOST]:
            person = people.get(person_id)
            lines.append(f"  {person_id}  {person.name if person else ''}")
        if len(export.people) > _MOST:
            lines.append(tr_("… and {n} more records", n=len(export.people) - _MOST))
    return lines


def _column(key: str) -> str:
    return tr(BY_KEY[key].label) if key in BY_KEY else key
