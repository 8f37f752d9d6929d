"""The programs that serve: pages, the folder of totals, the worker of Excel files; started and stopped together.

They run in sessions of their own, so that Ctrl-C reaches only us and we stop them in order, with limits.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher.refusal import CannotStart

HOST = "127.0.0.1"
PORTS = range(8000, 8100)
ANSWER_SECONDS = 120
STOP_SECONDS = 15
PYTHON = sys.executable


@dataclass
class Program:
    """One running program; what it writes goes to `log`."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def serve(root: Path, ready: Callable[[int], None]) -> None:
    """Serve until interrupted; `ready(port)` once pages are answered. CannotStart when a program falls."""
    port = choose_port()
    web = ["-m", "gunicorn", "sohoi.config.wsgi:application", "--bind", f"{HOST}:{port}"]
    web += ["--workers", "2", "--threads", "4", "--graceful-timeout", "10", "--log-level", "warning"]
    programs: list[Program] = []
    try:
        programs.append(launch(root, "web", [*web, "--no-control-socket"]))
        programs.append(launch(root, "fold", ["manage.py", "fold", "--forever"]))
        programs.append(launch(root, "sheets", ["manage.py", "sheets", "--forever"]))
        wait_for_answer(port, programs)
        ready(port)
        while True:
            check(programs)
            time.sleep(0.5)
    finally:
        stop(programs)


def choose_port() -> int:
    """PORT from the environment, which must be free; else the first free one from 8000."""
    wanted = os.environ.get("PORT")
    if wanted and not wanted.isdigit():
        raise CannotStart(f"PORT phải là một số, không phải “{wanted}”.")
    for port in [int(wanted)] if wanted else PORTS:
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((HOST, port))
            except (OSError, OverflowError):
                continue
            return port
    where = f"Cổng {wanted}" if wanted else f"Các cổng từ {PORTS[0]} đến {PORTS[-1]}"
    raise CannotStart(f"{where} trên máy này không dùng được. Hãy chọn cổng khác, ví dụ: make demo PORT=8100.")


def launch(root: Path, name: str, words: list[str]) -> Program:
    """Start `python WORDS` in the checkout, away from our terminal."""
    log = root / ".data" / f"{name}.log"
    log.parent.mkdir(mode=0o700, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [PYTHON, *words],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Program(name, process, log)


def wait_for_answer(port: int, programs: list[Program]) -> None:
    """Return once the web answers anything at all."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        check(programs)
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        try:
            connection.request("GET", "/")
            connection.getresponse()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise CannotStart(f"Máy chủ web không trả lời sau {ANSWER_SECONDS} giây. Nhật ký: {programs[0].log}")


def check(programs: list[Program]) -> None:
    """Raise CannotStart with the end of its log when a program has ended by itself."""
    for program in programs:
        code = program.process.poll()
        if code is not None:
            end = "\n".join(program.log.read_text(errors="replace").splitlines()[-15:])
            raise CannotStart(f"Chương trình {program.name} tự dừng (mã {code}). Cuối {program.log}:\n{end}")


def stop(programs: list[Program]) -> None:
    """Ask each to end, wait at most STOP_SECONDS for all, then end what is left, children included."""
    for program in programs:
        program.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for program in programs:
        try:
            program.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(program.process.pid, signal.SIGKILL)
            program.process.wait()
