"""Words of lists turned into our codes: sex, roles, levels, education, political theory."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from records.domain.people.names import clean, fold

_MARKS = frozenset({"x", "v", "✓", "✔", "√", "co", "yes", "*", "true", "1"})
_SEXES: dict[str, Literal["male", "female"]] = {
    "nam": "male", "male": "male", "m": "male", "nu": "female", "female": "female", "f": "female",
}  # fmt: skip
_ROLES = (
    ("reporter", re.compile(r"\b(bcv|bao cao vien|reporter)\b")),
    ("communicator", re.compile(r"\b(ttv|tuyen truyen vien|communicator)\b")),
    ("collaborator", re.compile(r"\b(ctv|cong tac vien|collaborator)\b")),
)
_LEVELS = (
    ("central", re.compile(r"trung uong|tw|central")),
    ("province", re.compile(r"(cap |bcv )?(tinh|tinh uy|province|thanh pho truc thuoc( trung uong| tw)?)")),
    ("district", re.compile(r"(cap |bcv )?(thanh pho|thanh uy|huyen|huyen uy|thi xa|thi uy|quan|tp|district|city)")),
    ("commune", re.compile(r"(cap |bcv )?(xa|phuong|xa, phuong|phuong, xa|xa/phuong|phuong/xa|thi tran|commune|ward)")),
    ("grassroots", re.compile(r"(cap )?(co so|chi bo|to dan pho|xom|grassroots)")),
)
_BRACKETS = re.compile(r"\([^()]*\)")
_ROLE_LEVEL = re.compile(r"\bcap (trung uong|tw|tinh|thanh pho|huyen|xa|phuong|co so)\b")
_EDUCATION = (
    ("doctor", re.compile(r"\b(tien si|tien sy|ts|doctor|doctorate|phd)\b")),
    ("master", re.compile(r"\b(thac si|thac sy|ths|master)\b")),
    ("bachelor", re.compile(r"\b(dai hoc|dh|cu nhan|ky su|bac si|bachelor|university degree)\b")),
    ("college", re.compile(r"\b(cao dang|cd|college)\b")),
    (
        "upper_secondary",
        re.compile(r"^(12/12|10/10|thpt|cap 3|cap iii|(tot nghiep )?(thpt|trung hoc pho thong)|12|upper secondary.*)$"),
    ),
    (
        "lower_secondary",
        re.compile(r"^([6-9]/12|1[01]/12|[5-9]/10|thcs|cap 2|cap ii|trung hoc co so|lower secondary.*)$"),
    ),
    ("none", re.compile(r"^(chua qua truong lop|no schooling|khong biet chu|mu chu)$")),
)
_LEVEL_OF_STUDY = re.compile(
    r"(?:(?:trình độ|tốt nghiệp|bằng)\s+)?(?:tiến s[ĩỹ]|ts|thạc s[ĩỹ]|ths|đại học|đh|cử nhân|cn|kỹ sư|ks|bác s[ĩỹ]|bs|"
    r"cao đẳng|cđ|doctorate|doctor|phd|university degree|(?:master|bachelor)(?:['’]s degree)?|college)\b\.?",
    re.IGNORECASE,
)
_FIELD_WORDS = re.compile(r"(?:chuyên ngành|ngành|of|in)[\s:]+", re.IGNORECASE)
_THEORY = (
    ("advanced", re.compile(r"\b(cao cap|cc|cu nhan|cao cap llct|advanced)\b")),
    ("intermediate", re.compile(r"\b(trung cap|tc|intermediate)\b")),
    ("elementary", re.compile(r"\b(so cap|sc|elementary)\b")),
)
_NONE = frozenset(
    {"", "0", "khong", "ko", "k", "khong co", "khong la", "khong phai", "khong ro", "chua", "chua co", "chua ro"}
    | {"no", "n", "na", "none", "false", "☐", "□", "✗", "✘", "❌"}
)
_DENIED = re.compile(r"\b(khong|thoi|het|mien nhiem|nguyen|cho thoi|not|former)\b")
_UNIT = re.compile(
    r"(?:đảng bộ|đảng ủy|đảng uỷ|chi bộ|phường|xã|thị trấn|trường|học viện|trung tâm|bệnh viện|trạm|phòng|sở|cục|"
    r"chi cục|công ty|công an|tòa án|toà án|kho bạc|bưu điện|ủy ban|uỷ ban|ubnd|mttq|mặt trận|hội|liên đoàn|thành đoàn|"
    r"văn phòng|ban) \S"
)
_GROUP_WORDS = (
    "đảng bộ|đảng ủy|đảng uỷ|chi bộ|chi ủy|chi uỷ|thành ủy|thành uỷ|tỉnh ủy|tỉnh uỷ|huyện ủy|huyện uỷ|khối|phường|xã|"
    "thị trấn|xóm|thôn|bản|tổ dân phố|trường|học viện|trung tâm|bệnh viện|trạm|viện|ban|phòng|văn phòng|sở|cục|chi cục|"
    "cơ quan|các|công ty|công an|tòa án|toà án|kho bạc|ngân hàng|bưu điện|ủy ban|uỷ ban|ubnd|hđnd|mttq|mặt trận|hội|"
    "liên đoàn|thành đoàn|tỉnh đoàn|huyện đoàn|cấp|nhóm|danh sách|"
    "báo cáo viên|cộng tác viên|tuyên truyền viên|bcv|ctv|ttv"
)
_GROUP = re.compile(rf"(?:{_GROUP_WORDS}|đoàn(?! (?:thị|văn)\b))\b")
_GROUP_BARE = re.compile(rf"(?:{'|'.join(map(fold, _GROUP_WORDS.split('|')))})\b")
"""Such words without their accents, for lines that have none at all; Trường is no Trương, and Ban no Bàn."""
_BARE = " .-–—_/*"

_by_text = lru_cache(maxsize=16_384)
"""What a word means is found out once: few words make up a long list."""


@_by_text
def is_mark(text: str) -> bool:
    """Whether `text` is a cross or tick in a column that asks yes or no."""
    return fold(text) in _MARKS


@_by_text
def sex_of(text: str) -> Literal["male", "female"] | None:
    """The sex a word names, or None."""
    return _SEXES.get(fold(text))


@_by_text
def roles_of(text: str) -> tuple[str, ...]:
    """The roles a text names, each once."""
    folded = fold(text)
    return tuple(role for role, words in _ROLES if words.search(folded))


@_by_text
def level_of(text: str) -> str:
    """The level a text names (`province`, `commune`...), or nothing."""
    folded = fold(_BRACKETS.sub(" ", text)).strip(" .")  # `Cấp xã (phường)`
    return next((level for level, words in _LEVELS if words.fullmatch(folded)), "")


@_by_text
def level_in_role(text: str) -> str:
    """The level in a role such as `BCV cấp tỉnh`, or nothing."""
    found = _ROLE_LEVEL.search(fold(text))
    return level_of(found[1]) if found else ""


@_by_text
def education_of(text: str) -> str | None:
    """The level of education a text names, nothing where it says there is none, None where it is unknown."""
    return _first(text, _EDUCATION)


@_by_text
def field_of_study(text: str) -> str:
    """What is said of an education besides its level: `Luật` of `Cử nhân Luật`; nothing where that is all."""
    said = clean(text)
    if education_of(said) in ("none", "lower_secondary", "upper_secondary"):
        return ""
    found = _LEVEL_OF_STUDY.match(said)
    rest = said[found.end() :] if found else said
    rest = _FIELD_WORDS.sub("", rest.strip(" .,:;-–()"), count=1).strip(" .,:;-–()")
    return "" if _LEVEL_OF_STUDY.fullmatch(rest) else rest


@_by_text
def theory_of(text: str) -> str | None:
    """The level of political theory a text names, nothing where it says there is none, None where it is unknown."""
    return _first(text, _THEORY)


def _first(text: str, known: tuple[tuple[str, re.Pattern[str]], ...]) -> str | None:
    folded = fold(text).replace(".", "").strip()
    if is_no(text):
        return ""
    return next((level for level, words in known if words.search(folded)), None)


def is_no(text: str) -> bool:
    """Whether a cell says that there is nothing: `không`, `-`, `chưa có`."""
    if text.isdecimal():  # as numbers are, of which no two are the same
        return text == "0"
    return _says_no(text)


@_by_text
def _says_no(text: str) -> bool:
    return fold(text).replace("/", "").strip(_BARE) in _NONE


def names_unit(text: str) -> bool:
    """Whether a line that heads a group names one unit, and not a kind of them such as `Khối phường`."""
    return _UNIT.match(clean(text).lower()) is not None


@_by_text
def denies(text: str) -> bool:
    """Whether a text about a role says that it is not, or no longer, held."""
    return _DENIED.search(fold(text)) is not None


@_by_text
def names_group(text: str) -> bool:
    """Whether a line begins with the words of a unit or group, such as `Phường`, `Công an`, `Báo cáo viên`."""
    said = clean(text).lower()
    return bool(_GROUP_BARE.match(said) if said.isascii() else _GROUP.match(said))
