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

from config.errors import ConfigError, InputError, RefusedError
from config.settings.criteria import Standard
from config.settings.loading import Settings, load_settings
from config.settings.reading import keys_of, read_shape
from config.settings.scoring import ScoreTable
from config.settings.shapes import BaseSalary, Prizes
from config.settings.titles import AwardTitle
from config.text import Text, t
from records.domain.awards.merits import RATINGS
from records.domain.emulation import Cycle
from records.domain.findings import Verdict
from records.domain.people.names import person_key, sort_key
from records.domain.people.person import Person
from records.domain.rule_changes import SettingChange
from records.domain.units import Unit
from records.rules.awards.words import dong
from records.rules.emulation.words import RATING_WORDS
from records.rules.words import VERDICT_SHORT, VERDICT_WORDS
from records.services.awards.eligibility import TitleView, views
from records.services.emulation.standings import ranking
from records.services.office import Office
from records.services.people.roster import Scope, roster
from records.services.standards.differences import Changed, differences, plain
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
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Somebody, or a unit, whose verdict or class would be another; `about` is the role, the title or the cycle."""

    subject: str
    name: str
    unit: str
    about: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a file would change; money in đồng, of a year's awards decided on the day asked about.

    Attributes:
        file: its name among the settings.
        content: of the file as it was compared.
    """

    file: str
    content: bytes
    changes: tuple[Changed, ...]
    gain: tuple[Moved, ...] = ()
    fall: tuple[Moved, ...] = ()
    unknown: tuple[Moved, ...] = ()
    cost_before: int = 0
    cost_after: int = 0

    def moved(self) -> tuple[Moved, ...]:
        """Everybody whose verdict would be another, by unit, by what it is about, and by name."""
        return tuple(sorted((*self.gain, *self.fall, *self.unknown), key=_order))


def _order(each: Moved) -> tuple[Any, str, Any]:
    return sort_key(each.unit), each.about, person_key(each.name)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The office as it is, and as it would be; `told` hears how far it is, and stops it."""

    now: Office
    then: Office
    told: Callable[[int, int], None]
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


def compare(
    office: Office, path: Path, day: date, *, progress: Progress | None = None, stop: Stop | None = None
) -> Comparison:
    """What the settings file at `path` would change, judged as of `day`. Nothing is written.

    `progress` is told (done, all).

    Raises:
        ConfigError: when the file is no such file, or the settings would not be right with it.
        RefusedError: when `stop` said yes, or whoever is signed in may not see sensitive data.
    """
    office.book.access.judge("sensitive")  # it names whose verdict moves, and by what
    shape, name = _kind(office, path)
    new: Any = read_shape(path, shape)
    content = path.read_bytes()
    other = Office(office.book, _with_file(office, path, name))

    def told(done: int, total: int) -> None:
        if stop is not None and stop():
            raise RefusedError(t("The comparison was stopped"), do=t("compare it again"))
        if progress is not None:
            progress(done, total)

    told(0, 0)
    sides = _Sides(office, other, told, office.names(), _units_of(office, day))
    changed = tuple(differences(_present(office.settings, new, day), new, other.settings))
    moved, (before, after) = _effects(sides, new, day)
    split: dict[str, list[Moved]] = {"gain": [], "fall": [], "unknown": []}
    for each in sorted(moved, key=_order):
        split[_way(each)].append(each)
    parts = {way: tuple(found) for way, found in split.items()}
    return Comparison(file=name, content=content, changes=changed, cost_before=before, cost_after=after, **parts)


def _effects(sides: _Sides, new: Any, day: date) -> tuple[list[Moved], tuple[int, int]]:
    """Who moves, and what a year's awards cost before and after."""
    if isinstance(new, Standard):
        return list(_by_standard(sides, new, day)), (0, 0)
    if isinstance(new, ScoreTable):
        return list(_by_table(sides, new)), (0, 0)
    titles = [new.id] if isinstance(new, AwardTitle) else []
    now, then = (_views(sides, each, titles, day) for each in (sides.now, sides.then))
    return list(_by_title(sides, now, then)), (sum(view.cost() for view in now), sum(view.cost() for view in then))


def accept(office: Office, path: Path, seen: Comparison, day: date) -> Office:
    """Take the file that was compared over as the office's own, as one line of the journal; gives the office anew.

    Raises:
        InputError: where it differs in nothing.
        RefusedError: when the file is no more what was compared.
        ConfigError: as `compare`; nothing is written then.
    """
    if not seen.changes:
        raise InputError(t("No value differs: there is nothing to take over"), do=t("name another file"))
    if path.read_bytes() != seen.content:
        raise RefusedError(t("The file was changed after it was compared"), where=str(path), do=t("compare it again"))
    _with_file(office, path, seen.file)
    told = SettingChange(id="", file=seen.file, key="*", before="", after=str(len(seen.changes)), since=day, source="")
    return keep_file(office, told, seen.content, ("config.accept", seen.file))


