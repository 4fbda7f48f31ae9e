"""The decision that follows a review of the roster: who is recognised and who is let go, with the list annexed."""

from __future__ import annotations

from config.settings.offices import Signer as OfficeSigner
from exports.papers.form.paper import Paper
from exports.papers.kinds.composing import NOTHING, Draft, Given, compose, with_annex
from exports.papers.kinds.wording_of_awards import grounds
from records.domain.people.names import matching_key
from records.domain.reviews import Review
from records.services.awards.issuing import Issued, own
from records.services.office import Office
from records.services.reviews.reviews import lines_of

_STANDING = "ban thường vụ"
GOING = ("end", "replace")
"""Outcomes of those who are let go; everybody else is recognised."""


def recognition_paper(office: Office, review: Review, annex: Paper, given: Given = NOTHING) -> Paper:
    """The decision of the committee on a review, `annex` behind it. Raises InputError naming what is missing."""
    day = review.signed or review.on
    lines = lines_of(office, review)
    going = {each.person for each in lines if each.stands in GOING}
    staying = {each.person for each in lines if each.stands not in GOING}
    roles = office.settings.roles.roles
    named = dict.fromkeys(roles[each.role].title.vi.lower() for each in lines)
    committee = office.settings.office.committee.on(day).value or ""
    signer = OfficeSigner(title=review.signer_title, name=review.signer_name)
    fields = {
        "roles": ", ".join(named),
        "recognised": f"{len(staying)} đồng chí" if staying else "",
        "ended": f"{len(going)} đồng chí" if going else "",
        "until": f"{review.renewed_until:%d/%m/%Y}" if review.renewed_until and review.renewed else "",
        "laws": grounds(office, _sources(office, {each.role for each in lines}), day),
        "enactor": committee,
        "carriers": f"{own(office, day).name}, các cơ quan, đơn vị liên quan",
    }
    issued = Issued(
        name=_headed(committee),
        above=_above(office, _headed(committee), review),
        place=office.settings.office.place_on(day),
        signers=(signer,) if review.signer_name else (),
    )
    draft = Draft(
        kind="recognition",
        form="party",
        day=day,
        issued=issued,
        number=review.number,
        fields=fields,
        about=f"reviewed by {review.number}",
    )
    return with_annex(compose(office, draft, given), annex)


def _headed(committee: str) -> str:
    """The Party committee whose name stands at the head of a paper of its standing committee."""
    words = committee.split()
    opening = _STANDING.split()
    if [each.lower() for each in words[: len(opening)]] == opening and len(words) > len(opening):
        return " ".join(words[len(opening) :])
    return committee


def _above(office: Office, name: str, review: Review) -> str:
    day = review.signed or review.on
    for each in office.settings.issuers.issuers:
        if min(each.name.values) <= day and matching_key(each.name.on(day).value or "") == matching_key(name):
            return each.above.on(day).value or ""
    return ""


def _sources(office: Office, roles: set[str]) -> list[str]:
    return [each.source for role in sorted(roles) for each in office.settings.roles.roles[role].cites.values()]
