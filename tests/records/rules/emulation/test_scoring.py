"""Laws of scoring, ranking and quotas, and the traps of the field."""

from __future__ import annotations

import random as chance
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings.loading import load_settings
from config.settings.scoring import Computed, Quota, ScoreCriterion, ScoreTable
from config.settings.scoring_checks import table_problems
from config.text import t
from records.domain.awards.awards import Rating
from records.domain.findings import Finding, Verdict
from records.domain.people.dossier import Dossier
from records.domain.people.person import Person
from records.domain.training import Attendance, DutyCount
from records.rules.emulation import quotas, ranking, scoring
from records.rules.emulation.class_conditions import condition_finding
from records.rules.emulation.measures import measure
from records.rules.emulation.ranking import Standing

SETTINGS = load_settings()
TABLES = {table.id: table for table in SETTINGS.tables}
REPORTER, FRAME = TABLES["reporter"], TABLES["frame-30-70"]
DAY = date(2025, 12, 31)


def judge(verdict: Verdict) -> scoring.Judge:
    def found(condition: Any) -> Finding:
        return Finding(
            criterion=condition.id,
            title=condition.title,
            verdict=verdict,
            reason=t("made up"),
            source=condition.source,
            confidence="confirmed",
        )

    return found


def sheets(table: ScoreTable, *, whole: bool = False) -> st.SearchStrategy[dict[str, Decimal]]:
    """Points for some or all criteria of a table, on their steps."""
    cells = {each.id: st.integers(0, int(each.maximum / each.step)).map(each.step.__mul__) for each in table.criteria()}
    return st.fixed_dictionaries(cells) if whole else st.fixed_dictionaries({}, optional=cells)


@given(
    st.sampled_from(sorted(TABLES)).flatmap(lambda name: st.tuples(st.just(TABLES[name]), sheets(TABLES[name]))),
    st.data(),
)
def test_raising_a_criterion_never_lowers_a_total(
    case: tuple[ScoreTable, dict[str, Decimal]], data: st.DataObject
) -> None:
    table, points = case
    penalties = {each.id for each in table.penalty.criteria} if table.penalty else set()
    raised = data.draw(st.sampled_from([each for each in table.criteria() if each.id not in penalties]))
    more = data.draw(st.integers(0, 40)) * raised.step
    higher = {**points, raised.id: min(points.get(raised.id, Decimal(0)) + more, raised.maximum)}
    assert scoring.total(table, higher, DAY).total >= scoring.total(table, points, DAY).total


