"""Which rows of a list hold a person, and which are headings of groups, totals, signatures or empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from records.domain.names import fold
from records.intake.cells import Cell, Sheet, shown_cell
from records.intake.columns import Layout
from records.intake.headings import meaning

Kind = Literal["data", "empty", "heading", "total", "signature", "text", "signer"]

_COUNTER = re.compile(r"\(?\[?\d{1,2}[a-z]?\]?\)?|[a-z]|\d{1,2}\s*=.*")
_ROMAN = re.compile(r"[IVXLC]+[.)]?|[A-ZĐ][.)]?")
_NUMBERED = re.compile(r"([ivxlc]+|[a-z]|\d{1,2})\s*[.)/\-]\s+\D")
_GROUP = re.compile(
    r"(dang bo|dang uy|chi bo|khoi|phuong|xa|thi tran|truong|ban|phong|so|hoi|"
    r"doan|co quan|cong ty|to dan pho|xom|lien doan|uy ban|ubnd|mttq|mat tran|cap|bao cao vien|cong tac vien|"
    r"tuyen truyen vien|nhom|danh sach)\b"
)
_TOTAL = re.compile(
    r"(tong cong|tong so|cong lai)(\s*[:.(\d].*| (la|co|so|danh sach|nguoi|dong chi)\b.*)?|"
    r"(tong|cong|total)\s*([:.(\d].*)?|"
    r"(danh sach|an dinh)\b.*\b(nguoi|dong chi)\b.*|danh sach (nay )?(gom|co)\b.*"
)
_SIGN = re.compile(
    r"(.*,\s*)?ngay\s*[\d.…_ ]*\s*thang\s*[\d.…_ ]*\s*nam\b.*|nguoi (lap|lap bieu|tong hop|lap danh sach)\b.*|"
    r"t/?m[. ].*|k/?t[. ].*|t/l[. ].*|tl\. .*|.*\bky,? (va )?(ghi )?(ro )?ho ten.*|.*\bky ten\b.*|noi nhan.*|"
    r"xac nhan cua.*|thu truong\b.*|.*\bky, dong dau.*"
)
_OFFICE = re.compile(r"\b(bi thu|truong|chu tich|chanh|giam doc|nguoi|uy vien|pho)\b")
_TITLE = re.compile(r"(pho )?(bi thu|truong ban|truong phong|chu tich|chanh van phong|giam doc|hieu truong)\b.*")
_STRONG = ("born", "born_male", "born_female", "national_id", "phone", "party_card", "party_probation")


@dataclass(frozen=True, slots=True)
class Judged:
    """One row below the headings: its number and what it is."""

    row: int
    kind: Kind


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
        self.ended = False

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
        filled = list(self.sheet.filled(row))
        others = [(column, cell) for column, cell in filled if column != self.number]
        if not filled or (not others and (not isinstance(filled[0][1], str) or _is_number(filled[0][1]))):
            return "empty"
        texts = [fold(shown_cell(cell)) for _, cell in filled]
        if len(filled) >= 3 and all(_COUNTER.fullmatch(text) for text in texts):
            return "heading"
        named = any(self.sheet.at(row, column) != "" for column in self.names)
        name = fold(" ".join(shown_cell(self.sheet.at(row, column)) for column in self.names)).strip()
        if named and meaning(name) in ("name", "family_and_middle") and not self.strong(row):
            return "heading"
        if not self.strong(row):
            if (found := self._bare(row, filled, texts, name)) is not None:
                return found
        elif (not named or _TOTAL.fullmatch(name)) and any(_TOTAL.fullmatch(text) for text in texts[:2]):
            return "total"
        return "data"

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
        if column == self.number and len(filled) <= 3 and _ROMAN.fullmatch(shown_cell(cell)):
            return "heading"
        if len(filled) > 1:
            return None
        if self.wide.get(row) == column or column == self.number or _NUMBERED.match(text):
            return "heading"
        return "text" if _GROUP.match(text) else None


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        return True
    return isinstance(cell, str) and cell.strip().rstrip(".").isdigit()
