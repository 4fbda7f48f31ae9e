"""What a council's vote comes to: enough present, and enough of those present in favour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.settings.dated import Confidence
from config.settings.procedure import Procedure
from config.text import Text, t
from records.domain.awards.proposals import Candidate, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteResult:
    """Whether the council agreed; `passed` is None while that cannot be told, and the reason says why."""

    passed: bool | None
    reason: Text
    confidence: Confidence
    source: str


def vote_result(candidate: Candidate, meeting: Meeting | None, procedure: Procedure, day: date) -> VoteResult:
    """What the council decided on a candidate by the shares in force on the day of the meeting (`day` without one).

    Raises:
        ConfigError: when no share holds on that day.
    """
    on = meeting.day if meeting else day
    needed, asked = procedure.present_percent.on(on), procedure.votes_percent.on(on)
    doubtful = "to_confirm" in (needed.confidence, asked.confidence)
    passed, reason = _judged(candidate, meeting, needed.value or Decimal(0), asked.value or Decimal(0))
    return VoteResult(
        passed=passed, reason=reason, confidence="to_confirm" if doubtful else "confirmed", source=asked.source
    )


def _judged(candidate: Candidate, meeting: Meeting | None, needed: Decimal, asked: Decimal) -> tuple[bool | None, Text]:
    if meeting is None:
        return None, t("The council has not met on this list")
    if meeting.present * 100 < needed * meeting.members:
        return None, t(
            "{present} of {members} were present; {percent} % is asked, so the votes do not count",
            present=meeting.present,
            members=meeting.members,
            percent=needed,
        )
    if candidate.votes is None:
        return None, t("No votes are entered")
    reason = t(
        "{votes} of the {present} present agreed; {percent} % is asked",
        votes=candidate.votes,
        present=meeting.present,
        percent=asked,
    )
    return candidate.votes * 100 >= asked * meeting.present, reason
