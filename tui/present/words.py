"""What screens say about people: titles of the settings, verdicts with their marks, findings with their sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from config.i18n import language, tr, tr_, tr_number
from records.domain.appointments import Appointment
from records.domain.dates import shown
from records.domain.findings import Finding, Judgement, Verdict, overall
from records.rules.awards.words import dong
from records.rules.words import CONFIDENCE_WORDS, VERDICT_SHORT, VERDICT_WORDS
from records.services.office import Office
from tui.present.titles import level_title, role_title

__all__ = [
    "BADGES",
    "VERDICT_STYLE",
    "Line",
    "appointment_line",
    "decimal_cell",
    "finding_lines",
    "finding_title",
    "judgement_lines",
    "judgement_title",
    "level_title",
    "number_told",
    "role_title",
    "verdict_cell",
    "worst",
]

VERDICT_STYLE = {
    Verdict.MET: "good",
    Verdict.NOT_MET: "bad",
    Verdict.UNKNOWN: "warn",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.WITHHELD: "dim",
}
BADGES = {verdict: f"badge-{look}" for verdict, look in VERDICT_STYLE.items()}
"""The looks of a verdict in a row or a line of its own: its words on a ground that can be seen from afar."""
_MARKS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?", Verdict.NOT_APPLICABLE: "–",
          Verdict.WITHHELD: "•"}  # fmt: skip


class Line(NamedTuple):
    """One line of plain text and how it looks: ``, `bold`, `good`, `bad`, `warn` or `dim`, or one of `BADGES`.

    Attributes:
        label: stands before it, quieter: what the text tells.
        badge: stands before both, on a ground of its own, with the look `badge_look`.
        rule: stands behind it, quietly: where a section begins.
    """

    text: str
    look: str = ""
    label: str = ""
    badge: str = ""
    badge_look: str = ""
    rule: str = ""


def verdict_cell(verdict: Verdict) -> str:
    """A verdict with its mark, so that it is never told by colour alone."""
    return f"{_MARKS[verdict]} {tr(VERDICT_SHORT[verdict])}"


def decimal_cell(number: Decimal | None) -> str:
    """A number as the language writes it, with all its places, so that columns stand in line; empty for none."""
    return "" if number is None else tr_number(number, places=True)


def worst(judged: Iterable[Judgement]) -> Verdict:
    """The verdict over several roles: the one that asks for most attention."""
    return overall(judged)


def finding_title(finding: Finding) -> Line:
    """One line for a finding: its mark, its rule, its verdict."""
    title = finding.title.in_language(language())
    return Line(f"{_MARKS[finding.verdict]} {title}: {tr(VERDICT_WORDS[finding.verdict])}", _look(finding))


def finding_lines(office: Office, finding: Finding, indent: str = "  ") -> list[Line]:
    """Why: the reason with its numbers, the source and whether it is confirmed, and the parts."""
    source = office.settings.source(finding.source).title
    found = [
        Line(f"{indent}{tr(finding.reason)}"),
        Line(f"{indent}{tr_('Source')}: {source} ({tr(CONFIDENCE_WORDS[finding.confidence])})", "dim"),
    ]
    if finding.until is not None:
        found.append(Line(indent + tr_("Stays so until {day}", day=finding.until), "dim"))
    if finding.records:
        from tui.present.changes import Spoken  # noqa: PLC0415  # what only an opened reason asks for

        say = Spoken(office)
        named = dict.fromkeys(say.record(each) for each in finding.records)
        found.append(Line(indent + tr_("Rests on: {records}", records=", ".join(named)), "dim"))
    if not finding.parts:
        found += [Line(indent + tr_("Missing: {what}", what=each), "warn") for each in finding.lacking()]
    for part in finding.parts:
        title = finding_title(part)
        found += [Line(indent + title.text, title.look), *finding_lines(office, part, indent + "  ")]
    return found


def judgement_lines(office: Office, judged: Judgement) -> list[Line]:
    """A whole judgement: the role, the verdict, then every finding with its why."""
    lines = [judgement_title(office, judged)]
    if not judged.standard:
        lines.append(Line("  " + tr_("No standard of the settings holds for this role, level and day"), "dim"))
    for finding in judged.findings:
        lines += [Line(""), finding_title(finding), *finding_lines(office, finding)]
    return lines


def judgement_title(office: Office, judged: Judgement) -> Line:
    """The verdict, then the role and the level, in one line."""
    place = f"{role_title(office, judged.role)} · {level_title(office, judged.level)}"
    return Line(place, "bold", badge=verdict_cell(judged.verdict), badge_look=BADGES[judged.verdict])


def appointment_line(office: Office, appointment: Appointment, units: dict[str, str], day: date | None = None) -> str:
    """One appointment: role, level, unit (of `day`), paper and term."""
    unknown = tr_("not known")
    parts = [
        f"{role_title(office, appointment.role)} ({level_title(office, appointment.level)})",
        units.get(appointment.unit_on(day) if day else appointment.unit, ""),
        " ".join(part for part in (appointment.number, shown(appointment.decided)) if part),
        tr_("from {start} to {end}", start=shown(appointment.since, unknown), end=shown(appointment.last_day(), "…")),
    ]
    return " · ".join(part for part in parts if part)


def _look(finding: Finding) -> str:
    return VERDICT_STYLE[finding.verdict]


def number_told(value: Decimal | int | None) -> str:
    """A number of a report: whole ones with points, others with the decimal sign of the language, none as a dash."""
    if value is None:
        return "—"
    return dong(value) if isinstance(value, int) else tr_number(value)
