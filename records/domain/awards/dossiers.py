"""Files of a dossier: what was handed in with a nomination, a registration, an initiative or a movement."""

from __future__ import annotations

from datetime import date

import msgspec


class DossierFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file kept among the files of the book.

    Attributes:
        about: id of the record it was handed in with.
        title: its name as it was handed in.
        file: its name among the files of the book: the id of this record, and the first digits of its digest.
        sha256: of its bytes; `size` in bytes.
        day: handed in.
    """

    id: str
    about: str
    title: str
    file: str
    sha256: str
    size: int
    day: date