@given(sheets(REPORTER, whole=True), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(points: dict[str, Decimal], random: chance.Random) -> None:
    order = list(points)
    random.shuffle(order)
    shuffled = {name: points[name] for name in order}
    assert scoring.total(REPORTER, shuffled, DAY) == scoring.total(REPORTER, points, DAY)


@given(st.decimals(0, 130, places=4, allow_nan=False))
def test_every_score_falls_in_exactly_one_class(value: Decimal) -> None:
    found = scoring.band(FRAME, value, DAY)
    levels = [(each.rating, each.at_least.on(DAY).value if each.at_least else None) for each in FRAME.classes]
    holding = []
    above: Decimal | None = None
    for rating, least in levels:
        if (least is None or value >= least) and (above is None or value < above):
            holding.append(rating)
        above = least
    assert holding == [found]


@given(sheets(REPORTER, whole=True), st.sampled_from(list(Verdict)))
def test_a_whole_sheet_has_a_class_unless_a_condition_waits_for_an_answer(
    points: dict[str, Decimal], verdict: Verdict
) -> None:
    totals = scoring.total(REPORTER, points, DAY)
    classed = scoring.classify(REPORTER, totals, DAY, judge(verdict))
    order = [each.rating for each in REPORTER.classes]
    assert classed.held == (classed.rating == "")
    assert classed.held == (verdict is Verdict.UNKNOWN and classed.band == "excellent")
    if classed.rating:
        assert order.index(classed.rating) >= order.index(classed.band)


@pytest.mark.parametrize(
    ("total", "rating"),
    [("90", "excellent"), ("89.99", "good"), ("89.75", "good"), ("70", "good"), ("69.99", "completed"),
     ("90.5", "excellent"), ("50", "completed"), ("49.99", "not_completed"), ("0", "not_completed"),
     ("107", "excellent")],
)  # fmt: skip
def test_no_hole_between_classes_and_no_rounding_over_a_threshold(total: str, rating: str) -> None:
    assert scoring.band(FRAME, Decimal(total), DAY) == rating


def test_trap_16_ninety_points_are_necessary_and_not_sufficient() -> None:
    points = {each.id: each.maximum for each in FRAME.criteria()}
    totals = scoring.total(FRAME, points, DAY)
    assert totals.total == 100
    refused = scoring.classify(FRAME, totals, DAY, judge(Verdict.NOT_MET))
    assert (refused.band, refused.rating, refused.held) == ("excellent", "good", False)
    assert [each.criterion for each in refused.findings] == ["discipline", "on-time", "exceeded", "corrected"]
    open_ = scoring.classify(FRAME, totals, DAY, judge(Verdict.UNKNOWN))
    assert (open_.rating, open_.held) == ("", True)
    assert scoring.classify(FRAME, totals, DAY, judge(Verdict.MET)).rating == "excellent"


def test_an_empty_cell_is_not_zero() -> None:
    points = {each.id: each.maximum for each in FRAME.criteria()[:-1]}
    totals = scoring.total(FRAME, points, DAY)
    assert (totals.total, totals.missing) == (Decimal(85), ("2.3",))
    assert scoring.classify(FRAME, totals, DAY, judge(Verdict.MET)).rating == ""
    scored = scoring.total(FRAME, {**points, "2.3": Decimal(0)}, DAY)
    assert scoring.classify(FRAME, scored, DAY, judge(Verdict.MET)).rating == "good"


def test_bonus_and_penalty_have_their_own_caps_and_a_total_may_pass_the_scale() -> None:
    table = TABLES["unit-30-70"]
    points = {each.id: each.maximum for each in table.criteria()}
    points["2.3"] -= 3
    found = scoring.total(table, {**points, "C1": Decimal(10)}, DAY)
    assert [found.base, found.bonus, found.total] == [97, 10, 107]
    everything = {each.id: each.maximum for each in REPORTER.criteria()}
    capped = scoring.total(REPORTER, {**everything, "C1": Decimal(50)}, DAY)
    assert [capped.bonus, capped.penalty, capped.total] == [10, 10, 100]
    assert scoring.total(REPORTER, {"T1": Decimal(5)}, DAY).total == 0


@pytest.mark.parametrize(
    ("typed", "points", "said"),
    [("8,5", "8.5", ""), (" 10 ", "10", ""), ("", None, ""), ("0", "0", ""), ("11", None, "more than the maximum"),
     ("8.3", None, "no multiple"), ("-1", None, "below zero"), ("abc", None, "not a number"),
     ("1e1", None, "not a number"), ("NaN", None, "not a number"), ("1.000,5", None, "not a number")],
)  # fmt: skip
def test_what_is_typed_is_read_or_refused_with_its_reason(typed: str, points: str | None, said: str) -> None:
    criterion = REPORTER.criteria()[0]
    found, problem = scoring.read_points(criterion, typed)
    assert found == (Decimal(points) if points else None)
    assert said in str(problem or "")
    assert bool(said) == (problem is not None)


# -- points from records ----------------------------------------------------------------------------------------------

PERSON = Person(id="P-1", name="Nguyễn Văn Mẫu")


def came(number: int, presence: str, month: int) -> Attendance:
    return Attendance(
        id=f"T-{number}",
        person="P-1",
        event="E-1",
        kind="conference",
        day=date(2025, month, 5),
        presence=presence,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("present", "absent", "points"),
    [(12, 0, "15"), (10, 2, "10"), (9, 3, "7.5"), (6, 6, "0"), (0, 12, "0"), (11, 1, "12.5")],
)
def test_attendance_in_proportion_is_exact_and_clipped(present: int, absent: int, points: str) -> None:
    held = [came(n, "present" if n < present else "absent", n % 12 + 1) for n in range(present + absent)]
    dossier = Dossier(person=PERSON, on=DAY, trainings=(*held, came(98, "called", 2), came(99, "excused", 3)))
    criterion = next(each for each in REPORTER.criteria() if each.id == "2.1")
    found = measure(criterion, dossier, date(2025, 1, 1), DAY)
    assert found.points == Decimal(points)
    assert str(present) in str(found.reason)


@pytest.mark.parametrize(("silent", "enough"), [(2, True), (3, False), (9, False)])
def test_a_few_recorded_sessions_are_not_enough_for_points(silent: int, enough: bool) -> None:
    held = (came(0, "present", 1), came(1, "present", 2), *(came(2 + n, "called", 3) for n in range(silent)))
    criterion = next(each for each in REPORTER.criteria() if each.id == "2.1")
    found = measure(criterion, Dossier(person=PERSON, on=DAY, trainings=held), date(2025, 1, 1), DAY)
    assert (found.points is not None) is enough
    assert f"{silent} sessions are not recorded" in str(found.reason)


def test_records_that_are_silent_give_no_points_and_no_zero() -> None:
    for criterion in REPORTER.criteria():
        if criterion.computed:
            assert measure(criterion, Dossier(person=PERSON, on=DAY), date(2025, 1, 1), DAY).points is None


@pytest.mark.parametrize(
    ("talks", "points"), [(0, "0"), (1, "5"), (3, "5"), (4, "10"), (11, "15"), (12, "20"), (40, "20")]
)
def test_trap_17_bands_are_half_open(talks: int, points: str) -> None:
    duty = DutyCount(id="D-1", person="P-1", month=date(2025, 3, 1), talks=talks)
    criterion = next(each for each in REPORTER.criteria() if each.id == "2.3")
    found = measure(criterion, Dossier(person=PERSON, on=DAY, duties=(duty,)), date(2025, 1, 1), DAY)
    assert found.points == Decimal(points)


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from(["0.5", "0.25", "1", "0.1"]))
def test_computed_points_stay_within_bounds_and_on_the_step(done: int, due: int, step: str) -> None:
    criterion = ScoreCriterion(
        id="x",
        title=FRAME.title,
        maximum=Decimal(10),
        step=Decimal(step),
        computed=Computed(kind="duties_on_time", linear_from=Decimal(50), linear_to=Decimal(90)),
    )
    duty = DutyCount(id="D-1", person="P-1", month=date(2025, 3, 1), reports_due=due, reports_on_time=min(done, due))
    points = measure(criterion, Dossier(person=PERSON, on=DAY, duties=(duty,)), date(2025, 1, 1), DAY).points
    assert points is not None
    assert 0 <= points <= 10
    assert points % Decimal(step) == 0


