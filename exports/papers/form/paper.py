"""What a paper of the office says: head, title, paragraphs, tables, signers; writers turn it into PDF or Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from config.settings.styles import PaperSide, Style
from exports.sheets import SheetColumn


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a paper, with a heading above and notes below.

    Attributes:
        columns: neighbours of the same `group` share a merged head above their own.
        rows: as many values as columns in each.
        totals: a last row in bold, or nothing.
        every_column: whether a column that says the same of everybody stays in it.
        same: what such columns said, above the table.
    """

    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[object]]
    heading: str = ""
    totals: Sequence[object] = ()
    notes: tuple[str, ...] = ()
    every_column: bool = False
    same: str = ""


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
        office: the body that issues it, by its full name; `parent` the one above it.
        number: as written, such as `12-TTr/BTGDVTU`; empty while none was given: room is left where it is `numbered`.
        place: where it was made; the date line reads `Thái Nguyên, ngày 15 tháng 6 năm 2025`.
        title: the kind of paper in capitals, then what it is about.
        addressees: to whom it goes, such as `Kính trình: Ban Thường vụ Đảng ủy`.
        enactor: who decides, above the grounds; `grounds` one `Căn cứ …;` each.
        enacts: the words before the articles, such as `QUYẾT ĐỊNH:`.
        articles: one paragraph each, the first words of which (`Điều 1.`) are bold.
        opening: paragraphs before the first table; `closing` those after the last.
        appended_to: for an annexed list, the paper it belongs to.
        recipients: the lines of “Nơi nhận”.
        mark: small print at the foot of each page: number and hash of the book's last line.
        landscape: whether its pages lie on their side; None: only where its tables do not fit upright.
        annexes: papers that follow it in the same file.
        gaps: whether what stands in square brackets is still to be filled in, and is set in red.
        side, kind: Party or State, and key of the kind of paper, for its skeleton; `fields` are what that may name.
        skeletons: folder of the office's own skeletons, or None.
    """

    style: Style
    office: str
    title: tuple[str, ...]
    day: date
    parent: str = ""
    number: str = ""
    numbered: bool = True
    place: str = ""
    addressees: tuple[str, ...] = ()
    enactor: str = ""
    grounds: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    enacts: str = ""
    articles: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    appended_to: str = ""
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    mark: str = ""
    landscape: bool | None = False
    annexes: tuple[Paper, ...] = ()
    gaps: bool = False
    side: PaperSide = "party"
    kind: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    skeletons: Path | None = None

    def parts(self) -> tuple[Paper, ...]:
        """The paper itself and those annexed to it."""
        return (self, *(part for each in self.annexes for part in each.parts()))
