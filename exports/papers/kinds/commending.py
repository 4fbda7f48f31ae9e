"""The papers on the way of a commendation in the words of their kinds: submission, minutes, decision, notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from config.errors import InputError
from config.i18n import tr, tr_
from config.settings.offices import Signer as OfficeSigner
from config.text import t
from exports.heads import spoken
from exports.papers.commendations import awards_list, proposed_list, signers_of
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.kinds.composing import NOTHING, Draft, Given, compose, kind_of, lacking, number_of, with_annex
from exports.papers.kinds.wording_of_awards import counted, dong_words, in_name_of, kinds_of, laws_of, one_of, same
from exports.papers.number_words import dong_in_words
from exports.sheets import SheetColumn
from records.domain.awards.awards import Award, Decision
from records.domain.awards.proposals import STOPPED, Candidate, ProposalList
from records.domain.dates import in_words, shown
from records.domain.people.names import fold
from records.domain.people.person import Person
from records.domain.units import Unit
from records.rules.awards.council import VoteResult
from records.rules.awards.words import APPRAISAL_WORDS
from records.services.awards import appraising, decisions, proposing
from records.services.awards.award_checks import prize_of
from records.services.awards.budgeting import budget
from records.services.awards.issuing import Issued, issued_by, own
from records.services.office import Office


def proposal_paper(office: Office, proposals: ProposalList, day: date, given: Given = NOTHING) -> Paper:
    """The submission that proposes a list, with the list annexed. Raises InputError naming what is missing."""
    chosen = [each for each in proposing.candidates_of(office, proposals) if each.appraisal not in STOPPED]
    if not chosen:
        raise InputError(t("Nobody is on the list"), do=t("put people on it first: “award propose”"))
    on = proposals.submitted or day
    cost = budget(office, chosen, on)
    lines = [f"{each.title} cho {_who(office, [one for one in chosen if one.prize == each.prize])}"
             for each in cost.lines]  # fmt: skip
    fields = {
        "about": _about(proposals.title),
        "addressee": _addressee(office, proposals.form, chosen[0].prize, on),
        "laws": laws_of(office, (each.prize for each in cost.lines), on),
        "proposed": lines,
        "funds": " và ".join(_within(each) for each in cost.by_fund if each),
        **_money(cost.total),
    }
    draft = Draft(
        kind="proposal",
        form=proposals.form,
        day=on,
        issued=own(office, on),
        number=proposals.number,
        fields=fields,
        about=proposals.id,
    )
    annex = proposed_list(office, proposals, on, number_of(office, draft, given))
    return compose(office, replace(draft, annexes=(annex,)), given)


def _about(title: str) -> str:
    words = title.strip()
    if fold(words).startswith("khen thuong"):
        words = words[:1].lower() + words[1:]
        return f"đề nghị {words}"
    return f"đề nghị khen thưởng: {words}"


def _who(office: Office, chosen: list[Candidate]) -> str:
    units = sum(office.book.table(Unit).get(each.subject) is not None for each in chosen)
    return counted(len(chosen) - units, units)


def _addressee(office: Office, form: str, prize: str, day: date) -> str:
    """Who decides: of the Party the committee of the settings, else whom the settings name as issuer."""
    if form == "party":
        return office.settings.office.committee.on(day).value or ""
    usual = issued_by(office, "", form, prize, day).name
    return "" if usual == own(office, day).name else spoken(usual)


def _within(words: str) -> str:
    """Words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def _money(amount: int) -> dict[str, str]:
    return {"money": dong_words(amount), "money_words": dong_in_words(amount).lower()} if amount else {}


def minutes_paper(office: Office, proposals: ProposalList, given: Given = NOTHING) -> Paper:
    """The minutes of the council that voted on a list, the votes among them. Raises InputError as `proposal_paper`."""
    held = appraising.meeting_of(office, proposals.id)
    if held is None:
        raise lacking(kind_of(office, "minutes"), ["meeting_day", "chair", "secretary"])
    chosen, found = proposing.candidates_of(office, proposals), appraising.results(office, proposals, held.day)
    passed = [each for each in chosen if found[each.id].passed]
    failed = [each for each in chosen if found[each.id].passed is False]
    style = office.settings.styles.on(proposals.form, held.day)
    fields = {
        "about": f"xét {_about(proposals.title).removeprefix('đề nghị ')}",
        "meeting_day": in_words(held.day, style.zeros),
        "meeting_place": held.place,
        "present": str(held.present),
        "members": str(held.members),
        "chair": held.chair,
        "secretary": held.secretary,
        "passed": _who(office, passed) or "không có ai",
        "failed": _who(office, failed),
    }
    signing = style.minutes
    signers = (Signer((signing.recorder,), held.secretary), Signer((signing.chair,), held.chair))
    return compose(
        office,
        Draft(
            kind="minutes",
            form=proposals.form,
            day=held.day,
            issued=own(office, held.day),
            number=held.number,
            fields=fields,
            sections=(_votes(office, chosen, found, held.present, held.day),),
            about=proposals.id,
            signers=signers,
        ),
        given,
    )


