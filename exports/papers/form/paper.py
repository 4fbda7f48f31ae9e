"""What a paper of the office says: head, title, paragraphs, tables, signers; writers turn it into PDF or Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.settings.styles import Style
from exports.sheets import SheetColumn


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a paper, with a heading above and notes below.

    Attributes:
        columns: neighbours of the same `group` share a merged head above their own.
        rows: as many values as columns in each.
        totals: a last row in bold, or nothing.
    """

    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[object]]
    heading: str = ""
    totals: Sequence[object] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the lines above the signature (such as `K/T TRƯỞNG BAN` and `PHÓ TRƯỞNG BAN`), and the name."""

    titles: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper, every text already in the reader's language.

    Attributes:
        style: how its side (Party or State: different law, never mixed in one paper) writes on its day.
        office: the body that issues it; `parent` the one above it.
        number: as written, such as `12-TTr/BTGDVTU`; empty while none was given.
        place: where it was made; the date line reads `Thái Nguyên, ngày 15 tháng 6 năm 2025`.
        title: the kind of paper in capitals, then what it is about.
        opening: paragraphs before the first table; `closing` those after the last.
        appended_to: for an annexed list, the paper it belongs to.
        recipients: the lines of “Nơi nhận”.
        mark: small print at the foot of each page: number and hash of the book's last line.
    """

    style: Style
    office: str
    title: tuple[str, ...]
    day: date
    parent: str = ""
    number: str = ""
    place: str = ""
    opening: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    appended_to: str = ""
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    mark: str = ""
    landscape: bool = False
