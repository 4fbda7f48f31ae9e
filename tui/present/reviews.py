"""What is said of a review, its lines, and what differs between two."""

from __future__ import annotations

from datetime import date

from config.i18n import language, tr, tr_
from records.domain.dates import shown
from records.domain.findings import Verdict
from records.domain.people.names import fold
from records.domain.reviews import Review, ReviewLine, Seen
from records.rules.reviews import Difference
from records.rules.words import CONFIDENCE_WORDS, OUTCOME_WORDS, VERDICT_WORDS
from records.services.access.looking import may_see
from records.services.access.telling import WITHHELD, told_lines
from records.services.office import Office
from tui.present.rows import Row
from tui.present.words import VERDICT_STYLE, level_title, role_title, verdict_cell

_LOOK = {"keep": "good", "add": "good", "train": "warn", "complete_papers": "warn", "replace": "bad", "end": "bad"}


def review_title(review: Review) -> str:
    """Its day, and whether it is signed or a correction."""
    state = tr_("signed {day}, {number}", day=review.signed, number=review.number) if review.signed else ""
    kind = tr_("correction of {id}", id=review.corrects) if review.corrects else ""
    return " · ".join(part for part in (f"{review.on:%d/%m/%Y}", kind, state or tr_("still open")) if part)


def outcome_cell(line: ReviewLine) -> str:
    """What was decided, or what is proposed with a mark that it is only that."""
    words = tr(OUTCOME_WORDS[line.stands])
    return f"● {words}" if line.outcome else f"○ {words}"


def row_of(office: Office, line: ReviewLine) -> Row:
    """A line as a row."""
    (line,) = told_lines(office, [line])
    role = office.settings.roles.roles[line.role].short.in_language(language())
    why = "; ".join(_title(each) for each in line.seen if each.verdict in ("not_met", "unknown"))
    verdict = Verdict(line.verdict)
    cells = (
        line.person, line.name, role, verdict_cell(verdict), outcome_cell(line), why, line.unit_name, line.reason
    )  # fmt: skip
    find = fold(f"{line.name} {line.unit_name} {line.person} {role} {why} {line.reason} {cells[4]}")
    return Row(id=line.id, cells=cells, styles={0: "dim", 3: VERDICT_STYLE[verdict], 4: _LOOK[line.stands]}, find=find)


def detail_lines(office: Office, line: ReviewLine) -> list[str]:
    """Everything a line says: the person as of the day, the proposal and its rule, each finding with its source."""
    (line,) = told_lines(office, [line])
    rule = next((each for each in office.settings.review.rules if each.id == line.rule), None)
    by_rule = rule.title.in_language(language()) if rule else tr_("no rule speaks against it")
    if not may_see(office):
        by_rule = tr(WITHHELD)
    role = f"{role_title(office, line.role)} · {level_title(office, line.level)} · {line.unit_name}"
    told = [
        role + (f" · {tr_('candidate')}" if line.candidate else ""),
        tr_("Born {born}", born=shown(line.born, tr_("not known"))),
        tr_("Proposed: {outcome} ({rule})", outcome=OUTCOME_WORDS[line.proposed], rule=by_rule),
        tr_("Decided: {outcome}", outcome=OUTCOME_WORDS[line.outcome]),
    ]
    if line.reason:
        told.append(tr_("Reason: {reason}", reason=line.reason))
    for each in line.seen:
        source = office.settings.sources.sources.get(each.source)
        confidence = CONFIDENCE_WORDS["confirmed" if each.confirmed else "to_confirm"]
        told += [
            "",
            f"{verdict_cell(Verdict(each.verdict))} · {_title(each)}",
            f"  {tr(each.reason.text())}",
            f"  {tr_('Source')}: {source.title if source else each.source} ({tr(confidence)})",
        ]
    return told


def difference_lines(found: Difference) -> list[str]:
    """A comparison as lines to read."""
    count = tr_(
        "{came} came, {went} went, {changed} changed",
        came=len(found.came),
        went=len(found.went),
        changed=len(found.changed),
    )
    return [
        count,
        "",
        *(f"+ {line_short(each)}" for each in found.came),
        *(f"- {line_short(each)}" for each in found.went),
        *(f"~ {line_short(old)} → {_state(new)}" for old, new in found.changed),
    ]


def line_short(line: ReviewLine) -> str:
    """Who, where, the verdict, and what is decided or proposed."""
    return f"{line.name} · {line.unit_name} · {_state(line)}"


def why_lines(line: ReviewLine) -> list[str]:
    """Each criterion that is not met or not known, with its reason."""
    return [f"{_title(each)}: {tr(each.reason.text())}" for each in line.seen if each.verdict in ("not_met", "unknown")]


def _state(line: ReviewLine) -> str:
    outcome = tr(OUTCOME_WORDS[line.stands]) + ("" if line.outcome else " " + tr_("(proposed)"))
    return f"{tr(VERDICT_WORDS[line.verdict])} · {outcome}"


def _title(seen: Seen) -> str:
    return seen.title_vi if language() == "vi" else seen.title_en


def gap_words(name: str, last: date, first: date) -> str:
    """That somebody is without a term for some days, as a sentence."""
    return tr_("{name}: the term ended on {last}, the new one begins on {first}", name=name, last=last, first=first)
