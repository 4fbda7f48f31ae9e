"""All settings of an office: the shipped files, each replaced by the office's own file of the same name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, get_type_hints

import msgspec

from config.errors import ConfigError
from config.settings.criteria import Standard
from config.settings.dated import Source, late_values
from config.settings.explaining import meant
from config.settings.offices import Issuers, Office, Screen, unnamed
from config.settings.practice import Papers, Practice, Privacy, Rights
from config.settings.procedure import Procedure, ReviewRules
from config.settings.scoring import ScoreTable
from config.settings.scoring_checks import table_problems
from config.settings.shapes import BaseSalary, Levels, Names, Prizes, Retirement, Role, Roles, Sources, Units
from config.settings.styles import PaperKind, Styles
from config.settings.titles import AwardTitle
from config.text import t

if TYPE_CHECKING:
    from config.settings.certificates import Template
    from config.settings.reports.forms import ReportForm

T = TypeVar("T")
SHIPPED = Path(__file__).parents[1] / "data"
_SINGLE: dict[str, Any] = {
    "sources.yaml": Sources,
    "office.yaml": Office,
    "screen.yaml": Screen,
    "roles.yaml": Roles,
    "levels.yaml": Levels,
    "review.yaml": ReviewRules,
    "retirement.yaml": Retirement,
    "awards/prizes.yaml": Prizes,
    "awards/base-salary.yaml": BaseSalary,
    "awards/procedure.yaml": Procedure,
    "practice.yaml": Practice,
    "privacy.yaml": Privacy,
    "rights.yaml": Rights,
    "papers.yaml": Papers,
    "issuers.yaml": Issuers,
    "styles.yaml": Styles,
}
_MANY: dict[str, Any] = {
    "units": Units,
    "names": Names,
    "standards": Standard,
    "scoring": ScoreTable,
    "awards/titles": AwardTitle,
    "papers": PaperKind,
}


def read_shape(path: Path, shape: type[T]) -> T:
    """Read the one YAML document of `path` as `shape`. Raises ConfigError, whatever is wrong."""
    from config.settings.reading import read_shape as read  # noqa: PLC0415  # settings at hand are not read again

    return read(path, shape)


def judge_file(path: Path, name: str, content: bytes) -> None:
    """Refuse what the reader of settings would refuse in the file at `path`, called `name` in its folder of settings.

    It is judged by itself: that it names what other files do not have is no matter here.

    Raises:
        ConfigError: naming file, line, column and key.
    """
    from config.settings.reading import judge_bytes  # noqa: PLC0415  # as above

    judge_bytes(path, _shape_of(name), content)


class _Late:
    """What of settings was kept and nobody asked for yet: their parts by name, as MessagePack."""

    __slots__ = ("_late",)
    _late: Mapping[str, msgspec.Raw]

    if not TYPE_CHECKING:  # else no misspelt name would be found any more

        def __getattr__(self, name: str) -> Any:
            kept = {} if name.startswith("_") else self._late
            if name not in kept:
                raise AttributeError(name)
            value = msgspec.msgpack.decode(kept[name], type=_kinds()[name])
            object.__setattr__(self, name, value)
            return value


@cache
def _kinds() -> dict[str, Any]:
    return get_type_hints(Settings)


@dataclass(frozen=True, slots=True)
class Settings(_Late):
    """Everything the office may change without a programmer."""

    office: Office
    roles: Roles
    levels: Levels
    retirement: Retirement
    sources: Sources
    units: dict[str, Units]
    prizes: Prizes
    money: BaseSalary
    procedure: Procedure
    titles: tuple[AwardTitle, ...]
    standards: tuple[Standard, ...]
    review: ReviewRules
    tables: tuple[ScoreTable, ...]
    names: Names
    practice: Practice
    privacy: Privacy
    rights: Rights
    papers: Papers
    issuers: Issuers
    screen: Screen
    styles: Styles
    paper_kinds: dict[str, PaperKind]

    @classmethod
    def kept(cls, payload: bytes) -> Self:
        """Settings as `msgspec.msgpack` wrote them: each part is read when it is asked for, as few acts need them all.

        Raises:
            msgspec.DecodeError: where these are none. Of a part that is none, `AttributeError` or this comes later:
                whoever keeps settings reads them back whole.
        """
        parts = msgspec.msgpack.decode(payload, type=dict[str, msgspec.Raw])
        if parts.keys() != cls.__dataclass_fields__.keys():
            raise msgspec.DecodeError
        made = object.__new__(cls)
        object.__setattr__(made, "_late", parts)
        return made

    def roles_in_use(self, held: str = "") -> dict[str, Role]:
        """The roles this office works with, in its order, to choose from; and `held`, which a record has already."""
        known = self.roles.roles
        used = [role for role in self.office.roles_used if role in known] or list(known)
        return {role: known[role] for role in dict.fromkeys((*used, held)) if role in known}

    def standard_for(self, role: str, level: str, day: date) -> Standard | None:
        """The standard of a role and level in force on `day`, the one that began last; or None."""
        meant = (each for each in self.standards if each.role == role and (not each.levels or level in each.levels))
        return _begun_last(meant, day)

    def table_for(self, subject: str, role: str, day: date) -> ScoreTable | None:
        """The score table of units, or of people in a role, for a cycle that ends on `day`; None without one."""
        meant = (each for each in self.tables if each.subject == subject and (subject == "unit" or role in each.roles))
        return _begun_last(meant, day)

    def source(self, key: str) -> Source:
        """A legal text by its key. Raises ConfigError for an unknown one."""
        if key not in self.sources.sources:
            raise ConfigError(t("There is no source “{key}”", key=key), do=meant(key, set(self.sources.sources)))
        return self.sources.sources[key]


_Whole = TypeVar("_Whole", Standard, ScoreTable)


def _begun_last(wholes: Iterable[_Whole], day: date) -> _Whole | None:
    """Of those in force on a day the one that began last; the first of several that began together."""
    in_force = [each for each in wholes if each.since <= day and (each.until is None or day <= each.until)]
    return max(in_force, key=lambda each: each.since, default=None)


def load_settings(*overlays: Path) -> Settings:
    """The shipped settings, with the files of each overlay folder in place of those of the same name.

    Sources add up instead: an office that keeps its own still knows the texts that the shipped files rest on. An
    overlay that does not say which office it is has none (`unnamed`): the shipped one is an example.

    Raises:
        ConfigError: for the first mistake found.
    """
    folders = (SHIPPED, *overlays)
    names = {name: shape for name, shape in _SINGLE.items() if name != "sources.yaml"}
    single = {name: read_shape(_newest(folders, name), shape) for name, shape in names.items()}
    many = {
        folder: {path.stem: read_shape(path, shape) for path in overlaid(folders, folder)}
        for folder, shape in _MANY.items()
    }
    settings = _settings(folders, single, many)
    for problem in _crossed(settings, folders):
        raise problem
    return settings


def _settings(folders: tuple[Path, ...], single: dict[str, Any], many: dict[str, dict[str, Any]]) -> Settings:
    return Settings(
        office=single["office.yaml"] if _own(folders, "office.yaml") else unnamed(single["office.yaml"]),
        roles=single["roles.yaml"],
        levels=single["levels.yaml"],
        retirement=single["retirement.yaml"],
        sources=_all_sources(folders),
        units=many["units"],
        prizes=single["awards/prizes.yaml"],
        money=single["awards/base-salary.yaml"],
        procedure=single["awards/procedure.yaml"],
        titles=tuple(many["awards/titles"].values()),
        standards=tuple(many["standards"].values()),
        review=single["review.yaml"],
        tables=tuple(many["scoring"].values()),
        names=_together(many["names"].values()),
        practice=single["practice.yaml"],
        privacy=single["privacy.yaml"],
        rights=single["rights.yaml"],
        papers=single["papers.yaml"],
        issuers=single["issuers.yaml"] if _own(folders, "issuers.yaml") else Issuers(issuers=()),
        styles=single["styles.yaml"],
        screen=single["screen.yaml"],
        paper_kinds={each.id: each for each in many["papers"].values()},
    )


def _own(folders: tuple[Path, ...], name: str) -> bool:
    """Whether a file that says whose book it is counts: the shipped one is an example, and holds by itself alone."""
    return len(folders) == 1 or any((each / name).is_file() for each in folders[1:])


@cache
def shipped_names() -> Names:
    """What the shipped settings know of names, for reading without an office."""
    return _together(read_shape(path, Names) for path in overlaid((SHIPPED,), "names"))


def _together(files: Iterable[Names]) -> Names:
    """The lists of several files as one, each word once."""
    found: dict[str, dict[str, None]] = {field: {} for field in Names.__struct_fields__}
    for each in files:
        for field, words in found.items():
            words.update(dict.fromkeys(getattr(each, field)))
    return Names(**{field: tuple(words) for field, words in found.items()})


def check_folder(folder: Path) -> list[ConfigError]:
    """Every mistake in a folder of settings: of each file by itself, then of the files together."""
    if not folder.is_dir():
        return [ConfigError(t("There is no such folder"), where=str(folder), do=t("name a folder with YAML files"))]
    problems: list[ConfigError] = []
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        shape = _shape_of(name)
        if shape is None:
            known = {*_SINGLE, *(f"{each}/{path.name}" for each in (*_MANY, "certificates", "reports"))}
            problems.append(ConfigError(t("No setting has this name"), where=str(path), do=meant(name, known)))
            continue
        try:
            read_shape(path, shape)
        except ConfigError as error:
            problems.append(error)
    if not problems:
        own = [folder] if folder.resolve() != SHIPPED.resolve() else []
        try:
            settings, templates = load_settings(*own), load_templates(*own)
        except ConfigError as error:
            problems.append(error)
        else:
            problems += late_values(_wholes(settings))
            for path in sorted((folder / "reports").glob("*.yaml")):
                problems += _form_problems(path, settings)
            problems += _unknown_sources(templates, set(settings.sources.sources), folder)
    return problems


def _wholes(settings: Settings) -> Iterator[tuple[str, date, Any]]:
    """Place, first day and parts of everything that asks for values by date."""
    yield from ((f"standards/{each.id}", each.since, each.criteria) for each in settings.standards)
    yield from ((f"awards/titles/{each.id}", each.since, each.conditions) for each in settings.titles)


def _all_sources(folders: tuple[Path, ...]) -> Sources:
    """The sources of every folder, the later ones in place of those with the same key."""
    files = [folder / "sources.yaml" for folder in folders if (folder / "sources.yaml").is_file()]
    return Sources(sources={key: each for path in files for key, each in read_shape(path, Sources).sources.items()})


def load_templates(*overlays: Path) -> list[Template]:
    """Every design of certificates, an office's own in place of the shipped one of its name. Raises ConfigError."""
    return [read_shape(path, _template("certificates/")) for path in overlaid((SHIPPED, *overlays), "certificates")]


