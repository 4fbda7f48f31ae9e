"""Who issues and signs: a decision by its number, form and prize; a class by its organiser; the office itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from config.settings.dated import Dated
from config.settings.offices import ClassIssuer, Issuer, PaperUse, Signer, held_on
from records.domain.awards.awards import SIGNERS
from records.domain.people.names import matching_key
from records.domain.training import Event
from records.services.office import Office

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """Who issues something on a day.

    Attributes:
        name: at the head; `above` over it, or empty.
        signers: the last stands on the right of the paper.
    """

    name: str
    above: str = ""
    place: str = ""
    signers: tuple[Signer, ...] = ()

    def signer_fields(self) -> dict[str, str]:
        """The signers as fields of a `Decision`: the last one first, as there."""
        found = dict.fromkeys(SIGNERS, "")
        for which, each in zip(("signer", "signer2"), reversed(self.signers), strict=False):
            found |= {f"{which}_{part}": getattr(each, part) for part in ("mode", "body", "title", "name")}
        return found


def issued_by(office: Office, number: str, form: str, prize: str, day: date) -> Issued:
    """Who issues a decision: by its form and prize and the sign after `QĐ` in its number, else the office itself."""
    sign = number.replace("/", "-").rpartition("-")[2].casefold()
    issuers = [each for each in office.settings.issuers.issuers if each.form == form and _decides(each, prize)]
    issuers.sort(key=lambda each: not each.prizes)
    found = next((each for each in issuers if sign in (one.casefold() for one in each.signs)), None)
    if found is None and form == "state":
        found = next(iter(issuers), None)
    return own(office, day, "decisions") if found is None else _issued(office, found, day)


def _decides(issuer: Issuer, prize: str) -> bool:
    return not issuer.prizes or prize in issuer.prizes


def own(office: Office, day: date, use: PaperUse = "papers") -> Issued:
    """The office itself, as it was named on `day`, and who signs its papers of this use."""
    described = office.settings.office
    signer = described.signer_on(use, day)
    return Issued(
        name=held_on(described.name, day) or "",
        above=held_on(described.superior, day) or "",
        place=described.place_on(day),
        signers=() if signer is None else (signer,),
    )


def class_issuer(office: Office, event: Event) -> tuple[Issued, str]:
    """Who issues the certificates of a class, and how a number of that register is written.

    By the settings where they name the organiser, else the organiser, else the office.
    """
    day = event.last_day or event.day
    wanted = matching_key(event.organiser)
    known: Iterable[ClassIssuer] = office.settings.issuers.classes
    named = [each for each in known if wanted in [matching_key(one) for one in each.organisers]]
    found = next(iter(named or [each for each in known if not each.organisers]), None)
    if found is not None:
        return _issued(office, found, day), found.number.on(day).value or USUAL_NUMBER
    if event.organiser:
        # Who signs papers of the office does not sign for a centre; who is named for training does.
        named_signer = office.settings.office.signers.get("training")
        signer = held_on(named_signer, day) if named_signer else None
        place = office.settings.office.place_on(day)
        return Issued(name=event.organiser, place=place, signers=(signer,) if signer else ()), USUAL_NUMBER
    return own(office, day, "training"), USUAL_NUMBER


USUAL_NUMBER = "{n}/{year}"
"""How a register writes its numbers where the settings say nothing."""


def _issued(office: Office, found: Issuer | ClassIssuer, day: date) -> Issued:
    return Issued(
        name=found.name.on(day).value or "",
        above=found.above.on(day).value or "",
        place=_on(found.place, day) or office.settings.office.place_on(day),
        signers=_on(found.signers, day) or (),
    )


def _on(dated: Dated[T] | None, day: date) -> T | None:
    return None if dated is None else dated.on(day).value
