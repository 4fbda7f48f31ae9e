"""What a code or a file is worth: the verdicts on certificates, with their reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from config.errors import AppError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import Text, t
from exports.certificates import jobs
from records.domain.awards.awards import Award, Issue
from records.services.certificates.seals import MARK, Verdict, check_code
from records.services.office import Office

if TYPE_CHECKING:
    from exports.certificates.template import Templates

STATES = {
    "genuine": t("GENUINE"),
    "revoked": t("REVOKED"),
    "unknown": t("UNKNOWN"),
    "altered": t("ALTERED"),
}


def told(page: int, verdict: Verdict) -> str:
    """A verdict as one line; page 0 is a code by itself."""
    named = " · ".join(_named(verdict).values())
    place = tr_("page {n}", n=page) + ": " if page else ""
    return f"{place}{tr(STATES[verdict.state])}: {tr(verdict.reason)}{' · ' if named else ''}{named}"


def verdicts(office: Office, what: str, *, on: date, public: Path | None = None) -> list[tuple[int, Verdict]]:
    """The verdicts on a code, or on every page of a file (pages count from 1).

    Raises:
        InputError: when the file or the key cannot be read.
    """
    if what.strip().startswith(f"{MARK}|"):
        return [(0, check_code(office, what, on=on, public=public))]
    from exports.certificates.checking import file_digest, read_pages  # noqa: PLC0415  # heavy
    from exports.certificates.template import Templates  # noqa: PLC0415

    path = typed_path(what)
    found: list[tuple[int, Verdict]] = []
    pages = read_pages(path)
    templates = Templates(office.book.settings.folder)
    for number, page in enumerate(pages, 1):
        on_page = [check_code(office, code, on=on, public=public) for code in page.codes]
        sheet = replace(page, text=" ".join(each.text for each in pages[max(0, number - 2) : number + 1]))
        judged = _read_against(office, on_page, (page, sheet), templates, alone=public is not None)
        found += [(number, each) for each in judged]
    if not found:
        digest = file_digest(path)
        known = any(each.sha256 == digest for each in office.book.table(Issue))
        reason = t("No code stands in this file") if not known else t("No code stands in it, but it was printed here")
        found.append((0, Verdict("genuine" if known else "unknown", reason)))
    return found


def _read_against(
    office: Office, verdicts: list[Verdict], paper: tuple[Any, Any], templates: Templates, *, alone: bool
) -> list[Verdict]:
    """The verdicts on the codes of a page, unless its words are not those that were signed.

    Args:
        office: the open book.
        verdicts: on the codes, in order.
        paper: the page, and the same with the words of the pages before and after: a card has two sides.
        templates: of the office, as read so far.
        alone: only a key is at hand, and no book that tells what was signed.
    """
    page, sheet = paper
    from exports.certificates.checking import missing_from  # noqa: PLC0415  # heavy

    if len(set(page.codes)) < len(page.codes):
        return [_altered(t("The same code stands on this page more than once"), each) for each in verdicts]
    if alone:
        reason = t("The code is signed by this key; whether the words on the page are those signed, only the book says")
        return [Verdict("unknown", reason) if each.state == "genuine" else each for each in verdicts]
    known = [each for each in verdicts if each.record is not None and each.state in ("genuine", "revoked")]
    foreign = _foreign_words(office, known, page, templates)
    judged = []
    for each in verdicts:
        words_of = page if isinstance(each.record, Award) else sheet
        missing = missing_from(words_of, each.said) if each in known else []
        if missing:
            judged.append(_altered(t("“{text}” was signed and does not stand on the page", text=missing[0]), each))
        elif each in known and isinstance(foreign, list) and foreign:
            text = " ".join(foreign)
            judged.append(_altered(t("“{text}” stands on the page and was not printed here", text=text), each))
        elif each.state == "genuine" and isinstance(foreign, Text):
            judged.append(Verdict("unknown", foreign, each.record, each.said))
        else:
            judged.append(each)
    return judged


def _foreign_words(office: Office, known: list[Verdict], page: Any, templates: Templates) -> list[str] | Text:
    """The words that no certificate of the page prints, or why that cannot be said; cards print words of many."""
    from exports.certificates.checking import foreign_words  # noqa: PLC0415  # heavy
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


def _altered(reason: Text, verdict: Verdict) -> Verdict:
    return Verdict("altered", reason, verdict.record, verdict.said)


def _named(verdict: Verdict) -> dict[str, str]:
    """Whose certificate it is, for the answer."""
    if verdict.record is None or not verdict.said:
        return {}
    return {"name": verdict.said[0], "id": verdict.record.id}
