"""Printing jobs: records chosen by a service become certificates of one template, and certificates become files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import structs

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision
from records.domain.people.person import Person
from records.domain.training import Attendance
from records.services.access.looking import may_see
from records.services.awards import decisions, issuing
from records.services.certificates import blanks, printing
from records.services.certificates.sealed import Sealed
from records.services.certificates.seals import specimen
from records.services.certificates.short_codes import SPECIMEN
from records.services.office import Office
from records.services.privacy.restricting import judge_unrestricted
from records.services.training import certificates

if TYPE_CHECKING:
    from config.settings.certificates import Template
    from exports.certificates.batch import BatchReport, Blank, Certificate
    from exports.certificates.fields import Issuer
    from exports.certificates.proof.signing import SignWith
    from exports.certificates.template import Templates


@dataclass(frozen=True, slots=True)
class Job:
    """One printing.

    Attributes:
        template: of all of them.
        certificates: in the order of `records`.
        records: the awards, attendances or appointments.
        again: those of them that were printed before.
        numbered: attendances as they were, and with the number that this printing gives them.
        leave_out: makes the same job without the records of these ids.
    """

    template: Template
    certificates: Sequence[Certificate]
    records: Sequence[Sealed]
    again: Sequence[Sealed]
    numbered: Sequence[tuple[Attendance, Attendance]] = ()
    leave_out: Callable[[Collection[str]], Job] | None = None

    def without(self, ids: Collection[str]) -> Job:
        """The same job without some of its records; numbers of a register close up. Raises as the job was made."""
        assert self.leave_out is not None
        return self.leave_out(ids)

    @property
    def unsigned(self) -> list[str]:
        """Names of those whose certificate would say nowhere who signs it."""
        sides = (*self.template.elements, *self.template.back)
        if not any("{signer_name" in getattr(each, "text", "") for each in sides):
            return []
        return [each.fields.get("name", "") for each in self.certificates if not each.fields.get("signer_name")]


@dataclass(frozen=True, slots=True)
class Way:
    """How a job is printed, and where to.

    Attributes:
        place: the PDF, or with `separate` the folder in which each gets a file of its own.
        blank: name of the kept profile of a pre-printed blank, or nothing for plain paper.
        overwrite: whether the PDF may take the place of a file already there.
        sign_with: by what each PDF is signed, where it is to be.
        bleed: whether a print shop prints and cuts it: the file says where, and has paper beyond.
    """

    place: Path
    separate: bool = False
    blank: str = ""
    overwrite: bool = False
    sign_with: SignWith | None = None
    bleed: bool = False


_CROP = 7.0  # mm of paper for the marks at the corners


class FaultyCertificatesError(InputError):
    """Certificates of a job that cannot be printed.

    Attributes:
        problems: id of each -> what is wrong with it.
        rest: how many others there are.
    """

    def __init__(self, problems: Mapping[str, InputError], rest: int) -> None:
        told = "; ".join(tr(each.what) for each in problems.values())
        do = t("correct them and print again")
        if rest:
            do = t("correct them, or print only the other {rest} by adding --yes", rest=rest)
        super().__init__(t("{n} certificates are at fault: {list}", n=len(problems), list=told), do=do)
        self.problems, self.rest = problems, rest


def award_job(
    office: Office,
    made: Sequence[Award],
    template: str = "",
    *,
    sealed: bool = True,
    templates: Templates | None = None,
) -> Job:
    """The certificates of awards; those printed before are marked as re-issued.

    Args:
        office: the office.
        made: awards of decisions of one form, in the order wanted.
        template: its name; the one for the decision's form and title when left out.
        sealed: whether each gets its signed code.
        templates: where templates that were read before are remembered.

    Raises:
        InputError: when no template fits.
        RefusedError: for an award that was corrected or revoked, or a template of the other form or another title.
    """
    chosen = printing.choose_awards(office, made, sealed=sealed)
    decided = {each.id: each for each in map(office.book.table(Decision).get, _decisions_of(made)) if each}
    design = (templates or _templates(office)).fitting(list(decided.values()), template)
    again = {each.id for each in chosen.again}
    certificates = [
        _awarded(office, each, decided[each.decision], chosen.code(each), again=each.id in again)
        for each in chosen.records
    ]

    def leave_out(ids: Collection[str]) -> Job:
        return award_job(
            office, [each for each in made if each.id not in ids], template, sealed=sealed, templates=templates
        )

    return Job(design, certificates, chosen.records, chosen.again, leave_out=leave_out)


def _awarded(office: Office, award: Award, decision: Decision, code: tuple[str, str], *, again: bool) -> Certificate:
    from exports.certificates.fields import certificate_of  # noqa: PLC0415  # ReportLab is heavy

    person = office.book.table(Person).get(award.person)
    made = certificate_of(award, decision, office.settings, person=person)
    return _sealed(made, code, again=again)


def _decisions_of(made: Sequence[Award]) -> list[str]:
    return list(dict.fromkeys(each.decision for each in made))


def course_job(
    office: Office,
    event: str,
    given: Mapping[str, str],
    on: date,
    template: str = "",
    *,
    left_out: Collection[str] = (),
) -> Job:
    """The certificates of those who completed a class, each with a number of the issuer's register.

    Args:
        office: the office.
        event: id of the class.
        given: `issuer`, `issuer_above`, `place`, `signer_…` and the first `number`, where they are not as the settings
            and the register say.
        on: the day on the certificates.
        template: its name; the shipped one when left out.
        left_out: ids of attendances that get no certificate now, and no number.

    Raises:
        InputError: when there is no such class, nobody completed it, nobody signs, or the number is none.
    """
    from exports.certificates.fields import completion_of  # noqa: PLC0415  # ReportLab is heavy

    found, every = printing.choose_completions(office, event)
    chosen = every.without(left_out)
    design = _templates(office).named(template or "training-completion")
    usual, pattern = issuing.class_issuer(office, found)
    issuer = _issuer(office, usual, given, on)
    rows = certificates.numbered(office, chosen.records, issuer.name, on, pattern, first=given.get("number", ""))
    units, modes = office.unit_names(found.last_day or found.day), _modes(office, design, on)
    again, made = {each.id for each in chosen.again}, []
    for each in rows:
        person = office.person(each.person)
        drawn = replace(completion_of(each, found, person, units.get(person.unit, ""), issuer), modes=modes)
        made.append(_sealed(drawn, chosen.code(each, issuer.name), again=each.id in again))
    changed = [(old, new) for old, new in zip(chosen.records, rows, strict=True) if old != new]
    fewer = partial(course_job, office, event, given, on, template)
    return Job(design, made, rows, chosen.again, changed, leave_out=lambda ids: fewer(left_out={*left_out, *ids}))


def card_job(office: Office, people: Sequence[str], on: date, given: Mapping[str, str], template: str = "") -> Job:
    """The cards of reporters in force on a day: of `people`, or of all when it is empty; `given` as in `course_job`.

    Raises:
        InputError: when there is nobody, or nobody signs.
        RefusedError: for somebody whose appointment is not in force: no card is printed for them.
    """
    from exports.certificates.fields import card_of  # noqa: PLC0415  # ReportLab is heavy

    chosen = printing.choose_cards(office, people, on)
    design = _templates(office).named(template or "reporter-card")
    unit_names = office.unit_names(on)
    role = office.settings.roles.roles["reporter"].title.vi
    levels = office.settings.levels.levels
    issuer = _issuer(office, issuing.own(office, on), given, on)
    made = []
    for each in chosen.records:
        person = office.person(each.person)
        level = levels[each.level].title.vi if each.level in levels else ""
        photo = str(office.book.files.folder / person.photo) if person.photo and may_see(office) else ""
        unit = unit_names.get(each.unit or person.unit, "")
        drawn = card_of(each, person, unit, (role, level), issuer, photo=photo)
        drawn = replace(drawn, modes=_modes(office, design, on))
        made.append(_sealed(drawn, chosen.code(each, issuer.name), again=each in chosen.again))

    def leave_out(ids: Collection[str]) -> Job:
        rest = [each.person for each in chosen.records if each.id not in ids]
        return card_job(office, rest, on, given, template)

    return Job(design, made, chosen.records, chosen.again, leave_out=leave_out)


def printed_alike(office: Office, job: Job) -> Job:
    """The job for sheets that a printer spoilt: each as it was printed last, without a mark that it had not then.

    Raises:
        InputError: for one that was never printed.
    """
    made = []
    for certificate, record in zip(job.certificates, job.records, strict=True):
        last = decisions.last_print(office, record)
        if last is None:
            raise InputError(
                t("The certificate of {name} was never printed", name=certificate.fields["name"]),
                do=t("print it without --spoilt"),
            )
        mark = tr_("RE-ISSUED") if last.reissue else ""
        made.append(replace(certificate, fields={**certificate.fields, "reissue": mark}))
    return replace(job, certificates=made, leave_out=lambda ids: printed_alike(office, job.without(ids)))


ISSUED = ("issuer", "issuer_above", "place", "signer_mode", "signer_body", "signer_title", "signer_name")
"""What may be given of who issues and signs a certificate of a class, or a card."""


def issued_parts(usual: issuing.Issued, given: Mapping[str, str]) -> dict[str, str]:
    """The parts of `ISSUED`: those given, else as usual; who is named as issuer or signer stands alone."""
    told = {part: given.get(part, "").strip() for part in ISSUED}
    head = {"issuer": usual.name, "issuer_above": usual.above, "place": usual.place}
    if told["issuer"]:
        head = {**head, "issuer_above": ""}
    signed = any(told[part] for part in ISSUED[3:])
    signers = {} if signed or told["issuer"] else usual.signer_fields()
    return {part: told[part] or head.get(part, "") or signers.get(part, "") for part in ISSUED}


def _issuer(office: Office, usual: issuing.Issued, given: Mapping[str, str], on: date) -> Issuer:
    """Who issues and signs. Raises InputError when nobody signs: then nothing is printed."""
    from exports.certificates.fields import Issuer  # noqa: PLC0415  # ReportLab is heavy

    parts = issued_parts(usual, given)
    if not parts["signer_name"]:
        raise InputError(
            t("Nobody is named who signs"),
            do=t("name who signs with --signer-name and --signer-title, or in Settings, or by “config set”"),
        )
    signer = {part: parts[part] for part in ISSUED[3:]}
    return Issuer(
        name=parts["issuer"],
        above=parts["issuer_above"],
        place=parts["place"],
        day=on,
        zeros=office.settings.styles.on("party", on).zeros,
        **signer,
    )


def _modes(office: Office, design: Template, day: date) -> Sequence[str] | None:
    """How papers of a template's form are signed on a day; None where it has none."""
    return office.settings.papers.forms[design.form].modes.on(day).value if design.form != "none" else None


