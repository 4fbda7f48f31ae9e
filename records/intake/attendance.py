"""Who came, as attendance lists say it: a letter in one column, ticks in a column for each case, signatures, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from config.text import Text, t
from records.domain.people.names import clean
from records.domain.training import Presence
from records.intake.files.cells import Cell, Sheet, letter, shown_cell
from records.intake.layout.columns import Layout
from records.intake.layout.headings import BIRTH_KEYS, NAME_KEYS, plain
from records.intake.presence_words import NOT_MARKS, absence_of, is_tick, letters_of, mark_of, signature_of, words_of

Meaning = Literal["present", "absent", "excused", "late", "any", "signed"]
_HEADS: dict[Meaning, str] = {
    "present": "co mat|present|du|tham du|co du|du hop|co tham du|tham gia|attended|co|hien dien",
    "absent": "vang|vang mat|khong phep|vang khong phep|absent|vang khong ly do|khong ly do|vang kp"
    "|khong du|khong tham du|khong tham gia|khong co mat|khong den|nghi",
    "excused": "co phep|vang co phep|phep|vang co ly do|co ly do|excused|vang cp|xin phep",
    "late": "muon|di muon|den muon|late|di tre|den tre",
    "any": "diem danh|chuyen can|tinh trang|attendance|ket qua diem danh|tinh hinh tham du|ghi nhan|tinh hinh|presence"
    "|ghi nhan tham du|xac nhan tham du|trang thai|tinh trang tham du|theo doi tham du|theo doi",
    "signed": "ky|chu ky|ky ten|ky nhan|ky xac nhan|ky tham du|ky diem danh|signature|sign|signed|signatures",
}
MEANINGS: tuple[Meaning, ...] = tuple(_HEADS)
_MEANING: dict[str, Meaning] = {word: meaning for meaning, words in _HEADS.items() for word in words.split("|")}
_SIGNED = re.compile(
    r"(?:chữ k[ýí]|k[ýí](?! (?:hiệu|túc|kết|quỹ|gửi|giả|bởi|duyệt|ban hành)))\b"
    r"(?!.*\b(?:lãnh đạo|thủ trưởng|trưởng|bí thư|giảng viên|báo cáo viên|chủ trì|người lập)\b)"
)
"""Judged with its accents: `Ký (sáng)`, `Chữ ký xác nhận`; `Kỳ họp` and `Chu kỳ` are no signatures."""
_BRACKETED = re.compile(r"\([^()]*\)")
_SESSION = re.compile(
    r"(?:buoi|ngay|tiet|phien|session|day) ?\d.*|(?:buoi )?(?:sang|chieu|toi)(?: \d.*)?|\d{1,2}[/.-]\d{1,2}.*"
)
"""Headings of one meeting among several: `Buổi 2`, `Sáng`, `10/01`. Marks below them say who came to it."""
_ANY = re.compile(r"(?:diem danh|chuyen can|attendance)\b")
_OF_SESSIONS: frozenset[Meaning] = frozenset(("any", "signed"))
"""Such columns may stand once for each half of a day."""
_RESULTS = {
    "result": "ket qua|ket qua hoc tap|dat/khong dat|result|ket qua bd",
    "score": "diem|diem so|diem thi|diem kiem tra|tong diem|score",
    "rank": "xep loai|giai|giai thuong|xep hang|loai|hang|rank",
    "certificate": "so giay chung nhan|so gcn|so chung nhan|giay chung nhan so|gcn so|so hieu gcn|certificate"
    "|certificate number",
    "certificate_issuer": "noi cap gcn|noi cap giay chung nhan|don vi cap gcn",
    "certificate_day": "ngay cap gcn|ngay cap giay chung nhan",
}
RESULTS = tuple(_RESULTS)
_RESULT = {word: column for column, words in _RESULTS.items() for word in words.split("|")}
_UNCLEAR = {"noi cap": "certificate_issuer", "don vi cap": "certificate_issuer", "ngay cap": "certificate_day"}
"""Of a certificate only beside its number, and where the list has no identity cards, which are issued too."""
_CODES = frozenset({"ma", "ma so", "ma nguoi", "code", "ma ho so"})
_NEVER = ("number", *NAME_KEYS, *BIRTH_KEYS, "unit", "national_id")
"""Columns whose words are the person's own: there nothing is looked for that says who came."""


