"""What is judged before a commendation is kept: its number, its words, its signers, and whether it may be at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from config.errors import AppError, InputError, UnmetError
from config.settings.shapes import Prize
from config.text import Text, t
from records.domain.appointments import Discipline
from records.domain.awards.awards import Award, standing
from records.domain.awards.merits import Merits
from records.domain.findings import Finding, Judgement, Verdict
from records.domain.people.names import clean, fold, matching_key
from records.domain.units import Unit
from records.rules.awards.asked import achievement_year, asked
from records.rules.awards.eligibility import eligible
from records.services.access.telling import told_findings, told_refusal, who_sees
from records.services.awards.merits import merits
from records.services.office import Office
from records.services.paper_numbers import DECISION, body_named, judge_free, suggested

_BEST_FIRST = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET)


def place_of_prizes(office: Office) -> Callable[[str], int]:
    """Gives the place of a prize in the settings; one that they no longer have comes last."""
    order = list(office.settings.prizes.prizes)
    return lambda prize: order.index(prize) if prize in order else len(order)


def prize_of(office: Office, key: str) -> Prize:
    """The prize with this key of the settings. Raises InputError naming those there are."""
    prizes = office.settings.prizes.prizes
    if key not in prizes:
        raise InputError(t("There is no prize “{key}”", key=key), do=t("use one of: {known}", known=", ".join(prizes)))
    return prizes[key]


def judge_number(office: Office, number: str, day: date, form: str, issuer: str = "") -> None:
    """Judge the number of a decision; two bodies with one sign have each their own numbers.

    Raises:
        InputError: when it is empty, or not in the form of the paper's family on `day`: `12-QĐ/ĐU` or `12/QĐ-UBND`.
        RefusedError: when a paper of its series has that number.
    """
    judge_form(office, number, day, form, issuer=issuer)
    judge_free(office, number, DECISION, form, day, issuer=issuer)


def judge_form(office: Office, number: str, day: date, form: str, *, issuer: str = "") -> None:
    """Raises InputError for a number that is empty, or not in the form of the paper's family on `day`."""
    if not number.strip():
        following = suggested(office, DECISION, form, day, body=body_named(office, issuer, day))
        known = t("enter it as on the paper; the next that this book knows of is {next}", next=following)
        usual = t("enter it as on the paper, such as 12-QĐ/BTG")
        raise InputError(t("The decision has no number"), do=known if following else usual)
    told = office.settings.papers.forms[form]  # type: ignore[index]  # the forms of prizes are those of papers
    if not told.pattern(day).fullmatch(number):
        signs = [sign for each in office.settings.issuers.issuers if each.form == form for sign in each.signs]
        raise InputError(
            t("“{number}” is no number of such a decision", number=number),
            do=t("write it as {example}, without “Số”", example=told.example(day, *signs[:1])),
        )


def number_doubt(office: Office, number: str, form: str, day: date) -> Text | None:
    """What a number lacks that papers of its day have: a zero before one below ten; None when nothing."""
    told = office.settings.styles.sides["state" if form == "state" else "party"].numbering
    digits = number[: len(number) - len(number.lstrip("0123456789"))]
    if min(told.values) > day or not digits or digits.startswith("0"):
        return None
    rule = told.on(day).value
    if rule is None or int(digits) >= rule.zero_below:
        return None
    return t("“{number}”: numbers below {below} are written with a zero", number=number, below=rule.zero_below)


def judge_words(prize: Prize, citation: str, day: date) -> None:
    """Raises InputError for words that such a paper does not say any more on `day`."""
    for old in prize.old_words:
        if old.since <= day and fold(old.words) in fold(citation):
            raise InputError(
                t("“{words}” is not said any more since {day}", words=old.words, day=old.since),
                do=t("write “{instead}”", instead=old.instead),
            )


def judge_signers(office: Office, signers: Mapping[str, str], form: str, day: date) -> None:
    """Judge how a decision of `day` is signed; `signers` are fields of a `Decision` by name.

    Raises:
        InputError: for a mode that the form does not know, one that a committee does not sign with, or a degree or
            rank before a name.
    """
    papers = office.settings.papers
    told = papers.forms[form]  # type: ignore[index]  # the forms of prizes are those of papers
    modes = told.modes.on(day).value or ()
    every = {mode for each in papers.forms.values() for held in each.modes.values.values() for mode in held.value or ()}
    for which in ("signer", "signer2"):
        mode, body = signers.get(f"{which}_mode", ""), signers.get(f"{which}_body", "")
        title, name = signers.get(f"{which}_title", ""), signers.get(f"{which}_name", "")
        if mode and mode not in modes:
            raise InputError(
                t("“{mode}” is not how this form is signed", mode=mode),
                do=t("use one of: {known}", known=", ".join(modes)),
            )
        if mode in (told.not_for_committees.on(day).value or ()) and _is_committee(office, body or title, day):
            raise InputError(
                t("A committee's decision is not signed “{mode} {body}” since {day}", mode=mode, body=body or title,
                  day=told.not_for_committees.on(day).since),
                do=t("a deputy signs on behalf of the committee: T/M, the committee, and the office held"),
            )  # fmt: skip
        for words in (body, title):
            _judge_no_mode(words, every)
        judge_plain_name(office, name, day)


