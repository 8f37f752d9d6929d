"""What every test has: a PostgreSQL of its own (or DATABASE_URL), Django set up, a browser, two pages.

The server starts when this file is read, before any test imports a model: for that reason the name of the
settings stands here and not in pyproject.toml, where pytest-django would read it too early.
"""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from launcher import postgres
from launcher.refusal import CannotStart

pytest_plugins = ["tests.people", "tests.live", "tests.reporting"]  # the four women, for the tests of every folder

ROOT = Path(__file__).parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
NO_CHROMIUM = "Máy này không có Chromium (Debian, Ubuntu: apt install chromium)"
TOGETHER = ("demo", "launcher")
WAIT_MS = 30_000  # a machine under load answers late; a test must not fail for that


def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores: a scene waits for its browser, a test for its server."""
    return (os.cpu_count() or 1) + 1


def _start() -> postgres.Server | None:
    try:
        server = postgres.provide(ROOT, "test", postgres.THROWAWAY)
    except CannotStart as error:
        sys.exit(str(error))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sohoi.config.settings")
    django.setup()
    settings.STATIC_ROOT = None  # nothing is collected for tests: pages take their files where these lie
    settings.STATICFILES_DIRS = [str(ROOT / "tests" / "vendor")]  # axe, which looks at the pages
    settings.WHITENOISE_AUTOREFRESH = True  # and when a page asks for one; else every new client reads them all first
    return server


SERVER = _start()
hypothesis.settings.register_profile("patient", deadline=None)  # beside other tests an example may wait for its turn
hypothesis.settings.load_profile("patient")


class Together(LoadScopeScheduling):
    """Tests of some folders share something dear and stay in one process: the loaded demonstration, the servers.
    All others go one by one to whichever process is free."""

    def _split_scope(self, nodeid: str) -> str:
        folder = nodeid.partition("/")[0]
        return folder if folder in TOGETHER else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """How the tests are shared among processes (`--dist load`)."""
    return Together(config, log)


def pytest_collection_finish() -> None:
    """What has been imported and found by now stays until the end: nobody need look through it for litter again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Stop the server, unless it is a given one or another run still uses it."""
    if SERVER:
        SERVER.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for all browser tests that were skipped, however quiet pytest is."""
    skipped = [report for report in terminalreporter.getreports("skipped") if NO_CHROMIUM in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{NO_CHROMIUM}: bỏ qua {len(skipped)} phép thử bằng trình duyệt.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Absent: the test is skipped with one clear line; with CI set, it fails."""
    program = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    # Playwright's loop runs in this thread; Django would take our plain queries for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a desk computer, 1280 x 900. A script error on it fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    yield from _watched(context)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a small telephone, 360 x 740, touched with a thumb. A script error on it fails the test."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="vi-VN", is_mobile=True, has_touch=True
    )
    yield from _watched(context)


def _watched(context: BrowserContext) -> Iterator[Page]:
    context.set_default_timeout(WAIT_MS)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, f"Lỗi script trên trang: {errors}"
