"""The bound book of a year: its register, scores and attendance as one PDF, to be printed, signed and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.text import t
from exports.logged import Log, logged_file
from exports.papers.award_register import register_paper
from exports.papers.commendations import headed
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.form.pdf import first_pages, write_paper_pdf
from exports.papers.kinds.composing import blocks_of
from exports.papers.rankings import ranking_paper
from exports.sheets import SheetColumn
from records.domain.awards.awards import Award, Score, YearRating
from records.domain.dates import shown
from records.domain.emulation import Cycle
from records.domain.lists import ListExport
from records.domain.people.names import person_key, sort_key
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.rules.emulation.words import KIND_WORDS, RATING_WORDS
from records.rules.training.words import EVENT_WORDS, PRESENCE_MARKS, PRESENCE_WORDS, result_texts
from records.services.awards.issuing import own
from records.services.awards.registering import own_awards
from records.services.book import closing
from records.services.emulation.standings import ranking
from records.services.office import Office
from records.services.training.events import attendance_of, events

_ACROSS = 20
"""Sessions beside one another in a sheet of attendance; more of them go on in a further sheet."""
_COLUMNS = ("register", "scores", "attendance")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the book: how it stands in the contents, and its pages."""

    number: str
    title: str
    paper: Paper


def year_book(office: Office, year: int, day: date) -> tuple[Paper, int]:
    """The bound book of a year as it is now: front page, contents, parts, closing words; and how many pages it has."""
    parts = _parts(office, year, day)
    drafted = _bound(office, year, day, parts, None)
    begun, pages = first_pages(drafted)
    return _bound(office, year, day, parts, (begun, pages)), pages


def write_year_book(office: Office, year: int, path: Path, *, day: date, log: Log, overwrite: bool = False) -> int:
    """Write the bound book of a year to `path` and have `log` enter that it was; gives the number of its pages.

    To close the year, `log` is what closes it: the file takes its place only when that is done.

    Raises:
        InputError: for another ending than .pdf, a file already there, or a letter no font has.
        AppError: what `log` raises; nothing is written then.
    """
    if path.suffix.lower() != ".pdf":
        raise InputError(
            t("“{ending}” is no kind of bound book", ending=path.suffix), where=str(path), do=t("name the file .pdf")
        )
    closing.open_matters(office, year, today=day)  # a year that cannot be meant is refused before anything is set
    people = sorted({each.person for each in _awards(office, year)} | {each.person for each in _attended(office, year)})
    export = ListExport(id="", file=str(path), sha256="", people=tuple(filter(None, people)), columns=_COLUMNS, on=day)
    paper, pages = year_book(office, year, day)
    with logged_file(path, export, log, overwrite=overwrite) as part:
        write_paper_pdf(paper, part, overwrite=True)
    return pages


def _awards(office: Office, year: int) -> list[Award]:
    return [each for each in own_awards(office.book) if each.register_year == year]


def _attended(office: Office, year: int) -> list[Attendance]:
    return [each for each in office.book.table(Attendance).glances() if each.day.year == year]


def _bound(
    office: Office, year: int, day: date, parts: Sequence[_Part], pages: tuple[Sequence[int], int] | None
) -> Paper:
    """The whole; `pages` are the first page of each of its parts and their number, None while they are not known."""
    begun = pages[0] if pages else [0] * (len(parts) + 3)
    contents = replace(
        headed(office, day, "party"), title=(tr_("CONTENTS"),), inner=True,
        sections=(_contents(parts, begun[2:]),),
    )  # fmt: skip
    front = replace(
        headed(office, day, "party"),
        title=(tr_("GOLDEN BOOK OF EMULATION AND COMMENDATION"), tr_("Year {year}", year=year)),
        opening=(
            tr_(
                "Register of commendation, scores of emulation and attendance of {year}, bound as one book.",
                year=str(year),
            ),
        ),
        bound=True,
        cover=True,
    )
    end = _end(office, year, day, len(parts), pages[1] if pages else 0)
    return replace(front, annexes=(contents, *(each.paper for each in parts), end))


def _contents(parts: Sequence[_Part], begun: Sequence[int]) -> Section:
    columns = (
        SheetColumn(tr_("No."), 6),
        SheetColumn(tr_("Part"), 60),
        SheetColumn(tr_("Page"), 6, "number"),
    )
    told = [*((each.number, each.title) for each in parts), ("", tr_("Closing of the year"))]
    rows = [(*each, page) for each, page in zip(told, begun, strict=True)]
    return Section(columns, rows, every_column=True)


