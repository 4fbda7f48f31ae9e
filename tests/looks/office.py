"""The demo office with what its papers need: a council, decisions before and after 27/5/2026, a review, an event."""

from __future__ import annotations

import shutil
from pathlib import Path

import main
from config.settings.loading import SHIPPED
from records.demo.fill import fill
from records.domain.training import Event
from records.services.office import Office, furnish
from records.store.book import Book
from tui.present.books import settings_of, take_example

PERIOD = ("--from", "1/1/2025", "--to", "31/12/2025")
SIGNER = ("--signer-title", "TRƯỞNG BAN", "--signer-name", "Người Ký Mẫu")
STANDING = ("--signer-mode", "T/M", "--signer-body", "BAN THƯỜNG VỤ", "--signer-title", "PHÓ BÍ THƯ")
CHAIR = ("--signer-mode", "KT.", "--signer-body", "CHỦ TỊCH", "--signer-title", "PHÓ CHỦ TỊCH", "--signer-name",
         "Người Ký Mẫu")  # fmt: skip
STATE = ("--field", "form=state")
LONG = (
    "Chi bộ Trường Trung học phổ thông chuyên Vùng cao Việt Bắc thuộc Đảng ủy các cơ quan Đảng tỉnh và Khối doanh "
    "nghiệp"
)

PAPERS: dict[str, tuple[str, ...]] = {
    "to-trinh": ("award", "paper", "proposal", "--list", "Khen thưởng 6 tháng đầu năm 2025", *SIGNER),
    "bien-ban": ("award", "paper", "minutes", "--list", "Khen thưởng 6 tháng đầu năm 2025"),
    "phieu": ("award", "paper", "votes", "--list", "Khen thưởng 6 tháng đầu năm 2025"),
    "quyet-dinh-dai": ("award", "paper", "decision", "--decision", "7-QĐ/BTG"),
    "quyet-dinh-2026-05": ("award", "paper", "decision", "--decision", "31-QĐ/ĐU"),
    "quyet-dinh-2026-06": ("award", "paper", "decision", "--decision", "05-QĐ/ĐU"),
    "quyet-dinh-nha-nuoc": ("award", "paper", "decision", "--decision", "15/QĐ-UBND"),
    "thong-bao": ("award", "paper", "notice", "--decision", "7-QĐ/BTG", "--day", "20/1/2025", *SIGNER),
    "tien": ("award", "paper", "money", "--decision", "7-QĐ/BTG"),
    "so-vang": ("award", "paper", "register", "--year", "2025"),
    "tong-hop": ("award", "paper", "summary", "--year", "2025", "--day", "31/12/2025", *SIGNER),
    "thanh-tich": ("award", "paper", "achievement", "--people", "TN-P-00003", "--day", "15/6/2025"),
    "ly-lich": ("award", "paper", "profile", "--people", "TN-P-00003", "--day", "15/6/2025"),
    "trich-ngang": ("review", "paper", "profiles", *SIGNER),
    "kien-toan": ("review", "paper", "decision", *STANDING, "--signer-name", "Người Ký Mẫu"),
    "ra-soat": ("review", "paper", "list"),
    "ra-soat-tong-hop": ("review", "paper", "summary"),
    "giay-moi": ("training", "paper", "invitation", "EVENT", "--to", "đồng chí Trưởng ban", *SIGNER),
    "trieu-tap": ("training", "paper", "summons", "EVENT", *SIGNER),
    "ky-nhan": ("training", "paper", "signing", "EVENT", "--money", "200000"),
    "so-chung-nhan": ("training", "paper", "register", "--year", "2025"),
    "quyet-dinh-ten-dai": ("award", "paper", "decision", "--decision", "05-QĐ/ĐU", "--issuer", LONG),
    "to-trinh-nha-nuoc": ("award", "paper", "proposal", "--list", "Khen thưởng Nhà nước", "--day", "5/6/2026", *CHAIR),
    "bien-ban-nha-nuoc": ("award", "paper", "minutes", "--list", "Khen thưởng Nhà nước"),
    "thong-bao-nha-nuoc": ("award", "paper", "notice", "--decision", "15/QĐ-UBND", "--day", "21/7/2025", *CHAIR),
    "to-trinh-2026-05": ("award", "paper", "proposal", "--list", "Khen thưởng đợt hai", "--day", "26/5/2026", *SIGNER),
    "to-trinh-2026-06": ("award", "paper", "proposal", "--list", "Khen thưởng đợt hai", "--day", "27/5/2026", *SIGNER),
    "tong-hop-nha-nuoc": ("award", "paper", "summary", "--year", "2025", "--day", "31/12/2025", *STATE, *CHAIR),
    "thanh-tich-nha-nuoc": ("award", "paper", "achievement", "--people", "TN-P-00003", "--day", "15/6/2025", *STATE),
    "ly-lich-nha-nuoc": ("award", "paper", "profile", "--people", "TN-P-00003", "--day", "15/6/2025", *STATE),
    "trich-ngang-nha-nuoc": ("award", "paper", "profiles", "--people", "TN-P-00003,TN-P-00004", *STATE, *CHAIR),
    "giay-moi-2026-05": ("training", "paper", "invitation", "EVENT", "--day", "26/5/2026", *SIGNER),
    "giay-moi-nha-nuoc": ("training", "paper", "invitation", "EVENT", "--day", "27/5/2026", *STATE, *CHAIR),
    "trieu-tap-nha-nuoc": ("training", "paper", "summons", "EVENT", "--day", "27/5/2026", *STATE, *CHAIR),
    "ky-nhan-nha-nuoc": ("training", "paper", "signing", "EVENT", "--day", "27/5/2026", *STATE),
    "xep-hang": ("emulation", "rank", "TN-KT-00001", "--stage", "final"),
    "so-sanh-quy-dinh": ("config", "compare", "COMPARED", "--on", "15/6/2025"),
    "so-sanh-danh-hieu": ("config", "compare", "TITLE", "--on", "15/6/2025"),
}
"""Name of the file -> words of the command; `EVENT`, `COMPARED` and `TITLE` stand for what is made with the book."""