def _judge_no_mode(words: str, modes: Collection[str]) -> None:
    """Raises InputError where what should stand before a body stands in its name: `TM. BAN THƯỜNG VỤ`."""
    first, _, rest = clean(words).partition(" ")
    if rest and _bare(first) in {_bare(each) for each in modes}:
        raise InputError(
            t("“{word}” stands in “{words}”", word=first, words=words),
            do=t("write it in the field for it, before the body signed for"),
        )


def _bare(word: str) -> str:
    return word.replace(".", "").replace("/", "").casefold()


def _is_committee(office: Office, body: str, day: date) -> bool:
    opening = office.settings.papers.committees.on(day).value or ()
    return any(matching_key(body).startswith(matching_key(each)) for each in opening)


def judge_plain_name(office: Office, name: str, day: date) -> None:
    """Raises InputError for a degree, rank or honour before the name of who signs on `day`, with dots or without."""
    words = matching_key(clean(name))
    first, _, rest = words.partition(" ")
    parts = {part for part in first.split(".") if part} if "." in first else {first}
    if not rest and "." not in first:
        return
    for each in office.settings.papers.degrees.on(day).value or ():
        key = matching_key(each)
        short = key.replace(".", "")
        if words.startswith(key + " ") or (" " not in key and (short in parts or first.replace(".", "") == short)):
            raise InputError(
                t("“{word}” stands before the signer's name “{name}”", word=each, name=name),
                do=t("write the full name alone, without degree, rank or honour"),
            )


def refusal_of(
    office: Office,
    subject: str,
    prize: str,
    day: date,
    period: tuple[date, date],
    *,
    citation: str = "",
    ignoring: str = "",
) -> AppError | None:
    """Why somebody may not be commended on `day` for a period, or None; raises InputError for an unknown one.

    Args:
        office: the open book.
        subject: id of a person or unit.
        prize: key of the prize.
        day: of the decision.
        period: first and last day of what is rewarded.
        citation: the achievement in words, where it is known.
        ignoring: id of an award that is being corrected.
    """
    unit = office.book.table(Unit).get(subject)
    if (unit is not None) != (prize_of(office, prize).subject == "collective"):
        return InputError(
            t("“{prize}” is not for {subject}", prize=prize, subject=subject),
            do=t("collectives and people have prizes of their own"),
        )
    name = unit.name_on(day) if unit else office.person(subject).name
    held = [each for each in _held(office, subject) if each.id != ignoring]
    return (
        _barred(office, subject, name, unit, prize_of(office, prize), day)
        or _overlap(name, [each for each in held if each.prize == prize], period)
        or _same_again(office, name, prize, held, period, citation)
    )


def _barred(  # whom, what, and the day
    office: Office, subject: str, name: str, unit: Unit | None, prize: Prize, day: date
) -> AppError | None:
    """Why nothing at all may be given on `day`: the unit is no more, or a matter of discipline is open."""
    if unit is not None and unit.until is not None and unit.until < day and (told := _refuses(office, prize, day)):
        return UnmetError(
            t("{name} was dissolved on {day}", name=name, day=unit.until),
            do=t("a dissolved unit is not commended: {source}", source=told),
        )
    if _stands_against(office, subject, day):
        refused = UnmetError(
            t("{name} is under discipline or verification on {day}", name=name, day=day),
            do=t("leave this person or unit out, or record how the matter ended"),
        )
        return told_refusal(office, refused, name)
    return None


def _refuses(office: Office, prize: Prize, day: date) -> str:
    """The text by which a unit that was dissolved gets no award of this form on `day`; empty where it may."""
    rule = office.settings.procedure.dissolved_refused.get(prize.form)
    found = rule.on(day) if rule is not None and min(rule.values) <= day else None
    if found is None or found.value is None:
        return office.settings.source("office-practice").title if rule is None else ""
    return office.settings.source(found.source).title if found.value else ""


def _stands_against(office: Office, subject: str, day: date) -> bool:
    table = office.book.table(Discipline)
    measures = [*table.where(person=subject), *table.where(unit=subject)]
    return any(each.state_on(day) in ("pending", "in_force") for each in measures)


def _held(office: Office, subject: str) -> list[Award]:
    table = office.book.table(Award)
    return standing([*table.where(person=subject), *table.where(unit=subject)])


def _overlaps(award: Award, period: tuple[date, date]) -> bool:
    return award.achieved_from <= period[1] and period[0] <= award.achieved_to


def _overlap(name: str, held: Sequence[Award], period: tuple[date, date]) -> AppError | None:
    """That one of the awards of the same prize rewards a part of the period, or None."""
    for award in held:
        if _overlaps(award, period):
            return UnmetError(
                t(
                    "{name} already has this prize for {start} to {end} (register {register})",
                    name=name,
                    start=award.achieved_from,
                    end=award.achieved_to,
                    register=award.register,
                ),
                do=t("one achievement is rewarded once: correct the period or leave this person out"),
            )
    return None


