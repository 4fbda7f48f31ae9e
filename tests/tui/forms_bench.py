"""The program with one form after another in front, for a test that types into each through a pseudo-terminal.

`python -m tests.tui.forms_bench LOG` shows every screen of the program in which a priority key reads what was typed.
Such a key writes what the screen holds into LOG instead of saving it; F11 shows the next screen. The screens are found
in the code: a new form is shown too, unless it asks for something that `_values` cannot give, which ends the bench.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

import tui
import tui.screens
from config.i18n import use
from config.text import Text
from exports.certificates.design.draft import Draft
from exports.certificates.template import load_template
from exports.papers.event_papers import event_papers
from exports.papers.kinds.composing import NOTHING
from records.demo.people import DEMO_DAY
from records.domain.access.accounts import Account
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award
from records.domain.awards.initiatives import Initiative
from records.domain.awards.proposals import Candidate, ProposalList
from records.domain.reviews import Review
from records.domain.training import Attendance, Event
from records.domain.units import Unit
from records.rules.standards.plain_words import standard_lines
from records.services.awards.issuing import own
from records.services.office import Office
from records.services.settings.keys import keys_of
from records.services.standards.checks import check_person
from records.services.training.needs import needs
from records.services.units.plans import ready_plans
from records.store.book import Book
from tui.app.app import SoVangApp
from tui.present import books
from tui.screens.book.accounts import SignInForm
from tui.screens.form import FormScreen, OfficeForm
from tui.screens.whom import Filter
from tui.widgets.fields import ChoiceField, Form
from tui.widgets.inputs import VnInput
from tui.widgets.listing import Listing

_NOT_SHOWN = {FormScreen, OfficeForm, SignInForm}
"""The two that others are made of, and the one that only stands in a book with accounts."""
_RECORDS = (Appointment, Attendance, Award, Candidate, Event, ProposalList, Unit)
NEXT = "\x1b[23~"
"""What F11 sends."""


def forms() -> list[type[Screen[Any]]]:
    """Every screen with a priority key of its own, in the order of their names."""
    found = set()
    for module in pkgutil.walk_packages(tui.screens.__path__, "tui.screens."):
        for each in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(each) and issubclass(each, Screen) and each not in _NOT_SHOWN and priority_keys(each):
                found.add(each)
    return sorted(found, key=lambda each: each.__name__)


def priority_keys(form: type[Screen[Any]]) -> dict[str, str]:
    """Key -> action of the keys that run in the app before the field gets anything."""
    bindings = form._merge_bindings().key_to_bindings
    return {key: each.action for key, group in bindings.items() for each in group if each.priority}


def _values(office: Office) -> dict[str, Any]:
    """What forms are made of, by the name of the type or, where that says nothing, of the parameter."""
    first: dict[str, Any] = {kind.__name__: office.book.table(kind).all()[0] for kind in _RECORDS}
    post = first["Appointment"]
    standard, line = next(
        (standard, line)
        for standard in office.settings.standards
        for line in standard_lines(standard, office.settings.sources.sources, DEMO_DAY)
        if line.value
    )
    draft = Draft(load_template("party-merit"))
    piece = next(each for each in draft.pieces() if each.kind == "text")
    papers = partial(event_papers, office, first["Event"], DEMO_DAY)
    return first | {
        "Papers": papers, "str": next(iter(papers(NOTHING))), "Issued": own(office, DEMO_DAY),
        "SettingKey": next(each for each in keys_of(office.settings).values() if not each.choices),
        "Office": office, "date": DEMO_DAY, "Path": Path("list.xlsx"), "Filter": Filter(), "int": 1, "bool": False,
        "Person": office.person(post.person), "Judgement": check_person(office, post.person, DEMO_DAY)[0],
        "Plan": ready_plans(office)[-1], "Standard": standard, "PlainLine": line, "Credential": None,
        "Initiative": Initiative(id="", title="Sáng kiến", authors=(), scope="grassroots"),
        "Account": Account(id="", name="Thu Mẫu", role="officer", public=""), "Draft": draft, "Piece": piece,
        "Review": Review(id="", title="Rà soát", on=DEMO_DAY),
        "Need": needs(office, DEMO_DAY, DEMO_DAY + timedelta(days=30))[0], "Mapping[str, str]": {},
        "person_id": post.person, "people": post.person, "name": "Hồ Văn Mẫu", "prizes": first["Candidate"].prize,
    }  # fmt: skip


def _made(form: type[Screen[Any]], values: dict[str, Any]) -> Screen[Any]:
    """The form, its keys writing what it holds; raises KeyError for a parameter of a kind not known here."""
    acts = {f"action_{action}": _write for action in priority_keys(form).values()}
    given: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(form.__init__).parameters.items())[1:]:
        if parameter.default is not parameter.empty:
            continue
        kind = str(parameter.annotation)
        if "None" in kind:
            given[name] = None
            continue
        several = re.fullmatch(r"(?:Sequence|tuple)\[(\w+).*\]", kind)
        value = values[name] if name in values else values[several[1] if several else kind]
        given[name] = ([value] if value else []) if several else value
    made: Screen[Any] = type(form.__name__, (form,), acts)(**given)
    return made


def field_of(screen: Screen[Any]) -> VnInput | ChoiceField | Listing:
    """Where a person types in it: its first text, else its first choice, else the find line of its list."""
    fields = [each for form in screen.query(Form) for each in form.query("VnInput, ChoiceField")]
    texts = [each for each in fields if isinstance(each, VnInput)]
    field = next(iter(texts or fields), None) or screen.query_one(Listing)
    assert isinstance(field, VnInput | ChoiceField | Listing)
    return field


def _write(screen: Screen[Any]) -> None:
    app = screen.app
    assert isinstance(app, Bench)
    field = field_of(screen)
    app.log_line("took", field.find_input.value if isinstance(field, Listing) else field.value)


@contextmanager
def _office_in(path: Path) -> Iterator[Office]:
    with Book.open(path, actor="bench") as book:
        yield Office(book, books.settings_of(None))


class Bench(SoVangApp):
    """The program, going from form to form."""

    CSS_PATH = str(Path(tui.__file__).parent / "app" / "theme.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f11", "next_form", show=False, priority=True)]

    def __init__(self, log: Path, book: Path) -> None:
        super().__init__(lambda: _office_in(book), on=DEMO_DAY, section="people")
        self._log_path = log
        self._forms: Iterator[Screen[Any]] = iter(())

    def log_line(self, *words: object) -> None:
        """Write a line that the test reads."""
        with self._log_path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(words) + "\n")

    def _opened(self, office: Office, told: Sequence[Text]) -> None:
        super()._opened(office, told)
        values = _values(office)
        self._forms = (_made(each, values) for each in forms())
        self.log_line("open")

    async def action_next_form(self) -> None:
        """Leave this form for the next."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        screen = next(self._forms, None)
        if screen is None:
            self.log_line("end")
            self.exit(0)
            return
        await self.push_screen(screen)
        screen.call_after_refresh(self._begin, screen)

    def _begin(self, screen: Screen[Any]) -> None:
        field = field_of(screen)
        if isinstance(field, Listing):
            field.find_input.focus()
        else:
            field.focus()
        options = [key for key, _ in field.options] if isinstance(field, ChoiceField) else []
        at = field.value if isinstance(field, ChoiceField) else ""
        self.call_later(self.log_line, "form", type(screen).__name__, list(priority_keys(type(screen))), options, at)


if __name__ == "__main__":
    use("vi")
    bench = Bench(Path(sys.argv[1]), Path(sys.argv[2]))
    code = bench.run()
    bench.close()
    sys.exit(code)