def _parts(office: Office, year: int, day: date) -> list[_Part]:
    register = register_paper(office, year, day)
    made = [
        _part(
            "I", tr_("Register of commendation"), replace(register, sections=tuple(map(_or_none, register.sections)))
        ),
        _part("II", tr_("Yearly ratings"), _sheet(office, day, (_ratings(office, year),))),
    ]
    cycles = [each for each in office.book.table(Cycle) if each.last_day.year == year]
    for number, each in enumerate(sorted(cycles, key=lambda one: (one.first_day, one.key, one.id)), 1):
        paper = ranking_paper(office, each, "final", ranking(office, each), day)
        paper = replace(paper, closing=(paper.title[-1],))
        whom = office.settings.roles.roles.get(each.role)
        of = whom.title.in_language(language()) if whom else tr_("units")
        made.append(_part(f"II.{number}", tr_("Scores: {title}, {whom}", title=each.title, whom=of), paper))
    if others := _outcomes(office, year):
        made.append(
            _part(f"II.{len(cycles) + 1}", tr_("Outcomes entered without a sheet"), _sheet(office, day, others))
        )
    held = sorted((each for each in events(office) if each.day.year == year), key=lambda each: (each.day, each.id))
    made.append(_part("III", tr_("Sessions and who came"), _sheet(office, day, (_sessions(office, held),))))
    for number, first in enumerate(range(0, len(held), _ACROSS), 1):
        sheet = _sheet(office, day, (_presence(office, held, first),))
        title = tr_("Attendance, sessions {first} to {last}", first=first + 1, last=min(first + _ACROSS, len(held)))
        made.append(_part(f"III.{number}", title, sheet))
    results = _sheet(office, day, (_results(office, year),))
    made.append(_part(f"III.{-(-len(held) // _ACROSS) + 1}", tr_("Results and certificates"), results))
    return made


def _part(number: str, title: str, paper: Paper) -> _Part:
    """A paper as a part: without head, signatures and small heading of its own."""
    heading = (tr_("PART {number}", number=number), title)
    return _Part(
        number, title,
        replace(paper, title=heading, inner=True, signers=(), recipients=(), landscape=None, annexes=()),
    )  # fmt: skip


def _sheet(office: Office, day: date, sections: tuple[Section, ...]) -> Paper:
    return replace(headed(office, day, "party"), sections=sections)


def _names(office: Office) -> dict[str, str]:
    return {each.id: each.name for each in office.book.table(Person)}


def _ratings(office: Office, year: int) -> Section:
    people, units = _names(office), office.unit_names(date(year, 12, 31))
    columns = (
        SheetColumn(tr_("No."), 6, "number"),
        SheetColumn(tr_("Code"), 12),
        SheetColumn(tr_("Full name or unit"), 30, whole=True),
        SheetColumn(tr_("Kind of rating"), 24),
        SheetColumn(tr_("Rating"), 14),
        SheetColumn(tr_("Paper"), 18),
        SheetColumn(tr_("Day"), 12, "date"),
    )
    found = [each for each in office.book.table(YearRating) if each.year == year]
    told = sorted(
        ((people.get(each.person) or units.get(each.unit, ""), each) for each in found),
        key=lambda pair: (not pair[1].person, sort_key(pair[0]), pair[1].id),
    )
    rows = [
        (number, each.person or each.unit, name, tr(KIND_WORDS[each.kind]), tr(RATING_WORDS[each.rating]), each.number,
         each.day)
        for number, (name, each) in enumerate(told, 1)
    ]  # fmt: skip
    return _or_none(Section(columns, rows, every_column=True))


def _or_none(section: Section) -> Section:
    """A section that says so where it has nothing."""
    return section if section.rows else replace(section, notes=(*section.notes, tr_("Nothing was entered.")))


def _outcomes(office: Office, year: int) -> tuple[Section, ...]:
    """Outcomes of the year that no cycle of the book gave."""
    known = {(each.key, each.role) for each in office.book.table(Cycle)}
    people, units = _names(office), office.unit_names(date(year, 12, 31))
    found = [
        each
        for each in office.book.table(Score)
        if each.cycle.startswith(str(year)) and (each.cycle, each.role) not in known
    ]
    columns = (
        SheetColumn(tr_("No."), 6, "number"),
        SheetColumn(tr_("Code"), 12),
        SheetColumn(tr_("Full name or unit"), 30, whole=True),
        SheetColumn(tr_("Cycle"), 10),
        SheetColumn(tr_("Role"), 18),
        SheetColumn(tr_("Points"), 9, "number"),
        SheetColumn(tr_("Rating"), 14),
    )
    roles = office.settings.roles.roles
    rows = [
        (number, each.person or each.unit, people.get(each.person) or units.get(each.unit, ""), each.cycle,
         roles[each.role].title.in_language(language()) if each.role in roles else "", each.final,
         tr(RATING_WORDS[each.rating]))
        for number, each in enumerate(sorted(found, key=lambda one: (one.cycle, one.role, one.id)), 1)
    ]  # fmt: skip
    return (Section(columns, rows, every_column=True),) if rows else ()


