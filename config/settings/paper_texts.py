"""Typed shapes of `papers/*.yaml`: what a kind of paper says, on each side, by its own day."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from config.settings.dated import Dated, Words
from config.settings.shapes import Shape

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
    title: Words
    sign: str = ""
    needs: tuple[str, ...] = ()
    party: Dated[PaperText] | None = None
    state: Dated[PaperText] | None = None
