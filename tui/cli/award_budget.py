"""`award budget`: what a list would cost, each multiplication shown."""

from __future__ import annotations

import argparse
from typing import Any

from config.speech import say, say_
from records.desks import proposing
from records.desks.budgeting import Budget, budget
from records.rules.award_words import dong
from tui.cli import door


def show_budget(args: argparse.Namespace) -> int:
    """Show what a list would cost."""
    with door.office(args) as office:
        proposals = proposing.list_of(office, args.list)
        chosen = [each for each in proposing.candidates_of(office, proposals) if each.appraisal != "refused"]
        cost = budget(office, chosen, door.day_given(args, "day", "--day"))
        door.answer(args, budget_found(cost), budget_lines(cost))
    return door.DONE


def budget_found(cost: Budget) -> dict[str, Any]:
    """A budget for `--json`; đồng."""
    return {
        "day": cost.day.isoformat(),
        "prizes": [
            {
                "prize": each.prize,
                "count": each.count,
                "each": each.money.amount,
                "product": str(each.money.product),
                "total": each.total,
                "fund": each.fund,
                "confidence": each.money.confidence,
            }
            for each in cost.lines
        ],
        "total": cost.total,
        "by_fund": cost.by_fund,
    }


def budget_lines(cost: Budget) -> list[str]:
    """A budget to read."""
    lines = []
    for each in cost.lines:
        doubt = f" ({say_('to confirm')})" if each.money.confidence == "to_confirm" else ""
        lines.append(f"{each.count:>5} × {each.title} ({each.prize}): {dong(each.total)} đ")
        lines.append(f"        {say(each.money.reason)}{doubt}")
    lines += [f"{fund}: {dong(total)} đ" for fund, total in cost.by_fund.items()]
    return [*lines, say_("Total: {amount} đ.", amount=dong(cost.total))]
