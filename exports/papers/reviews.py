"""The papers of a review: the list with outcomes, the summary by unit and level, the list annexed to the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from config.i18n import language, tr, tr_
from config.text import t
from exports.logged import Log
from exports.papers.award_papers import BookPaper
from exports.papers.form.logged_paper import judge_paper_path, write_paper
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.kinds.about_people import SENSITIVE, profiles_paper
from exports.papers.kinds.composing import NOTHING, Given
from exports.papers.kinds.recognising import GOING, recognition_paper
from exports.sheets import SheetColumn
from records.domain.lists import ListExport
from records.domain.people.person_fields import EDUCATION_WORDS, SEX_WORDS
from records.domain.reviews import OUTCOMES, Review, ReviewLine, Seen
from records.rules.reviews import Structure
from records.rules.words import OUTCOME_WORDS, POLITICAL_THEORY_WORDS, VERDICT_WORDS
from records.services.book.backups import mark
from records.services.lists import judge_leaving
from records.services.office import Office
from records.services.reviews.review_summary import by_unit_and_level, structures, tally
from records.services.reviews.reviews import lines_of

PAPERS = ("list", "summary", "annex", "decision", "profiles")
_COLUMNS = ("no", "name", "born", "unit", "role", "verdict", "outcome", "why")


def write_review(
    office: Office,
    review: Review,
    kind: str,
    path: Path,
    *,
    overwrite: bool = False,
    log: Log,
    given: Given = NOTHING,
) -> ListExport:
    """Write one paper of a review to `path`, `.pdf`, `.docx` or `.xlsx`, logged like every list of people.

    Args:
        office: whose head and signers the paper bears, as of the day of the decision.
        review: signed, or a draft of one still open, which the paper says.
        kind: one of `PAPERS`.
        path: the file to make.
        overwrite: whether it may take the place of a file already there.
        log: enters the export in the book.
        given: what is said of the paper beside the book.

    Raises:
        InputError: for another ending, a file already there, a letter no font has, or naming what is missing.
    """
    judge_paper_path(path)
    lines = lines_of(office, review)
    people = tuple(dict.fromkeys(each.person for each in lines)) if kind != "summary" else ()
    sensitive = SENSITIVE if kind == "profiles" else ()
    judge_leaving(office, sensitive=bool(sensitive))
    export = ListExport(
        id="", file=str(path), sha256="", people=people, columns=_COLUMNS, on=review.on, sensitive=sensitive
    )
    write_paper(review_paper(office, review, kind, given), export, path, log=log, overwrite=overwrite)
    return export


def review_papers(office: Office, review: Review, given: Given = NOTHING) -> dict[str, BookPaper]:
    """The papers of a review by kind: those of `PAPERS`."""
    titles = {
        "list": t("List with outcomes"),
        "summary": t("Summary by unit and level"),
        "annex": t("Annexed list"),
        "decision": t("Decision of recognition"),
        "profiles": t("Table of particulars"),
    }
    people = tuple(dict.fromkeys(each.person for each in lines_of(office, review)))
    return {
        kind: BookPaper(
            office=office,
            title=title,
            kind=f"review-{kind}",
            make=partial(review_paper, office, review, kind, given),
            people=people if kind != "summary" else (),
            stem=f"{review.id}-{kind}",
            on=review.on,
            about=review.id,
            asks=kind in ("decision", "profiles"),
            sensitive=SENSITIVE if kind == "profiles" else (),
        )
        for kind, title in titles.items()
    }


def review_paper(office: Office, review: Review, kind: str, given: Given = NOTHING) -> Paper:
    """One of `PAPERS` of a review. Raises InputError naming what is missing."""
    lines = lines_of(office, review)
    if kind == "decision":
        return recognition_paper(office, review, paper_of(office, review, "annex", lines), given)
    if kind == "profiles":
        people = list(dict.fromkeys(each.person for each in lines))
        return profiles_paper(office, people, review.signed or review.on, given)
    return paper_of(office, review, kind, lines)


def paper_of(office: Office, review: Review, kind: str, lines: Sequence[ReviewLine]) -> Paper:
    """One paper of a review, every text in the language in use."""
    make = {"list": _list, "summary": _summary, "annex": _annex}[kind]
    title, sections = make(office, review, lines)
    day = review.signed or review.on
    settings = office.settings.office
    signer = Signer((review.signer_title,) if review.signer_title else (), review.signer_name)
    draft = () if review.signed else (tr_("Draft: the review is not signed."),)
    number = review.number if kind == "annex" and review.signed else ""
    return Paper(
        skeletons=office.book.settings.folder / "skeletons",
        style=office.settings.styles.on("party", day),
        office=settings.name.on(day).value or "",
        parent=settings.superior.on(day).value or "",
        place=settings.place_on(day),
        numbered=kind == "annex" and bool(review.signed),
        title=(title, review.title, tr_("As of {day}", day=review.on)),
        day=day,
        opening=draft,
        sections=sections,
        appended_to=tr_("Annexed to decision {number} of {day}", number=number, day=day) if number else "",
        signers=(signer,) if review.signer_title or review.signer_name else (),
        mark=tr(mark(office)),
        landscape=None,
    )


_Made = tuple[str, tuple[Section, ...]]


def _list(office: Office, _review: Review, lines: Sequence[ReviewLine]) -> _Made:
    """Everybody with the outcome; why stands in numbers of rules, told below, so that a page holds a whole class."""
    columns: tuple[SheetColumn, ...] = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Full name"), 26, whole=True),
        SheetColumn(tr_("Born"), 11),
        SheetColumn(tr_("Unit"), 26),
        SheetColumn(tr_("Role"), 16),
        SheetColumn(tr_("Verdict"), 14),
        SheetColumn(tr_("Outcome"), 16),
        SheetColumn(tr_("Rules not met"), 16),
        SheetColumn(tr_("Reason"), 20),
    )
    rules = list(dict.fromkeys(_title(seen) for each in lines for seen in each.seen if seen.verdict in _TOLD))
    rows: list[tuple[object, ...]] = [
        (
            number,
            each.name,
            each.born.shown() if each.born else "",
            each.unit_name,
            _role_words(office, each.role),
            tr(VERDICT_WORDS[each.verdict]),
            tr(OUTCOME_WORDS[each.stands]),
            _codes(each, rules),
            each.reason,
        )
        for number, each in enumerate(lines, 1)
    ]
    if not any(each.reason for each in lines):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    found = tally(lines)
    note = tr_("{people} people, {lines} lines.", people=found.people, lines=found.lines)
    legend = "; ".join(f"{number}: {title}" for number, title in enumerate(rules, 1))
    told = (tr_("Rules: {legend}. “?”: not enough data.", legend=legend),) if rules else ()
    return tr_("LIST OF THE REVIEW OF THE ROSTER"), (Section(columns, rows, notes=(note, *told)),)


_TOLD = ("not_met", "unknown")


def _title(seen: Seen) -> str:
    return seen.title_vi if language() == "vi" else seen.title_en


def _codes(line: ReviewLine, rules: Sequence[str]) -> str:
    """Numbers of the rules that are not met; with a question mark those for which data are missing."""
    found = [(rules.index(_title(each)) + 1, each.verdict) for each in line.seen if each.verdict in _TOLD]
    return ", ".join(f"{number}{'?' if verdict == 'unknown' else ''}" for number, verdict in sorted(found))


def _annex(office: Office, _review: Review, lines: Sequence[ReviewLine]) -> _Made:
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Full name"), 28, whole=True),
        SheetColumn(tr_("Born"), 12),
        SheetColumn(tr_("Unit"), 32),
        SheetColumn(tr_("Role"), 18),
    )
    sections = []
    going = [each for each in lines if each.stands in GOING]
    staying = [each for each in lines if each.stands not in GOING]
    recognised, relieved = t("Recognised: {n} people", n=_people(staying)), t("Relieved: {n} people", n=_people(going))
    for heading, chosen in ((recognised, staying), (relieved, going)):
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
            sections.append(Section(columns, rows, heading=tr(heading)))
    return tr_("LIST OF NAMES"), tuple(sections)


def _people(lines: Sequence[ReviewLine]) -> int:
    return len({each.person for each in lines})


def _summary(office: Office, review: Review, lines: Sequence[ReviewLine]) -> _Made:
    outcomes = tuple(SheetColumn(tr(OUTCOME_WORDS[each]), 10, "number") for each in OUTCOMES)
    columns = (SheetColumn(tr_("Unit"), 32), SheetColumn(tr_("Level"), 16), *outcomes)
    rows = [
        (unit or tr_("not known"), _level_words(office, level), *(counts[each] for each in OUTCOMES))
        for unit, level, counts in by_unit_and_level(lines)
    ]
    found = tally(lines)
    totals = (tr_("Total"), "", *(found.outcomes[each] for each in OUTCOMES))
    before, after = structures(office, review, lines)
    tables = (Section(columns, rows, heading=tr_("By unit and level"), totals=totals), _structure_table(before, after))
    return tr_("SUMMARY OF THE REVIEW OF THE ROSTER"), tables


def _structure_table(before: Structure, after: Structure) -> Section:
    """The structure before and after, totals only."""
    columns = (
        SheetColumn(tr_("What is counted"), 44),
        SheetColumn(tr_("Before"), 12, "number"),
        SheetColumn(tr_("After"), 12, "number"),
    )
    return Section(columns, structure_rows(before, after), heading=tr_("Structure before and after"))


def structure_rows(before: Structure, after: Structure) -> list[tuple[str, int, int]]:
    """(what is counted, people before, people after)."""
    rows = [(tr_("People"), before.people, after.people)]
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
                what = tr(words.get(key, key)) if key else tr_("not recorded")
                rows.append((f"{tr(head)}: {what}", old[key], new[key]))
    rows.append((tr_("Units without anyone"), len(before.empty), len(after.empty)))
    if before.short or after.short:
        rows.append((tr_("Units with fewer people than set"), len(before.short), len(after.short)))
    return rows


def _role_words(office: Office, role: str) -> str:
    """A role's title in the language in use."""
    return office.settings.roles.roles[role].title.in_language(language())


def _level_words(office: Office, level: str) -> str:
    """A level's title in the language in use."""
    return office.settings.levels.levels[level].title.in_language(language())
