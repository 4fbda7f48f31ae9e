"""What the office settles itself: answers only people can give, and changes of its own rules."""

from __future__ import annotations

from datetime import date

import msgspec

CODE_KEY = "office.code"
"""`SettingChange.key` of the move to another code of the office, with which all ids of the book change."""


class HandAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer to a question of a standard that no record can answer.

    Attributes:
        criterion: id of the criterion; `role` the role it was answered for.
        day: from which it counts; a later answer takes its place.
        by: who answered, or the meeting that did.
    """

    id: str
    person: str
    role: str
    criterion: str
    yes: bool
    day: date
    by: str
    note: str = ""


class SettingChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change of a rule from the program.

    Attributes:
        file: of the office's own settings, such as `standards/reporter.yaml`.
        key: what was changed in it; `before` and `after` as they are read.
        since: first day on which the value holds.
        was, text: the whole file before and after, so that an undo can put it back; empty: there was none.
    """

    id: str
    file: str
    key: str
    before: str
    after: str
    since: date
    source: str
    confirmed: bool = False
    note: str = ""
    was: str = ""
    text: str = ""
