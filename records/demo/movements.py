"""The demo office's movements, registrations, initiatives, prize fund, and what came from its wards."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from records.demo.people import DEMO_DAY
from records.domain.awards.awards import Award, Decision
from records.domain.awards.fund import FundEntry
from records.domain.awards.initiatives import Author, Initiative
from records.domain.awards.registrations import RegistrationStep, TitleRegistration
from records.domain.emulation import Movement, Participant
from records.domain.exchange import Neighbour, Package
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.awards.paying import pay
from records.services.office import Office
from records.store.contract import UnitOfWork

_YEAR = DEMO_DAY.year
_BEGUN = date(_YEAR, 1, 10)
_PLEDGE = "Hoàn thành xuất sắc nhiệm vụ, tham gia đủ hội nghị báo cáo viên"
_SENT = RegistrationStep(day=date(_YEAR, 2, 3), to="sent", number="05-CV/BTG")
_STEPS: tuple[tuple[RegistrationStep, ...], ...] = (
    (_SENT, RegistrationStep(day=date(_YEAR, 2, 20), to="approved", by="Hội đồng Thi đua", number="11-TB/HĐ")),
    (_SENT,),
    (_SENT, RegistrationStep(day=date(_YEAR, 2, 20), to="returned", by="Hội đồng Thi đua",
                             reason="Chưa ghi chỉ tiêu phấn đấu")),
    (),
)  # fmt: skip
_INITIATIVES = (
    Initiative(id="", title="Sổ tay điện tử cho báo cáo viên cơ sở", authors=(), scope="province",
               recognised=date(_YEAR - 1, 11, 25), number="31-QĐ", by="Hội đồng sáng kiến",
               applied="Dùng ở các phường từ tháng 3"),
    Initiative(id="", title="Bộ câu hỏi tình huống cho hội thi báo cáo viên", authors=(), scope="grassroots",
               recognised=date(_YEAR - 1, 11, 25), number="32-QĐ", by="Hội đồng sáng kiến",
               applied="Dùng ở hội thi cấp phường"),
    Initiative(id="", title="Bản tin nội bộ bằng mã QR", authors=(), scope="grassroots",
               applied="Đang dùng thử ở ba chi bộ"),
    Initiative(id="", title="Câu lạc bộ tuyên truyền viên trẻ", authors=(), scope="province"),
    Initiative(id="", title="Mẫu báo cáo nhanh sau mỗi buổi nói chuyện", authors=(), scope="grassroots",
               refused=date(_YEAR - 1, 11, 25), reason="Đã có mẫu chung của Thành ủy"),
)  # fmt: skip
_FUND = "Nguồn kinh phí thi đua, khen thưởng của cấp ủy"
_FUND_ENTRIES = (
    FundEntry(id="", fund=_FUND, day=date(_YEAR - 1, 1, 5), kind="income", amount=150_000_000, number="02-QĐ/TU",
              note="Kinh phí được giao"),
    FundEntry(id="", fund=_FUND, day=date(_YEAR - 1, 11, 8), kind="spent", amount=12_000_000, number="PC 118",
              note="In giấy khen và khung"),
    FundEntry(id="", fund=_FUND, day=date(_YEAR, 1, 6), kind="income", amount=180_000_000, number="03-QĐ/TU",
              note="Kinh phí được giao"),
)  # fmt: skip
_Came = tuple[str, Literal["taken", "returned"], date, str]
_SENDERS: tuple[tuple[str, str, tuple[_Came, ...]], ...] = (
    ("QV", "Phường Quang Vinh", ((f"{_YEAR - 1}", "taken", date(_YEAR, 1, 6), ""),
                                 (f"{_YEAR}-H1", "taken", date(_YEAR, 6, 5), ""))),
    ("GS", "Phường Gia Sàng", ((f"{_YEAR}-H1", "taken", date(_YEAR, 6, 12), ""),)),
    ("TD", "Phường Túc Duyên", ((f"{_YEAR}-H1", "returned", date(_YEAR, 6, 6), "Thiếu danh sách dự lớp tháng 4"),)),
)  # fmt: skip
"""Code and ward of who sends, and each package: its time, what became of it, the day, and why it went back.

