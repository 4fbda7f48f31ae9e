"""Names of kinds of trainings and of who came, as people read them."""

from __future__ import annotations

from config.text import Text, t

EVENTS_WORDS: dict[str, Text] = {
    "conference": t("conferences"),
    "briefing": t("briefings"),
    "course": t("courses"),
    "contest": t("contests"),
    "visit": t("study visits"),
}
PRESENCE_WORDS: dict[str, Text] = {
    "present": t("present"),
    "absent": t("absent"),
    "excused": t("absent with leave"),
    "late": t("late"),
    "called": t("not recorded yet"),
}
EVENT_WORDS: dict[str, Text] = {
    "conference": t("conference"),
    "briefing": t("briefing"),
    "course": t("course"),
    "contest": t("contest"),
    "visit": t("study visit"),
}
PRESENCE_MARKS: dict[str, str] = {"present": "x", "absent": "v", "excused": "p", "late": "m", "called": ""}
"""One letter each, as attendance lists write them: có mặt, vắng, có phép, muộn."""
