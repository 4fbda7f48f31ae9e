"""Lists that leave the office as spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.settings.loading import Settings
from config.text import t
from exports.logged import Log, logged_file
from exports.sheets import ListSheet, SheetColumn, write_csv, write_xlsx
from records.domain.dates import shown
from records.domain.findings import Judgement, Verdict
from records.domain.lists import ListExport
from records.domain.people.person import Person
from records.rules.words import CONFIDENCE_WORDS, VERDICT_WORDS

_CHECKED = ("no", "id", "name", "born", "unit", "roles", "verdict", "why")


def write_check(
    judged: Sequence[tuple[Person, Judgement]],
    unit_names: Mapping[str, str],
    settings: Settings,
    path: Path,
    *,
    on: date,
    overwrite: bool,
    log: Log,
) -> None:
    """Write verdicts with their reasons to `path` (`.xlsx` or `.csv`); reasons may be sensitive, and are logged so.

    Raises:
        InputError: for another ending, a file already there, or a place that cannot be written.
    """
    write = _writer(path)
    people = tuple(dict.fromkeys(person.id for person, _ in judged))
    export = ListExport(id="", file=str(path), sha256="", people=people, columns=_CHECKED, sensitive=("why",), on=on)
    with logged_file(path, export, log, overwrite=overwrite) as part:
        write(_checked(judged, unit_names, settings, on), part)


def _checked(
    judged: Sequence[tuple[Person, Judgement]], unit_names: Mapping[str, str], settings: Settings, on: date
) -> ListSheet:
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Code"), 12, "text"),
        SheetColumn(tr_("Full name"), 26, "text"),
        SheetColumn(tr_("Born"), 12, "text"),
        SheetColumn(tr_("Unit"), 26, "text"),
        SheetColumn(tr_("Role"), 18, "text"),
        SheetColumn(tr_("Verdict"), 14, "text"),
        SheetColumn(tr_("Why"), 70, "text"),
    )
    rows = [
        (
            number,
            person.id,
            person.name,
            shown(person.born),
            unit_names.get(person.unit, ""),
            settings.roles.roles[each.role].title.in_language(language()),
            tr(VERDICT_WORDS[each.verdict]),
            why(each, settings),
        )
        for number, (person, each) in enumerate(judged, 1)
    ]
    title = (tr_("PEOPLE CHECKED AGAINST THE STANDARD"), tr_("As of {day}", day=on))
    return ListSheet(title, columns, rows, ())


def _writer(path: Path) -> Callable[..., None]:
    writer = {".xlsx": write_xlsx, ".csv": write_csv}.get(path.suffix.lower())
    if writer is None:
        raise InputError(
            t("“{ending}” is no kind of list", ending=path.suffix), where=str(path), do=t("name the file .xlsx or .csv")
        )
    return writer


def why(judged: Judgement, settings: Settings) -> str:
    """What a verdict that is not met rests on: each rule with its reason, its source and how sure that is."""
    parts = []
    for finding in judged.findings:
        if finding.verdict is not Verdict.MET:
            source = settings.source(finding.source).title
            confidence = tr(CONFIDENCE_WORDS[finding.confidence])
            title = finding.title.in_language(language())
            parts.append(f"{title}: {tr(finding.reason)} [{source}; {confidence}]")
    return "; ".join(parts)
