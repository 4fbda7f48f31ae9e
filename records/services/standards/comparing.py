"""A new standard, title, score table or file of prizes beside the present one: what changes, for whom, at what cost."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from config.errors import ConfigError
from config.settings.criteria import Standard
from config.settings.loading import Settings, load_settings
from config.settings.reading import keys_of, read_shape
from config.settings.scoring import ScoreTable
from config.settings.shapes import BaseSalary, Prizes
from config.settings.titles import AwardTitle
from config.text import t
from records.domain.awards.merits import RATINGS
from records.domain.emulation import Cycle
from records.domain.findings import Verdict
from records.domain.people.person import Person
from records.domain.rule_changes import SettingChange
from records.domain.units import Unit
from records.services.awards.eligibility import TitleView, views
from records.services.awards.proposing import subject_names
from records.services.emulation.standings import ranking
from records.services.office import Office
from records.services.people.roster import Scope, roster
from records.services.standards.rule_changes import file_of, keep_file
from records.services.standards.verdicts import judge_role

_KINDS: tuple[tuple[frozenset[str], type, str], ...] = (
    (frozenset({"role", "criteria"}), Standard, "standards"),
    (frozenset({"prize", "conditions"}), AwardTitle, "awards/titles"),
    (frozenset({"groups", "classes"}), ScoreTable, "scoring"),
    (frozenset({"prizes"}), Prizes, "awards/prizes.yaml"),
    (frozenset({"base_salary"}), BaseSalary, "awards/base-salary.yaml"),
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A value that differs: where it stands, before and after (None: not there), and the source of the new one."""

    place: str
    before: Any
    after: Any
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Somebody, or a unit, whose verdict or class would be another; `about` is the role or the title."""

    subject: str
    name: str
    unit: str
    about: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a file would change; money in đồng, of a year's awards decided on the day asked about."""

    file: str
    changes: tuple[Changed, ...]
    gain: tuple[Moved, ...] = ()
    fall: tuple[Moved, ...] = ()
    unknown: tuple[Moved, ...] = ()
    cost_before: int = 0
    cost_after: int = 0


@dataclass(frozen=True, slots=True)
class _Sides:
    """The office as it is, and as it would be."""

    now: Office
    then: Office
    names: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def moved(self, subject: str, about: str, before: str, after: str) -> Moved:
        return Moved(
            subject=subject,
            name=self.names.get(subject, subject),
            unit=self.units.get(subject, ""),
            about=about,
            before=before,
            after=after,
        )


def compare(office: Office, path: Path, day: date) -> Comparison:
    """What the settings file at `path` would change, judged as of `day`. Nothing is written.

    Raises:
        ConfigError: when the file is no such file, or the settings would not be right with it.
    """
    shape, name = _kind(office, path)
    new: Any = read_shape(path, shape)
    other = Office(office.book, _with_file(office, path, name))
    sides = _Sides(office, other, subject_names(office), _units_of(office, day))
    told = tuple(_changes(_present(office.settings, new), new, office.settings))
    moved: tuple[Moved, ...] = ()
    before = after = 0
    if isinstance(new, Standard):
        moved = tuple(_by_standard(sides, new, day))
    elif isinstance(new, ScoreTable):
        moved = tuple(_by_table(sides, new))
    else:
        titles = [new.id] if isinstance(new, AwardTitle) else []
        found = [_views(each, titles, day) for each in (office, other)]
        moved = tuple(_by_title(sides, *found))
        before, after = (sum(view.cost() for view in side) for side in found)
    split: dict[str, list[Moved]] = {"gain": [], "fall": [], "unknown": []}
    for each in moved:
        split[_way(each)].append(each)
    parts = {way: tuple(found) for way, found in split.items()}
    return Comparison(file=name, changes=told, cost_before=before, cost_after=after, **parts)


def accept(office: Office, path: Path, day: date) -> Office:
    """Take the file over as the office's own, as one line of the journal; gives the office anew.

    Raises:
        ConfigError: as `compare`; nothing is written then.
    """
    shape, name = _kind(office, path)
    new: Any = read_shape(path, shape)
    _with_file(office, path, name)
    changes = list(_changes(_present(office.settings, new), new, office.settings))
    told = SettingChange(id="", file=name, key="*", before="", after=str(len(changes)), since=day, source="")
    return keep_file(office, told, path.read_bytes(), ("config.accept", name))


# -- the file ---------------------------------------------------------------------------------------------------------


def _kind(office: Office, path: Path) -> tuple[type, str]:
    """What the file is, and its name among the settings."""
    keys = keys_of(path)
    for needed, shape, name in _KINDS:
        if needed <= keys:
            if name.endswith(".yaml"):
                return shape, name
            new: Any = read_shape(path, shape)
            if isinstance(new, Standard):
                return shape, file_of(office, new)
            return shape, f"{name}/{new.id}.yaml"
    raise ConfigError(
        t("This is no file of a standard, a title, a score table or of prizes"),
        where=str(path),
        do=t("copy the present file and change it"),
    )


