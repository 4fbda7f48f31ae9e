"""The fields of a person, each a row of one table that import, form, page, lists, templates and commands follow.

A further field is an attribute of `Person` and a row here. A further kind of field also needs its cell read in
`records.intake.person_values`, its difference told in `records.services.imports.updates` and its line in the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypeVar

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.dates import PartialDate, parse_partial, shown
from records.domain.people.names import clean
from records.domain.people.person import SENSITIVE, Credential, Person

FieldKind = Literal[
    "name", "sex", "date", "text", "note", "unit", "national_id", "phone", "email", "member", "level", "levels", "study"
]
SEX_WORDS: Mapping[str, Text] = {"male": t("male"), "female": t("female")}
EDUCATION_WORDS: Mapping[str, Text] = {
    "none": t("no schooling"),
    "lower_secondary": t("lower secondary school"),
    "upper_secondary": t("upper secondary school"),
    "college": t("college"),
    "bachelor": t("university degree"),
    "master": t("master's degree"),
    "doctor": t("doctorate"),
}
THEORY_WORDS = {"elementary": t("elementary"), "intermediate": t("intermediate"), "advanced": t("advanced")}
"""Short, for the field says of what."""
_MEMBER_WORDS = {"yes": t("yes"), "no": t("no")}
_JOINED, _QUALIFIED = t("Date of joining the Party"), t("Qualifications")
P = TypeVar("P", bound=Person)


class PersonField(msgspec.Struct, frozen=True, kw_only=True):
    """One field: how it is called, kept, typed and shown.

    Attributes:
        key: of the attribute of `Person`; of the kinds `level`, `levels` and `study` the kind of credential, or
            `field_of_study`.
        title: its name.
        kind: says how it is read, compared and asked for.
        headings: what offices write over its column, folded, joined by `|`.
        width: of its column in a list, in letters.
        choices: the only values, with their words.
        group, head: in lists the head shared with its neighbours, and its own below that, where they differ.
        ahead: whether its day may lie after today.
    """

    key: str
    title: Text
    headings: str
    kind: FieldKind = "text"
    width: float = 14
    choices: Mapping[str, Text] | None = None
    group: Text | None = None
    head: Text | None = None
    ahead: bool = False

    @property
    def sensitive(self) -> bool:
        """Whether no list has it unless somebody asks for it by name."""
        return self.key in SENSITIVE

    @property
    def in_credentials(self) -> bool:
        """Whether it is kept among the credentials, where its paper is told too."""
        return self.kind in ("level", "levels", "study")

    def of(self, person: Person) -> Any:
        """The value as it is kept: a text, a `PartialDate`, a bool or a tuple of texts; empty or None: not known."""
        if not self.in_credentials:
            return getattr(person, self.key)
        if self.kind == "levels":
            return tuple(each.level for each in person.credentials if each.kind == self.key)
        if self.kind == "level":
            main = main_credential(person, self.key)
            return main.level if main else ""
        main = main_credential(person, "education")
        told = (each.field for each in person.credentials if each.kind == "education" and each.field)
        return (main.field if main else "") or next(told, "")

    def known(self, person: Person) -> Any:
        """The value with what follows from other fields: whoever has a day of joining the Party is a member."""
        value = self.of(person)
        if self.kind == "member" and value is None and (person.party_official or person.party_probation):
            return True
        return value

    def put(self, person: P, value: Any) -> P:
        """The person with that value. A level that stays keeps its paper; another one has none yet."""
        if value == self.of(person):
            return person
        if self.in_credentials:
            return msgspec.structs.replace(person, credentials=tuple(self._credentials(person, value)))
        return msgspec.structs.replace(person, **{self.key: value})

    def _credentials(self, person: Person, value: Any) -> Iterable[Credential]:
        if self.kind == "levels":
            mine = [each for each in person.credentials if each.kind == self.key]
            made = [_credential(self.key, level, mine) for level in value]
            return [*(each for each in person.credentials if each not in mine), *made]
        kind = "education" if self.kind == "study" else self.key
        main = main_credential(person, kind)
        before = main or _credential(kind, "", [])
        if self.kind == "study":
            after = msgspec.structs.replace(before, field=value)
        else:
            after = msgspec.structs.replace(_credential(kind, value, []), field=before.field if value else "")
        made = [after] if after.level or after.field else []
        if main is None:
            return [*person.credentials, *made]
        at = person.credentials.index(main)
        return [*person.credentials[:at], *made, *person.credentials[at + 1 :]]

    def typed(self, text: str, today: date) -> Any:
        """The value that a person typed, where no reader of cells is needed.

        Raises:
            InputError: naming the field, when it cannot be one.
        """
        given = clean(text)
        if self.kind == "date":
            return parse_partial(given, field=self.title, today=today) if given else None
        if self.kind == "levels":
            return tuple(part for each in given.split(";") if (part := clean(each)))
        if self.choices is None:
            return given
        if given and given not in self.choices:
            raise InputError(
                t("“{given}” is not known", given=given), do=t("use one of: {known}", known=", ".join(self.choices))
            )
        if self.kind == "member":
            return {"yes": True, "no": False}.get(given)
        return given or (None if self.kind == "sex" else "")

    def text(self, value: Any) -> str:
        """A value as it is typed and kept as text: days as people write them, choices by their key."""
        if isinstance(value, PartialDate):
            return shown(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "; ".join(value) if isinstance(value, tuple) else str(value or "")

    def words(self, value: Any) -> Text | str:
        """A value in words."""
        text = self.text(value)
        return (self.choices or {}).get(text, text)


def main_credential(person: Person, kind: str) -> Credential | None:
    """The highest level of a kind, or the first, where none is of those that the rules know."""
    return person.best(kind) or next((each for each in person.credentials if each.kind == kind), None)


def _credential(kind: str, level: str, held: list[Credential]) -> Credential:
    found = next((each for each in held if each.level == level), None)
    return found or Credential(kind=kind, level=level)  # type: ignore[arg-type]  # a kind of the table


FIELDS: tuple[PersonField, ...] = (
    PersonField(
        key="name",
        title=t("Full name"),
        kind="name",
        width=26,
        headings=(
            "ho va ten|ho ten|ho, ten|ho va ten khai sinh|ho va ten can bo|ho ten can bo|ho va ten dang vien"
            "|full name|ho ten dang vien|name|ten nguoi|ho ten bao cao vien|ho va ten bao cao vien"
            "|ho, chu dem va ten|ho, dem va ten|ho, ten dem va ten|ho ten cong tac vien|ho va ten cong tac vien"
            "|ho ten tuyen truyen vien|hoten|ho va ten tuyen truyen vien|ho ten bcv|ho va ten bcv|ho ten ctv"
            "|ho va ten ctv|ho ten ttv|ho va ten ttv|ho chu dem va ten khai sinh|ho, chu dem va ten khai sinh"
        ),
    ),
    PersonField(
        key="sex",
        title=t("Sex"),
        kind="sex",
        width=7,
        choices=SEX_WORDS,
        headings="gioi tinh|phai|gioi|sex|gender|nam/nu|nam, nu|gt|g tinh|gtinh",
    ),
    PersonField(
        key="born",
        title=t("Born"),
        kind="date",
        width=12,
        headings=(
            "ngay sinh|nam sinh|sinh nam|ngay thang nam sinh|ngay, thang, nam sinh|ngay/thang/nam sinh|sinh ngay"
            "|ngay, thang nam sinh|nam sinh|nsinh|date of birth|birth date|birthday|born|year of birth|dob"
            "|ngay, nam sinh|ngay thang nam, sinh|thang nam sinh|ngay thang sinh|n sinh|ns|ntns"
        ),
    ),
    PersonField(
        key="national_id",
        title=t("National id"),
        kind="national_id",
        width=15,
        headings=(
            "cccd|so cccd|so dinh danh|so dinh danh ca nhan|cmnd|so cmnd|cmnd/cccd|cccd/cmnd|so cmnd/cccd|cmt"
            "|so cccd/cmnd|can cuoc cong dan|so can cuoc|so can cuoc cong dan|can cuoc|so the can cuoc|national id"
            "|id number|ma dinh danh|ma dinh danh ca nhan|dinh danh ca nhan|chung minh nhan dan|so cmt|so cmtnd"
            "|so cccd/dinh danh|so dinh danh/cccd|so cc|so can cuoc/cccd|cmtnd|so cmtnd|id no|id"
        ),
    ),
    PersonField(
        key="unit",
        title=t("Unit"),
        kind="unit",
        width=28,
        headings=(
            "don vi|don vi cong tac|noi cong tac|chi bo|co quan|co quan, don vi|dang bo|noi sinh hoat|unit"
            "|organisation|noi lam viec|chi bo sinh hoat|dang bo, chi bo|don vi, chi bo|co quan cong tac"
            "|organization|co quan don vi|to chuc dang|to chuc co so dang|dang uy|chi bo, dang bo"
            "|co quan, don vi cong tac|don vi sinh hoat|d vi|dvi|don vi cong tac hien nay|phuong/xa|xa/phuong"
            "|phuong, xa, thi tran|dia phuong"
        ),
    ),
    PersonField(
        key="position",
        title=t("Position"),
        width=22,
        headings=(
            "chuc vu|c vu|chuc vu hien nay|chuc vu, don vi cong tac|chuc vu cong tac|chuc vu dang|chuc vu hien tai"
            "|chuc vu chinh quyen|position|job title|nghe nghiep|nghe nghiep, chuc vu|chuc vu, nghe nghiep|cong viec"
            "|chuc danh"
        ),
    ),
    PersonField(
        key="phone",
        title=t("Phone"),
        kind="phone",
        width=13,
        headings=(
            "sdt|d thoai|dien thoai|so dien thoai|dt|so dt|so dtdd|dtdd|dien thoai di dong|di dong"
            "|dien thoai lien he|mobile|so dien thoai lien he|phone|phone number|tel|telephone|sdt lien he"
            "|so di dong|mobile phone|phone no"
        ),
    ),
    PersonField(
        key="email",
        title=t("Email"),
        kind="email",
        width=24,
        headings="email|e-mail|thu dien tu|dia chi email|hop thu|dia chi thu dien tu|mail",
    ),
    PersonField(
        key="education",
        title=t("Education"),
        kind="level",
        choices=EDUCATION_WORDS,
        group=_QUALIFIED,
        headings=(
            "trinh do|trinh do hoc van|hoc van|van hoa|trinh do van hoa|trinh do giao duc|education|hoc vi"
            "|giao duc pho thong|gdpt|trinh do gdpt|trinh do giao duc pho thong"
        ),
    ),
    PersonField(
        key="field_of_study",
        title=t("Field of study"),
        kind="study",
        width=18,
        group=_QUALIFIED,
        headings="chuyen nganh|nganh hoc|nganh dao tao|chuyen nganh dao tao|nganh|field of study",
    ),
    PersonField(
        key="political_theory",
        title=t("Political theory"),
        kind="level",
        choices=THEORY_WORDS,
        group=_QUALIFIED,
        headings=(
            "trinh do llct|llct|ly luan chinh tri|trinh do ly luan chinh tri|ly luan|trinh do ly luan|chinh tri"
            "|political theory|trinh do chinh tri|lly chinh tri|tdllct|ll chinh tri"
        ),
    ),
    PersonField(
        key="language",
        title=t("Languages"),
        kind="levels",
        width=12,
        group=_QUALIFIED,
        headings="ngoai ngu|trinh do ngoai ngu|languages|language|tdnn",
    ),
    PersonField(
        key="informatics",
        title=t("Informatics"),
        kind="levels",
        width=12,
        group=_QUALIFIED,
        headings="tin hoc|trinh do tin hoc|informatics|tdth",
    ),
    PersonField(
        key="party_member",
        title=t("Party member"),
        kind="member",
        width=10,
        choices=_MEMBER_WORDS,
        headings="dang vien|la dang vien|party member",
    ),
    PersonField(
        key="party_probation",
        title=t("Party probation"),
        kind="date",
        width=12,
        group=_JOINED,
        head=t("On probation"),
        headings=(
            "ngay vao dang|ngay ket nap|ngay ket nap dang|du bi|ngay du bi|nam vao dang|ket nap|vao dang"
            "|ngay vao dang du bi|ngay vao dang csvn|party probation|joined the party|joined the party on probation"
            "|ngay vao dcsvn|ngay vao dang cong san|date of joining the party on probation"
        ),
    ),
    PersonField(
        key="party_official",
        title=t("Party official"),
        kind="date",
        width=12,
        group=_JOINED,
        head=t("Official"),
        ahead=True,
        headings=(
            "chinh thuc|ngay chinh thuc|ngay vao dang chinh thuc|ngay cong nhan chinh thuc|party official"
            "|official party member since|date of joining the party official"
        ),
    ),
    PersonField(
        key="party_card",
        title=t("Party card"),
        headings=(
            "so the dang|so the dang vien|the dang vien|the dang|so tdv|party card|party card number|so the dv|so the"
        ),
    ),
    PersonField(
        key="ethnicity",
        title=t("Ethnicity"),
        width=10,
        headings="dan toc|d toc|ethnicity|ethnic group",
    ),
    PersonField(
        key="religion",
        title=t("Religion"),
        width=10,
        headings="ton giao|religion",
    ),
    PersonField(
        key="native_place",
        title=t("Native place"),
        width=26,
        headings="que quan|nguyen quan|native place|home town|hometown",
    ),
    PersonField(
        key="residence",
        title=t("Residence"),
        width=26,
        headings=(
            "noi o|noi o hien nay|cho o hien nay|dia chi|cho o|noi cu tru|noi thuong tru|thuong tru|address"
            "|dia chi thuong tru|ho khau thuong tru|noi dang ky thuong tru|dia chi lien he|residence|noi o hien tai"
            "|tam tru"
        ),
    ),
    PersonField(
        key="note",
        title=t("Note"),
        kind="note",
        width=20,
        headings="ghi chu|note|notes|remarks|remark|chu thich|ghi chu khac",
    ),
)
"""Every field that people enter, in the order in which all places have them."""
FIELD: Mapping[str, PersonField] = {each.key: each for each in FIELDS}
