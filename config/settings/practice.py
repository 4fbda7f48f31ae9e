"""Typed shapes of what law or custom decides beside standards and titles: measures, evidence, years, papers."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from config.settings.dated import Dated, Words
from config.settings.shapes import Cited, Shape

Form = Literal["party", "state", "office"]


class Measure(Shape, frozen=True):
    """A measure of discipline.

    Attributes:
        months: after which it lapses by itself, counted from its announcement; null: it does not.
    """

    title: Words
    months: Dated[int]


class AbsenceKind(Shape, frozen=True):
    """A kind of absence from work, and whether its months count as work.

    Attributes:
        counts: `yes`, `no`, or `by_result`: where it ended with a good result.
        short_months: shorter ones count anyway; null or absent: no such limit.
    """

    title: Words
    counts: Dated[Literal["yes", "no", "by_result"]]
    short_months: Dated[int] | None = None


class Practice(Shape, frozen=True):
    """`practice.yaml`.

    Attributes:
        measures: of discipline, the lightest first; their order is the ladder.
        absences: kinds of absence, and what they count for.
        confirmations_before: confirmations of political theory count if issued before this day.
        probation_months: how long a member is usually on probation.
        probation_months_off: by how many months it may differ before the program asks to look again.
        admission_age: who joined the Party younger is asked about; absent or null: nobody is.
        achievement_year: first day of a year of achievement, as MM-DD; the year is that of its last day.
        review_months: after how many months without a look at the text a file is called unchecked.
    """

    measures: dict[Literal["reprimand", "warning", "removal", "expulsion"], Measure]
    absences: dict[Literal["maternity", "sick", "study", "injury", "unpaid"], AbsenceKind]
    confirmations_before: Dated[date]
    probation_months: Dated[int]
    probation_months_off: Dated[int]
    achievement_year: Dated[str]
    review_months: Dated[int]
    admission_age: Dated[int] | None = None


class PaperForm(Shape, frozen=True):
    """How decisions of one form are numbered and signed, by their own day.

    Attributes:
        number: as it is written, with `{n}` for the number and `{body}` for the sign of the body.
        modes: words before the body signed for; an empty one is always allowed.
        not_for_committees: modes that nobody uses for a committee, which signs as a whole.
    """

    number: Dated[str]
    modes: Dated[tuple[str, ...]]
    not_for_committees: Dated[tuple[str, ...]]

    def example(self, day: date, body: str = "") -> str:
        """A number of `day` as it is written: `12-QĐ/ĐU`."""
        written = self.number.on(day).value or "{n}"
        return written.replace("{n}", "12").replace("{body}", body).replace("{rest}", "")

    def pattern(self, day: date) -> re.Pattern[str]:
        """What a number of `day` must match."""
        written = re.escape(self.number.on(day).value or "{n}")
        return re.compile(written.replace(r"\{n\}", r"\d+").replace(r"\{body\}", r"\S+").replace(r"\{rest\}", r"\S*"))


class Papers(Shape, frozen=True):
    """`papers.yaml`.

    Attributes:
        forms: of decisions.
        committees: words with which the name of a committee begins.
        degrees: degrees, ranks and honours that never stand before the name of a signer.
    """

    forms: dict[Form, PaperForm]
    committees: Dated[tuple[str, ...]]
    degrees: Dated[tuple[str, ...]]


Kept = Literal["people", "discipline", "attendance", "duties", "answers", "exports"]
"""Kinds of records that are kept for a time: of people who left, matters of discipline over, and so on."""


class Retention(Shape, frozen=True):
    """How long records of a kind are kept.

    Attributes:
        months: counted from the day named by the kind; null: no term is set, and nothing of it is due.
    """

    title: Words
    months: Dated[int]


class Processing(Cited, frozen=True):
    """One activity of the record of processing.

    Attributes:
        title: what is done.
        purpose: what for; `basis` on what ground; `whose` of whom; `recipients` who is given it.
        fields: keys of the fields of people that it needs; empty: all.
    """

    title: Words
    purpose: Words
    basis: Words
    whose: Words
    recipients: Words
    fields: tuple[str, ...] = ()


class Privacy(Cited, frozen=True):
    """`privacy.yaml`: what the protection of personal data asks of the office.

    Attributes:
        retention: kind -> how long.
        processing: the activities, as the record of processing lists them.
        breach_hours: within how many hours the breach of personal data is reported; null: not set.
    """

    DECIDING = ("processing",)

    retention: dict[Kept, Retention]
    processing: tuple[Processing, ...]
    breach_hours: Dated[int]


RoleName = Literal["reader", "officer", "approver", "keeper"]
Right = Literal[
    "enter", "sensitive", "decide", "undo_others", "export", "export_sensitive", "settings", "privacy", "accounts"
]


class Rights(Cited, frozen=True):
    """`rights.yaml`: what each role may in a book that begins with accounts; from then on the book itself says it."""

    DECIDING = ("roles",)

    roles: dict[RoleName, tuple[Right, ...]]
