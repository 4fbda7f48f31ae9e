"""The headings that offices write over their columns, and the keys they stand for."""

from __future__ import annotations

import re
from functools import lru_cache

from records.domain.people.names import clean, fold
from records.domain.people.person_fields import FIELDS

_PARTS: dict[str, dict[str, str]] = {
    "name": {
        "family_and_middle": "ho dem|ho va dem|ho va ten dem|ho ten dem|ho va chu dem|ho, dem|ho lot|ho va ten lot|ho"
        "|ho chu dem|ho, chu dem|ho va lot|family name|last name|surname",
        "middle": "dem|ten dem|chu dem|ten lot|chu lot|lot|middle name",
        "given": "ten|ten goi|given name|first name",
    },
    "born": {
        "born_day": "ngay sinh ngay|ngay thang nam sinh ngay",
        "born_month": "ngay sinh thang|ngay thang nam sinh thang|thang sinh",
        "born_year": "ngay sinh nam|ngay thang nam sinh nam",
        "born_male": "nam sinh nam|nam sinh ngay|male",
        "born_female": "nam sinh nu|ngay sinh nu|nu sinh nam|nu sinh ngay|female|nu",
    },
    "education": {
        "profession": "trinh do chuyen mon|chuyen mon|trinh do cm|trinh do chuyen mon nghiep vu|chuyen mon nghiep vu"
        "|trinh do chuyen mon, nghiep vu|chuyen mon, nghiep vu|qualification|profession|tdcm|bang cap",
    },
}
"""Columns that tell a part of a field of the person, or tell it in another way."""
_POSTS = {
    "role": "vai tro|v tro|role|loai hinh|bcv/ttv/ctv|danh xung|bcv/ctv|roles|doi tuong|role in the network",
    "level": "cap|cap bcv|cap bao cao vien|level|level of the role|cap cong nhan|cap quan ly|cap bcv/ctv",
    "decision_number": "so quyet dinh|so qd|quyet dinh|quyet dinh so|qd so|so, ngay quyet dinh|so, ngay qd"
    "|quyet dinh cong nhan|so qd cong nhan|so quyet dinh cong nhan|decision number|decision no|so, ngay qd cong nhan"
    "|so va ngay quyet dinh|so hop dong|qd cong nhan|so, ngay quyet dinh cong nhan|so/ngay quyet dinh",
    "decision_date": "ngay quyet dinh|ngay qd|ngay cong nhan|ngay ky quyet dinh|ngay ky qd|ngay ra quyet dinh"
    "|decision date|date of decision|ngay ky|ngay hop dong|thoi diem cong nhan|ngay qd cong nhan|ngay ban hanh",
    "since": "tu ngay|ngay bat dau|bat dau tu|since|hieu luc tu|tu ngay thang|ngay hieu luc|ngay giu vai tro",
    "until": "den ngay|het han|ngay het han|until|thoi han den|hieu luc den|den ngay thang",
    "term": "thoi han|nhiem ky|term|term of office|thoi gian giu vai tro|thoi han hop dong|thoi han cong nhan",
    "recognised_by": "co quan cong nhan|don vi cong nhan|cap uy cong nhan|noi cong nhan|recognised by",
    "managed_by": "co quan quan ly|don vi quan ly|managed by",
    "reporter": "bcv|bao cao vien|la bao cao vien|la bcv|reporter",
    "communicator": "ttv|tuyen truyen vien|la tuyen truyen vien|la ttv|communicator|tuyen truyen vien co so",
    "collaborator": "ctv|cong tac vien|la cong tac vien|la ctv|collaborator|cong tac vien dlxh|ctv dlxh|ctv du luan"
    "|ctv du luan xh|cong tac vien du luan xa hoi|ctv du luan xa hoi",
}
_WORDS: dict[str, str] = {
    "number": "stt|tt|so tt|so thu tu|no|no.|#",
    "code": "ma|ma so|ma nguoi|code|ma ho so|ma so ho so|ma bcv|ma ctv|ma ttv|ma can bo|ma nhan su|ma hs|person code",
    **{key: words for each in FIELDS for key, words in ((each.key, each.headings), *_PARTS.get(each.key, {}).items())},
    **_POSTS,
}
KEYS = tuple(_WORDS)
"""Every key a column can have."""
NAME_PARTS = ("family_and_middle", "middle", "given")
NAME_KEYS = ("name", *NAME_PARTS)
BIRTH_KEYS = ("born", "born_day", "born_month", "born_year", "born_male", "born_female")
_OTHER = re.compile(r"[^a-z0-9#]")
_MEANING = {_OTHER.sub("", word): key for key, words in _WORDS.items() for word in words.split("|")}
"""Letters and digits of a folded heading -> its key: `Đ.vị`, `Đ. vị` and `Ngày/ tháng/ năm sinh` are written anyhow."""
_BIRTH_PARTS = {"ngày": "born_day", "tháng": "born_month", "năm": "born_year"}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EDGES = " .:;,*-–_/\"'“”"
_SEX = {"nam": "born_male", "nữ": "born_female", "nu": "born_female"}
_BORN_PARENT = re.compile(r"\b(sinh|birth|born|gioi tinh|gioi|phai|sex|gender|dob)\b")
_BORN_WORD = re.compile(r"\b(sinh|birth|born)\b")
_ID_LEAF = {"so", "so the", "number", "no"}
_DECISION_PARENT = re.compile(r"\b(quyet dinh|qd|cong nhan|hop dong|decision)\b")
_DECISION_LEAF = {"so": "decision_number", "ngay": "decision_date", "ngay thang": "decision_date"}
_DECISION_LEAF |= {"number": "decision_number", "date": "decision_date", "ngay, thang": "decision_date"}
_DECISION_LEAF |= {"ngay thang nam": "decision_date", "so hieu": "decision_number"}


def plain(heading: str) -> str:
    """A heading folded, without what stands in brackets and without marks at its ends."""
    return fold(_BRACKETS.sub(" ", heading)).replace(" / ", "/").replace(" ,", ",").strip(_EDGES)


@lru_cache(maxsize=4096)
def meaning(heading: str, parent: str = "") -> str:
    """The key of a column under `heading`, which may stand below a wider heading `parent`; empty when unknown.

    `Nam` (male) and `Năm` (year) differ by an accent only, so that word is judged with its accents.
    """
    exact = clean(_BRACKETS.sub(" ", heading)).lower().strip(_EDGES)
    above = plain(parent)
    if exact in _BIRTH_PARTS and _BORN_WORD.search(above):
        return _BIRTH_PARTS[exact]
    if exact in _SEX and (not above or _BORN_PARENT.search(above)):
        return _SEX[exact]
    leaf = plain(heading)
    if leaf in _DECISION_LEAF and _DECISION_PARENT.search(above):
        return _DECISION_LEAF[leaf]
    found = _MEANING.get(_squeezed(leaf), "")
    if not found and leaf in _ID_LEAF and _MEANING.get(_squeezed(above)) in ("national_id", "party_card"):
        return _MEANING[_squeezed(above)]
    if not found and above:
        found = _MEANING.get(_squeezed(f"{above} {leaf}"), "")
    if not found and not above and ":" in heading:  # our own lists in files with one row of heads: `Quyết định: Số`
        wider, _, narrower = heading.partition(":")
        return meaning(narrower.strip(), wider.strip())
    return found


def _squeezed(heading: str) -> str:
    return _OTHER.sub("", heading.replace("&", " va "))
