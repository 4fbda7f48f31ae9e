"""Yearly ratings by those who may rate: one by one, or from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

from msgspec.structs import replace

from config.errors import InputError
from config.text import Text, t
from records.domain.awards.awards import YearRating
from records.domain.awards.merits import RATINGS
from records.domain.people.names import clean, fold, matching_key
from records.domain.people.person import Person
from records.domain.units import Unit
from records.intake.drafts import Refusal, shortened
from records.intake.files.cells import Sheet, headed, letter, shown_cell
from records.intake.files.sheets import read_sheets
from records.services.office import Office
from records.store.contract import UnitOfWork

RATING_KINDS: tuple[str, ...] = get_args(get_type_hints(YearRating)["kind"])
_FIRST_YEAR, _LAST_YEAR = 1975, 2199
_HEADS = {
    "code": {"ma", "ma so", "code"},
    "name": {"ho va ten", "ho ten", "ten don vi", "don vi", "full name", "name", "unit"},
    "year": {"nam", "year"},
    "kind": {"loai xep loai", "loai", "doi tuong", "kind"},
    "rating": {"xep loai", "ket qua", "ket qua xep loai", "muc xep loai", "rating", "class"},
    "number": {"so van ban", "so quyet dinh", "van ban", "number"},
}
_KIND_WORDS = {
    "party": {"party", "dang vien", "to chuc dang", "chi bo", "dang bo"},
    "official": {"official", "can bo", "cong chuc", "vien chuc", "can bo, cong chuc", "can bo, cong chuc, vien chuc"},
    "worker": {"worker", "nguoi lao dong", "lao dong"},
}
_RATING_WORDS = {
    "excellent": {"excellent", "hoan thanh xuat sac nhiem vu", "hoan thanh xuat sac", "xuat sac", "htxsnv", "htxs"},
    "good": {"good", "hoan thanh tot nhiem vu", "hoan thanh tot", "tot", "httnv", "htt"},
    "completed": {"completed", "hoan thanh nhiem vu", "hoan thanh", "htnv", "ht"},
    "not_completed": {"not_completed", "khong hoan thanh nhiem vu", "khong hoan thanh", "khtnv", "kht"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How somebody, or a unit, was rated for a year; `number` and `day` are of the paper."""

    subject: str
    year: int
    kind: str
    rating: str
    number: str = ""
    day: date | None = None
    note: str = ""


def rate(office: Office, rated: Sequence[Rated]) -> list[YearRating]:
    """Enter ratings, each in place of one of the same kind and year; one change.

    Raises:
        InputError: for nobody, an unknown subject, kind or rating, or a year that cannot be.
    """
    if not rated:
        raise InputError(t("Nobody is named"), do=t("name the person by the code"))
    names = [_judged(office, each) for each in rated]
    about = names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})"
    with office.book.change("rating.set", about=about) as change:
        return [_put(office, change, each) for each in rated]


def _judged(office: Office, each: Rated) -> str:
    """The name of the subject; raises what `rate` raises."""
    for given, known in ((each.kind, RATING_KINDS), (each.rating, RATINGS)):
        if given not in known:
            raise InputError(
                t("“{given}” is not known", given=given), do=t("use one of: {known}", known=", ".join(known))
            )
    if not _FIRST_YEAR <= each.year <= _LAST_YEAR:
        raise InputError(t("“{year}” is no year", year=each.year), do=t("write all four digits, such as 2025"))
    unit = office.book.table(Unit).get(each.subject)
    if unit is None:
        return office.person(each.subject).name
    if each.kind != "party":
        raise InputError(
            t("{name} is a unit and is not rated as an official or a worker", name=unit.name),
            do=t("use one of: {known}", known="party"),
        )
    return unit.name


def _put(office: Office, change: UnitOfWork, each: Rated) -> YearRating:
    known = _known(office, each)
    unit = office.book.table(Unit).get(each.subject) is not None
    told: dict[str, Any] = {
        "rating": each.rating,
        "number": clean(each.number),
        "day": each.day,
        "note": clean(each.note),
    }
    if known is not None:
        return change.put(replace(known, **told), was=known)
    whose = {"unit" if unit else "person": each.subject}
    return change.put(YearRating(id=change.new_id(YearRating), year=each.year, kind=each.kind, **whose, **told))  # type: ignore[arg-type]  # judged before


def _known(office: Office, each: Rated) -> YearRating | None:
    return next(
        (one for one in ratings_of(office, each.subject) if (one.year, one.kind) == (each.year, each.kind)), None
    )


def ratings_of(office: Office, subject: str) -> list[YearRating]:
    """The ratings of a person or unit, by year and kind."""
    table = office.book.table(YearRating)
    found = [*table.where(person=subject), *table.where(unit=subject)]
    return sorted(found, key=lambda each: (each.year, each.kind))


def take_back(office: Office, subject: str, year: int, kind: str) -> YearRating:
    """Take a rating out that was entered by mistake; one change. Raises InputError when there is none."""
    found = _known(office, Rated(subject=subject, year=year, kind=kind, rating=""))
    if found is None:
        raise InputError(
            t("{subject} has no such rating for {year}", subject=subject, year=year), do=t("see “rating show”")
        )
    with office.book.change("rating.take_back", about=f"{subject} · {year}") as change:
        change.remove(found)
    return found


