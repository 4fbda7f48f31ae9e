"""Which papers of an event there are: asked by screen and command alike."""

from __future__ import annotations

from datetime import date
from functools import partial

from config.text import Text, t
from exports.papers.award_papers import AwardPaper
from exports.papers.kinds.composing import NOTHING, Given
from exports.papers.kinds.meetings import called_to, certificates_register, event_paper
from records.domain.training import Attendance, Event
from records.services.office import Office

TITLES: dict[str, Text] = {
    "invitation": t("Invitation"),
    "summons": t("Summons"),
    "signing": t("List to sign"),
}


def event_papers(office: Office, event: Event, on: date, given: Given = NOTHING) -> dict[str, AwardPaper]:
    """The papers of an event by kind: `invitation`, `summons`, `signing`."""
    people = tuple(each.id for each in called_to(office, event))
    return {
        kind: AwardPaper(title, partial(event_paper, office, event, kind, on, given), people, f"{event.id}-{kind}", on)
        for kind, title in TITLES.items()
    }


def register_of_certificates(office: Office, year: int, on: date) -> AwardPaper:
    """The register of the certificates of classes of a year."""
    people = tuple({each.person: None for each in office.book.table(Attendance) if each.certificate})
    make = partial(certificates_register, office, year, on)
    return AwardPaper(t("Register of certificates"), make, people, f"certificates-{year}", on)