def _same_again(
    office: Office, name: str, prize: str, held: Sequence[Award], period: tuple[date, date], citation: str
) -> AppError | None:
    """That the same achievement has a form, or a title, already: across prizes, Party and State."""
    for award in _same_achievement(held, period, citation):
        other = office.settings.prizes.prizes.get(award.prize)
        if other is None or other.type != prize_of(office, prize).type or _asks_for(office, prize, award.prize):
            continue
        return UnmetError(
            t(
                "{name} already has “{title}” for the same achievement, {start} to {end} (register {register})",
                name=name,
                title=other.title,
                start=award.achieved_from,
                end=award.achieved_to,
                register=award.register,
            ),
            do=t("one achievement has one form and one title: write another achievement, or leave this person out"),
        )
    return None


def _same_achievement(held: Sequence[Award], period: tuple[date, date], citation: str) -> list[Award]:
    words = _words(citation)
    return [each for each in held if words and _words(each.citation) == words and _overlaps(each, period)]


def _words(citation: str) -> str:
    return matching_key(clean(citation).strip(" .;,"))


def _asks_for(office: Office, one: str, other: str) -> bool:
    """Whether one of two titles (`danh hiệu`) has the other among its conditions: they are then held together."""
    if prize_of(office, one).type != "title":
        return False
    named = {
        (title.prize, each)
        for title in office.settings.titles
        for condition in title.conditions
        for each in getattr(condition, "prizes", ())
    }
    return (one, other) in named or (other, one) in named


def with_other(office: Office, subject: str, prize: str, period: tuple[date, date], citation: str) -> list[Award]:
    """Awards of the other type (a title beside a form) that the subject has for the same achievement."""
    prizes, kind = office.settings.prizes.prizes, prize_of(office, prize).type
    found = _same_achievement(_held(office, subject), period, citation)
    return [each for each in found if each.prize in prizes and prizes[each.prize].type != kind]


def pays_both(office: Office, day: date) -> bool:
    """Whether a title and a form for one achievement are both paid by a decision of `day`."""
    rule = office.settings.procedure.both_paid
    return rule is None or min(rule.values) > day or rule.on(day).value is not False


class Judging:
    """Judges subjects by the titles of a prize, as `award eligible` does; the book is read once a year asked about."""

    def __init__(self, office: Office, prize: str, day: date, received: date | None = None) -> None:
        self._office, self._day, self._received = office, day, received
        self._titles = [each for each in office.settings.titles if each.prize == prize]
        self._known: dict[int, dict[str, Merits]] = {}

    def judge(self, subject: str, ended: date) -> Judgement | None:
        """The best judgement on an achievement that ended on a day; None where no title of the prize is in force."""
        settings = self._office.settings
        year = achievement_year(settings.practice, ended.year).of(ended)
        if not self._titles:
            return None
        if year not in self._known:
            self._known[year] = merits(self._office, year)
        question = asked(settings, year, self._day, self._received)
        found = [eligible(each, self._known[year][subject], question) for each in self._titles]
        held = [each for each in found if each.verdict in _BEST_FIRST]
        return min(held, key=lambda each: _BEST_FIRST.index(each.verdict), default=None)


def unmet(office: Office, name: str, judgement: Judgement | None) -> AppError | None:
    """The refusal that a judgement *not met* is; None for any other. A condition that is shown is named first."""
    if judgement is None or judgement.verdict is not Verdict.NOT_MET:
        return None
    failing = [each for each in judgement.findings if each.verdict is Verdict.NOT_MET]
    seen = [each for each in told_findings(office, failing) if each.verdict is Verdict.NOT_MET]
    first = (seen or failing)[0]
    refused = UnmetError(
        t("{name} does not meet “{rule}”: {reason}", name=name, rule=first.title, reason=first.reason),
        do=t("leave it out, or correct what the book says; see “award eligible --why”"),
    )
    return refused if seen else told_refusal(office, refused, name)


def doubts(office: Office, name: str, judgement: Judgement | None) -> Iterator[Text]:
    """What a judgement lacks, in sentences; to who may not see it, that a condition rests on what is not shown."""
    for each in told_findings(office, judgement.findings if judgement is not None else ()):
        if each.verdict is Verdict.UNKNOWN and judgement is not None and judgement.verdict is Verdict.UNKNOWN:
            yield _doubt(name, each)
        elif each.verdict is Verdict.WITHHELD:
            rule, ask = each.title, who_sees(office)
            yield t("{name}: what “{rule}” rests on is not shown here; {ask}", name=name, rule=rule, ask=ask)


def _doubt(name: str, finding: Finding) -> Text:
    lacking = list(finding.lacking())
    what = lacking[0] if lacking else finding.reason
    return t("{name}: not enough data for “{rule}”: {what} is missing", name=name, rule=finding.title, what=what)
