"""The office's own rules and answers: values of standards, questions answered by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import yaml

from config.errors import InputError
from config.reasons import not_kept
from config.settings.criteria import ByHand, Standard
from config.settings.dated import Confidence, DatedValue
from config.settings.loading import check_folder, load_settings
from config.text import t
from records.domain.rule_changes import HandAnswer, SettingChange
from records.rules.standards.supposing import criteria_of, values_of, with_value
from records.services.access.accounts import judge_by
from records.services.office import Office
from records.store.contract import Files, JournalEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """A value of a criterion from a day on; `value` is a number, a level in English, or None: no longer asked.

    Attributes:
        correcting: a wrong entry is being corrected, so that verdicts on days that are over may change.
    """

    criterion: str
    name: str
    value: Any
    since: date
    source: str
    correcting: bool = False
    confidence: Confidence = "to_confirm"
    note: str = ""


def the_standard(office: Office, standard_id: str) -> Standard:
    """The standard with this id. Raises InputError naming those there are."""
    found = {each.id: each for each in office.settings.standards}
    if standard_id not in found:
        raise InputError(
            t("There is no standard “{given}”", given=standard_id), do=t("use one of: {known}", known=", ".join(found))
        )
    return found[standard_id]


def rewrites(office: Office, standard_id: str, new: NewValue, today: date) -> bool:
    """Whether a value would change verdicts on days before today: a wrong entry corrected, and nothing else, may."""
    place = criteria_of(the_standard(office, standard_id)).get(new.criterion)
    dated = values_of(place).get(new.name) if place is not None else None
    if dated is None or new.since >= today:
        return False
    later = min((day for day in dated.values if day > new.since), default=today)
    held = [day for day in dated.values if day <= new.since]
    same = bool(held) and dated.values[max(held)].value == new.value
    return not same and new.since < min(later, today)


def first_day(office: Office, standard_id: str, place: tuple[str, str], today: date, *, correcting: bool) -> date:
    """The day from which a value given without one holds: today, or that of the entry in force which it corrects.

    Raises InputError for an unknown standard, criterion or value.
    """
    standard = the_standard(office, standard_id)
    found = criteria_of(standard).get(place[0])
    dated = values_of(found).get(place[1]) if found is not None else None
    if not correcting or dated is None:
        return today
    return max((day for day in dated.values if day <= today), default=min(dated.values))


def set_value(office: Office, standard_id: str, new: NewValue, today: date) -> Office:
    """Change or confirm a value: writes the office's own file and one line of the journal; gives the office anew.

    A new value begins on `today` or later; an earlier day is refused where it would change verdicts, unless the value
    says that a wrong entry is corrected.

    Raises:
        InputError: for an unknown standard, criterion, value or source, a value of another kind, or a first day that
            is over though nothing is corrected.
        ConfigError: when the settings would no longer be right; nothing is written then.
    """
    standard = the_standard(office, standard_id)
    if new.source not in office.settings.sources.sources:
        raise InputError(
            t("There is no source “{key}”", key=new.source),
            do=t("use one of: {known}", known=", ".join(office.settings.sources.sources)),
        )
    _judge_first_day(office, standard_id, new, today)
    value = DatedValue(new.value, new.source, new.confidence, new.note)
    changed = with_value(standard, new.criterion, new.name, new.since, value)
    was = [day for day in values_of(criteria_of(standard)[new.criterion])[new.name].values if day <= new.since]
    before = values_of(criteria_of(standard)[new.criterion])[new.name].values[max(was)].value if was else None
    name = file_of(office, standard)
    content = as_yaml(changed)
    about = f"{standard.id} · {new.criterion} · {new.name}"
    told = SettingChange(
        id="",
        file=name,
        key=f"{new.criterion}.{new.name}",
        before="" if before is None else str(before),
        after="" if new.value is None else str(new.value),
        since=new.since,
        source=new.source,
        confirmed=new.confidence == "confirmed",
        note=new.note,
    )
    return keep_file(office, told, content, ("standard.set", about))


def _judge_first_day(office: Office, standard_id: str, new: NewValue, today: date) -> None:
    if not new.correcting and rewrites(office, standard_id, new, today):
        raise InputError(
            t("From {since} on, verdicts on days that are over would change", since=new.since),
            do=t("let the value begin on {today} or later, or say that a wrong entry is corrected", today=today),
        )


def keep_file(
    office: Office, told: SettingChange, content: bytes | None, action: tuple[str, str], *, recode: str = ""
) -> Office:
    """Write an own file of the settings with one line of the journal; gives the office anew.

    Args:
        office: the open book.
        told: what changed; its `id`, `was` and `text` are filled in here.
        content: of the whole file; None takes it away.
        action: of the journal, and what it is about.
        recode: the code with which all ids of the book begin from now on, where it changes.

    Raises:
        ConfigError: when the settings would no longer be right; nothing is written then.
    """
    settings = office.book.settings
    with _put_back_unless_done(settings, told.file), office.book.change(action[0], about=action[1]) as change:
        was = (settings.read(told.file) or b"").decode()
        if recode:
            change.recode(recode)
        text = (content or b"").decode("utf-8-sig")
        change.put(msgspec.structs.replace(told, id=change.new_id(SettingChange), was=was, text=text))
        _put_back(settings, told.file, content)
        for problem in check_folder(settings.folder):
            raise problem
    return Office(office.book, load_settings(settings.folder))


@contextmanager
def _put_back_unless_done(settings: Files, name: str) -> Iterator[None]:
    """Where the settings would not be right, or the line of the journal cannot be written, neither is the file."""
    kept = settings.read(name)
    try:
        yield
    except BaseException:
        _put_back(settings, name, kept)
        raise


def follow(office: Office, entry: JournalEntry) -> None:
    """Let the office's own files follow an undo or redo; a file changed by hand since stays as it is."""
    settings = office.book.settings
    for before, after in entry.of(SettingChange):
        told = before or after
        if told is None or (before is not None and after is not None):  # the latter only got another code
            continue
        content, expected = (told.was, told.text) if after is None else (told.text, told.was)
        if (settings.read(told.file) or b"").decode() == expected:
            _put_back(settings, told.file, content.encode() or None)


