"""How sheets of one layout are read, as a person corrected it."""

from __future__ import annotations

import msgspec


class SheetLayout(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The columns of sheets with the same headings, remembered from the last import that a person accepted.

    Attributes:
        fingerprint: made of the headings and their places; the same for sheets of one layout.
        columns: our key -> letter of the column; a key that is not here is read from no column.
        file: name of the file it was corrected for.
    """

    id: str
    fingerprint: str
    columns: dict[str, str]
    file: str = ""