@dataclass(frozen=True, slots=True)
class PresenceColumns:
    """Where a list says who came: column -> what a tick in it means; and the other columns that matter.

    Attributes:
        meanings: columns that are there to say who came.
        code: the column of our codes.
        notes: columns of notes and those without a heading: a mark or a word that says who came counts there too.
        others: columns of other things; only words that say nothing else (`vắng`, `có phép`) count there.
        results: what came of a training: column -> field of the attendance.
        marked: whether a column of notes holds ticks, and so says who came after all.
        all_came: whether a person said that everybody in a list without such columns came.
    """

    meanings: tuple[tuple[int, Meaning], ...] = ()
    code: int | None = None
    notes: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    results: tuple[tuple[int, str], ...] = ()
    marked: bool = False
    all_came: bool = False

    @property
    def asks(self) -> bool:
        """Whether nothing in the list says who came, so that a person must."""
        return not (self.meanings or self.marked or self.results or self.all_came)

    @property
    def silent_means_came(self) -> bool:
        """Whether somebody with no mark came: where only absence is marked, or a person said so of the whole list."""
        if not self.meanings:
            return self.all_came and not self.marked
        return all(meaning in ("absent", "excused", "late") for _, meaning in self.meanings)


class Said(NamedTuple):
    """What a row says: the presence, None where it is silent; why it cannot be read, and in which column."""

    presence: Presence | None = None
    problem: Text | None = None
    at: int | None = None


def presence_columns(
    sheet: Sheet, layout: Layout, given: Mapping[str, Iterable[int]] | None = None
) -> tuple[Layout, PresenceColumns]:
    """The columns of a list that say who came; and the layout with its lower headings left out.

    `Vắng` may stand over `Có phép` and `Không phép`, in a row that names nobody. `given` (one of `MEANINGS`, `RESULTS`
    or `code` -> columns) stands in for what the headings say.
    """
    heads = dict(layout.headings)
    lower = {at: shown_cell(cell) for at, cell in _cells(sheet, layout.first_row)}
    names = {layout.columns[key] for key in ("name", "family_and_middle", "given") if key in layout.columns}
    if not names & lower.keys() and any(plain(word) in _MEANING for word in lower.values()):
        heads |= {at: f"{heads.get(at, '')} / {word}".removeprefix(" / ") for at, word in lower.items()}
        layout = replace(layout, first_row=layout.first_row + 1)
    used = {at for key, at in layout.columns.items() if key != "note"}
    # What is hidden is told as not read, and does not say who came against what everybody sees.
    free = {at: text for at, text in sorted(heads.items()) if at not in used | sheet.hidden_columns}
    found = _said_columns(given) if given is not None else _headed(free, identified="national_id" in layout.columns)
    if given is None:
        found = _by_marks(sheet, layout, free, found)
    if found.code is None:
        found = replace(found, code=layout.columns.get("code"))
    return layout, _with_notes(sheet, layout, found)


def _said_columns(given: Mapping[str, Iterable[int]]) -> PresenceColumns:
    pairs = sorted((at, key) for key, columns in given.items() for at in columns)
    return PresenceColumns(
        meanings=tuple((at, meaning) for at, key in pairs for meaning in MEANINGS if meaning == key),
        code=next((at for at, key in pairs if key == "code"), None),
        results=tuple((at, key) for at, key in pairs if key in RESULTS),
    )


