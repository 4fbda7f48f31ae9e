"""Who came, as attendance lists say it: a letter in one column, or ticks in a column for each case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from config.text import Text, t
from records.domain.names import fold
from records.domain.training import Presence
from records.intake.cells import Cell, Sheet, letter, shown_cell
from records.intake.columns import Layout
from records.intake.headings import plain

Meaning = Literal["present", "absent", "excused", "late", "any"]
_HEADS: dict[Meaning, str] = {
    "present": "co mat|present|du|tham du|co du|du hop|co tham du|tham gia|attended|co",
    "absent": "vang|vang mat|khong phep|vang khong phep|absent|vang khong ly do|khong ly do|vang kp",
    "excused": "co phep|vang co phep|phep|vang co ly do|co ly do|excused|vang cp|xin phep",
    "late": "muon|di muon|den muon|late|di tre|den tre",
    "any": "diem danh|chuyen can|tinh trang|attendance|ket qua diem danh|tinh hinh tham du|ghi nhan",
}
_MEANING: dict[str, Meaning] = {word: meaning for meaning, words in _HEADS.items() for word in words.split("|")}
_RESULTS = {
    "result": "ket qua|ket qua hoc tap|dat/khong dat|result|ket qua bd",
    "score": "diem|diem so|diem thi|diem kiem tra|tong diem|score",
    "rank": "xep loai|giai|giai thuong|xep hang|loai|hang|rank",
    "certificate": "so giay chung nhan|so gcn|so chung nhan|giay chung nhan so|gcn so|so hieu gcn|certificate"
    "|certificate number",
    "certificate_issuer": "noi cap gcn|noi cap giay chung nhan|don vi cap gcn",
    "certificate_day": "ngay cap gcn|ngay cap giay chung nhan",
}
_RESULT = {word: column for column, words in _RESULTS.items() for word in words.split("|")}
_UNCLEAR = {"noi cap": "certificate_issuer", "don vi cap": "certificate_issuer", "ngay cap": "certificate_day"}
"""Of a certificate only beside its number, and where the list has no identity cards, which are issued too."""
_CODES = frozenset({"ma", "ma so", "ma nguoi", "code", "ma ho so"})
_TICKS = frozenset({"x", "1", "+", "✓", "✔", "√", "☑", "co", "yes", "true", "*"})
_NOTS = frozenset({"0", "-", "khong", "ko", "no", "false"})
_WORDS: dict[str, Presence] = {
    **dict.fromkeys(("c", "cm", "co mat", "present", "du", "co du"), "present"),
    **dict.fromkeys(("v", "vang", "vang mat", "k", "kp", "khong phep", "vang khong phep", "vkp", "absent"), "absent"),
    **dict.fromkeys(("p", "cp", "phep", "co phep", "vang co phep", "vp", "vcp", "excused"), "excused"),
    **dict.fromkeys(("m", "muon", "tre", "den muon", "di muon", "late"), "late"),
}


@dataclass(frozen=True, slots=True)
class PresenceColumns:
    """Where a list says who came: column -> what a tick in it means; and the columns of codes and notes, if any.

    `results` are the columns that say what came of a training: column -> field of the attendance.
    """

    meanings: tuple[tuple[int, Meaning], ...]
    code: int | None = None
    note: int | None = None
    results: tuple[tuple[int, str], ...] = ()

    @property
    def silent_means_came(self) -> bool:
        """Whether somebody with no mark came: so it is where nothing asks for presence."""
        return not any(meaning in ("present", "any") for _, meaning in self.meanings)


def presence_columns(sheet: Sheet, layout: Layout) -> tuple[Layout, PresenceColumns]:
    """The columns of a list that say who came, by their headings; and the layout with its lower headings left out.

    `Vắng` may stand over `Có phép` and `Không phép`, in a row that names nobody.
    """
    heads = {at: plain(text.rpartition(" / ")[2]) for at, text in layout.headings.items()}
    lower = {at: plain(shown_cell(cell)) for at, cell in _cells(sheet, layout.first_row)}
    names = {layout.columns[key] for key in ("name", "family_and_middle", "given") if key in layout.columns}
    if not names & lower.keys() and any(word in _MEANING for word in lower.values()):
        heads |= lower
        layout = replace(layout, first_row=layout.first_row + 1)
    used = set(layout.columns.values())
    meanings = tuple((at, _MEANING[head]) for at, head in sorted(heads.items()) if at not in used and head in _MEANING)
    other = next((at for at, head in heads.items() if at not in used and head in _CODES), None)
    code = layout.columns.get("code", other)
    note = next((at for at, head in heads.items() if head in ("ghi chu", "note")), None)
    free = {at: head for at, head in heads.items() if at not in used}
    return layout, PresenceColumns(
        meanings, code, note, _result_columns(free, identified="national_id" in layout.columns)
    )


def _result_columns(heads: Mapping[int, str], *, identified: bool) -> tuple[tuple[int, str], ...]:
    found = {at: _RESULT[head] for at, head in sorted(heads.items()) if head in _RESULT}
    if "certificate" in found.values() and not identified:
        found |= {at: _UNCLEAR[head] for at, head in heads.items() if head in _UNCLEAR}
    once = {field: at for at, field in reversed(found.items())}
    return tuple(sorted((at, field) for field, at in once.items()))


def _cells(sheet: Sheet, row: int) -> list[tuple[int, Cell]]:
    return list(sheet.filled(row)) if row <= len(sheet.rows) else []


def read_presence(sheet: Sheet, row: int, columns: PresenceColumns) -> tuple[Presence | None, Text | None]:
    """What a row says: the presence, None where it is silent; and why it cannot be read, or None."""
    said: set[Presence] = set()
    for at, meaning in columns.meanings:
        text = shown_cell(sheet.at(row, at))
        presence, problem = _cell(text, meaning)
        if problem is not None:
            return None, t("column {column}: {problem}", column=letter(at), problem=problem)
        if presence is not None:
            said.add(presence)
    if not said and columns.note is not None:
        noted = _WORDS.get(fold(shown_cell(sheet.at(row, columns.note))))
        said |= {noted} if noted else set()
    if "excused" in said:
        said.discard("absent")  # the column of absence, and in it those with leave
    if "late" in said:
        said.discard("present")
    if len(said) > 1:
        return None, t("the row says two things at once")
    if said:
        return said.pop(), None
    return ("present", None) if columns.silent_means_came else (None, None)


def _cell(text: str, meaning: Meaning) -> tuple[Presence | None, Text | None]:
    word = fold(text)
    if not word:
        return None, None
    if word == "v" and meaning == "present":
        return None, t("“v” may be a tick or “vắng”; write x or vắng")
    if word in _TICKS:
        return ("present" if meaning == "any" else meaning), None
    if word in _NOTS:
        return ("absent" if meaning in ("any", "present") else None), None
    if word in _WORDS:
        return _WORDS[word], None
    return None, t("“{text}” does not say who came; write x, m, p or v", text=text)
