"""A working life in words, for the screen and the command line alike."""

from __future__ import annotations

from config.i18n import language, tr, tr_
from config.text import Text, t
from records.domain.appointments import Appointment, Discipline
from records.domain.awards.awards import Award
from records.domain.dates import shown
from records.domain.people.dossier import Dossier
from records.domain.people.person import Credential
from records.domain.people.person_fields import FIELDS
from records.domain.people.timeline import LifeEvent, timeline
from records.domain.training import Attendance, Event
from records.rules.words import study_words
from records.services.appointments.appointing import END_REASONS
from records.services.office import Office

CREDENTIAL_WORDS: dict[str, Text] = {each.key: each.title for each in FIELDS if each.kind in ("level", "levels")}
EVIDENCE_WORDS: dict[str, Text] = {
    "": t("no paper shown"),
    "diploma": t("diploma"),
    "confirmation": t("confirmation"),
}
MEASURE_WORDS: dict[str, Text] = {
    "": t("verification"),
    "reprimand": t("reprimand"),
    "warning": t("warning"),
    "removal": t("removal from office"),
    "expulsion": t("expulsion"),
}
_OWN: dict[str, Text] = {
    "born": t("Born"),
    "probation": t("Admitted to the Party, on probation"),
    "official": t("Official member of the Party"),
    "left": t("Left the roster"),
}


def life(office: Office, dossier: Dossier) -> list[tuple[str, str, str]]:
    """The events of a working life: kind, day as known, and words, oldest first."""
    return [(each.kind, shown(each.day, "—"), _words(office, dossier, each)) for each in timeline(dossier)]


def credential_words(credential: Credential) -> str:
    """A credential in one line: kind, level, paper, issuer."""
    parts = (
        f"{tr(CREDENTIAL_WORDS[credential.kind])}: {tr(study_words(credential))}",
        tr(EVIDENCE_WORDS[credential.evidence]),
        credential.issuer,
    )
    return " · ".join(part for part in parts if part)


def _words(office: Office, dossier: Dossier, event: LifeEvent) -> str:
    record = event.record
    if isinstance(record, Appointment):
        return _post(office, dossier, record, ended=event.kind == "ended")
    if isinstance(record, Credential):
        return credential_words(record)
    if isinstance(record, Attendance | Award | Discipline):
        return _done(office, record)
    if event.kind == "moved":
        left = office.unit_names(dossier.on).get(event.unit, event.unit)
        return tr_("Last day in {unit}", unit=left)
    return tr(_OWN[event.kind])


def _done(office: Office, record: Attendance | Award | Discipline) -> str:
    if isinstance(record, Attendance):
        found = office.book.table(Event).get(record.event)
        paper = record.certificate and tr_("certificate {number}", number=record.certificate)
        return " · ".join(part for part in (found.title if found else record.event, paper) if part)
    if isinstance(record, Award):
        prize = office.settings.prizes.prizes.get(record.prize)
        words = f"{prize.title.in_language(language()) if prize else record.prize} · {record.citation}"
        return words if record.revoked is None else f"{words} · {tr_('taken back')}"
    lapses = tr_("until {day}", day=record.lapses) if record.lapses else ""
    return " · ".join(part for part in (tr(MEASURE_WORDS[record.measure]), record.number, lapses) if part)


def _post(office: Office, dossier: Dossier, post: Appointment, *, ended: bool) -> str:
    role, level = office.settings.roles.roles.get(post.role), office.settings.levels.levels.get(post.level)
    title = role.title.in_language(language()) if role else post.role
    where = level.title.in_language(language()) if level else post.level
    if ended:
        return tr_(
            "No longer {role} ({level}): {why}", role=title, level=where, why=END_REASONS.get(post.end_reason, "—")
        )
    day = post.since or dossier.on
    units = office.unit_names(day)
    parts = (tr_("Appointed {role} ({level})", role=title, level=where), units.get(post.unit_on(day), ""), post.number)
    return " · ".join(part for part in parts if part)
