"""What is said of who may what."""

from __future__ import annotations

from collections.abc import Iterable

from config.i18n import tr, tr_
from config.text import Text
from records.domain.access.accounts import ACT_WORDS, ROLE_WORDS
from records.domain.people.person import SENSITIVE
from records.domain.people.person_fields import FIELD
from records.services.access.looking import DISCIPLINE, may_see
from records.services.office import Office
from tui.present.titles import FIELD_TITLES, KIND_TITLES


def field_words(fields: Iterable[str]) -> str:
    """Sensitive fields by their titles."""
    return ", ".join(tr(_title(each)) if each in (*FIELD, *FIELD_TITLES, DISCIPLINE) else each for each in fields)


def _title(field: str) -> Text:
    if field == DISCIPLINE:
        return KIND_TITLES["discipline"]
    return FIELD[field].title if field in FIELD else FIELD_TITLES[field]


def who_may(office: Office) -> list[tuple[str, str]]:
    """Name with role, and what they may in words, of everybody who has an account."""
    from records.services.access import accounts  # noqa: PLC0415  # the first list of the day needs none

    may = accounts.rights(office)
    return [
        (f"{each.name} ({tr(ROLE_WORDS[each.role])})",
         ", ".join(tr(ACT_WORDS[act]) for act in may[each.role]) or tr_("read only"))
        for each in accounts.accounts(office)
        if each.removed is None
    ]  # fmt: skip


def who_sees(office: Office) -> str:
    """Names of those who may see sensitive data."""
    return ", ".join(office.book.access.who_may("sensitive")) or tr_("nobody")


def withheld_told(office: Office) -> dict[str, object]:
    """For a `--json` answer: which fields are not shown to who is signed in, and who may see them; else nothing."""
    if may_see(office):
        return {}
    return {"withheld": sorted([*SENSITIVE, DISCIPLINE])}


def withheld_lines(office: Office) -> list[str]:
    """That sensitive data is not shown, where who is signed in may not see it, and who may."""
    return [] if may_see(office) else [tr_("Sensitive data is not shown: {names} may see it", names=who_sees(office))]