def test_a_condition_by_hand_is_unknown_until_somebody_answers() -> None:
    condition = FRAME.classes[0].conditions[1]
    for answers, verdict in (
        ({}, Verdict.UNKNOWN),
        ({"on-time": True}, Verdict.MET),
        ({"on-time": False}, Verdict.NOT_MET),
    ):
        found = condition_finding(condition, FRAME, {}, answers, None, role="communicator", day=DAY)
        assert found.verdict is verdict


# -- ranks and quotas -------------------------------------------------------------------------------------------------

RATINGS: list[Rating] = ["excellent", "good", "completed", "not_completed", ""]


@st.composite
def fields(draw: st.DrawFn) -> list[Standing]:
    rows = draw(
        st.lists(st.tuples(st.integers(0, 12), st.sampled_from(RATINGS), st.sampled_from(["a", "b"])), max_size=40)
    )
    return [
        Standing(
            entrant=f"N-{n}",
            total=Decimal(points) if rating else None,
            rating=rating,
            organisation=where,
            cluster=where,
        )
        for n, (points, rating, where) in enumerate(rows)
    ]


@given(fields(), st.randoms(use_true_random=False))
def test_equal_totals_have_equal_ranks_and_the_next_is_skipped(
    standings: list[Standing], random: chance.Random
) -> None:
    found = ranking.ranks(standings)
    mixed = list(standings)
    random.shuffle(mixed)
    assert ranking.ranks(mixed) == found
    known = [each for each in standings if each.total is not None]
    for each in known:
        assert each.total is not None
        assert found[each.entrant].rank == 1 + sum(
            other.total > each.total for other in known if other.total is not None
        )


@given(
    fields(), st.sampled_from(["exactly", "and_above"]), st.integers(0, 100), st.sampled_from(["organisation", "cycle"])
)
def test_trap_15_a_quota_is_never_exceeded_and_never_wastes_a_place(
    standings: list[Standing], counting: str, percent: int, per: str
) -> None:
    quota: Quota = msgspec.structs.replace(FRAME.quotas[0], counting=counting, per=per)
    table = msgspec.structs.replace(FRAME, quotas=(quota,))
    final, drawn = quotas.final_ratings(table, standings, DAY, percent=Decimal(percent))
    for line in drawn:
        group = [each for each in standings if each.group(quota.per) == line.group]
        kept = [each for each in group if final[each.entrant] == "excellent"]
        good = sum(final[each.entrant] == "good" for each in group)
        of = good + (len(kept) if counting == "and_above" else 0)
        assert len(kept) * 100 <= percent * of
        assert len(kept) <= line.allowed
        if not line.cut and line.beyond:
            assert len(kept) == line.allowed
        totals = [each.total for each in standings if each.entrant in line.within and each.total is not None]
        below = [each.total for each in standings if each.entrant in line.beyond and each.total is not None]
        assert not totals or not below or min(totals) > max(below)


def field_of(excellent: list[int], good: int, where: str = "a") -> list[Standing]:
    top = [
        Standing(entrant=f"{where}-x{n}", total=Decimal(each), rating="excellent", organisation=where)
        for n, each in enumerate(excellent)
    ]
    rest = [
        Standing(entrant=f"{where}-g{n}", total=Decimal(80), rating="good", organisation=where) for n in range(good)
    ]
    return top + rest