def _sessions(office: Office, held: Sequence[Event]) -> Section:
    columns = (
        SheetColumn(tr_("No."), 6, "number"),
        SheetColumn(tr_("Day"), 12, "date"),
        SheetColumn(tr_("Kind"), 14),
        SheetColumn(tr_("Title"), 40),
        SheetColumn(tr_("Called"), 8, "number"),
        SheetColumn(tr_("Came"), 8, "number"),
        SheetColumn(tr_("With leave"), 8, "number"),
        SheetColumn(tr_("Absent"), 8, "number"),
        SheetColumn(tr_("Not recorded"), 8, "number"),
    )
    table = office.book.table(Attendance)
    rows = []
    for number, each in enumerate(held, 1):
        seen = [one.presence for one in table.where(event=each.id)]
        came = seen.count("present") + seen.count("late")
        counts = (len(seen), came, seen.count("excused"), seen.count("absent"), seen.count("called"))
        rows.append((number, each.day, tr(EVENT_WORDS[each.kind]), each.title, *counts))
    return _or_none(Section(columns, rows, every_column=True))


def _presence(office: Office, held: Sequence[Event], first: int) -> Section:
    """Who came to which of some sessions: a row for everybody called to one of them."""
    these = list(enumerate(held[first : first + _ACROSS], first + 1))
    marks: dict[str, dict[str, str]] = {}
    for _, one in these:
        for person, each in attendance_of(office, one.id).items():
            marks.setdefault(person, {})[one.id] = PRESENCE_MARKS[each.presence] or "."
    names, group = _names(office), tr_("Sessions")
    columns = (
        SheetColumn(tr_("No."), 6, "number"),
        SheetColumn(tr_("Code"), 12),
        SheetColumn(tr_("Full name"), 28, whole=True),
        *(SheetColumn(str(number), 3, "text", group) for number, _ in these),
    )
    people = sorted(marks, key=lambda each: (person_key(names.get(each, "")), each))
    rows = [
        (number, person, names.get(person, ""), *(marks[person].get(one.id, "") for _, one in these))
        for number, person in enumerate(people, 1)
    ]
    words = "; ".join(f"{mark or '.'}: {tr(PRESENCE_WORDS[key])}" for key, mark in PRESENCE_MARKS.items())
    return _or_none(Section(columns, rows, every_column=True, notes=(words,)))


def _results(office: Office, year: int) -> Section:
    names, titles = _names(office), {each.id: each.title for each in office.book.table(Event)}
    columns = (
        SheetColumn(tr_("No."), 6, "number"),
        SheetColumn(tr_("Full name"), 28, whole=True),
        SheetColumn(tr_("Day"), 12, "date"),
        SheetColumn(tr_("Session"), 34),
        SheetColumn(tr_("Result and certificate"), 34),
    )
    found = [each for each in _attended(office, year) if each.result or each.certificate]
    found.sort(key=lambda each: (each.day, person_key(names.get(each.person, "")), each.id))
    rows = [
        (number, names.get(each.person, ""), each.day, titles.get(each.event, ""),
         "; ".join(tr(text) for text in result_texts(each)))
        for number, each in enumerate(found, 1)
    ]  # fmt: skip
    return _or_none(Section(columns, rows, every_column=True))


def _end(office: Office, year: int, day: date, parts: int, pages: int) -> Paper:
    """The closing words: how many pages and numbers there are, what is still open, and who signs."""
    given = [each.register_number for each in _awards(office, year)]
    left = closing.open_matters(office, year, today=day)
    fixed = next((each.corrections for each in closing.years(office) if each.year == year), ())
    opening = (
        tr_("This book of {year} has {pages} pages, numbered from 1 to {pages}, and {parts} parts.", year=str(year),
            pages=pages or "……", parts=parts),
        tr_("The register of commendation goes from number 1 to number {n}.", n=max(given))
        if given else tr_("The register of commendation has no number of this year."),
        *(tr_("Changed after closing by decision {number} of {day}.", number=one.number, day=one.day) for one in fixed),
        tr_("Still open: {n} matters.", n=len(left)) if left else tr_("Nothing is left open."),
    )  # fmt: skip
    columns = (SheetColumn(tr_("No."), 6, "number"), SheetColumn(tr_("Matter"), 70))
    rows = [(number, tr(each.words)) for number, each in enumerate(left, 1)]
    bound = tr_(
        "Bound on {day}. From its closing on, what it holds is changed by a decision of correction alone.",
        day=shown(day),
    )
    signers = blocks_of(own(office, day).signers) or (Signer((tr_("HEAD OF THE OFFICE"),)),)
    return replace(
        headed(office, day, "party"),
        title=(tr_("CLOSING OF THE YEAR"), tr_("Year {year}", year=year)),
        opening=opening,
        sections=(Section(columns, rows, every_column=True),) if rows else (),
        closing=(bound,),
        signers=(Signer((tr_("KEEPER OF THE BOOK"),)), *signers),
    )
