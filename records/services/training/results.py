"""Results of a training: completed or not, score, class, and the certificate that the political centre gave.

The office records these certificates; it does not issue them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.dates import parse_day, shown
from records.domain.people.names import clean, fold, matching_key
from records.domain.training import Attendance, EarlierCertificate, Event
from records.rules.training.words import RESULT_MARKS
from records.services.office import Office
from records.services.training.events import attendance_of, event_named

COLUMNS = ("result", "score", "rank", "certificate", "certificate_issuer", "certificate_day")
"""Fields of an attendance that are typed as results, in the order of lists."""
_YES = frozenset({"d", "dat", "x", "1", "completed", "hoan thanh", "yes"})
_NO = frozenset({"k", "kd", "khong dat", "chua dat", "0", "not completed", "not_completed", "no"})
_LONGEST = 120
_MOST = Decimal(1000)


class Certificate(NamedTuple):
    """What stands on a certificate; an empty issuer is the one before."""

    number: str
    issuer: str = ""
    day: date | None = None


class ResultCell(NamedTuple):
    """One field of an attendance, by its id, and the text it should hold; empty text clears it."""

    attendance: str
    column: str
    typed: str


def result_text(row: Attendance, column: str) -> str:
    """What a field holds, as a person types it; a score with a point."""
    if column == "result":
        return RESULT_MARKS[row.result]
    if column == "score":
        return "" if row.score is None else format(row.score.normalize(), "f")
    if column == "certificate_day":
        return shown(row.certificate_day)
    return str(getattr(row, column))


def result_problem(row: Attendance, column: str, typed: str, *, today: date) -> Text | None:
    """Why a field of `row` cannot hold `typed`, or None."""
    try:
        result_value(row, column, typed, today)
    except InputError as error:
        return t("{what}; {do}", what=error.what, do=error.do)
    return None


def result_value(row: Attendance, column: str, typed: str, today: date) -> Any:
    """The value of a field as typed. Raises InputError for a text that cannot stand, or an unknown field."""
    text = clean(typed)
    if column not in COLUMNS:
        raise InputError(
            t("There is no column “{key}”", key=column), do=t("use one of: {known}", known=", ".join(COLUMNS))
        )
    if column == "result":
        return _result(text)
    if column == "score":
        return _score(text)
    if column == "certificate_day":
        return _day(row, text, today)
    if len(text) > _LONGEST:
        raise InputError(t("The text is longer than {n} letters", n=_LONGEST), do=t("shorten it"))
    return text


def _result(text: str) -> str:
    word = fold(text)
    if word in _YES:
        return "completed"
    if word and word not in _NO:
        raise InputError(t("“{typed}” is no result", typed=text), do=t("write đ for completed or k for not completed"))
    return "not_completed" if word else ""


def _score(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= _MOST:
        raise InputError(t("“{typed}” is no score", typed=text), do=t("write a number such as 8,5"))
    return number


def _day(row: Attendance, text: str, today: date) -> date | None:
    if not text:
        return None
    day = parse_day(text, field="", today=today)
    if day < row.day:
        raise InputError(
            t("The certificate would be older than the training of {day}", day=row.day), do=t("correct the day")
        )
    if day > today:
        raise InputError(t("The day {day} is still to come", day=day), do=t("correct the day"))
    return day


def write_results(office: Office, cells: Iterable[ResultCell], *, today: date) -> list[Attendance]:
    """Write fields of attendances as one change; returns the rows that changed.

    Raises:
        InputError: for somebody who was not called or did not come, a text that cannot stand, a certificate without
            completion, or a number that the same issuer gave to somebody else that year; nothing is written.
    """
    table = office.book.table(Attendance)
    rows: dict[str, Attendance] = {}
    held: dict[str, Attendance] = {}
    for cell in cells:
        row = rows.get(cell.attendance) or table.get(cell.attendance)
        if row is None:
            raise InputError(
                t("There is no attendance {id}", id=cell.attendance), do=t("call the person to the event first")
            )
        held.setdefault(row.id, row)
        rows[row.id] = msgspec.structs.replace(row, **{cell.column: result_value(row, cell.column, cell.typed, today)})
    return _put(office, [(held[key], row) for key, row in rows.items() if row != held[key]], "training.result")


def complete_all(office: Office, event: Event) -> list[Attendance]:
    """Everybody who came to `event` and has no result completed it; one change. Returns those."""
    came = [each for each in attendance_of(office, event.id).values() if each.came() and not each.result]
    return _put(office, [(each, msgspec.structs.replace(each, result="completed")) for each in came], "training.result")


def reissue(office: Office, row: Attendance, given: Certificate, *, why: str, today: date) -> Attendance:
    """Record that the centre gave another certificate in place of the one of `row`, which is kept with it; one change.

    Raises:
        InputError: when there is no certificate to replace, the new one has no number or the same, or no reason is
            given.
    """
    if not row.certificate:
        raise InputError(t("There is no certificate to replace"), do=t("enter the first certificate as a result"))
    if not clean(given.number) or clean(given.number) == row.certificate:
        raise InputError(t("The new certificate has no number of its own"), do=t("enter the number on the new one"))
    if not clean(why):
        raise InputError(t("No reason is given"), do=t("say why, such as lost, or an error of the centre"))
    before = EarlierCertificate(
        number=row.certificate,
        issuer=row.certificate_issuer,
        day=row.certificate_day,
        replaced=given.day or today,
        why=clean(why),
    )
    made = msgspec.structs.replace(
        row,
        certificate=clean(given.number),
        certificate_issuer=clean(given.issuer) or row.certificate_issuer,
        certificate_day=None if given.day is None else _day(row, shown(given.day), today),
        earlier=(*row.earlier, before),
    )
    return _put(office, [(row, made)], "training.reissue")[0]


def _put(office: Office, rows: Sequence[tuple[Attendance, Attendance]], action: str) -> list[Attendance]:
    """Write rows, each as it was read and as it becomes."""
    judge_results(office, [after for _, after in rows])
    if not rows:
        return []
    titles = dict.fromkeys(event_named(office, each.event).title for each, _ in rows)
    with office.book.change(action, about=f"{', '.join(titles)} · {len(rows)}") as change:
        return [change.put(after, was=before) for before, after in rows]


def judge_results(office: Office, rows: Sequence[Attendance]) -> None:
    """Refuse results that cannot be. Raises InputError as `write_results`."""
    for row in rows:
        name = office.person(row.person).name
        if not row.came():
            raise InputError(
                t("{name} is not recorded as having come", name=name), do=t("correct the attendance first")
            )
        if row.certificate and row.result == "not_completed":
            raise InputError(
                t("{name} did not complete the training and would have a certificate", name=name),
                do=t("correct the result or the certificate"),
            )
    if any(row.certificate for row in rows):
        _judge_numbers(office, rows)


def certified(office: Office) -> Iterator[Attendance]:
    """Who has a certificate of which session, in the order of entry; of a million sessions the others stay bytes."""
    table = office.book.table(Attendance)
    yield from table.glances([record_id for record_id, number in table.columns("id", "certificate") if number])


def _judge_numbers(office: Office, rows: Sequence[Attendance]) -> None:
    changed = {row.id for row in rows}
    taken = {_number(each): each for each in certified(office) if each.id not in changed}
    for row in (each for each in rows if each.certificate):
        other = taken.setdefault(_number(row), row)
        if other.id != row.id:
            raise InputError(
                t(
                    "Certificate {number} of this issuer and year is that of {name}",
                    number=row.certificate,
                    name=office.person(other.person).name,
                ),
                do=t("check the number on the paper"),
            )


def _number(row: Attendance) -> tuple[str, str, int]:
    return matching_key(row.certificate), matching_key(row.certificate_issuer), (row.certificate_day or row.day).year
