"""Names of kinds of trainings and of who came, as people read them."""

from __future__ import annotations

from typing import cast

from config.text import Text, t
from records.domain.dates import shown
from records.domain.training import Attendance, Presence

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
EVENT_SHORT: dict[str, Text] = {
    "conference": t("conf."),
    "briefing": t("brief."),
    "course": t("crs."),
    "contest": t("contest"),
    "visit": t("visit"),
}
"""At most seven letters, for the days of a calendar."""
PRESENCE_MARKS: dict[str, str] = {"present": "x", "absent": "v", "excused": "p", "late": "m", "called": ""}
"""One letter each, as attendance lists write them: có mặt, vắng, có phép, muộn."""
PRESENCE_OF: dict[str, Presence] = {
    **{each: cast("Presence", each) for each in PRESENCE_MARKS},
    **{mark: cast("Presence", each) for each, mark in PRESENCE_MARKS.items() if mark},
}
"""What a person may type for each: its letter, or its name."""
RESULT_WORDS: dict[str, Text] = {
    "completed": t("completed it"),
    "not_completed": t("did not complete it"),
    "": t("no result recorded"),
}
RESULT_MARKS: dict[str, str] = {"completed": "đ", "not_completed": "k", "": ""}
"""One letter each, as result lists write them: đạt, không đạt."""
STATE_WORDS: dict[str, Text] = {
    "coming": t("still to come"),
    "open": t("to be recorded"),
    "recorded": t("recorded"),
}
FATE_WORDS: dict[str, Text] = {
    "unsure": t("who is it?"),
    "refused": t("cannot be entered"),
    "silent": t("says nothing"),
    "enter": t("enter"),
    "same": t("already so"),
}
"""What becomes of a row of an attendance list, what a person must look at first."""


def result_texts(each: Attendance) -> list[Text | str]:
    """What came of a training: result, score, class, certificate, and those it replaced; only what is known."""
    told: list[Text | str] = [RESULT_WORDS[each.result]] if each.result else []
    if each.score is not None:
        told.append(t("{points} points", points=each.score))
    if each.rank:
        told.append(each.rank)
    if each.certificate:
        parts = (each.certificate, shown(each.certificate_day), each.certificate_issuer)
        told.append(t("certificate {number}", number=", ".join(part for part in parts if part)))
    return [*told, *(t("in place of {number}", number=one.number) for one in each.earlier)]
