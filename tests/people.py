"""Four women everyone knows, on a cut of the real country: chị Lan, chị Mai, chị Hoa, and chị Thu the stranger.

The cut (Cần Thơ and TP. Hồ Chí Minh of today, with what they came out of) is loaded once a session; tests run in
transactions over it.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection

from sohoi.ledger.declare import load_folders
from sohoi.ledger.draft import Draft
from sohoi.ledger.known import all_measures
from sohoi.ledger.models import Measure
from sohoi.ledger.write import ACCEPTED, accept_many
from sohoi.people.models import Member, Membership
from sohoi.rights.models import Account, Office
from sohoi.units.models import Placement, Unit
from sohoi.units.write import REFORM, load_country, rebuild_closure
from sohoi.vietnamese import plain
from tests.database import own_database, take_away

KINDS = Path(__file__).parent / "house"
LONG_AGO = date(2015, 1, 1)
DATABASE = {"db", "transactional_db", "live_server"}
PASSWORD = "mot-mat-khau-du-dai"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker, testrun_uid):
    """The test database with the cut of the country and the kinds of tests/house, made whoever asks for it first.

    Each of the processes that share the tests has one of its own, named after it (tests/database.py).
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # logging in is not what we test
    with django_db_blocker.unblock():
        made = own_database(testrun_uid, _filled)
        all_measures()  # the server has read them before its first page is asked too
    yield
    with django_db_blocker.unblock():
        _end_other_sessions()
        take_away(made)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """A process keeps the measures that it was told last (`ledger.known`); which these are depends on the tests it ran
    before. A test that counts statements must not pay for another's declarations."""
    if not DATABASE.isdisjoint(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
        all_measures()


def _filled():
    """The cut of the country, the kinds of the tests, two branches."""
    load_country(only={"79", "92"})
    load_folders([("house", KINDS)])
    _branches()


def _end_other_sessions() -> None:
    """While the browser's loop runs, Django opens its connection in another context, where nothing here can close it;
    a session that stays would keep the database from being dropped."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])


@dataclass
class Place:
    """Where the tests play: two branches of Mỹ Xuyên, one of which moved with its commune's split, and above."""

    branch: Unit
    other: Unit
    town: Unit
    commune: Unit
    district: Unit
    province: Unit
    heir: Unit
    today: Unit
    centre: Unit


@pytest.fixture
def place(db):
    """Branches under thị trấn Mỹ Xuyên and xã Đại Tâm, both in phường Mỹ Xuyên since the reform."""
    unit = {u.code: u for u in Unit.objects.filter(code__in=_CODES.values())}
    return Place(**{name: unit[code] for name, code in _CODES.items()})


def _branches():
    """The two branches, made once with the map: making the closure anew is the dearest thing a test can do."""
    unit = {u.code: u for u in Unit.objects.filter(code__in=_CODES.values())}
    add_branch("lan-1", "Chi hội Ấp Một", unit[_CODES["town"]], unit[_CODES["heir"]])
    add_branch("lan-2", "Chi hội Ấp Hai", unit[_CODES["commune"]], unit[_CODES["heir"]])
    rebuild_closure()


_CODES = {
    "branch": "lan-1",
    "other": "lan-2",
    "town": "31684@2015-01-01",
    "commune": "31690@2015-01-01",
    "district": "947@2015-01-01",
    "province": "94@2015-01-01",
    "heir": "31684@2025-07-01",
    "today": "92@2025-07-01",
    "centre": "TW",
}


def add_branch(code: str, name: str, before: Unit, after: Unit | None) -> Unit:
    """A branch under one commune until the reform and under its successor since."""
    unit = Unit.objects.create(code=code, level="branch", name=name, plain=plain(name))
    Placement.objects.create(unit=unit, parent=before, name=name, during=(LONG_AGO, REFORM))
    if after is not None:
        Placement.objects.create(unit=unit, parent=after, name=name, during=(REFORM, None))
    return unit


def account(username: str, full_name: str, *offices: tuple[Unit, str]) -> Account:
    """An account with offices that are held since long ago."""
    person = Account.objects.create_user(username, password=PASSWORD, full_name=full_name)
    for unit, role in offices:
        Office.objects.create(account=person, unit=unit, role=role, during=(LONG_AGO, None))
    return person


@pytest.fixture
def lan(place):
    """Chị Lan, head of one branch."""
    return account("lan", "Chị Lan", (place.branch, "branch-head"))


@pytest.fixture
def mai(place):
    """Chị Mai, chair of today's phường Mỹ Xuyên."""
    return account("mai", "Chị Mai", (place.heir, "base-chair"))


@pytest.fixture
def hoa(place):
    """Chị Hoa, province officer of Cần Thơ."""
    return account("hoa", "Chị Hoa", (place.today, "province-officer"))


@pytest.fixture
def thu(db):
    """Chị Thu, who has an account and no office here."""
    return account("thu", "Chị Thu")


def woman(unit: Unit, name: str, birth_year: int | None = None, since: date = LONG_AGO, **more) -> Member:
    """A member of a branch since long ago, written straight into the register: for tests of something else."""
    card = Member(unit=unit, active=True, birth_year=birth_year, **more)
    card.rename(name)
    card.save()
    Membership.objects.create(member=card, unit=unit, household=card.household, during=(since, None))
    return card


def deed(unit: Unit | str, day: date, kind: str = "house-group-founded", *, id: UUID | None = None, **more) -> Draft:
    """A draft as a door would make it; `values` default to one group."""
    code = unit if isinstance(unit, str) else unit.code
    values = more.pop("values", {"count": 1} if kind == "house-group-founded" else {})
    return Draft(id or uuid4(), kind, code, day, values, **more)


def tell(*deeds: Draft, by: Account) -> None:
    """Several deeds through the gate at once; all of them go in."""
    assert {outcome.state for outcome in accept_many(deeds, by=by, door="desk")} == {ACCEPTED}


def measure(code: str) -> Measure:
    """A measure of tests/house by its short code."""
    return Measure.objects.select_related("over", "under").get(code=f"house-{code}")