def _votes(
    office: Office, chosen: list[Candidate], found: Mapping[str, VoteResult], present: int, day: date
) -> Section:
    """The votes as minutes have them: for whom, how many, and whether that was enough."""
    names, units, words = office.names(), office.unit_names(day), APPRAISAL_WORDS
    people = office.book.table(Person)
    rows = []
    for number, each in enumerate(chosen, 1):
        person = people.get(each.subject)
        passed = found[each.id].passed
        result = "" if passed is None else tr(words["agreed" if passed else "refused"])
        rows.append(
            (
                number,
                names.get(each.subject, ""),
                units.get(person.unit_on(day), "") if person else "",
                prize_of(office, each.prize).title.vi,
                "" if each.votes is None else f"{each.votes}/{present}",
                result,
            )
        )
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Full name"), 26, whole=True),
        SheetColumn(tr_("Unit"), 28),
        SheetColumn(tr_("Title or form"), 20),
        SheetColumn(tr_("Votes"), 9),
        SheetColumn(tr_("Result"), 14),
    )
    return Section(columns, rows, every_column=True)


def decision_paper(office: Office, decision: Decision, given: Given = NOTHING) -> Paper:
    """A decision with its articles, and the list annexed where it names more than one. Raises InputError likewise."""
    made = decisions.awards_of(office, decision)
    first = decision.signer_body or decision.signer_title
    fields = {
        **_of_decision(office, decision, made),
        "enactor": in_name_of(first, decision.issuer) if first else "",
        "laws": laws_of(office, (each.prize for each in made), decision.day),
        "carriers": f"{own(office, decision.day).name}, các cơ quan, đơn vị liên quan",
        **_asked(office, decision, made),
    }
    draft = Draft(
        kind="decision",
        form=decision.form,
        day=decision.day,
        issued=_issued(decision),
        number=decision.number,
        fields=fields,
        about=decision.id,
        signers=signers_of(decision),
    )
    paper = compose(office, draft, given)
    return with_annex(paper, awards_list(office, decision)) if len(made) > 1 else paper


def _issued(decision: Decision) -> Issued:
    return Issued(name=decision.issuer, above=decision.issuer_above, place=decision.place)


def _of_decision(office: Office, decision: Decision, made: list[Award]) -> dict[str, str]:
    people = sum(not each.unit for each in made)
    units = len(made) - people
    said = same([each.citation for each in made])
    alone = one_of(made[0]) if len(made) == 1 else counted(people, units)
    return {
        "prize": decision.title,
        "whom": alone,
        "whom_short": kinds_of(people, units),
        "for_what": f"với thành tích: {said.rstrip('.')}" if said else "với thành tích ghi trong danh sách",
        "annexed": " (có danh sách kèm theo)" if len(made) > 1 else "",
        "funds": _within(office.settings.procedure.funds[decision.form].on(decision.day).value or ""),
        **_money(sum(each.money for each in made)),
    }


def _asked(office: Office, decision: Decision, made: list[Award]) -> dict[str, str]:
    """At whose request it is decided: by the submission of the list, else by the office where it is not the issuer."""
    by_award = {each.award: each.list for each in office.book.table(Candidate) if each.award}
    found = office.book.table(ProposalList).get(by_award.get(made[0].id, "")) if made else None
    office_name = own(office, decision.day).name
    if found is not None and found.number and found.submitted:
        told = f"Tờ trình số {found.number}, ngày {shown(found.submitted)}"
        return {"submission": told, "proposer": office_name}
    return {"asked_by": office_name} if decision.issuer != office_name else {}


def notice_paper(office: Office, decision: Decision, day: date, given: Given = NOTHING) -> Paper:
    """What the office tells of a decision. Raises InputError as `proposal_paper`."""
    made = decisions.awards_of(office, decision)
    style = office.settings.styles.on(decision.form, day)
    fields = {
        **_of_decision(office, decision, made),
        "decision_number": decision.number,
        "decision_day": in_words(decision.day, style.zeros).removeprefix("ngày "),
        "decided_by": spoken(decision.issuer),
    }
    return compose(
        office,
        Draft(
            kind="notice",
            form=decision.form,
            day=day,
            issued=own(office, day),
            fields=fields,
            annexes=(awards_list(office, decision),),
            about=decision.id,
        ),
        given,
    )


def signer_given(parts: dict[str, str]) -> tuple[OfficeSigner, ...]:
    """The signers of fields of a decision (`signer_name`, `signer2_name`…), the first signer last."""
    found = []
    for which in ("signer2", "signer"):
        said = {part: parts.get(f"{which}_{part}", "") for part in ("mode", "body", "title", "name")}
        if any(said.values()):
            found.append(OfficeSigner(**said))
    return tuple(found)
