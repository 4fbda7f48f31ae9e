"""Turning the library's errors into sentences: the place in the file, and what was probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import inspect

from config.errors import ConfigError
from config.text import Text, t

Place = tuple[str | int, ...]
Mark = tuple[int, int]
"""Line and column, both from 1."""


def at(path: Path, mark: Mark, key: str, what: Text, do: Text) -> ConfigError:
    """The error `what` at a line and column of a file."""
    place = t("{file}, line {line}, column {column}", file=path, line=mark[0], column=mark[1])
    if key:
        place = t("{file}, line {line}, column {column}, key {key}", file=path, line=mark[0], column=mark[1], key=key)
    return ConfigError(what, where=place, do=do)


_TOLD = re.compile(r"“([^”]*)”")
_PATH = re.compile(r" - at `(key in )?\$?([^`]*)`$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")


def explain(path: Path, marks: Mapping[Place, Mark], plain: Any, message: str, shape: Any) -> ConfigError:
    """What msgspec's `message` about `plain` means, for the reader of the file at `path`."""
    found = _PATH.search(message)
    steps = _steps(found[2] if found else "")
    said = message[: found.start()] if found else message
    place, value = _resolve(plain, steps, said) or ((), plain)
    if (own := _TOLD.search(said)) and "`" not in said:
        # A sentence of our own shapes: it names the element at fault by its id.
        mark = marks.get((*place, *_element(value, own[1]))) or marks.get(place) or (1, 1)
        return at(path, mark, "", Text("{said}", (("said", said),)), t("correct the value"))
    what, do, extra = _sentence(said, value, *_vocabulary(shape))
    if extra and (*place, extra) in marks:
        place = (*place, extra)
    mark = marks.get(place) or marks.get(place[:-1]) or (1, 1)
    return at(path, mark, ".".join(str(each) for each in place), what, do)


def said_shortly(message: str) -> Text:
    """What msgspec's `message` means where no file is at hand: ours for what it says oftenest, else all it says."""
    found = _PATH.search(message)
    said = message[: found.start()] if found else message
    return _in_our_words(said) or Text("{said}", (("said", said),))


def _element(value: Any, name: str) -> Place:
    """Where in `value` the element with this id stands; where it stands last, if twice."""
    found: Place = ()
    for key, inner in value.items() if isinstance(value, dict) else ():
        for number, each in enumerate(inner if isinstance(inner, list) else ()):
            if isinstance(each, dict) and each.get("id") == name:
                found = (key, number)
    return found


def _steps(text: str) -> list[str | int]:
    return [int(index) if index.isdecimal() else (name or "...") for name, index in _STEP.findall(text)]


def _resolve(value: Any, steps: list[str | int], said: str) -> tuple[Place, Any] | None:
    """Where the fault is: msgspec writes `[...]` for any key of a mapping, so the one that fits `said` is sought."""
    if not steps:
        return ((), value) if _fits(value, said) else None
    step, *rest = steps
    if step == "...":
        tried = list(value.items()) if isinstance(value, dict) else []
    else:
        try:
            tried = [(step, value[step])]
        except (KeyError, IndexError, TypeError):
            return (), value
    for key, inner in tried:
        found = _resolve(inner, rest, said)
        if found is not None:
            return (key if isinstance(key, int) else str(key), *found[0]), found[1]
    return None


_KINDS = {str: "str", int: "int", bool: "bool", dict: "object", list: "array", type(None): "null"}


def _fits(value: Any, said: str) -> bool:
    names = [first or second for first, second in _QUOTED.findall(said)]
    if "missing required field" in said:
        return isinstance(value, dict) and names[0] not in value
    if "unknown field" in said:
        return isinstance(value, dict) and names[0] in value
    if ", got `" in said:
        return bool(_KINDS.get(type(value), names[-1]) == names[-1])
    return True


_QUOTED = re.compile(r"`([^`]+)`|'([^']+)'")


def _sentence(said: str, value: Any, fields: set[str], choices: set[str]) -> tuple[Text, Text, str]:
    names = [first or second for first, second in _QUOTED.findall(said)]
    if "unknown field" in said:
        return t("The key “{key}” is not known", key=names[0]), meant(names[0], fields), names[0]
    if "missing required field" in said:
        return t("The key “{key}” is missing", key=names[0]), t("add it; see the other files of this folder"), ""
    if "Invalid enum value" in said or "Invalid value" in said:
        return t("“{value}” is none of the choices", value=str(value)), meant(str(value), choices), ""
    return _of_wrong_kind(said, value), t("correct the value"), ""