def _with_file(office: Office, path: Path, name: str) -> Settings:
    """The settings as they would be."""
    own = office.book.settings.folder
    with tempfile.TemporaryDirectory(prefix="sovang-") as folder:
        copy = Path(folder) / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        return load_settings(*([own] if own.is_dir() else []), Path(folder))


def _present(settings: Settings, new: Any) -> Any:
    """What the file would take the place of; None where there is nothing."""
    if isinstance(new, Prizes):
        return settings.prizes
    if isinstance(new, BaseSalary):
        return settings.money
    every: tuple[tuple[type, tuple[Any, ...]], ...] = (
        (Standard, settings.standards),
        (AwardTitle, settings.titles),
        (ScoreTable, settings.tables),
    )
    known = next(each for kind, each in every if isinstance(new, kind))
    return next((each for each in known if each.id == new.id), None)


def _changes(old: Any, new: Any, settings: Settings) -> Iterator[Changed]:
    before, after = dict(_leaves(old, "", "")), dict(_leaves(new, "", ""))
    for place in dict.fromkeys((*before, *after)):
        (was, _), (now, source) = before.get(place, (None, "")), after.get(place, (None, ""))
        if was != now:
            text = settings.sources.sources.get(source)
            yield Changed(place=place, before=was, after=now, source=text.title if text else source)


def _leaves(value: Any, place: str, source: str) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Place -> (value, key of the source nearest to it)."""
    if isinstance(value, msgspec.Struct):
        source = str(getattr(value, "source", "") or source)
        inner = {each: getattr(value, each) for each in value.__struct_fields__}
    elif isinstance(value, dict):
        inner = {str(key): each for key, each in value.items()}
    elif isinstance(value, tuple):
        inner = {str(_id(each, number)): each for number, each in enumerate(value)}
    else:
        if value is not None:
            yield place, (value if isinstance(value, str | int | bool) else str(value), source)
        return
    for key, each in inner.items():
        yield from _leaves(each, f"{place}.{key}" if place else key, source)


def _id(value: Any, number: int) -> Any:
    return getattr(value, "id", None) or getattr(value, "rating", None) or number


# -- whom it concerns -------------------------------------------------------------------------------------------------


def _units_of(office: Office, day: date) -> dict[str, str]:
    names = office.unit_names(day)
    people = {each.id: names.get(each.unit_on(day), "") for each in office.book.table(Person)}
    return people | {each.id: names.get(each.parent_on(day), "") for each in office.book.table(Unit)}


def _by_standard(sides: _Sides, new: Standard, day: date) -> Iterator[Moved]:
    for line in roster(sides.now, day, Scope(role=new.role)):
        dossier = sides.now.dossier(line.person.id, day)
        before, after = (judge_role(each, dossier, new.role).verdict for each in (sides.now, sides.then))
        if before is not after:
            yield sides.moved(line.person.id, new.role, before.value, after.value)


def _views(office: Office, titles: list[str], day: date) -> list[TitleView]:
    """The titles as of `day` for the year before; none where a title is new to this side."""
    known = {each.id for each in office.settings.titles}
    return views(office, day.year - 1, day, titles=titles) if set(titles) <= known else []


def _by_title(sides: _Sides, now: list[TitleView], then: list[TitleView]) -> Iterator[Moved]:
    before = {(view.title.id, each.person): each.verdict for view in now for each in view.judged}
    for view in then:
        for each in view.judged:
            was = before.get((view.title.id, each.person), Verdict.NOT_APPLICABLE)
            if was is not each.verdict:
                yield sides.moved(each.person, view.title.id, was.value, each.verdict.value)


def _by_table(sides: _Sides, new: ScoreTable) -> Iterator[Moved]:
    """The classes of the newest cycle that is scored by the table."""
    cycles = [each for each in sides.now.book.table(Cycle) if each.table == new.id]
    if not cycles:
        return
    cycle = max(cycles, key=lambda each: (each.last_day, each.id))
    before, after = (ranking(each, cycle) for each in (sides.now, sides.then))
    was = {row.entrant.id: _class(row.totals.missing, before.ratings[row.entrant.id]) for row in before.rows}
    for row in after.rows:
        now = _class(row.totals.missing, after.ratings[row.entrant.id])
        if was.get(row.entrant.id) != now:
            yield sides.moved(row.entrant.subject, cycle.key, was.get(row.entrant.id, ""), now)


def _class(missing: tuple[str, ...], rating: str) -> str:
    return Verdict.UNKNOWN.value if missing else rating


_ORDER = (*RATINGS, Verdict.NOT_APPLICABLE.value, Verdict.NOT_MET.value, Verdict.MET.value)


def _way(each: Moved) -> str:
    if each.after == Verdict.UNKNOWN.value:
        return "unknown"
    if each.before == Verdict.UNKNOWN.value:
        return "gain" if each.after == Verdict.MET.value or each.after in RATINGS[2:] else "fall"
    return "gain" if _ORDER.index(each.after) > _ORDER.index(each.before) else "fall"
