"""Today, of the book: damage, backups, texts of the rules to be looked at, and what others did."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from config.text import t
from records.services.certificates.keys import key_problems
from records.services.standards.texts import unchecked_texts
from records.services.today.items import Asked, Item, few_or_many

_DAY = timedelta(days=1)


def damage(asked: Asked) -> list[Item]:
    """What is wrong with the book or the key of its seals."""
    book = asked.office.book
    wrong = [each for each in (book.damage, book.behind) if each is not None]
    wrong += [each.what for each in key_problems(asked.office.book)]
    return [Item(kind="damage", due=asked.on, text=each) for each in wrong]


def backup(asked: Asked) -> list[Item]:
    """Changes of a day gone by that no backup holds."""
    book, last = asked.office.book, asked.backed_up
    settled = book.seq_at(asked.on - _DAY)
    held = 0 if last is None else book.seq_at(last)
    if settled <= held:
        return []
    n = book.head()[0] - held
    text = (
        t("The book was never backed up; it has {n} changes", n=n)
        if last is None
        else t("The last backup is of {day}; {n} changes are not in it", day=last, n=n)
    )
    return [Item(kind="backup", due=asked.on, text=text)]


def rules(asked: Asked) -> list[Item]:
    """Texts of standards, titles and score tables that nobody has looked at for too long."""
    items = [
        Item(kind="rules", due=asked.on, text=each.text, about=each.about)
        for each in unchecked_texts(asked.office, asked.on)
    ]
    return few_or_many(items, lambda n: t("{n} texts of the rules were not looked at for too long", n=n))


def changes(asked: Asked) -> list[Item]:
    """What others than who asks did yesterday and today."""
    book = asked.office.book
    days = (asked.on - _DAY, asked.on)
    made = Counter(each.actor for day in days for each in book.history(day=day.isoformat()) if each.actor != book.actor)
    return [
        Item(kind="changes", due=asked.on, text=t("{who} made {n} changes since yesterday", who=who, n=n), about=who)
        for who, n in sorted(made.items())
    ]
