"""What stands below a heading, where the heading alone does not say what its column holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from records.domain.people.names import clean, fold
from records.intake import words
from records.intake.files.cells import Sheet, shown_cell
from records.intake.layout.headings import plain
from records.intake.words import names_group

OUR_CODE = re.compile(r"[A-Z][A-Z0-9]{0,11}-P-\d{5,}", re.IGNORECASE)
"""A code of a person as books give them: `TN-P-00142`."""
_LOOKED_AT = 60
_MOST = 0.6
_ONE_ADDRESS = (
    r"(?:ong|ba|anh|chi|co|chu|bac|em|thay|dong chi|d/c|dc|mr|mrs|ms|miss|thua|kinh gui|"
    r"(?:dai|thuong|trung|thieu|chuan) (?:tuong|ta|uy|si)|ha si|"
    r"gs|pgs|ts|ths|tskh|bs|ks|cn|giao su|pho giao su|tien si|thac si|bac si|ky su|cu nhan|luat su|nghe si|"
    r"linh muc|muc su|dai duc|thuong toa|hoa thuong|ni su|su co|gia lang)\.?"
)
_ADDRESS = re.compile(rf"\(?{_ONE_ADDRESS}(?:\s*[/,.\-]?\s*{_ONE_ADDRESS})*\)?")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?")
_OF_PEOPLE = re.compile(r"\b(ten|ho|hoten|name|ca nhan)\b")
_NO_PERSON = re.compile(r"(?:huyen|quan|tinh|thanh pho|thi xa|to|doi|don vi|lop|khoa|bo|nganh|ho gia dinh|gia dinh)\b")


def by_what_stands_below(sheet: Sheet, first_row: int, columns: dict[str, int], headings: Mapping[int, str]) -> None:
    """Put right, in `columns`, what the values from `first_row` on tell otherwise than the headings.

    Forms of address are neither names nor roles; a column of codes is ours only where it holds codes of ours; and
    without a heading of names, a column of names under a heading that speaks of some is that of the names.
    """
    # Beside a column of family names `Tên` holds given names, and Cô, Bà and Ba are some.
    parted = "family_and_middle" in columns
    for key in ("name", "role", "position") if parted else ("name", "given", "role", "position"):
        if key in columns and _share(_below(sheet, first_row, columns[key]), _is_address) >= _MOST:
            del columns[key]
    role = columns.get("role", -1)
    named = any(words.roles_of(text) for text in _below(sheet, first_row, role))
    if plain(headings.get(role, "").rpartition(" / ")[2]) == "danh xung" and not named:
        columns.pop("role", None)
    _codes(sheet, first_row, columns)
    if "name" not in columns and not {"family_and_middle", "given"} <= columns.keys():
        found = _names(sheet, first_row, columns, headings)
        if found is not None:
            for part in ("family_and_middle", "middle", "given"):
                columns.pop(part, None)
            columns["name"] = found


def holds_names(sheet: Sheet, first_row: int, column: int) -> bool:
    """Whether most of a column can be names of people."""
    return _share(_below(sheet, first_row, column), _is_person) >= _MOST


def _codes(sheet: Sheet, first_row: int, columns: dict[str, int]) -> None:
    """`Mã số` may hold our codes, identity numbers or codes of another program; `Mã định danh`, our codes."""
    at, other = columns.get("code"), columns.get("national_id")
    if at is not None:
        values = _below(sheet, first_row, at)
        if values and not any(OUR_CODE.fullmatch(text) for text in values):
            del columns["code"]
            if other is None and _share(values, _is_identity) >= _MOST:
                columns["national_id"] = at
    elif other is not None and _share(_below(sheet, first_row, other), _is_code) >= _MOST:
        columns["code"] = columns.pop("national_id")


def _names(sheet: Sheet, first_row: int, columns: Mapping[str, int], headings: Mapping[int, str]) -> int | None:
    used = {at for key, at in columns.items() if key not in ("family_and_middle", "given", "middle")}
    told = [at for at, text in sorted(headings.items()) if at not in used and _OF_PEOPLE.search(fold(text))]
    return next((at for at in told if holds_names(sheet, first_row, at)), None)


def _below(sheet: Sheet, first_row: int, column: int) -> list[str]:
    if column < 0:
        return []
    rows = range(first_row, min(len(sheet.rows), first_row + _LOOKED_AT) + 1)
    return [text for row in rows if (text := shown_cell(sheet.at(row, column)))]


def _share(texts: list[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0.0


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(fold(text).strip()) is not None


def _is_code(text: str) -> bool:
    return OUR_CODE.fullmatch(text) is not None


def _is_identity(text: str) -> bool:
    return text.isdecimal() and len(text) in (9, 11, 12)


def _is_person(text: str) -> bool:
    said = clean(text)
    parts = said.split()
    if not 2 <= len(parts) <= 9 or names_group(said) or _NO_PERSON.match(fold(said)) or words.roles_of(said):
        return False
    return all(_NAME_WORD.fullmatch(part) and part[0].isupper() for part in parts)
