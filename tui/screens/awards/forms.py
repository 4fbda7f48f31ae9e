"""Forms on the way of a commendation: list, nomination, council, decision, correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from config.errors import InputError, needs
from config.i18n import language, tr, tr_
from config.settings.shapes import Prize
from config.text import Text, t
from records.domain.awards.awards import SIGNERS, Award, Decision
from records.domain.awards.proposals import Candidate, Meeting, ProposalList
from records.domain.dates import shown
from records.rules.awards.words import FORM_WORDS
from records.services.awards import appraising, proposing, revoking
from records.services.awards.award_checks import prize_of
from records.services.awards.decisions import HEAD, look
from records.services.awards.issuing import issued_by
from records.services.office import Office
from records.services.paper_numbers import NEXT_WORD
from tui.screens.form import OfficeForm, day_field
from tui.widgets.fields import Field

_SIGNER_LABELS = {
    "signer_mode": t("T/M or K/T"),
    "signer_body": t("Signed for"),
    "signer_title": t("Title of the signer"),
    "signer_name": t("Name of the signer"),
    "signer2_mode": t("Second: T/M or K/T"),
    "signer2_body": t("Second: signed for"),
    "signer2_title": t("Second: title"),
    "signer2_name": t("Second: name"),
}


def signer_fields() -> list[Field]:
    """The fields that say who signed a decision, the second signer last."""
    return [Field(each, _SIGNER_LABELS[each]) for each in SIGNERS]


def signed_by(values: Mapping[str, Any]) -> dict[str, Any]:
    """Who signed, of the values of `signer_fields`."""
    return {each: values[each] for each in SIGNERS}


_HEAD_LABELS = {
    "issuer": t("Issued by"),
    "issuer_above": t("Body above the issuer"),
    "place": t("Place"),
}


def head_fields() -> list[Field]:
    """The fields that say who issues a decision and where; empty ones follow the settings."""
    return [Field(each, _HEAD_LABELS[each]) for each in HEAD]


def head_by(values: Mapping[str, Any]) -> dict[str, Any]:
    """Who issues, of the values of `head_fields`, where something was typed."""
    return {each: values[each] for each in HEAD if values[each]}


def head_remarks(office: Office, texts: Mapping[str, str], prize: str, on: date) -> dict[str, Text]:
    """Who would issue and sign a decision where the fields are left empty."""
    if texts.get("issuer", "").strip() or prize not in office.settings.prizes.prizes:
        return {}
    form = office.settings.prizes.prizes[prize].form
    usual = issued_by(office, texts.get("number", "").strip(), form, prize, on)
    names = ", ".join(each.name or each.title for each in usual.signers)
    told = t(
        "without a name it is issued by {issuer}",
        issuer=" · ".join(each for each in (usual.above, usual.name, names) if each),
    )
    return {"issuer": told}


def decision_number(typed: str) -> str:
    """A judge of the number of a decision: the service knows the next one."""
    if not typed.strip():
        raise needs(
            tr(t("Number")), typed, t("fill it in as on the paper; “{word}” takes the next one", word=tr(NEXT_WORD))
        )
    return typed.strip()


def filled(label: Text) -> Any:
    """A judge that refuses an empty field."""

    def judge(typed: str) -> str:
        if not typed.strip():
            raise needs(tr(label), typed, t("fill it in as on the paper"))
        return typed.strip()

    return judge


def prize_options(office: Office, form: str, subject: str = "") -> list[tuple[str, str]]:
    """Prizes of a form, of collectives or individuals where `subject` says so; several of one name differ in money."""
    kinds = {"individual": t("individual"), "collective": t("collective")}
    names = {each.prize: each.name for each in office.settings.titles}
    return [
        (key, " · ".join((names.get(key, each.title).in_language(language()), tr(kinds[each.subject]), _money(each))))
        for key, each in office.settings.prizes.prizes.items()
        if form in ("", each.form) and subject in ("", each.subject)
    ]


def _money(prize: Prize) -> str:
    newest = prize.coefficient.values[max(prize.coefficient.values)].value
    return "" if newest is None else tr_("coefficient {n}", n=newest)


class ListForm(OfficeForm):
    """A new proposal list."""

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Begin a proposal list")

    def fields(self) -> list[Field]:
        """Title, form, day."""
        forms = [(key, tr(words)) for key, words in FORM_WORDS.items()]
        return [
            Field("title", t("Title"), judge=filled(t("Title"))),
            Field("form", t("Form"), "choice", options=forms),
            day_field("day", t("Day"), self.on, needed=True),
        ]

    def first_values(self) -> dict[str, str]:
        """The year before is what is rewarded most often."""
        title = tr_("Commendation of {year}", year=self.on.year - 1)
        return {"title": title, "form": "party", "day": shown(self.on)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Begin it; gives its id."""
        return proposing.open_list(self.office, values["title"], values["form"], values["day"]).id


