"""One person's page: everything known as of the day, every verdict opening to its reason, rule and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from config.errors import AppError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import t
from records.domain.appointments import Appointment, Discipline
from records.domain.dates import shown
from records.domain.people.person import Person
from records.services.access.looking import look, may_see, seen
from records.services.book.history import history
from records.services.people import photos
from records.services.privacy.restricting import restricted
from records.services.training.past import past_of
from tui.present.changes import Spoken
from tui.present.life import MEASURE_WORDS
from tui.present.person import Part, history_part, parts
from tui.present.words import Line, level_title, role_title
from tui.screens.appointments.forms import AppointmentForm, EndForm, RenewForm, TransferForm
from tui.screens.awards.eligible_titles import SubjectTitlesScreen
from tui.screens.base import Act, Job, Moment, OfficeScreen, key, speak_keys
from tui.screens.filters import documents_folder
from tui.screens.form import OfficeForm
from tui.screens.paper_out import ask_paper
from tui.screens.people.discipline_form import DisciplineForm
from tui.screens.people.person_form import PersonForm
from tui.screens.people.privacy_form import EraseForm, RestrictForm, write_correction, write_held
from tui.screens.rating_form import AbsenceForm, RatingForm
from tui.widgets.dialogs import AskText, Choose
from tui.widgets.lines import as_content

_BESIDE = 4
"""Cells of the page that no part has: its padding, and the scrollbar."""


class Fold(Static, can_focus=True):
    """A line that Enter opens to its parts and closes again."""

    DEFAULT_CSS = """
    Fold { height: auto; padding: 0 1; }
    Fold:focus { background: $primary 40%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("fold", t("Open or close"), show=False)]

    def __init__(self, part: Part, width: int, *, id: str | None = None) -> None:  # noqa: A002  # as widgets name it
        """With the cells that it will have for its text, if that is known: else it is drawn twice."""
        super().__init__("", markup=False, id=id)
        speak_keys(self._bindings)
        self.part, self._width = part, width
        self.opened = part.open
        self._paint()

    def take(self, part: Part) -> None:
        """Show another part in the place of this one."""
        self.part = part
        self.open(yes=self.opened)

    def _paint(self, *, as_high: bool = False) -> None:
        closed = bool(self.part.lines) and not self.opened
        title = self.part.title
        text = f"{title.text} ▸" if closed else title.text
        rest = self._width - cell_len(text) - (cell_len(title.badge) + 3 if title.badge else 0)
        rule = f" {'─' * (rest - 1)}" if title.look == "bold" and rest > 1 else ""
        head = title._replace(text=text, rule=rule)
        self.update(as_content([head, *(self.part.lines if self.opened else ())]), layout=not as_high)

    def on_resize(self) -> None:
        """Draw the rule as far as there is room; one that was too long was a line more."""
        before, self._width = self._width, self.content_size.width
        if self.part.title.look == "bold" and self._width != before:
            self._paint(as_high=self._width > before)

    def action_fold(self) -> None:
        """Open or close; what opens at the foot of the page comes into sight."""
        self.open(yes=not self.opened)
        self.call_after_refresh(self.scroll_visible, animate=False)

    def open(self, *, yes: bool) -> None:
        """Open, or close."""
        self.opened, before = yes and bool(self.part.lines), self.opened
        self._paint(as_high=not (before or self.opened))

    def on_click(self, event: events.Click) -> None:
        """A click does what Enter does."""
        event.stop()
        self.focus()
        self.action_fold()


