"""What a change did, in words: whom and what it was about, each record with its fields, and the lists written out.

A book keeps ids and codes (`TN-A-00012`, `party-merit-year`); nobody is to read them. Whatever is one of these is said
by its name, and what is none of them is data and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from config.i18n import language, tr, tr_, tr_number
from config.settings.dated import Words
from config.settings.loading import load_templates
from config.text import Text, t
from records.domain.appointments import Discipline
from records.domain.awards.awards import Award, Decision, Issue, Score, YearRating
from records.domain.awards.fund import FundEntry
from records.domain.awards.proposals import Candidate, Payment
from records.domain.awards.registrations import TitleRegistration
from records.domain.blanks import BlankProfile
from records.domain.dates import PartialDate, shown, shown_time
from records.domain.emulation import Cycle, Entrant, TieRuling
from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELDS, SEX_WORDS
from records.domain.reviews import Review
from records.domain.rule_changes import HandAnswer, SettingChange
from records.domain.training import Attendance, Event
from records.domain.units import Unit
from records.rules.awards.words import APPRAISAL_WORDS, FORM_WORDS, LEVEL_WORDS, MONEY_WORDS, REGISTRATION_WORDS, dong
from records.rules.emulation.words import CYCLE_WORDS, KIND_WORDS, RATING_WORDS, STAGE_WORDS, key_words
from records.rules.standards.supposing import criteria_of, values_of
from records.rules.training.words import EVENT_WORDS, PRESENCE_WORDS, RESULT_WORDS
from records.rules.unit_words import KIND_WORDS as UNIT_WORDS
from records.rules.words import DOCUMENT_WORDS, OUTCOME_WORDS, POLITICAL_THEORY_WORDS, VERDICT_WORDS
from records.services.access import looking
from records.services.appointments.appointing import END_REASONS
from records.services.lists import EXPORTED, exports_of
from records.services.office import Office
from records.services.settings.keys import keys_of
from records.store.contract import JournalEntry
from tui.present.life import MEASURE_WORDS
from tui.present.titles import FIELD_TITLES, KIND_TITLES, level_title, role_title

_MOST_PEOPLE, _MOST_RECORDS = 400, 400
_ID = re.compile(r"[^\W\d_]+-([A-Z]+)-\d{5,}")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_PARTIAL = frozenset(each.key for each in FIELDS if each.kind == "date")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KIND_OF = {each.letter: kind for kind, each in KINDS.items()}
_PERSON = {each.key: each.title for each in FIELDS}
_CHOICES: dict[str, Mapping[Any, Text]] = {
    "presence": PRESENCE_WORDS,
    "result": RESULT_WORDS,
    "verdict": VERDICT_WORDS,
    "outcome": OUTCOME_WORDS,
    "proposed": OUTCOME_WORDS,
    "rating": RATING_WORDS,
    "appraisal": APPRAISAL_WORDS,
    "measure": MEASURE_WORDS,
    "form": FORM_WORDS,
    "sex": SEX_WORDS,
    "end_reason": END_REASONS,
    "left_reason": END_REASONS,
    "instrument": DOCUMENT_WORDS,
    "documents": DOCUMENT_WORDS,
    "stage": STAGE_WORDS,
    "level": POLITICAL_THEORY_WORDS,
    "scope": LEVEL_WORDS,
    "to": REGISTRATION_WORDS,
    "subject": {"person": t("individual"), "unit": t("collective")},
    "kind": {**EVENT_WORDS, **UNIT_WORDS, **KIND_WORDS, **CYCLE_WORDS, **MONEY_WORDS},
}
"""Field -> its codes with their words."""


class Spoken:
    """Says ids and codes of an office by their names. Make one for what is shown at once: it remembers."""

    def __init__(self, office: Office, on: date | None = None) -> None:
        """Units are called as on the day `on`, else as now."""
        self._office, self._on = office, on

    def record(self, record_id: str) -> str:
        """What the record with this id is called; the id itself when the book has none."""
        found = _ID.fullmatch(record_id)
        kind = _KIND_OF.get(found[1]) if found else None
        record = None if kind is None else self._office.book.table(kind).get(record_id)
        if kind is None or record is None:
            return record_id
        own = self._own_name(record)
        return (
            own
            if kind in (Person, Unit)
            else " ".join(part for part in (tr(KIND_TITLES[KINDS[kind].table]), own) if part)
        )

    def about(self, text: str) -> str:
        """What a line of the journal is about, each part that is an id or a code by its name."""
        head, colon, rest = text.partition(": ")
        if colon and self._code(head) is not None:
            return f"{self.word(head)}: {rest}"
        return " · ".join(self.word(part) for part in text.split(" · "))

    def word(self, value: str) -> str:
        """An id or a code by its name, a day as people write it; anything else as it is."""
        if _ID.fullmatch(value):
            return self.record(value)
        if _DAY.fullmatch(value):
            return shown(date.fromisoformat(value))
        said = self._code(value)
        return value if said is None else said.in_language(language()) if isinstance(said, Words) else tr(said)

    def value(self, field: str, value: Any) -> str:
        """The value of a field of a record, as the journal holds it."""
        if isinstance(value, bool):
            return tr_("yes") if value else tr_("no")
        if value in (None, "", [], {}):
            return "—"
        if isinstance(value, dict):
            return "; ".join(f"{self.title(key)} {self.value(key, each)}" for key, each in value.items())
        if isinstance(value, list):
            return ", ".join(self.value(field, each) for each in value)
        return self._plain(field, value)

    def title(self, field: str) -> str:
        """What a field is called; what is no field is a key of the office's own, such as the number of a criterion."""
        known = _PERSON.get(field) or FIELD_TITLES.get(field)
        return self.word(field) if known is None else tr(known)

    def _plain(self, field: str, value: Any) -> str:
        """One value: by the words of its field, else a number, a day, or what an id or a code means."""
        settings = self._office.settings
        if (said := _CHOICES.get(field, {}).get(value)) is not None:
            return tr(said)
        if field == "role" and value in settings.roles.roles:
            return role_title(self._office, value)
        if field == "level" and value in settings.levels.levels:
            return level_title(self._office, value)
        if not isinstance(value, str):
            return dong(value) if field in ("money", "amount") else str(value)
        if field in _PARTIAL and (day := _partial(value)):
            return day
        return tr_number(Decimal(value)) if _DECIMAL.fullmatch(value) else self.word(value)

    def _code(self, value: str) -> Words | Text | None:
        """What a code means; no code has a blank, so that for a name the settings are not gone through."""
        if not value or " " in value:
            return None
        return self._codes.get(value) or self._designs.get(value)

    @cached_property
    def _codes(self) -> Mapping[str, Words | Text]:
        settings = self._office.settings
        found: dict[str, Words | Text] = dict(STAGE_WORDS)
        found |= {key: each.title for key, each in keys_of(settings).items()}
        found |= {each.id: each.title for each in settings.tables}
        found |= {each.id: each.name for each in settings.titles}
        found |= {key: each.title for key, each in settings.prizes.prizes.items()}
        found |= {key: each.title for key, each in settings.procedure.grounds.items()}
        for standard in settings.standards:
            found[standard.id] = standard.title
            for criterion, each in criteria_of(standard).items():
                found[criterion] = each.title
                found |= {name: value.description for name, value in values_of(each).items()}
        return found | {each.key: key_words(each.key) for each in self._office.book.table(Cycle)}

    @cached_property
    def _designs(self) -> Mapping[str, Words]:
        """Certificates by their names: read from their files, and only for what means nothing else."""
        return {each.id: each.title for each in load_templates(self._office.book.settings.folder)}

    def _own_name(self, record: Any) -> str:
        named = _NAMES.get(type(record))
        if named is not None:
            return named(self, record)
        return next((str(text) for name in ("name", "title", "number") if (text := getattr(record, name, ""))), "")

    def _of(self, record: Any) -> str:
        whom = getattr(record, "person", "") or getattr(record, "subject", "") or getattr(record, "unit", "")
        role = getattr(record, "role", "")
        number = getattr(record, "number", "")
        parts = (self.record(whom) if whom else "", role_title(self._office, role) if role else "", number)
        return " · ".join(part for part in parts if part)