class NominationForm(OfficeForm):
    """What people or units are proposed for; answers with the prize, and keeps the rest in `nomination`."""

    def __init__(self, proposals: ProposalList, changed: Sequence[Candidate] = (), *, prize: str = "") -> None:
        super().__init__()
        self._proposals, self._changed, self._prize = proposals, changed, prize
        self.nomination: proposing.Nomination | None = None

    def heading(self) -> str:
        """What the form is for."""
        if self._changed:
            return tr_("Change what {n} candidates are proposed for", n=len(self._changed))
        return tr_("For what are they proposed? The people are chosen next")

    def fields(self) -> list[Field]:
        """Prize, achievement, period."""
        prizes = prize_options(self.office, self._proposals.form)
        return [
            *([] if self._changed else [Field("prize", t("Title or form"), "choice", options=prizes)]),
            Field("citation", t("Achievement"), judge=filled(t("Achievement"))),
            day_field("start", t("Achieved from"), self.on, needed=True),
            day_field("end", t("Achieved to"), self.on, needed=True),
        ]

    def first_values(self) -> dict[str, str]:
        """The year before, or what stands there."""
        if self._changed:
            first = self._changed[0]
            days = {"start": shown(first.achieved_from), "end": shown(first.achieved_to)}
            return {"citation": first.citation, **days}
        year = self.on.year - 1
        return {"start": f"01/01/{year}", "end": f"31/12/{year}", "prize": self._prize}

    def store(self, values: Mapping[str, Any]) -> str:
        """Keep what was typed, or change the candidates."""
        if values["end"] < values["start"]:
            raise InputError(t("The achievement period ends before it begins"), do=t("correct one of the two days"))
        if self._changed:
            days = {"achieved_from": values["start"], "achieved_to": values["end"]}
            appraising.change_candidates(self.office, self._changed, citation=values["citation"], **days)
            return self._changed[0].id
        self.nomination = proposing.Nomination(
            subjects=(),
            prize=values["prize"],
            citation=values["citation"],
            achieved_from=values["start"],
            achieved_to=values["end"],
        )
        return str(values["prize"])

    def is_collective(self) -> bool:
        """Whether the prize chosen is for units."""
        return self.nomination is not None and prize_of(self.office, self.nomination.prize).subject == "collective"


class MeetingForm(OfficeForm):
    """The council's minutes; votes of everybody at once, single ones are changed in the list."""

    def __init__(self, proposals: ProposalList, candidates: Sequence[Candidate]) -> None:
        super().__init__()
        self._proposals, self._candidates = proposals, candidates

    def heading(self) -> str:
        """What the form is for."""
        return tr_("The council's meeting, as its minutes tell it")

    def fields(self) -> list[Field]:
        """Who was there, and how many agreed."""
        return [
            day_field("day", t("Day"), self.on, needed=True),
            Field("members", t("Members of the council"), "number", judge=_whole(t("Members of the council"))),
            Field("present", t("Present"), "number", judge=_whole(t("Present"))),
            Field("votes", t("Votes for everybody"), "number", judge=_whole_or_none(t("Votes for everybody"))),
            Field("number", t("Number of the minutes")),
            Field("place", t("Place")),
            Field("chair", t("Chair")),
            Field("secretary", t("Secretary")),
        ]

    def first_values(self) -> dict[str, str]:
        """What was entered before."""
        held = appraising.meeting_of(self.office, self._proposals.id)
        if held is None:
            return {"day": shown(self.on)}
        texts = {each: getattr(held, each) for each in ("number", "place", "chair", "secretary")}
        return {"day": shown(held.day), "members": str(held.members), "present": str(held.present), **texts}

    def store(self, values: Mapping[str, Any]) -> str:
        """Enter the minutes; an empty number of votes leaves them as they are."""
        given = {each.id: values["votes"] for each in self._candidates if not each.award and each.votes is None}
        told = {each: value for each, value in values.items() if each != "votes"}
        meeting = Meeting(id="", list=self._proposals.id, **told)
        return appraising.hold_meeting(self.office, meeting, given if values["votes"] is not None else {}).id


