"""The accounts of the demonstration: the women who log in, and the account that tells the made-up deeds.

The password is a demonstration's and stands in the terminal; the telling account has none and cannot log in.
"""

from datetime import date

from demo.branches import District
from sohoi.rights.models import Account, Office
from sohoi.units.models import Level, Unit
from sohoi.units.read import below, centre
from sohoi.units.write import REFORM

PASSWORD = "so-hoi-dung-thu-2026"
SINCE = date(2021, 7, 1)
TELLER = "demo"
TOWN_HEIR, CAN_THO, HO_CHI_MINH = "31684@2025-07-01", "92@2025-07-01", "79@2025-07-01"
HA_NOI, TWELVE_MONTHS = "01@2015-01-01", "31570@2025-07-01"  # the second: the commune whose year of reports is told


def lan_branch(district: District) -> str:
    """Chị Lan's branch: the third hamlet of xã Đại Tâm, today in phường Mỹ Xuyên."""
    return next(branch.code for branch in district.branches if branch.code == "mx-31690-03")


def women(district: District) -> list[tuple[str, str, str, str]]:
    """(who, user name, unit code, role)."""
    return [
        ("Chị Lan, chi hội trưởng ở Mỹ Xuyên", "lan", lan_branch(district), "branch-head"),
        ("Chị Mai, chủ tịch Hội phường Mỹ Xuyên", "mai", TOWN_HEIR, "base-chair"),
        ("Chị Hoa, cán bộ Hội TP. Cần Thơ", "hoa", CAN_THO, "province-officer"),
        ("Chị Quế, cán bộ Hội TP. Hồ Chí Minh", "quan1", HO_CHI_MINH, "province-officer"),
        ("Chị Trung, cán bộ Trung ương Hội", "trunguong", centre().code, "centre-officer"),
        ("Chị Nga (mẫu), chủ tịch Hội xã Hồ Đắc Kiện", "nga", TWELVE_MONTHS, "base-chair"),
        ("Chị Thanh (mẫu), Hội TP. Hà Nội, giữ sổ của phường Thượng Thanh cũ", "thanh", HA_NOI, "province-officer"),
    ]


def load(district: District) -> list[tuple[str, str, str]]:
    """Make the accounts and offices that are missing; returns (who, user name, password) for the terminal."""
    for who, user, unit, role in women(district):
        account = Account.objects.filter(username=user).first()
        if account is None:
            account = Account.objects.create_user(user, password=PASSWORD, full_name=who.split(",")[0])
        _office(account, Unit.objects.get(code=unit), role)
    return [(who, user, PASSWORD) for who, user, _, _ in women(district)]


def teller() -> Account:
    """The account that hands in the made-up deeds: an officer of every province, without a password."""
    account = Account.objects.filter(username=TELLER).first()
    if account is None:
        account = Account.objects.create_user(TELLER, full_name="Dữ liệu làm mẫu")
        for province in below(centre(), REFORM, Level.PROVINCE):
            _office(account, province, "province-officer")
    return account


def quiet(user: str, full_name: str, unit: Unit, role: str) -> Account:
    """Somebody of a story who holds an office and does not log in."""
    account = Account.objects.filter(username=user).first() or Account.objects.create_user(user, full_name=full_name)
    _office(account, unit, role)
    return account


def heads(branches: list[Unit], names: tuple[str, ...]) -> dict[int, Account]:
    """unit id -> the head of each branch, by the names in their order, each marked as made up."""
    return {
        unit.pk: quiet(f"head-{unit.code}", f"Chị {name} (mẫu)", unit, "branch-head")
        for unit, name in zip(branches, names, strict=True)
    }


def _office(account: Account, unit: Unit, role: str) -> None:
    """Give the office when she does not hold it."""
    if not Office.objects.filter(account=account, unit=unit, role=role).exists():
        Office.objects.create(account=account, unit=unit, role=role, during=(SINCE, None))
