"""Papers of commendation: the proposal with its list, the votes, the list annexed to a decision, register, money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from config.i18n import tr, tr_
from exports.logged import Log
from exports.papers.form.logged_paper import write_paper
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.number_words import dong_in_words
from exports.sheets import SheetColumn
from records.domain.awards.awards import Award, Decision, standing
from records.domain.awards.proposals import Candidate, Meeting, ProposalList
from records.domain.lists import ListExport
from records.domain.people.person import Person
from records.domain.units import Unit
from records.rules.awards.words import APPRAISAL_WORDS, dong
from records.services.awards.appraising import meeting_of, results
from records.services.awards.award_checks import prize_of
from records.services.awards.budgeting import Budget, budget
from records.services.awards.decisions import awards_of
from records.services.awards.proposing import candidates_of
from records.services.book.backups import mark
from records.services.office import Office
from records.services.paper_numbers import side_of


def write_award_paper(
    paper: Paper,
    path: Path,
    *,
    people: Sequence[str],
    on: date,
    log: Log,
    overwrite: bool = False,
    sensitive: Sequence[str] = (),
) -> None:
    """Write a paper of commendation to `path`, logged like every list of people.

    Args:
        paper: one of those made here.
        path: `.pdf`, `.docx` or `.xlsx`.
        people: ids of everybody it names.
        on: its day.
        log: enters the export in the book.
        overwrite: whether it may take the place of a file already there.
        sensitive: fields of people that it bears and that no list has unasked.

    Raises:
        InputError: for another ending, a file already there or a letter no font has.
    """
    tables = [section for part in paper.parts() for section in part.sections]
    columns = tuple(each.title for each in tables[0].columns) if tables else ()
    export = ListExport(
        id="", file=str(path), sha256="", people=tuple(people), columns=columns, on=on, sensitive=tuple(sensitive)
    )
    write_paper(paper, export, path, log=log, overwrite=overwrite)


def proposed_list(office: Office, proposals: ProposalList, day: date, number: str = "") -> Paper:
    """The list annexed to a submission, with what it would cost if it were decided on `day`."""
    chosen = [each for each in candidates_of(office, proposals) if each.appraisal != "refused"]
    cost = budget(office, chosen, day)
    on = proposals.submitted or day
    named = number or proposals.number
    appended = tr_("Annexed to submission {number} of {day}", number=named or "……", day=on)
    return replace(
        headed(office, on, proposals.form),
        title=(tr_("LIST OF THOSE PROPOSED FOR COMMENDATION"), proposals.title),
        sections=_by_prize(office, chosen, cost),
        closing=_cost_words(cost),
        appended_to=appended,
        landscape=None,
    )


def votes_paper(office: Office, proposals: ProposalList, day: date) -> Paper:
    """The list of votes annexed to the council's minutes."""
    held = meeting_of(office, proposals.id)
    head = headed(office, held.day if held else day, proposals.form)
    signing = head.style.minutes
    signers = (Signer((signing.recorder,), held.secretary), Signer((signing.chair,), held.chair)) if held else ()
    return replace(
        head,
        title=(tr_("LIST OF VOTES"), proposals.title),
        opening=_minutes(held),
        sections=(votes_table(office, proposals, day),),
        appended_to=_annexed_to_minutes(held),
        signers=signers,
        landscape=None,
    )


def votes_table(office: Office, proposals: ProposalList, day: date) -> Section:
    """What the council decided of each candidate."""
    chosen, found = candidates_of(office, proposals), results(office, proposals, day)
    held = meeting_of(office, proposals.id)
    columns = (
        *_whom(),
        SheetColumn(tr_("Title or form"), 20),
        SheetColumn(tr_("Appraisal"), 22),
        SheetColumn(tr_("Votes"), 10),
        SheetColumn(tr_("Result"), 34),
    )
    rows = [
        (
            number,
            *_subject(office, each.subject, day),
            prize_of(office, each.prize).title.vi,
            "; ".join(part for part in (tr(APPRAISAL_WORDS[each.appraisal]), each.appraisal_reason) if part),
            "" if each.votes is None or held is None else f"{each.votes}/{held.present}",
            tr(found[each.id].reason),
        )
        for number, each in enumerate(chosen, 1)
    ]
    return Section(columns, rows, every_column=True)


def _minutes(held: Meeting | None) -> tuple[str, ...]:
    if held is None:
        return (tr_("The council has not met on this list"),)
    return (
        tr_("Present: {present} of {members} members.", present=held.present, members=held.members),
        *([tr_("Chair: {name}.", name=held.chair)] if held.chair else []),
        *([tr_("Secretary: {name}.", name=held.secretary)] if held.secretary else []),
    )


def _annexed_to_minutes(held: Meeting | None) -> str:
    if held is None or not held.number:
        return ""
    return tr_("Annexed to minutes {number} of {day}", number=held.number, day=held.day)


