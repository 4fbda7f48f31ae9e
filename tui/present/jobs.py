"""What is to be printed: the records chosen, sealed, and turned into certificates of one template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from config.errors import InputError, RefusedError
from config.i18n import tr_
from config.text import t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.services.awards import decisions as awards
from records.services.certificates import blanks, seals
from records.services.office import Office

if TYPE_CHECKING:
    from config.settings.certificates import Template
    from exports.certificates.batch import Blank, Certificate


@dataclass(frozen=True, slots=True)
class Job:
    """One printing.

    Attributes:
        template: of all of them.
        certificates: in the order of `records`.
        records: the awards, attendances or appointments.
        again: those of them that were printed before.
    """

    template: Template
    certificates: Sequence[Certificate]
    records: Sequence[seals.Sealed]
    again: Sequence[seals.Sealed]


def award_job(office: Office, made: Sequence[Award], template: str = "", *, sealed: bool = True) -> Job:
    """The certificates of awards; those printed before are marked as re-issued.

    Args:
        office: the office.
        made: awards of decisions of one form, in the order wanted.
        template: its name; the one for the decision's form and title when left out.
        sealed: whether each gets its signed code.

    Raises:
        InputError: when no template fits.
        RefusedError: for an award that was revoked, or a template of the other form or another title.
    """
    from exports.certificates.fields import certificate_of  # noqa: PLC0415  # ReportLab is heavy

    if not made:
        raise InputError(t("There is no certificate to print"), do=t("mark at least one person"))
    decisions = {each.id: each for each in office.book.table(Decision)}
    design = _template_for(office, [decisions[each.decision] for each in made], template)
    again = awards.printed_before(office, made)
    repeated = {each.id for each in again}
    people = office.book.table(Person)
    certificates = [
        certificate_of(
            each,
            decisions[each.decision],
            person=people.get(each.person),
            code=seals.seal(office, each) if sealed else "",
            reissue=each.id in repeated,
        )
        for each in made
        if _may_print(office, each)
    ]
    return Job(design, certificates, list(made), list(again))


_WITH_RESULTS = ("course", "contest")


def course_job(office: Office, event: str, issued: Mapping[str, Any], template: str = "") -> Job:
    """The certificates of those who completed a class; `issued` are the parts of an `Issuer`.

    Raises:
        InputError: when there is no such class, or nobody completed it.
    """
    from exports.certificates.fields import Issuer, completion_of  # noqa: PLC0415  # ReportLab is heavy

    found = office.book.table(Event).get(event)
    if found is None:
        raise InputError(t("There is no class {id}", id=event), do=t("list them with “training list”"))
    came = [each for each in office.book.table(Attendance).where(event=event) if each.came()]
    if found.kind not in _WITH_RESULTS:
        raise InputError(
            t("“{title}” is no class: nobody completes it", title=found.title), do=t("name a class or a contest")
        )
    done = [each for each in came if each.result and each.result != "not_completed"]
    if not done:
        raise InputError(
            t("Nobody completed “{title}” yet", title=found.title), do=t("enter the results first: “training result”")
        )
    unit_names = office.unit_names(found.last_day or found.day)
    issuer, again = Issuer(**issued), awards.printed_before(office, done)
    certificates = []
    for each in done:
        person = office.person(each.person)
        made = completion_of(each, found, person, unit_names.get(person.unit, ""), issuer)
        certificates.append(_sealed(office, made, each, again))
    return Job(_load(office, template or "training-completion"), certificates, done, again)


def card_job(office: Office, people: Sequence[str], on: date, issued: Mapping[str, Any], template: str = "") -> Job:
    """The cards of reporters in force on a day: of `people`, or of all when it is empty.

    Raises:
        InputError: when there is nobody.
        RefusedError: for somebody whose appointment is not in force: no card is printed for them.
    """
    from exports.certificates.fields import Issuer, card_of  # noqa: PLC0415  # ReportLab is heavy

    held = [each for each in office.book.table(Appointment).where(role="reporter") if each.in_force_on(on)]
    known = {each.person: each for each in held}
    for wanted in people:
        if wanted not in known:
            name = office.person(wanted).name
            raise RefusedError(
                t("{name} is no reporter in force on {day}", name=name, day=on),
                do=t("leave this person out, or record the new decision first"),
            )
    chosen = [known[each] for each in (people or known)]
    if not chosen:
        raise InputError(t("There is no reporter in force on {day}", day=on), do=t("choose another day"))
    unit_names = office.unit_names(on)
    role = office.settings.roles.roles["reporter"].title.vi
    levels = office.settings.levels.levels
    again = awards.printed_before(office, chosen)
    certificates = []
    for each in chosen:
        person = office.person(each.person)
        level = levels[each.level].title.vi if each.level in levels else ""
        unit = unit_names.get(each.unit or person.unit, "")
        made = card_of(each, person, unit, (role, level), Issuer(**issued))
        certificates.append(_sealed(office, made, each, again))
    return Job(_load(office, template or "reporter-card"), certificates, chosen, again)


def office_issuer(office: Office, on: date, signer: Mapping[str, str]) -> dict[str, Any]:
    """The parts of an `Issuer` that the office's settings give on a day, with who signs."""
    described = office.settings.office
    name, above = described.name.on(on).value or "", described.superior.on(on).value or ""
    return {"name": name, "above": above, "place": described.place, "day": on, **signer}


