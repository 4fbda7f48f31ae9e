"""Candidates of a proposal list as rows, and what stands behind one."""

from __future__ import annotations

from config.i18n import language, tr, tr_
from records.domain.awards.awards import Award
from records.domain.awards.proposals import Candidate
from records.domain.people.names import fold, sort_key
from records.rules.awards.council import VoteResult
from records.rules.awards.words import APPRAISAL_WORDS, dong
from records.services.awards.award_checks import prize_of
from records.services.awards.budgeting import Budget
from records.services.office import Office
from tui.present.rows import Column, Row


def columns() -> list[Column]:
    """The columns of a proposal list."""
    return [
        Column("name", tr_("Full name"), 22, sort=sort_key, grow=True),
        Column("prize", tr_("Title or form"), 14),
        Column("appraisal", tr_("Appraisal"), 17, sort=str),
        Column("votes", tr_("Votes"), 5, align="right"),
        Column("result", tr_("Result"), 24, grow=True),
        Column("citation", tr_("Achievement"), 24, grow=True),
    ]


def row_of(office: Office, each: Candidate, name: str, result: VoteResult) -> Row:
    """A candidate as a row."""
    award = office.book.table(Award).get(each.award) if each.award else None
    state = tr(APPRAISAL_WORDS[each.appraisal])
    told = tr_("register {number}", number=award.register) if award else tr(result.reason)
    votes = "" if each.votes is None else str(each.votes)
    prize = prize_of(office, each.prize).title.in_language(language())
    look = {"agreed": "good", "refused": "bad", "returned": "warn"}.get(each.appraisal, "")
    cells = (name, prize, state, votes, told, each.citation)
    styles = {2: look} if look else {}
    return Row(id=each.id, cells=cells, find=fold(" ".join(cells)), styles=styles)


def detail_lines(office: Office, each: Candidate, result: VoteResult) -> list[str]:
    """All that is known of a candidate, to read."""
    return [
        prize_of(office, each.prize).title.in_language(language()),
        each.citation,
        f"{each.achieved_from:%d/%m/%Y} – {each.achieved_to:%d/%m/%Y}",
        "",
        tr_("Appraisal: {state}", state=APPRAISAL_WORDS[each.appraisal]),
        *([each.appraisal_reason] if each.appraisal_reason else []),
        f"{tr(result.reason)} · {office.settings.source(result.source).title}",
    ]


def budget_lines(cost: Budget) -> list[str]:
    """A budget to read."""
    lines = []
    for each in cost.lines:
        doubt = f" ({tr_('to confirm')})" if each.money.confidence == "to_confirm" else ""
        lines.append(f"{each.count:>5} × {each.title}: {dong(each.total)} đ")
        lines.append(f"        {tr(each.money.reason)}{doubt}")
    lines += [f"{fund}: {dong(total)} đ" for fund, total in cost.by_fund.items()]
    return [*lines, tr_("Total: {amount} đ.", amount=dong(cost.total))]
