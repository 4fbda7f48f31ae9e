"""Today, of training: what is held within a week, and what was held and is not recorded."""

from __future__ import annotations

from datetime import timedelta

from config.text import t
from records.rules.training.words import EVENT_WORDS
from records.services.today.items import Asked, Item, few_or_many
from records.services.training.calendar import Planned, planned

_AHEAD, _BACK = timedelta(days=7), timedelta(days=365)
_NEWLY = timedelta(days=30)
"""How long an event to which nobody is called is asked about: older ones were entered for their day alone."""


def coming_events(asked: Asked) -> list[Item]:
    """Conferences, classes and the like that are held now or within seven days."""
    found = planned(asked.office, asked.on, asked.on + _AHEAD, asked.on)
    return [
        Item(
            kind="event",
            due=each.event.day,
            text=t(
                "{kind} “{title}”, {n} called",
                kind=EVENT_WORDS[each.event.kind],
                title=each.event.title,
                n=each.called,
            ),
            about=each.event.id,
        )
        for each in found
    ]


def unrecorded_events(asked: Asked) -> list[Item]:
    """What was held within a year and has people of whom nobody said whether they came, or nobody at all."""
    yesterday = asked.on - timedelta(days=1)
    over = [
        each
        for each in planned(asked.office, asked.on - _BACK, yesterday, asked.on)
        if each.last_day < asked.on and (each.waiting or (not each.called and each.last_day >= asked.on - _NEWLY))
    ]
    return few_or_many(
        [_unrecorded(each) for each in over], lambda n: t("{n} conferences and classes are over and not recorded", n=n)
    )


def _unrecorded(each: Planned) -> Item:
    title = each.event.title
    if each.called:
        text = t("“{title}” is over: {n} of {all} not recorded", title=title, n=each.waiting, all=each.called)
    else:
        text = t("“{title}” is over: nobody was called or recorded", title=title)
    return Item(kind="unrecorded", due=each.last_day, text=text, about=each.event.id)