def blank_of(office: Office, name: str, template: str) -> Blank:
    """The blank of a kept profile. Raises InputError when there is none, or it is of another template."""
    from exports.certificates.batch import Blank  # noqa: PLC0415  # ReportLab is heavy

    profile = blanks.profile_named(office, name)
    if profile.template != template:
        raise InputError(
            t("The blank “{name}” is for “{other}”", name=name, other=profile.template),
            do=t("choose a blank of “{template}”", template=template),
        )
    shifts = {each.element: (float(each.right), float(each.down)) for each in profile.shifts}
    return Blank(float(profile.right), float(profile.down), shifts)


def _sealed(office: Office, made: Certificate, record: seals.Sealed, again: Sequence[seals.Sealed]) -> Certificate:
    """The certificate with its code, marked where it was printed before."""
    reissue = tr_("RE-ISSUED") if record in again else ""
    return type(made)(made.id, {**made.fields, "code": seals.seal(office, record), "reissue": reissue})


def _may_print(office: Office, award: Award) -> bool:
    if later := office.book.table(Award).where(corrects=award.id):
        raise RefusedError(
            t("The award of {name} was corrected by {register}", name=award.name, register=later[0].register),
            do=t("print that one instead"),
        )
    if award.revoked is not None:
        raise RefusedError(
            t("The award of {name} was revoked on {day}", name=award.name, day=award.revoked),
            do=t("leave it out; nothing is printed for a revoked award"),
        )
    return True


def _load(office: Office, name: str) -> Template:
    from exports.certificates.template import load_template  # noqa: PLC0415  # YAML and ReportLab are heavy

    return load_template(name, office.book.settings.folder)


def _template_for(office: Office, decisions: Sequence[Decision], name: str) -> Template:
    from exports.certificates.template import template_files  # noqa: PLC0415  # YAML and ReportLab are heavy

    if name:
        design = _load(office, name)
        for decision in decisions:
            if (why := _unfit(design, decision)) is not None:
                raise RefusedError(why, do=t("choose a template of the decision's own form and title"))
        return design
    known = [_load(office, each) for each in template_files(office.book.settings.folder)]
    fitting = [each for each in known if all(_unfit(each, decision) is None for decision in decisions)]
    if not fitting:
        raise InputError(
            t("No template fits decision {number}: {title}", number=decisions[0].number, title=decisions[0].title),
            do=t("name one with --template, or add one to the office's own templates"),
        )
    return min(fitting, key=lambda each: not each.titles)


def _unfit(design: Template, decision: Decision) -> Any:
    if design.subject != "award" or design.form not in (decision.form, "none"):
        return t("“{template}” is not for a decision of this form", template=design.id)
    if design.titles and decision.title.casefold() not in [each.casefold() for each in design.titles]:
        return t("“{template}” is not for “{title}”", template=design.id, title=decision.title)
    return None
