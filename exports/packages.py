"""Packages and identities as files: there whole, or not at all, and entered in the book before they take their name."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import msgspec

from exports.files import whole_file
from records.domain.exchange import Package
from records.services.exchange.meeting import Identity, identity
from records.services.exchange.packing import Parcelled, send
from records.services.office import Office


def write_identity(office: Office, path: Path, *, now: datetime, overwrite: bool = False) -> Identity:
    """Write what this office says of itself. Raises InputError while it has no name, or for a place not to be used."""
    found = identity(office, now)
    with whole_file(path, overwrite=overwrite) as part:
        part.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    return found


def write_package(office: Office, made: Parcelled, path: Path, *, day: date, overwrite: bool = False) -> Package:
    """Write a package, and enter that it leaves; what keeps it from being entered keeps it from leaving.

    Raises:
        InputError: when the place cannot be used.
        BookError: when the book cannot be written.
    """
    with whole_file(path, overwrite=overwrite) as part:
        part.write_bytes(made.content)
        return send(office, made, day=day)