def make_book(path: Path) -> str:
    """A book of the demo office at `path`; gives the id of the event whose papers are made."""
    settings = settings_of(None)
    with Book.create(path, office=settings.office.code, actor="demo", lasting=False) as book:
        take_example(book)
        office = Office(book, settings)
        furnish(office)
        fill(office)
    run(path, "award", "appraise", "--verdict", "agreed", "--day", "12/6/2025")
    run(path, "award", "council", "--members", "9", "--present", "8", "--all", "8", "--number", "02-BB/HĐ", "--day",
        "13/6/2025", "--chair", "Chủ Trì Mẫu", "--secretary", "Thư Ký Mẫu", "--place", "Hội trường Ban")  # fmt: skip
    deed, rested = "Đã hoàn thành xuất sắc nhiệm vụ năm 2025, theo", "Đã có thành tích xuất sắc trong tuyên truyền"
    for number, day, people in (
        ("31-QĐ/ĐU", "26/5/2026", "TN-P-00010"),
        ("05-QĐ/ĐU", "01/6/2026", "TN-P-00011,TN-P-00012"),
    ):
        run(path, "award", "decide", "--number", number, "--day", day, "--prize", "party-merit-year",
            "--people", people, "--citation", f"{deed} {number}", *PERIOD, *STANDING,
            "--signer-name", "Người Ký Mẫu")  # fmt: skip
    run(path, "award", "decide", "--number", "15/QĐ-UBND", "--day", "20/7/2025", "--prize", "state-merit",
        "--people", "TN-P-00020,TN-P-00021,TN-P-00022", "--citation", rested, *PERIOD[:2], "--to", "30/6/2025",
        "--issuer", "Chủ tịch Ủy ban nhân dân phường Phan Đình Phùng", "--signer-title", "CHỦ TỊCH",
        "--signer-name", "Người Ký Mẫu")  # fmt: skip
    for title, form, prize, people in (
        ("Khen thưởng đợt hai", "party", "party-merit-year", "TN-P-00030"),
        ("Khen thưởng Nhà nước", "state", "state-merit", "TN-P-00031,TN-P-00032"),
    ):
        run(path, "award", "open", title, "--form", form, "--day", "2/5/2026")
        run(path, "award", "propose", "--list", title, "--people", people, "--prize", prize, "--citation", rested,
            *PERIOD, "--day", "2/5/2026")  # fmt: skip
        run(path, "award", "appraise", "--list", title, "--verdict", "agreed", "--day", "3/5/2026")
        run(path, "award", "council", "--list", title, "--members", "9", "--present", "8", "--all", "8", "--day",
            "4/6/2026", "--chair", "Chủ Trì Mẫu", "--secretary", "Thư Ký Mẫu", "--place", "Hội trường")  # fmt: skip
    run(path, "review", "open", "Rà soát báo cáo viên năm 2025", "--role", "reporter", "--on", "15/6/2025")
    run(path, "review", "set", "last", "--rest")
    run(path, "review", "sign", "last", "--number", "40-QĐ/TU", "--day", "20/6/2025", "--until", "20/6/2030",
        "--signer-title", "PHÓ BÍ THƯ", "--signer", "Người Ký Mẫu")  # fmt: skip
    run(path, "training", "add", "--title", "Hội nghị báo cáo viên quý III năm 2025", "--day", "15/7/2025",
        "--place", "Hội trường Ban", "--topic", "Tuyên truyền đại hội Đảng các cấp", "--call", "reporter",
        "--times", "1")  # fmt: skip
    course = _found(path, "nghiệp vụ công tác tuyên giáo năm 2025")
    run(path, "training", "certificates", course, "--on", "30/4/2025", "--signer-title", "GIÁM ĐỐC",
        "--signer-name", "Người Ký Mẫu", "--out", str(path.parent / "giay-chung-nhan.pdf"), "--overwrite")  # fmt: skip
    return event_of(path)


