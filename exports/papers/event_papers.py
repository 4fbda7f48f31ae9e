"""Which papers of an event there are: asked by screen and command alike."""

from __future__ import annotations

from datetime import date
from functools import partial

from config.text import Text, t
from exports.papers.award_papers import BookPaper
from exports.papers.kinds.composing import NOTHING, Given
from exports.papers.kinds.meetings import called_to, certificates_register, event_paper
from records.domain.training import Event
from records.services.office import Office
from records.services.training.results import certified

TITLES: dict[str, Text] = {
    "invitation": t("Invitation"),
    "summons": t("Summons"),
    "signing": t("List to sign"),
}


def event_papers(office: Office, event: Event, on: date, given: Given = NOTHING) -> dict[str, BookPaper]:
    """The papers of an event by kind: `invitation`, `summons`, `signing`."""
    people = tuple(each.id for each in called_to(office, event))
    return {
        kind: BookPaper(
            office=office,
            title=title,
            kind=kind,
            make=partial(event_paper, office, event, kind, on, given),
            people=people,
            stem=f"{event.id}-{kind}",
            on=on,
            about=event.id,
            asks=True,
        )
        for kind, title in TITLES.items()
    }


def register_of_certificates(office: Office, year: int, on: date) -> BookPaper:
    """The register of the certificates of classes of a year."""
    people = tuple({each.person: None for each in certified(office)})
    make = partial(certificates_register, office, year, on)
    title, stem = t("Register of certificates"), f"certificates-{year}"
    return BookPaper(office=office, title=title, kind="certificates", make=make, people=people, stem=stem, on=on)