class _Page(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls without keys of its own: the arrows go from part to part however long the page is."""


class PersonScreen(OfficeScreen):
    """The page of the person with this id."""

    DEFAULT_CSS = "PersonScreen #body { padding: 0; scrollbar-gutter: stable; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", t("Back")),
        key("edit", t("Edit")),
        key("appoint", t("New appointment")),
        key("service", t("Service")),
        key("training_paper", t("Record of training (PDF)")),
        key("history", t("History")),
        key("more", t("More")),
        key("move(1)", t("Next part"), show=False),
        key("move(-1)", t("Previous part"), show=False),
        key("page(1)", t("Next page"), show=False),
        key("page(-1)", t("Previous page"), show=False),
    ]

    more_acts = (Act("titles", t("Commendation")), Act("open_all", t("Open all")))

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id
        self._noted = False
        self._laid_at: Moment | None = None

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        person = self.office.book.table(Person).get(self.person_id)
        return (tr_("People"), person.name if person else self.person_id)

    def body(self) -> ComposeResult:
        """Lay out the page with its parts: laid out empty first, it would be drawn twice."""
        self._laid_at = self.moment
        try:
            folds = self._read()
        except AppError:  # said when the screen stands
            folds, self._laid_at = [], None
        yield _Page(*folds, id="body")

    @property
    def folds(self) -> list[Fold]:
        """The parts of the page, from the top."""
        return list(self.query(Fold))

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh_office(self) -> None:
        """Read the person again, unless this is what was laid out just now."""
        if self.moment == self._laid_at:
            self._laid_at = None
            self._read_history()
        else:
            self.call_later(self._fill)

    def _read(self) -> list[Fold]:
        dossier = self.office.dossier(self.person_id, self.on)
        seen(self.office, dossier, "screen", noted=self._noted)
        self._noted = True
        width = self.app.size.width - _BESIDE
        changes = Fold(Part(Line(f"{tr_('Changes of this record')} (…)", "bold")), width, id="changes")
        return [*(Fold(part, width) for part in parts(self.office, dossier)), changes]

    async def _fill(self) -> None:
        try:
            folds = self._read()
        except AppError as error:
            self.complain(error)
            self.dismiss()
            return
        opened = {fold.part.title.text for fold in self.folds if fold.opened}
        place = self._place()
        body = self.query_one("#body")
        await body.remove_children()
        for fold in folds:
            if fold.part.title.text in opened:
                fold.open(yes=True)
        await body.mount(*folds)
        folds[min(place, len(folds) - 1)].focus()
        self._read_history()

    def _read_history(self) -> None:
        office, person, day = self.office, self.person_id, self.on

        def read(_job: Job) -> Part:
            return history_part(history(office, record=person), Spoken(office, day))

        self.behind(None, read, self._take_history, group="history")

    def _take_history(self, part: Part) -> None:
        for fold in self.query("#changes").results(Fold):
            fold.take(part)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def _place(self) -> int:
        folds = self.folds
        return folds.index(self.focused) if isinstance(self.focused, Fold) and self.focused in folds else 0

    def action_move(self, step: int) -> None:
        """Go to the next or the previous part."""
        folds = self.folds
        if folds:
            chosen = folds[max(0, min(len(folds) - 1, self._place() + step))]
            chosen.focus()
            chosen.scroll_visible(animate=False)

    def action_page(self, step: int) -> None:
        """Scroll by a screenful."""
        body = self.query_one("#body")
        body.scroll_relative(y=step * max(1, body.size.height - 1), animate=False)

    def action_open_all(self) -> None:
        """Open every part, or close what can be closed when all are open."""
        folds = [fold for fold in self.folds if fold.part.lines]
        everything = all(fold.opened for fold in folds)
        for fold in folds:
            fold.open(yes=fold.part.open if everything else True)

    def action_edit(self) -> None:
        """Correct the person."""
        if self.may_write() and self.attempt(lambda: look(self.office, self.office.person(self.person_id), "form")):
            self.app.push_screen(PersonForm(self.office.person(self.person_id)), self._saved)

    def action_appoint(self) -> None:
        """Enter an appointment of the person."""
        if self.may_write():
            self.app.push_screen(AppointmentForm(self.person_id), self._saved)

    def action_training_paper(self) -> None:
        """Write what the person went through as a paper."""
        from exports.papers.training import write_history  # noqa: PLC0415  # ReportLab is heavy

        office = self.office
        past = past_of(office, self.person_id, self.on)
        name = f"{tr_('record of training')} {past.person.name}"
        ask_paper(self, name, lambda to: write_history(office, past, to))

    def action_history(self) -> None:
        """Open what was changed about the person, and go there."""
        for fold in self.query("#changes").results(Fold):
            fold.open(yes=True)
            fold.focus()
            fold.scroll_visible(animate=False)

    def action_titles(self) -> None:
        """Look with which titles and forms the person may be commended, and why."""
        self.app.push_screen(SubjectTitlesScreen(self.person_id))

    def action_service(self) -> None:
        """Renew, end or correct an appointment; transfer; leave the roster."""
        if not self.may_write():
            return
        posts = {each.id: each for each in self.office.book.table(Appointment).where(person=self.person_id)}
        known = self.office.book.table(Discipline).where(person=self.person_id) if may_see(self.office) else ()
        matters = {each.id: each for each in known}

        def take(chosen: str | None) -> None:
            act, _, known = (chosen or "").partition(" ")
            if act == "photo":
                self._ask_photo()
            elif act == "rating":
                self.app.push_screen(RatingForm(self.person_id), self._saved)
            elif act == "absence":
                self.app.push_screen(AbsenceForm(self.person_id), self._saved)
            elif act in ("restrict", "lift", "erase", "held", "rectify", "rectified"):
                self._of_rights(act)
            elif act == "matter":
                self.app.push_screen(DisciplineForm(self.person_id, matters.get(known)), self._saved)
            elif act:
                self.app.push_screen(self._service_form(act, posts.get(known)), self._saved)

        self.app.push_screen(Choose(t("Service"), self._service_options(posts, matters)), take)

    def _service_options(
        self, posts: Mapping[str, Appointment], matters: Mapping[str, Discipline]
    ) -> list[tuple[str, ...]]:
        options: list[tuple[str, ...]] = []
        for post in reversed(list(posts.values())):
            line = f"{role_title(self.office, post.role)} ({level_title(self.office, post.level)})"
            paper = post.number or shown(post.since)
            if post.ended is None:
                options.append((f"renew {post.id}", tr_("Renew: {line}", line=line), paper))
                options.append((f"end {post.id}", tr_("End: {line}", line=line), paper))
            options.append((f"correct {post.id}", tr_("Correct: {line}", line=line), paper))
        options.append(("transfer ", tr_("Transfer to another unit")))
        if self.office.person(self.person_id).left is None:
            options.append(("leave ", tr_("Leave the roster")))
        for matter in matters.values():
            line = f"{tr(MEASURE_WORDS[matter.measure])} {shown(matter.opened)}"
            options.append((f"matter {matter.id}", tr_("Discipline: {line}", line=line)))
        held_back = self.person_id in restricted(self.office, self.on)
        return [
            *options,
            ("matter ", tr_("Discipline or verification…")),
            ("rating ", tr_("Yearly rating…")),
            ("absence ", tr_("Time away from work…")),
            ("photo ", tr_("Photo…")),
            ("lift ", tr_("Lift the restriction of the data…"))
            if held_back
            else ("restrict ", tr_("Restrict the data…")),
            ("rectify ", tr_("Correct on request…")),
            ("rectified ", tr_("Record of the last correction on request…")),
            ("erase ", tr_("Destroy what is sensitive…")),
            ("held ", tr_("Everything held of this person…")),
        ]

    def _ask_photo(self) -> None:
        """Ask for the file of a photo, and keep a copy in the book."""

        def take(typed: str | None) -> None:
            file = typed_path(typed or "")
            if typed and self.attempt(lambda: photos.attach(self.office, self.person_id, file)):
                self._saved(self.person_id)

        self.app.push_screen(AskText(t("Photo"), t("JPEG or PNG file"), f"{documents_folder()}/"), take)

    def _service_form(self, act: str, post: Appointment | None) -> OfficeForm:
        if act == "renew" and post is not None:
            return RenewForm(post)
        if act == "correct" and post is not None:
            return AppointmentForm(self.person_id, post)
        if act == "transfer":
            return TransferForm([self.person_id])
        return EndForm(self.person_id, post)

    def _of_rights(self, act: str) -> None:
        """Do what a person may ask of what is held of them."""
        if act == "held":
            write_held(self, self.person_id)
        elif act == "erase":
            self.app.push_screen(EraseForm(self.person_id), self._erased)
        elif act == "rectify":
            self._ask_request()
        elif act == "rectified":
            self.attempt(lambda: write_correction(self, self.person_id))
        else:
            self.app.push_screen(RestrictForm(self.person_id, lifting=act == "lift"), self._saved)

    def _ask_request(self) -> None:
        """Ask on which request the person is corrected, then correct it and write the record."""

        def saved(person_id: str | None) -> None:
            self._saved(person_id)
            if person_id:
                write_correction(self, person_id)

        def take(typed: str | None) -> None:
            person = self.office.person(self.person_id)
            if typed and self.attempt(lambda: look(self.office, person, "form")):
                self.app.push_screen(PersonForm(person, request=typed), saved)

        self.app.push_screen(
            AskText(t("Correct on request"), t("On which request, such as a letter with its day"), ""), take
        )

    def _erased(self, person_id: str | None) -> None:
        if person_id:
            self.catch_up()
            self.news(t("Destroyed. Backups made until today hold it still, until they are rotated out"))

    def _saved(self, person_id: str | None) -> None:
        if person_id:
            self.catch_up()
            self.news(t("Saved: {name}. Ctrl+Z takes it back", name=self.office.person(person_id).name))
