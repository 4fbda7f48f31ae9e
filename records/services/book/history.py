"""History: what was done, when and by whom, in words; and taking it back."""

from __future__ import annotations

from config.errors import ConflictError
from config.text import Text, t
from records.services.access.telling import HIDDEN, told_entry
from records.services.office import Office
from records.services.standards.rule_changes import follow
from records.store.contract import JournalEntry

ACTIONS: dict[str, Text] = {
    HIDDEN: t("A change that is not shown here"),
    "book.furnish": t("Units of the settings entered"),
    "book.seal": t("Book sealed"),
    "book.key_add": t("Key of a person added"),
    "book.key_remove": t("Key of a person taken away"),
    "book.key_change": t("Passphrase changed"),
    "book.key_recover": t("Passphrase renewed by the recovery key"),
    "book.key_print": t("New recovery key printed"),
    "book.key_renew": t("New book key"),
    "book.format": t("Book asks for a newer program"),
    "demo.fill": t("Demo office filled"),
    "roster.import": t("People imported from a spreadsheet"),
    "roster.add": t("Person entered"),
    "roster.correct": t("Person corrected"),
    "roster.appoint": t("Appointment entered"),
    "roster.correct_appointment": t("Appointment corrected"),
    "roster.renew": t("Appointment renewed"),
    "roster.end": t("Appointment ended"),
    "roster.transfer": t("Transferred to another unit"),
    "roster.leave": t("Left the roster"),
    "roster.discipline": t("Discipline or verification recorded"),
    "roster.credentials": t("Levels and papers imported from a spreadsheet"),
    "exchange.meet": t("Another office taken for known"),
    "exchange.send": t("Package made for another office"),
    "exchange.take": t("Package of another office taken"),
    "exchange.return": t("Package sent back"),
    "config.found": t("The office said who it is"),
    "config.set": t("Setting changed"),
    "office.code": t("Book moved to another code of the office"),
    "config.accept": t("File of settings taken over"),
    "config.by_hand": t("Settings changed outside the program taken over"),
    "roster.absence": t("Absence from work recorded"),
    "rating.set": t("Yearly ratings entered"),
    "rating.take_back": t("Yearly rating taken out"),
    "roster.photo": t("Photo added"),
    "unit.add": t("Unit entered"),
    "unit.import": t("Units imported from a spreadsheet"),
    "unit.correct": t("Unit corrected"),
    "unit.rename": t("Unit renamed"),
    "unit.merge": t("Units merged"),
    "unit.split": t("Unit divided"),
    "unit.dissolve": t("Unit dissolved"),
    "unit.reorganise": t("Reorganisation carried out"),
    "award.decide": t("Decision of commendation registered"),
    "award.import": t("Commendations of the past imported from a spreadsheet"),
    "award.answer": t("Question about a commendation answered"),
    "award.open": t("Proposal list begun"),
    "award.nominate": t("Candidates put on a proposal list"),
    "award.withdraw": t("Candidates taken off a proposal list"),
    "award.change": t("Candidate changed"),
    "award.submit": t("Proposal list sent out"),
    "award.appraise": t("Candidates appraised"),
    "award.council": t("Council's votes entered"),
    "award.pay": t("Prize money paid"),
    "award.recover": t("Prize money recovered"),
    "award.revoke": t("Awards revoked"),
    "award.correct": t("Award corrected by a new decision"),
    "movement.launch": t("Movement launched"),
    "movement.change": t("Movement changed"),
    "movement.join": t("Participants of a movement entered"),
    "movement.leave": t("Participants taken out of a movement"),
    "movement.result": t("Results of a movement noted"),
    "movement.sum": t("Movement summed up"),
    "dossier.attach": t("Files taken into a dossier"),
    "dossier.remove": t("File taken out of a dossier"),
    "fund.income": t("Income of the prize fund entered"),
    "fund.spent": t("Spending from the prize fund entered"),
    "fund.remove": t("Entry of the prize fund taken out"),
    "registration.add": t("Title registered"),
    "registration.change": t("Pledge of a registration changed"),
    "registration.send": t("Registrations of titles sent"),
    "registration.return": t("Registrations of titles returned"),
    "registration.approve": t("Registrations of titles approved"),
    "registration.withdraw": t("Registrations of titles withdrawn"),
    "registration.import": t("Registrations of titles imported from a spreadsheet"),
    "initiative.enter": t("Initiative entered"),
    "initiative.correct": t("Initiative put right"),
    "initiative.recognise": t("Initiatives recognised"),
    "initiative.refuse": t("Initiatives turned down"),
    "initiative.remove": t("Initiatives taken out"),
    "initiative.import": t("Initiatives imported from a spreadsheet"),
    "emulation.open": t("Emulation cycle opened"),
    "emulation.register": t("Registration for emulation entered"),
    "emulation.withdraw": t("Taken out of an emulation cycle"),
    "emulation.set": t("Points entered"),
    "emulation.carry": t("Points carried over"),
    "emulation.compute": t("Points taken from the records"),
    "emulation.import": t("Points imported from a spreadsheet"),
    "emulation.evidence": t("Evidence noted"),
    "emulation.tie": t("Equals put in order by the council"),
    "emulation.sign": t("Emulation cycle signed"),
    "emulation.unlock": t("Emulation cycle unlocked"),
    "certificate.print": t("Certificates printed"),
    "paper.issue": t("Paper kept as issued"),
    "certificate.calibrate": t("Blank lined up with a printer"),
    "training.event": t("Event entered or corrected"),
    "training.series": t("Series of events entered"),
    "training.class": t("Class entered with the people called to it"),
    "training.call": t("People called to an event"),
    "training.mark": t("Attendance recorded"),
    "training.import": t("Attendance list imported"),
    "training.duties": t("Duties of a month recorded"),
    "training.reissue": t("Certificate of a training re-issued"),
    "training.result": t("Results of a training recorded"),
    "book.migrate": t("Book made one of this program"),
    "book.accept": t("Older book taken for the right one"),
    "book.hand_over": t("Book handed over"),
    "book.take_over": t("Book taken over"),
    "book.restore": t("Book restored from a backup"),
    "book.repair": t("Book repaired"),
    "book.state": t("State of the book written for a quick opening"),
    "book.past": t("Book of the past made"),
    "book.close": t("Year closed"),
    "book.open_year": t("Year opened again"),
    "certificate.key": t("Key for seals noted"),
    "review.open": t("Review of the roster opened"),
    "review.set": t("Outcome of the review decided"),
    "review.candidate": t("Candidate brought into the review"),
    "review.sign": t("Review of the roster signed"),
    "review.correct": t("Correction of a review opened"),
    "standard.set": t("Rule of the office changed"),
    "check.answer": t("Question of the standard answered"),
    "roster.export": t("List of people written to a file"),
    "lists.layout": t("Layout of a list saved"),
    "lists.view": t("View of a list saved"),
    "lists.remove": t("Layout or view of a list deleted"),
    "access.found": t("Accounts begun"),
    "access.add": t("Account given"),
    "access.role": t("Role of an account changed"),
    "access.remove": t("Account taken away"),
    "access.rights": t("Rights of a role changed"),
    "access.passphrase": t("Key of an account renewed"),
    "privacy.restrict": t("Data of a person restricted"),
    "privacy.correct": t("Data of a person corrected on their request"),
    "privacy.lift": t("Restriction of a person’s data lifted"),
    "privacy.erase": t("Sensitive data of a person erased"),
    "undo": t("Undone"),
    "redo": t("Redone"),
}