def as_yaml(shape: msgspec.Struct) -> bytes:
    """A shape as a file of the settings; what is at its default is left out."""
    plain = without_defaults(shape)
    text = yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return f"# The office's own; changed from the program.\n{text}".encode()


class _Dumper(yaml.SafeDumper):
    """Writes no aliases, which the reader refuses."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's own signature
        """Never alias."""
        return True


def without_defaults(value: Any) -> Any:
    """A shape as plain values, what is at its default left out."""
    if isinstance(value, msgspec.Struct):
        config = value.__struct_config__
        plain: dict[Any, Any] = {str(config.tag_field): config.tag} if config.tag else {}
        for each in msgspec.structs.fields(value):
            held = getattr(value, each.name)
            if each.required or held != each.default:
                plain[each.encode_name] = without_defaults(held)
        return plain
    if isinstance(value, dict):
        return {key: without_defaults(each) for key, each in sorted(value.items())}
    if isinstance(value, tuple | list):
        return [without_defaults(each) for each in value]
    return value


def file_of(office: Office, standard: Standard) -> str:
    """The file's name: that of the file the settings came from, which a standard's id names."""
    settings = office.book.settings
    for name in settings.names("standards", ".yaml"):
        if f"id: {standard.id}\n" in (settings.read(name) or b"").decode():
            return name
    return f"standards/{standard.id}.yaml"


def _write(settings: Files, name: str, content: bytes) -> None:
    try:
        settings.write(name, content)
    except OSError as error:
        raise not_kept(settings.folder / name, error) from error


def _put_back(settings: Files, name: str, kept: bytes | None) -> None:
    if kept is None:
        settings.remove(name)
    else:
        _write(settings, name, kept)


def answer(office: Office, given: HandAnswer) -> HandAnswer:
    """Record the answer to a question only people can answer (`id` empty); one change.

    Raises:
        InputError: for an unknown person, a criterion no standard of the role asks by hand, or nobody who answered.
        ForbiddenError: under the name of somebody else who has an account.
    """
    person = office.person(given.person)
    asked = {
        each.id
        for standard in office.settings.standards
        if standard.role == given.role
        for each in criteria_of(standard).values()
        if isinstance(each, ByHand)
    }
    if given.criterion not in asked:
        known = ", ".join(sorted(asked)) or "–"
        raise InputError(
            t("“{given}” is no question of this role's standards", given=given.criterion),
            do=t("use one of: {known}", known=known),
        )
    if not given.by.strip():
        raise InputError(t("Nobody is named who answered"), do=t("name the person or the meeting"))
    judge_by(office, given.by)
    with office.book.change("check.answer", about=person.name) as change:
        return change.put(msgspec.structs.replace(given, id=change.new_id(HandAnswer)))


def read_value(typed: str) -> Any:
    """A value as typed: a whole number, a decimal, a word, or `-` for none."""
    plain = typed.strip()
    if plain == "-":
        return None
    if plain.isdecimal():
        return int(plain)
    number = plain.replace(",", ".", 1)
    return Decimal(number) if number.replace(".", "", 1).isdecimal() else plain
