"""Words of emulation: hands, classes, kinds of cycles. Made of `Text`, spoken later."""

from __future__ import annotations

from config.text import t

STAGE_WORDS = {"own": t("Own score"), "appraised": t("Appraised"), "final": t("Final")}
RATING_WORDS = {
    "": t("open"),
    "excellent": t("Excellent"),
    "good": t("Good"),
    "completed": t("Completed"),
    "not_completed": t("Not completed"),
}
CYCLE_WORDS = {"year": t("Year"), "half": t("Half year"), "month": t("Month"), "theme": t("Theme")}
SCOPE_WORDS = {
    "cycle": t("whole cycle"),
    "cluster": t("cluster"),
    "level": t("level"),
    "organisation": t("organisation"),
}
