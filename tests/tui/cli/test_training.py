"""`training` as a person types it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.styles import Font

from tests.records.intake.building import save
from tests.tui.cli.conftest import Run


def test_a_series_is_entered_people_are_called_marked_and_counted(run: Run, book: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\nTrần Văn Mẫu,1975\n", "utf-8")
    assert run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")[0] == 0
    words = ["training", "add", "--title", "Hội nghị tháng {month}/{year}", "--day", "10/1/2026", "--times", "3"]
    code, made = run("--book", book, *words)
    assert code == 0
    assert [each["title"] for each in made["events"]][2] == "Hội nghị tháng 3/2026"
    event = made["events"][0]["id"]
    assert run("--book", book, "training", "call", event, "--role", "all")[1]["called"] == 2
    code, marked = run("--book", book, "training", "mark", event, "TN-P-00001=x", "TN-P-00002=v")
    assert (code, marked["marked"]) == (0, 2)
    listed = run("--book", book, "training", "list", "--to", "31/1/2026")[1]["events"]
    assert [(each["id"], each["percent"]) for each in listed] == [(event, "50.0")]
    groups = run("--book", book, "training", "figures", "--by", "role", "--on", "1/2/2026")[1]["groups"]
    assert [(each["group"], each["came"], each["recorded"]) for each in groups] == [("reporter", 1, 2)]
    past = run("--book", book, "training", "history", "TN-P-00002", "--on", "1/2/2026")[1]
    assert [each["presence"] for each in past["trainings"]] == ["absent"]


def test_needs_are_listed_and_become_a_class(run: Run, book: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\nTrần Văn Mẫu,1975\n", "utf-8")
    run("--book", book, "roster", "import", people, "--role", "collaborator", "--level", "grassroots")
    code, found = run("--book", book, "training", "needs", "--on", "1/6/2026", "--by", "31/12/2026")
    assert code == 1
    assert [(each["name"], each["lacking"], each["called"]) for each in found["needs"]] == [
        ("Trần Văn Mẫu", True, None),
        ("Nguyễn Thị Thử", True, None),
    ]
    words = ["training", "needs", "--on", "1/6/2026", "--class", "Lớp bồi dưỡng", "--day", "1/9/2026"]
    code, made = run("--book", book, *words)
    assert (code, made["called"]) == (0, 2)
    code, left = run("--book", book, "training", "needs", "--on", "1/6/2026", "--uncalled")
    assert (code, left["needs"]) == (0, [])


def test_a_result_is_recorded_shown_and_its_certificate_given_anew(run: Run, book: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\n", "utf-8")
    run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")
    run("--book", book, "training", "add", "--kind", "course", "--title", "Lớp", "--day", "1/2/2026")
    event, person = "TN-E-00001", "TN-P-00001"
    assert run("--book", book, "training", "result", event, person, "--result", "completed")[0] == 2
    run("--book", book, "training", "mark", event, f"{person}=x")
    given = ("--result", "completed", "--score", "8,5", "--certificate", "7/GCN", "--issuer", "Trung tâm Mẫu")
    code, made = run("--book", book, "training", "result", event, person, *given)
    assert (code, made["result"], made["score"]) == (0, "completed", "8.5")
    anew = ("--certificate", "9/GCN", "--issued", "3/2/2026", "--reissue", "bị mất")
    assert run("--book", book, "training", "result", event, person, *anew)[0] == 0
    (shown,) = run("--book", book, "training", "result", event)[1]["results"]
    assert (shown["certificate"], shown["certificate_issuer"]) == ("9/GCN", "Trung tâm Mẫu")
    assert [(each["number"], each["why"]) for each in shown["earlier"]] == [("7/GCN", "bị mất")]
    assert run("--book", book, "training", "result", event, person, *anew, "--score", "9")[0] == 2


def test_an_attendance_list_is_shown_then_entered_and_doubt_is_settled_by_row(
    run: Run, book: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\nTrần Văn Mẫu,1975\nTrần Văn Mẫu,1985\n", "utf-8")
    run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")
    run("--book", book, "training", "add", "--title", "Hội nghị", "--day", "1/2/2026")
    listed = tmp_path / "list.csv"
    listed.write_text("Họ và tên,Điểm danh\nNguyễn Thị Thử,p\nTrần Văn Mẫu,x\nAi Đó,x\n", "utf-8")
    words = ("--book", book, "training", "import", "TN-E-00001", listed)
    code, seen = run(*words, "--dry-run")
    assert (code, seen["entered"], [each["fate"] for each in seen["rows"]]) == (1, 0, ["unsure", "unsure", "refused"])
    assert run("--book", book, "training", "list")[1]["events"][0]["recorded"] == 0
    code, seen = run(*words, "--as", "2=TN-P-00001", "3=TN-P-00003")
    assert (code, seen["entered"]) == (1, 2)
    past = run("--book", book, "training", "history", "TN-P-00003", "--on", "1/3/2026")[1]
    assert [each["presence"] for each in past["trainings"]] == ["present"]
    assert run(*words, "--as", "x")[0] == 2
    assert run("--book", book, "training", "import", "TN-E-00001", tmp_path / "none.xlsx")[0] == 2


_NAMES = "An Bình Cường Dung Em Giang Hà Ích"
_SIGNED = ("An", "B", None, "vắng", "v", "p", "Hà (đã ký)", "x")


def _called(run: Run, book: Path, tmp_path: Path) -> list[str]:
    """Eight people of the book, and a conference TN-E-00001."""
    names = [f"Mẫu {'Thị' if number % 2 else 'Văn'} {each}" for number, each in enumerate(_NAMES.split())]
    people = save(tmp_path / "people.xlsx", [("Họ và tên", "Ngày sinh"), *((each, 1980) for each in names)])
    run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")
    run("--book", book, "training", "add", "--title", "Hội nghị", "--day", "1/2/2026", "--call", "reporter")
    return names


def test_a_list_that_people_signed_takes_nobody_as_come_who_did_not_sign(run: Run, book: Path, tmp_path: Path) -> None:
    names = _called(run, book, tmp_path)
    head = ("TT", "Họ và tên", "Đơn vị", "Ký tên")
    rows = [(number, name, "", said) for number, (name, said) in enumerate(zip(names, _SIGNED, strict=True), 1)]
    words = ("--book", book, "training", "import", "TN-E-00001", save(tmp_path / "signed.xlsx", [head, *rows]))
    code, seen = run(*words, "--dry-run")
    said = ["present", "present", "unknown", "absent", "absent", "excused", "present", "present"]
    assert (code, [each["presence"] for each in seen["rows"]]) == (1, said)
    assert (seen["refused"], seen["asks"]) == ([], None)
    assert [each["row"] for each in seen["rows"] if each["person"]] == [2, 3, 4, 5, 6, 7, 8, 9]
    code, seen = run(*words, "--mark", "4=v")
    assert (code, seen["entered"], seen["rows"][2]["presence"]) == (0, 8, "absent")
    assert run(*words, "--mark", "4=called")[0] == 2
    assert run(*words, "--mark", "x")[0] == 2


def test_a_list_that_says_nothing_of_who_came_is_refused_until_somebody_says_so(
    run: Run, book: Path, tmp_path: Path
) -> None:
    names = _called(run, book, tmp_path)
    rows = [(number, name, "vắng" if number == 3 else None, "?") for number, name in enumerate(names, 1)]
    head = ("TT", "Họ và tên", "Ghi chú", "Mã phiếu")
    words = ("--book", book, "training", "import", "TN-E-00001", save(tmp_path / "plain.xlsx", [head, *rows]))
    code, seen = run(*words, "--dry-run")
    assert (code, seen["asks"], seen["counts"]) == (1, "all_present", {"silent": 7, "enter": 1})
    assert {each["presence"] for each in seen["rows"] if each["row"] != 4} == {"unknown"}
    code, refused = run(*words)
    assert code == 2
    assert "--all-present" in refused["error"]["do"]
    assert run("--book", book, "training", "list")[1]["events"][0]["recorded"] == 0
    code, seen = run(*words, "--all-present", "--dry-run")
    assert (code, [each["presence"] for each in seen["rows"]].count("present")) == (0, 7)
    for wrong in ("name: B\nsigned: Z\n", "name: B\nsigned: 4D\n", "name: B\nphone: D\n", "name: Z\n"):
        (tmp_path / "map.yaml").write_text(wrong, "utf-8")
        code, refused = run(*words, "--columns", tmp_path / "map.yaml", "--dry-run")
        assert code == 2
        assert refused["error"]["do"].startswith("use")
    (tmp_path / "map.yaml").write_text("number: A\nname: B\nsigned: D\n", "utf-8")
    code, seen = run(*words, "--columns", tmp_path / "map.yaml", "--dry-run")
    assert (code, seen["asks"], len(seen["refused"])) == (1, None, 8)
    assert seen["refused"][0] == {
        "row": 2, "name": "Mẫu Văn An", "column": "Mã phiếu (D)", "cell": "D2", "value": "?",
        "problem": "“?” is neither a signature of this person nor a mark; write x, m, p or v",
    }  # fmt: skip


def test_a_row_that_cannot_be_read_bears_its_name_and_the_place_of_the_cell(
    run: Run, book: Path, tmp_path: Path
) -> None:
    _called(run, book, tmp_path)
    rows = [("TT", "Họ và tên", "Ngày sinh", "Điểm danh"), (1, "Mẫu Văn An", "31/02/1980", "x")]
    code, seen = run("--book", book, "training", "import", "TN-E-00001", save(tmp_path / "bad.xlsx", rows), "--dry-run")
    assert (code, seen["rows"][0]["name"]) == (1, "Mẫu Văn An")
    (fault,) = seen["refused"]
    assert (fault["name"], fault["column"], fault["value"]) == ("Mẫu Văn An", "Ngày sinh (C)", "31/02/1980")


def test_duties_are_entered_by_month_and_added_up(run: Run, book: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\nTrần Văn Mẫu,1975\n", "utf-8")
    run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")
    words = ("--book", book, "training", "duties")
    for month, talks in (("1/2026", "2"), ("2/2026", "3")):
        given = ("--talks", talks, "--listeners", "100", "--due", "1", "--on-time", "1")
        assert run(*words, "set", "TN-P-00001", month, *given)[0] == 0
    code, found = run(*words, "list", "--from", "1/2026", "--to", "3/2026", "--on", "1/4/2026")
    assert code == 0
    assert [(each["id"], each["talks"], each["listeners"]) for each in found["people"]] == [("TN-P-00001", 5, 200)]
    assert (found["whole"]["talks"], found["whole"]["on_time_percent"]) == (5, "100.0")
    assert run(*words, "set", "TN-P-00001", "1/2026", "--on-time", "2")[0] == 2
    assert run(*words, "set", "TN-P-00001", "1/2026")[0] == 2
    assert run(*words, "list", "--from", "3/2026", "--to", "1/2026")[0] == 2


def test_papers_of_training_are_written_and_logged(run: Run, book: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\n", "utf-8")
    run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")
    run("--book", book, "training", "add", "--title", "Hội nghị", "--day", "10/1/2026")
    run("--book", book, "training", "mark", "TN-E-00001", "TN-P-00001=x")
    figures, past = tmp_path / "figures.xlsx", tmp_path / "past.pdf"
    code, found = run("--book", book, "training", "figures", "--by", "quarter", "--out", figures)
    assert (code, [each["title"] for each in found["groups"]]) == (0, ["quarter 1/2026"])
    assert figures.read_bytes().startswith(b"PK")
    code, found = run("--book", book, "training", "history", "TN-P-00001", "--on", "1/2/2026", "--pdf", past)
    assert (code, found["gaps"]) == (0, ["no course attended in 2026", "Reporter: Trained in the work is lacking now"])
    assert past.read_bytes().startswith(b"%PDF")
    assert run("--book", book, "training", "history", "TN-P-00001", "--pdf", past)[0] == 2
    assert run("--book", book, "training", "figures", "--out", tmp_path / "a.doc")[0] == 2
    assert len(run("--book", book, "roster", "exports")[1]["exports"]) == 2


def test_the_calendar_tells_months_and_what_is_to_be_recorded(run: Run, book: Path) -> None:
    run("--book", book, "training", "add", "--title", "Hội nghị {month}", "--day", "10/1/2026", "--times", "3")
    words = ("--book", book, "training", "calendar", "--on", "15/1/2026")
    assert [each["state"] for each in run(*words)[1]["events"]] == ["recorded", "coming", "coming"]
    code, found = run(*words, "--month", "2/2026", "--months", "1")
    assert (code, [each["title"] for each in found["events"]]) == (0, ["Hội nghị 2"])
    assert run(*words, "--months", "0")[0] == 2
    assert run(*words, "--month", "2026")[0] == 2


def test_people_are_called_as_an_event_is_entered(run: Run, book: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\n", "utf-8")
    run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")
    words = ("--book", book, "training", "add", "--title", "Lớp", "--day", "1/2/2026", "--last-day", "3/2/2026")
    more = ("--times", "2", "--call", "reporter", "--level", "commune", "--online-places", "5")
    made = run(*words, *more)[1]["events"]
    assert [each["last_day"] for each in made] == ["2026-02-03", "2026-03-03"]
    assert run("--book", book, "training", "call", "TN-E-00001", "--role", "all")[1]["called"] == 0
    run(*words, "--call", "collaborator")
    assert run("--book", book, "training", "call", "TN-E-00003", "--role", "all")[1]["called"] == 1
    assert run(*words, "--call", "nobody")[0] == 2
    assert run(*words, "--level", "moon")[0] == 2


def test_wrong_words_are_refused_in_one_sentence(run: Run, book: Path) -> None:
    for words in (
        ("training", "call", "TN-E-00001"),
        ("training", "call", "TN-E-00001", "--people", "TN-P-00001"),
        ("training", "mark", "TN-E-00001", "TN-P-00001=q"),
        ("training", "add", "--title", "A", "--day", "31/2/2026"),
        ("training", "needs", "--on", "1/6/2026", "--by", "1/5/2026"),
        ("training", "needs", "--class", "A"),
        ("training", "result", "TN-E-00001", "--score", "8"),
        ("training", "add", "--title", "A", "--day", "1/2/2026", "--hours", "x"),
    ):
        code, answer = run("--book", book, *words)
        assert code == 2
        assert answer["error"]["what"]


def test_hidden_and_struck_people_of_a_list_are_left_out_unless_taken(run: Run, book: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\nTrần Văn Mẫu,1975\nLò Văn Cô,1970\n", "utf-8")
    run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")
    run("--book", book, "training", "add", "--title", "Lớp", "--day", "10/1/2026")
    rows = [("Họ và tên", "Điểm danh"), ("Nguyễn Thị Thử", "x"), ("Trần Văn Mẫu", "x"), ("Lò Văn Cô", "x")]
    path = save(tmp_path / "list.xlsx", rows)
    workbook = openpyxl.load_workbook(path)
    workbook["Danh sách"].row_dimensions[3].hidden = True
    workbook["Danh sách"]["A4"].font = Font(strike=True)
    workbook.save(path)
    command = ("--book", book, "training", "import", "TN-E-00001", path, "--dry-run")
    told = run(*command)[1]
    assert [each["row"] for each in told["rows"]] == [2]
    assert sum("left out: rows" in each for each in told["notices"]) == 2
    assert [each["row"] for each in run(*command, "--hidden", "take")[1]["rows"]] == [2, 3, 4]
