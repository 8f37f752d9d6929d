"""The serving programs: the port, a program that falls, a program that will not end; and a passing server."""

import os
import shutil
import socket
import sys
import time

import pytest

from launcher import postgres, serving, throwaway
from launcher.refusal import CannotStart

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("on", flush=True)
time.sleep(60)
"""


@pytest.fixture
def taken():
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind((serving.HOST, 0))
        other.listen()
        yield other.getsockname()[1]


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch, taken):
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setattr(serving, "PORTS", range(taken, taken + 20))
    assert serving.choose_port() > taken


@pytest.mark.parametrize("wish", ["{taken}", "70000", "tám nghìn"])
def test_a_wished_port_that_cannot_be_had_is_refused_with_a_sentence(monkeypatch, taken, wish):
    monkeypatch.setenv("PORT", wish.format(taken=taken))
    with pytest.raises(CannotStart, match=r"PORT phải là một số|Cổng \d+ trên máy này không dùng được"):
        serving.choose_port()


def test_a_program_that_falls_is_told_with_the_end_of_its_log(tmp_path):
    program = serving.launch(tmp_path, "fold", ["-c", "raise SystemExit('hết đĩa')"])
    program.process.wait(60)
    with pytest.raises(CannotStart, match="fold tự dừng \\(mã 1\\)[^$]*hết đĩa"):
        serving.check([program])


def test_a_program_that_will_not_end_is_ended_at_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "STOP_SECONDS", 0.5)
    program = serving.launch(tmp_path, "web", ["-c", STUBBORN])
    while "on" not in program.log.read_text():
        time.sleep(0.02)
    serving.stop([program])
    assert program.process.returncode < 0


def test_a_throwaway_server_lives_as_long_as_its_command(tmp_path, monkeypatch):
    monkeypatch.setattr(throwaway, "ROOT", tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://mai@example.vn/so")
    ask = "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL']); raise SystemExit(23)"
    assert throwaway.main("passing", sys.executable, "-c", ask) == 23
    folder = postgres.place.of(tmp_path).folder
    assert not (folder / "passing").exists()
    assert os.environ["DATABASE_URL"] == "postgresql://mai@example.vn/so"
    shutil.rmtree(folder)