def _headed(heads: Mapping[int, str], *, identified: bool) -> PresenceColumns:
    leaves = {at: plain(text.rpartition(" / ")[2]) for at, text in heads.items()}
    meanings = tuple((at, meaning) for at, text in heads.items() if (meaning := _meaning(text)) is not None)
    code = next((at for at, head in leaves.items() if head in _CODES), None)
    return PresenceColumns(meanings, code, results=_result_columns(leaves, identified=identified))


def _by_marks(sheet: Sheet, layout: Layout, heads: Mapping[int, str], found: PresenceColumns) -> PresenceColumns:
    """`found`, or where no cell of its columns is filled, with those that by what stands in them say who came.

    These are columns with both ticks and marks of absence, and columns of marks under a heading of one session. Ticks
    alone may say anything: who is a Party member, or who wants lunch.
    """
    rows = range(layout.first_row, len(sheet.rows) + 1)
    texts = {at: [text for row in rows if (text := shown_cell(sheet.at(row, at)))] for at in heads}
    results = {at for at, _ in found.results} | {found.code, layout.columns.get("note")}
    if any(texts[at] for at, _ in found.meanings):
        return found
    said = {at: [_said_by(text) for text in texts[at]] for at in heads.keys() - results if texts[at]}
    marked: list[tuple[int, Meaning]] = [
        (at, "any")
        for at, each in sorted(said.items())
        if None not in each
        and (len({one == "present" for one in each}) > 1 or _SESSION.fullmatch(plain(heads[at].rpartition(" / ")[2])))
    ]
    return replace(found, meanings=tuple(marked)) if marked else found


def _said_by(text: str) -> Presence | None:
    """What a text says of somebody, if it says nothing else; a number alone counts something."""
    if text.isdigit():
        return None
    if letters_of(text)[0] in NOT_MARKS:
        return "absent"
    return letters_of(text)[1] or ("present" if is_tick(text) else words_of(text)[0])


def _unread_marks(sheet: Sheet, layout: Layout, found: PresenceColumns) -> list[int]:
    """Columns of other things in which every text may be a mark: what they say must not be lost in silence."""
    rows = range(layout.first_row, len(sheet.rows) + 1)
    used = set(layout.columns.values()) | sheet.hidden_columns
    texts = {at: [text for row in rows if (text := shown_cell(sheet.at(row, at)))] for at in set(found.others) - used}
    return [at for at, each in sorted(texts.items()) if each and all(_said_by(one) is not None for one in each)]


def unread_marks(sheet: Sheet, layout: Layout, found: PresenceColumns) -> Text | None:
    """A word about columns that may hold marks and are not read as such; None where there are none."""
    named = [f"{layout.headings.get(at, '')} ({letter(at)})".strip() for at in _unread_marks(sheet, layout, found)]
    if not named:
        return None
    return t("These columns may hold marks, and were not read as who came: {columns}", columns=", ".join(named))


def _meaning(heading: str) -> Meaning | None:
    """What a tick under a heading means; below a wider heading (`Ký tên / Sáng`) that of the wider one may count."""
    above, _, own = heading.rpartition(" / ")
    leaf = plain(own)
    if _SIGNED.match(clean(_BRACKETED.sub(" ", own)).lower()):
        return "signed"
    if leaf in _MEANING and (own.isascii() or _MEANING[leaf] != "signed"):
        return _MEANING[leaf]
    parts = {_MEANING.get(part.strip()) for part in re.split(r"[/,-]| hoac ", leaf)}
    if _ANY.match(leaf) or (len(parts) > 1 and None not in parts):
        return "any"
    wider = _meaning(above) if above and leaf not in _RESULT and leaf not in _CODES else None
    return wider if wider in _OF_SESSIONS else None


