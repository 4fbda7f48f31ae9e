"""The history desk: what was done, when and by whom, in words; and taking it back."""

from __future__ import annotations

from config.text import Text, t
from records.book.history import Entry
from records.desks.office import Office

ACTIONS: dict[str, Text] = {
    "book.furnish": t("Units of the settings entered"),
    "demo.fill": t("Demo office filled"),
    "roster.import": t("People imported from a spreadsheet"),
    "roster.add": t("Person entered"),
    "roster.correct": t("Person corrected"),
    "roster.appoint": t("Appointment entered"),
    "award.decide": t("Decision of commendation registered"),
    "certificate.print": t("Certificates printed"),
    "undo": t("Undone"),
    "redo": t("Redone"),
}


def action_words(entry: Entry) -> Text:
    """What an entry did, in words; an action of a newer program stays as its code."""
    words = ACTIONS.get(entry.action, Text("{action}", (("action", entry.action),)))
    if entry.undoes:
        return t("{words}: change {seq}", words=words, seq=entry.undoes)
    return words


def history(office: Office, *, record: str | None = None, limit: int | None = None) -> list[Entry]:
    """The changes of the book, or of one record, newest first."""
    return office.book.history(record=record, limit=limit)


def undo(office: Office, seq: int | None = None) -> Entry:
    """Take back the newest change, or change `seq`. Raises ConflictError when a later change stands on it."""
    return office.book.undo(seq)


def redo(office: Office) -> Entry:
    """Do again what was undone last. Raises ConflictError when something was changed since."""
    return office.book.redo()
