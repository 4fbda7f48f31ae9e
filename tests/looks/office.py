"""The demo office with what its papers need: a council, decisions before and after 27/5/2026, a review, an event."""

from __future__ import annotations

from pathlib import Path

import main
from records.demo.fill import fill
from records.domain.training import Event
from records.services.office import Office, furnish
from records.store.book import Book
from tui.present.books import settings_of, take_example

PERIOD = ("--from", "1/1/2025", "--to", "31/12/2025")
SIGNER = ("--signer-title", "TRƯỞNG BAN", "--signer-name", "Người Ký Mẫu")
STANDING = ("--signer-mode", "T/M", "--signer-body", "BAN THƯỜNG VỤ", "--signer-title", "PHÓ BÍ THƯ")
LONG = (
    "Chi bộ Trường Trung học phổ thông chuyên Vùng cao Việt Bắc thuộc Đảng ủy các cơ quan Đảng tỉnh và Khối doanh "
    "nghiệp"
)

PAPERS: dict[str, tuple[str, ...]] = {
    "to-trinh": ("award", "paper", "proposal", *SIGNER),
    "bien-ban": ("award", "paper", "minutes"),
    "phieu": ("award", "paper", "votes"),
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
}
"""Name of the file -> words of the command."""


def make_book(path: Path) -> str:
    """A book of the demo office at `path`; gives the id of the event whose papers are made."""
    settings = settings_of(None)
    with Book.create(path, office=settings.office.code, actor="demo", lasting=False) as book:
        take_example(book)
        office = Office(book, settings)
        furnish(office)
        fill(office)
    run(path, "award", "appraise", "--verdict", "agreed", "--day", "12/6/2025")
    run(path, "award", "council", "--members", "9", "--present", "8", "--all", "8", "--number", "2-BB/HĐ", "--day",
        "13/6/2025", "--chair", "Chủ Trì Mẫu", "--secretary", "Thư Ký Mẫu", "--place", "Hội trường Ban")  # fmt: skip
    for number, day, people in (
        ("31-QĐ/ĐU", "26/5/2026", "TN-P-00010"),
        ("05-QĐ/ĐU", "01/6/2026", "TN-P-00011,TN-P-00012"),
    ):
        run(path, "award", "decide", "--number", number, "--day", day, "--prize", "party-merit-year",
            "--people", people, "--citation", f"Đã hoàn thành xuất sắc nhiệm vụ năm 2025, theo {number}", *PERIOD,
            *STANDING, "--signer-name", "Người Ký Mẫu")  # fmt: skip
    run(path, "award", "decide", "--number", "15/QĐ-UBND", "--day", "20/7/2025", "--prize", "state-merit", "--people",
        "TN-P-00020,TN-P-00021,TN-P-00022", "--citation", "Đã có thành tích xuất sắc trong tuyên truyền", *PERIOD[:2],
        "--to", "30/6/2025", "--issuer", "Chủ tịch Ủy ban nhân dân phường Phan Đình Phùng",
        "--signer-title", "CHỦ TỊCH", "--signer-name", "Người Ký Mẫu")  # fmt: skip
    run(path, "review", "open", "Rà soát báo cáo viên năm 2025", "--role", "reporter", "--on", "15/6/2025")
    run(path, "review", "set", "last", "--rest")
    run(path, "review", "sign", "last", "--number", "40-QĐ/TU", "--day", "20/6/2025", "--until", "20/6/2030",
        "--signer-title", "PHÓ BÍ THƯ", "--signer", "Người Ký Mẫu")  # fmt: skip
    run(path, "training", "add", "--title", "Hội nghị báo cáo viên quý III năm 2025", "--day", "15/7/2025", "--place",
        "Hội trường Ban", "--topic", "Tuyên truyền đại hội Đảng các cấp", "--call", "reporter",
        "--times", "1")  # fmt: skip
    course = _found(path, "nghiệp vụ công tác tuyên giáo năm 2025")
    run(path, "training", "certificates", course, "--on", "30/4/2025", "--signer-title", "GIÁM ĐỐC", "--signer-name",
        "Người Ký Mẫu", "--out", str(path.parent / "giay-chung-nhan.pdf"), "--overwrite")  # fmt: skip
    return event_of(path)


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
