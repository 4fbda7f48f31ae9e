"""What is held of a person, in words: each record with its fields, ids and codes by their names."""

from __future__ import annotations

from datetime import date

from config.i18n import tr, tr_
from records.domain.kinds import plain
from records.domain.people.person_fields import FIELDS
from records.services.office import Office
from records.services.privacy.held import Held
from tui.present.changes import Spoken
from tui.present.titles import KIND_TITLES

_LEFT_OUT = frozenset({"person", "subject", "sha256", "said", "text", "was"})
"""Fields that say nothing to the person: themselves, digests, and words of papers and settings about many."""


def held_lines(office: Office, held: Held, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading -> label and value, line by line: the person first, then every record in the order of the book."""
    say = Spoken(office, on)
    document = plain(held.person)
    keys = [each.key for each in FIELDS if each.key in document]
    rest = [key for key in document if key not in keys]
    mine = [(say.title(key), say.value(key, document[key])) for key in (*keys, *rest) if document[key] not in _EMPTY]
    found = [(tr_("Particulars"), mine)]
    for table, records in held.records.items():
        lines = []
        for each in records:
            told = plain(each)
            parts = [
                f"{say.title(key)}: {say.value(key, value)}"
                for key, value in told.items()
                if key not in (*_LEFT_OUT, "id") and value not in _EMPTY and value is not False
            ]
            lines.append((told["id"], "; ".join(parts)))
        found.append((f"{tr(KIND_TITLES[table])} ({len(records)})", lines))
    return found


_EMPTY: tuple[object, ...] = (None, "", [], {})