def print_job(  # whose, what and how, and four that are told or asked on the way
    office: Office,
    job: Job,
    way: Way,
    *,
    note: Callable[[Sequence[str]], object],
    preparing: Callable[[int, int], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
    restricted: bool = False,
) -> BatchReport:
    """Print a job; every certificate is settled before the first page is drawn.

    Args:
        office: whose fonts, images and blanks are used.
        job: what is printed.
        way: how and where to.
        note: told the SHA-256 of each file before it gets its name: enters the printing in the book.
        preparing: told fonts cut and fonts in all.
        progress: told certificates done and certificates in all.
        stop: asked before every certificate; a stopped printing leaves nothing.
        restricted: whether people whose data is restricted are printed as well.

    Raises:
        FaultyCertificatesError: for those of several that lack a field or a letter, or do not fit.
        InputError: for a single one, and for the file.
        RefusedError: when it was stopped, or the data of somebody is restricted.
    """
    _judge_people(office, job, str(way.place), restricted=restricted)
    from exports.certificates.batch import Placing, print_batch  # noqa: PLC0415  # ReportLab is heavy
    from exports.certificates.separate import print_separately  # noqa: PLC0415

    design = for_print_shop(office, job.template) if way.bleed else job.template
    with _signing(job, way, design) as sign, _said_where_noted(note) as noting:
        placing = Placing(seal=sign, note=noting)
        told = {**_ground(office, job, way, preparing), "placing": placing, "progress": progress, "stop": stop}
        if way.separate:
            return print_separately(design, job.certificates, way.place, **told)[0]
        return print_batch(design, job.certificates, way.place, overwrite=way.overwrite, **told)


@contextmanager
def _said_where_noted(note: Callable[[Sequence[str]], object]) -> Iterator[Callable[[Sequence[str]], object]]:
    """The noting, of which a failure behind it tells: the book has then as printed what has no place."""
    noted: list[str] = []

    def noting(digests: Sequence[str]) -> None:
        note(digests)
        noted.extend(digests)

    try:
        yield noting
    except InputError as error:
        if noted:
            error.do = t("the book has them as printed by now: print them again as spoilt")
        raise


def _judge_people(office: Office, job: Job, door: str, *, restricted: bool) -> None:
    if not restricted:
        judge_unrestricted(office, [each.person for each in job.records if each.person], date.max)
    note_photos(office, job, door)


def note_photos(office: Office, job: Job, door: str) -> None:
    """Note that photos are on cards. Raises RefusedError for who may not see them: no card goes without its photo."""
    holders = [each.person for each in job.records if isinstance(each, Appointment)]
    pictured = [each for each in dict.fromkeys(holders) if office.person(each).photo]
    office.book.access.look(pictured, ("photo",), door)


def for_print_shop(office: Office, design: Template) -> Template:
    """A design as the office's print shop wants it: paper beyond the cut, and marks to cut by."""
    shop = office.settings.office.print_shop
    return structs.replace(design, bleed=design.bleed or shop.bleed, crop=design.crop or (_CROP if shop.marks else 0.0))


@contextmanager
def _signing(job: Job, way: Way, design: Template) -> Iterator[Callable[[Path], None] | None]:
    """What signs each file, tried before anything is printed; None where nothing is to be signed. Raises InputError."""
    from exports.certificates.proof.signing import open_signer, sign_file  # noqa: PLC0415  # heavy

    if way.sign_with is None:
        yield None
        return
    if len(job.certificates) > 1 and not way.separate:
        raise InputError(
            t("A digital signature is for one person, and {n} certificates go into one file", n=len(job.certificates)),
            do=t("print each into a file of its own with --folder, or sign one at a time"),
        )
    with open_signer(way.sign_with) as signer:
        yield lambda part: sign_file(part, signer, design)


def _ground(office: Office, job: Job, way: Way, preparing: Callable[[int, int], None] | None) -> dict[str, Any]:
    """The means and the blank of a job. Raises FaultyCertificatesError for those of several that cannot be printed."""
    from exports.certificates.batch import find_problems  # noqa: PLC0415  # ReportLab is heavy
    from exports.certificates.template import office_means  # noqa: PLC0415

    blank = blank_of(office, way.blank, job.template.id) if way.blank else None
    means = replace(office_means(_own(office)), preparing=preparing)
    problems = find_problems(job.template, job.certificates, means=means, blank=blank)
    if problems and len(job.certificates) > 1:
        raise FaultyCertificatesError(problems, len(job.certificates) - len(problems))
    return {"means": means, "blank": blank}


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


def _sealed(made: Certificate, codes: tuple[str, str], *, again: bool) -> Certificate:
    """The certificate with its code and its short code, marked where it was printed before."""
    code, short = codes
    told = {"code": code, "short_code": short, "reissue": tr_("RE-ISSUED") if again else ""}
    return replace(made, fields={**made.fields, **told})


def as_specimen(made: Certificate) -> Certificate:
    """The certificate with codes that prove nothing: for a picture of it, of which no line stands in the book."""
    if not made.fields.get("code"):
        return made
    return replace(made, fields={**made.fields, "code": specimen(made.fields["code"]), "short_code": SPECIMEN})


def _templates(office: Office) -> Templates:
    from exports.certificates.template import Templates  # noqa: PLC0415  # YAML and ReportLab are heavy

    return Templates(_own(office))


def _own(office: Office) -> Path:
    """Where the office's own templates, fonts and images lie."""
    return office.book.settings.folder
