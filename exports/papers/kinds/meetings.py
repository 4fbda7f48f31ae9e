"""Papers of an event: invitation, summons, the list to sign, and the register of the certificates it gave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from config.errors import InputError
from config.i18n import tr_
from config.settings.styles import Style
from config.text import t
from exports.papers.commendations import headed
from exports.papers.form.paper import Paper, Section
from exports.papers.kinds.composing import NOTHING, Draft, Given, compose
from exports.papers.kinds.wording_of_awards import dong_words
from exports.papers.number_words import dong_in_words
from exports.sheets import SheetColumn
from records.domain.dates import in_words
from records.domain.people.names import person_key
from records.domain.people.person import Person
from records.domain.training import Event
from records.services.awards.issuing import own
from records.services.office import Office
from records.services.training import events
from records.services.training.results import certified

KINDS = ("invitation", "summons", "signing")


def event_paper(office: Office, event: Event, kind: str, day: date, given: Given = NOTHING) -> Paper:
    """One of `KINDS` for an event; whoever is called stands on the list. Raises InputError naming what is missing."""
    called = called_to(office, event)
    if kind == "signing" and not called:
        raise InputError(
            t("Nobody is called to “{title}”", title=event.title), do=t("call them first: “training call”")
        )
    each = _each(given) if kind == "signing" else 0
    given = replace(given, fields={key: told for key, told in given.fields.items() if key != "each"})
    listed = _table(office, called, event, signed=kind == "signing", each=each)
    form = given.fields.get("form", "party")
    annex = _annex(office, event, day, listed, form)
    return compose(
        office,
        Draft(
            kind=kind,
            form=form,
            day=day,
            issued=own(office, day),
            fields=_fields(event, office.settings.styles.on(form, day), len(called), each),
            sections=(listed,) if kind == "signing" else (),
            about=event.id,
            annexes=(annex,) if kind != "signing" and called and not given.to else (),
        ),
        given,
    )


def _fields(event: Event, style: Style, called: int, each: int) -> dict[str, str]:
    """What the words of a paper of an event may name; `each` is what a person is given, in đồng."""
    when = in_words(event.day, style.zeros)
    if event.last_day and event.last_day != event.day:
        when = f"từ {when} đến {in_words(event.last_day, style.zeros)}"
    total = each * called
    money = {"each": dong_words(each), "money": dong_words(total), "money_words": dong_in_words(total).lower()}
    return {
        "event": event.title,
        "event_time": when,
        "event_place": event.place,
        "topic": event.topic,
        "organiser": event.organiser,
        "to": "các đồng chí có tên trong danh sách kèm theo" if called else "",
        "to_short": "các đồng chí",
        "count": str(called),
        **(money if each else {}),
    }


def _each(given: Given) -> int:
    """What each person is given, in đồng, as typed. Raises InputError."""
    typed = given.fields.get("each", "").replace(".", "").replace(",", "").strip()
    if typed and not typed.isdecimal():
        raise InputError(
            t("“{typed}” is no amount of money", typed=given.fields["each"]), do=t("write whole đồng, such as 200000")
        )
    return int(typed or 0)


def called_to(office: Office, event: Event) -> list[Person]:
    """Everybody on the list of an event but those absent, in Vietnamese order of names."""
    rows = events.attendance_of(office, event.id).values()
    people = [office.person(each.person) for each in rows if each.presence in ("called", "present", "late")]
    return sorted(people, key=lambda each: (person_key(each.name), each.id))


def _table(office: Office, people: list[Person], event: Event, *, signed: bool, each: int) -> Section:
    names = office.unit_names(event.day)
    columns = [
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Full name"), 26, whole=True),
        SheetColumn(tr_("Position"), 20),
        SheetColumn(tr_("Unit"), 28),
    ]
    money = [SheetColumn(tr_("Money (đ)"), 14, "number")] if each else []
    signing = [SheetColumn(tr_("Signature"), 16)] if signed else []
    rows = [
        (
            number,
            person.name,
            person.position,
            names.get(person.unit_on(event.day), ""),
            *((each,) if each else ()),
            *(("",) if signed else ()),
        )
        for number, person in enumerate(people, 1)
    ]
    totals = ("", tr_("Total"), "", "", each * len(people), *(("",) if signed else ())) if each else ()
    return Section(tuple(columns + money + signing), rows, totals=totals, every_column=signed)


def _annex(office: Office, event: Event, day: date, listed: Section, form: str) -> Paper:
    head = headed(office, day, form)
    return replace(head, title=(tr_("LIST OF NAMES"), event.title), sections=(listed,), landscape=None)


def certificates_register(office: Office, year: int, day: date) -> Paper:
    """The register of the certificates of classes of a year: number, person, class, who issued it, room to sign.

    Raises:
        InputError: for a year without certificates.
    """
    given = [each for each in certified(office) if (each.certificate_day or each.day).year == year]
    if not given:
        raise InputError(
            t("No certificate of {year} is in the book", year=str(year)), do=t("name another year with --year")
        )
    titles = {each.id: each.title for each in office.book.table(Event)}
    given.sort(key=lambda each: (each.certificate_issuer, _number(each.certificate), each.id))
    rows = []
    for number, each in enumerate(given, 1):
        person = office.person(each.person)
        score: Decimal | None = each.score
        rows.append(
            (
                number,
                each.certificate,
                each.certificate_day,
                person.name,
                person.born.shown() if person.born else "",
                titles.get(each.event, ""),
                score,
                each.certificate_issuer,
                "",
            )
        )
    title = (tr_("REGISTER OF CERTIFICATES"), tr_("Year {year}", year=str(year)))
    return replace(
        headed(office, day, "party"),
        title=title,
        sections=(Section(_register_columns(), rows, every_column=True),),
        landscape=None,
    )


def _register_columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Cert. no."), 12),
        SheetColumn(tr_("Issued on"), 12, "date"),
        SheetColumn(tr_("Full name"), 26, whole=True),
        SheetColumn(tr_("Born"), 12),
        SheetColumn(tr_("Class attended"), 32),
        SheetColumn(tr_("Score"), 7, "number"),
        SheetColumn(tr_("Issued by"), 24),
        SheetColumn(tr_("Received (signature)"), 18),
    )


def _number(text: str) -> tuple[int, str]:
    digits = "".join(letter for letter in text[:12] if letter.isdigit())
    return (int(digits or 0), text)
