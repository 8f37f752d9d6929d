"""The launcher against a real PostgreSQL: started, shared, stopped, killed, refused."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from launcher import binaries, cluster, place, postgres
from launcher.refusal import CannotStart

REPOSITORY = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from launcher import postgres
with postgres.ensure(Path(sys.argv[1]), "test", postgres.THROWAWAY) as server:
    print(server.started, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout of its own; what the launcher keeps for it outside is removed at the end."""
    root = tmp_path_factory.mktemp("checkout")
    yield root
    shutil.rmtree(place.of(root).folder)


@pytest.fixture
def server(checkout):
    with postgres.ensure(checkout, "test", postgres.THROWAWAY) as server:
        yield server


@pytest.fixture
def stopped(checkout):
    """The cluster, made and at rest."""
    with postgres.ensure(checkout, "test", postgres.THROWAWAY) as server:
        pass
    assert server.cluster.postmaster() is None
    return server.cluster


def start(checkout):
    return postgres.ensure(checkout, "test", postgres.THROWAWAY)


def another_process(checkout):
    """Another process that uses the server until its input is closed; and whether it started it."""
    command = [sys.executable, "-c", HOLD, str(checkout)]
    child = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return child, child.stdout.readline().strip() == "True"


def ask(server, question, dbname="postgres"):
    with psycopg.connect(server.url(dbname)) as connection:
        return connection.execute(question).fetchone()


def test_a_new_cluster_speaks_vietnamese_and_opens_no_port(server):
    question = """SELECT current_setting('server_encoding'), current_setting('data_checksums'),
        current_setting('listen_addresses'), lower('ĐÀ'), 'd' < 'đ'"""
    assert ask(server, question) == ("UTF8", "on", "", "đà", True)


def test_a_second_process_finds_it_running_and_the_last_one_stops_it(checkout):
    first = start(checkout)
    child, child_started = another_process(checkout)
    assert (first.started, child_started) == (True, False)
    assert first.stop() is False
    assert first.cluster.postmaster(), "stopped under the feet of another process"
    child.communicate("", timeout=60)
    assert first.cluster.postmaster() is None


def test_of_two_at_once_one_starts_it(checkout, stopped):
    with ThreadPoolExecutor() as pool:
        children = list(pool.map(another_process, [checkout, checkout]))
    assert sorted(started for _, started in children) == [False, True]
    for child, _ in children:
        child.communicate("", timeout=60)
    assert stopped.postmaster() is None


def test_a_server_started_by_hand_is_used_and_left_alone(checkout, stopped):
    socket = place.socket_folder(stopped.home, stopped.place.account)
    by_hand = f"-c listen_addresses= -c unix_socket_directories={socket}"
    words = ["-w", "-D", stopped.data, "-l", stopped.log]
    stopped.place.run([stopped.programs / "pg_ctl", *words, "-o", by_hand, "start"], 60)
    server = start(checkout)
    assert (server.started, ask(server, "SELECT 1"), server.stop()) == (False, (1,), False)
    assert stopped.postmaster()
    stopped.stop()


def test_after_kill_9_it_starts_again_with_what_was_written(checkout):
    server = start(checkout)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("SET synchronous_commit = on")
        connection.execute("CREATE TABLE IF NOT EXISTS so (lan int)")
        connection.execute("INSERT INTO so VALUES (23)")
    pid, _ = server.cluster.postmaster()
    os.kill(pid, signal.SIGKILL)
    server.use.close()
    while server.cluster.postmaster():
        time.sleep(0.02)
    with start(checkout) as again:
        assert again.started
        assert ask(again, "SELECT max(lan) FROM so") == (23,)


@pytest.mark.parametrize("content", ["", "12", "{living}\n/somewhere/else\n1\n5432\n\n\n\nready\n"])
def test_a_pid_file_without_its_server_is_no_obstacle(checkout, stopped, content):
    """Cut off, or its number given to another process since: pg_ctl alone refuses to start."""
    sleeper = ["sleep", "60"]
    account = stopped.place.account.pw_uid if os.geteuid() == 0 else None
    with subprocess.Popen(sleeper, user=account) as living:
        (stopped.data / "postmaster.pid").write_text(content.format(living=living.pid))
        with start(checkout) as server:
            assert server.started
            assert ask(server, "SELECT 1") == (1,)
        living.terminate()


