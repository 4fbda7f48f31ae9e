"""The columns a list of people can have: one table of keys, heads, widths and where the value comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from config.errors import InputError
from config.i18n import language, tr
from config.settings.loading import Settings
from config.text import Text, t
from exports.cells import CellKind, plain
from exports.lists.checks import why
from records.domain.appointments import Appointment
from records.domain.dates import PartialDate
from records.domain.findings import Judgement, overall
from records.domain.people.person import SENSITIVE
from records.domain.people.person_fields import FIELDS, PersonField
from records.rules.words import VERDICT_WORDS
from records.services.people.roster import RosterLine


@dataclass(frozen=True, slots=True)
class Known:
    """What columns are filled from besides the person: settings, names of units, verdicts by person id."""

    settings: Settings
    units: Mapping[str, str]
    judged: Mapping[str, Sequence[Judgement]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """One column: its head, its width in letters, and its value for a person (`number` is the place in the list).

    Attributes:
        group: shared head of neighbours.
        judged: the value needs verdicts.
    """

    key: str
    title: Text
    width: float
    value: Callable[[RosterLine, Known, int], object]
    kind: CellKind = "text"
    group: Text | None = None
    judged: bool = False

    @property
    def sensitive(self) -> bool:
        """Whether no list has it unless somebody asks for it by name; reasons tell of membership and more."""
        return self.key in SENSITIVE or self.key == "why"

    @property
    def label(self) -> Text:
        """Its whole name, the shared head first."""
        return t("{group}: {title}", group=self.group, title=self.title) if self.group else self.title


def _born(line: RosterLine, sex: str) -> PartialDate | None:
    return line.person.born if line.person.sex == sex else None


def _roles(line: RosterLine, known: Known) -> str:
    roles, spoken = known.settings.roles.roles, language()
    return _joined([roles[each.role].title.in_language(spoken) for each in line.appointments])


def _levels(line: RosterLine, known: Known) -> str:
    levels = known.settings.levels.levels
    keys = [each.level for each in line.appointments]
    return _joined([levels[key].title.in_language(language()) if key in levels else key for key in keys])


def _each(line: RosterLine, value: Callable[[Appointment], object]) -> object:
    """A value of the appointment held; of several, one after another as text."""
    values = [value(each) for each in line.appointments]
    return values[0] if len(values) == 1 else _joined([plain(each) for each in values])


def _joined(texts: Sequence[str]) -> str:
    """What several appointments say: once where all say the same, else for each, so that they can be told apart."""
    if len(texts) < 2:
        return texts[0] if texts else ""
    return texts[0] if len(set(texts)) == 1 else "; ".join(text or "—" for text in texts)


def _verdict(line: RosterLine, known: Known) -> str:
    return tr(VERDICT_WORDS[overall(known.judged.get(line.person.id, ()))])


def _why(line: RosterLine, known: Known) -> str:
    return "; ".join(filter(None, (why(each, known.settings) for each in known.judged.get(line.person.id, ()))))


def _field(field: PersonField) -> PersonColumn:
    """The column of a field of the person."""
    kind: CellKind = "date" if field.kind == "date" else "text"
    if field.kind in ("name", "text", "note", "phone", "date") and not field.choices:  # kept as they are shown
        held = attrgetter(field.key)
        return PersonColumn(
            field.key, field.head or field.title, field.width, lambda line, _k, _n: held(line.person), kind, field.group
        )

    def value(line: RosterLine, _known: Known, _number: int) -> object:
        if field.kind == "unit":
            return line.unit_name
        words = tr(field.words(field.known(line.person)))
        return words[:1].upper() + words[1:] if field.kind == "level" else words

    return PersonColumn(field.key, field.head or field.title, field.width, value, kind, field.group)


def _held(key: str, title: Text, width: float, kind: CellKind = "text", group: Text | None = None) -> PersonColumn:
    """A column of a field of the appointments held, of the same key."""

    def value(line: RosterLine, _known: Known, _number: int) -> object:
        return _each(line, lambda appointment: getattr(appointment, key))

    return PersonColumn(key, title, width, value, kind, group)


_BIRTH, _DECISION = t("Date of birth"), t("Decision or contract")
_PARTS: Mapping[str, tuple[PersonColumn, ...]] = {
    "born": (
        PersonColumn("born_male", t("Male"), 12, lambda line, _k, _n: _born(line, "male"), "date", _BIRTH),
        PersonColumn("born_female", t("Female"), 12, lambda line, _k, _n: _born(line, "female"), "date", _BIRTH),
    )
}
"""Columns that tell a field in another way."""

ALL = (
    PersonColumn("no", t("No."), 5, lambda _line, _known, number: number, "number"),
    PersonColumn("id", t("Code"), 12, lambda line, _known, _number: line.person.id),
    *(column for each in FIELDS for column in (_field(each), *_PARTS.get(each.key, ()))),
    PersonColumn("roles", t("Roles"), 22, lambda line, known, _number: _roles(line, known)),
    PersonColumn("levels", t("Level of the role"), 16, lambda line, known, _number: _levels(line, known)),
    _held("number", t("Number"), 16, "text", _DECISION),
    _held("decided", t("Date"), 12, "date", _DECISION),
    _held("since", t("Since"), 12, "date"),
    _held("until", t("Until"), 12, "date"),
    _held("recognised_by", t("Recognised by"), 24),
    _held("managed_by", t("Managed by"), 24),
    PersonColumn("verdict", t("Verdict"), 16, lambda line, known, _number: _verdict(line, known), judged=True),
    PersonColumn("why", t("Why"), 60, lambda line, known, _number: _why(line, known), judged=True),
    PersonColumn("signature", t("Signature"), 16, lambda _line, _known, _number: ""),
)
"""Every column, in the order in which they are offered."""

BY_KEY: Mapping[str, PersonColumn] = {column.key: column for column in ALL}
LAYOUTS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "usual": (t("Usual list"), ("no", "id", "name", "born", "unit", "roles", "verdict")),
    "extract": (
        t("Extract of the dossiers, one line a person"),
        (
            "no",
            "name",
            "born_male",
            "born_female",
            "position",
            "unit",
            "education",
            "political_theory",
            "roles",
            "number",
            "decided",
        ),
    ),
    "attendance": (t("Sheet to sign"), ("no", "name", "born", "unit", "signature", "note")),
}
"""Layouts that are always there: key -> name and columns. None has a sensitive column."""


def columns_of(keys: Sequence[str]) -> tuple[PersonColumn, ...]:
    """The columns of these keys, in this order, each once. Raises InputError for one that is not known."""
    for key in keys:
        if key not in BY_KEY:
            raise InputError(
                t("There is no column “{key}”", key=key), do=t("use some of: {known}", known=", ".join(BY_KEY))
            )
    return tuple(BY_KEY[key] for key in dict.fromkeys(keys))
