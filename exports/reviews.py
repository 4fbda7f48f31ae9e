"""The papers of a review: the list with outcomes, the summary by unit and level, the list annexed to the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from config.errors import InputError
from config.speech import language, say, say_
from config.text import t
from exports.logged import Log, logged_file
from exports.reports.paper import Paper, Section, Signer
from exports.reports.pdf import write_paper_pdf
from exports.reports.workbook import write_paper_xlsx
from exports.sheets import SheetColumn
from records.desks.keeping import mark
from records.desks.office import Office
from records.desks.reviews import lines_of
from records.desks.surveying import by_unit_and_level, structures, tally
from records.domain.lists import ListExport
from records.domain.reviews import OUTCOMES, Review, ReviewLine
from records.rules.reviews import Structure
from records.rules.words import EDUCATION_WORDS, OUTCOME_WORDS, POLITICAL_THEORY_WORDS, SEX_WORDS, VERDICT_WORDS

PAPERS = ("list", "summary", "annex")
_COLUMNS = ("no", "name", "born", "unit", "role", "verdict", "outcome", "why")


def write_review(
    office: Office, review: Review, kind: str, path: Path, *, overwrite: bool = False, log: Log
) -> ListExport:
    """Write one paper of a review to `path`, `.xlsx` or `.pdf`, logged like every list of people.

    Args:
        office: whose head and signers the paper bears, as of the day of the decision.
        review: signed, or a draft of one still open, which the paper says.
        kind: one of `PAPERS`.
        path: the file to make.
        overwrite: whether it may take the place of a file already there.
        log: enters the export in the book.

    Raises:
        InputError: for another ending, a file already there or a letter no font has.
    """
    writer = {".xlsx": write_paper_xlsx, ".pdf": write_paper_pdf}.get(path.suffix.lower())
    if writer is None:
        raise InputError(
            t("“{ending}” is no kind of paper", ending=path.suffix),
            where=str(path),
            do=t("name the file .xlsx or .pdf"),
        )
    lines = lines_of(office, review)
    people = tuple(dict.fromkeys(each.person for each in lines)) if kind != "summary" else ()
    export = ListExport(id="", file=str(path), sha256="", people=people, columns=_COLUMNS, on=review.on)
    with logged_file(path, export, log, overwrite=overwrite) as part:
        writer(paper_of(office, review, kind, lines), part, overwrite=True)
    return export


def paper_of(office: Office, review: Review, kind: str, lines: Sequence[ReviewLine]) -> Paper:
    """One paper of a review, every text in the language in use."""
    make = {"list": _list, "summary": _summary, "annex": _annex}[kind]
    title, sections = make(office, review, lines)
    day = review.signed or review.on
    settings = office.settings.office
    signer = Signer((review.signer_title,) if review.signer_title else (), review.signer_name)
    draft = () if review.signed else (say_("Draft: the review is not signed."),)
    number = review.number if kind == "annex" and review.signed else ""
    return Paper(
        form="party",
        office=settings.name.on(day).value or "",
        parent=settings.superior.on(day).value or "",
        place=settings.place,
        title=(title, review.title, say_("As of {day}", day=review.on)),
        day=day,
        opening=draft,
        sections=sections,
        appended_to=say_("Annexed to decision {number} of {day}", number=number, day=day) if number else "",
        signers=(signer,) if review.signer_title or review.signer_name else (),
        mark=say(mark(office)),
        landscape=kind == "list",
    )


_Made = tuple[str, tuple[Section, ...]]


def _list(office: Office, _review: Review, lines: Sequence[ReviewLine]) -> _Made:
    columns = (
        SheetColumn(say_("No."), 5, "number"),
        SheetColumn(say_("Full name"), 26),
        SheetColumn(say_("Born"), 11),
        SheetColumn(say_("Unit"), 26),
        SheetColumn(say_("Role"), 16),
        SheetColumn(say_("Verdict"), 14),
        SheetColumn(say_("Outcome"), 16),
        SheetColumn(say_("Why"), 46),
    )
    rows = [
        (
            number,
            each.name,
            each.born.shown() if each.born else "",
            each.unit_name,
            _role_words(office, each.role),
            say(VERDICT_WORDS[each.verdict]),
            say(OUTCOME_WORDS[each.stands]),
            "; ".join(_why(each)),
        )
        for number, each in enumerate(lines, 1)
    ]
    found = tally(lines)
    note = say_("{people} people, {lines} lines.", people=found.people, lines=found.lines)
    return say_("LIST OF THE REVIEW OF THE ROSTER"), (Section(columns, rows, notes=(note,)),)


def _annex(office: Office, _review: Review, lines: Sequence[ReviewLine]) -> _Made:
    columns = (
        SheetColumn(say_("No."), 5, "number"),
        SheetColumn(say_("Full name"), 28),
        SheetColumn(say_("Born"), 12),
        SheetColumn(say_("Unit"), 32),
        SheetColumn(say_("Role"), 18),
    )
    sections = []
    for outcome in OUTCOMES:
        chosen = [each for each in lines if each.stands == outcome]
        if chosen:
            rows = [
                (
                    number,
                    each.name,
                    each.born.shown() if each.born else "",
                    each.unit_name,
                    _role_words(office, each.role),
                )
                for number, each in enumerate(chosen, 1)
            ]
            heading = say_("{outcome}: {n} people", outcome=OUTCOME_WORDS[outcome], n=len(chosen))
            sections.append(Section(columns, rows, heading=heading))
    return say_("LIST"), tuple(sections)


def _summary(office: Office, review: Review, lines: Sequence[ReviewLine]) -> _Made:
    outcomes = tuple(SheetColumn(say(OUTCOME_WORDS[each]), 10, "number") for each in OUTCOMES)
    columns = (SheetColumn(say_("Unit"), 32), SheetColumn(say_("Level"), 16), *outcomes)
    rows = [
        (unit or say_("not known"), _level_words(office, level), *(counts[each] for each in OUTCOMES))
        for unit, level, counts in by_unit_and_level(lines)
    ]
    found = tally(lines)
    totals = (say_("Total"), "", *(found.outcomes[each] for each in OUTCOMES))
    before, after = structures(office, review, lines)
    tables = (Section(columns, rows, heading=say_("By unit and level"), totals=totals), _structure_table(before, after))
    return say_("SUMMARY OF THE REVIEW OF THE ROSTER"), tables


def _structure_table(before: Structure, after: Structure) -> Section:
    """The structure before and after, totals only."""
    columns = (
        SheetColumn(say_("What is counted"), 44),
        SheetColumn(say_("Before"), 12, "number"),
        SheetColumn(say_("After"), 12, "number"),
    )
    return Section(columns, structure_rows(before, after), heading=say_("Structure before and after"))


def structure_rows(before: Structure, after: Structure) -> list[tuple[str, int, int]]:
    """(what is counted, people before, people after)."""
    rows = [(say_("People"), before.people, after.people)]
    shares = {"majority": t("majority ethnicity"), "other": t("ethnic minorities")}
    for head, name, words in (
        (t("Sex"), "sex", SEX_WORDS),
        (t("Age"), "ages", {}),
        (t("Ethnicity"), "ethnicity", shares),
        (t("Education"), "education", EDUCATION_WORDS),
        (t("Political theory"), "political_theory", POLITICAL_THEORY_WORDS),
    ):
        old: Counter[str] = getattr(before, name)
        new: Counter[str] = getattr(after, name)
        order = list(words) or sorted(old | new, key=lambda key: (not key, not key.startswith("<"), key))
        for key in [*(each for each in order if each), ""]:
            if old[key] or new[key]:
                what = say(words.get(key, key)) if key else say_("not recorded")
                rows.append((f"{say(head)}: {what}", old[key], new[key]))
    rows.append((say_("Units without anyone"), len(before.empty), len(after.empty)))
    if before.short or after.short:
        rows.append((say_("Units with fewer people than set"), len(before.short), len(after.short)))
    return rows


def _role_words(office: Office, role: str) -> str:
    """A role's title in the language in use."""
    return office.settings.roles.roles[role].title.in_language(language())


def _level_words(office: Office, level: str) -> str:
    """A level's title in the language in use."""
    return office.settings.levels.levels[level].title.in_language(language())


def _why(line: ReviewLine) -> list[str]:
    """What is not met or unknown, and the officer's reason."""
    told = [
        f"{each.title_vi if language() == 'vi' else each.title_en}: {say(each.reason.text())}"
        for each in line.seen
        if each.verdict in ("not_met", "unknown")
    ]
    return [*told, line.reason] if line.reason else told
