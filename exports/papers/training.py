"""Papers of training: what one person went through, and how often people came, with bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from config.i18n import language, tr, tr_
from exports.logged import Log
from exports.papers.commendations import headed
from exports.papers.form.bars import BarSection
from exports.papers.form.logged_paper import write_paper
from exports.papers.form.paper import Paper, Section
from exports.sheets import SheetColumn
from records.domain.dates import shown
from records.domain.lists import ListExport
from records.domain.training import Event
from records.rules.training.rates import Rate
from records.rules.training.words import EVENT_WORDS, EVENTS_WORDS, PRESENCE_WORDS, result_texts
from records.services.office import Office
from records.services.training.figures import BY, Figure
from records.services.training.past import Past


@dataclass(frozen=True, slots=True)
class Written:
    """Where a paper goes, the day it bears, what enters in the book that it left, and whether it may replace a file."""

    path: Path
    day: date
    log: Log
    overwrite: bool = False


def write_history(office: Office, past: Past, to: Written) -> None:
    """Write what a person went through, .pdf, .docx or .xlsx.

    Raises:
        InputError: for another ending, a file already there, or a place that cannot be written.
    """
    columns = ("years", "events")
    export = ListExport(id="", file=str(to.path), sha256="", people=(past.person.id,), columns=columns, on=past.on)
    _write(history_paper(office, past, to.day), export, to)


def write_figures(office: Office, found: Sequence[Figure], wanted: Sequence[Event], by: str, to: Written) -> None:
    """Write figures of the events `wanted`, .pdf, .docx or .xlsx. Raises InputError as `write_history`."""
    people = tuple(each.group for each in found if each.group) if by == "person" else ()
    export = ListExport(id="", file=str(to.path), sha256="", people=people, columns=(by, "rate"), on=to.day)
    _write(figures_paper(office, found, wanted, by, to.day), export, to)


def _write(paper: Paper, export: ListExport, to: Written) -> None:
    write_paper(paper, export, to.path, log=to.log, overwrite=to.overwrite)


def figures_paper(office: Office, found: Sequence[Figure], wanted: Sequence[Event], by: str, day: date) -> Paper:
    """The figures as a paper: bars of the shares, then the counts."""
    columns = (
        SheetColumn(tr(BY[by]), 34),
        SheetColumn(tr_("Came %"), 10, "number"),
        SheetColumn(tr_("Came"), 9, "number"),
        SheetColumn(tr_("Late"), 9, "number"),
        SheetColumn(tr_("With leave"), 11, "number"),
        SheetColumn(tr_("Absent"), 9, "number"),
        SheetColumn(tr_("Recorded"), 11, "number"),
    )
    rows = [(tr(each.title), *_counts(each.rate)) for each in found]
    whole = sum((each.rate for each in found), start=Rate())
    note = tr_("The share leaves out those absent with leave. “Came” holds those who were late.")
    section = BarSection(
        columns, rows, totals=(tr_("Total"), *_counts(whole)), notes=(note,), label=0, value=1, full=Decimal(100)
    )
    days = sorted(each.day for each in wanted)
    period = tr_("From {start} to {end}", start=days[0], end=days[-1]) if days else tr_("No event")
    kinds = ", ".join(tr(EVENTS_WORDS[kind]) for kind in EVENTS_WORDS if any(each.kind == kind for each in wanted))
    about = tr_("{n} sessions: {kinds}", n=len(wanted), kinds=kinds)
    return _paper(office, day, (tr_("FIGURES OF ATTENDANCE"), f"{period} · {about}"), (section,))


def _counts(rate: Rate) -> tuple[object, ...]:
    return rate.percent, rate.came, rate.late, rate.excused, rate.absent, rate.recorded


def history_paper(office: Office, past: Past, day: date) -> Paper:
    """What a person went through as a paper: by year with bars of hours, then every event, then what is missing."""
    born = shown(past.person.born, tr_("not known"))
    opening = [
        tr_("Full name: {name}. Born: {born}. Code: {code}.", name=past.person.name, born=born, code=past.person.id)
    ]
    if past.unit_name:
        opening.append(tr_("Unit: {unit}.", unit=past.unit_name))
    if past.posts:
        posts = "; ".join(
            tr_("{role}, {level}, since {day}", role=_role(office, role), level=_level(office, level),
                 day=shown(since, tr_("not known")))
            for role, level, since in past.posts
        )  # fmt: skip
        opening.append(tr_("Role: {posts}.", posts=posts))
    gaps = tuple(tr(each) for each in past.gaps) or (tr_("No gap was found."),)
    return _paper(
        office,
        day,
        (tr_("RECORD OF TRAINING"), past.person.name, tr_("As of {day}", day=past.on)),
        (_years(past), _events(past)),
        opening=tuple(opening),
        closing=(tr_("What is missing:"), *(f"- {each}" for each in gaps)),
    )


def _years(past: Past) -> Section:
    kinds = [kind for kind in EVENTS_WORDS if any(line.kinds[kind].recorded for line in past.years)]
    columns = (
        SheetColumn(tr_("Year"), 8),
        SheetColumn(tr_("Hours"), 8, "number"),
        *(SheetColumn(tr(EVENTS_WORDS[kind]).capitalize(), 13) for kind in kinds),
    )
    rows = [(str(line.year), line.hours, *(_came(line.kinds[kind]) for kind in kinds)) for line in past.years]
    note = tr_("Hours of instruction attended; of each kind, the sessions attended of those recorded.")
    return BarSection(columns, rows, heading=tr_("Hours by year"), notes=(note,), label=0, value=1)


def _came(rate: Rate) -> str:
    return f"{rate.came}/{rate.recorded}" if rate.recorded else ""


def _events(past: Past) -> Section:
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Day"), 11),
        SheetColumn(tr_("Kind"), 11),
        SheetColumn(tr_("Title"), 34),
        SheetColumn(tr_("Attendance"), 12),
        SheetColumn(tr_("Result and certificate"), 26),
    )
    rows = [
        (number, shown(each.day), tr(EVENT_WORDS[each.kind]), past.title(each), tr(PRESENCE_WORDS[each.presence]),
         "; ".join(tr(text) for text in result_texts(each)))
        for number, each in enumerate(past.attended, 1)
    ]  # fmt: skip
    return Section(columns, rows, heading=tr_("Every event"))


def _role(office: Office, role: str) -> str:
    return office.settings.roles.roles[role].title.in_language(language())


def _level(office: Office, level: str) -> str:
    return office.settings.levels.levels[level].title.in_language(language())


def _paper(
    office: Office, day: date, title: tuple[str, ...], sections: tuple[Section, ...], *,
    opening: tuple[str, ...] = (), closing: tuple[str, ...] = (),
) -> Paper:  # fmt: skip
    return replace(headed(office, day, "party"), title=title, opening=opening, sections=sections, closing=closing)
