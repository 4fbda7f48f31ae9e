"""Answering by hand what no record can tell: the questions of the standards, with who answered."""

from __future__ import annotations

from config.i18n import language, tr_
from config.settings.criteria import ByHand
from config.text import t
from records.domain.rule_changes import HandAnswer
from records.rules.standards.supposing import criteria_of
from records.services.standards import rule_changes
from tui.screens.base import OfficeScreen
from tui.widgets.dialogs import AskText, Choose


def ask_question(screen: OfficeScreen, person: str, role: str, level: str) -> None:
    """Choose a question of the standard of a role and level, answer it for a person, and say who did."""
    standard = screen.office.settings.standard_for(role, level, screen.on)
    asked = {each.id: each for each in criteria_of(standard).values() if isinstance(each, ByHand)} if standard else {}
    if not asked:
        screen.news(t("The standard asks nothing that people answer by hand"), bad=True)
        return

    def store(question: str, yes: bool, by: str | None) -> None:  # noqa: FBT001  # an answer is yes or no
        given = HandAnswer(
            id="", person=person, role=role, criterion=question, yes=yes, day=screen.on, by=(by or "").strip()
        )
        if by is not None and screen.attempt(lambda: rule_changes.answer(screen.office, given)):
            screen.catch_up()
            screen.news(t("Answered. Ctrl+Z takes it back"))

    def said(question: str, chosen: str | None) -> None:
        if chosen:
            dialog = AskText(t("Who answered?"), t("Person or meeting"), "")
            screen.app.push_screen(dialog, lambda by: store(question, chosen == "yes", by))

    def answer(question: str | None) -> None:
        if question:
            options = [("yes", tr_("Yes")), ("no", tr_("No"))]
            title = asked[question].question.in_language(language())
            screen.app.push_screen(Choose(title, options), lambda chosen: said(question, chosen))

    if screen.may_write():
        options = [(key, each.title.in_language(language())) for key, each in asked.items()]
        screen.app.push_screen(Choose(t("Which question?"), options), answer)
