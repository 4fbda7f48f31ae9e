"""People and units from the command line, as a script would do it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.tui.cli.conftest import Run


def add(run: Run, book: Path, *words: str) -> str:
    code, found = run("--book", book, "roster", "add", *words)
    assert code == 0, found
    return str(found["id"])


def test_a_person_through_years_of_service(run: Run, book: Path) -> None:
    person = add(
        run, book, "name=Nguyễn Văn Mẫu", "born=1980", "sex=male", "unit=Phường Túc Duyên", "national_id=019180000001",
        "--role", "communicator", "--level", "grassroots", "--since", "2020-08-15", "--until", "2025-08-14",
    )  # fmt: skip
    code, found = run("--book", book, "roster", "show", person, "--on", "2025-06-15")
    assert (code, found["unit"]) == (0, "Phường Túc Duyên")
    assert list(found["hints"]) == ["national_id"]
    assert [each["kind"] for each in found["life"]] == ["born", "appointed"]
    (post,) = found["appointments"]
    code, found = run("--book", book, "roster", "coming", "--on", "2025-06-15", "--days", "90")
    assert [(each["appointment"], each["day"]) for each in found["coming"]] == [(post["id"], "2025-08-14")]
    assert run("--book", book, "roster", "renew", post["id"], "--since", "2025-08-15")[0] == 1
    code, found = run(
        "--book", book, "roster", "transfer", person, "--unit", "Phường Phan Đình Phùng", "--day", "2025-07-01"
    )
    assert code == 0
    code, found = run("--book", book, "roster", "renew", post["id"], "--since", "2025-08-15", "--number", "3-QĐ/ĐU")
    assert (code, found["until"]) == (0, "2030-08-14")
    assert (
        run("--book", book, "roster", "end", found["appointment"], "--day", "2026-01-01", "--reason", "bored")[0] == 2
    )
    assert run("--book", book, "roster", "leave", person, "--day", "2026-01-01", "--reason", "retired")[0] == 0
    assert run("--book", book, "roster", "set", person, "phone=0900000001")[0] == 0
    assert run("--book", book, "roster", "set", person, "shoe=42")[0] == 2
    code, found = run("--book", book, "roster", "show", person, "--on", "2026-02-01")
    assert [each["kind"] for each in found["life"]][-3:] == ["ended", "ended", "left"] or found["life"][-1][
        "kind"
    ] == "left"


def test_a_district_level_of_later_is_refused(run: Run, book: Path) -> None:
    person = add(run, book, "name=Nguyễn Văn Mẫu")
    words = ("--book", book, "roster", "appoint", person, "--role", "reporter", "--level", "district", "--since")
    code, found = run(*words, "2025-07-01")
    assert (code, "30/06/2025" in found["error"]["what"]) == (1, True)
    assert run(*words, "2025-06-30")[0] == 0
    assert run(*words, "2025-06-30")[0] == 1


def test_the_plan_is_shown_decided_and_carried_out(run: Run, book: Path, tmp_path: Path) -> None:
    one = add(run, book, "name=Nguyễn Văn Mẫu", "unit=TN-U-00001")
    two = add(run, book, "name=Lê Thị Mẫu", "unit=TN-U-00011")
    code, found = run("--book", book, "unit", "plan")
    assert found["plans"] == [{"key": "2025-07-01", "units": 32}]
    code, found = run("--book", book, "unit", "plan", "2025-07-01", "--dry-run")
    assert (code, found["written"]) == (1, False)
    assert [each["subject"] for each in found["moved"]] == [one]
    assert [each["subject"] for each in found["undecided"]] == [two]
    assert run("--book", book, "unit", "plan", "2025-07-01")[0] == 1
    choices = tmp_path / "choices.yaml"
    choices.write_text(f"Phường Gia Sàng:\n  {two}: Phường Gia Sàng\n", encoding="utf-8")
    code, found = run("--book", book, "unit", "plan", "2025-07-01", "--decisions", choices)
    assert (code, found["undecided"]) == (0, [])
    code, found = run("--book", book, "unit", "show", "Phường Gia Sàng", "--on", "2025-07-02")
    assert (found["code"], found["people"]) == ("05467", [two])
    assert run("--book", book, "unit", "plan", "2025-07-01")[0] == 1
    assert run("--book", book, "unit", "plan", "1999-01-01")[0] == 2


def test_units_are_named_merged_divided_and_dissolved(run: Run, book: Path) -> None:
    since = ("--since", "2027-01-01")
    code, found = run("--book", book, "unit", "rename", "TN-U-00038", "Phường Linh Sơn Mới", *since)
    assert (code, found["name"]) == (0, "Phường Linh Sơn Mới")
    merge = ("--book", book, "unit", "merge", "TN-U-00036", "TN-U-00037", "--into", "Phường Mẫu")
    code, found = run(*merge, "--since", "2028-01-01", "--dry-run")
    assert (code, found["written"]) == (0, False)
    assert run(*merge, "--since", "2028-01-01")[0] == 0
    split = ("--book", book, "unit", "split", "Phường Mẫu", "--into", "Phường Mẫu Một", "--into", "Phường Mẫu Hai")
    assert run(*split, "--since", "2029-01-01")[0] == 0
    assert run("--book", book, "unit", "dissolve", "Phường Mẫu Hai", "--since", "2030-01-01")[0] == 0
    code, found = run("--book", book, "unit", "list", "--on", "2030-02-01")
    names = [each["name"] for each in found["units"]]
    assert "Phường Mẫu Một" in names
    assert "Phường Linh Sơn Mới" in names
    assert not {"Phường Mẫu", "Phường Mẫu Hai", "Phường Quan Triều"} & set(names)
    code, found = run("--book", book, "unit", "list", "--on", "2026-02-01")
    assert len(found["units"]) == 8


def test_a_photo_is_kept_in_the_book(run: Run, book: Path, tmp_path: Path) -> None:
    person = add(run, book, "name=Nguyễn Văn Mẫu")
    picture, text = tmp_path / "a.png", tmp_path / "b.png"
    Image.new("RGB", (300, 400), (120, 90, 60)).save(picture)
    text.write_text("no picture", encoding="utf-8")
    assert run("--book", book, "roster", "photo", person, text)[0] == 2
    assert run("--book", book, "roster", "photo", person, tmp_path / "none.png")[0] == 2
    code, found = run("--book", book, "roster", "photo", person, picture)
    assert code == 0
    assert (book / "files" / found["photo"]).read_bytes() == picture.read_bytes()


def test_a_verification_becomes_a_measure(run: Run, book: Path) -> None:
    assert run("--book", book, "roster", "add", "name=Nguyễn Văn Mẫu")[0] == 0
    words = ("--book", book, "roster", "discipline", "TN-P-00001", "--opened", "1/3/2025")
    code, opened = run(*words)
    assert (code, opened["state"], opened["lapses"]) == (0, "pending", None)
    measure = ("--matter", opened["id"], "--measure", "reprimand", "--decided", "15/4/2025", "--number", "3-QĐ/UBKT")
    assert run(*words, *measure)[1]["lapses"] == "2026-04-15"
    assert run(*words, "--measure", "warning")[0] == 2
    assert run("--book", book, "roster", "discipline", "TN-P-00099")[0] == 2


def test_people_are_listed_by_any_field(run: Run, book: Path) -> None:
    post = ("--role", "reporter", "--level", "district", "--number", "1-QĐ/TU", "--since", "2024-01-01")
    add(run, book, "name=Nguyễn Văn Đức", "born=1970", "phone=0912000000", "unit=Phường Túc Duyên", *post)
    studied = ("education=master", "field_of_study=Luật", "language=Anh B1; Pháp A2", "informatics=Cơ bản")
    add(run, book, "name=Lê Thị An", "born=05/02/1982", "unit=Phường Túc Duyên", *studied)

    def names(*where: str) -> list[str]:
        options = [word for each in where for word in ("--where", each)]
        code, found = run("--book", book, "roster", "list", "--on", "2025-06-15", *options)
        assert code == 0, found
        return [each["name"] for each in found["people"]]

    assert names() == ["Lê Thị An", "Nguyễn Văn Đức"]
    assert names("born<1975") == ["Nguyễn Văn Đức"]
    assert names("phone=") == ["Lê Thị An"]
    assert names("name~thi an", "unit~tuc") == ["Lê Thị An"]
    assert names("role=reporter", "since>2023", "number~qd") == ["Nguyễn Văn Đức"]
    assert names("role=reporter", "since>2024") == []
    for where in ("education=master", "education=thạc sĩ", "education>đại học", "field_of_study~luat",
                  "language=Pháp A2", "informatics!="):  # fmt: skip
        assert names(where) == ["Lê Thị An"], where
    assert names("education=", "language=") == ["Nguyễn Văn Đức"]
    code, found = run("--book", book, "roster", "list", "--where", "shoe=42")
    assert code == 2
    assert "shoe" in found["error"]["what"]
    assert "national_id" in found["error"]["do"]
    assert "appointment.unit" in found["error"]["do"]
    assert "field_of_study" in found["error"]["do"]
