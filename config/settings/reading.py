"""YAML into typed shapes, and every mistake with its file, line, column, key, and what was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
import yaml
from yaml.constructor import SafeConstructor

from config.errors import ConfigError
from config.sealed import plain
from config.settings.explaining import Mark, Place, at, explain
from config.text import Text, t

T = TypeVar("T")
_LARGEST = 2_000_000
_DEEPEST = 5_000


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader that refuses repeated keys and aliases; a private class, so nobody else's changes."""


def _compose(text: str) -> yaml.Node | None:
    """The nodes of `text`: by the reader written in C where that is safe, which takes a fifth of the time.

    It dies of deep nesting, with the whole program, and its words for a mistake help less; such texts go to the other.
    """
    fast = getattr(yaml, "CSafeLoader", None)
    if fast and text.count("[") + text.count("{") < _DEEPEST and max(map(len, text.split("\n"))) < _DEEPEST:
        try:
            return yaml.compose(text, Loader=fast)
        except yaml.YAMLError:
            pass
    return yaml.compose(text, Loader=_Loader)


class _RefusedError(Exception):
    def __init__(self, what: Text, mark: Mark, do: Text) -> None:
        super().__init__(str(what))
        self.what, self.mark, self.do = what, mark, do


def _mark(node: yaml.Node) -> Mark:
    return node.start_mark.line + 1, node.start_mark.column + 1


class _Reading:
    """Turns nodes into plain values and remembers where each stands."""

    def __init__(self) -> None:
        self.marks: dict[Place, Mark] = {}
        self.seen: set[int] = set()

    def whole(self, node: yaml.Node | None) -> Any:
        if node is None:
            raise _RefusedError(t("The file is empty"), (1, 1), t("write its settings, or remove it"))
        return self.value(node, ())

    def value(self, node: yaml.Node, path: Place) -> Any:
        self.marks[path] = _mark(node)
        if id(node) in self.seen:
            raise _RefusedError(t("An alias (*name) is used"), _mark(node), t("write the value out"))
        self.seen.add(id(node))
        if not isinstance(node, yaml.ScalarNode) and node.tag not in _GROUPS:
            raise _not_allowed(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, number)) for number, each in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Place) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node)
            if not isinstance(key, str | int | date) or isinstance(key, bool):
                raise _RefusedError(
                    t("A key is no plain word, number or date"), _mark(key_node), t("write a plain key")
                )
            if key in made:
                raise _RefusedError(
                    t("The key “{key}” stands twice", key=str(key)), _mark(key_node), t("keep one of the two")
                )
            made[key] = self.value(value_node, (*path, str(key)))
            self.marks[(*path, str(key))] = _mark(key_node)
        return made


_GROUPS = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_TAGS = {"null", "bool", "int", "float", "str", "timestamp"}


def _not_allowed(node: yaml.Node) -> _RefusedError:
    return _RefusedError(t("The tag “{tag}” is not allowed", tag=node.tag), _mark(node), t("write plain values only"))