def _of_wrong_kind(said: str, value: Any) -> Text:
    """That a value is not what can stand there; parts of a file are not shown as Python writes them."""
    words = _in_our_words(said) or said
    if value is None and (match := _WANTED.fullmatch(said)) and (wanted := _kinds(match[1])):
        return t("The value is missing: {wanted} must stand here", wanted=wanted)
    if value is None or isinstance(value, dict | list):
        return t("What stands here is of the wrong kind: {said}", said=words)
    return t("The value “{value}” is of the wrong kind: {said}", value=_short(value), said=words)


_NAMED_KINDS = {
    "object": t("keys with their values"),
    "array": t("a list"),
    "str": t("a text"),
    "int": t("a whole number"),
    "float": t("a number"),
    "decimal": t("a number"),
    "bool": t("true or false"),
    "date": t("a day such as 2025-07-01"),
    "null": t("nothing"),
}
"""How we name what msgspec names in English."""
_WANTED = re.compile("Expected `([^`]+)`, got `([^`]+)`")
_LIMITS: tuple[tuple[str, Text], ...] = (
    (r"Expected `\w+` of length >= (?P<n>\d+)", t("at least {n} must be there")),
    (r"Expected `\w+` of length <= (?P<n>\d+)", t("at most {n} may be there")),
    (r"Expected `\w+` of length (?P<n>\d+), got (?P<given>\d+)", t("{n} must be there, not {given}")),
    (r"Expected `\w+` >= (?P<n>[-\d.]+)", t("it must be at least {n}")),
    (r"Expected `\w+` > (?P<n>[-\d.]+)", t("it must be more than {n}")),
    (r"Expected `\w+` <= (?P<n>[-\d.]+)", t("it must be at most {n}")),
    (r"Expected `\w+` < (?P<n>[-\d.]+)", t("it must be less than {n}")),
    (r"Expected `str` matching regex .*", t("it is not written as it has to be")),
    ("Invalid RFC3339 encoded date", t("{wanted} must stand here", wanted=_NAMED_KINDS["date"])),
    ("Invalid decimal string", t("{wanted} must stand here", wanted=_NAMED_KINDS["decimal"])),
)
"""What msgspec complains of in English beside kinds, and how we say it."""


def _in_our_words(said: str) -> Text | None:
    """What msgspec says oftenest, in words of ours; None for the rest."""
    if match := _WANTED.fullmatch(said):
        wanted, given = _kinds(match[1]), _kinds(match[2])
        return t("{wanted} must stand here, not {given}", wanted=wanted, given=given) if wanted and given else None
    for pattern, words in _LIMITS:
        if match := re.fullmatch(pattern, said, re.DOTALL):
            return Text(words.pattern, (*words.blanks, *match.groupdict().items()))
    return None


def _kinds(told: str) -> Text | None:
    """The kinds of values that msgspec lists, such as `int | null`; None where one has no name of ours."""
    found = list(dict.fromkeys(_NAMED_KINDS.get(each) for each in told.split(" | ")))
    joined = found[0]
    for each in found[1:]:
        if joined is None or each is None:
            return None
        joined = t("{first} or {second}", first=joined, second=each)
    return joined


def _short(value: Any) -> str:
    shown = str(value)
    return shown if len(shown) < 40 else shown[:39] + "…"


def meant(given: str, known: set[str]) -> Text:
    """What to do about an unknown word: the nearest known one, or all of them."""
    near = difflib.get_close_matches(given, sorted(known), 1)
    return (
        t("did you mean “{near}”?", near=near[0]) if near else t("use one of: {known}", known=", ".join(sorted(known)))
    )


def _vocabulary(shape: Any) -> tuple[set[str], set[str]]:
    """Every field name and every choice that occurs anywhere in a shape."""
    fields: set[str] = set()
    choices: set[str] = set()
    seen: set[int] = set()
    waiting: list[Any] = [inspect.type_info(shape)]
    while waiting:
        info = waiting.pop()
        if id(info) in seen or not isinstance(info, inspect.Type):
            continue
        seen.add(id(info))
        if isinstance(info, inspect.StructType):
            fields |= {field.encode_name for field in info.fields} | ({info.tag_field} if info.tag_field else set())
            choices |= {str(info.tag)} if info.tag else set()
            waiting += [field.type for field in info.fields]
        elif isinstance(info, inspect.LiteralType):
            choices |= {str(value) for value in info.values}
        elif isinstance(info, inspect.UnionType):
            waiting += list(info.types)
        elif isinstance(info, inspect.DictType):
            waiting += [info.key_type, info.value_type]
        elif isinstance(info, inspect.VarTupleType | inspect.ListType):
            waiting.append(info.item_type)
    return fields, choices