def _partial(text: str) -> str:
    try:
        return PartialDate.stored(text).shown()
    except ValueError:
        return ""


def _day_of(told: str, day: date) -> str:
    return f"{told} ({shown(day)})"


_NAMES: dict[type, Callable[[Spoken, Any], str]] = {
    Unit: lambda say, each: each.name if say._on is None else each.name_on(say._on),  # noqa: SLF001  # the names of one class
    Event: lambda _say, each: _day_of(each.title, each.day),
    Attendance: lambda say, each: say.record(each.event).partition(" ")[2] or shown(each.day),
    Award: lambda say, each: " · ".join(part for part in (each.name, say.word(each.prize), each.register) if part),
    Decision: lambda _say, each: _day_of(each.number, each.day),
    Issue: lambda say, each: say.record(each.award),
    Payment: lambda say, each: say.record(each.award),
    Candidate: lambda say, each: f"{say.record(each.subject)} · {say.word(each.prize)}",
    FundEntry: lambda _say, each: _day_of(f"{each.fund} · {dong(each.amount)} đ", each.day),
    TitleRegistration: lambda say, each: f"{say.record(each.subject)} · {say.word(each.prize)} · {each.year}",
    Cycle: lambda _say, each: tr(key_words(each.key)),
    Entrant: lambda say, each: say.record(each.subject),
    TieRuling: lambda say, each: say.record(each.cycle),
    Score: lambda say, each: f"{say._of(each)} · {tr(key_words(each.cycle))}",  # noqa: SLF001
    YearRating: lambda say, each: f"{say._of(each)} · {each.year}",  # noqa: SLF001
    Review: lambda _say, each: each.title,
    HandAnswer: lambda say, each: _day_of(say.record(each.person), each.day),
    SettingChange: lambda say, each: say.word(each.key),
    BlankProfile: lambda _say, each: each.name,
}
"""What records are called that have no name, title or number of their own."""