By the last day for the half year, 10 June, one had sent, one came late, one must send again, and the others did not.
"""


def fill_movements(change: UnitOfWork, people: Sequence[Person], units: Sequence[Unit], movement: Movement) -> None:
    """Enter all of it but the payments into the change that fills the demo office.

    Args:
        change: that change.
        people: everybody, the city's reporters first.
        units: of the demo office, as they are in the change.
        movement: that of this year, to which participants come.
    """
    wards = [each for each in units if each.kind in ("ward", "commune") and each.exists_on(DEMO_DAY)]
    _take_part(change, wards, movement)
    _register(change, people, wards, movement.id)
    _initiate(change, people)
    for each in _FUND_ENTRIES:
        change.put(msgspec.structs.replace(each, id=change.new_id(FundEntry)))
    _receive(change, wards)


def pay_out(office: Office) -> None:
    """Hand out the money of the year before to half of those who were commended; the others wait for theirs."""
    decision = office.book.table(Decision).all()[-1]
    commended = [each for each in office.book.table(Award).where(decision=decision.id) if each.money]
    if half := commended[len(commended) // 2 :]:
        pay(office, half, date(_YEAR, 1, 20), voucher="PC 07", fund=_FUND)


def _take_part(change: UnitOfWork, wards: Sequence[Unit], movement: Movement) -> None:
    results = ("Mười hai buổi nói chuyện, 900 người nghe", "Bảy buổi nói chuyện", "Đạt giải nhì hội thi cấp cụm")
    parts = [Participant(subject=each.id, joined=_BEGUN) for each in wards[:12]]
    noted = [msgspec.structs.replace(each, result=result, noted=date(_YEAR, 6, 5))
             for each, result in zip(parts, results, strict=False)]  # fmt: skip
    goals = ("Mỗi báo cáo viên nói chuyện ít nhất năm buổi", "Phản ánh dư luận xã hội đúng hạn")
    change.put(
        msgspec.structs.replace(movement, number="02-KH/BTG", goals=goals,
                                participants=(*noted, *parts[len(noted) :])),
        was=movement,
    )  # fmt: skip
    change.put(
        Movement(
            id=change.new_id(Movement), title=f"Tuyên truyền chuyển đổi số năm {_YEAR - 1}", number="09-KH/BTG",
            launched=date(_YEAR - 1, 2, 1), until=date(_YEAR - 1, 12, 15), theme=True,
            goals=("Mỗi chi bộ một tổ tuyên truyền chuyển đổi số",),
            participants=tuple(
                Participant(subject=each.id, joined=date(_YEAR - 1, 2, 1), result="Hoàn thành chỉ tiêu",
                            noted=date(_YEAR - 1, 12, 10))
                for each in wards[:6]
            ),
            summed=date(_YEAR - 1, 12, 20), summary="Sáu đơn vị hoàn thành chỉ tiêu", summary_number="88-BC/BTG",
        )
    )  # fmt: skip


def _register(change: UnitOfWork, people: Sequence[Person], wards: Sequence[Unit], movement: str) -> None:
    asked = [(each.id, "grassroots-fighter", "") for each in people[:16]]
    asked += [(each.id, "advanced-collective", movement) for each in wards[:8]]
    for number, (subject, prize, part_of) in enumerate(asked):
        change.put(
            TitleRegistration(
                id=change.new_id(TitleRegistration), subject=subject, prize=prize, year=_YEAR, movement=part_of,
                pledge=_PLEDGE, registered=date(_YEAR, 1, 20), steps=_STEPS[number % len(_STEPS)],
            )
        )  # fmt: skip


def _initiate(change: UnitOfWork, people: Sequence[Person]) -> None:
    for number, each in enumerate(_INITIATIVES):
        first, second = people[2 * number].id, people[2 * number + 1].id
        both = (Author(person=first, share=60), Author(person=second, share=40))
        authors = both if number % 2 == 0 else (Author(person=first, share=100),)
        handed = date(_YEAR - 1, 3 + number, 12)
        change.put(
            msgspec.structs.replace(each, id=change.new_id(Initiative), authors=authors, day=handed)
        )  # fmt: skip


def _receive(change: UnitOfWork, wards: Sequence[Unit]) -> None:
    places = {each.name: each.id for each in wards}
    for code, ward, came in _SENDERS:
        unit = places.get(ward, "")
        mark = hashlib.sha256(code.encode()).hexdigest()
        change.put(
            Neighbour(id=change.new_id(Neighbour), code=code, book=mark[:32], name=f"Ban Tuyên giáo {ward}", key=mark,
                      box=hashlib.sha256(mark.encode()).hexdigest(), met=date(_YEAR - 1, 12, 16), unit=unit)
        )  # fmt: skip
        for number, (period, way, day, reason) in enumerate(came, 1):
            digest = hashlib.sha256(f"{code} {period}".encode()).hexdigest()
            change.put(
                Package(id=change.new_id(Package), package=digest[:32], way=way, office=code, day=day,
                        made=f"{day.isoformat()}T08:30:00+07:00", seq=40 * number, hash=digest,
                        what=("roster", "training"), period=period, people=22 + len(code) * number, sha256=digest,
                        reason=reason, unit=unit)
            )  # fmt: skip
