"""`award budget`: what a list would cost, each multiplication shown."""

from __future__ import annotations

import argparse
from typing import Any

from records.domain.awards.proposals import STOPPED
from records.services.awards import proposing
from records.services.awards.budgeting import Budget, budget
from tui.cli import context
from tui.present.proposals import budget_lines


def show_budget(args: argparse.Namespace) -> int:
    """Show what a list would cost."""
    with context.office(args) as office:
        proposals = proposing.list_of(office, args.list)
        chosen = [each for each in proposing.candidates_of(office, proposals) if each.appraisal not in STOPPED]
        cost = budget(office, chosen, context.day_given(args, "day", "--day"))
        context.answer(args, budget_found(cost), budget_lines(cost))
    return context.DONE


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
