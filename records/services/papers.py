"""Papers that were issued: kept as they went out, and found again by what they are of."""

from __future__ import annotations

from msgspec.structs import replace

from records.domain.papers import IssuedPaper
from records.services.office import Office

ISSUED = "paper.issue"


def issued(office: Office, kind: str, about: str) -> IssuedPaper | None:
    """The paper of this kind that was issued, or None."""
    found = [each for each in office.book.table(IssuedPaper).where(about=about) if each.kind == kind]
    return found[-1] if found else None


def issue(office: Office, paper: IssuedPaper) -> IssuedPaper:
    """Keep a paper as issued (`id` empty), in place of one that was before. One change."""
    before = issued(office, paper.kind, paper.about)
    with office.book.change(ISSUED, about=paper.number or paper.kind) as change:
        return change.put(replace(paper, id=before.id if before else change.new_id(IssuedPaper)), was=before)
