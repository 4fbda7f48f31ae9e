"""The settings that are changed from the program: how each is called, where it stands, and how it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.errors import InputError
from config.settings.dated import Dated, DatedValue
from config.settings.explaining import meant
from config.settings.loading import Settings
from config.settings.offices import ALWAYS, EmblemUse, OfficeKind, PaperUse
from config.text import Text, t
from records.domain.dates import parse_day
from records.services.settings.typed import (
    code,
    emblem,
    flag,
    folder,
    lines,
    number,
    number_or_none,
    one_of,
    some_of,
    text,
)

OFFICE, SCREEN, ISSUERS, PRIVACY = "office.yaml", "screen.yaml", "issuers.yaml", "privacy.yaml"
CODE = "office.code"
KINDS: dict[OfficeKind, Text] = {
    "party_department": t("advisory department of a Party committee"),
    "party_committee": t("Party committee of a ward or commune"),
    "state_office": t("state office"),
    "union": t("Fatherland Front or mass organisation"),
    "other": t("another office"),
}
USES: dict[PaperUse, Text] = {
    "papers": t("lists and papers"),
    "decisions": t("decisions of commendation"),
    "certificates": t("certificates of awards"),
    "training": t("certificates of training"),
}
THEMES = {"dark": t("dark"), "light": t("light"), "contrast": t("strong contrast"), "terminal": t("terminal's colours")}
LANGUAGES = {"vi": Text("Tiếng Việt"), "en": Text("English")}
EMBLEMS: dict[EmblemUse, Text] = {
    "party": t("papers of the Party form"),
    "state": t("papers of the state form"),
    "office": t("the office's own papers"),
}
EMBLEM = "emblems."
"""What the names of settings begin with whose value is a picture that is copied into the book."""
_SIGNER = {"mode": t("mode"), "body": t("body signed for"), "title": t("position"), "name": t("full name")}


@dataclass(frozen=True, slots=True)
class SettingKey:
    """A setting by its name.

    Attributes:
        path: fields from the shape of the whole file down to the value, or to its `Dated`.
        dated: whether law or office may change it from a day on.
        read: what was typed, as a value. Raises InputError.
        part: the field of the value that is meant, where the value has several.
        choices: value -> words, where there are few.
        begins: whether its first day is what it says, so that it never holds from always on.
    """

    key: str
    group: Text
    title: Text
    file: str
    path: tuple[str, ...]
    read: Callable[[str], Any] = text
    dated: bool = False
    part: str = ""
    choices: tuple[tuple[str, Text], ...] = ()
    begins: bool = False


def keys_of(settings: Settings) -> dict[str, SettingKey]:
    """Every setting that can be changed from the program, by name, in the order in which they are shown."""
    return {each.key: each for each in _keys(settings)}


def the_key(settings: Settings, given: str) -> SettingKey:
    """The setting with this name. Raises InputError naming the nearest."""
    known = keys_of(settings)
    name = given.strip()
    if name not in known:
        raise InputError(t("There is no setting “{given}”", given=given), do=meant(name, set(known)))
    return known[name]


def _keys(settings: Settings) -> Iterator[SettingKey]:
    yield from _office_keys(settings)
    for use, words in USES.items():
        for part, title in _SIGNER.items():
            yield SettingKey(
                f"signers.{use}.{part}", t("Who signs {papers}", papers=words), title, OFFICE, ("signers", use),
                dated=True, part=part,
            )  # fmt: skip
    for use, words in USES.items():
        if use in ("certificates", "training"):
            continue  # a certificate says nothing of whom else it goes to
        title = t("on {papers}; lines parted by “;”", papers=words)
        group = t("Where papers go (“Nơi nhận”)")
        yield SettingKey(f"addresses.{use}", group, title, OFFICE, ("addresses", use), lines, dated=True)
    yield from _issuer_keys(settings)
    yield from _privacy_keys(settings)
    yield from _own_keys(settings)


def _office_keys(settings: Settings) -> Iterator[SettingKey]:
    group = t("The office")
    kinds = tuple((str(key), words) for key, words in KINDS.items())
    for key, title, field in (
        ("office.name", t("Name of the office"), "name"),
        ("office.above", t("Body above it, printed over the name"), "superior"),
    ):
        yield SettingKey(key, group, title, OFFICE, (field,), dated=True)
    yield SettingKey("office.kind", group, t("Kind of office"), OFFICE, ("kind",), one_of(kinds), dated=True,
                     choices=kinds)  # fmt: skip
    yield SettingKey(CODE, group, t("Code in every number, 1 to 6 capitals"), OFFICE, ("code",), code)
    yield SettingKey("office.place", group, t("Place before the date of a paper"), OFFICE, ("place",), dated=True)
    yield SettingKey("office.committee", group, t("Party committee that recognises reporters"), OFFICE, ("committee",),
                     dated=True)  # fmt: skip
    yield SettingKey("office.number_suffix", group, t("What follows the number of a decision"), OFFICE,
                     ("number_suffix",), dated=True)  # fmt: skip
    yield SettingKey("office.term", group, t("Term of the committee, such as 2025–2030: numbers begin anew with it"),
                     OFFICE, ("term",), dated=True, begins=True)  # fmt: skip
    known = tuple((role, Text("{title}", (("title", each.title),))) for role, each in settings.roles.roles.items())
    yield SettingKey("office.roles", group, t("Roles it works with, parted by “,”"), OFFICE, ("roles_used",),
                     some_of(known))  # fmt: skip


def _issuer_keys(settings: Settings) -> Iterator[SettingKey]:
    term = t("Term of the committee, such as 2025–2030: numbers begin anew with it")
    for number_, each in enumerate(settings.issuers.issuers):
        group = t("Issuer of decisions with the sign {sign}", sign=", ".join(each.signs))
        for field, title in (("name", t("Who issues it")), ("above", t("Body printed above"))):
            yield SettingKey(
                f"issuers.{each.signs[0]}.{field}", group, title, ISSUERS, ("issuers", str(number_), field), dated=True
            )
        if each.form == "party":
            yield SettingKey(
                f"issuers.{each.signs[0]}.term", group, term, ISSUERS,
                ("issuers", str(number_), "term"), dated=True, begins=True,
            )  # fmt: skip


def _privacy_keys(settings: Settings) -> Iterator[SettingKey]:
    group, months = t("Months for which records of people are kept"), number_or_none(1, 1200)
    for kind, each in settings.privacy.retention.items():
        title = Text("{title}", (("title", each.title),))
        yield SettingKey(f"retention.{kind}", group, title, PRIVACY, ("retention", kind, "months"), months, dated=True)
    yield SettingKey("privacy.breach_hours", group, t("hours within which a breach is reported"), PRIVACY,
                     ("breach_hours",), number_or_none(1, 2400), dated=True)  # fmt: skip


def _own_keys(_settings: Settings) -> Iterator[SettingKey]:
    group = t("Backups and how long they stay")
    backups = ("backups",)
    yield SettingKey("backups.daily", group, t("one when the program is left: yes or no"), OFFICE, (*backups, "daily"),
                     flag, choices=(("yes", t("yes")), ("no", t("no"))))  # fmt: skip
    for name, title, read in (
        ("folder", t("folder; beside the book if left out"), folder),
        ("heads", t("second folder that remembers the last change"), folder),
        ("days", t("days of which one stays"), number(1, 3660)),
        ("weeks", t("weeks of which one stays"), number(0, 520)),
        ("months", t("months of which one stays"), number(0, 1200)),
    ):
        yield SettingKey(f"backups.{name}", group, title, OFFICE, (*backups, name), read)
    screen = t("Language and colours")
    for name, title, words in (("language", t("Language"), LANGUAGES), ("theme", t("Colours"), THEMES)):
        choices = tuple((key, each) for key, each in words.items())
        yield SettingKey(name, screen, title, SCREEN, (name,), one_of(choices), choices=choices)
    locks = t("minutes without a key after which a book with a passphrase locks; 0: never")
    yield SettingKey("lock.minutes", screen, locks, SCREEN, ("lock_minutes",), number(0, 1440))
    emblems = t("Emblem on certificates: a file (PNG, JPG, SVG)")
    for use, title in EMBLEMS.items():
        yield SettingKey(f"{EMBLEM}{use}", emblems, title, OFFICE, ("emblems", use), emblem)
    yield from _printing_keys()
    limits = t("Limits")
    for name, title, read in (
        ("seconds", t("seconds of work for a spreadsheet"), number(1, 3600)),
        ("megabytes", t("megabytes of memory for a spreadsheet"), number(128, 65_536)),
    ):
        yield SettingKey(f"reading.{name}", limits, title, OFFICE, ("reading", name), read)
    yield SettingKey("trainings.since", limits, t("first day from which every class is in the book"), OFFICE,
                     ("trainings_since",), _day_or_none)  # fmt: skip


def _printing_keys() -> Iterator[SettingKey]:
    group, yes_no = t("Print shop for certificates"), (("yes", t("yes")), ("no", t("no")))
    shop = ("print_shop",)
    yield SettingKey("print_shop.name", group, t("what it is called"), OFFICE, (*shop, "name"), folder)
    yield SettingKey(
        "print_shop.bleed", group, t("mm of paper beyond the cut"), OFFICE, (*shop, "bleed"), number(1, 20)
    )
    yield SettingKey("print_shop.marks", group, t("marks to cut by: yes or no"), OFFICE, (*shop, "marks"), flag,
                     choices=yes_no)  # fmt: skip
    yield SettingKey("certificates.authorities", t("Digital signatures"),
                     t("file or folder (.pem, .crt) of the authorities you trust"), OFFICE, ("authorities",),
                     folder)  # fmt: skip


def _day_or_none(typed: str) -> date | None:
    return parse_day(typed, field="trainings.since", today=date.max) if typed.strip() not in ("", "-") else None


def root(settings: Settings, file: str) -> Any:
    """The shape of a whole file, as the settings hold it."""
    wholes = {OFFICE: settings.office, SCREEN: settings.screen, ISSUERS: settings.issuers, PRIVACY: settings.privacy}
    return wholes[file]


def held(settings: Settings, key: SettingKey) -> Any:
    """What stands at the path of a setting: a value, a `Dated`, or None where nothing does."""
    found = root(settings, key.file)
    for step in key.path:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, tuple):
            found = found[int(step)]
        else:
            found = getattr(found, step)
    return found


def values(settings: Settings, key: SettingKey) -> dict[date, Any]:
    """First day -> value of a dated setting; of an undated one, or one that never changed, one value `ALWAYS`."""
    found = held(settings, key)
    if isinstance(found, Dated):
        return {since: _part(each, key) for since, each in sorted(found.values.items())}
    return {} if found is None else {ALWAYS: found}


def _part(value: DatedValue[Any], key: SettingKey) -> Any:
    return getattr(value.value, key.part, "") if key.part and value.value is not None else value.value


def value_on(settings: Settings, key: SettingKey, day: date) -> Any:
    """The value of a setting on a day; None before the first."""
    found = {since: each for since, each in values(settings, key).items() if since <= day}
    return found[max(found)] if found else None


def as_typed(value: Any) -> str:
    """A value as it is typed: lists with their signs, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value)