def _scalar(node: yaml.Node) -> Any:
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    if not isinstance(node, yaml.ScalarNode) or kind not in _TAGS:
        raise _RefusedError(
            t("The tag “{tag}” is not allowed", tag=node.tag), _mark(node), t("write plain values only")
        )
    text = node.value
    if kind == "float":
        try:
            number = Decimal(text.replace("_", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise _RefusedError(t("“{value}” is not a number", value=text), _mark(node), t("write a plain number"))
        return number
    if kind == "timestamp":
        return _day(text, node)
    if kind == "str":
        if (shown := text.encode("utf-8", "replace").decode()) != text:  # half a letter, as `"\\ud800"` makes one
            raise _RefusedError(t("“{value}” cannot be read", value=shown), _mark(node), t("write a plain value"))
        return text
    try:
        return SafeConstructor().construct_object(node, deep=True)
    except ValueError:
        raise _RefusedError(t("“{value}” cannot be read", value=text), _mark(node), t("write a plain value")) from None


def _day(text: str, node: yaml.Node) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _RefusedError(
            t("“{value}” is a day that does not exist", value=text), _mark(node), t("write a day such as 2025-07-01")
        ) from None


def read_shape(path: Path, shape: type[T]) -> T:
    """Read the one YAML document of `path` as `shape`; the same text is read once.

    Raises:
        ConfigError: naming file, line, column and key, whatever is wrong.
    """
    wanted: Any = shape
    return cast("T", _shaped(path, wanted, _text(path)))


# The file is opened each time, and what is kept goes by its whole text: no change of a file is ever missed. Shapes are
# frozen, so that one reader cannot spoil them for another; a mistake is not kept.
@lru_cache(maxsize=512)
def _shaped(path: Path, shape: Any, text: str) -> Any:
    reading = _Reading()
    try:
        plain = reading.whole(_compose(text))
    except yaml.YAMLError as error:
        raise _broken(path, error) from None
    except RecursionError:
        raise at(path, (1, 1), "", t("The file is nested too deeply"), t("write it flatter")) from None
    except _RefusedError as error:
        raise at(path, error.mark, "", error.what, error.do) from None
    try:
        return msgspec.convert(plain, shape, strict=True)
    except msgspec.ValidationError as error:
        raise explain(path, reading.marks, plain, str(error), shape) from None


def marks_of(path: Path) -> Mapping[Place, Mark]:
    """Where each value of a YAML document that can be read stands: its keys and numbers from the top -> line, column.

    Raises:
        ConfigError: when it cannot be read as YAML.
    """
    reading = _Reading()
    try:
        reading.whole(_compose(_text(path)))
    except (yaml.YAMLError, RecursionError, _RefusedError):
        raise at(path, (1, 1), "", t("This is not YAML"), t("correct the line, with blanks and no tabs")) from None
    return reading.marks


def keys_of(path: Path) -> frozenset[str]:
    """The keys at the top of the YAML document of `path`, by which kinds of files are told apart.

    Raises:
        ConfigError: when it cannot be read as YAML.
    """
    try:
        node = _compose(_text(path))
    except yaml.YAMLError as error:
        raise _broken(path, error) from None
    except RecursionError:
        raise at(path, (1, 1), "", t("The file is nested too deeply"), t("write it flatter")) from None
    if not isinstance(node, yaml.MappingNode):
        raise at(path, (1, 1), "", t("The file holds no settings"), t("write keys with their values"))
    return frozenset(str(key.value) for key, _ in node.value)


def judge_bytes(path: Path, shape: Any, content: bytes) -> None:
    """Refuse bytes that `read_shape` would refuse in the file at `path`; where there is no shape, what is no YAML.

    Raises:
        ConfigError: naming file, line, column and key, whatever is wrong.
    """
    text = _decoded(path, content)
    if shape is not None:
        _shaped(path, shape, text)
        return
    try:
        _compose(text)
    except yaml.YAMLError as error:
        raise _broken(path, error) from None
    except RecursionError:
        raise at(path, (1, 1), "", t("The file is nested too deeply"), t("write it flatter")) from None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise _too_large(path)
        content = plain(path, path.read_bytes())
    except OSError:
        raise ConfigError(
            t("The file cannot be read"), where=str(path), do=t("check that it is there and a file")
        ) from None
    return _decoded(path, content)


def _decoded(path: Path, content: bytes) -> str:
    if len(content) > _LARGEST:
        raise _too_large(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(t("The file is not UTF-8 text"), where=str(path), do=t("save it as UTF-8")) from None


def _too_large(path: Path) -> ConfigError:
    return ConfigError(t("The file is too large"), where=str(path), do=t("settings are small text files"))


_NOT_YAML: tuple[tuple[str, Text], ...] = (
    ("but found another document", t("more than one document")),
    ("mapping values are not allowed here", t("a colon stands where no value can begin")),
    (r"found character '\\t' .*", t("a tab stands where only blanks may")),
    ("found character '(?P<given>.+)' .*", t("no value begins with “{given}”; put it between quotation marks")),
    ("found unexpected end of stream|expected the node content.*|expected ',' or .*|.*unclosed '.*",
     t("a bracket or quotation mark is open, or a value is missing")),
    ("expected <block end>, but found .*", t("the line is indented otherwise than the lines it belongs to")),
    ("could not find expected ':'", t("a key has no colon behind it")),
    ("found unknown escape character '(?P<given>.+)'", t("“{given}” cannot stand behind a backslash")),
    ("found undefined alias .*", t("An alias (*name) is used")),
    ("unacceptable character.*", t("a letter stands in it that no text has")),
)  # fmt: skip
"""What PyYAML complains of in English, and how we say it."""


def _broken(path: Path, error: yaml.YAMLError) -> ConfigError:
    mark = getattr(error, "problem_mark", None)
    where = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    given = getattr(error, "problem", None) or str(error).splitlines()[0]
    do = t("correct the line, with blanks and no tabs")
    for pattern, words in _NOT_YAML:
        if match := re.fullmatch(pattern, given, re.DOTALL):
            problem = Text(words.pattern, tuple(match.groupdict().items()))
            return at(path, where, "", t("This is not YAML: {problem}", problem=problem), do)
    return at(path, where, "", t("This is not YAML"), do)
