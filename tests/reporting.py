"""Regular reports of the tests: two forms over the measures of tests/house, a month that has ended, gifts in it."""

from datetime import date
from pathlib import Path

import pytest

from sohoi.ledger.write import accept
from sohoi.periods import parse
from sohoi.reports import regular
from sohoi.reports.read.filling import filled
from sohoi.reports.regular import form_in_force
from sohoi.reports.write.cycle import approve, open_report, submit
from sohoi.reports.write.signing import send_alone, sign
from sohoi.reports.write.texts import write_lines
from tests.people import account, deed

FORMS = Path(__file__).parent / "forms"
MONTH = parse("2026-10")


@pytest.fixture
def forms(settings):
    """The forms of tests/forms beside the shipped ones."""
    settings.FORM_FOLDERS = [str(FORMS)]
    regular.versions.cache_clear()
    yield
    regular.versions.cache_clear()


@pytest.fixture
def huong(place):
    """Chị Hương, head of the other branch."""
    return account("huong", "Chị Hương", (place.other, "branch-head"))


@pytest.fixture
def gift():
    """Tell gifts of a branch on a day of October 2026."""

    def tell(unit, day: int, count: int, by, month: int = 10):
        draft = deed(unit, date(2026, month, day), "house-gift", values={"count": count, "money": count * 1000})
        return accept(draft, by=by)

    return tell


@pytest.fixture
def of_branch(forms, place, lan):
    """Chị Lan's report of October 2026."""
    return open_report(form_in_force("house-branch", MONTH.last), place.branch, MONTH, by=lan)


@pytest.fixture
def of_commune(forms, place, mai):
    """The commune's report of October 2026."""
    return open_report(form_in_force("house-commune", MONTH.last), place.heir, MONTH, by=mai)


def say(report, section, *texts, by):
    """Write plain lines in a section, after those that came from below."""
    below = [line for line in filled(report).texts.get(section, []) if line["sources"]]
    own = [{"text": text, "sources": [], "kept": True, "edited": True} for text in texts]
    return write_lines(report, section, [*below, *own], by=by)


@pytest.fixture
def closed_branch(of_branch, lan, place, gift):
    """Chị Lan's October, with thirty gifts, signed."""
    gift(place.branch, 5, 30, lan)
    say(of_branch, "opinion", "Hội viên phấn khởi sau đợt tặng quà.", by=lan)
    return send_alone(of_branch, by=lan)


@pytest.fixture
def signed_commune(closed_branch, of_commune, mai, hoa):
    """The commune's October, sent by chị Mai, approved by chị Hoa, signed by chị Mai."""
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    return sign(of_commune, by=mai)
