"""One PostgreSQL cluster in a place: made whole or not at all, seen truly, started and stopped.

What counts as running is read from the system's list of processes, never from a pid file alone: numbers
are given again, files are cut off. Refuses data of another major version.
"""

import os
import re
import secrets
import shlex
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import binaries, place
from launcher.place import Place
from launcher.refusal import CannotStart

OWNER = "sohoi"
START_SECONDS = 600
BUILTIN_LOCALES = 17  # the first major version that has them
SERVER = re.compile(r"(.*/)?postgres(: | -D )")  # a first process, or the title of one of its children
ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",  # names the socket; no network port is opened
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # a DETAIL line would carry people's data into the log
    "log_min_error_statement": "panic",
}


@dataclass(frozen=True)
class Cluster:
    """Paths of one cluster. Only `home` belongs to the account; the other files lie in our own folder."""

    place: Place
    name: str
    programs: Path

    @property
    def home(self) -> Path:
        return self.place.folder / self.name

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def tag(self) -> str:
        """Stands in the title of each process of this cluster, also of those that outlive the first one."""
        return f"sohoi-{self.name}-{place.digest(self.data)}"

    @property
    def password_file(self) -> Path:
        return self.place.folder / f"{self.name}.password"

    def prepare(self, settings: dict[str, str]) -> None:
        """Make the cluster when it is absent; refuse one of another major version."""
        place.own_folder(self.home, 0o700, self.place.account)
        ours = binaries.major(self.place, self.programs)
        if not self.data.exists():
            self._make(ours, settings.get("fsync") != "off")
        theirs = (self.data / "PG_VERSION").read_text().strip()
        if theirs != str(ours):
            raise CannotStart(
                f"Dữ liệu trong {self.data} là của PostgreSQL {theirs}, còn chương trình ở {self.programs} "
                f"là PostgreSQL {ours}. Hãy dùng lại PostgreSQL {theirs} (đặt SOHOI_PG_BIN) để sao lưu; "
                f"nếu không cần dữ liệu ấy nữa thì đổi tên hoặc xóa {self.home} rồi chạy lại."
            )
        if not self.password_file.exists():
            raise CannotStart(f"Mất tệp mật khẩu {self.password_file} của cơ sở dữ liệu trong {self.data}.")

    def _make(self, version: int, durable: bool) -> None:
        """`initdb` beside the final name, then one rename: a cut-off start leaves nothing half-made."""
        partial = self.home / "data.partial"
        self.place.run(["rm", "-rf", partial], 60)
        self._keep(secrets.token_urlsafe(24))
        locale = ["--locale=C.UTF-8"]
        if version >= BUILTIN_LOCALES:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        words = ["--encoding=UTF8", *locale, "--data-checksums", "-U", OWNER, "-D", str(partial)]
        words += ["--auth-local=scram-sha-256", "--auth-host=scram-sha-256", f"--pwfile={self.password_file}"]
        words += [] if durable else ["--no-sync"]
        made = self.place.run([self.programs / "initdb", *words], START_SECONDS)
        if made.returncode:
            said = made.stdout.strip()
            raise CannotStart(f"Không tạo được cơ sở dữ liệu trong {self.home}. initdb báo:\n{said}")
        os.rename(partial, self.data)

    def _keep(self, password: str) -> None:
        """Only we and the account read it; the account already holds all the data."""
        self.password_file.unlink(missing_ok=True)
        handle = os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(password)
            if self.place.account.pw_uid != os.geteuid():
                os.fchown(handle, self.place.account.pw_uid, self.place.account.pw_gid)

    def postmaster(self) -> tuple[int, str] | None:
        """Number and command line of the running server on this data folder, whoever started it."""
        for pid, line in processes().items():
            if f" -D {self.data} " in line:
                return pid, line
        return None

    def start(self, settings: dict[str, str], socket: Path) -> None:
        """Start and wait until it accepts connections (long after a crash of a large database)."""
        self._clear_stale(socket)
        chosen = {**ALWAYS, "cluster_name": self.tag, "unix_socket_directories": str(socket), **settings}
        options = " ".join(f"-c {shlex.quote(f'{key}={value}')}" for key, value in chosen.items())
        begun = self._pg_ctl("-t", str(START_SECONDS), "-l", str(self.log), "-o", options, "start")
        if begun.returncode:
            tail = self.place.run(["tail", "-n", "5", self.log], 60).stdout.strip()
            raise CannotStart(f"PostgreSQL không khởi động được. Nhật ký {self.log} viết:\n{tail}")

    def wait_ready(self) -> None:
        """For a server that another process has begun to start: until its own file says so."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if [line.strip() for line in self._pid_file().splitlines()[7:]] == ["ready"]:
                return
            if not self.postmaster():
                break
            time.sleep(0.1)
        raise CannotStart(f"PostgreSQL ở {self.data} có chạy mà không nhận kết nối. Hãy xem nhật ký {self.log}.")

    def stop(self) -> None:
        """Close connections and write everything down; raises CannotStart when it goes on running."""
        ended = self._pg_ctl("-t", "60", "-m", "fast", "stop")
        if ended.returncode and self.postmaster():
            raise CannotStart(f"PostgreSQL ở {self.data} không chịu dừng: {ended.stdout.strip()}")

    def _pg_ctl(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.place.run([self.programs / "pg_ctl", "-w", "-s", "-D", self.data, *words], START_SECONDS + 60)

    def _pid_file(self) -> str:
        try:
            return (self.data / "postmaster.pid").read_text(errors="replace")
        except FileNotFoundError:
            return ""

    def _clear_stale(self, socket: Path) -> None:
        """Remove lock files without a server, once the processes of a killed server are gone too."""
        deadline = time.monotonic() + 30
        while left := [pid for pid, line in processes().items() if self.tag in line]:
            if time.monotonic() > deadline:
                raise CannotStart(f"PostgreSQL lần trước còn tiến trình {left} ở {self.data}; hãy dừng chúng.")
            time.sleep(0.1)
        name = socket / f".s.PGSQL.{ALWAYS['port']}"
        self.place.run(["rm", "-f", self.data / "postmaster.pid", name, f"{name}.lock"], 60)


def processes() -> dict[int, str]:
    """Command lines of all `postgres` processes by number; from /proc, elsewhere from ps."""
    found: dict[int, str] = {}
    if Path("/proc/self/cmdline").exists():
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue  # it has ended while we looked
            found[int(entry.name)] = words.replace(b"\0", b" ").decode(errors="replace")
    else:
        listed = subprocess.run(["ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=True)
        for line in listed.stdout.splitlines():
            pid, _, command = line.strip().partition(" ")
            found[int(pid)] = command.strip() + " "
    return {pid: line for pid, line in found.items() if SERVER.match(line)}
