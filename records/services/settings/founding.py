"""The first day of a book: what its office says of itself, and the units it begins with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from config.errors import InputError
from config.settings.offices import ALWAYS
from config.settings.offices import Office as Described
from config.text import Text, t
from records.domain.dates import parse_day
from records.domain.people.names import clean, fold
from records.domain.rule_changes import SettingChange
from records.domain.unit_names import unit_key
from records.domain.units import Unit, UnitName
from records.services.imports import list_intake
from records.services.imports.listed_units import UNITS, kind_by_name
from records.services.office import Office, furnish
from records.services.settings import keys
from records.services.settings.changing import with_value
from records.services.settings.typed import code
from records.services.standards.rule_changes import as_yaml, keep_file
from records.services.units.units import judge_unit

UNSET_CODE = "SV"
"""With what ids begin while the office has no code of its own."""
UnitsFrom = Literal["none", "shipped", "file", "names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What is said when a book is made; all of it may be left out, and changed later.

    Attributes:
        settings: name of a setting -> what was typed for it, by its first day (`ALWAYS` where it was always so).
        units_from: where the first units come from: `units` is the file, or their names in lines or between semicolons.
    """

    settings: dict[str, dict[date, str]] = field(default_factory=dict)
    units_from: UnitsFrom = "none"
    units: str = ""

    @property
    def code(self) -> str:
        """The code, judged; nothing when it is left out. Raises InputError."""
        typed = self.settings.get(keys.CODE, {}).get(ALWAYS, "")
        return code(typed) if typed.strip() else ""

    def is_named(self) -> bool:
        """Whether anything is said of the office."""
        return any(key.startswith("office.") for key in self.settings)


def establish(office: Office, founding: Founding, *, today: date) -> Office:
    """Write what the office says of itself, then its units; gives the office anew.

    Raises:
        InputError: for a value that is none, and for a list of units that cannot be read whole.
        ConfigError: when the settings would not be right.
    """
    for file in (keys.OFFICE, keys.SCREEN):
        whole = keys.root(office.settings, file)
        for name, values in founding.settings.items():
            key = keys.the_key(office.settings, name)
            for since, typed in sorted(values.items()):
                if key.file == file:
                    whole = with_value(whole, key, since, key.read(typed))
        if whole != keys.root(office.settings, file):
            office = keep_file(office, _told(file, whole, today), as_yaml(whole), ("config.found", _about(whole)))
    _units(office, founding, today)
    return office


def _told(file: str, whole: msgspec.Struct, today: date) -> SettingChange:
    return SettingChange(
        id="", file=file, key="*", before="", after=_about(whole), since=today, source="office-practice", confirmed=True
    )


def _about(whole: msgspec.Struct) -> str:
    if isinstance(whole, Described):
        return " · ".join(str(each.value) for each in whole.name.values.values() if each.value)
    return ""


def _units(office: Office, founding: Founding, today: date) -> None:
    if founding.units_from == "shipped":
        furnish(office)
    elif founding.units_from == "file":
        _from_file(office, Path(founding.units), today)
    elif founding.units_from == "names":
        _from_names(office, unit_names(founding.units), today)


def _from_file(office: Office, path: Path, today: date) -> None:
    seen = list_intake.preview(office, UNITS, path, today=today)
    if seen.refused:
        each = seen.refused[0]
        raise InputError(
            t("{n} rows of the list of units cannot be entered; the first: row {row}, column {column}: {problem}",
              n=len({one.row for one in seen.refused}), row=each.row, column=each.column, problem=each.problem),
            where=str(path),
            do=t("correct them, or begin with no units and import the list afterwards"),
        )  # fmt: skip
    list_intake.accept(office, seen)


def unit_names(typed: str) -> list[str]:
    """The names in a list with semicolons or lines, each once."""
    names = [clean(each) for each in re.split(r"[;\n]", typed)]
    return list({unit_key(each): each for each in reversed(names) if each}.values())[::-1]


def _from_names(office: Office, names: Sequence[str], today: date) -> None:
    made = [Unit(id="", names=(UnitName(name=each),), kind=kind_by_name(each)) for each in names]
    for each in made:
        judge_unit(office, each, today)
    if made:
        with office.book.change("unit.import", about=str(len(made))) as change:
            for each in made:
                change.put(msgspec.structs.replace(each, id=change.new_id(Unit)))


def suggested_code(name: str) -> str:
    """A code from the capitals of a name: of its last words, which tell offices apart; nothing where there are none."""
    words = [fold(each) for each in re.findall(r"\w+", name)]
    letters = "".join(each[0] for each in words if each and each[0].isascii() and each[0].isalpha()).upper()
    return letters[-3:]


def named_days(typed: Sequence[str], field_title: Text, today: date) -> dict[date, str]:
    """Values as they are typed on the command line: `NAME`, or `DAY=NAME` for one that holds from a day on.

    Raises InputError for a day that is none.
    """
    found: dict[date, str] = {}
    for each in typed:
        day, equals, value = each.partition("=")
        if equals and re.match(r"\s*\d", day):
            found[parse_day(day, field=field_title, today=today)] = value
        else:
            found[ALWAYS] = each
    return found