def _with_notes(sheet: Sheet, layout: Layout, found: PresenceColumns) -> PresenceColumns:
    """`found` with the columns of notes, those without a heading, and the others in which a word may stand."""
    taken = {at for at, _ in (*found.meanings, *found.results)} | {found.code}
    taken |= {layout.columns[key] for key in _NEVER if key in layout.columns}
    rows = range(layout.first_row, len(sheet.rows) + 1)
    widest = max((len(row) for row in sheet.rows), default=0)
    filled = [at for at in range(widest) if at not in taken and any(sheet.at(row, at) != "" for row in rows)]
    bare = {at for at in filled if at not in layout.headings and at not in layout.columns.values()}
    notes = tuple(at for at in filled if at in bare or at == layout.columns.get("note"))
    ticked = any(mark_of(shown_cell(sheet.at(row, at))) == "present" for at in notes for row in rows)
    others = tuple(at for at in filled if at not in notes)
    return replace(found, notes=notes, others=others, marked=ticked and not found.meanings)


def _result_columns(heads: Mapping[int, str], *, identified: bool) -> tuple[tuple[int, str], ...]:
    found = {at: _RESULT[head] for at, head in sorted(heads.items()) if head in _RESULT}
    if "certificate" in found.values() and not identified:
        found |= {at: _UNCLEAR[head] for at, head in heads.items() if head in _UNCLEAR}
    once = {field: at for at, field in reversed(found.items())}
    return tuple(sorted((at, field) for field, at in once.items()))


def _cells(sheet: Sheet, row: int) -> list[tuple[int, Cell]]:
    return list(sheet.filled(row)) if row <= len(sheet.rows) else []


def read_presence(sheet: Sheet, row: int, columns: PresenceColumns, name: str = "") -> Said:
    """What a row says of the person of this name. Who has no mark where marks are asked for is never taken as come."""
    said: dict[Presence, int] = {}
    blank: dict[Meaning, int] = {}
    filled: set[Meaning] = set()
    for at, meaning in columns.meanings:
        presence, problem = _cell(shown_cell(sheet.at(row, at)), meaning, name)
        if problem is not None:
            return Said(None, problem, at)
        if presence is None:
            blank[meaning] = at
        else:
            said.setdefault(presence, at)
            filled.add(meaning)
    half = next((at for meaning, at in blank.items() if meaning in _OF_SESSIONS & filled), None)
    if half is not None:
        return Said(None, t("one of the columns that say who came is empty, and another is not"), half)
    return _with_words(sheet, row, columns, said)


def _with_words(sheet: Sheet, row: int, columns: PresenceColumns, said: dict[Presence, int]) -> Said:
    """What the marks said, and the words that stand elsewhere in the row."""
    for at in (*columns.notes, *columns.others):
        text = shown_cell(sheet.at(row, at))
        presence, problem = words_of(text) if at in columns.notes else absence_of(text)
        if problem is not None:
            return Said(None, problem, at)
        if presence is not None:
            said.setdefault(presence, at)
    if not said:
        said |= {mark: at for at in columns.notes if (mark := mark_of(shown_cell(sheet.at(row, at)))) is not None}
    if not said and not columns.meanings and any(sheet.at(row, at) != "" for at, _ in columns.results):
        return Said("present")  # who has a result was there
    if "excused" in said:
        said.pop("absent", None)  # the column of absence, and in it those with leave
    if "late" in said:
        said.pop("present", None)
    if len(said) > 1:
        return Said(None, t("the row says two things at once"), max(said.values()))
    if said:
        return Said(next(iter(said)))
    return Said("present" if columns.silent_means_came else None)


def _cell(text: str, meaning: Meaning, name: str) -> tuple[Presence | None, Text | None]:
    if meaning == "signed" and text:
        return signature_of(text, name)
    word, marked = letters_of(text)
    if word == "v" and meaning == "present":
        return None, t("“v” may be a tick or “vắng”; write x or vắng")
    if is_tick(text):
        return ("present" if meaning == "any" or meaning == "signed" else meaning), None  # noqa: PLR1714  # narrows
    if word in NOT_MARKS:
        marked = "absent" if meaning in ("any", "present") else None
    if not word or marked is not None or word in NOT_MARKS:
        return marked, None
    presence, problem = words_of(text)
    if presence is None and problem is None:
        problem = t("“{text}” does not say who came; write x, m, p or v", text=text)
    return presence, problem
