"""The parts of a zipped workbook and their XML, read as a stream by a real parser; entities are refused."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, Protocol
from xml.parsers import expat

from records.intake.files.troubles import DamagedError

Attributes = dict[str, str]
Start = Callable[[Attributes], object]
PASS = object()
"""What a call at the beginning of an element answers so that nothing within it is told."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,  # an encrypted member
    OSError,
    ValueError,
    UnicodeError,
    expat.ExpatError,
)


class Source(Protocol):
    """What the parser reads from."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes, at most so many; none at the end."""
        ...


class Parts:
    """The members of a zip by their names with slashes, whatever the program that wrote them put there."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise DamagedError from None
        self._entries = {
            _plain(each.filename): each for each in self._archive.infolist() if not each.filename.endswith("/")
        }

    @property
    def names(self) -> frozenset[str]:
        """Names in small letters."""
        return frozenset(self._entries)

    @property
    def size(self) -> int:
        """Bytes of all members unpacked, as the archive says; `zipfile` gives no more than it says."""
        return sum(each.file_size for each in self._entries.values())

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._entries

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises DamagedError where it is missing or broken."""
        try:
            return self._archive.read(self._entries[_plain(name)])
        except _BROKEN:
            raise DamagedError from None

    def parse(self, name: str, handler: Handler) -> None:
        """Parse a member. Raises DamagedError where it is missing, broken, no XML or defines entities."""
        try:
            with self._archive.open(self._entries[_plain(name)]) as source:
                parse(source, handler)
        except _BROKEN:
            raise DamagedError from None


class Handler:
    """Gets the elements of a part by their names: `namespace name`.

    Attributes:
        starts, ends: name -> what to call at its beginning, with the attributes, and at its end. A start that gives
            `PASS` passes the element over, with all that stands in it.
    """

    def __init__(self) -> None:
        self.starts: dict[str, Start] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.text: list[str] | None = None
        """Collects text while it is a list."""


def named(namespaces: tuple[str, ...], calls: Mapping[str, Any]) -> dict[str, Any]:
    """`calls` by plain names, under each of the namespaces and under none."""
    return {f"{space} {name}".strip(): call for space in (*namespaces, "") for name, call in calls.items()}


def parse(source: Source, handler: Handler) -> None:
    """Read XML from `source` to its end.

    Raises:
        DamagedError: when it is no XML, or defines a document type: workbooks have none, and bombs need one.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 65_536
    parser.StartDoctypeDeclHandler = _refuse
    starts, ends = handler.starts.get, handler.ends.get

    def start(name: str, attributes: Attributes) -> None:
        if (call := starts(name)) is not None and call(attributes) is PASS:
            _pass_rest(parser, (start, end, text))

    def end(name: str) -> None:
        if (call := ends(name)) is not None:
            call()

    def text(data: str) -> None:
        if handler.text is not None:
            handler.text.append(data)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.ParseFile(source)
    except expat.ExpatError:
        raise DamagedError from None


def _pass_rest(parser: expat.XMLParserType, calls: tuple[Any, Any, Any]) -> None:
    """Tell nothing of the element that has begun, and go on with `calls` once it has ended."""
    depth = 1

    def within(_name: str, _attributes: Attributes) -> None:
        nonlocal depth
        depth += 1

    def out(_name: str) -> None:
        nonlocal depth
        depth -= 1
        if not depth:
            parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = calls

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = within, out, None


def _refuse(*_: object) -> None:
    raise DamagedError


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def pass_over(_: Attributes) -> object:
    """Pass an element over."""
    return PASS


def is_on(value: str | None) -> bool:
    """Whether an attribute of XML says yes."""
    return value in ("1", "true", "on")
