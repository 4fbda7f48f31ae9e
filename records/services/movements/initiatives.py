"""Initiatives: handed in, recognised or turned down, put right, taken out. Each is one change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from config.errors import InputError, RefusedError
from config.text import Text, t
from records.domain.awards.initiatives import LEVELS, Author, Initiative
from records.domain.people.names import clean, fold, sort_key
from records.domain.people.person import Person
from records.rules.awards.asked import achievement_year
from records.services.office import Office

STATES = ("open", "recognised", "refused")
_WHOLE = 100
_FIRST_YEAR, _LAST_YEAR = 1975, 2199


def enter(office: Office, made: Initiative, *, today: date) -> Initiative:
    """Enter an initiative, as one change; its `id` is given here.

    Raises:
        InputError: without a title or an author, for an unknown person or level, shares that do not add up, or a
            recognition in the future or before it was handed in.
        RefusedError: when the same one is in the book.
    """
    made = _judged(office, made, today)
    with office.book.change("initiative.enter", about=made.title) as change:
        return change.put(replace(made, id=change.new_id(Initiative)))


def correct(office: Office, initiative: Initiative, *, today: date, **right: Any) -> Initiative:
    """Put fields of an initiative right, as one change. Raises what `enter` raises."""
    after = _judged(office, replace(initiative, **right), today)
    with office.book.change("initiative.correct", about=after.title) as change:
        return change.put(after, was=initiative)


def recognise(
    office: Office, chosen: Sequence[Initiative], day: date, *, today: date, **paper: Any
) -> list[Initiative]:
    """Note the paper that recognises initiatives, as one change.

    Args:
        office: the open book.
        chosen: those the paper names.
        day: of the paper.
        today: the paper may not lie after it.
        paper: `number`, `by`, and `scope` or `year` where they differ from what was asked; what is empty stays.

    Raises:
        InputError: when nothing is named, or no paper says who recognised it.
        RefusedError: for one that was recognised already.
    """
    judge_any(chosen)
    said = {name: each for name, each in paper.items() if each}
    for each in chosen:
        if each.recognised is not None:
            raise RefusedError(
                t("“{title}” was recognised on {day} already", title=each.title, day=each.recognised),
                do=t("put its paper right instead, or leave it out"),
            )
        if not clean(said.get("by", "") or each.by):
            raise InputError(t("Who recognised it is missing"), do=t("name the body as on the paper"))
    after = [_judged(office, replace(each, recognised=day, refused=None, reason="", **said), today) for each in chosen]
    with office.book.change("initiative.recognise", about=clean(said.get("number", "")) or chosen[0].title) as change:
        return [change.put(new, was=old) for old, new in zip(chosen, after, strict=True)]


def refuse(office: Office, chosen: Sequence[Initiative], day: date, reason: str) -> list[Initiative]:
    """Note that initiatives were turned down, with the reason, as one change. Raises InputError, RefusedError."""
    judge_any(chosen)
    if not clean(reason):
        raise InputError(t("The reason is empty"), do=t("write why, in a few words"))
    for each in chosen:
        if each.recognised is not None:
            raise RefusedError(
                t("“{title}” was recognised on {day} already", title=each.title, day=each.recognised),
                do=t("put its paper right instead, or leave it out"),
            )
    with office.book.change("initiative.refuse", about=clean(reason)) as change:
        return [change.put(replace(each, refused=day, reason=clean(reason)), was=each) for each in chosen]


def remove(office: Office, chosen: Sequence[Initiative]) -> None:
    """Take initiatives out that were entered by mistake, as one change; the history keeps them."""
    judge_any(chosen)
    with office.book.change("initiative.remove", about=chosen[0].title) as change:
        for each in chosen:
            change.remove(each)


def judge_any(chosen: Sequence[Initiative]) -> None:
    """Raises InputError when no initiative is named."""
    if not chosen:
        raise InputError(t("No initiative is named"), do=t("mark initiatives first, or name them"))


# -- reading ----------------------------------------------------------------------------------------------------------


def initiative_named(office: Office, named: str) -> Initiative:
    """The initiative with this id or title. Raises InputError when there is none, or more than one."""
    table = office.book.table(Initiative)
    if (one := table.get(named)) is not None:
        return one
    found = [each for each in table if fold(each.title) == fold(named)]
    if len(found) != 1:
        raise InputError(t("There is no initiative “{name}”", name=named), do=t("see “initiative list”"))
    return found[0]


def state_of(initiative: Initiative) -> str:
    """One of `STATES`."""
    return "recognised" if initiative.recognised else "refused" if initiative.refused else "open"


def counted_year(office: Office, initiative: Initiative) -> int:
    """The year of achievement for which it counts or would; 0 where no day says."""
    day = initiative.recognised or initiative.day
    if initiative.year or day is None:
        return initiative.year
    return achievement_year(office.settings.practice, day.year).of(day)


def initiatives_of(
    office: Office, *, year: int = 0, person: str = "", level: str = "", state: str = ""
) -> list[Initiative]:
    """Initiatives of the book by year, the latest first, then by title; those asked for.

    Raises:
        InputError: for an unknown person, level or state.
    """
    for given, known in ((level, LEVELS), (state, STATES)):
        if given and given not in known:
            raise InputError(
                t("“{given}” is not known", given=given), do=t("use one of: {known}", known=", ".join(known))
            )
    if person:
        office.person(person)
    found = [
        each
        for each in office.book.table(Initiative)
        if (not year or counted_year(office, each) == year)
        and (not person or each.share_of(person) is not None)
        and level in ("", each.scope)
        and state in ("", state_of(each))
    ]
    return sorted(found, key=lambda each: (-counted_year(office, each), sort_key(each.title), each.id))


def author_names(office: Office, initiative: Initiative) -> list[str]:
    """What its authors are called, in their order."""
    people = office.book.table(Person)
    return [(found.name if (found := people.get(each.person)) else each.name) for each in initiative.authors]


def author_words(office: Office, initiative: Initiative) -> list[str]:
    """The same with their shares."""
    named = zip(author_names(office, initiative), initiative.authors, strict=True)
    return [f"{name} ({each.share} %)" if each.share else name for name, each in named]


# -- judging ----------------------------------------------------------------------------------------------------------


def share_problem(authors: Sequence[Author]) -> Text | None:
    """What is wrong with the shares of all authors together; None where nothing is."""
    told = [each.share for each in authors if each.share]
    if any(not 0 <= each.share <= _WHOLE for each in authors) or sum(told) > _WHOLE:
        return t("the shares add up to {sum} %, more than the whole", sum=sum(told))
    if len(told) == len(authors) and sum(told) != _WHOLE:
        return t("the shares add up to {sum} %, not to 100 %", sum=sum(told))
    return None


def twin_of(initiative: Initiative, known: Sequence[Initiative]) -> Initiative | None:
    """The same initiative among others: the same title, and an author that both have."""
    people = {each.person or fold(each.name) for each in initiative.authors}
    return next(
        (
            each
            for each in known
            if each.id != initiative.id
            and fold(each.title) == fold(initiative.title)
            and people & {one.person or fold(one.name) for one in each.authors}
        ),
        None,
    )


def _judged(office: Office, made: Initiative, today: date) -> Initiative:
    """The initiative with its texts cleaned; raises what `enter` raises."""
    texts = {name: clean(getattr(made, name)) for name in ("title", "by", "number", "reason", "applied")}
    made = replace(made, **texts)
    if not made.title:
        raise InputError(t("The initiative has no title"), do=t("write what it is called, as on its paper"))
    _judge_authors(office, made.authors)
    if made.scope not in LEVELS:
        raise InputError(
            t("“{given}” is not known", given=made.scope), do=t("use one of: {known}", known=", ".join(LEVELS))
        )
    if made.year and not _FIRST_YEAR <= made.year <= _LAST_YEAR:
        raise InputError(t("“{year}” is no year", year=made.year), do=t("write all four digits, such as 2025"))
    if problem := days_problem(made, today):
        raise InputError(problem, do=t("correct one of the days"))
    if (twin := twin_of(made, office.book.table(Initiative).all())) is not None:
        raise RefusedError(
            t("“{title}” of the same author is in the book already: {id}", title=made.title, id=twin.id),
            do=t("put that one right instead"),
        )
    return made


def days_problem(made: Initiative, today: date) -> Text | None:
    """What is wrong with the days of an initiative."""
    if made.recognised and made.recognised > today:
        return t("It cannot be recognised on {day}, which is still to come", day=made.recognised)
    if made.recognised and made.day and made.recognised < made.day:
        return t("It was recognised on {day}, before it was handed in", day=made.recognised)
    return None


def _judge_authors(office: Office, authors: Sequence[Author]) -> None:
    if not authors:
        raise InputError(t("The initiative has no author"), do=t("name them by their codes, such as TN-P-00012"))
    named = [each.person or fold(clean(each.name)) for each in authors]
    for each, name in zip(authors, named, strict=True):
        if each.person:
            office.person(each.person)
        if not name or named.count(name) > 1:
            raise InputError(t("An author has no name, or is named twice"), do=t("name each of them once"))
    if problem := share_problem(authors):
        raise InputError(t("Authors: {problem}", problem=problem), do=t("correct the shares, or leave them all out"))
