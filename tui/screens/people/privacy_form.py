"""Forms of a person's rights over what is held of them: restricting it, lifting that, having all of it as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from config.errors import InputError
from config.i18n import tr_
from config.text import t
from records.domain.dates import shown
from records.services.privacy import correcting, erasing, restricting
from records.services.privacy.held import held
from tui.present.rights.correction import corrected_rows
from tui.present.rights.held import held_lines
from tui.screens.base import OfficeScreen
from tui.screens.form import OfficeForm, day_field
from tui.screens.paper_out import ask_paper
from tui.widgets.fields import Field

if TYPE_CHECKING:
    from exports.papers.training import Written


class RestrictForm(OfficeForm):
    """Restricts the use of what is held of a person, or lifts it; answers with the person's id."""

    def __init__(self, person_id: str, *, lifting: bool) -> None:
        super().__init__()
        self._person_id, self._lifting = person_id, lifting

    def heading(self) -> str:
        """Whom it is about, and what it does."""
        name = self.office.person(self._person_id).name
        if self._lifting:
            return tr_("Lift the restriction of the data of {name}", name=name)
        return tr_("Restrict the data of {name}: kept, and in no list, score or print unasked", name=name)

    def fields(self) -> list[Field]:
        """From when, and why."""
        since = [] if self._lifting else [day_field("since", t("From"), self.on, needed=True)]
        return [*since, Field("reason", t("Reason"))]

    def first_values(self) -> dict[str, str]:
        """From today on."""
        return {} if self._lifting else {"since": shown(self.on)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Restrict, or lift."""
        office, person, today = self.office, self._person_id, self.today
        if self._lifting:
            return restricting.lift(office, person, values["reason"], today=today).person
        return restricting.restrict(office, person, values["reason"], since=values["since"], today=today).person


class EraseForm(OfficeForm):
    """Destroys what is sensitive of a person, by a word that is typed; answers with the person's id."""

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id

    def heading(self) -> str:
        """Whom it is about, and that it is not taken back."""
        name = self.office.person(self._person_id).name
        return tr_(
            "What is sensitive of {name} will be destroyed, in the history too. This is not taken back.", name=name
        )

    def fields(self) -> list[Field]:
        """Why, and the word."""
        return [Field("reason", t("Reason")), Field("sure", t("Type yes"), judge=self._judge_sure)]

    def _judge_sure(self, typed: str) -> str:
        if typed.strip().casefold() not in ("yes", tr_("yes")):
            raise InputError(t("Nothing was done"), do=t("type yes to destroy it"))
        return typed

    def store(self, values: Mapping[str, Any]) -> str:
        """Destroy it."""
        return erasing.erase(self.office, self._person_id, values["reason"], today=self.today).person


def write_correction(screen: OfficeScreen, person_id: str) -> None:
    """Ask where, and write the record of what was corrected last on the person's request."""
    from exports.papers import privacy  # noqa: PLC0415  # pages are heavy

    office, day = screen.office, screen.on
    found = correcting.corrected(office, person_id)
    rows = corrected_rows(office, found, day)

    def write(to: Written) -> None:
        privacy.write_correction(office, found, rows, to.path, day=day, log=to.log, overwrite=to.overwrite)

    ask_paper(screen, f"{tr_('correction of data')} {found.after.name}", write)


def write_held(screen: OfficeScreen, person_id: str) -> None:
    """Ask where, and write everything held of a person as a paper; the command writes it as JSON too."""
    from exports.papers import privacy  # noqa: PLC0415  # pages are heavy

    office, day = screen.office, screen.on
    found = held(office, person_id)
    told = held_lines(office, found, day)

    def write(to: Written) -> None:
        privacy.write_held(office, found, told, to.path, day=day, log=to.log, overwrite=to.overwrite)

    ask_paper(screen, f"{tr_('everything held of')} {found.person.name}", write)
