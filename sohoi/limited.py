"""A module run in a child that can hurt nobody: bytes in, JSON lines out, and nothing else within its reach.

The parent starts it with an empty environment (no address of the database, no key). A parser that aborts, runs without
end or swallows memory ends there, and costs the one file that it was given. Both ends of the pipe stand here.
"""

import json
import os
import resource
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sohoi.refusal import Refusal

ROOT = Path(__file__).resolve().parents[1]
MEMORY, SECONDS, ALTOGETHER = 512 * 2**20, 30, 600  # bytes; seconds of work for one question, and for a child
PATIENCE = 120.0  # seconds by the clock that we wait for answers to one question; the child's own limit counts work
LENGTH = struct.Struct(">Q")
BITE = 1 << 16

Answer = Callable[[bytes], Iterator[list[Any]]]


class Lost(Exception):
    """The child ended before its answer did; `killed` when a limit, the clock or a fault of its own ended it."""

    def __init__(self, killed: bool) -> None:
        super().__init__("killed" if killed else "silent")
        self.killed = killed


# ---- the parent's end -----------------------------------------------------------------------------


def start(module: str) -> subprocess.Popen[bytes]:
    """The child, knowing nothing but where its code is."""
    return subprocess.Popen(
        [sys.executable, "-B", "-s", "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "1"},
        cwd="/",
        start_new_session=True,
    )


class Child:
    """A started child that may be asked several times; leaving the `with` ends it."""

    def __init__(self, process: subprocess.Popen[bytes], patience: float = PATIENCE) -> None:
        self.process, self.patience, self._rest = process, patience, b""

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """No child is left, whatever it was doing."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()  # type: ignore[union-attr]  # both are pipes
            except BrokenPipeError:  # what it never took is of no use to anybody now
                continue
        self.process.wait()

    def ask(self, data: bytes) -> Iterator[list[Any]]:
        """Its lines, as they come. Raises Refusal when it refuses, perhaps after some lines; Lost when it is gone."""
        self._feed(data)
        for text in self._told():
            line = json.loads(text)
            if line[0] == "end":
                return
            if line[0] == "refused":
                raise Refusal(line[1])
            yield line

    def _feed(self, data: bytes) -> None:
        """Hand over the bytes; a child that has ended already says so by its silence."""
        assert self.process.stdin is not None
        clock = threading.Timer(self.patience, self.process.kill)
        clock.start()
        try:
            self.process.stdin.write(LENGTH.pack(len(data)))
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise Lost(killed=True) from error
        finally:
            clock.cancel()

    def _told(self) -> Iterator[bytes]:
        """Whole lines; only the time that we wait is counted, not what the reader of these lines does meanwhile."""
        assert self.process.stdout is not None
        pipe, left = self.process.stdout.fileno(), self.patience
        poll = select.poll()
        poll.register(pipe, select.POLLIN | select.POLLHUP)
        while True:
            *whole, self._rest = self._rest.split(b"\n")
            yield from whole
            begun = time.monotonic()
            more = os.read(pipe, BITE) if poll.poll(max(left, 0) * 1000) else b""
            left -= time.monotonic() - begun
            if not more:
                self.process.kill() if left <= 0 else None
                raise Lost(killed=self.process.wait() < 0)
            self._rest += more


# ---- the child's end ------------------------------------------------------------------------------


def serve(answer: Answer, at_once: str = "") -> None:
    """Answer each question on stdin with lines, then that it is the end, or why there is none; until stdin ends.

    Lines that begin with `at_once` leave the child before it goes on: if it dies afterwards, they are not lost.
    """
    confine()
    source, out = sys.stdin.buffer, sys.stdout
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        grant()
        data = source.read(LENGTH.unpack(head)[0])
        try:
            for line in answer(data):
                out.write(json.dumps(line) + "\n")
                if line[0] == at_once:
                    out.flush()
            out.write('["end"]\n')
        except Refusal as refusal:
            out.write(json.dumps(["refused", str(refusal)]) + "\n")
        out.flush()


def confine() -> None:
    """512 MB, ten minutes of work in all, no file written, none opened, no process, no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, ALTOGETHER))
    for limit, most in (
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 3), (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))


def grant() -> None:
    """Thirty more seconds of work, from now, for the next question or the next file of one."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = min(int(used.ru_utime + used.ru_stime) + SECONDS, ALTOGETHER)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, ALTOGETHER))