def change_lines(office: Office, entry: JournalEntry, on: date) -> list[str]:
    """What a change did, record by record and field by field; of a list that was written, whose data it holds."""
    if entry.action == EXPORTED:
        return _export_lines(office, entry)
    say = Spoken(office, on)
    lines = [f"{shown_time(entry.time)} · {entry.actor}", say.about(entry.about), ""]
    for table, _, before, after in entry.changes[:_MOST_RECORDS]:
        lines.append(
            f"{'+' if before is None else '−' if after is None else '~'} {_called(say, table, after or before)}"
        )
        if before is not None and after is not None:
            changed = [field for field in {**before, **after} if before.get(field) != after.get(field)]
            shown_ones = _seen(office, table, after, changed)
            lines += [
                f"    {say.title(field)}: {say.value(field, before.get(field))} → {say.value(field, after.get(field))}"
                if field in shown_ones
                else f"    {say.title(field)}: •••"
                for field in changed
            ]
    if entry.records > _MOST_RECORDS:
        lines.append(tr_("… and {n} more records", n=entry.records - _MOST_RECORDS))
    return lines


def _seen(office: Office, table: str, row: dict[str, Any], fields: list[str]) -> list[str]:
    """Those of the fields whose values may be shown; that sensitive ones are looked at is noted."""
    sensitive = [each for each in fields if table == KINDS[Discipline].table or each in looking.sensitive_in(table)]
    if not sensitive:
        return fields
    if not looking.may_see(office):
        return [each for each in fields if each not in sensitive]
    whom = str(row.get("person", "") if table == KINDS[Discipline].table else row.get("id", ""))
    named = [looking.DISCIPLINE] if table == KINDS[Discipline].table else sensitive
    office.book.access.look([whom] if whom else [], named, "history")
    return fields


def _called(say: Spoken, table: str, row: dict[str, Any] | None) -> str:
    """A record of the journal: its kind, and its name as it was then."""
    parts = [str(value) for value in _names_in(say, row or {}) if value]
    return f"{tr(KIND_TITLES.get(table, table))}: {' · '.join(dict.fromkeys(parts))}"


def _names_in(say: Spoken, row: dict[str, Any]) -> Iterator[str]:
    yield from (str(row[field]) for field in ("name", "title", "number") if row.get(field))
    yield from (
        say.value(field, row[field])
        for field in ("person", "subject", "unit", "event", "award", "role", "cycle", "key", "prize", "year", "day")
        if row.get(field) not in (None, "")
    )


def _export_lines(office: Office, entry: JournalEntry) -> list[str]:
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
        for person_id in export.people[:_MOST_PEOPLE]:
            person = people.get(person_id)
            lines.append(f"  {person_id}  {person.name if person else ''}")
        if len(export.people) > _MOST_PEOPLE:
            lines.append(tr_("… and {n} more records", n=len(export.people) - _MOST_PEOPLE))
    return lines


def _column(key: str) -> str:
    from exports.lists.people_columns import BY_KEY  # noqa: PLC0415  # knows every list that goes out

    return tr(BY_KEY[key].label) if key in BY_KEY else key
