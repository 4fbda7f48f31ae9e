"""From records to the words on a certificate: letter for letter, nothing added."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from config.i18n import tr_
from config.settings.loading import Settings
from config.settings.offices import held_on
from config.settings.styles import Zeros
from exports.certificates.batch import Certificate
from exports.heads import short_issuer
from records.domain.appointments import Appointment
from records.domain.awards.awards import SIGNERS, Award, Decision
from records.domain.dates import in_words
from records.domain.people.names import matching_key
from records.domain.people.person import Person
from records.domain.training import Attendance, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues and signs what has no decision of its own: a certificate of a class, a card."""

    name: str
    above: str = ""
    place: str = ""
    day: date
    zeros: Zeros
    signer_mode: str = ""
    signer_body: str = ""
    signer_title: str = ""
    signer_name: str = ""

    def fields(self) -> dict[str, str]:
        """The fields of the template that it fills."""
        return {
            "issuer": short_issuer(self.name, self.above),
            "issuer_above": self.above,
            "place_date": _place_date(self.place, self.day, self.zeros),
            "signer_mode": self.signer_mode,
            "signer_body": self.signer_body,
            "signer_title": self.signer_title,
            "signer_name": self.signer_name,
        }


def certificate_of(
    award: Award,
    decision: Decision,
    settings: Settings,
    *,
    person: Person | None = None,
    code: str = "",
    reissue: bool = False,
) -> Certificate:
    """The fields of one certificate of commendation; `reissue` marks a second original."""
    zeros = settings.styles.on(decision.form, decision.day).zeros
    return Certificate(
        id=award.id,
        collective=not award.person,
        modes=settings.papers.forms[decision.form].modes.on(decision.day).value,
        fields={
            "name": award.name,
            "address_form": _address(decision.form, person),
            "unit": award.unit_name,
            "citation": award.citation,
            "award_title": decision.title,
            "decision_number": decision.number,
            "decision_date": in_words(decision.day, zeros),
            "register_number": award.register,
            "place_date": _place_date(decision.place, decision.day, zeros),
            "issuer_above": decision.issuer_above,
            "issuer": short_issuer(decision.issuer, decision.issuer_above),
            **_signers(decision, settings),
            "reissue": tr_("RE-ISSUED") if reissue else "",
            "code": code,
        },
    )


def _signers(decision: Decision, settings: Settings) -> dict[str, str]:
    """Who signs: whom the decision names, else whom the settings name for certificates, where the office issues."""
    found = {each: str(getattr(decision, each)) for each in SIGNERS}
    own = held_on(settings.office.name, decision.day) or ""
    signer = settings.office.signer_on("certificates", decision.day)
    if not any(found.values()) and signer is not None and matching_key(own) == matching_key(decision.issuer):
        found |= {f"signer_{part}": getattr(signer, part) for part in ("mode", "body", "title", "name")}
    return found


def completion_of(attendance: Attendance, event: Event, person: Person, unit: str, issuer: Issuer) -> Certificate:
    """The fields of one certificate of completion of a class; `code` is added by who seals it."""
    last = event.last_day or event.day
    dates = in_words(event.day, issuer.zeros)
    if last != event.day:
        dates = f"Từ {event.day:%d/%m/%Y} đến {last:%d/%m/%Y}"
    return Certificate(
        id=attendance.id,
        fields={
            **issuer.fields(),
            "name": person.name,
            "born": _born(person),
            "address_form": "đồng chí",
            "unit": unit,
            "class_name": event.title,
            "class_dates": dates[:1].upper() + dates[1:],
            "result": "Hoàn thành" if attendance.result == "completed" else "",
            "number": attendance.certificate,
        },
    )


def card_of(
    appointment: Appointment, person: Person, unit: str, titles: tuple[str, str], issuer: Issuer, *, photo: str = ""
) -> Certificate:
    """The fields of one reporter's card; `titles` are those of the role and the level in Vietnamese, `photo` a path."""
    decided = f" ngày {appointment.decided:%d/%m/%Y}" if appointment.decided else ""
    return Certificate(
        id=appointment.id,
        fields={
            **issuer.fields(),
            "name": person.name,
            "unit": unit,
            "role": titles[0],
            "level": _level(titles[1], f"{unit} {issuer.name} {issuer.above}"),
            "card_number": _card_number(appointment.id),
            "record_code": appointment.id,
            "photo": photo,
            "valid_from": f"{appointment.since:%d/%m/%Y}" if appointment.since else "",
            "valid_until": f"{appointment.until:%d/%m/%Y}" if appointment.until else "",
            "recognised_in": f"{appointment.number}{decided}" if appointment.number else "",
            "recognised_by": appointment.recognised_by,
        },
    )


_EITHER = re.compile(r"(\w+) \((\w+(?: \w+)*)\)")


def _level(title: str, around: str) -> str:
    """A level as a card says it: of “Cấp xã (phường)” the word that the unit or the issuer bears, without brackets."""
    found = _EITHER.search(title)
    if found is None:
        return title.lower()
    words = around.casefold()
    chosen = found[2] if found[2].casefold() in words and found[1].casefold() not in words.split() else found[1]
    return (title[: found.start()] + chosen + title[found.end() :]).lower()


def _card_number(appointment: str) -> str:
    """The number that people read: `42/BCV-TN` of the appointment TN-A-00042."""
    code, _, number = appointment.partition("-A-")
    return f"{int(number)}/BCV-{code}" if number.isdecimal() else appointment


def _born(person: Person) -> str:
    """`Sinh ngày 05/02/1980`, or `Sinh năm 1980` where no more is known."""
    if person.born is None:
        return ""
    return f"Sinh {'ngày' if person.born.day else 'tháng' if person.born.month else 'năm'} {person.born.shown()}"


def _place_date(place: str, day: date, zeros: Zeros) -> str:
    words = in_words(day, zeros)
    return f"{place}, {words}" if place else words


def _address(form: str, person: Person | None) -> str:
    """How a paper addresses a person: a Party paper “đồng chí”, another “Ông” or “Bà” where the book knows which."""
    if person is None:
        return ""
    if form == "party":
        return "đồng chí"
    return {"male": "Ông", "female": "Bà"}.get(person.sex or "", "")
