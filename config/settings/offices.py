"""The office that keeps a book: what it is called by date, who signs, where its papers go, how its book is kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from config.settings.dated import Dated, DatedValue, Words
from config.settings.practice import Form
from config.settings.shapes import Shape

T = TypeVar("T")
OfficeKind = Literal["party_department", "party_committee", "state_office", "union", "other"]
PaperUse = Literal["papers", "decisions", "certificates", "training"]
"""What a signer signs, or an address is for: all other papers, decisions, certificates of awards, of training."""
EmblemUse = Literal["party", "state", "office"]
"""Papers that an emblem stands on: of the Party form, of the state form, of the office's own."""
CODE_PATTERN = r"^[A-Z]{1,6}$"
ALWAYS = date(1900, 1, 1)
"""First day of a value that was always so, as far as the office says."""


class Backups(Shape, frozen=True):
    """How backups are kept.

    Attributes:
        daily: write one when the program is left, if something changed and there is none of that day.
        folder: where; beside the book when empty.
        heads: a second folder, on another disk, in which number and hash of the last change are kept; none when empty.
        days, weeks, months: the last backup of each of so many newest days, weeks and months stays.
    """

    daily: bool = True
    folder: str = ""
    heads: str = ""
    days: Annotated[int, msgspec.Meta(ge=1, le=3660)] = 7
    weeks: Annotated[int, msgspec.Meta(ge=0, le=520)] = 5
    months: Annotated[int, msgspec.Meta(ge=0, le=1200)] = 12


class Reading(Shape, frozen=True):
    """What reading a spreadsheet under 5 MB may take; a larger one may take so much more.

    Attributes:
        seconds: of processor time; three times as much by the clock.
        megabytes: of memory.
    """

    seconds: Annotated[int, msgspec.Meta(ge=1, le=3600)] = 8
    megabytes: Annotated[int, msgspec.Meta(ge=128, le=65_536)] = 1024


class Signer(Shape, frozen=True):
    """Who signs, as the block of a signature is written.

    Attributes:
        mode: words before the body, such as `T/M`; empty: signs for nobody else.
        body: signed for, such as `BAN THƯỜNG VỤ`.
        title: position, such as `TRƯỞNG BAN`.
        name: of the person, without degree or rank.
    """

    mode: str = ""
    body: str = ""
    title: str = ""
    name: str = ""


class PrintShop(Shape, frozen=True):
    """Who prints and cuts what the office does not print itself.

    Attributes:
        name: as people call it; empty: none is named.
        bleed: mm of paper that it wants beyond the cut.
        marks: whether it wants marks at the corners to cut by.
    """

    name: str = ""
    bleed: Annotated[float, msgspec.Meta(gt=0, le=20)] = 3
    marks: bool = True


class Office(Shape, frozen=True):
    """`office.yaml`: the office that keeps the book. A book without it belongs to nobody yet (`unnamed`).

    Attributes:
        code: one to six capitals that open every id of this book.
        name: of the office, by date (it changed with the mergers of 2025).
        superior: of the body printed above the office on its papers, by date.
        committee: the Party committee that recognises reporters, by date.
        place: the place written before the date of a paper; by date where it changed.
        number_suffix: what follows the number of a decision, as in `Số 12-QĐ/BTG`, by date.
        term: what the term of its committee is called, from the first day of the term, with which numbers of Party
            papers begin anew; null or left out: not known, and they run by the year.
        kind: what kind of office it is, by date where it changed.
        signers: who signs what, by date; what has no signer of its own has that of `papers`.
        addresses: the lines of “Nơi nhận” of its papers, by date; likewise.
        emblems: the picture on certificates of each form, a file beside the office's own templates.
        roles_used: the roles this office works with, in the order it asks for them; all when empty.
        print_shop: who prints and cuts certificates.
        authorities: file, or folder of files (`.pem`, `.crt`), with the certificates of the authorities that the office
            trusts to vouch for who signs digitally; none when empty.
        backups: how backups of the book are kept.
        reading: what reading a spreadsheet may take.
        trainings_since: first day from which every training and conference is in the book. When left out: of the first
            event of its kind. Who lacks one from before is not failed but unknown.
    """

    code: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{0,6}$")]
    name: Dated[str]
    superior: Dated[str]
    committee: Dated[str]
    place: str | Dated[str]
    number_suffix: Dated[str]
    kind: OfficeKind | Dated[OfficeKind] = "party_department"
    term: Dated[str] | None = None
    signers: dict[PaperUse, Dated[Signer]] = {}  # noqa: RUF012  # msgspec copies an empty one
    addresses: dict[PaperUse, Dated[tuple[str, ...]]] = {}  # noqa: RUF012  # likewise
    emblems: dict[EmblemUse, str] = {}  # noqa: RUF012  # likewise
    roles_used: tuple[str, ...] = ()
    print_shop: PrintShop = PrintShop()
    authorities: str = ""
    backups: Backups = Backups()
    reading: Reading = Reading()
    trainings_since: date | None = None

    def place_on(self, day: date) -> str:
        """The place written before the date of a paper of `day`."""
        return self.place if isinstance(self.place, str) else held_on(self.place, day) or ""

    def kind_on(self, day: date) -> OfficeKind:
        """What kind of office it is on `day`."""
        return (held_on(self.kind, day) or "other") if isinstance(self.kind, Dated) else self.kind

    def signer_on(self, use: PaperUse, day: date) -> Signer | None:
        """Who signs papers of this use on `day`; None where nobody is named."""
        return _for_use(self.signers, use, day)

    def addresses_on(self, use: PaperUse, day: date) -> tuple[str, ...]:
        """The lines of “Nơi nhận” of papers of this use on `day`."""
        return _for_use(self.addresses, use, day) or ()


