"""Who may be commended with what this year, why, and what it would cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.errors import ConfigError, InputError
from config.settings.titles import AskPeople, AwardTitle, Initiatives, TransferComment
from config.text import t
from records.domain.awards.merits import Merits
from records.domain.findings import Judgement, Verdict
from records.domain.people.names import clean, fold
from records.domain.rule_changes import HandAnswer
from records.domain.units import Unit
from records.rules.awards.asked import Asked, achievement_year, asked
from records.rules.awards.eligibility import eligible, outlook, supposed
from records.rules.awards.money import PrizeMoney, prize_money
from records.services.access.telling import told
from records.services.awards.award_checks import place_of_prizes, prize_of
from records.services.awards.merits import ROLE, merits
from records.services.office import Office
from records.services.people.roster import subjects_of_unit
from records.services.privacy.restricting import restricted
from records.services.unwatched import unwatched

Question = AskPeople | Initiatives | TransferComment
"""Conditions that people answer, at least where the records do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleView:
    """A title over everybody: each judgement, what one award costs (None where no money holds), and the quota.

    `allowed` is how many the quota lets through in all, of those who hold the prize it is taken of; None without one.
    """

    title: AwardTitle
    judged: tuple[Judgement, ...]
    money: PrizeMoney | None
    allowed: int | None

    def count(self, verdict: Verdict) -> int:
        """How many have this verdict."""
        return sum(each.verdict is verdict for each in self.judged)

    def cost(self) -> int:
        """đồng, if everybody who may is commended, and no more than the quota lets through."""
        count = self.count(Verdict.MET)
        return min(count, count if self.allowed is None else self.allowed) * self.money.amount if self.money else 0


def title_of(office: Office, title_id: str) -> AwardTitle:
    """The title with this id, or of this name in either language. Raises InputError naming those there are."""
    found = {each.id: each for each in office.settings.titles}
    named = [each for each in found.values() if fold(title_id) in (fold(each.name.vi), fold(each.name.en))]
    if title_id not in found and len(named) == 1:
        return named[0]
    if title_id not in found:
        raise InputError(
            t("There is no title “{given}”", given=title_id), do=t("use one of: {known}", known=", ".join(found))
        )
    return found[title_id]


def views(  # noqa: PLR0913  # what, when, whom, and what a long look needs
    office: Office,
    year: int,
    day: date,
    *,
    titles: Sequence[str] = (),
    subjects: Sequence[str] = (),
    unit: str = "",
    received: date | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    stop: Callable[[], bool] = lambda: False,
) -> list[TitleView]:
    """Titles over everybody they are for, as of a decision on `day` for `year`.

    Args:
        office: the open book.
        year: the last year rewarded.
        day: of the decision.
        titles: ids; all that hold in the year when none is named.
        subjects: ids; everybody who holds a role on the day, and every unit, when none is named, but for people whose
            data is restricted.
        unit: the one unit, by code or name, whose people and quotas are meant, beside itself.
        received: the day the dossiers were received for appraisal; the day of the decision when left out.
        progress: called with (titles done, all).
        stop: asked between titles.

    Raises InputError for an unknown title or unit.
    """
    chosen, known = _chosen(office, titles), _known(office, year, day, subjects, unit)
    meant = _meant(known, subjects, day)
    question, found = asked(office.settings, year, day, received), list[TitleView]()
    for number, title in enumerate(chosen):
        if stop():
            break
        progress(number, len(chosen))
        view = _view(office, title, meant, known, question)
        if titles or any(each.verdict is not Verdict.NOT_APPLICABLE for each in view.judged):
            found.append(view)
    return found


def _chosen(office: Office, titles: Sequence[str]) -> list[AwardTitle]:
    """The titles named, all when none is, in the order of the prizes."""
    order = place_of_prizes(office)
    chosen = [title_of(office, each) for each in titles] if titles else office.settings.titles
    return sorted(chosen, key=lambda each: order(each.prize))


def _view(
    office: Office,
    title: AwardTitle,
    whom: tuple[list[Merits], list[Merits]],
    known: Mapping[str, Merits],
    question: Asked,
) -> TitleView:
    """One title over people or units."""
    meant = whom[prize_of(office, title.prize).subject == "collective"]
    with unwatched(len(meant)):
        judged = tuple(told(office, eligible(title, each, question)) for each in meant)
    allowed = _allowed(title, known, question)
    return TitleView(title=title, judged=judged, money=_money(office, title, question.day), allowed=allowed)


