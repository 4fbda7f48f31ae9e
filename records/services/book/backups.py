"""Whether the book is whole, and the small print by which a paper is held against it."""

from __future__ import annotations

from config.errors import BookError
from config.reasons import system_reason
from config.text import Text, t
from records.services.certificates.keys import key_problems
from records.services.office import Office
from records.store.contract import WHOLE, Report, Store


def verify(book: Store, mark: str = "", *, deep: bool = False) -> Report:
    """Read everything the book keeps, and hold the mark of a paper against it; `deep` rebuilds every record as well.

    Raises:
        BookError: when a file of the book cannot be read.
    """
    try:
        report = book.verify(mark, deep=deep)
    except OSError as error:
        raise BookError(
            t("The book cannot be read: {reason}", reason=system_reason(error)),
            where=str(error.filename or book.path),
            do=t("ask who may read this folder, or restore a backup"),
        ) from None
    wrong = key_problems(book)
    if not wrong:
        return report
    lines = [each for each in report.lines if each != WHOLE]
    return Report(whole=False, lines=(*lines, *(each.what for each in wrong)), problems=(*report.problems, *wrong))


def mark(office: Office) -> Text:
    """Small print for what leaves the office: by it a paper and the book can be held against each other."""
    seq, digest = office.book.head()
    return t("Book {office}, change {seq}, {digest}", office=office.book.office, seq=seq, digest=digest[:16])
