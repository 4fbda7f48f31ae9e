"""New settings beside the present ones as a paper: what changes and by what source, for whom, at what cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from config.i18n import language, tr, tr_
from exports.logged import Log
from exports.papers.commendations import headed
from exports.papers.form.logged_paper import judge_paper_path, write_paper
from exports.papers.form.paper import Paper, Section
from exports.sheets import SheetColumn
from records.domain.lists import ListExport
from records.services.office import Office
from records.services.standards.comparing import Comparison, Moved, about_words, cost_words, side_words
from records.services.standards.differences import value_words

_COLUMNS = ("name", "unit", "about", "before", "after")


def write_comparison(  # what, where, and what enters in the book
    office: Office, seen: Comparison, on: date, path: Path, *, day: date, log: Log, overwrite: bool = False
) -> None:
    """Write a comparison of `on` to `path`, .pdf, .docx or .xlsx, as a paper dated `day`.

    Raises:
        InputError: for another ending, a file already there, or a place that cannot be written.
    """
    judge_paper_path(path)
    people = tuple(dict.fromkeys(each.subject for each in seen.moved()))
    export = ListExport(id="", file=str(path), sha256="", people=people, columns=_COLUMNS, on=on)
    write_paper(comparison_paper(office, seen, on, day), export, path, log=log, overwrite=overwrite)


def comparison_paper(office: Office, seen: Comparison, on: date, day: date) -> Paper:
    """A comparison as of `on`, as a paper dated `day`."""
    nothing = tr_("Nothing is changed until it is accepted.")
    counts = tr_(
        "Values that differ: {n}. Gain: {gain}. Fall: {fall}. Become not enough data: {unknown}.",
        n=len(seen.changes),
        gain=len(seen.gain),
        fall=len(seen.fall),
        unknown=len(seen.unknown),
    )
    cost = cost_words(seen)
    people = (
        (tr_("Who gains"), seen.gain),
        (tr_("Who falls"), seen.fall),
        (tr_("Who becomes not enough data"), seen.unknown),
    )
    return replace(
        headed(office, day, "party"),
        title=(tr_("COMPARISON OF RULES"), _about(office, seen), tr_("As of {day}", day=on)),
        opening=(counts, *([] if cost is None else [tr(cost)]), nothing),
        sections=(_changes(office, seen), *(_people(office, title, moved) for title, moved in people if moved)),
        landscape=None,
    )


def _about(office: Office, seen: Comparison) -> str:
    """What the file is of, as the present settings call it; its name where they have none like it."""
    settings, stem = office.settings, Path(seen.file).stem
    if seen.file.startswith("awards/titles/"):
        known = {each.id: each.name for each in settings.titles}
    else:
        known = {each.id: each.title for each in settings.standards}
        known |= {each.id: each.title for each in settings.tables if seen.file.startswith("scoring/")}
    return known[stem].in_language(language()) if stem in known else seen.file


def _changes(office: Office, seen: Comparison) -> Section:
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("What changes"), 50),
        SheetColumn(tr_("Before"), 22),
        SheetColumn(tr_("After"), 22),
        SheetColumn(tr_("Source"), 40),
    )
    rows = [
        (
            number,
            tr(each.label) or each.place,
            tr(value_words(each.before, office.settings)),
            tr(value_words(each.after, office.settings)),
            each.source,
        )
        for number, each in enumerate(seen.changes, 1)
    ]
    return Section(columns, rows, heading=tr_("What changes"))


def _people(office: Office, title: str, moved: tuple[Moved, ...]) -> Section:
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Unit"), 30),
        SheetColumn(tr_("Role or title"), 30),
        SheetColumn(tr_("Full name"), 28),
        SheetColumn(tr_("Before"), 18),
        SheetColumn(tr_("After"), 18),
    )
    rows = [
        (number, each.unit, tr(about_words(office, each.about)), each.name, *map(tr, side_words(each)))
        for number, each in enumerate(moved, 1)
    ]
    return Section(columns, rows, heading=f"{title}: {len(moved)}")
