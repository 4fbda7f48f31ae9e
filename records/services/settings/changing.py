"""Changing a setting: one line of the journal, dated where law or office may change it, taken back by an undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec

from config.errors import InputError
from config.settings.dated import Dated, DatedValue
from config.settings.offices import ALWAYS, TITLES, Signer, dated
from config.text import t
from records.domain.rule_changes import SettingChange
from records.services.certificates.designs import keep_emblem
from records.services.office import Office
from records.services.settings import keys
from records.services.settings.keys import CODE, EMBLEM, SettingKey
from records.services.settings.recoding import move_code
from records.services.standards.rule_changes import as_yaml, keep_file

ACTION = "config.set"
_SOURCE = "office-practice"


def set_setting(office: Office, key: str, typed: str, *, since: date | None = None, today: date) -> Office:
    """Change one setting, as it was typed; gives the office anew. One change, or none where nothing would differ.

    Args:
        office: the open book.
        key: name of the setting, such as `office.name`.
        typed: the new value; a dash for none.
        since: first day of a dated one; left out: today, or always where it never had a value.
        today: the day on which it is changed.

    Raises:
        InputError: for an unknown name, a value that is none, or a day where the setting has none.
        ConfigError: when the settings would no longer be right; nothing is written then.
        BookError: when the book cannot be written.
    """
    found = keys.the_key(office.settings, key)
    value = found.read(typed)
    if since is not None and not found.dated:
        raise InputError(
            t("“{key}” is the same on every day", key=key), do=t("leave the first day out; the change counts at once")
        )
    if found.key == CODE:
        return move_code(office, value, today=today)
    if found.key.startswith(EMBLEM):
        value = keep_emblem(office, value)
    return set_values(office, {found.key: {_first(office, found, since, today): value}}, today=today, about=found.key)


def _first(office: Office, key: SettingKey, since: date | None, today: date) -> date:
    if since is not None:
        return since
    if key.begins:
        return today
    never = all(each in (None, "") for each in keys.values(office.settings, key).values())
    return ALWAYS if never or not key.dated else today


def set_values(office: Office, given: Mapping[str, Mapping[date, Any]], *, today: date, about: str = "") -> Office:
    """Change several settings of one file at once, each by its days, with one line of the journal; the office anew.

    Raises as `set_setting`.
    """
    known = keys.keys_of(office.settings)
    chosen = [known[name] for name in given]
    file = chosen[0].file
    before = after = keys.root(office.settings, file)
    for key in chosen:
        for since, value in sorted(given[key.key].items()):
            after = with_value(after, key, since, value)
    if after == before:
        return office
    first, days = chosen[0], [since for each in given.values() for since in each if since != ALWAYS]
    told = SettingChange(
        id="",
        file=file,
        key=", ".join(each.key for each in chosen),
        before=keys.as_typed(keys.value_on(office.settings, first, today)),
        after=keys.as_typed(max(given[first.key].items())[1]),
        since=min(days, default=today),
        source=_SOURCE,
        confirmed=True,
    )
    return keep_file(office, told, as_yaml(after), (ACTION, about or told.key))


def with_value(whole: Any, key: SettingKey, since: date, value: Any) -> Any:
    """The shape of a file with another value of a setting."""

    def change(found: Any) -> Any:
        if not key.dated:
            return value
        held = _as_dated(key, found)
        new = _with_part(held, key, since, value) if key.part else value
        return msgspec.structs.replace(held, values={**held.values, since: DatedValue(new, _SOURCE)})

    return _at(whole, key.path, change)


def _as_dated(key: SettingKey, found: Any) -> Dated[Any]:
    if isinstance(found, Dated):
        return found
    title = key.path[0] if key.path[0] in TITLES else "name"
    return dated(title, {} if found in (None, "") else {ALWAYS: found})


def _with_part(held: Dated[Any], key: SettingKey, since: date, value: Any) -> Signer | None:
    """Who signs from `since` on, when one thing about them is said anew: the rest stays as it was that day."""
    begun = [day for day in held.values if day <= since]
    was = (held.values[max(begun)].value if begun else None) or Signer()
    return msgspec.structs.replace(was, **{key.part: value or ""})


def _at(whole: Any, path: tuple[str, ...], change: Callable[[Any], Any]) -> Any:
    """`whole` with what stands at `path` changed."""
    if not path:
        return change(whole)
    step, rest = path[0], path[1:]
    if isinstance(whole, dict):
        return {**whole, step: _at(whole.get(step), rest, change)}
    if isinstance(whole, tuple):
        return tuple(_at(each, rest, change) if number == int(step) else each for number, each in enumerate(whole))
    return msgspec.structs.replace(whole, **{step: _at(getattr(whole, step), rest, change)})
