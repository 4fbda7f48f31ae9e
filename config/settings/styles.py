"""Typed shapes of `styles.yaml`: how papers of the Party and of the State look and are worded, by their own day.

Lengths are millimetres, sizes and leadings points.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from config.errors import ConfigError
from config.settings.dated import Dated
from config.settings.dated import Words as Labels
from config.settings.shapes import Shape
from config.text import Text as Words
from config.text import t

PaperSide = Literal["party", "state"]
Length = Annotated[float, Meta(ge=0, le=200)]
Size = Annotated[float, Meta(ge=5, le=72)]


class Margins(Shape, frozen=True):
    """Margins of a page of A4."""

    top: Length
    bottom: Length
    left: Length
    right: Length


class Body(Shape, frozen=True):
    """Running text: size, distance of lines, and how far the first line of a paragraph is set in."""

    size: Size
    leading: Size
    first_line: Length


class HeadWords(Shape, frozen=True):
    """One line of set words at the right of the head; `rule` is ruled below, as a part of its length (0: none)."""

    words: str
    size: Size
    bold: bool = True
    rule: Annotated[float, Meta(ge=0, le=1)] = 0


class Head(Shape, frozen=True):
    """The head: at the left the body above, who issues, a mark and the number; at the right set words and the day.

    Attributes:
        above_size, issuer_size, number_size, day_size: of these lines.
        issuer_rule: ruled under who issues, as a part of its length; 0: none.
        mark: set below who issues; empty: none.
        number: how the number is said, with `{number}`.
    """

    above_size: Size
    issuer_size: Size
    number_size: Size
    day_size: Size
    number: str
    right: tuple[HeadWords, ...]
    issuer_rule: Annotated[float, Meta(ge=0, le=1)] = 0
    mark: str = ""


class Title(Shape, frozen=True):
    """Kind of paper and what it is about; below them a line or dashes."""

    kind_size: Size
    about_size: Size
    under: Literal["line", "dashes"]


class Zeros(Shape, frozen=True):
    """Days and months below these take a zero in a date in words; 0 and 1: none does."""

    days_below: Annotated[int, Meta(ge=0, le=10)]
    months_below: Annotated[int, Meta(ge=0, le=10)]


class Signature(Shape, frozen=True):
    """Whether the office held stands in bold below what gives the power to sign, and the height left to sign in."""

    office_bold: bool
    room: Length


class MinutesSigners(Shape, frozen=True):
    """Who signs minutes: at the left who wrote them, at the right who was in the chair."""

    recorder: str
    chair: str


class RecipientsStyle(Shape, frozen=True):
    """How recipients are headed, and what the first line says of a letter or submission whose addressee stands above.

    `kept` begins the last line, which says where the paper is kept.
    """

    words: str
    size: Size
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    as_above: str = ""
    kept: str = ""


class Addressed(Shape, frozen=True):
    """Words before whom a submission (`tờ trình`) and a letter (`công văn`) are sent to."""

    submission: str
    letter: str


class Text(Shape, frozen=True):
    """What each ground (`Căn cứ …`) begins with, and what the text of a paper ends with."""

    ground: str
    ending: str


class Numbering(Shape, frozen=True):
    """Numbers run from 1 per kind of paper, in each term of the committee or each year; below `zero_below` with 0."""

    within: Literal["term", "year"]
    zero_below: Annotated[int, Meta(ge=0, le=10)]


class Style(Shape, frozen=True):
    """The style of one side on one day; `PageStyle` says of each part what it rests on."""

    margins: Margins
    margins_wide: Margins
    body: Body
    head: Head
    title: Title
    zeros: Zeros
    signature: Signature
    minutes: MinutesSigners
    recipients: RecipientsStyle
    addressed: Addressed
    text: Text
    numbering: Numbering
    signs: dict[str, str]


class PageStyle(Shape, frozen=True):
    """The style of one side by date.

    Attributes:
        margins_wide: of a page on its side.
        signs: kind of paper (`decision`, `submission` …) -> its sign in a number, such as `QĐ`.
    """

    margins: Dated[Margins]
    margins_wide: Dated[Margins]
    body: Dated[Body]
    head: Dated[Head]
    title: Dated[Title]
    zeros: Dated[Zeros]
    signature: Dated[Signature]
    minutes: Dated[MinutesSigners]
    recipients: Dated[RecipientsStyle]
    addressed: Dated[Addressed]
    text: Dated[Text]
    numbering: Dated[Numbering]
    signs: Dated[dict[str, str]]


class Styles(Shape, frozen=True):
    """`styles.yaml`."""

    sides: dict[PaperSide, PageStyle]

    def on(self, form: str, day: date) -> Style:
        """The style of a paper of `day`; the office's own papers take the form of the Party.

        Raises:
            ConfigError: before the first day of a value.
        """
        told = self.sides["state" if form == "state" else "party"]
        parts: dict[str, Any] = {name: getattr(told, name).on(day).value for name in Style.__struct_fields__}
        return Style(**parts)

    def problems(self) -> Iterator[ConfigError]:
        """Sides that are missing, and values that say nothing: a paper cannot do without them."""
        for side in ("party", "state"):
            if side not in self.sides:
                what = t("The key “{key}” is missing", key=side)
                yield ConfigError(what, where="styles.yaml: sides", do=t("write its settings"))
                continue
            for name in Style.__struct_fields__:
                for day, held in getattr(self.sides[side], name).values.items():
                    if (wrong := _wrong(held.value)) is not None:
                        yield ConfigError(wrong[0], where=f"styles.yaml: sides.{side}.{name}.{day}", do=wrong[1])


def _wrong(value: Any) -> tuple[Words, Words] | None:
    """What is wrong with a value, and what to do; None: nothing."""
    if value is None:
        return t("A paper cannot do without this value"), t("write a value with its source")
    if isinstance(value, Head) and value.number.count("{number}") != 1:
        what = t("“{value}” does not say where the number stands", value=value.number)
        return what, t("write {word} in it once", word="{number}")
    return None


Line = Annotated[str, Meta(min_length=1)]


class PaperText(Shape, frozen=True):
    """The words of one kind on one side.

    A line names fields in braces. One with a field that is not known is missing and the paper is refused, unless the
    field is marked: then the line is left out (`{topic?}`), or stands without it (`{annexed*}`). A field with several
    values repeats its line.

    Attributes:
        name: the kind of paper in capitals; `about` the lines below.
        to: to whom it goes.
        enactor: who decides, above the grounds.
        enacts: before the articles.
        recipients: between “Như trên” and “Lưu”, which the style gives.
        ends: whether the last line of the text ends as the style says.
    """

    name: Line
    about: tuple[Line, ...] = ()
    to: tuple[Line, ...] = ()
    enactor: str = ""
    grounds: tuple[Line, ...] = ()
    opening: tuple[Line, ...] = ()
    enacts: str = ""
    articles: tuple[Line, ...] = ()
    closing: tuple[Line, ...] = ()
    recipients: tuple[Line, ...] = ()
    ends: bool = True


class PaperKind(Shape, frozen=True):
    """One kind of paper, `papers/ID.yaml`.

    Attributes:
        sign: key of its sign in `styles.yaml` (`submission`); empty: it has no number of its own.
        needs: what must be there beside the fields its words name: `signer`, `number`.
        party, state: its words; a kind that one side does not have says nothing there.
    """

    id: str
    title: Labels
    sign: str = ""
    needs: tuple[str, ...] = ()
    party: Dated[PaperText] | None = None
    state: Dated[PaperText] | None = None