def load_reports(settings: Settings, *overlays: Path, name: str = "") -> list[ReportForm]:
    """Every report form, or the one of this name; an office's own in place of the shipped one of its name.

    Raises:
        ConfigError: for the first mistake with its file and line, and where there is no form of this name.
    """
    paths = {path.stem: path for path in overlaid((SHIPPED, *overlays), "reports")}
    if name and name not in paths:
        raise ConfigError(t("There is no report form “{name}”", name=name), do=meant(name, set(paths)))
    for path in (paths[name],) if name else paths.values():
        for problem in _form_problems(path, settings):
            raise problem
    return [read_shape(path, _template("reports/")) for path in ([paths[name]] if name else paths.values())]


def _form_problems(path: Path, settings: Settings) -> Iterator[ConfigError]:
    from config.settings.reports.forms import ReportForm, form_problems  # noqa: PLC0415  # only reports need it

    keys = {
        "role": set(settings.roles.roles),
        "level": set(settings.levels.levels),
        "prize": set(settings.prizes.prizes),
    }
    yield from form_problems(path, read_shape(path, ReportForm), keys, set(settings.sources.sources))


def _shape_of(name: str) -> Any:
    """The shape of the file of this name in a folder of settings; None where no setting has it."""
    return _SINGLE.get(name) or _MANY.get(name.rpartition("/")[0]) or _template(name)


