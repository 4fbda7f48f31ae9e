"""Papers about people and units drawn from the records: report of achievements, curriculum vitae, particulars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from config.i18n import tr, tr_
from config.text import Text
from exports.heads import spoken
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.kinds.composing import NOTHING, Draft, Given, compose
from exports.papers.kinds.wording_of_awards import dong_words
from exports.sheets import SheetColumn
from records.domain.awards.awards import Award, Decision, YearRating, standing
from records.domain.dates import PartialDate
from records.domain.people.person import Person
from records.domain.people.person_fields import EDUCATION_WORDS, SEX_WORDS, THEORY_WORDS
from records.domain.training import DutyCount
from records.domain.units import Unit
from records.rules.emulation.words import KIND_WORDS, RATING_WORDS
from records.services.awards.award_checks import prize_of
from records.services.awards.issuing import Issued, own
from records.services.office import Office

SENSITIVE = ("ethnicity", "native_place", "residence", "party_official")
"""Fields of a person that these papers bear and a list does not unless it is asked."""
_NONE_YET = "[chưa có trong sổ]"


def achievement_paper(office: Office, subject: str, day: date, given: Given = NOTHING) -> Paper:
    """The report of a person's or a unit's achievements, for them to complete: what is missing stands in brackets.

    Raises:
        InputError: for an unknown id.
    """
    unit = office.book.table(Unit).get(subject)
    name, profile, issued, signers = _of_unit(office, unit, day) if unit else _of_person(office, subject, day)
    fields = {
        "name": name,
        "profile": profile,
        "duties_given": "[ghi chức năng, nhiệm vụ, quyền hạn được giao]",
        "deeds": "[ghi thành tích đạt được, biện pháp, kết quả và số liệu so sánh]",
        "facts": () if unit else _facts(office, subject, day),
    }
    form = given.fields.get("form", "party")
    return compose(
        office,
        Draft(
            kind="achievement-unit" if unit else "achievement",
            form=form,
            day=day,
            issued=issued,
            fields=fields,
            sections=(_ratings(office, subject), _awards(office, subject)),
            signers=signers,
            gaps=True,
        ),
        given,
    )


_Head = tuple[str, tuple[str, ...], Issued, tuple[Signer, ...]]


def _of_unit(office: Office, unit: Unit, day: date) -> _Head:
    name, above = unit.name_on(day), office.unit_names(day).get(unit.parent_on(day), "")
    issued = Issued(name=name, above=above, place=office.settings.office.place_on(day))
    return name, (f"Đơn vị cấp trên: {above or _NONE_YET}",), issued, (Signer(("THỦ TRƯỞNG ĐƠN VỊ",)),)


def _of_person(office: Office, person_id: str, day: date) -> _Head:
    person = office.person(person_id)
    unit = office.unit_names(day).get(person.unit_on(day), "")
    issued = Issued(name=unit or own(office, day).name, place=office.settings.office.place_on(day))
    signers = (Signer(("XÁC NHẬN CỦA ĐƠN VỊ",)), Signer(("NGƯỜI BÁO CÁO",), person.name))
    return person.name, _profile(person, unit), issued, signers


def profile_paper(office: Office, person_id: str, day: date, given: Given = NOTHING) -> Paper:
    """The curriculum vitae of a person, as far as the book knows it. Raises InputError for an unknown id."""
    person = office.person(person_id)
    unit = office.unit_names(day).get(person.unit_on(day), "")
    name = Signer(("NGƯỜI KHAI",), person.name)
    return compose(
        office,
        Draft(
            kind="profile",
            form=given.fields.get("form", "party"),
            day=day,
            issued=replace(own(office, day), signers=()),
            fields={"profile": (f"Họ và tên: {person.name}", *_profile(person, unit))},
            sections=(_ratings(office, person_id), _awards(office, person_id)),
            signers=(Signer(("XÁC NHẬN CỦA ĐƠN VỊ",), ""), name),
            gaps=True,
        ),
        given,
    )


def profiles_paper(office: Office, people: Sequence[str], day: date, given: Given = NOTHING) -> Paper:
    """A row of particulars for each person. Raises InputError for an unknown id, or when nobody signs."""
    names = office.unit_names(day)
    rows = []
    for number, person in enumerate(map(office.person, people), 1):
        rows.append(
            (
                number,
                person.name,
                _day(person.born),
                _words(SEX_WORDS, person.sex or ""),
                person.ethnicity,
                person.native_place,
                _day(person.party_official or person.party_probation),
                _level(person, "education"),
                _level(person, "political_theory"),
                person.position,
                names.get(person.unit_on(day), ""),
            )
        )
    return compose(
        office,
        Draft(
            kind="profiles",
            form=given.fields.get("form", "party"),
            day=day,
            issued=own(office, day),
            fields={"count": str(len(rows))},
            sections=(Section(_particulars(), rows),),
        ),
        given,
    )


def _particulars() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Full name"), 24, whole=True),
        SheetColumn(tr_("Born"), 11),
        SheetColumn(tr_("Sex"), 6),
        SheetColumn(tr_("Ethnicity"), 10),
        SheetColumn(tr_("Native place"), 20),
        SheetColumn(tr_("Joined the Party"), 12),
        SheetColumn(tr_("Education"), 14),
        SheetColumn(tr_("Political theory"), 12),
        SheetColumn(tr_("Position"), 18),
        SheetColumn(tr_("Unit"), 24),
    )


def _profile(person: Person, unit: str) -> tuple[str, ...]:
    """What stands in a dossier of a person, line by line; what the book does not have stands in brackets."""
    told = (
        ("Ngày, tháng, năm sinh", _day(person.born)),
        ("Giới tính", _words(SEX_WORDS, person.sex or "")),
        ("Quê quán", person.native_place),
        ("Nơi ở hiện nay", person.residence),
        ("Dân tộc", person.ethnicity),
        ("Ngày vào Đảng", _day(person.party_probation)),
        ("Ngày chính thức", _day(person.party_official)),
        ("Trình độ chuyên môn", _level(person, "education")),
        ("Lý luận chính trị", _level(person, "political_theory")),
        ("Chức vụ, đơn vị công tác", ", ".join(part for part in (person.position, unit) if part)),
    )
    return tuple(f"{label}: {value or _NONE_YET}" for label, value in told)


def _facts(office: Office, person_id: str, day: date) -> tuple[str, ...]:
    """What the book counts of a person's work, year by year."""
    years: dict[int, list[int]] = {}
    for each in office.book.table(DutyCount).where(person=person_id):
        if each.month <= day:
            held = years.setdefault(each.month.year, [0, 0, 0, 0])
            for at, number in enumerate((each.talks, each.listeners, each.reports_on_time, each.reports_due)):
                held[at] += number
    made = []
    for year, (talks, listeners, on_time, due) in sorted(years.items(), reverse=True)[:5]:
        parts = []
        if talks:
            parts.append(f"{dong_words(talks)} buổi nói chuyện với {dong_words(listeners)} lượt người nghe")
        if due:
            parts.append(f"{on_time}/{due} báo cáo đúng hạn")
        if parts:
            made.append(f"- Năm {year}: {'; '.join(parts)}.")
    return tuple(made)


