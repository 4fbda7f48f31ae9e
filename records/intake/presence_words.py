"""Words, marks and signatures by which a list says that somebody came, did not, had leave or came late.

They are judged with their accents wherever a text has any: `vàng` is no `vắng`, and `muốn` no `muộn`.
"""

from __future__ import annotations

import re

from config.text import Text, t
from records.domain.people.names import clean, fold
from records.domain.training import Presence

TICKS = frozenset({"x", "1", "+", "✓", "✔", "√", "☑", "✅", "☒", "co", "yes", "true", "*", "xx", "×", "✗", "✘"})
NOT_MARKS = frozenset({"0", "-", "khong", "ko", "no", "false", "☐", "□"})
MARKS: dict[str, Presence] = {
    **dict.fromkeys(("c", "cm"), "present"),
    **dict.fromkeys(("v", "k", "kp", "vkp", "vk"), "absent"),
    **dict.fromkeys(("p", "cp", "vp", "vcp"), "excused"),
    **dict.fromkeys(("m", "dm"), "late"),
}
"""Letters that lists write: có mặt, vắng, không phép, có phép, muộn."""
_WHY = r"(?:[\s:,;.–-]*(?:\(.*\)?|(?:do|vì|vi|lý do|lí do|bận|ốm|đi|việc|công tác|họp|nằm|thai|có việc|sick|ill)\b.*))?"
_ABSENT = r"(?:vắng|nghỉ)(?: mặt| họp| học| hội nghị| buổi này)?"
_COMING = r"(?:đến|đi|vào|tới|dự|họp|học)"
_NO = r"(?:không|ko|k|0)"
_PHRASES: tuple[tuple[Presence, str], ...] = (
    ("excused", rf"(?:{_ABSENT}[\s,:(–-]*)?(?:có (?:xin )?(?:phép|lý do|lí do)|cp|xin phép)\)?"),
    ("excused", r"(?:nghỉ )?phép|(?:có |đã )?xin(?: phép)?(?: được)? (?:vắng|nghỉ|phép)(?: mặt| họp| học)?"),
    ("excused", r"vắng p|excused|absent with leave|with leave"),
    ("absent", rf"(?:{_ABSENT}[\s,:(–-]*)?{_NO} (?:có )?(?:xin )?(?:phép|lý do|lí do|báo)\)?"),
    ("absent", rf"{_NO} (?:đến|dự|tham dự|tham gia|có mặt|đi|họp|học|đi học|đi họp)|vắng(?: mặt| họp| học)?"),
    ("absent", r"(?:bỏ|nghỉ)(?: họp| học)?|vắng k|absent|absent without leave"),
    ("late", rf"(?:có mặt[\s,:(–-]*)?(?:{_COMING} )?(?:muộn|trễ)(?: giờ)?\)?(?: ?\d{{1,3}} ?(?:phút|p|'|giờ))?|late"),
    ("present", r"(?:có|đã) (?:mặt|dự|tham dự|tham gia|đến|đủ)(?: đủ| đầy đủ)?|hiện diện|tham dự|dự họp|đủ|present"),
    ("present", r"tham gia|đã điểm danh"),
    ("present", r"đã k[ýí](?: tên| nhận)?|signed|attended|came"),
)
_SOUNDS = re.compile(r"\b(?:vắng|không phép|có phép|xin phép|muộn)\b|^(?:vang|khong phep|co phep)\b")
_INSTEAD = re.compile(
    r"\b(?:đi|dự|họp|ký|kí|học|tham dự|người) (?:thay|hộ)\b|\b[uủ][yỷ] quyền\b|^(?:kt|k/t)\.? ?thay\b"
)
_UNSIGNED = re.compile(r"(?:chưa|không|ko) k[ýí](?: tên| nhận)?|(?:chua|khong|ko) ky(?: ten| nhan)?")
_SIGNED = re.compile(
    r"\(?\b(?:đã k[ýí](?: tên| nhận)?|da ky(?: ten| nhan)?|k[ýí] tên|k[ýí]|signed)\b\)?", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]+")
_PARTED = re.compile(r"[\W_]+")
_MARKED = re.compile(r"([a-z]{1,3})\s*\(.*\)")
_ENDS = " .:;,*\"'“”"


