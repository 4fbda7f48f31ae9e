"""The prize fund: income, payments of awards and other spending, never more out than in, and a paper with sums."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.tui.cli.conftest import Run

FUND = "Quỹ thi đua, khen thưởng"


@pytest.fixture
def demo(bare_demo: Path) -> Path:
    return bare_demo


def owed(run: Run, book: Path) -> tuple[str, int]:
    """The register number and money of an award that was not paid."""
    row = run("--book", book, "award", "register", "--year", "2025")[1]["rows"][0]
    made = run("--book", book, "award", "list")[1]["decisions"]
    (money,) = {each["money"] // each["awards"] for each in made if each["number"] == row["decision"]}
    return f"{row['number']}/2025", money


def closing(run: Run, book: Path) -> dict[str, Any]:
    (found,) = run("--book", book, "fund", "balance", "--year", "2025")[1]["sources"]
    return dict(found)


def test_awards_are_paid_from_a_source_in_parts_and_never_more_than_owed_or_there(run: Run, demo: Path) -> None:
    register, money = owed(run, demo)
    pay = ("award", "pay", "--awards", register, "--fund", FUND, "--day", "1/6/2025")
    code, made = run("--book", demo, "fund", "income", FUND, "--amount", str(money - 10_000), "--day", "2/1/2025")
    assert code == 0
    code, told = run("--book", demo, *pay, "--amount", str(money + 1))
    assert (code, "still owed" in told["error"]["what"]) == (1, True)
    code, told = run("--book", demo, *pay)
    assert (code, FUND in told["error"]["what"]) == (1, True)  # the source has less
    assert run("--book", demo, *pay, "--amount", "100.000", "--voucher", "PC 01")[1]["amount"] == 100_000
    assert (
        run("--book", demo, "fund", "income", "quỹ thi đua, KHEN THƯỞNG", "--amount", "10.000", "--day", "3/1/2025")[0]
        == 0
    )
    assert run("--book", demo, *pay)[1]["amount"] == money - 100_000  # the rest
    code, told = run("--book", demo, *pay)
    assert (code, "paid already" in told["error"]["what"]) == (1, True)
    assert (closing(run, demo)["paid"], closing(run, demo)["closing"]) == (money, 0)
    code, told = run("--book", demo, "fund", "remove", made["id"])
    assert (code, "0 đ" in told["error"]["what"]) == (1, True)  # its money is paid out


def test_a_source_of_which_no_income_is_kept_is_not_judged_and_an_unknown_one_is_refused(run: Run, demo: Path) -> None:
    register, money = owed(run, demo)
    pay = ("award", "pay", "--awards", register, "--day", "1/6/2025")
    code, told = run("--book", demo, *pay, "--fund", "Quỹ đen")
    assert (code, "Quỹ đen" in told["error"]["what"], FUND in told["error"]["do"]) == (2, True, True)
    assert run("--book", demo, *pay)[1]["amount"] == money
    assert closing(run, demo)["closing"] == -money  # what was paid is told all the same


def test_the_year_opens_with_what_the_year_before_left(run: Run, demo: Path) -> None:
    for day, amount in (("5/3/2023", "1.000.000"), ("5/3/2024", "2.000.000")):
        assert run("--book", demo, "fund", "income", FUND, "--amount", amount, "--day", day)[0] == 0
    assert run("--book", demo, "fund", "spend", FUND, "--amount", "700.000", "--day", "6/3/2024")[0] == 0
    (found,) = run("--book", demo, "fund", "balance", "--year", "2024")[1]["sources"]
    assert [found[each] for each in ("opening", "income", "spent", "closing")] == [
        1_000_000,
        2_000_000,
        700_000,
        2_300_000,
    ]
    assert run("--book", demo, "fund", "balance", "--year", "2025")[1]["sources"][0]["opening"] == 2_300_000


def test_the_paper_of_a_year_bears_the_sums(run: Run, demo: Path, tmp_path: Path) -> None:
    register, money = owed(run, demo)
    assert run("--book", demo, "fund", "income", FUND, "--amount", "50.000.000", "--day", "2/1/2025")[0] == 0
    assert run("--book", demo, "award", "pay", "--awards", register, "--fund", FUND, "--day", "1/6/2025")[0] == 0
    for ending in ("xlsx", "docx", "pdf"):
        out = tmp_path / f"fund.{ending}"
        assert run("--book", demo, "fund", "export", "--year", "2025", "--out", out)[0] == 0
        assert out.stat().st_size > 1000
    values = {cell.value for page in openpyxl.load_workbook(tmp_path / "fund.xlsx") for row in page for cell in row}
    assert {50_000_000, money, 50_000_000 - money} <= values
