"""Years of the book in words: open, closed, opened again."""

from __future__ import annotations

from config.text import Text, t
from records.services.book.closing import Year


def state_words(year: Year) -> Text:
    """How a year stands."""
    mark = year.mark
    if mark is None:
        return t("open")
    if not mark.closed:
        return t("opened again on {day}: {why}", day=mark.day, why=mark.why)
    words = t("closed on {day} by {who}", day=mark.day, who=mark.by)
    if mark.open:
        words = t("{words}; {n} matters were left open", words=words, n=mark.open)
    if year.corrections:
        words = t("{words}; {n} changes by decision of correction", words=words, n=len(year.corrections))
    return words
