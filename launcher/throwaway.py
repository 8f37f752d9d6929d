"""`python -m launcher.throwaway NAME COMMAND…`: a PostgreSQL made for one command and removed after it.

The command finds the server in DATABASE_URL, as it would any other. CI runs the tests a second time this way,
with SOHOI_PG_BIN naming another version's programs.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import postgres
from launcher.refusal import CannotStart

KEPT = ("sohoi", "test")  # these are removed by nobody
ROOT = Path(__file__).resolve().parent.parent


def main(name: str, *command: str) -> int:
    """The exit code of the command, or 1 when there is no server to be had."""
    if name in KEPT:
        sys.stderr.write(f"Tên “{name}” là của máy chủ giữ dữ liệu lâu dài. Chọn tên khác.\n")
        return 1
    try:
        server = postgres.ensure(ROOT, name, postgres.THROWAWAY)
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        postgres.create_database(server, "sohoi")
        environment = {**os.environ, "DATABASE_URL": server.url("sohoi")}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        if server.stop():
            shutil.rmtree(server.cluster.home)
            server.cluster.password_file.unlink()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