def awards_list(office: Office, decision: Decision) -> Paper:
    """The list annexed to a decision: whom, for what, how much; the total in figures and in words."""
    made = awards_of(office, decision)
    columns = (*_whom(), SheetColumn(tr_("Achievement"), 44), SheetColumn(tr_("Money (đ)"), 14, "number"))
    rows = [
        (number, each.name, each.position, each.unit_name, each.citation, each.money)
        for number, each in enumerate(made, 1)
    ]
    total = sum(each.money for each in made)
    return replace(
        headed(office, decision.day, decision.form),
        office=decision.issuer,
        parent=decision.issuer_above,
        place=decision.place,
        title=(tr_("LIST OF COMMENDATION"), decision.title),
        sections=(Section(columns, rows, totals=("", tr_("Total"), "", "", "", total)),),
        closing=(_in_words(total), *((made[0].money_note,) if made and made[0].money_note else ())),
        appended_to=_annexed(decision),
        signers=signers_of(decision),
        landscape=None,
    )


def money_paper(office: Office, decision: Decision) -> Paper:
    """The list by which the money of a decision is handed out, with a place to sign; only for what still counts."""
    counting = {each.id for each in standing(office.book.table(Award))}
    made = [each for each in awards_of(office, decision) if each.id in counting and each.money]
    columns = (
        *_whom(),
        SheetColumn(tr_("Register no."), 12),
        SheetColumn(tr_("Money (đ)"), 14, "number"),
        SheetColumn(tr_("Received (signature)"), 16),
    )
    rows = [
        (number, each.name, each.position, each.unit_name, each.register, each.money, "")
        for number, each in enumerate(made, 1)
    ]
    total = sum(each.money for each in made)
    fund = office.settings.procedure.funds[decision.form].on(decision.day).value or ""
    return replace(
        headed(office, decision.day, decision.form),
        office=decision.issuer,
        parent=decision.issuer_above,
        place=decision.place,
        title=(tr_("LIST OF PRIZE MONEY"), decision.title),
        sections=(Section(columns, rows, totals=("", tr_("Total"), "", "", "", total, "")),),
        closing=(_in_words(total), tr_("Paid from: {fund}.", fund=fund)),
        appended_to=_annexed(decision),
        signers=signers_of(decision),
        landscape=None,
    )


def headed(office: Office, day: date, form: str) -> Paper:
    """A paper of `day` with nothing yet but its head; the office's own awards take the form of the Party."""
    described = office.settings.office
    return Paper(
        side=side_of(form),
        skeletons=office.book.settings.folder / "skeletons",
        style=office.settings.styles.on(form, day),
        office=described.name.on(day).value or "",
        parent=described.superior.on(day).value or "",
        place=described.place_on(day),
        title=(),
        day=day,
        numbered=False,
        mark=tr(mark(office)),
    )


def _whom() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Full name"), 26, whole=True),
        SheetColumn(tr_("Position"), 20),
        SheetColumn(tr_("Unit"), 28),
    )


def _subject(office: Office, subject: str, day: date) -> tuple[str, str, str]:
    """Name, position and unit of somebody on `day`."""
    names = office.unit_names(day)
    unit = office.book.table(Unit).get(subject)
    if unit is not None:
        return unit.name_on(day), "", names.get(unit.parent_on(day), "")
    person: Person = office.person(subject)
    return person.name, person.position, names.get(person.unit_on(day), "")


def _by_prize(office: Office, chosen: Sequence[Candidate], cost: Budget) -> tuple[Section, ...]:
    columns = (
        *_whom(),
        SheetColumn(tr_("Achievement"), 40),
        SheetColumn(tr_("Period"), 22),
        SheetColumn(tr_("Money (đ)"), 14, "number"),
    )
    sections = []
    for line in cost.lines:
        rows = [
            (
                number,
                *_subject(office, each.subject, cost.day),
                each.citation,
                f"{each.achieved_from:%d/%m/%Y} – {each.achieved_to:%d/%m/%Y}",
                line.money.amount,
            )
            for number, each in enumerate((each for each in chosen if each.prize == line.prize), 1)
        ]
        heading = f"{line.title}: {line.count}"
        sections.append(
            Section(
                columns,
                rows,
                heading=heading,
                totals=("", tr_("Total"), "", "", "", "", line.total),
                notes=(tr(line.money.reason),),
            )
        )
    return tuple(sections)


def _cost_words(cost: Budget) -> tuple[str, ...]:
    funds = (tr_("{fund}: {amount} đ.", fund=fund, amount=dong(total)) for fund, total in cost.by_fund.items())
    return (tr_("Total: {amount} đ.", amount=dong(cost.total)), _in_words(cost.total), *funds)


def _in_words(total: int) -> str:
    return tr_("In words: {words}.", words=dong_in_words(total))


def _annexed(decision: Decision) -> str:
    return tr_("Annexed to decision {number} of {day}", number=decision.number, day=decision.day)


def signers_of(decision: Decision) -> tuple[Signer, ...]:
    """Who signed a decision, the first signer on the right."""
    found = []
    for which in ("2", ""):
        mode, body, title, name = (
            getattr(decision, f"signer{which}_{each}") for each in ("mode", "body", "title", "name")
        )
        above = " ".join(part for part in (mode, body) if part)
        if title or name or above:
            found.append(Signer(tuple(part for part in (above, title) if part), name))
    return tuple(found)
