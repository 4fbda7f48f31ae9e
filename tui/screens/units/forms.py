"""Forms of units: entering and correcting one, a new name, and what a merger or a division needs to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

from msgspec.structs import replace

from config.i18n import language, tr, tr_
from config.text import t
from records.domain.dates import shown
from records.domain.people.names import clean
from records.domain.units import Unit, UnitKind, UnitName
from records.rules.unit_words import KIND_WORDS
from records.services.units.plans import Plan, judge_plan, merging, splitting
from records.services.units.units import rename, save_unit
from tui.screens.filters import unit_options
from tui.screens.form import OfficeForm, day_field
from tui.widgets.fields import Field


class UnitForm(OfficeForm):
    """Enters a unit (None) or corrects one; a name that changed in life is entered by `RenameForm`."""

    def __init__(self, unit: Unit | None) -> None:
        super().__init__()
        self._unit = unit

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Correct {name}", name=self._unit.name) if self._unit else tr_("Enter a unit")

    def fields(self) -> list[Field]:
        """Name, kind, place and attributes."""
        none = ("", tr_("none"))
        above = self._unit.parent if self._unit else ""
        own = self._unit.id if self._unit else ""
        parents = [each for each in unit_options(self.office, self.on, keep=above) if each[0] != own]
        levels = [(key, each.title.in_language(language())) for key, each in self.office.settings.levels.levels.items()]
        kinds = [(kind, tr(KIND_WORDS[kind])) for kind in get_args(UnitKind)]
        return [
            Field("name", t("Name with its type"), "text"),
            Field("kind", t("Kind"), "choice", options=kinds),
            Field("parent", t("Unit above"), "choice", options=[none, *parents]),
            Field("level", t("Level"), "choice", options=[none, *levels]),
            Field("cluster", t("Emulation cluster"), "text"),
            Field("bloc", t("Emulation bloc"), "text"),
            Field("code", t("Statistics code"), "text"),
            day_field("since", t("First day"), self.on),
            day_field("until", t("Last day"), self.on),
        ]

    def first_values(self) -> dict[str, str]:
        """What is known of the unit."""
        unit = self._unit
        if unit is None:
            return {"kind": "party_organisation"}
        texts = {key: str(getattr(unit, key)) for key in ("name", "kind", "parent", "level", "cluster", "bloc", "code")}
        return {**texts, "since": shown(unit.since), "until": shown(unit.until)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Save the unit."""
        given = {key: clean(str(values.get(key) or "")) for key in ("parent", "level", "cluster", "bloc", "code")}
        days = {"since": values.get("since"), "until": values.get("until")}
        kind, name = values["kind"], clean(str(values["name"]))
        before = self._unit or Unit(id="", names=(UnitName(name=name),), kind=kind)
        names = (*before.names[:-1], replace(before.names[-1], name=name))
        return save_unit(self.office, replace(before, names=names, kind=kind, **given, **days), on=self.on).id


class RenameForm(OfficeForm):
    """Gives a unit a new name from a day on."""

    def __init__(self, unit: Unit) -> None:
        super().__init__()
        self._unit = unit

    def heading(self) -> str:
        """What the form is for."""
        return tr_("New name of {name}", name=self._unit.name)

    def fields(self) -> list[Field]:
        """The name and its first day."""
        return [Field("name", t("New name, with its type"), "text"), _since(self.on)]

    def first_values(self) -> dict[str, str]:
        """The name as it is."""
        return {"name": self._unit.name, "since": shown(self.on)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Rename."""
        return rename(self.office, self._unit.id, str(values["name"]), since=values["since"]).id


class PlanForm(OfficeForm):
    """Asks what a merger (`split` False) or a division needs; the plan is in `plan` when the form answers."""

    def __init__(self, units: Sequence[Unit], *, split: bool) -> None:
        super().__init__()
        self._units, self._split = list(units), split
        self.plan: Plan | None = None

    def heading(self) -> str:
        """What the form is for."""
        names = ", ".join(each.name for each in self._units)
        return tr_("Divide {names}", names=names) if self._split else tr_("Merge {names}", names=names)

    def fields(self) -> list[Field]:
        """A unit that exists or the name of a new one, once for a merger and thrice for a division."""
        ids = {each.id for each in self._units}
        units = unit_options(self.office, self.on)
        heirs = units if self._split else sorted(units, key=lambda each: each[0] not in ids)
        kinds = [(kind, tr(KIND_WORDS[kind])) for kind in get_args(UnitKind)]
        asked = []
        for number in range(3 if self._split else 1):
            place = {"n": number + 1}
            asked += [
                Field(
                    f"heir{number}",
                    t("Into the unit {n}", **place),
                    "choice",
                    options=[("", tr_("a new one")), *heirs],
                ),
                Field(f"name{number}", t("or new, named {n}", **place), "text"),
            ]
        return [*asked, Field("kind", t("Kind of a new unit"), "choice", options=kinds), _since(self.on)]

    def first_values(self) -> dict[str, str]:
        """The kind of the units named; a division goes on with the unit itself."""
        first = {"kind": self._units[0].kind, "since": shown(self.on)}
        return {**first, "heir0": self._units[0].id} if self._split else first

    def store(self, values: Mapping[str, Any]) -> str:
        """Make the plan; nothing is written yet."""
        heirs: list[str | Unit] = []
        for number in range(3 if self._split else 1):
            chosen, name = str(values[f"heir{number}"] or ""), clean(str(values[f"name{number}"] or ""))
            if name:
                heirs.append(Unit(id="", names=(UnitName(name=name),), kind=values["kind"]))
            elif chosen:
                heirs.append(chosen)
        day = values["since"]
        if self._split:
            self.plan = splitting(self.office, self._units[0].id, heirs, day)
        else:
            into = heirs[0] if heirs else Unit(id="", names=(UnitName(name=""),), kind=values["kind"])
            self.plan = merging(self.office, [each.id for each in self._units], into, day)
        judge_plan(self.office, self.plan)
        return "plan"


def _since(on: date) -> Field:
    return day_field("since", t("From"), on, needed=True)