def _template(name: str) -> Any:
    if name.startswith("reports/"):
        from config.settings.reports.forms import ReportForm  # noqa: PLC0415  # likewise

        return ReportForm
    if not name.startswith("certificates/"):
        return None
    from config.settings.certificates import Template  # noqa: PLC0415  # only a check of everything needs it

    return Template


def _newest(folders: tuple[Path, ...], name: str) -> Path:
    found = [folder / name for folder in folders if (folder / name).is_file()]
    return found[-1] if found else folders[0] / name


def overlaid(folders: tuple[Path, ...], folder: str) -> list[Path]:
    """The files of one folder of settings in order, each from the last of the folders that has it."""
    names = sorted({path.name for each in folders for path in (each / folder).glob("*.yaml")})
    return [_newest(folders, f"{folder}/{name}") for name in names]


def _crossed(settings: Settings, folders: tuple[Path, ...]) -> Iterator[ConfigError]:
    """Mistakes that show only when files are held against each other."""
    known = set(settings.sources.sources)
    people = (settings.office, settings.roles, settings.levels, settings.retirement, settings.units)
    own = (
        settings.practice,
        settings.privacy,
        settings.papers,
        settings.issuers,
        settings.styles,
        settings.paper_kinds,
    )
    everything = (*people, *own, settings.prizes, settings.money, settings.procedure)
    judged = (settings.standards, settings.tables, settings.review, settings.titles)
    yield from _unknown_sources((*everything, *judged), known, folders[-1])
    yield from _practice_crossed(settings)
    for standard in settings.standards:
        place = f"standards/{standard.id}"
        if standard.role not in settings.roles.roles:
            yield ConfigError(
                t("There is no role “{role}”", role=standard.role),
                where=place,
                do=meant(standard.role, set(settings.roles.roles)),
            )
        for level in standard.levels:
            if level not in settings.levels.levels:
                yield ConfigError(
                    t("There is no level “{level}”", level=level),
                    where=place,
                    do=meant(level, set(settings.levels.levels)),
                )
        ids = [criterion.id for criterion in standard.criteria]
        for doubled in sorted({each for each in ids if ids.count(each) > 1}):
            yield ConfigError(t("Criterion “{id}” stands twice", id=doubled), where=place, do=t("give each its own id"))
    for table in settings.tables:
        yield from table_problems(table, set(settings.roles.roles))
    yield from _titles_crossed(settings)
    yield from _units_crossed(settings)


