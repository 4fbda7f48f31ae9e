"""The headings that offices write over their columns, and the keys they stand for."""

from __future__ import annotations

import re
from functools import lru_cache

from records.domain.people.names import clean, fold

_WORDS: dict[str, str] = {
    "number": "stt|tt|so tt|so thu tu|no|no.|#",
    "code": "ma|ma so|ma nguoi|code|ma ho so|ma so ho so|ma bcv|ma ctv|ma ttv|ma can bo|ma nhan su|ma hs|person code",
    "name": "ho va ten|ho ten|ho, ten|ho va ten khai sinh|ho va ten can bo|ho ten can bo|ho va ten dang vien|full name"
    "|ho ten dang vien|name|ten nguoi|ho ten bao cao vien|ho va ten bao cao vien|ho, chu dem va ten|ho, dem va ten"
    "|ho, ten dem va ten|ho ten cong tac vien|ho va ten cong tac vien|ho ten tuyen truyen vien|hoten"
    "|ho va ten tuyen truyen vien|ho ten bcv|ho va ten bcv|ho ten ctv|ho va ten ctv|ho ten ttv|ho va ten ttv"
    "|ho chu dem va ten khai sinh|ho, chu dem va ten khai sinh",
    "family_and_middle": "ho dem|ho va dem|ho va ten dem|ho ten dem|ho va chu dem|ho, dem|ho lot|ho va ten lot|ho"
    "|ho chu dem|ho, chu dem|ho va lot|family name|last name|surname",
    "middle": "dem|ten dem|chu dem|ten lot|chu lot|lot|middle name",
    "given": "ten|ten goi|given name|first name",
    "sex": "gioi tinh|phai|gioi|sex|gender|nam/nu|nam, nu|gt|g tinh|gtinh",
    "born": "ngay sinh|nam sinh|sinh nam|ngay thang nam sinh|ngay, thang, nam sinh|ngay/thang/nam sinh|sinh ngay"
    "|ngay, thang nam sinh|nam sinh|nsinh|date of birth|birth date|birthday|born|year of birth|dob|ngay, nam sinh"
    "|ngay thang nam, sinh|thang nam sinh|ngay thang sinh|n sinh|ns|ntns",
    "born_day": "ngay sinh ngay|ngay thang nam sinh ngay",
    "born_month": "ngay sinh thang|ngay thang nam sinh thang|thang sinh",
    "born_year": "ngay sinh nam|ngay thang nam sinh nam",
    "born_male": "nam sinh nam|nam sinh ngay|male",
    "born_female": "nam sinh nu|ngay sinh nu|nu sinh nam|nu sinh ngay|female|nu",
    "ethnicity": "dan toc|d toc|ethnicity|ethnic group",
    "religion": "ton giao|religion",
    "native_place": "que quan|nguyen quan|native place|home town|hometown",
    "residence": "noi o|noi o hien nay|cho o hien nay|dia chi|cho o|noi cu tru|noi thuong tru|thuong tru|address"
    "|dia chi thuong tru|ho khau thuong tru|noi dang ky thuong tru|dia chi lien he|residence|noi o hien tai|tam tru",
    "position": "chuc vu|c vu|chuc vu hien nay|chuc vu, don vi cong tac|chuc vu cong tac|chuc vu dang|chuc vu hien tai"
    "|chuc vu chinh quyen|position|job title|nghe nghiep|nghe nghiep, chuc vu|chuc vu, nghe nghiep|cong viec|chuc danh",
    "unit": "don vi|don vi cong tac|noi cong tac|chi bo|co quan|co quan, don vi|dang bo|noi sinh hoat|unit|organisation"
    "|noi lam viec|chi bo sinh hoat|dang bo, chi bo|don vi, chi bo|co quan cong tac|organization|co quan don vi"
    "|to chuc dang|to chuc co so dang|dang uy|chi bo, dang bo|co quan, don vi cong tac"
    "|don vi sinh hoat|d vi|dvi|don vi cong tac hien nay|phuong/xa|xa/phuong|phuong, xa, thi tran|dia phuong",
    "education": "trinh do|trinh do hoc van|hoc van|van hoa|trinh do van hoa|trinh do giao duc|education|hoc vi"
    "|giao duc pho thong|gdpt|trinh do gdpt|trinh do giao duc pho thong",
    "profession": "trinh do chuyen mon|chuyen mon|trinh do cm|trinh do chuyen mon nghiep vu|chuyen mon nghiep vu"
    "|trinh do chuyen mon, nghiep vu|chuyen mon, nghiep vu|qualification|profession|tdcm|bang cap",
    "field_of_study": "chuyen nganh|nganh hoc|nganh dao tao|chuyen nganh dao tao|nganh|field of study",
    "political_theory": "trinh do llct|llct|ly luan chinh tri|trinh do ly luan chinh tri|ly luan|trinh do ly luan"
    "|chinh tri|political theory|trinh do chinh tri|lly chinh tri|tdllct|ll chinh tri",
    "language": "ngoai ngu|trinh do ngoai ngu|languages|language|tdnn",
    "informatics": "tin hoc|trinh do tin hoc|informatics|tdth",
    "party_member": "dang vien|la dang vien|party member",
    "party_probation": "ngay vao dang|ngay ket nap|ngay ket nap dang|du bi|ngay du bi|nam vao dang|ket nap|vao dang"
    "|ngay vao dang du bi|ngay vao dang csvn|party probation|joined the party"
    "|joined the party on probation|ngay vao dcsvn|ngay vao dang cong san",
    "party_official": "chinh thuc|ngay chinh thuc|ngay vao dang chinh thuc|ngay cong nhan chinh thuc|party official"
    "|official party member since",
    "party_card": "so the dang|so the dang vien|the dang vien|the dang|so tdv|party card"
    "|party card number|so the dv|so the",
    "national_id": "cccd|so cccd|so dinh danh|so dinh danh ca nhan|cmnd|so cmnd|cmnd/cccd|cccd/cmnd|so cmnd/cccd|cmt"
    "|so cccd/cmnd|can cuoc cong dan|so can cuoc|so can cuoc cong dan|can cuoc|so the can cuoc|national id|id number"
    "|ma dinh danh|ma dinh danh ca nhan|dinh danh ca nhan|chung minh nhan dan|so cmt|so cmtnd|so cccd/dinh danh"
    "|so dinh danh/cccd|so cc|so can cuoc/cccd|cmtnd|so cmtnd|id no|id",
    "phone": "sdt|d thoai|dien thoai|so dien thoai|dt|so dt|so dtdd|dtdd|dien thoai di dong|di dong|dien thoai lien he"
    "|mobile|so dien thoai lien he|phone|phone number|tel|telephone|sdt lien he|so di dong|mobile phone|phone no",
    "email": "email|e-mail|thu dien tu|dia chi email|hop thu|dia chi thu dien tu|mail",
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
    "note": "ghi chu|note|notes|remarks|remark|chu thich|ghi chu khac",
    "reporter": "bcv|bao cao vien|la bao cao vien|la bcv|reporter",
    "communicator": "ttv|tuyen truyen vien|la tuyen truyen vien|la ttv|communicator|tuyen truyen vien co so",
    "collaborator": "ctv|cong tac vien|la cong tac vien|la ctv|collaborator|cong tac vien dlxh|ctv dlxh|ctv du luan"
    "|ctv du luan xh|cong tac vien du luan xa hoi|ctv du luan xa hoi",
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
_DECISION_LEAF |= {"ngay, thang": "decision_date", "ngay thang nam": "decision_date", "so hieu": "decision_number"}


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
