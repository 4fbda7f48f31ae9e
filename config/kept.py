"""Settings kept as they were read last: reading YAML takes longer than anything else a command does at its start.

They are kept in a folder of the user's own, by the SHA-256 of everything they were read from and of the program that
read them, so that no change of either is ever missed. A file that is damaged, or that others could have written, is
passed over and written anew. Settings of a sealed book are kept sealed.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from config.errors import ConfigError
from config.own_files import keep_own, read_own
from config.sealed import keeping, sealed_among
from config.settings import loading
from config.settings.loading import SHIPPED, Settings, load_settings

_KEPT = 4
"""Files: the shipped settings, those of the book, and of one or two others."""
_ENDING = ".settings"


def kept_settings(cache: Path, *overlays: Path) -> Settings:
    """What `load_settings` gives for the same folders, from the folder `cache` where it is there.

    Raises:
        ConfigError: for the first mistake found in the settings; mistakes are not kept.
    """
    folders = (SHIPPED, *overlays)
    try:
        read_from = _hash_of(folders)
        own = sealed_among(overlays)
        known = _read(cache / f"{read_from}{_ENDING}", own)
    except OSError:
        return load_settings(*overlays)
    if known is not None:
        return known
    settings = load_settings(*overlays)
    with suppress(OSError):
        if _hash_of(folders) == read_from:  # else somebody wrote meanwhile
            _write(cache / f"{read_from}{_ENDING}", settings, own)
    return settings


def _hash_of(folders: Iterable[Path]) -> str:
    """The SHA-256 of all settings in these folders, and of the program that reads them. Raises OSError."""
    told = hashlib.sha256(f"{sys.version} {msgspec.__version__}".encode())
    for folder, ending in (*((each, ".yaml") for each in folders), (Path(loading.__file__).parent, ".py")):
        told.update(_hash_in(folder, ending))
    return told.hexdigest()


def _hash_in(folder: Path, ending: str) -> bytes:
    """The SHA-256 of every file under one folder with this ending: name, length and content. Raises OSError."""
    told = hashlib.sha256()
    for path in _files_in(folder, ending):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # every command begins with this
            content = file.read()
        told.update(f"\n{path[len(str(folder)) :]} {len(content)}\n".encode() + content)
    return told.digest()


def _files_in(folder: Path, ending: str) -> list[str]:
    """Every file under a folder with this ending, in order; by strings, as paths take three times as long."""
    found = (f"{place}{os.sep}{name}" for place, _, names in os.walk(folder) for name in names if name.endswith(ending))
    return sorted(each for each in found if os.path.isfile(each))  # noqa: PTH113  # as above


def _read(path: Path, own: Path | None) -> Settings | None:
    payload = read_own(path)
    if payload is None:
        return None
    try:
        if own is not None and keeping.keeper is not None:
            payload = keeping.keeper.open(own, payload)
        return Settings.kept(payload)
    except (msgspec.DecodeError, ConfigError):
        return None


def _write(path: Path, settings: Settings, own: Path | None) -> None:
    """Keep settings, sealed with their book, and only if they read back right. Raises OSError."""
    payload = msgspec.msgpack.encode(settings)
    if msgspec.msgpack.decode(payload, type=Settings) != settings:
        return
    if own is not None and keeping.keeper is not None:
        payload = keeping.keeper.seal(own, payload)
    keep_own(path, payload, at_most=_KEPT)