def about_words(office: Office, about: str) -> Text:
    """What somebody's verdict is about in words: a role, a title or a cycle."""
    settings = office.settings
    known = {
        **{each.key: plain(each.title) for each in office.book.table(Cycle)},
        **{key: plain(each.title) for key, each in settings.roles.roles.items()},
        **{each.id: plain(each.name) for each in settings.titles},
    }
    return known.get(about, plain(about))


def side_words(each: Moved, *, short: bool = False) -> tuple[Text, Text]:
    """The verdict or class before and after, in words, or in short ones for a narrow column."""
    words = {**RATING_WORDS, **(VERDICT_SHORT if short else VERDICT_WORDS)}
    before, after = (words.get(key, plain(key)) for key in (each.before, each.after))
    return before, after


def cost_words(seen: Comparison) -> Text | None:
    """What a year's awards cost before and after, in a sentence; None where no award is concerned."""
    if not seen.cost_before and not seen.cost_after:
        return None
    return t(
        "Cost of a year: {before} → {after} đ ({sign}{more})",
        before=dong(seen.cost_before),
        after=dong(seen.cost_after),
        sign="−" if seen.cost_after < seen.cost_before else "+",
        more=dong(abs(seen.cost_after - seen.cost_before)),
    )


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


def _present(settings: Settings, new: Any, day: date) -> Any:
    """What the file would take the place of: of its id, else what serves its role now; None where there is nothing."""
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
    same = next((each for each in known if each.id == new.id), None)
    if same is None and isinstance(new, Standard):
        levels = new.levels or tuple(settings.levels.levels)
        return next(filter(None, (settings.standard_for(new.role, each, day) for each in levels)), None)
    if same is None and isinstance(new, ScoreTable):
        return next(filter(None, (settings.table_for(new.subject, each, day) for each in new.roles or ("",))), None)
    return same


# -- whom it concerns -------------------------------------------------------------------------------------------------


def _units_of(office: Office, day: date) -> dict[str, str]:
    names = office.unit_names(day)
    people = {each.id: names.get(each.unit_on(day), "") for each in office.book.table(Person)}
    return people | {each.id: names.get(each.parent_on(day), "") for each in office.book.table(Unit)}


def _by_standard(sides: _Sides, new: Standard, day: date) -> Iterator[Moved]:
    holders = {line.person.id for line in roster(sides.now, day, Scope(role=new.role))}
    done = 0
    for dossier in sides.now.dossiers(day):
        if dossier.person.id not in holders:
            continue
        before, after = (judge_role(each, dossier, new.role).verdict for each in (sides.now, sides.then))
        if before is not after:
            yield sides.moved(dossier.person.id, new.role, before.value, after.value)
        done += 1
        if done % 50 == 0 or done == len(holders):
            sides.told(done, len(holders))


def _views(sides: _Sides, office: Office, titles: list[str], day: date) -> list[TitleView]:
    """The titles as of `day` for the year before; none where a title is new to this side."""
    known = {each.id for each in office.settings.titles}
    if not set(titles) <= known:
        return []
    halves = 2 * (len(titles) or len(known))
    begun = halves // 2 if office is sides.then else 0
    return views(office, day.year - 1, day, titles=titles, progress=lambda done, _: sides.told(begun + done, halves))


def _by_title(sides: _Sides, now: list[TitleView], then: list[TitleView]) -> Iterator[Moved]:
    before = {(view.title.id, each.person): each.verdict for view in now for each in view.judged}
    for view in then:
        for each in view.judged:
            was = before.get((view.title.id, each.person), Verdict.NOT_APPLICABLE)
            if was is not each.verdict:
                yield sides.moved(each.person, view.title.id, was.value, each.verdict.value)


def _by_table(sides: _Sides, new: ScoreTable) -> Iterator[Moved]:
    """The classes of the newest cycle that is, or would be, scored by the table."""
    every = list(sides.now.book.table(Cycle))
    cycles = [each for each in every if each.table == new.id] or [
        each for each in every if each.subject == new.subject and (each.subject == "unit" or each.role in new.roles)
    ]
    if not cycles:
        return
    cycle = max(cycles, key=lambda each: (each.last_day, each.id))
    before = ranking(sides.now, cycle)
    sides.told(1, 2)
    after = ranking(sides.then, msgspec.structs.replace(cycle, table=new.id))
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
