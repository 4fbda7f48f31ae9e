"""Rules that come down in a package: files of settings, which take the place of this office's own of the same name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Self

from config.reasons import not_kept
from config.settings.loading import check_folder, load_settings
from config.text import Text, t
from records.domain.rule_changes import SettingChange
from records.services.exchange.contents import SETTINGS
from records.services.exchange.differences import Conflict
from records.services.exchange.opening import Opened
from records.services.office import Office
from records.store.contract import UnitOfWork

_NAME = re.compile(r"(?:(?P<folder>[a-z]+)(?:/titles)?/)?[A-Za-z0-9._-]+\.yaml")
_LARGEST = 1 << 20
_FROM = "exchange:"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of settings: its name, what it would hold (None: as it is), and what it holds now, or None."""

    name: str
    content: bytes | None
    was: bytes | None


def rule_files(
    office: Office, package: Opened, *, theirs: bool
) -> tuple[list[FileChange], list[tuple[str, Text]], list[Conflict]]:
    """What the files of a package would change: files, those refused with the reason, and those kept as ours."""
    found, refused, conflicts = [], [], []
    for part, content in package.parts.items():
        name = part.removeprefix("settings/")
        if part == name:
            continue
        if not _may_come(name) or len(content) > _LARGEST or not _is_text(content):
            refused.append((part, t("no rules come under this name")))
            continue
        was = office.book.settings.read(name)
        if was in (None, content) or theirs or _came_from(office, name, was, package.sender.code):
            found.append(FileChange(name, None if was == content else content, was))
        else:
            conflicts.append(Conflict(part, "file", _mark(was), _mark(content)))
    return found, refused, conflicts


def _may_come(name: str) -> bool:
    places = {place for every in SETTINGS.values() for place in every}
    found = _NAME.fullmatch(name)
    return found is not None and ".." not in name and (name in places or found["folder"] in places)


def _is_text(content: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        content.decode("utf-8-sig")
        return True
    return False


def _came_from(office: Office, name: str, was: bytes | None, code: str) -> bool:
    """Whether the file is as that office sent it last."""
    told = [each for each in office.book.table(SettingChange) if each.file == name]
    return bool(told) and told[-1].note == _FROM + code and told[-1].text.encode() == was


def _mark(content: bytes | None) -> str:
    return f"sha256:{hashlib.sha256(content or b'').hexdigest()[:16]}"


class RulesTaken:
    """Files of settings that are written inside one change, and put back unless it ends well."""

    def __init__(self, office: Office, files: Sequence[FileChange]) -> None:
        self._office = office
        self._files = [each for each in files if each.content is not None]

    def put(self, change: UnitOfWork, today: date, code: str) -> None:
        """Write the files, and enter them. Raises ConfigError when the rules would not be right."""
        settings = self._office.book.settings
        for each in self._files:
            content = each.content or b""
            told = SettingChange(
                id=change.new_id(SettingChange), file=each.name, key="*", before="", after=code, since=today,
                source="office-practice", confirmed=False, note=_FROM + code, was=(each.was or b"").decode(),
                text=content.decode("utf-8-sig"),
            )  # fmt: skip
            change.put(told)
            try:
                settings.write(each.name, content)
            except OSError as error:
                raise not_kept(settings.folder / each.name, error) from error
        for problem in check_folder(settings.folder) if self._files else ():
            raise problem

    def after(self) -> Office:
        """The office with the rules as they are now."""
        if not self._files:
            return self._office
        return Office(self._office.book, load_settings(self._office.book.settings.folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            return
        for each in self._files:
            with suppress(OSError):
                if each.was is None:
                    self._office.book.settings.remove(each.name)
                else:
                    self._office.book.settings.write(each.name, each.was)