def action_words(entry: JournalEntry) -> Text:
    """What an entry did, in words; an action of a newer program stays as its code."""
    words = ACTIONS.get(entry.action, Text("{action}", (("action", entry.action),)))
    if entry.undoes:
        return t("{words}: change {seq}", words=words, seq=entry.undoes)
    return words


_SIGNED = frozenset(
    (
        "award.decide",
        "award.correct",
        "award.revoke",
        "emulation.sign",
        "emulation.unlock",
        "review.sign",
        "office.code",
    )
)
"""Acts that rest on a signed paper, or renumber the whole book."""


def meant_by(office: Office, entry: JournalEntry) -> JournalEntry:
    """The change an entry is about in the end: what an undo took back, or what a redo did again."""
    found = entry
    while found.undoes is not None:
        wanted = found.undoes
        found = next(each for each in office.book.history() if each.seq == wanted)
    return told_entry(office, found)


def is_weighty(entry: JournalEntry) -> bool:
    """Whether nobody takes it back by one key alone: an import, a signed act, a new code of the office."""
    return entry.action.endswith(".import") or entry.action in _SIGNED


def history(
    office: Office, *, record: str = "", actor: str = "", day: str = "", limit: int | None = None
) -> list[JournalEntry]:
    """The changes of the book, newest first: all, or those of a record, of a person, of a day (`2025-06-15`)."""
    return [told_entry(office, each) for each in office.book.history(record=record, actor=actor, day=day, limit=limit)]


def next_undo(office: Office) -> JournalEntry:
    """The change that an undo would take back. Raises ConflictError when there is none."""
    return told_entry(office, office.book.next_undo())


def next_redo(office: Office) -> JournalEntry:
    """The undo that a redo would take back. Raises ConflictError when there is none."""
    return told_entry(office, office.book.next_redo())


def undo(office: Office, seq: int | None = None) -> JournalEntry:
    """Take back the newest change, or change `seq`. Raises ConflictError when a later change stands on it."""
    entry = office.book.undo(seq)
    follow(office, entry)
    return entry


def redo(office: Office, seq: int | None = None) -> JournalEntry:
    """Do again what was undone last. Raises ConflictError when something was changed since, or another than `seq`."""
    if seq is not None and next_redo(office).seq != seq:
        raise ConflictError(t("Something was changed since"), do=t("see “book log”"))
    entry = office.book.redo()
    follow(office, entry)
    return entry
