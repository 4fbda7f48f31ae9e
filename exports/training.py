"""Papers of training: what one person went through, and how often people came, with bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from config.errors import InputError
from config.speech import language, say, say_
from config.text import t
from exports.logged import Log, logged_file
from exports.reports.bars import BarSection
from exports.reports.paper import Paper, Section
from exports.reports.pdf import write_paper_pdf
from exports.reports.workbook import write_paper_xlsx
from exports.sheets import SheetColumn
from records.desks.figures import BY, Figure
from records.desks.keeping import mark
from records.desks.office import Office
from records.desks.past import Past
from records.domain.dates import shown
from records.domain.lists import ListExport
from records.domain.training import Event
from records.rules.rates import Rate
from records.rules.training_words import EVENT_WORDS, EVENTS_WORDS, PRESENCE_WORDS, result_texts

_WRITERS = {".pdf": write_paper_pdf, ".xlsx": write_paper_xlsx}


def judge_paper_path(path: Path) -> None:
    """Refuse an ending that no paper has. Raises InputError."""
    if path.suffix.lower() not in _WRITERS:
        raise InputError(
            t("“{ending}” is no kind of paper", ending=path.suffix),
            where=str(path),
            do=t("name the file .xlsx or .pdf"),
        )


@dataclass(frozen=True, slots=True)
class Written:
    """Where a paper goes, the day it bears, what enters in the book that it left, and whether it may replace a file."""

    path: Path
    day: date
    log: Log
    overwrite: bool = False


def write_history(office: Office, past: Past, to: Written) -> None:
    """Write what a person went through, .pdf or .xlsx.

    Raises:
        InputError: for another ending, a file already there, or a place that cannot be written.
    """
    columns = ("years", "events")
    export = ListExport(id="", file=str(to.path), sha256="", people=(past.person.id,), columns=columns, on=past.on)
    _write(history_paper(office, past, to.day), export, to)


def write_figures(office: Office, found: Sequence[Figure], wanted: Sequence[Event], by: str, to: Written) -> None:
    """Write figures of the events `wanted`, .pdf or .xlsx. Raises InputError as `write_history`."""
    people = tuple(each.group for each in found if each.group) if by == "person" else ()
    export = ListExport(id="", file=str(to.path), sha256="", people=people, columns=(by, "rate"), on=to.day)
    _write(figures_paper(office, found, wanted, by, to.day), export, to)


def _write(paper: Paper, export: ListExport, to: Written) -> None:
    judge_paper_path(to.path)
    with logged_file(to.path, export, to.log, overwrite=to.overwrite) as part:
        _WRITERS[to.path.suffix.lower()](paper, part, overwrite=True)


def figures_paper(office: Office, found: Sequence[Figure], wanted: Sequence[Event], by: str, day: date) -> Paper:
    """The figures as a paper: bars of the shares, then the counts."""
    columns = (
        SheetColumn(say(BY[by]), 34),
        SheetColumn(say_("Came %"), 10, "number"),
        SheetColumn(say_("Came"), 9, "number"),
        SheetColumn(say_("Late"), 9, "number"),
        SheetColumn(say_("With leave"), 11, "number"),
        SheetColumn(say_("Absent"), 9, "number"),
        SheetColumn(say_("Recorded"), 11, "number"),
    )
    rows = [(say(each.title), *_counts(each.rate)) for each in found]
    whole = sum((each.rate for each in found), start=Rate())
    note = say_("The share leaves out those absent with leave. “Came” holds those who were late.")
    section = BarSection(
        columns, rows, totals=(say_("Total"), *_counts(whole)), notes=(note,), label=0, value=1, full=Decimal(100)
    )
    days = sorted(each.day for each in wanted)
    period = say_("From {start} to {end}", start=days[0], end=days[-1]) if days else say_("No event")
    kinds = ", ".join(say(EVENTS_WORDS[kind]) for kind in EVENTS_WORDS if any(each.kind == kind for each in wanted))
    about = say_("{n} sessions: {kinds}", n=len(wanted), kinds=kinds)
    return _paper(office, day, (say_("FIGURES OF ATTENDANCE"), f"{period} · {about}"), (section,))


def _counts(rate: Rate) -> tuple[object, ...]:
    return rate.percent, rate.came, rate.late, rate.excused, rate.absent, rate.recorded


def history_paper(office: Office, past: Past, day: date) -> Paper:
    """What a person went through as a paper: by year with bars of hours, then every event, then what is missing."""
    born = shown(past.person.born, say_("not known"))
    opening = [
        say_("Full name: {name}. Born: {born}. Code: {code}.", name=past.person.name, born=born, code=past.person.id)
    ]
    if past.unit_name:
        opening.append(say_("Unit: {unit}.", unit=past.unit_name))
    if past.posts:
        posts = "; ".join(
            say_("{role}, {level}, since {day}", role=_role(office, role), level=_level(office, level),
                 day=shown(since, say_("not known")))
            for role, level, since in past.posts
        )  # fmt: skip
        opening.append(say_("Role: {posts}.", posts=posts))
    gaps = tuple(say(each) for each in past.gaps) or (say_("No gap was found."),)
    return _paper(
        office,
        day,
        (say_("RECORD OF TRAINING"), past.person.name, say_("As of {day}", day=past.on)),
        (_years(past), _events(past)),
        opening=tuple(opening),
        closing=(say_("What is missing:"), *(f"- {each}" for each in gaps)),
    )


def _years(past: Past) -> Section:
    kinds = [kind for kind in EVENTS_WORDS if any(line.kinds[kind].recorded for line in past.years)]
    columns = (
        SheetColumn(say_("Year"), 8),
        SheetColumn(say_("Hours"), 8, "number"),
        *(SheetColumn(say(EVENTS_WORDS[kind]).capitalize(), 13) for kind in kinds),
    )
    rows = [(str(line.year), line.hours, *(_came(line.kinds[kind]) for kind in kinds)) for line in past.years]
    note = say_("Hours of instruction attended; of each kind, the sessions attended of those recorded.")
    return BarSection(columns, rows, heading=say_("Hours by year"), notes=(note,), label=0, value=1)


def _came(rate: Rate) -> str:
    return f"{rate.came}/{rate.recorded}" if rate.recorded else ""


def _events(past: Past) -> Section:
    columns = (
        SheetColumn(say_("No."), 5, "number"),
        SheetColumn(say_("Day"), 11),
        SheetColumn(say_("Kind"), 11),
        SheetColumn(say_("Title"), 34),
        SheetColumn(say_("Attendance"), 12),
        SheetColumn(say_("Result and certificate"), 26),
    )
    rows = [
        (number, shown(each.day), say(EVENT_WORDS[each.kind]), past.title(each), say(PRESENCE_WORDS[each.presence]),
         "; ".join(say(text) for text in result_texts(each)))
        for number, each in enumerate(past.attended, 1)
    ]  # fmt: skip
    return Section(columns, rows, heading=say_("Every event"))


def _role(office: Office, role: str) -> str:
    return office.settings.roles.roles[role].title.in_language(language())


def _level(office: Office, level: str) -> str:
    return office.settings.levels.levels[level].title.in_language(language())


def _paper(
    office: Office, day: date, title: tuple[str, ...], sections: tuple[Section, ...], *,
    opening: tuple[str, ...] = (), closing: tuple[str, ...] = (),
) -> Paper:  # fmt: skip
    described = office.settings.office
    return Paper(
        form="party",
        office=described.name.on(day).value or "",
        parent=described.superior.on(day).value or "",
        place=described.place,
        day=day,
        title=title,
        opening=opening,
        sections=sections,
        closing=closing,
        mark=say(mark(office)),
    )
