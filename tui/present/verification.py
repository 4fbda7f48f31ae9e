"""What a paper is worth: the verdicts on its codes, with their reasons and the words that were signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from config.errors import AppError, InputError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import Text, t
from exports.certificates import jobs
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Issue
from records.services.awards.decisions import last_print
from records.services.certificates.codes import MARK, rest_of
from records.services.certificates.keys import fingerprint, public_key
from records.services.certificates.sealed import Sealed, Verdict
from records.services.certificates.seals import check_alone, check_code, is_code
from records.services.certificates.short_codes import check_short, read_short, short_of
from records.services.certificates.signed_lists import SignedList
from records.services.office import Office

if TYPE_CHECKING:
    from exports.certificates.proof.reading import PageRead
    from exports.certificates.template import Templates

_FEW = 5  # names that are told of what was not read
STATES = {
    "genuine": t("GENUINE"),
    "revoked": t("REVOKED"),
    "replaced": t("REPLACED"),
    "altered": t("ALTERED"),
    "unknown": t("UNKNOWN"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """By what papers are judged.

    Attributes:
        on: the day asked about.
        office: with its book; None where only a key is at hand.
        key: the public key in a file; only without a book.
        listed: a signed list of certificates.
        revocations: a signed list of those no longer in force.
        trusted: file or folder with the certificates of authorities that vouch for digital signatures.
    """

    on: date
    office: Office | None = None
    key: Any = None
    listed: SignedList | None = None
    revocations: SignedList | None = None
    trusted: Path | None = None

    @property
    def authorities(self) -> Path | None:
        """What was named, or what the settings of the office name."""
        kept = self.office.settings.office.authorities if self.office else ""
        return self.trusted or (typed_path(kept) if kept else None)

    def code(self, code: str) -> Verdict:
        """The verdict on a signed code."""
        verdict = check_code(self.office, code, on=self.on) if self.office else check_alone(code, self.key)
        return self._by_lists(verdict)

    def short(self, short: str) -> Verdict:
        """The verdict on a short code."""
        if self.office is not None:
            return check_short(self.office, short, on=self.on)
        if self.listed is None:
            reason = t("A short code carries no words: the book answers it, or a signed list given with --list")
            return Verdict("unknown", reason)
        found = self.listed.rows.get(short)
        if found is None:
            reason = t(
                "It does not stand in the list of {issuer} of {day}", issuer=self.listed.issuer, day=self.listed.made
            )
            return Verdict("unknown", reason)
        return self._withdrawn(short, found)

    def _by_lists(self, verdict: Verdict) -> Verdict:
        """A verdict on a code, and what the signed lists say besides."""
        if verdict.state != "genuine" or verdict.signed is None or not (self.listed or self.revocations):
            return verdict
        key = public_key(self.office) if self.office else self.key
        short = short_of(bytes.fromhex(fingerprint(key)), verdict.signed)
        row = self.listed.rows.get(short) if self.listed else None
        if row is not None and verdict.signed.bears(row.citation):
            verdict = replace(verdict, citation=row.citation)
        if row is not None and row.state != "genuine":
            return verdict.but(row.state, row.reason)
        return self._withdrawn(short, verdict)

    def _withdrawn(self, short: str, verdict: Verdict) -> Verdict:
        row = self.revocations.rows.get(short) if self.revocations else None
        return verdict if row is None else verdict.but(row.state, row.reason)


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict, and where: the page from 1, or 0 for a code by itself; the file, where a whole folder was read."""

    page: int
    verdict: Verdict
    file: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in papers.

    Attributes:
        signatures: file, and what is said of a digital signature on it.
        sound: whether no digital signature is broken.
        skipped: what lies in the folder and is no paper.
    """

    found: Sequence[Found]
    signatures: Sequence[tuple[str, Text]] = field(default=())
    sound: bool = True
    skipped: Sequence[str] = field(default=())

    @property
    def genuine(self) -> bool:
        """Whether there is nothing to doubt."""
        return self.sound and bool(self.found) and all(each.verdict.state == "genuine" for each in self.found)


def lines_of(answer: Answer) -> list[str]:
    """An answer, line for line."""
    lines = []
    for each in answer.found:
        verdict = each.verdict
        place = tr_("page {n}", n=each.page) if each.page else ""
        place = ", ".join(filter(None, (each.file, place)))
        lines.append(f"{place}{': ' if place else ''}{tr(STATES[verdict.state])}: {tr(verdict.reason)}")
        number = tr_("number {number}", number=verdict.number) if verdict.number else ""
        issuer = tr_("issued by {issuer}", issuer=verdict.issuer) if verdict.issuer else ""
        citation = f"“{verdict.citation}”" if verdict.citation else ""
        if words := " · ".join(filter(None, (verdict.name, number, issuer, citation))):
            lines.append(f"    {words}")
    lines += [f"{file}{': ' if file else ''}{tr(said)}" for file, said in answer.signatures]
    if answer.skipped:
        names = ", ".join(answer.skipped[:_FEW]) + (f" … ({len(answer.skipped)})" if len(answer.skipped) > _FEW else "")
        lines.append(tr_("Not read, for it is neither a PDF nor a picture: {names}", names=names))
    return lines


def verify(
    ground: Ground,
    what: str,
    *,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Answer:
    """The verdicts on a code, a short code, every page of a file, or every paper in a folder.

    A file of a folder that cannot be read has its row and does not stop the others.

    Args:
        ground: by what they are judged.
        what: as it was typed.
        progress: told papers read and papers in all.
        stop: asked before every paper; what was read so far is told.

    Raises:
        InputError: when the only file, or a key, cannot be read, or a short code is mistyped.
    """
    if (verdict := _of_typed(ground, what)) is not None:
        return Answer([Found(0, verdict)])
    from exports.certificates.proof.reading import papers_in  # noqa: PLC0415  # heavy

    path = typed_path(what)
    papers, skipped = papers_in(path)
    read = _of_papers(ground, papers, folder=path.is_dir(), stop=stop)
    answers = []
    for number, answer in enumerate(read, 1):
        answers.append(answer)
        if progress is not None:
            progress(number, len(papers))
    return Answer(
        [found for each in answers for found in each.found],
        [said for each in answers for said in each.signatures],
        all(each.sound for each in answers),
        skipped,
    )


def _of_typed(ground: Ground, what: str) -> Verdict | None:
    """The verdict on a code or a short code, or None for the name of a file. Raises InputError for one mistyped."""
    typed = what.strip()
    if is_code(typed):
        return ground.code("".join(typed.split()) if typed.startswith(f"{MARK}|") else typed)
    if not typed_path(what).exists() and (short := read_short(typed)):
        return ground.short(short)
    return None


def _of_papers(
    ground: Ground, papers: Sequence[Path], *, folder: bool, stop: Callable[[], bool] | None
) -> Iterator[Answer]:
    """The answer on each paper, until it is stopped. Raises InputError for one that is not in a folder of them."""
    from exports.certificates.template import Templates  # noqa: PLC0415  # heavy

    templates = Templates(ground.office.book.settings.folder) if ground.office else None
    for paper in papers:
        if stop is not None and stop():
            return
        name = paper.name if folder else ""
        try:
            found = [replace(each, file=name) for each in _of_file(ground, paper, templates)]
            said, sound = _signatures(paper, ground.authorities)
        except InputError as error:
            if not folder:
                raise
            yield Answer([Found(0, Verdict("unknown", error.what), name)])
            continue
        yield Answer(found, [(name, each) for each in said], sound)


def _signatures(path: Path, trusted: Path | None) -> tuple[list[Text], bool]:
    """What is to be said of the digital signatures on a file, and whether none is broken."""
    from exports.certificates.proof.signatures import signatures_on  # noqa: PLC0415  # heavy

    said = signatures_on(path, trusted)
    return [each.told for each in said], all(each.whole for each in said)


def _of_file(ground: Ground, path: Path, templates: Templates | None) -> list[Found]:
    from exports.certificates.proof.reading import file_digest, read_pages  # noqa: PLC0415  # heavy

    found: list[Found] = []
    pages = read_pages(path)
    printed = ground.office is not None and _printed_here(ground.office, file_digest(path))
    for number, page in enumerate(pages, 1):
        on_page = _with_shorts(ground, page, [ground.code(code) for code in page.codes])
        sheet = replace(page, text=" ".join(each.text for each in pages[max(0, number - 2) : number + 1]))
        if len(set(page.codes)) < len(page.codes):
            reason = t("The same code stands on this page more than once")
            judged = [each.but("altered", reason) for each in on_page]
        elif not page.text:
            judged = [_by_eye(each) for each in on_page]
        elif ground.office is None:
            judged = [_read_alone(each, (page, sheet)) for each in on_page]
        else:
            judged = _read_against(ground.office, on_page, (page, sheet), templates)
            judged = judged if printed else [_of_another_file(each) for each in judged]
        found += [Found(number, each) for each in judged]
    if found:
        return found if printed else _with_bare_pages(found, len(pages), ground.office, templates)
    reason = t("No code stands in this file")
    if any(each.foreign for each in pages):
        reason = t("The code on it is of another system; no code of a certificate from this program stands on it")
    if printed:
        reason = t("No code stands in it, but it was printed here")
    return [Found(0, Verdict("genuine" if printed else "unknown", reason))]


def _with_bare_pages(
    found: Sequence[Found], pages: int, office: Office | None, templates: Templates | None
) -> list[Found]:
    """The verdicts, and one on each page without a code that is not the other side of a page with one."""
    coded = {each.page for each in found}
    sides = set()
    for each in found:
        verdict = each.verdict
        if isinstance(verdict.record, Appointment) or (verdict.signed and verdict.signed.kind == "appointment"):
            sides.add(each.page - 1)  # the code of a card is on its back
        elif office is not None and verdict.record is not None and _has_back(office, verdict.record, templates):
            sides.add(each.page + 1)
    reason = t("No code stands on this page")
    bare = [Found(page, Verdict("unknown", reason)) for page in range(1, pages + 1) if page not in coded | sides]
    return sorted([*found, *bare], key=lambda each: each.page)


def _has_back(office: Office, record: Sealed, templates: Templates | None) -> bool:
    """Whether the template on which it was printed last has a second side."""
    last = last_print(office, record)
    if last is None or templates is None:
        return False
    try:
        template = templates.named(last.template)
    except AppError:  # it was the office's own, and is gone
        return False
    return bool(template.back or template.back_ornament)


def _with_shorts(ground: Ground, page: PageRead, verdicts: list[Verdict]) -> list[Verdict]:
    """The verdicts, unless a short code on the page is not that of a code beside it."""
    signed = [each.signed for each in verdicts if each.signed is not None]
    if not page.shorts or len(signed) < len(verdicts) or not signed:
        return verdicts
    mark = bytes.fromhex(fingerprint(public_key(ground.office) if ground.office else ground.key))
    foreign = sorted(set(page.shorts) - {short_of(mark, each) for each in signed})
    if not foreign:
        return verdicts
    reason = t("The short code {code} on the page does not belong to the code that was signed", code=foreign[0])
    return [each.but("altered", reason) for each in verdicts]


def _printed_here(office: Office, digest: str) -> bool:
    return any(each.sha256 == digest for each in office.book.table(Issue))


def _by_eye(verdict: Verdict) -> Verdict:
    """A verdict on the code of a picture, whose words only eyes can read."""
    if verdict.state != "genuine":
        return verdict
    reason = t(
        "{reason}. A picture’s words cannot be compared: see that the paper says what stands here",
        reason=verdict.reason,
    )
    return verdict.but("genuine", reason)


def _of_another_file(verdict: Verdict) -> Verdict:
    """A verdict on a page whose words are right, in a file that is not the one printed: what is seen may be other."""
    if verdict.state != "genuine":
        return verdict
    reason = t(
        "{reason}. The words of the file are those signed, but it is not the very file printed here: see that the page"
        " shows what stands here",
        reason=verdict.reason,
    )
    return verdict.but("genuine", reason)


def _read_alone(verdict: Verdict, paper: tuple[PageRead, PageRead]) -> Verdict:
    """A verdict by a key alone, unless the words of the page are not those that were signed."""
    signed = verdict.signed
    if signed is None:
        reason = t("The code is signed by this key; whether the words on the page are those signed, only the book says")
        return verdict.but("unknown", reason) if verdict.state == "genuine" else verdict
    from exports.certificates.proof.checking import missing_from, words_where  # noqa: PLC0415  # heavy

    page = paper[0] if signed.kind == "award" else paper[1]
    said = (signed.name, signed.number, signed.register if signed.kind == "award" else "")
    if missing := missing_from(page, filter(None, said)):
        return verdict.but("altered", t("“{text}” was signed and does not stand on the page", text=missing[0]))
    if signed.kind == "appointment":
        return verdict
    citation = words_where(page, signed.bears) if signed.digest else ""
    if not citation and not signed.bears(""):
        return verdict.but("altered", t("The citation that was signed does not stand on the page"))
    named = signed.kind == "award" and signed.rest != rest_of([""])
    if named and not words_where(page, lambda words: rest_of([words]) == signed.rest):
        return verdict.but("altered", t("The unit that was signed does not stand on the page"))
    return replace(verdict, citation=citation)


def _read_against(
    office: Office, verdicts: Sequence[Verdict], paper: tuple[PageRead, PageRead], templates: Templates | None
) -> list[Verdict]:
    """The verdicts on the codes of a page, unless its words are not those that were signed.

    Args:
        office: the open book.
        verdicts: on the codes, in order.
        paper: the page, and the same with the words of the pages before and after: a card has two sides.
        templates: of the office, as read so far.
    """
    page, sheet = paper
    from exports.certificates.proof.checking import missing_from  # noqa: PLC0415  # heavy

    known = [each for each in verdicts if each.record is not None and each.state in ("genuine", "revoked", "replaced")]
    foreign = _foreign_words(office, known, page, templates)
    judged = []
    for each in verdicts:
        words_of = page if isinstance(each.record, Award) else sheet
        missing = missing_from(words_of, each.said) if each in known else []
        if missing:
            judged.append(each.but("altered", t("“{text}” was signed and does not stand on the page", text=missing[0])))
        elif each in known and isinstance(foreign, list) and foreign:
            text = " ".join(foreign)
            judged.append(each.but("altered", t("“{text}” stands on the page and was not printed here", text=text)))
        elif each.state == "genuine" and isinstance(foreign, Text):
            judged.append(each.but("unknown", foreign))
        else:
            judged.append(each)
    return judged


def _foreign_words(
    office: Office, known: Sequence[Verdict], page: PageRead, templates: Templates | None
) -> list[str] | Text:
    """The words that no certificate of the page prints, or why that cannot be said; cards print words of many."""
    from exports.certificates.proof.checking import foreign_words  # noqa: PLC0415  # heavy
    from exports.certificates.template import office_means  # noqa: PLC0415

    found: list[str] | None = None
    for each in known:
        if not isinstance(each.record, Award):
            return []
        issue = max(office.book.table(Issue).where(award=each.record.id), key=lambda one: one.id, default=None)
        award = msgspec.structs.replace(each.record, revoked=None)
        try:
            name = issue.template if issue else ""
            job = jobs.award_job(office, [award], name, sealed=False, templates=templates)
            words = foreign_words(page, job.template, job.certificates[0], office_means(office.book.settings.folder))
        except AppError as error:
            return t("The words of the page cannot be compared: {what}", what=error.what)
        found = words if found is None else [word for word in found if word in words]
    return found or []
