"""All of some criteria, one of them, or the opposite of one."""

from __future__ import annotations

from config.settings.criteria import AllOf, AnyOf, Not
from config.text import t
from records.domain.findings import Finding, Verdict, overall
from records.rules.criteria.kind import Compound
from records.rules.standards.answers import Answer


def _counts(parts: tuple[Finding, ...]) -> dict[Verdict, int]:
    return {verdict: sum(part.verdict is verdict for part in parts) for verdict in Verdict}


def _all_of(parts: tuple[Finding, ...]) -> Answer:
    met = _counts(parts)[Verdict.MET]
    verdict = overall(parts)
    ends = [part.until for part in parts if part.until is not None] if verdict is Verdict.MET else []
    reason = t("{met} of {all} parts are met; all are asked", met=met, all=len(parts))
    return Answer(verdict, reason, until=min(ends, default=None))


def _any_of(parts: tuple[Finding, ...]) -> Answer:
    counts = _counts(parts)
    order = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET)
    verdict = next((each for each in order if counts[each]), Verdict.NOT_APPLICABLE)
    ends = [part.until for part in parts if part.verdict is Verdict.MET]
    known = [end for end in ends if end is not None]
    until = max(known) if verdict is Verdict.MET and len(known) == len(ends) else None
    reason = t("{met} of {all} parts are met; one is asked", met=counts[Verdict.MET], all=len(parts))
    return Answer(verdict, reason, until=until)


def _not(parts: tuple[Finding, ...]) -> Answer:
    (part,) = parts
    flipped = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}
    return Answer(
        flipped.get(part.verdict, part.verdict), t("The opposite of: {reason}", reason=part.reason), until=part.until
    )


ALL_OF: Compound[AllOf] = Compound(lambda each: each.criteria, _all_of, t("all of the following"))
ANY_OF: Compound[AnyOf] = Compound(lambda each: each.criteria, _any_of, t("one of the following"))
NOT: Compound[Not] = Compound(lambda each: (each.criterion,), _not, t("the opposite of the following"))