# -- from a spreadsheet -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RatingPreview:
    """What a file of ratings would enter: `ratings` differ from what stands; `rows` is how many rows were read."""

    rows: int
    ratings: tuple[Rated, ...]
    refused: tuple[Refusal, ...]


def preview_ratings(office: Office, path: Path, *, year: int = 0, kind: str = "") -> RatingPreview:
    """Read a spreadsheet of ratings without writing: columns of codes or names, ratings, and years and kinds.

    Args:
        office: the open book.
        path: of the file.
        year: of every row, where the file has no column for it.
        kind: likewise.

    Raises:
        InputError: when the file cannot be read, or has no columns of people and ratings.
    """
    for sheet in read_sheets(path):
        found = _layout(sheet)
        if found is not None:
            return _Reading(office, sheet, found[1], (year, kind)).read(found[0])
    raise InputError(
        t("The file has no column of codes or names beside a column of ratings"),
        where=str(path),
        do=t("give it the heads: Mã số, Họ và tên, Năm, Loại xếp loại, Xếp loại"),
    )


def _layout(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the heads, and the column of each thing."""
    for number in range(1, min(len(sheet.rows), 40) + 1):
        heads = {column: fold(clean(str(cell))) for column, cell in sheet.filled(number)}
        found = {
            name: column for column, head in heads.items() for name, words in _HEADS.items() if head in words
        }  # fmt: skip
        if "rating" in found and ("code" in found or "name" in found):
            return number, found
    return None


class _RowError(Exception):
    def __init__(self, column: str, problem: Text) -> None:
        super().__init__(str(problem))
        self.column, self.problem = column, problem


class _Reading:
    """One sheet being read."""

    def __init__(self, office: Office, sheet: Sheet, columns: dict[str, int], fixed: tuple[int, str]) -> None:
        self._office, self._sheet, self._columns = office, sheet, columns
        self._year, self._kind = fixed
        self._people = {each.id: each.name for each in office.book.table(Person)}
        self._units = {each.id: each.name for each in office.book.table(Unit)}

    def read(self, head: int) -> RatingPreview:
        rows, ratings, refused = 0, list[Rated](), list[Refusal]()
        for number in range(head + 1, len(self._sheet.rows) + 1):
            texts = {column: clean(str(cell)) for column, cell in self._sheet.filled(number)}
            told = {name: texts.get(column, "") for name, column in self._columns.items()}
            if not told["rating"] and not (told.get("code") or told.get("name")):
                continue
            rows += 1
            try:
                found = self._row(told, ratings)
                known = _known(self._office, found)
                if known is None or known.rating != found.rating:
                    ratings.append(found)
            except _RowError as error:
                refused.append(self._refusal(head, number, error))
        return RatingPreview(rows, tuple(ratings), tuple(refused))

    def _refusal(self, head: int, row: int, error: _RowError) -> Refusal:
        texts = {name: shown_cell(self._sheet.at(row, column)) for name, column in self._columns.items()}
        name, at = shortened(texts.get("name", "")), self._columns.get(error.column)
        if at is None:  # no column says it
            return Refusal(row, "", "", error.problem, name=name)
        column = headed(shown_cell(self._sheet.at(head, at)), at)
        value = shortened(texts[error.column])
        return Refusal(row, column, value, error.problem, name=name, cell=f"{letter(at)}{row}")

    def _row(self, told: dict[str, str], before: Sequence[Rated]) -> Rated:
        year = self._whole(told.get("year", "")) or self._year
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise _RowError("year", t("The year is missing"))
        kind = _meant(told.get("kind", ""), _KIND_WORDS) or self._kind
        if kind not in RATING_KINDS:
            raise _RowError("kind", t("“{given}” is no kind of rating", given=told.get("kind", "")))
        rating = _meant(told["rating"], _RATING_WORDS)
        if not rating:
            raise _RowError("rating", t("“{given}” is no rating", given=told["rating"]))
        subject = self._subject(told)
        if any((each.subject, each.year, each.kind) == (subject, year, kind) for each in before):
            raise _RowError("code", t("The same person, year and kind stand twice in the file"))
        return Rated(subject=subject, year=year, kind=kind, rating=rating, number=told.get("number", ""))

    def _whole(self, text: str) -> int:
        digits = text.removesuffix(".0")
        return int(digits) if digits.isdecimal() else 0

    def _subject(self, told: dict[str, str]) -> str:
        code, name = told.get("code", ""), told.get("name", "")
        known = self._people | self._units
        if code:
            if code not in known:
                raise _RowError("code", t("There is nobody with the code {code}", code=code))
            if name and matching_key(name) != matching_key(known[code]):
                raise _RowError(
                    "name", t("The code {code} is of {known}, not of {given}", code=code, known=known[code], given=name)
                )
            return code
        found = [key for key, each in known.items() if matching_key(each) == matching_key(name)]
        if len(found) != 1:
            problem = t("{n} in the book are called {name}: give the code", n=len(found), name=name)
            raise _RowError("name", problem if found else t("Nobody in the book is called {name}", name=name))
        return found[0]


def _meant(text: str, words: dict[str, set[str]]) -> str:
    return next((key for key, known in words.items() if fold(text) in known), "")