def _both(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A phrase with its reason behind it: as written, and as written without any accents."""
    whole = f"(?:{pattern}){_WHY}"
    return re.compile(whole), re.compile(_bare(whole))


def _bare(pattern: str) -> str:
    """A pattern without accents; `fold` would change what is no letter in it."""
    return "".join(fold(each) if each.isalpha() and not each.isascii() else each for each in pattern)


_PATTERNS = tuple((presence, *_both(pattern)) for presence, pattern in _PHRASES)


def mark_of(text: str) -> Presence | None:
    """What a tick, or a letter of the lists, means in a column that is not there for it; None for any other text."""
    word = _plain(text)
    return "present" if word in TICKS - {"1", "co", "yes", "true", "*"} else MARKS.get(word)


def letters_of(text: str) -> tuple[str, Presence | None]:
    """The letters by which a list marks somebody, however they are parted (`v-p`, `P (ốm)`), and what they mean."""
    word = _plain(text)
    marked = _MARKED.fullmatch(word)
    found = next((each for each in (_PARTED.sub("", word), marked[1] if marked else "") if each in MARKS), word)
    return found, MARKS.get(found)


def is_tick(text: str) -> bool:
    """Whether a text is a cross or a tick."""
    return _plain(text) in TICKS


def _plain(text: str) -> str:
    word = fold(text).replace("\ufe0f", "")  # what makes a picture of a sign
    return word.strip(_ENDS) or word


def words_of(text: str) -> tuple[Presence | None, Text | None]:
    """What words say; or why somebody must look: they sound as if they said it, or tell of somebody in the place."""
    said = clean(text).lower().strip(_ENDS)
    if not said:
        return None, None
    if _INSTEAD.search(said):
        return None, t("“{text}”: somebody else came in the place; say whether the person came", text=text)
    for presence, accented, bare in _PATTERNS:
        if "?" not in said and (bare if said.isascii() else accented).fullmatch(said):
            return presence, None
    if _SOUNDS.search(said):
        return None, t("“{text}” may say that the person did not come; write x, m, p or v", text=text)
    return None, None


def absence_of(text: str) -> tuple[Presence | None, Text | None]:
    """Like `words_of`, in a column of something else: only words that cannot be about anything else, none of coming."""
    presence, problem = words_of(text)
    if presence == "present" or not _SOUNDS.search(clean(text).lower()):
        return None, problem
    return presence, problem


def signature_of(text: str, name: str) -> tuple[Presence | None, Text | None]:
    """What stands where the person of this name signs: a signature, a mark, a word, or something not understood."""
    parts = [fold(each) for each in name.split()]
    word, marked = letters_of(text)
    if marked not in (None, "present"):
        if len(word) == 1 and parts and parts[-1].startswith(word):
            return None, t("“{text}” may be the person's initial or a mark; write x, m, p or v", text=text)
        return marked, None
    if word in NOT_MARKS or _UNSIGNED.fullmatch(clean(text).lower().strip(_ENDS)):
        return None, None
    presence, problem = words_of(text)
    if presence is None and problem is None and (is_tick(text) or _signs(clean(text), parts)):
        return "present", None
    if presence is None and problem is None:
        problem = t("“{text}” is neither a signature of this person nor a mark; write x, m, p or v", text=text)
    return presence, problem


def _signs(text: str, parts: list[str]) -> bool:
    """Whether a text is a signature of the name with these parts, or says that it was signed."""
    tokens = [fold(each) for each in _LETTERS.findall(_SIGNED.sub(" ", text))]
    told = bool(tokens) or _SIGNED.search(text) is not None
    return told and not re.search(r"[\d?]", text) and all(_is_of(each, parts) for each in tokens)


def _is_of(token: str, parts: list[str]) -> bool:
    """Whether a word of a signature is a part of the name, its initial, or several initials (`ntha`, `NTH`)."""
    if token in parts or any(part.startswith(token) for part in parts if len(token) == 1):
        return True
    initials = "".join(part[0] for part in parts)
    return len(token) > 1 and (token in initials or any(token == initials[:at] + parts[at] for at in range(len(parts))))
