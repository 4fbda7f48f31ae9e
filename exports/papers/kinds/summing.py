"""The table that goes up: what was given in a year, by title and form, to how many people and units, for how much."""

from __future__ import annotations

from datetime import date

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from exports.papers.form.paper import Paper, Section
from exports.papers.kinds.composing import NOTHING, Draft, Given, compose
from exports.papers.kinds.wording_of_awards import dong_words
from exports.papers.number_words import dong_in_words
from exports.sheets import SheetColumn
from records.domain.awards.awards import Award, Decision, standing
from records.rules.awards.words import FORM_WORDS
from records.services.awards.issuing import own
from records.services.office import Office


def summary_paper(office: Office, year: int, day: date, given: Given = NOTHING) -> Paper:
    """The summary of a year's decisions up to `day`; what was revoked or corrected is not counted.

    Raises:
        InputError: for a year without decisions, or naming what is missing.
    """
    decisions = {each.id: each for each in office.book.table(Decision) if each.day.year == year and each.day <= day}
    made = [each for each in standing(office.book.table(Award)) if each.decision in decisions]
    if not made:
        raise InputError(t("There is no decision of {year}", year=str(year)), do=t("name another year with --year"))
    columns, rows = _by_prize(office, made)
    total = sum(each.money for each in made)
    sums = [sum(int(str(row[at])) for row in rows) for at in (4, 5)]
    totals = ("", tr_("Total"), "", len(decisions), *sums, total)
    issued = own(office, day)
    fields = {
        "year": str(year),
        "until": f"{min(day, date(year, 12, 31)):%d/%m/%Y}",
        "addressee": office.settings.office.committee.on(day).value or issued.above,
        "awards": str(len(made)),
        "money": dong_words(total),
        "money_words": dong_in_words(total).lower(),
    }
    form = given.fields.get("form", "party")
    sections = (Section(columns, rows, totals=totals),)
    return compose(
        office, Draft(kind="summary", form=form, day=day, issued=issued, fields=fields, sections=sections), given
    )


def _by_prize(office: Office, made: list[Award]) -> tuple[tuple[SheetColumn, ...], list[tuple[object, ...]]]:
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Title or form"), 34),
        SheetColumn(tr_("Side"), 16),
        SheetColumn(tr_("Decisions"), 10, "number"),
        SheetColumn(tr_("Individuals"), 10, "number"),
        SheetColumn(tr_("Collectives"), 10, "number"),
        SheetColumn(tr_("Money (đ)"), 16, "number"),
    )
    rows: list[tuple[object, ...]] = []
    for key, prize in office.settings.prizes.prizes.items():
        these = [each for each in made if each.prize == key]
        if these:
            units = sum(bool(each.unit) for each in these)
            count = len({each.decision for each in these})
            money = sum(each.money for each in these)
            side = FORM_WORDS[prize.form]
            rows.append((len(rows) + 1, prize.title.vi, tr(side), count, len(these) - units, units, money))
    return columns, rows
