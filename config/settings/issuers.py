"""Typed shapes of who issues and signs: decisions by their form, prize and number, classes, and the office itself."""

from __future__ import annotations

from config.settings.dated import Dated
from config.settings.offices import Signer
from config.settings.practice import Form
from config.settings.shapes import Shape


class Issuer(Shape, frozen=True):
    """Who issues decisions of a form.

    Attributes:
        signs: what stands after `QĐ` in their numbers (`ĐU`, `UBND`).
        prizes: keys of the prizes it decides on; empty: any of the form.
        name: printed at the head; `above` over it, or null.
        place: before the date; the office's own when left out.
        signers: who signs, by day, the last on the right; none when left out.
    """

    form: Form
    signs: tuple[str, ...]
    name: Dated[str]
    above: Dated[str]
    prizes: tuple[str, ...] = ()
    place: Dated[str] | None = None
    signers: Dated[tuple[Signer, ...]] | None = None


class ClassIssuer(Shape, frozen=True):
    """Who issues the certificates of a class.

    Attributes:
        organisers: how the organiser of its classes is written; empty: of every class.
        number: how a number of its register is written, with `{n}` and `{year}`.
    """

    name: Dated[str]
    above: Dated[str]
    number: Dated[str]
    organisers: tuple[str, ...] = ()
    place: Dated[str] | None = None
    signers: Dated[tuple[Signer, ...]] | None = None


class Issuers(Shape, frozen=True):
    """`issuers.yaml`: who issues what, where the paper names nobody else.

    Attributes:
        issuers: of decisions. One that names the prize comes before one that names any; a state decision with another
            sign has the first of its form; all else is the office's own.
        classes: of certificates of classes; a class of another organiser is issued by that organiser.
    """

    issuers: tuple[Issuer, ...]
    classes: tuple[ClassIssuer, ...] = ()