def _ratings(office: Office, subject: str) -> Section:
    table = office.book.table(YearRating)
    held = sorted((*table.where(person=subject), *table.where(unit=subject)), key=lambda each: (-each.year, each.kind))
    columns = (
        SheetColumn(tr_("Year"), 8, "year"),
        SheetColumn(tr_("Kind of rating"), 28),
        SheetColumn(tr_("Rating"), 28),
        SheetColumn(tr_("Number of the paper"), 18),
    )
    rows: list[tuple[object, ...]] = [
        (each.year, tr(KIND_WORDS[each.kind]), tr(RATING_WORDS[each.rating]), each.number) for each in held
    ]
    return Section(columns, rows or [(None, _NONE_YET, "", "")], heading=tr_("Yearly ratings"))


def _awards(office: Office, subject: str) -> Section:
    table = office.book.table(Award)
    held = standing([*table.where(person=subject), *table.where(unit=subject)])
    decisions = office.book.table(Decision)
    columns = (
        SheetColumn(tr_("Year"), 8, "year"),
        SheetColumn(tr_("Title or form"), 24),
        SheetColumn(tr_("Number and day of the decision"), 26),
        SheetColumn(tr_("Issued by"), 28),
    )
    rows: list[tuple[object, ...]] = []
    for each in sorted(held, key=lambda one: one.achieved_to, reverse=True):
        decision = decisions[each.decision]
        number = f"{decision.number}, {decision.day:%d/%m/%Y}"
        rows.append((each.achieved_to.year, prize_of(office, each.prize).title.vi, number, spoken(decision.issuer)))
    return Section(columns, rows or [(None, _NONE_YET, "", "")], heading=tr_("Commendations"))


def _day(day: PartialDate | None) -> str:
    return day.shown() if day else ""


def _words(words: Mapping[str, Text], key: str) -> str:
    return tr(words[key]) if key in words else ""


def _level(person: Person, kind: str) -> str:
    best = person.best(kind)
    if best is None:
        return ""
    words = tr((EDUCATION_WORDS if kind == "education" else THEORY_WORDS)[best.level])
    return f"{words} ({best.field})" if best.field else words
