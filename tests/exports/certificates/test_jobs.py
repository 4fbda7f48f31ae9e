"""A printing job: what is chosen, with which template, decided once for command and screen."""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from config.errors import InputError, RefusedError
from exports.certificates import jobs, template
from records.domain.awards.awards import Award
from records.domain.people.person import Person
from records.services.awards import decisions
from records.services.awards.decisions import Proposal
from records.services.office import Office
from records.store.journal.durable import disk
from tests.tui.offices import DAY, small_office
from tui.present import verification


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each template's file was read."""
    counted: Counter[str] = Counter()
    real = template.read_template

    def counting(path: Path, name: str = "") -> Any:
        counted[path.stem] += 1
        return real(path, name)

    monkeypatch.setattr(template, "read_template", counting)
    return counted


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A small office that commended two people."""
    with small_office(tmp_path) as made:
        proposal = Proposal(
            number="12-QĐ/BTG",
            day=DAY,
            prize="party-merit-year",
            people=[each.id for each in made.book.table(Person)][:2],
            citation="Đã có thành tích xuất sắc",
            achieved_from=date(2025, 1, 1),
            achieved_to=date(2025, 5, 31),
        )
        decisions.decide(made, proposal)
        yield made


def _awards(office: Office) -> list[Award]:
    return office.book.table(Award).all()


def test_a_job_reads_each_template_once_and_takes_the_one_that_fits(office: Office, reads: Counter[str]) -> None:
    job = jobs.award_job(office, _awards(office))
    assert job.template.id == "party-merit"
    assert [each.id for each in job.certificates] == [each.id for each in job.records]
    assert max(reads.values()) == 1
    with pytest.raises(RefusedError, match="not for a decision of this form"):
        jobs.award_job(office, _awards(office), "reporter-card")
    with pytest.raises(InputError, match="no certificate template"):
        jobs.award_job(office, _awards(office), "no-such-template")


@pytest.mark.parametrize("sealed", [True, False])
def test_a_job_without_some_is_made_as_the_whole_was(office: Office, *, sealed: bool) -> None:
    whole = jobs.award_job(office, _awards(office), sealed=sealed)
    rest = whole.without({whole.records[0].id})
    assert [each.id for each in rest.records] == [whole.records[1].id]
    assert [bool(each.fields["code"]) for each in rest.certificates] == [sealed]


def test_a_file_of_many_pages_is_verified_with_its_template_read_once(
    office: Office, tmp_path: Path, reads: Counter[str]
) -> None:
    made = _awards(office)
    assert len(made) == 2
    job, noted = jobs.award_job(office, made), list[str]()
    report = jobs.print_job(office, job, jobs.Way(tmp_path / "o.pdf"), note=noted.extend)
    assert noted == [report.sha256]
    reads.clear()
    answer = verification.verify(verification.Ground(DAY, office), str(report.path))
    assert [each.verdict.state for each in answer.found] == ["genuine"] * len(made)
    assert max(reads.values()) == 1


@pytest.mark.parametrize("way", ["one file", "a file each"])
def test_what_fails_after_the_line_says_that_the_book_has_it_as_printed(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """As where a stick is pulled out between the line and the names."""
    job, noted, out = jobs.award_job(office, _awards(office)), list[str](), tmp_path / "stick"
    out.mkdir()

    def pulled(_source: Path, _target: Path) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    def print_there() -> InputError:
        place = jobs.Way(out, separate=True) if way == "a file each" else jobs.Way(out / "o.pdf")
        with pytest.raises(InputError) as told:
            jobs.print_job(office, job, place, note=noted.extend)
        return told.value

    monkeypatch.setattr(disk, "rename", pulled)
    assert "print them again as spoilt" in str(print_there().do)
    assert len(noted) == (len(job.certificates) if way == "a file each" else 1)
    assert list(out.iterdir()) == []


def test_several_faults_are_told_one_by_one_and_nothing_is_noted(office: Office, tmp_path: Path) -> None:
    job, noted = jobs.award_job(office, _awards(office)), list[str]()
    for each in job.certificates:
        cast("dict[str, str]", each.fields)["name"] = "Tên " * 200
    with pytest.raises(jobs.FaultyCertificatesError, match="at fault") as refused:
        jobs.print_job(office, job, jobs.Way(tmp_path / "o.pdf"), note=noted.extend)
    assert len(refused.value.problems) == len(job.certificates)
    assert noted == []
    assert not (tmp_path / "o.pdf").exists()
