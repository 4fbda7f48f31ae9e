"""Texts of the rules that nobody has looked at for too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from config.settings.looking import unreviewed, unreviewed_words
from config.text import Text
from records.services.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class UncheckedText:
    """A standard, a title or a score table whose text nobody has checked for so many whole months.

    Attributes:
        text: that, in a sentence.
        about: its file among the settings, such as `standards/reporter`.
    """

    text: Text
    months: int
    about: str


def unchecked_texts(office: Office, today: date) -> list[UncheckedText]:
    """The texts that `review_months` of `practice.yaml` asks to look at again, the longest unchecked first."""
    found = [
        UncheckedText(text=unreviewed_words(office.settings, place, months), months=months, about=place)
        for place, months in unreviewed(office.settings, today)
    ]
    return sorted(found, key=lambda each: (-each.months, each.about))
