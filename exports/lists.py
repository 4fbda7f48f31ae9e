"""Lists that leave the office as spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from config.errors import InputError
from config.settings import Settings
from config.speech import language, say, say_
from config.text import t
from exports.sheets import ListSheet, SheetColumn, write_csv, write_xlsx
from records.desks.roster import RosterLine
from records.domain.dates import shown
from records.domain.findings import Judgement, Verdict
from records.domain.people import Person
from records.rules.words import CONFIDENCE_WORDS, VERDICT_WORDS


def write_check(
    judged: Sequence[tuple[Person, Judgement]],
    unit_names: Mapping[str, str],
    settings: Settings,
    path: Path,
    *,
    on: date,
    overwrite: bool,
) -> None:
    """Write verdicts with their reasons to `path` (`.xlsx` or `.csv`); no sensitive field of a person is in it.

    Raises:
        InputError: for another ending, a file already there, or a place that cannot be written.
    """
    columns = (
        SheetColumn(say_("No."), 5, "number"),
        SheetColumn(say_("Code"), 12, "text"),
        SheetColumn(say_("Full name"), 26, "text"),
        SheetColumn(say_("Born"), 12, "text"),
        SheetColumn(say_("Unit"), 26, "text"),
        SheetColumn(say_("Role"), 18, "text"),
        SheetColumn(say_("Verdict"), 14, "text"),
        SheetColumn(say_("Why"), 70, "text"),
    )
    rows = [
        (
            number,
            person.id,
            person.name,
            shown(person.born),
            unit_names.get(person.unit, ""),
            settings.roles.roles[each.role].title.in_language(language()),
            say(VERDICT_WORDS[each.verdict]),
            _why(each, settings),
        )
        for number, (person, each) in enumerate(judged, 1)
    ]
    title = (say_("PEOPLE CHECKED AGAINST THE STANDARD"), say_("As of {day}", day=on))
    _writer(path)(ListSheet(title, columns, rows, ()), path, overwrite=overwrite)


def write_roster(
    lines: Sequence[RosterLine],
    verdicts: Mapping[str, Verdict],
    settings: Settings,
    path: Path,
    *,
    on: date,
    overwrite: bool,
) -> None:
    """Write people with their units, roles and (where known, by person id) verdicts; no sensitive field is in it.

    Raises:
        InputError: for another ending, a file already there, or a place that cannot be written.
    """
    columns = (
        SheetColumn(say_("No."), 5, "number"),
        SheetColumn(say_("Code"), 12, "text"),
        SheetColumn(say_("Full name"), 26, "text"),
        SheetColumn(say_("Born"), 12, "text"),
        SheetColumn(say_("Unit"), 30, "text"),
        SheetColumn(say_("Roles"), 30, "text"),
        SheetColumn(say_("Verdict"), 16, "text"),
    )
    rows = [
        (
            number,
            line.person.id,
            line.person.name,
            shown(line.person.born),
            line.unit_name,
            ", ".join(settings.roles.roles[role].title.in_language(language()) for role in line.roles),
            say(VERDICT_WORDS[verdicts[line.person.id]]) if line.person.id in verdicts else "",
        )
        for number, line in enumerate(lines, 1)
    ]
    title = (say_("LIST OF PEOPLE"), say_("As of {day}", day=on))
    _writer(path)(ListSheet(title, columns, rows, ()), path, overwrite=overwrite)


def _writer(path: Path) -> Callable[..., None]:
    writer = {".xlsx": write_xlsx, ".csv": write_csv}.get(path.suffix.lower())
    if writer is None:
        raise InputError(
            t("“{ending}” is no kind of list", ending=path.suffix), where=str(path), do=t("name the file .xlsx or .csv")
        )
    return writer


def _why(judged: Judgement, settings: Settings) -> str:
    parts = []
    for finding in judged.findings:
        if finding.verdict is not Verdict.MET:
            source = settings.source(finding.source).title
            confidence = say(CONFIDENCE_WORDS[finding.confidence])
            title = finding.title.in_language(language())
            parts.append(f"{title}: {say(finding.reason)} [{source}; {confidence}]")
    return "; ".join(parts)
