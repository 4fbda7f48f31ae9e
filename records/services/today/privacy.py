"""Today, of personal data: what has been kept for as long as the settings say."""

from __future__ import annotations

from config.text import t
from records.services.privacy.retention import Due, due
from records.services.today.items import Asked, Item, few_or_many


def kept(asked: Asked) -> list[Item]:
    """Records whose term of keeping has run out."""
    return few_or_many(
        [_item(asked, each) for each in due(asked.office, asked.on)],
        lambda n: t("{n} records have been kept for their whole term: “retention due” lists them", n=n),
    )


def _item(asked: Asked, each: Due) -> Item:
    name = asked.office.person(each.person).name if each.person else each.record
    text = t("{name}: {what}; the term of keeping has run out", name=name, what=each.words)
    return Item(kind="retention", due=each.due, text=text, about=each.person)