def test_a_wrong_or_missing_password_is_refused(server):
    wrong = server.url("postgres").replace(server.password, "khong-phai")
    none = server.url("postgres").replace(f":{server.password}", "")
    for address in (wrong, none):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(address)


def test_nobody_else_can_read_and_no_folder_above_changes(tmp_path):
    root = tmp_path / "checkout"
    root.mkdir()
    above = [*root.resolve().parents, root, place.SYSTEM_STATE, place.SHORT]
    before = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in above]
    with start(root) as server:
        made = server.cluster
        for path in (made.home, made.data, server.socket, made.password_file, made.log):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    after = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in above]
    shutil.rmtree(made.place.folder)
    assert before == after


def test_a_cut_off_initdb_leaves_nothing_in_the_way(tmp_path):
    spot = place.of(tmp_path)
    home = place.own_folder(spot.folder / "test", 0o700, spot.account)
    spot.run(["mkdir", "-p", home / "data.partial" / "base"], 60)
    with start(tmp_path) as server:
        assert ask(server, "SELECT 1") == (1,)
    shutil.rmtree(spot.folder)


def test_data_of_another_major_version_is_refused(checkout, stopped):
    version = stopped.data / "PG_VERSION"
    true = version.read_text()
    version.write_text("14\n")
    with pytest.raises(CannotStart, match=r"là của PostgreSQL 14.*sao lưu"):
        start(checkout)
    version.write_text(true)


def test_a_folder_of_somebody_else_is_refused_and_not_touched(tmp_path):
    me, system = place.of(tmp_path).account, Path("/usr")
    before = system.stat()
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    for path in (system, link):
        with pytest.raises(CannotStart, match="không phải của riêng tài khoản"):
            place.own_folder(path, 0o700, me)
    assert (before.st_mode, before.st_uid) == (system.stat().st_mode, system.stat().st_uid)
    shutil.rmtree(place.of(tmp_path).folder)


def test_a_long_path_puts_the_socket_in_a_short_private_folder(checkout):
    me = place.of(checkout).account
    socket = place.socket_folder(checkout / ("chi-hội-" * 20), me)
    found = socket.stat()
    assert len(os.fsencode(socket)) < place.SOCKET_PATH_BYTES
    assert (found.st_uid, stat.S_IMODE(found.st_mode)) == (me.pw_uid, 0o700)
    socket.rmdir()


def test_ctrl_c_at_our_terminal_does_not_reach_the_server(server):
    pid, _ = server.cluster.postmaster()
    assert os.getsid(pid) != os.getsid(0)
    assert os.getpgid(pid) != os.getpgid(0)


def test_a_given_server_is_used_and_nothing_is_started(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://mai@example.vn/so")
    assert postgres.provide(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_without_programs_it_says_what_is_missing(checkout, monkeypatch, tmp_path):
    monkeypatch.setenv("SOHOI_PG_BIN", str(tmp_path))
    with pytest.raises(CannotStart, match="thiếu chương trình initdb, pg_ctl, postgres"):
        binaries.find(place.of(checkout))


def test_a_database_is_created_once(server):
    assert postgres.create_database(server, "sổ hội") is True
    assert postgres.create_database(server, "sổ hội") is False
    assert ask(server, "SELECT current_database()", "sổ hội") == ("sổ hội",)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute('DROP DATABASE "sổ hội"')


def test_only_servers_count_as_running():
    assert cluster.SERVER.match("/srv/chị Lan/bin/postgres -D /srv/chị Lan/data -c port=5432 ")
    assert cluster.SERVER.match("postgres: sohoi-test-0123456789: checkpointer ")
    assert not cluster.SERVER.match("/usr/bin/pg_ctl -w -D /srv/lan/data stop ")