_MOST_TOLD = 3


class SignedForm(OfficeForm):
    """The signed decision on what the council agreed to."""

    def __init__(self, proposals: ProposalList, prizes: Sequence[str]) -> None:
        super().__init__()
        self._proposals, self._prizes = proposals, prizes
        self._told: tuple[Text, ...] = ()

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Enter the signed decision; those agreed to are registered")

    def fields(self) -> list[Field]:
        """Prize, number, day, signers."""
        known = [each for each in prize_options(self.office, self._proposals.form) if each[0] in self._prizes]
        return [
            Field("prize", t("Title or form"), "choice", options=known),
            Field("number", t("Number"), judge=decision_number),
            day_field("day", t("Day"), self.on, needed=True),
            *head_fields(),
            *signer_fields(),
        ]

    def first_values(self) -> dict[str, str]:
        """The day asked about."""
        return {"day": shown(self.on)}

    def remarks(self, texts: Mapping[str, str]) -> Mapping[str, Text]:
        """Who issues it where nothing is typed."""
        return head_remarks(self.office, texts, texts.get("prize", ""), self.on)

    def store(self, values: Mapping[str, Any]) -> str:
        """Register; gives the decision's id."""
        signed = {"number": values["number"], "day": values["day"], **head_by(values), **signed_by(values)}
        seen = look(self.office, appraising.proposal_of(self.office, self._proposals, values["prize"], signed))
        if seen.asked and seen.asked != self._told:
            self._told = seen.asked
            raise InputError(seen.asked[0], do=t("save again to enter it all the same"))
        for each in seen.warnings[:_MOST_TOLD]:
            self.app.notify(tr(each), severity="warning", markup=False)
        return appraising.decide_list(self.office, self._proposals, values["prize"], signed)[0].id


class CorrectionForm(OfficeForm):
    """A new decision that puts an award right."""

    def __init__(self, award: Award) -> None:
        super().__init__()
        self._award = award

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Correct {register} by a new decision", register=self._award.register)

    def fields(self) -> list[Field]:
        """The decision, and the words as they should have been."""
        return [
            Field("number", t("Number"), judge=filled(t("Number"))),
            day_field("day", t("Day"), self.on, needed=True),
            Field("name", t("Name"), judge=filled(t("Name"))),
            Field("position", t("Position")),
            Field("unit_name", t("Unit")),
            Field("citation", t("Achievement"), judge=filled(t("Achievement"))),
            day_field("achieved_from", t("Achieved from"), self.on, needed=True),
            day_field("achieved_to", t("Achieved to"), self.on, needed=True),
            *head_fields(),
            *signer_fields(),
        ]

    def first_values(self) -> dict[str, str]:
        """The words as they stand; signers as in the decision corrected."""
        award = self._award
        old = self.office.book.table(Decision)[award.decision]
        texts = {each: getattr(award, each) for each in ("name", "position", "unit_name", "citation")}
        days = {each: shown(getattr(award, each)) for each in ("achieved_from", "achieved_to")}
        return {"day": shown(self.on), **texts, **days, **{each: getattr(old, each) for each in SIGNERS}}

    def remarks(self, texts: Mapping[str, str]) -> Mapping[str, Text]:
        """Who issues it where nothing is typed."""
        return head_remarks(self.office, texts, self._award.prize, self.on)

    def store(self, values: Mapping[str, Any]) -> str:
        """Enter it; gives the new award's id."""
        right = {each: values[each] for each in revoking.CORRECTABLE}
        correction = revoking.Correction(
            number=values["number"],
            day=values["day"],
            right=right,
            signers=signed_by(values),
            head=head_by(values),
        )
        return revoking.correct(self.office, self._award, correction)[1].id


def change_votes(office: Office, candidates: Sequence[Candidate], votes: int) -> None:
    """Give candidates so many votes at the meeting that is entered. Raises InputError without one."""
    held = appraising.meeting_of(office, candidates[0].list)
    if held is None:
        raise InputError(t("The council has not met on this list"), do=t("enter its minutes first: F8"))
    appraising.hold_meeting(office, replace(held), {each.id: votes for each in candidates})


def _whole(label: Text) -> Any:
    def judge(typed: str) -> int:
        if not typed.strip().isdecimal():
            raise needs(tr(label), typed, t("write a whole number"))
        return int(typed)

    return judge


def _whole_or_none(label: Text) -> Any:
    return lambda typed: _whole(label)(typed) if typed.strip() else None
