"""Which rows of a list hold a person, and which are headings of groups, totals, signatures or empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from records.domain.people.names import fold
from records.intake.files.cells import Cell, Sheet, shown_cell
from records.intake.layout.columns import Layout
from records.intake.layout.headings import meaning
from records.intake.layout.row_cells import continued_rows
from records.intake.words import names_group

Kind = Literal["data", "empty", "heading", "total", "signature", "text", "signer"]

_COUNTER = re.compile(r"\(?\[?\d{1,2}[a-z]?\]?\)?|[a-z]|\d{1,2}\s*=.*")
_ROMAN = re.compile(r"[IVXLC]+[.)]?|[A-ZĐ][.)]?")
_NUMBERED = re.compile(r"([ivxlc]+|[a-z]|\d{1,2})\s*[.)/\-]\s+\D")
_TOTAL = re.compile(
    r"(tong cong|tong so|cong lai)(\s*[:.(\d].*| (la|co|so|danh sach|nguoi|dong chi)\b.*)?|"
    r"(tong|cong|total)\s*([:.(\d].*)?|"
    r"cong (phuong|xa|khoi|trang|to|chi bo|dang bo|nhom|muc|phan)\b.*|"
    r"(danh sach|an dinh)\b.*\b(nguoi|dong chi)\b.*|danh sach (nay )?(gom|co)\b.*|the list has \d+ .*"
)
_SIGN = re.compile(
    r"(.*,\s*)?ngay\s*[\d.…_ ]*\s*thang\s*[\d.…_ ]*\s*nam\b.*|"
    r"(nguoi|can bo|nguoi duoc phan cong) (lap|lap bieu|tong hop|lap danh sach|kiem tra|thuc hien|theo doi)\b.*|"
    r"(phe )?duyet( cua .*)?|(ke toan|thu quy)( truong)?|ghi chu:.*|"
    r"t/?m[. ].*|k/?t[. ].*|t/l[. ].*|tl\. .*|.*\bky,? (va )?(ghi )?(ro )?ho ten.*|.*\bky ten\b.*|noi nhan.*|"
    r"xac nhan cua.*|thu truong\b.*|.*\bky, dong dau.*"
)
_OFFICE = re.compile(r"\b(bi thu|truong|chu tich|chanh|giam doc|nguoi|uy vien|pho)\b")
_TITLE = re.compile(r"(pho )?(bi thu|truong ban|truong phong|chu tich|chanh van phong|giam doc|hieu truong)\b.*")
_STRONG = (
    "code",
    "born",
    "born_year",
    "born_male",
    "born_female",
    "national_id",
    "phone",
    "party_card",
    "party_probation",
)


class Judged(NamedTuple):
    """One row below the headings: its number and what it is."""

    row: int
    kind: Kind


def is_below_list(text: str) -> bool:
    """Whether a text stands below lists and names nobody in them: a total, or the words over a signature."""
    bare = fold(text).strip()
    return _TOTAL.fullmatch(bare) is not None or _SIGN.fullmatch(bare) is not None


def judge_rows(sheet: Sheet, layout: Layout) -> list[Judged]:
    """Say of each row from the first below the headings what it is.

    A signature ends the list: what follows without a number or personal data belongs to it. A lone name at the very
    end of a numbered list or after a signature is a `signer`; a lone line that names nobody is `text`.
    """
    judge = _Judge(sheet, layout)
    judged = [Judged(row, judge.kind(row)) for row in range(layout.first_row, len(sheet.rows) + 1)]
    return _settle_signers(judge, judged)


def _settle_signers(judge: _Judge, judged: list[Judged]) -> list[Judged]:
    """Lone names after the last whole row of a numbered list belong to the signature, not to the list."""
    if "number" not in judge.layout.columns:
        return judged
    settled = list(judged)
    backwards = range(len(judged) - 1, -1, -1)
    last = next((at for at in backwards if judged[at].kind == "data" and judge.strong(judged[at].row)), -1)
    apart = False
    for place in range(last + 1, len(settled)):
        # Beyond a gap below the last numbered row stand those who made the list, and not those on it.
        apart = apart or settled[place].kind != "data"
        if apart and last >= 0 and settled[place].kind == "data":
            settled[place] = Judged(settled[place].row, "signer")
    numbered = any(each.kind == "data" and judge.strong(each.row) for each in judged)
    for place in range(len(settled) - 1, -1, -1):
        row, kind = settled[place].row, settled[place].kind
        if kind == "data":
            if not numbered or judge.strong(row) or len(list(judge.sheet.filled(row))) > 1:
                break
            settled[place] = Judged(row, "signer")
    return settled


class _Judge:
    """Judges rows from top to bottom; remembers only that a signature has begun."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.sheet, self.layout = sheet, layout
        columns: Mapping[str, int] = layout.columns
        self.number = columns.get("number")
        self.name = columns.get("name", columns.get("family_and_middle", -1))
        self.names = [columns[key] for key in ("name", "family_and_middle", "given") if key in columns]
        self.strongs = [columns[key] for key in _STRONG if key in columns]
        self.mapped = set(columns.values())
        self.wide = {
            row: left
            for row, left, last, right in sheet.merged
            if row == last and right > left and left <= self.name + 1
        }
        self.continued = continued_rows(sheet, layout)
        self.ended = False
        self._before_number = ("",) * (self.number or 0)
        self._widest = max(self.names, default=-1) if self.number not in self.names else -1
        self._numbered: dict[tuple[Cell, ...], bool] = {}
        """The cells of a name -> whether a row with a number and this name is a person's, whatever else it holds."""

    def strong(self, row: int) -> bool:
        """Whether the row bears a number in the list or personal data: then it is a person's."""
        if self.number is not None and _is_number(self.sheet.at(row, self.number)):
            return True
        return any(self._personal(self.sheet.at(row, column)) for column in self.strongs)

    def _personal(self, cell: Cell) -> bool:
        if not isinstance(cell, str):
            return True
        return any(each.isdigit() for each in cell) and not _SIGN.fullmatch(fold(cell))

    def kind(self, row: int) -> Kind:
        if row in self.continued:
            return "data" if any(self.sheet.filled(row)) else "empty"
        if self._is_numbered(self.sheet.rows[row - 1]):
            return "data"
        return self._kind(row, list(self.sheet.filled(row)))

    def _is_numbered(self, cells: tuple[Cell, ...]) -> bool:
        """Whether a row begins with a number of the list and bears a name, as most do: then it is a person's."""
        at = self.number
        if at is None or not 0 <= self._widest < len(cells) or at >= len(cells):
            return False
        if not _is_number(cells[at]) or cells[:at] != self._before_number:
            return False
        name = tuple(map(cells.__getitem__, self.names))
        known = self._numbered.get(name)
        if known is None:
            known = self._numbered[name] = _names_somebody(name)
        return known

    def _kind(self, row: int, filled: list[tuple[int, Cell]]) -> Kind:
        others = [(column, cell) for column, cell in filled if column != self.number]
        if not filled or (not others and (not isinstance(filled[0][1], str) or _is_number(filled[0][1]))):
            return "empty"
        if len(filled) >= 3 and all(map(_COUNTER.fullmatch, _folded(filled))):
            return "heading"
        named = any(self.sheet.at(row, column) != "" for column in self.names)
        name = fold(" ".join(shown_cell(self.sheet.at(row, column)) for column in self.names)).strip()
        strong = self.strong(row)
        if named and not strong and meaning(name) in ("name", "family_and_middle"):
            return "heading"
        if not strong or self._heads_group(filled):
            if (found := self._bare(row, filled, list(_folded(filled)), name)) is not None:
                return found
        elif (not named or _TOTAL.fullmatch(name)) and any(map(_TOTAL.fullmatch, _folded(filled[:2]))):
            return "total"
        return "data"

    def _heads_group(self, filled: list[tuple[int, Cell]]) -> bool:
        """Whether a row begins like `I | Khối phường | 12 | 5`: no number of a person's, and words of a group."""
        column, cell = filled[0]
        before = column == self.number or (column not in self.mapped and column < self.name)
        if not before or not isinstance(cell, str) or _is_number(cell) or len(filled) < 2:
            return False
        second = filled[1][1]
        marked = _ROMAN.fullmatch(shown_cell(cell)) or re.fullmatch(r"[a-zđ][.)]", shown_cell(cell))
        return bool(marked) and isinstance(second, str) and names_group(second)

    def _bare(self, row: int, filled: list[tuple[int, Cell]], texts: list[str], name: str) -> Kind | None:
        """What a row without a number and personal data is, or None when it is a person's after all."""
        lone = len(filled) == 1 and not name
        if lone and _TITLE.fullmatch(texts[0]):
            self.ended = True
            return "signature"
        if any(_SIGN.fullmatch(text) for text in texts) and (not name or _SIGN.fullmatch(name)):
            self.ended = True
            return "signature"
        if self.ended:
            return "signer" if name and not _OFFICE.search(name) else "signature"
        if _TOTAL.fullmatch(texts[0]) or _TOTAL.fullmatch(name):
            return "total"
        if (found := self._group(row, filled, texts[0])) is not None:
            return found
        outside = not any(column in self.mapped and column != self.number for column, _ in filled)
        return "text" if lone or outside else None

    def _group(self, row: int, filled: list[tuple[int, Cell]], text: str) -> Kind | None:
        """`I. Phường A`, merged over the row, alone in it, or with its roman number in the column of numbers."""
        column, cell = filled[0]
        before = column == self.number or (column not in self.mapped and column < self.name)
        if before and len(filled) <= 3 and _ROMAN.fullmatch(shown_cell(cell)):
            return "heading"
        if self._heads_group(filled) or (column == self.number and _NUMBERED.match(text)):
            return "heading"
        if len(filled) > 1:
            return None
        if self.wide.get(row) == column or column == self.number or _NUMBERED.match(text):
            return "heading"
        return "text" if names_group(shown_cell(cell)) or _is_phrase(shown_cell(cell)) else None


def _names_somebody(cells: tuple[Cell, ...]) -> bool:
    """Whether the cells of a name can be neither the numbers under the headings nor the words of a total."""
    if not all(isinstance(cell, str) for cell in cells):
        return False
    name = fold(" ".join(map(shown_cell, cells))).strip()
    filled = [cell for cell in cells if cell != ""]
    return not all(_COUNTER.fullmatch(fold(shown_cell(cell))) for cell in filled) and not _TOTAL.fullmatch(name)


def _folded(filled: list[tuple[int, Cell]]) -> Iterator[str]:
    return (fold(shown_cell(cell)) for _, cell in filled)


def _is_phrase(text: str) -> bool:
    """Whether a line begins like a name and goes on in small letters, as no name does: `Thủ trưởng đơn vị`."""
    words = text.split()
    return text[:1].isupper() and any(word[:1].islower() for word in words[1:])


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        return True
    return isinstance(cell, str) and cell.strip().rstrip(".").isdigit()
