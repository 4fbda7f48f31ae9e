"""Words that papers of commendation are made of: how many of whom, on what ground, in whose name. Vietnamese always."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from config.settings.dated import Source
from records.domain.awards.awards import Award
from records.domain.people.names import matching_key
from records.services.awards.award_checks import prize_of
from records.services.office import Office

_DAY = re.compile(r" \((\d{1,2}/\d{1,2}/\d{4})\)")
_OFFICE = "office-practice"


def counted(people: int, units: int) -> str:
    """`12 cá nhân`, `3 tập thể`, or both; nothing for nobody."""
    parts = (f"{people} cá nhân" if people else "", f"{units} tập thể" if units else "")
    return " và ".join(part for part in parts if part)


def kinds_of(people: int, units: int) -> str:
    """`các cá nhân`, `tập thể`, as they are named again."""
    if people + units == 1:
        return "cá nhân" if people else "tập thể"
    return "các " + " và ".join(part for part in ("cá nhân" if people else "", "tập thể" if units else "") if part)


def one_of(award: Award) -> str:
    """Who is commended alone, with position and unit."""
    return ", ".join(part for part in (award.name, award.position, award.unit_name) if part)


def dong_words(amount: int) -> str:
    """`1.420.000`."""
    return f"{amount:,}".replace(",", ".")


def in_name_of(signed: str, issuer: str) -> str:
    """Who decides: `TRƯỞNG BAN` and `Ban Tuyên giáo` are `TRƯỞNG BAN TUYÊN GIÁO`; others stand before the body."""
    body, whole = signed.upper().split(), issuer.upper().split()
    for size in range(min(len(body), len(whole)), 0, -1):
        if [matching_key(each) for each in body[-size:]] == [matching_key(each) for each in whole[:size]]:
            return " ".join([*body, *whole[size:]])
    return " ".join([*body, *whole])


def laws_of(office: Office, prizes: Iterable[str], day: date) -> tuple[str, ...]:
    """The texts that the settings cite for prizes on `day`, as grounds: what was replaced is followed to what holds."""
    keys: dict[str, None] = {}
    for key in prizes:
        prize = prize_of(office, key)
        cited = [each.source for each in prize.cites.values()]
        begun = min(prize.coefficient.values) <= day
        for source in (*cited, *([prize.coefficient.on(day).source] if begun else [])):
            keys[source] = None
    return grounds(office, keys, day)


def grounds(office: Office, keys: Iterable[str], day: date) -> tuple[str, ...]:
    """Texts by their keys as grounds of a paper of `day`; the office's own practice is no ground."""
    found: dict[str, None] = {}
    for key in keys:
        source = office.settings.sources.sources.get(key)
        if key == _OFFICE or source is None or _later(source, day):
            continue
        later = office.settings.sources.sources.get(source.replaced_by) if not source.holds_on(day) else None
        if later is None or "sửa đổi" in later.title:
            found[_cited(source)] = None
        if later is not None:
            found[_cited(later)] = None
    return tuple(found)


def _later(source: Source, day: date) -> bool:
    """Whether a text is younger than the paper that would rest on it."""
    found = _DAY.search(source.title)
    issued = source.published or (date(*map(int, reversed(found[1].split("/")))) if found else None)
    return issued is not None and issued > day


def _cited(source: Source) -> str:
    return _DAY.sub(r", ngày \1", source.title.partition("; hết hiệu lực")[0])


def same(texts: Sequence[str]) -> str:
    """The one text that all have, or nothing."""
    return texts[0] if texts and len(set(texts)) == 1 else ""