def _unknown_sources(values: Iterable[Any], known: set[str], folder: Path) -> Iterator[ConfigError]:
    for key in _sources_in(values):
        if key is not None and key not in known:
            what = t("The source “{key}” is not in sources.yaml", key=key)
            yield ConfigError(what, where=str(folder), do=meant(key, known))


def _practice_crossed(settings: Settings) -> Iterator[ConfigError]:
    yield from settings.styles.problems()
    known = set(settings.sources.sources)
    for key, text in settings.sources.sources.items():
        if text.replaced_by and text.replaced_by not in known:
            yield ConfigError(
                t("The source “{key}” is not in sources.yaml", key=text.replaced_by),
                where=f"sources.yaml: {key}",
                do=meant(text.replaced_by, known),
            )
    for day, held in settings.practice.achievement_year.values.items():
        try:
            date.fromisoformat(f"2001-{held.value}")
        except ValueError:
            yield ConfigError(
                t("“{value}” is no first day of a year", value=held.value or ""),
                where=f"practice.yaml: achievement_year.{day}",
                do=t("write month and day, such as 01-01 or 11-15"),
            )


def _titles_crossed(settings: Settings) -> Iterator[ConfigError]:
    prizes = set(settings.prizes.prizes)
    for title in settings.titles:
        place = f"awards/titles/{title.id}"
        for key in (title.prize, *([title.quota.of] if title.quota else []), *_prizes_in(title.conditions)):
            if key not in prizes:
                yield ConfigError(t("There is no prize “{key}”", key=key), where=place, do=meant(key, prizes))
        ids = [each.id for each in title.conditions]
        for doubled in sorted({each for each in ids if ids.count(each) > 1}):
            yield ConfigError(t("Condition “{id}” stands twice", id=doubled), where=place, do=t("give each its own id"))


def _prizes_in(conditions: tuple[Any, ...]) -> Iterator[str]:
    for each in conditions:
        yield from getattr(each, "prizes", ())
        yield from _prizes_in(getattr(each, "conditions", ()))


def _units_crossed(settings: Settings) -> Iterator[ConfigError]:
    seeds = {key: seed for group in settings.units.values() for key, seed in group.units.items()}
    for key, seed in seeds.items():
        for heir in seed.into:
            if heir not in seeds:
                yield ConfigError(
                    t("There is no unit “{key}”", key=heir), where=f"units: {key}", do=meant(heir, set(seeds))
                )
        if seed.since and seed.until and seed.until < seed.since:
            yield ConfigError(
                t("The unit ends before it begins"), where=f"units: {key}", do=t("correct one of the two days")
            )


def _sources_in(values: Iterable[Any]) -> list[str | None]:
    """Every `source` named anywhere in settings. Most of what is in them is plain: it is passed over by its type."""
    found: list[str | None] = []
    for value in values:
        if type(value) in _PLAIN:
            continue
        if isinstance(value, dict):
            found += _sources_in(value.values())
        elif isinstance(value, tuple | list):
            found += _sources_in(value)
        elif fields := getattr(value, "__struct_fields__", ()):
            if "source" in fields:
                found.append(value.source)
            found += _sources_in([held for name in fields if type(held := getattr(value, name)) not in _PLAIN])
    return found


_PLAIN = frozenset({str, int, bool, Decimal, date, type(None)})