class Issuer(Shape, frozen=True):
    """Who issues decisions of a form.

    Attributes:
        signs: what stands after `QĐ` in their numbers (`ĐU`, `UBND`).
        prizes: keys of the prizes it decides on; empty: any of the form.
        name: printed at the head; `above` over it, or null.
        place: before the date; the office's own when left out.
        signers: who signs, by day, the last on the right; none when left out.
        term: as of an office: first day and name of each term of the committee.
    """

    form: Form
    signs: tuple[str, ...]
    name: Dated[str]
    above: Dated[str]
    prizes: tuple[str, ...] = ()
    place: Dated[str] | None = None
    signers: Dated[tuple[Signer, ...]] | None = None
    term: Dated[str] | None = None


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


class Screen(Shape, frozen=True):
    """`screen.yaml`: how the program speaks and looks to those who open the book.

    Attributes:
        language: of screens, commands and their papers, where `--lang` names no other.
        theme: `terminal` takes the terminal's own sixteen colours.
        lock_minutes: without a key, after which the screen of a book that opens by a passphrase locks; 0: never.
    """

    language: Literal["vi", "en"] = "vi"
    theme: Literal["dark", "light", "contrast", "terminal"] = "dark"
    lock_minutes: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 15


def _for_use(held: dict[PaperUse, Dated[T]], use: PaperUse, day: date) -> T | None:
    found = held_on(held[use], day) if use in held else None
    if found is None and use != "papers" and "papers" in held:
        found = held_on(held["papers"], day)
    return found


def held_on(value: Dated[T], day: date) -> T | None:
    """The value in force on `day`; None before the first day, where nothing is known."""
    begun = [since for since in value.values if since <= day]
    return value.values[max(begun)].value if begun else None


TITLES = {
    "name": Words(vi="Tên cơ quan", en="Name of the office"),
    "superior": Words(vi="Cơ quan cấp trên in phía trên", en="Body printed above the office"),
    "committee": Words(vi="Cấp ủy công nhận báo cáo viên", en="Party committee that recognises reporters"),
    "place": Words(vi="Nơi ghi trước ngày tháng trên giấy", en="Place written before the date of a paper"),
    "number_suffix": Words(vi="Ký hiệu sau số quyết định", en="What follows the number of a decision"),
    "kind": Words(vi="Loại cơ quan", en="Kind of office"),
    "term": Words(vi="Nhiệm kỳ của cấp ủy", en="Term of the committee"),
    "signers": Words(vi="Người ký", en="Who signs"),
    "addresses": Words(vi="Nơi nhận", en="Where the paper goes"),
}


def dated(title: str, values: dict[date, T | None]) -> Dated[T]:
    """Values of the office by their first days, under the title of one of its fields."""
    return Dated(
        description=TITLES[title],
        unit="name",
        confidence="confirmed",
        values={day: DatedValue(value, "office-practice") for day, value in values.items()} or {ALWAYS: _NOTHING},
    )


_NOTHING: DatedValue[Any] = DatedValue(None, "office-practice")


def unnamed(kept: Office) -> Office:
    """An office that has said nothing of itself; how books are kept stays as in `kept`."""
    nothing: Dated[str] = dated("name", {})
    return Office(
        code="",
        name=nothing,
        superior=dated("superior", {}),
        committee=dated("committee", {}),
        place="",
        number_suffix=dated("number_suffix", {}),
        backups=kept.backups,
        reading=kept.reading,
    )