@pytest.mark.parametrize(
    ("excellent", "good", "kept"),
    [([99], 4, 0), ([99], 5, 1), ([99, 98], 10, 2), ([99, 98], 9, 1), ([99, 98, 97], 4, 1), ([99] * 1, 100, 1)],
)
def test_trap_15_the_quota_is_a_share_of_those_rated_good_and_not_of_all(
    excellent: list[int], good: int, kept: int
) -> None:
    standings = field_of(excellent, good)
    final, _ = quotas.final_ratings(FRAME, standings, DAY)
    assert sum(each == "excellent" for each in final.values()) == kept


def test_trap_15_the_quota_is_taken_in_each_organisation_and_not_over_the_city() -> None:
    standings = [*field_of([99], 4, "a"), *field_of([99], 4, "b")]
    assert "excellent" not in quotas.final_ratings(FRAME, standings, DAY)[0].values()


def test_the_line_does_not_part_equals_until_the_council_does() -> None:
    standings = field_of([95, 95], 9)
    (line,) = quotas.lines(FRAME.quotas[0], FRAME, standings[:-1], DAY)
    assert (line.allowed, line.within, set(line.cut)) == (1, (), {"a-x0", "a-x1"})
    ruled = ranking.with_rulings(standings[:-1], [("a-x1", "a-x0")])
    (line,) = quotas.lines(FRAME.quotas[0], FRAME, ruled, DAY)
    assert (line.within, line.beyond, line.cut) == (("a-x1",), ("a-x0",), ())
    assert [(name, place.rank) for name, place in ranking.ranks(ruled).items()][:2] == [("a-x1", 1), ("a-x0", 2)]
    joined = [*standings[:-1], Standing(entrant="new", total=Decimal(95), rating="excellent", organisation="a")]
    assert all(each.ruling == 0 for each in ranking.with_rulings(joined, [("a-x1", "a-x0")]))


def test_a_ruling_within_a_cluster_leaves_equals_of_another_as_they_are() -> None:
    standings = [
        Standing(entrant=name, total=Decimal(95), rating="good", cluster=name[0]) for name in ("a1", "a2", "b1", "b2")
    ]
    assert [[each.entrant for each in equals] for equals in ranking.ties(standings, "cluster")] == [
        ["a1", "a2"],
        ["b1", "b2"],
    ]
    ruled = ranking.with_rulings(standings, [("a2", "a1")])
    assert {name: place.rank for name, place in ranking.ranks(ruled, "cluster").items()} == {
        "a2": 1, "a1": 2, "b1": 1, "b2": 1,
    }  # fmt: skip
    assert {place.rank for place in ranking.ranks(ruled).values()} == {1}
    assert not ranking.order_holds(standings, ("a1", "b1"))
    everybody = ranking.with_rulings(standings, [("b1", "a1", "b2", "a2")])
    assert ranking.ranks(everybody)["a2"].rank == 4
    assert ranking.ranks(everybody, "cluster")["a2"].rank == 2


def test_the_line_says_by_how_much() -> None:
    (line,) = quotas.lines(FRAME.quotas[0], FRAME, field_of([99, 95, 93], 3), DAY)
    assert [line.allowed, line.counted, line.lowest, line.next] == [1, 5, 99, 95]
    assert line.gap(Decimal(93)) == -6
    assert line.gap(Decimal(99)) == 4


# -- settings ---------------------------------------------------------------------------------------------------------


def changed(**changes: Any) -> ScoreTable:
    return msgspec.structs.replace(FRAME, **changes)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (changed(scale=Decimal(90)), "add up to 100"),
        (
            changed(groups=(msgspec.structs.replace(FRAME.groups[0], maximum=Decimal(31)), FRAME.groups[1])),
            "adds up to 30",
        ),
        (changed(classes=FRAME.classes[:-1]), "lowest class"),
        (changed(classes=(FRAME.classes[1], FRAME.classes[0], *FRAME.classes[2:])), "do not fall"),
        (changed(roles=("reporters",)), "no role"),
        (changed(subject="unit", roles=()), "asks about a person"),
        (changed(groups=(FRAME.groups[0], FRAME.groups[0])), "stands twice"),
        (changed(since=date(2010, 1, 1)), "No value"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_that_does_not_hold_together_is_refused(table: ScoreTable, said: str) -> None:
    told = [str(each) for each in table_problems(table, set(SETTINGS.roles.roles))]
    assert any(said in each for each in told), told


def test_every_shipped_table_waits_to_be_confirmed() -> None:
    assert {table.confidence for table in SETTINGS.tables} == {"to_confirm"}
    for table in SETTINGS.tables:
        assert list(table_problems(table, set(SETTINGS.roles.roles))) == []
