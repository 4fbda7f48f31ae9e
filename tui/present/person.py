"""What is known of one person, in lines: the parts of the person's page, and the short form beside the roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import overload

from config.errors import AppError
from config.i18n import language, tr, tr_
from config.text import Text, t
from records.domain.awards.awards import Award, Decision
from records.domain.dates import shown, shown_time
from records.domain.findings import Judgement, Verdict
from records.domain.people.dossier import Dossier
from records.domain.people.hints import hints
from records.domain.people.person import Credential, Person
from records.domain.people.person_fields import FIELDS, PersonField
from records.domain.people.sessions import CAME, PRESENCES, Sessions
from records.domain.training import TRAINING_KINDS, Event
from records.rules.awards.words import INITIATIVE_WORDS, LEVEL_WORDS, REGISTRATION_WORDS
from records.rules.emulation.words import KIND_WORDS, key_words
from records.rules.training.duties import Duties, add_up
from records.rules.training.words import EVENTS_WORDS, PRESENCE_WORDS, result_texts
from records.rules.words import study_words
from records.services.access.looking import may_see, withheld
from records.services.book.history import action_words
from records.services.emulation.rating import ratings_of
from records.services.movements.initiatives import counted_year, initiatives_of, state_of
from records.services.movements.registrations import Wanted, registrations_of
from records.services.office import Office
from records.services.privacy.restricting import restricted
from records.services.standards.verdicts import judge_role
from records.store.contract import JournalEntry
from tui.present.changes import Spoken
from tui.present.life import MEASURE_WORDS, life
from tui.present.rights.access import withheld_lines
from tui.present.words import (
    Line,
    appointment_line,
    finding_lines,
    finding_title,
    judgement_title,
    level_title,
    role_title,
)

RATING_WORDS: dict[str, Text] = {
    "": t("not rated"),
    "excellent": t("excellent"),
    "good": t("good"),
    "completed": t("completed"),
    "not_completed": t("not completed"),
}
STATE_WORDS: dict[str, Text] = {
    "none": t("not begun"),
    "pending": t("pending"),
    "in_force": t("in force"),
    "lapsed": t("over"),
}
_BRIEF = ("born", "unit", "position")
"""What the pane beside the roster tells of a person in any case."""


class Folded(Sequence[Line]):
    """Lines that are made when somebody looks at them; how many there will be is known before."""

    def __init__(self, count: int, make: Callable[[], Iterable[Line]]) -> None:
        self._count, self._make = count, make

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        return tuple(self._make())

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        return self._lines[place]


@dataclass(frozen=True, slots=True)
class Part:
    """A line that opens to more lines."""

    title: Line
    lines: Sequence[Line] = ()
    open: bool = False


def judgements(office: Office, dossier: Dossier) -> list[Judgement]:
    """The person judged in each role held. Raises AppError when a rule cannot be found for the day."""
    return [judge_role(office, dossier, role) for role in dict.fromkeys(each.role for each in dossier.current())]


def summary_lines(office: Office, person_id: str, on: date) -> list[Line]:
    """The pane beside the roster: who, training, awards and findings in a few lines."""
    dossier = office.dossier(person_id, on)
    person = dossier.person
    lines = [Line(f"{person.name}  {person.id}", "bold"), Line("")]
    brief = [each for each in FIELDS if each.key in _BRIEF or (each.in_credentials and each.of(person))]
    identity = _identity(office, person, on, brief)
    room = max(len(label) for label, _ in identity) + 1
    lines += [Line(f"{label:<{room}} {value or '—'}") for label, value in identity]
    lines += [Line(""), *_heading(tr_("Appointments"), len(dossier.current()))]
    units = office.unit_names(on)
    lines += [Line(" " + appointment_line(office, each, units, on)) for each in dossier.current()]
    lines += [Line(""), *_heading(tr_("Training"), len(dossier.trainings))]
    years = list(dossier.sessions.years())
    lines += [Line(f" {year}  {_counts(each)}") for year, each in reversed(years[-3:])]
    lines += [Line(""), *_heading(tr_("Awards"), len(dossier.awards))]
    lines += [Line(f" {each.achieved_to.year}  {_prize(office, each.prize)}") for each in reversed(dossier.awards)]
    try:
        for judged in judgements(office, dossier):
            lines += [Line(""), judgement_title(office, judged)]
            lines += [Line(" " + title.text, title.look) for title in map(finding_title, judged.findings)]
    except AppError as error:
        lines += [Line(""), Line(tr(error.what), "bad")]
    return lines


def parts(office: Office, dossier: Dossier) -> list[Part]:
    """The person's page, part by part; changes come apart, for reading them takes longer.

    Verdicts rest on everything; what whoever is signed in may not see is left out of the rest.
    """
    whole, dossier = dossier, withheld(office, dossier)
    on = dossier.on
    units = office.unit_names(on)
    held = [Line("  " + appointment_line(office, each, units, on)) for each in dossier.appointments]
    found = [
        *_withheld_parts(office),
        *_restricted_parts(office, dossier),
        *_judged_parts(office, whole),
        *_identity_parts(office, dossier),
        *_hint_parts(office, dossier),
        _part(tr_("Appointments"), held, tr_("none; Ins enters one")),
        *_training_parts(office, dossier),
        _part(tr_("Duties"), _duty_lines(dossier), tr_("none recorded; F6 under “Training” leads to them")),
        _part(tr_("Emulation scores"), _score_lines(office, dossier), tr_("none yet")),
        *_rating_parts(office, dossier),
        *_registration_parts(office, dossier),
        *_initiative_parts(office, dossier),
        _part(tr_("Awards"), _award_lines(office, dossier), tr_("none yet; decisions are entered under “Awards”")),
    ]
    measures = [_measure_line(each.measure, each.state_on(on), each.opened, each.lapses) for each in dossier.discipline]
    events = [
        Line(f"  {day:<11} {told}", "dim" if kind == "moved" else "") for kind, day, told in life(office, dossier)
    ]
    return [
        *found,
        _part(tr_("Discipline"), measures, tr_("none") if may_see(office) else tr_("not shown")),
        _part(tr_("A working life"), events, tr_("nothing known yet"), opened=False),
    ]


def _identity_parts(office: Office, dossier: Dossier) -> Iterator[Part]:
    """What is known of the person; the fields that are empty stand folded behind it, by their names.

    What is withheld is not among them: that nothing is recorded would be false.
    """
    seen = may_see(office)
    told = _identity(office, dossier.person, dossier.on, [each for each in FIELDS if seen or not each.sensitive])
    known = tuple(Line(value, label=f"  {label:<22}") for label, value in told if value)
    yield Part(
        Line(tr_("Identity"), "bold"), (Line(dossier.person.id, label=f"  {tr_('Code'):<22}"), *known), open=True
    )
    empty = [label for label, value in told if not value]
    if empty:
        yield Part(
            Line("  " + tr_("not recorded: {n} fields", n=len(empty)), "dim"), (Line(f"    {', '.join(empty)}", "dim"),)
        )


def _withheld_parts(office: Office) -> Iterator[Part]:
    for told in withheld_lines(office):
        yield Part(Line(told, "warn"))


def _restricted_parts(office: Office, dossier: Dossier) -> Iterator[Part]:
    held_back = restricted(office, dossier.on).get(dossier.person.id)
    if held_back is not None:
        told = tr_("Data restricted since {day}: {why}", day=held_back.since, why=held_back.reason)
        yield Part(Line(told, "warn"))


def _hint_parts(office: Office, dossier: Dossier) -> Iterator[Part]:
    found = hints(dossier.person, office.settings.practice, dossier.on)
    looked = [Line(f"  {tr(told)}", "warn") for told in found.values()]
    if looked:
        yield _part(tr_("To look at again"), looked, "")


def history_part(entries: list[JournalEntry], say: Spoken) -> Part:
    """The changes that touched the person."""
    lines = [
        Line(f"  {each.seq}  {shown_time(each.time)}  {each.actor}  {tr(action_words(each))}  {say.about(each.about)}")
        for each in entries
    ]
    return _part(tr_("Changes of this record"), lines, tr_("none"), opened=False)


def _part(title: str, lines: list[Line], empty: str, *, opened: bool = True) -> Part:
    return Part(Line(f"{title} ({len(lines)})", "bold"), tuple(lines) or (Line("  " + empty, "dim"),), open=opened)


def _heading(title: str, count: int) -> list[Line]:
    return [Line(f"{title} ({count})", "bold")]


def _identity(office: Office, person: Person, on: date, fields: Iterable[PersonField]) -> list[tuple[str, str]]:
    """Titles of fields with their values in words; every level is a line of its own, with its paper."""
    found = []
    for field in fields:
        held = [each for each in person.credentials if each.kind == field.key] if field.in_credentials else []
        found += [(tr(field.title), _credential(each)) for each in held]
        if held or field.kind in ("name", "study"):
            continue
        value = field.known(person)
        told = office.unit_names(on).get(person.unit, "") if field.kind == "unit" else tr(field.words(value))
        found.append((tr(field.title), told))
    return found


def _credential(each: Credential) -> str:
    proof = "" if each.evidence else tr_("no paper shown")
    return " · ".join(part for part in (tr(study_words(each)), shown(each.issued), proof) if part)


def _judged_parts(office: Office, dossier: Dossier) -> Iterator[Part]:
    try:
        judged = judgements(office, dossier)
    except AppError as error:
        yield Part(Line(tr_("Standard"), "bold"), (Line("  " + tr(error.what), "bad"),), open=True)
        return
    if not judged:
        yield Part(Line(tr_("Standard"), "bold"), (Line("  " + tr_("holds no role on this day"), "dim"),), open=True)
    for each in judged:
        none = Line("  " + tr_("No standard of the settings holds for this role, level and day"), "dim")
        yield Part(judgement_title(office, each), () if each.standard else (none,), open=True)
        for finding in each.findings:
            title = finding_title(finding)
            lines = finding_lines(office, finding, "    ")
            told = f"  {title.text}"
            if finding.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN):
                told += f" · {tr(finding.reason)}"  # what is wrong is read without opening anything
            yield Part(Line(told, title.look), tuple(lines))


def _training_parts(office: Office, dossier: Dossier) -> Iterator[Part]:
    total = len(dossier.trainings)
    yield Part(
        Line(f"{tr_('Training')} ({total})", "bold"),
        () if total else (Line("  " + tr_("none yet"), "dim"),),
        open=True,
    )
    for year, attended in reversed(list(dossier.sessions.years())):
        lines = Folded(len(attended), partial(_session_lines, office, attended))
        yield Part(Line(f"  {year}  {_counts(attended)}"), lines)


def _session_lines(office: Office, attended: Sessions) -> Iterator[Line]:
    events = office.book.table(Event)
    for place in range(len(attended)):
        try:
            each = attended[place]
        except KeyError:  # taken back between the page and its opening; the page comes anew at once
            yield Line(f"    {shown(attended.day(place))}  {tr_('no longer in the book')}", "dim")
            continue
        event = events.get(each.event)
        presence = tr(PRESENCE_WORDS[each.presence])
        told = [event.title if event else each.event, presence, *map(tr, result_texts(each))]
        yield Line(f"    {shown(each.day)}  {' · '.join(told)}", "" if each.came() else "warn")


def _counts(attended: Sessions) -> str:
    words, told = [], attended.tally()
    for kind in TRAINING_KINDS:
        those = {presence: told[kind, presence] for presence in PRESENCES}
        # As the verdicts count: nobody is measured by a session that nobody recorded, nor by one missed with leave.
        came, silent = sum(those[each] for each in CAME), those["called"]
        if any(those.values()):
            count = f"{tr(EVENTS_WORDS[kind])} {came}/{came + those['absent']}"
            words.append(f"{count} {tr_('(+{n} not recorded)', n=silent)}" if silent else count)
    return " · ".join(words)


def _duty_lines(dossier: Dossier) -> list[Line]:
    """Talks and reports by year, counts only."""
    years: defaultdict[int, Duties] = defaultdict(Duties)
    for each in dossier.duties:
        years[each.month.year] += add_up([each])
    lines = []
    for year, mine in sorted(years.items(), reverse=True):
        on_time = tr_("reports on time {n} of {due}", n=mine.reports_on_time, due=mine.reports_due)
        told = [tr_("talks {n}", n=mine.talks), tr_("listeners {n}", n=mine.listeners), on_time]
        lines.append(Line(f"  {year}  {' · '.join(told)}"))
    return lines


def _rating_parts(office: Office, dossier: Dossier) -> Iterator[Part]:
    lines = [
        Line(f"  {each.year}  {tr(KIND_WORDS[each.kind])}: {tr(RATING_WORDS[each.rating])} {each.number}".rstrip())
        for each in ratings_of(office, dossier.person.id)
    ]
    if lines:
        yield _part(tr_("Yearly ratings"), lines, "")


def _registration_parts(office: Office, dossier: Dossier) -> Iterator[Part]:
    """The titles that the person registered, the latest first, with the last step of each."""
    lines = []
    for each in registrations_of(office, Wanted(subject=dossier.person.id), dossier.on):
        last = each.steps[-1] if each.steps else None
        told = (str(each.year), _prize(office, each.prize), tr(REGISTRATION_WORDS[each.state]),
                shown(last.day) if last else "", last.reason if last else "")  # fmt: skip
        lines.append(Line("  " + "  ".join(part for part in told if part)))
    if lines:
        yield _part(tr_("Registration of titles"), lines, "")


def _initiative_parts(office: Office, dossier: Dossier) -> Iterator[Part]:
    """The initiatives in which the person has a part, the latest first."""
    lines = []
    for each in initiatives_of(office, person=dossier.person.id):
        state, share = INITIATIVE_WORDS[state_of(each)], each.share_of(dossier.person.id)
        told = (str(counted_year(office, each) or "—"), each.title, f"{share} %" if share else "",
                tr(LEVEL_WORDS[each.scope]), tr(state), each.number)  # fmt: skip
        lines.append(Line("  " + "  ".join(part for part in told if part)))
    if lines:
        yield _part(tr_("Initiatives"), lines, "")


def _score_lines(office: Office, dossier: Dossier) -> list[Line]:
    lines = []
    for each in reversed(dossier.scores):
        final = "—" if each.final is None else tr(t("{points} points", points=each.final))
        told = (tr(key_words(each.cycle)), role_title(office, each.role), final, tr(RATING_WORDS[each.rating]))
        lines.append(Line("  " + "  ".join(told)))
    return lines


def _award_lines(office: Office, dossier: Dossier) -> list[Line]:
    return [award_line(office, each) for each in reversed(dossier.awards)]


def award_line(office: Office, award: Award) -> Line:
    """An award of a person or of a unit: its prize, what for, and the paper; dim where it was taken back."""
    decision = office.book.table(Decision).get(award.decision)
    paper = tr_("decision {number} of {day}", number=decision.number, day=decision.day) if decision else ""
    text = " · ".join(part for part in (_prize(office, award.prize), award.citation, paper, award.register) if part)
    return Line("  " + text, "" if award.revoked is None else "dim")


def _prize(office: Office, key: str) -> str:
    prize = office.settings.prizes.prizes.get(key)
    return prize.title.in_language(language()) if prize else key


def _measure_line(measure: str, state: str, opened: date, lapses: date | None) -> Line:
    text = f"  {tr(MEASURE_WORDS[measure])} · {shown(opened)} → {shown(lapses, '…')} · {tr(STATE_WORDS[state])}"
    return Line(text, "bad" if state in ("pending", "in_force") else "dim")


__all__ = ["Part", "award_line", "history_part", "judgements", "level_title", "parts", "summary_lines"]
