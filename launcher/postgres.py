"""The project's own PostgreSQL, for whoever has no server: found running or started, shared, stopped.

The last one to leave stops it, and only a server that a launcher started. Locks are the kernel's (flock),
so a process that was killed holds nothing. With DATABASE_URL set none of this is used.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from launcher import binaries, place
from launcher.cluster import OWNER, Cluster
from launcher.refusal import CannotStart

THROWAWAY = {  # for tests and benchmarks: fast, and lost when the machine falls
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
}


@dataclass
class Server:
    """A running server that we use. `started`: this process started it; else it was running already."""

    cluster: Cluster
    socket: Path
    password: str
    started: bool
    use: IO[str]

    def url(self, dbname: str) -> str:
        """Address of a database in the form of DATABASE_URL."""
        who = f"{OWNER}:{quote(self.password, safe='')}"
        return f"postgresql://{who}@/{quote(dbname)}?host={quote(str(self.socket))}"

    def stop(self) -> bool:
        """Leave. The server is stopped when a launcher had started it and nobody else uses it; then True."""
        if self.use.closed:
            return False
        with _locked(self.cluster):
            self.use.close()
            running = self.cluster.postmaster()
            if not running or self.cluster.tag not in running[1] or _in_use(self.cluster):
                return False
            self.cluster.stop()
            if self.socket.parent == place.SHORT:
                self.socket.rmdir()
            return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


def ensure(root: Path, name: str = "sohoi", settings: dict[str, str] | None = None) -> Server:
    """The server of the checkout at `root`: found running, or made and started with `settings`."""
    spot = place.of(root)
    cluster = Cluster(spot, name, binaries.find(spot))
    with _locked(cluster):
        running = cluster.postmaster()
        if running:
            cluster.wait_ready()
        else:
            cluster.prepare(settings or {})
        socket = place.socket_folder(cluster.home, spot.account)
        if not running:
            _start(cluster, settings or {}, socket)
        use = _users_file(cluster)
        fcntl.flock(use, fcntl.LOCK_SH)
        password = cluster.password_file.read_text()
        return Server(cluster, socket, password, started=not running, use=use)


def provide(root: Path, name: str = "sohoi", settings: dict[str, str] | None = None) -> Server | None:
    """Set DATABASE_URL where nobody has set it, to a database that exists. None: a server is given."""
    if os.environ.get("DATABASE_URL"):
        return None
    server = ensure(root, name, settings)
    try:
        create_database(server, "sohoi")
    except BaseException:
        server.stop()
        raise
    os.environ["DATABASE_URL"] = server.url("sohoi")
    return server


def create_database(server: Server, dbname: str) -> bool:
    """Create `dbname` when it is absent; True when it was."""
    return create_at(server.url(dbname))


def create_at(url: str) -> bool:
    """The same on any server, by the address of the database. Raises CannotStart where it cannot be had."""
    dbname = str(conninfo_to_dict(url).get("dbname", ""))
    try:
        psycopg.connect(url, connect_timeout=30).close()
        return False
    except psycopg.OperationalError as error:
        refused = str(error).strip()
    try:
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
            create = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0")
            connection.execute(create.format(sql.Identifier(dbname)))
            return True
    except psycopg.Error as error:
        raise CannotStart(f"Không mở được cơ sở dữ liệu {dbname}: {refused}\nKhông tạo được: {error}") from error


def _start(cluster: Cluster, settings: dict[str, str], socket: Path) -> None:
    """Start; on Ctrl-C meanwhile take back what has begun."""
    try:
        cluster.start(settings, socket)
    except KeyboardInterrupt:
        if cluster.postmaster():
            cluster.stop()
        raise


def _users_file(cluster: Cluster) -> IO[str]:
    return _opened(cluster.place.folder / f"{cluster.name}.users")


def _in_use(cluster: Cluster) -> bool:
    with _users_file(cluster) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextlib.contextmanager
def _locked(cluster: Cluster) -> Iterator[None]:
    """One process at a time looks, starts or stops; the others wait here."""
    with _opened(cluster.place.folder / f"{cluster.name}.lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _opened(path: Path) -> IO[str]:
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "w")
    except OSError as error:
        raise CannotStart(f"Không mở được tệp khóa {path}: {error.strerror}.") from error
