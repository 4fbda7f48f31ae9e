"""Making a package on the screen: for whom, what goes, of which time, and the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import t
from records.domain.emulation import period_of
from records.services.exchange import meeting, packing
from records.services.exchange.contents import WHOLE, WORD_TITLES, WORDS, wanted
from records.services.exchange.package import ENDING
from records.services.units.units import find_unit
from tui.present.exchange.packages import lost_lines, manifest_lines, whom_words
from tui.screens import filters
from tui.screens.base import Job, OfficeScreen
from tui.screens.form import OfficeForm
from tui.widgets.dialogs import Confirm, Report
from tui.widgets.fields import Field

_MIXES = (
    ("up", t("up: people, trainings, scores, awards, registrations, nominations"),
     "roster,training,scores,ratings,awards,nominations,registrations,initiatives,verdicts"),
    ("down", t("down: rules, templates, events, decisions, what is sent back"),
     "standards,tables,titles,templates,events,awards,returns"),
    (WHOLE, WORD_TITLES[WHOLE], WHOLE),
    *((each, WORD_TITLES[each], each) for each in WORDS),
)  # fmt: skip
"""Choice -> its words, and what goes then."""


def ask_package(screen: OfficeScreen, begun: Mapping[str, str] | None = None) -> None:
    """Ask what goes to whom, beginning with `begun`, make the package behind the screen, and say what it is."""
    if not screen.may_write():
        return
    form = PackForm(begun or {})

    def done(file: str | None) -> None:
        if file:
            _make(screen, typed_path(file), form.said)

    screen.app.push_screen(form, done)


class PackForm(OfficeForm):
    """For whom, what, of which time, whom alone, and the file; answers with the file."""

    def __init__(self, begun: Mapping[str, str]) -> None:
        super().__init__()
        self._begun = begun
        self.said: dict[str, str] = {}

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Make a package for another office")

    def fields(self) -> list[Field]:
        """The fields, from the top."""
        return [
            Field("to", t("For the office (code)"), judge=self._judge_to),
            Field("what", t("What goes"), "choice", options=[(key, tr(words)) for key, words, _ in _MIXES]),
            Field("period", t("Of the time (empty: all)"), judge=_judge_period),
            Field("unit", t("Only of one unit (empty: of all)"), judge=self._judge_unit),
            Field("person", t("One person alone (code)"), judge=self._judge_person),
            Field("file", t("File ({ending})", ending=ENDING), judge=_judge_file),
        ]

    def first_values(self) -> dict[str, str]:
        """The first office that was met, and a file among the documents."""
        met = next((each.code for each in meeting.neighbours(self.office) if each.key), "")
        name = f"goi-{self.office.book.office}-{self.on:%Y%m%d}{ENDING}"
        return {"to": met, "what": "up", "file": str(filters.documents_folder() / name), **self._begun}

    def _judge_to(self, typed: str) -> str:
        return packing.recipient(self.office, typed).office

    def _judge_person(self, typed: str) -> str:
        return self.office.person(typed.strip()).id if typed.strip() else ""

    def _judge_unit(self, typed: str) -> str:
        return find_unit(self.office, typed, self.on).id if typed.strip() else ""

    def store(self, values: Mapping[str, Any]) -> str:
        """Keep what was said."""
        self.said = {name: str(value or "") for name, value in values.items()}
        return self.said["file"]


def _judge_period(typed: str) -> str:
    if typed.strip():
        period_of(typed)
    return typed.strip()


def _judge_file(typed: str) -> str:
    path = typed_path(typed)
    if path.suffix.lower() != ENDING or path.exists() or not path.parent.is_dir():
        raise InputError(t("The file is to be new and named {ending}", ending=ENDING), do=t("choose another name"))
    return typed


def _make(screen: OfficeScreen, path: Path, said: Mapping[str, str]) -> None:
    office, today = screen.office, screen.today
    now = datetime.combine(today, datetime.now().time())  # noqa: DTZ005  # the office's own clock
    what = next(words for key, _, words in _MIXES if key == said["what"])

    def work(_job: Job) -> packing.Parcelled:
        if said["person"]:
            return packing.pack_person(office, said["person"], said["to"], day=today, now=now)
        people = packing.scoped(office, today, unit=said["unit"])
        return packing.pack(office, wanted(what, said["period"], people), said["to"], now=now)

    def done(made: packing.Parcelled) -> None:
        whom = whom_words(made)
        if whom is None or made.person is not None:
            _write(screen, path, made)
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                _write(screen, path, made)

        title = t("Give the package to {code}?", code=made.entry.office)
        screen.app.push_screen(Confirm(title, [whom], yes=t("Make the package"), ready=True), answered)

    screen.behind(t("Making the package"), work, done, group="package", writes=True)


def _write(screen: OfficeScreen, path: Path, made: packing.Parcelled) -> None:
    from exports.packages import write_package  # noqa: PLC0415  # only where a file leaves
    from tui.present.rights.restricted import restricted_lines  # noqa: PLC0415

    today = screen.today
    if not screen.attempt(lambda: write_package(screen.office, made, path, day=today)):
        return
    screen.catch_up()
    lines = [tr_("Package made: {path}", path=path), *manifest_lines(made.manifest)]
    if made.person is not None:
        lines.append(tr_("{name} left the roster on {day}, given to {code}", name=made.person.name, day=today,
                         code=made.entry.office))  # fmt: skip
    if not made.manifest.sealed:
        lines.append(tr_("It is not sealed: whoever has the file can read it"))
    lines += [*lost_lines(made.lost), *restricted_lines(screen.office, made.left_out)]
    screen.app.push_screen(Report(t("The package is made"), lines))
