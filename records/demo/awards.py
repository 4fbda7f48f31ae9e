"""The demo office's commendations: each January, a decision for the best of the year that ended."""

from __future__ import annotations

from datetime import date
from itertools import islice

from records.domain.awards.awards import YearRating
from records.domain.findings import Verdict
from records.rules.awards.asked import asked
from records.rules.awards.eligibility import eligible
from records.services.awards.appraising import appraise
from records.services.awards.decisions import Proposal, decide, record_print
from records.services.awards.merits import merits
from records.services.awards.proposing import Nomination, nominate, open_list, submit
from records.services.office import Office

YEARS = range(2020, 2025)
_AWARDED = 64


def commend(office: Office) -> None:
    """Register a decision for each of the five years; the certificates of the first four are printed."""
    for number, year in enumerate(YEARS, 3):
        proposal = Proposal(
            number=f"{number}-QĐ/BTG",
            day=date(year + 1, 1, 15),
            prize="party-merit-year",
            people=_best(office, year),
            citation=f"Đã hoàn thành xuất sắc nhiệm vụ công tác tuyên truyền năm {year}",
            achieved_from=date(year, 1, 1),
            achieved_to=date(year, 12, 31),
            signer_title="TRƯỞNG BAN",
            signer_name="Người Ký Mẫu",
        )
        _, awards = decide(office, proposal)
        if year < YEARS[-1]:
            record_print(office, awards, template="party-merit", hashes=(), today=proposal.day)


def propose(office: Office) -> None:
    """A list of the half-year that runs, on its way: named, sent out, partly appraised, not voted on yet."""
    year = YEARS[-1] + 1
    day = date(year, 6, 10)
    proposals = open_list(office, f"Khen thưởng 6 tháng đầu năm {year}", "party", day)
    nomination = Nomination(
        subjects=_best(office, YEARS[-1])[:12],
        prize="party-merit-year",
        citation=f"Đã hoàn thành xuất sắc nhiệm vụ công tác tuyên truyền 6 tháng đầu năm {year}",
        achieved_from=date(year, 1, 1),
        achieved_to=date(year, 6, 30),
    )
    candidates = nominate(office, proposals, nomination, day)
    submit(office, proposals, "21-TTr/BTG", day)
    appraise(office, candidates[:7], "agreed", day=day)
    appraise(office, candidates[7:8], "refused", reason="Chưa có báo cáo thành tích", day=day)


def _best(office: Office, year: int) -> list[str]:
    """The first members of the Party rated excellent in a year whom nothing stands against on the day."""
    title = next(each for each in office.settings.titles if each.prize == "party-merit-year")
    question = asked(office.settings, year, date(year + 1, 1, 15))
    known = merits(office, year)
    rated = sorted(each.person for each in office.book.table(YearRating) if (each.year, each.kind) == (year, "party"))
    fit = (each for each in rated if eligible(title, known[each], question).verdict is not Verdict.NOT_MET)
    return list(islice((each for each in fit if known[each].ratings["party"][year].rating == "excellent"), _AWARDED))
