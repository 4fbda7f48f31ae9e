"""Files of dossiers go in packages: sealed, whole, taken once, kept by their digest, and named where they are lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from config.errors import RefusedError
from records.domain.awards.dossiers import DossierFile
from records.domain.awards.proposals import Candidate, ProposalList
from records.domain.awards.registrations import TitleRegistration
from records.domain.kinds import KINDS, encoded
from records.domain.people.person import Person
from records.services.exchange import packing
from records.services.exchange.contents import wanted
from records.services.exchange.package import archived, read_file
from records.services.movements import dossiers
from records.services.office import Office
from tests.records.services.exchange.offices import TODAY, now, person, planned, taken
from tests.records.services.exchange.test_taking import Two, handmade, sent, two

__all__ = ["two"]
PDF = b"%PDF-1.4\n" + b"x" * 500


def registration(office: Office, who: str) -> str:
    """Somebody registered for a title."""
    with office.book.change("test.registration") as change:
        made = TitleRegistration(id=change.new_id(TitleRegistration), subject=who, prize="party-merit-year", year=2025)
        return change.put(made).id


def candidate(office: Office, who: str) -> str:
    """Somebody stands on a proposal list."""
    with office.book.change("test.candidate") as change:
        held = ProposalList(id=change.new_id(ProposalList), title="Khen 2025", form="party", opened=date(2025, 5, 1))
        made = Candidate(
            id=change.new_id(Candidate), list=change.put(held).id, subject=who, prize="party-merit-year",
            citation="Hoàn thành xuất sắc", achieved_from=date(2025, 1, 1), achieved_to=date(2025, 12, 31),
        )  # fmt: skip
        return change.put(made).id


def attach(office: Office, folder: Path, about: str, *names: str, content: bytes = PDF) -> list[DossierFile]:
    """Files handed in, no two of one content."""
    files = []
    for name in names:
        (folder / name).write_bytes(content + name.encode())
        files.append(folder / name)
    return dossiers.attach(office, about, files, TODAY)


def files(office: Office, about: str) -> list[tuple[str, bytes]]:
    return [(each.title, dossiers.content_of(office, each)) for each in dossiers.files_of(office, about)]


@pytest.mark.parametrize("what", ["roster,registrations", "roster,dossiers", "whole"])
def test_files_of_a_registration_come_along_and_a_second_time_nothing_does(two: Two, what: str) -> None:
    who = person(two.theirs, "Lê Thị Bình").id
    own = registration(two.theirs, who)
    attach(two.theirs, two.folder, own, "báo cáo.pdf", "minh chứng.pdf")
    file = sent(two, what)
    assert b"PDF" not in read_file(file).body, "sealed, as all the rest"
    plan, _ = taken(two.ours, file)
    assert (plan.refused, plan.lost) == ([], {})
    assert files(two.ours, own) == [(name, PDF + name.encode()) for name in ("báo cáo.pdf", "minh chứng.pdf")]
    assert planned(two.ours, file).nothing
    later = planned(two.ours, sent(two, what))
    assert (later.nothing, later.conflicts) == (True, [])
    two.ours.book.undo()
    assert files(two.ours, own) == []
    taken(two.ours, sent(two, what))
    assert len(files(two.ours, own)) == 2


def test_a_nomination_brings_its_files_and_other_words_bring_none(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình").id
    own = candidate(two.theirs, who)
    held = attach(two.theirs, two.folder, own, "báo cáo.pdf")[0]
    attach(two.theirs, two.folder, two.theirs.book.table(Candidate)[own].list, "tờ trình.pdf")
    taken(two.ours, sent(two, "roster,awards,scores"))
    assert len(two.ours.book.table(DossierFile)) == 0
    taken(two.ours, sent(two, "nominations"))
    assert [each.title for each in two.ours.book.table(DossierFile)] == ["báo cáo.pdf", "tờ trình.pdf"]
    assert dossiers.content_of(two.ours, two.ours.book.table(DossierFile)[held.id]) == PDF + "báo cáo.pdf".encode()


def test_one_person_who_moves_takes_their_files_and_not_those_of_others(two: Two) -> None:
    who, other = person(two.theirs, "Lê Thị Bình").id, person(two.theirs, "Trần Văn Cường").id
    mine, others = registration(two.theirs, who), registration(two.theirs, other)
    attach(two.theirs, two.folder, mine, "của tôi.pdf")
    attach(two.theirs, two.folder, others, "của người khác.pdf")
    made = packing.pack_person(two.theirs, who, "TN", day=TODAY, now=now())
    (two.folder / "one.svx").write_bytes(made.content)
    taken(two.ours, two.folder / "one.svx")
    assert [each.title for each in two.ours.book.table(DossierFile)] == ["của tôi.pdf"]


def lose(office: Office, held: DossierFile) -> None:
    office.book.files.remove(held.file)


def alter(office: Office, held: DossierFile) -> None:
    office.book.files.write(held.file, PDF)


@pytest.mark.parametrize("harm", [lose, alter])
def test_a_file_that_the_sender_lost_is_named_on_both_sides(two: Two, harm: Callable[[Any, Any], None]) -> None:
    own = registration(two.theirs, person(two.theirs, "Lê Thị Bình").id)
    first, second = attach(two.theirs, two.folder, own, "báo cáo.pdf", "minh chứng.pdf")
    harm(two.theirs, first)
    made = packing.pack(two.theirs, wanted("roster,registrations", ""), "TN", now=now())
    assert (made.lost, made.manifest.counts["dossier_files"]) == ({first.id: "báo cáo.pdf"}, 1)
    (two.folder / "lost.svx").write_bytes(made.content)
    plan, _ = taken(two.ours, two.folder / "lost.svx")
    assert (plan.lost, plan.refused) == ({first.id: "báo cáo.pdf"}, [])
    assert [each.id for each in dossiers.files_of(two.ours, own)] == [second.id]


def test_where_both_have_other_bytes_ours_stay_until_somebody_says_otherwise(two: Two) -> None:
    own = registration(two.theirs, person(two.theirs, "Lê Thị Bình").id)
    held = attach(two.theirs, two.folder, own, "báo cáo.pdf")[0]
    taken(two.ours, sent(two, "roster,registrations"))
    for office, content in ((two.ours, PDF + b"ours"), (two.theirs, PDF + b"theirs of more bytes")):
        digest = sha256(content).hexdigest()
        name = f"{held.id}-{digest[:16]}.pdf"
        office.book.files.write(name, content)
        with office.book.change("test.replace") as change:
            was = office.book.table(DossierFile)[held.id]
            change.put(msgspec.structs.replace(was, file=name, sha256=digest, size=len(content)), was=was)
    file = sent(two, "registrations")
    plan, _ = taken(two.ours, file)
    assert [(each.record, each.field) for each in plan.conflicts] == [(held.id, "sha256")]
    assert files(two.ours, own)[0][1] == PDF + b"ours"
    chosen, _ = taken(two.ours, file, fields=frozenset({(held.id, "sha256")}))
    assert chosen.conflicts == []
    assert files(two.ours, own)[0][1] == PDF + b"theirs of more bytes"
    two.ours.book.undo()
    assert files(two.ours, own)[0][1] == PDF + b"ours"


def test_the_same_paper_handed_in_on_both_sides_is_one(two: Two) -> None:
    own = registration(two.theirs, person(two.theirs, "Lê Thị Bình").id)
    taken(two.ours, sent(two, "roster,registrations"))
    attach(two.ours, two.folder, own, "báo cáo.pdf")
    attach(two.theirs, two.folder, own, "báo cáo.pdf")
    plan, _ = taken(two.ours, sent(two, "registrations"))
    assert (plan.conflicts, plan.refused, plan.new["dossier_files"]) == ([], [], 0)
    assert [each.id for each in dossiers.files_of(two.ours, own)] == ["TN-HS-00001"]


WRONG: dict[str, tuple[Callable[[DossierFile], DossierFile], bytes | None]] = {
    "did not come along": (lambda each: each, None),
    "is not what its digest says": (lambda each: each, PDF),
    "no kind that a dossier keeps": (
        lambda each: msgspec.structs.replace(each, file=each.file.replace(".pdf", ".png")), PDF + b"a.pdf"),
    "is not named": (lambda each: msgspec.structs.replace(each, title="../a.pdf"), PDF + b"a.pdf"),
    "it is not named": (lambda each: msgspec.structs.replace(each, file="../../etc/passwd"), PDF + b"a.pdf"),
    "neither in the book": (lambda each: msgspec.structs.replace(each, about="SC-DK-99999"), PDF + b"a.pdf"),
}  # fmt: skip


@pytest.mark.parametrize("says", WRONG)
def test_a_file_that_is_not_what_it_says_is_refused_alone(two: Two, says: str) -> None:
    own = registration(two.theirs, person(two.theirs, "Lê Thị Bình").id)
    held = attach(two.theirs, two.folder, own, "a.pdf")[0]
    record, content = WRONG[says][0](held), WRONG[says][1]
    parts = {
        f"records/{KINDS[type(each)].table}.jsonl": encoded(each) + b"\n"
        for each in (*two.theirs.book.table(Person), *two.theirs.book.table(TitleRegistration), record)
    }
    if content is not None:
        parts[f"files/{record.file if '/' not in record.file else held.file}"] = content
    plan, _ = taken(two.ours, handmade(two, parts))
    assert [each.record for each in plan.refused] == [held.id]
    assert says in str(plan.refused[0].reason)
    assert len(two.ours.book.table(TitleRegistration)) == 1
    assert not list(two.ours.book.files.folder.glob("*-HS-*"))


def test_a_dossier_has_no_more_files_than_it_may(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    own = registration(two.theirs, person(two.theirs, "Lê Thị Bình").id)
    attach(two.theirs, two.folder, own, *(f"{each}.pdf" for each in range(4)))
    monkeypatch.setattr(dossiers, "MOST", 3)
    plan, _ = taken(two.ours, sent(two, "roster,registrations"))
    assert len(dossiers.files_of(two.ours, own)) == 3
    assert [str(each.reason) for each in plan.refused] == ["A dossier has at most 3 files"]


@pytest.mark.parametrize("limit", ["LARGEST_UNPACKED", "MOST_PARTS"])
def test_more_than_a_package_holds_is_refused_when_it_is_made(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"records.services.exchange.package.{limit}", 2)
    with pytest.raises(RefusedError, match="more than a package holds"):
        archived((f"files/{each}", b"x") for each in range(3))


def test_what_no_office_would_open_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.services.exchange.package.MOST_PARTS", 5)
    noise = b"".join(sha256(bytes((each // 256, each % 256))).digest() for each in range(1200))
    document = b"PK\x01\x02".join(noise[at : at + 3200] for at in range(0, len(noise), 3200))
    with pytest.raises(RefusedError, match="more than a package holds"):
        archived([("files/a.docx", document)])  # its own directory, in what cannot be pressed together