def _known(office: Office, year: int, day: date, subjects: Sequence[str], unit: str) -> Mapping[str, Merits]:
    """Everybody who counts; people whose data is restricted where they are named."""
    known = merits(office, year)
    if unit:
        known = {each: known[each] for each in subjects_of_unit(office, unit, day) if each in known}
    hidden = () if subjects else restricted(office, day)
    return {each: one for each, one in known.items() if each not in hidden}


def _meant(known: Mapping[str, Merits], subjects: Sequence[str], day: date) -> tuple[list[Merits], list[Merits]]:
    """People and units that are judged."""
    wanted = [known[each] for each in subjects if each in known] if subjects else list(known.values())
    people = [each for each in wanted if not each.unit and (subjects or _serves(each, day))]
    return people, [each for each in wanted if each.unit]


def _serves(each: Merits, day: date) -> bool:
    return any(one.held_on(day) for one in each.appointments)


def _money(office: Office, title: AwardTitle, day: date) -> PrizeMoney | None:
    try:
        return prize_money(prize_of(office, title.prize), office.settings.money, day)
    except ConfigError:
        return None


def _allowed(title: AwardTitle, known: Mapping[str, Merits], question: Asked) -> int | None:
    if title.quota is None:
        return None
    percent = title.quota.percent.on(question.last).value
    if percent is None:
        return None
    holders = sum(
        any(
            award.prize == title.quota.of and question.calendar.of(award.achieved_to) == question.year
            for award in each.awards
        )
        for each in known.values()
    )
    return int(holders * percent // 100)


def next_year(
    office: Office, title_id: str, subject: str, year: int, day: date, known: Mapping[str, Merits] | None = None
) -> Judgement:
    """How it stands a year later, supposing the class is reached again and what can be met is awarded in both years.

    A title that waits only for another of the same year (a fighter for Advanced Worker) counts once that one does.

    `known` are the `merits` of the year, where many are asked about.

    Raises:
        InputError: for an unknown title or subject.
    """
    known = merits(office, year) if known is None else known
    if subject not in known:
        raise InputError(t("{id} is not in the book", id=subject), do=t("check the code"))
    question = asked(office.settings, year, day)
    granted = _granted(office, known[subject], question)
    return told(office, outlook(title_of(office, title_id), known[subject], question, granted))


def _granted(office: Office, found: Merits, question: Asked) -> tuple[str, ...]:
    """Prizes of one year that are held for the year asked about, or met once those met before them are awarded."""
    yearly = [each for each in office.settings.titles if each.years == 1]
    held = {each.prize for each in found.awards if question.calendar.of(each.achieved_to) == question.year}
    granted = [each.prize for each in yearly if each.prize in held]
    waiting = [each for each in yearly if each.prize not in held]
    while met := [each for each in waiting if supposed(each, found, question, tuple(granted)).verdict is Verdict.MET]:
        granted += [each.prize for each in met]
        waiting = [each for each in waiting if each not in met]
    return tuple(granted)


def answer_all(
    office: Office, subjects: Sequence[str], title_id: str, condition: str, year: int, *, yes: bool, note: str
) -> None:
    """Record what people answered to a question of a title for a year, as one change.

    Raises:
        InputError: for an unknown title, question or subject, or without a word on what the answer rests on.
    """
    title = title_of(office, title_id)
    questions = {each.id for each in questions_of(title)}
    if condition not in questions:
        raise InputError(
            t("“{title}” asks no question “{id}”", title=title.id, id=condition),
            do=t("use one of: {known}", known=", ".join(sorted(questions)) or "—"),
        )
    for subject in subjects:
        if office.book.table(Unit).get(subject) is None:
            office.person(subject)
    if not clean(note):
        raise InputError(
            t("The answer does not say what it rests on"),
            do=t("name the paper or the meeting, such as “QĐ 15, 3/2025”"),
        )
    with office.book.change("award.answer", about=f"{title.id} · {condition} · {year}") as change:
        for subject in subjects:
            change.put(
                HandAnswer(
                    id=change.new_id(HandAnswer),
                    person=subject,
                    role=ROLE + title.id,
                    criterion=condition,
                    yes=yes,
                    day=achievement_year(office.settings.practice, year).last(year),
                    by=office.book.actor,
                    note=clean(note),
                )
            )


def questions_of(title: AwardTitle) -> list[Question]:
    """Every question a title asks people, those within its compound conditions too."""
    return list(_questions(title.conditions))


def _questions(conditions: Sequence[object]) -> Iterator[Question]:
    for each in conditions:
        if isinstance(each, Question):
            yield each
        yield from _questions(getattr(each, "conditions", ()))
