"""How lists are looked at and written out, and which left the office: saved layouts, saved views, exports made."""

from __future__ import annotations

from datetime import date

import msgspec


class ListLayout(msgspec.Struct, frozen=True, kw_only=True):
    """How a list of people is written: which columns in which order, its heading and who signs it.

    Attributes:
        columns: keys of columns; one that a newer or older program does not know is left out and said so.
        heading: second line of the title; empty for the usual one.
        signer: the lines above the signature, one after another.
    """

    id: str
    name: str
    columns: tuple[str, ...]
    heading: str = ""
    signer: tuple[str, ...] = ()
    signer_name: str = ""


class ListView(msgspec.Struct, frozen=True, kw_only=True):
    """A named way to look at the people: what narrows the list and how it is sorted.

    Attributes:
        unit: id of a unit, or empty.
        holding: only people who hold a role on the day.
        verdict: the verdict wanted, or empty.
        find: what is typed in the find line.
        sort: key of the column it is sorted by, or empty; `reverse` turns it round.
    """

    id: str
    name: str
    role: str = ""
    level: str = ""
    unit: str = ""
    holding: bool = False
    verdict: str = ""
    find: str = ""
    sort: str = ""
    reverse: bool = False


class ListExport(msgspec.Struct, frozen=True, kw_only=True):
    """A file with data of people that was written; who and when stand in the journal's line.

    Attributes:
        file: path as it was given.
        sha256: of the file.
        people: ids of those in it.
        columns: keys of its columns, in their order.
        sensitive: those of the columns that are sensitive.
        on: the day the list is of.
        seq: last line of the book that the list knew; `digest` is that line's hash.
    """

    id: str
    file: str
    sha256: str
    people: tuple[str, ...]
    columns: tuple[str, ...]
    on: date
    sensitive: tuple[str, ...] = ()
    seq: int = 0
    digest: str = ""
