"""Candidates of a proposal list as rows, and what stands behind one."""

from __future__ import annotations

from config.speech import say, say_
from records.desks.award_checks import prize_of
from records.desks.office import Office
from records.domain.awards import Award
from records.domain.commendation import Candidate
from records.domain.names import fold, sort_key
from records.rules.award_words import APPRAISAL_WORDS
from records.rules.council import VoteResult
from tui.widgets.table import Column, Row


def columns() -> list[Column]:
    """The columns of a proposal list."""
    return [
        Column("name", say_("Full name"), 22, sort=sort_key, grow=True),
        Column("prize", say_("Title or form"), 14),
        Column("appraisal", say_("Appraisal"), 17, sort=str),
        Column("votes", say_("Votes"), 5, align="right"),
        Column("result", say_("Result"), 24, grow=True),
        Column("citation", say_("Achievement"), 24, grow=True),
    ]


def row_of(office: Office, each: Candidate, name: str, result: VoteResult) -> Row:
    """A candidate as a row."""
    award = office.book.table(Award).get(each.award) if each.award else None
    state = say(APPRAISAL_WORDS[each.appraisal])
    told = say_("register {number}", number=award.register) if award else say(result.reason)
    votes = "" if each.votes is None else str(each.votes)
    prize = prize_of(office, each.prize).title.vi
    look = {"agreed": "good", "refused": "bad"}.get(each.appraisal, "")
    cells = (name, prize, state, votes, told, each.citation)
    styles = {2: look} if look else {}
    return Row(id=each.id, cells=cells, find=fold(" ".join(cells)), styles=styles)


def detail_lines(office: Office, each: Candidate, result: VoteResult) -> list[str]:
    """All that is known of a candidate, to read."""
    return [
        prize_of(office, each.prize).title.vi,
        each.citation,
        f"{each.achieved_from:%d/%m/%Y} – {each.achieved_to:%d/%m/%Y}",
        "",
        say_("Appraisal: {state}", state=APPRAISAL_WORDS[each.appraisal]),
        *([each.appraisal_reason] if each.appraisal_reason else []),
        f"{say(result.reason)} · {office.settings.source(result.source).title}",
    ]