def compared(folder: Path) -> dict[str, str]:
    """Files of rules that differ from those shipped: a standard that asks more, a title that asks less."""
    made = {}
    for word, name, was, becomes in (
        ("COMPARED", "standards/collaborator.yaml", "{value: 60,", "{value: 80,"),
        ("TITLE", "awards/titles/party-merit-year.yaml", "at_least: excellent", "at_least: good"),
    ):
        file = folder / name.rpartition("/")[2]
        file.write_text((SHIPPED / name).read_text("utf-8").replace(was, becomes), "utf-8")
        made[word] = str(file)
    return made


def keep_the_year(path: Path, out: Path) -> None:
    """The bound book of a year, and the parcel of a handing over with its paper in two forms."""
    run(path, "book", "bind", "2025", "--out", str(out / "tap-so-cua-nam.pdf"), "--overwrite")
    for form in ("party", "state"):
        parcel = out / f"ban-giao-{form}"
        if parcel.exists():
            shutil.rmtree(parcel)
        run(path, "book", "hand-over", "--to", "Người Nhận Mẫu", "--giver", "Người Giao Mẫu", "--held",
            "Con dấu: tủ số 2", "--form", form, "--out", str(parcel))  # fmt: skip


def event_of(path: Path) -> str:
    """The id of the event whose papers are made."""
    return _found(path, "quý III")


def _found(path: Path, words: str) -> str:
    with Book.open(path, actor="demo", read_only=True) as book:
        return next(each.id for each in book.table(Event) if words in each.title)


def run(path: Path, *words: str) -> None:
    """A command on the book; stops when it is refused."""
    code = main.main(["--lang", "vi", "--book", str(path), *words])
    assert code == 0, words
