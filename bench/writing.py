"""Target 7: sixteen writers record single deeds, each a record and its entry in one transaction that waits for the
disk: with the queue and the gentle fold, against the same rows with their keys and indexes only."""

import os
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.models import Max, Min

from bench.databases import Databases
from bench.sheet import AT_LEAST, AT_MOST, Sheet
from launcher.refusal import CannotStart
from sohoi.ledger.folder import fold_gently
from sohoi.ledger.models import Kind
from sohoi.ledger.totals import queue_length
from sohoi.rights.models import Account
from sohoi.units.models import Level, Unit

WRITERS = 16
SCRIPT = Path(__file__).parent / "write.pgbench"
TRIGGER = "alter table ledger_entry {} trigger queue_up"


def record(sheet: Sheet, databases: Databases, name: str, seconds: int, rounds: int, judged: bool) -> None:
    """Rounds turn by turn; medians of facts per second and of the 99th hundredth of the waiting times."""
    pgbench = _program(databases)
    speed: dict[str, list[float]] = {"khóa": [], "hàng đợi và gộp": []}
    slow: dict[str, list[float]] = {"khóa": [], "hàng đợi và gộp": []}
    backlog: list[int] = []
    with databases.connect(name) as link:
        link.execute("checkpoint")  # what loading and measuring left to be written must not slow some rounds down
    for _ in range(rounds):
        for how in speed:
            with databases.connect(name) as link:
                link.execute(TRIGGER.format("disable" if how == "khóa" else "enable"))
            with _folding(databases, name, how != "khóa", backlog):
                took = _round(pgbench, databases, name, seconds)
            speed[how].append(len(took) / seconds)
            slow[how].append(sorted(took)[len(took) * 99 // 100])
    facts = {how: statistics.median(values) for how, values in speed.items()}
    p99 = {how: statistics.median(values) for how, values in slow.items()}
    what = f"{WRITERS} người ghi cùng lúc"
    ratio = facts["hàng đợi và gộp"] / facts["khóa"]
    sheet.judge(7, f"{what}: số việc mỗi giây so với chỉ có khóa", ratio, AT_LEAST, 0.5, facts, judged=judged)
    ratio = p99["hàng đợi và gộp"] / p99["khóa"]
    sheet.judge(7, f"{what}: 99% xong trong (ms) so với chỉ có khóa", ratio, AT_MOST, 2, p99, judged=judged)
    sheet.note("backlog", f"[7] dòng còn đợi sau mỗi lượt: {backlog}", backlog)


def _program(databases: Databases) -> Path:
    """pgbench beside the server's programs."""
    program = databases.server.cluster.programs / "pgbench"
    if not program.exists():
        raise CannotStart(f"Không thấy {program}. Cài thêm gói postgresql của hệ điều hành rồi chạy lại.")
    return program


@contextmanager
def _folding(databases: Databases, name: str, wanted: bool, backlog: list[int]) -> Iterator[None]:
    """The folder at work beside the writers; what it raises is raised here."""
    if not wanted:
        yield
        return
    done, failed = threading.Event(), []

    def work() -> None:
        try:
            with databases.product_on(name):
                fold_gently(done.wait)
                backlog.append(queue_length()[0])
                connection.close()
        except Exception as error:  # told to the main thread below
            failed.append(error)

    folder = threading.Thread(target=work)
    folder.start()
    try:
        yield
    finally:
        done.set()
        folder.join()
    if failed:
        raise failed[0]


def _round(pgbench: Path, databases: Databases, name: str, seconds: int) -> list[float]:
    """Milliseconds of each transaction of one round."""
    with databases.product_on(name):
        branches = Unit.objects.filter(level=Level.BRANCH)
        given = branches.aggregate(lowest=Min("pk"), highest=Max("pk"))
        given |= {"kind": Kind.objects.get().pk, "by": Account.objects.get().pk}
    with tempfile.TemporaryDirectory() as folder:
        words = [str(pgbench), "-n", "-M", "prepared", "-c", str(WRITERS), "-j", str(min(WRITERS, os.cpu_count() or 1))]
        words += ["-T", str(seconds), "-f", str(SCRIPT), "--log", "--log-prefix", f"{folder}/took"]
        words += [word for key, value in given.items() for word in ("-D", f"{key}={value}")]
        environment = {**os.environ, "PGPASSWORD": databases.server.password}
        url = databases.server.url(name)
        said = subprocess.run([*words, url], env=environment, capture_output=True, text=True, check=False)
        if said.returncode:
            raise CannotStart(f"pgbench không chạy được: {said.stderr.strip()[-500:]}")
        return [int(line.split()[2]) / 1000 for log in Path(folder).iterdir() for line in log.open()]
