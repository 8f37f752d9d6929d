#!/usr/bin/env python
"""The commands of Sổ Hội. Without DATABASE_URL the embedded PostgreSQL is started, or found running."""

import os
import sys
from pathlib import Path

from launcher.postgres import provide
from launcher.refusal import CannotStart

ROOT = Path(__file__).resolve().parent


def main() -> int:
    """Run one command; leave the server as it was found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sohoi.config.settings")
    try:
        server = provide(ROOT)
    except CannotStart as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    try:
        return _run()
    finally:
        if server:
            server.stop()


def _run() -> int:
    """The command; a server that cannot be reached is said in a sentence."""
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, connection

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if connection.connection is not None:
            raise  # it was reached: a fault of the program, or of the server, keeps its trace
        why = str(error).strip().splitlines()[0]
        sys.stderr.write(f"Không nối được tới cơ sở dữ liệu: {why}. Xem lại DATABASE_URL và máy chủ PostgreSQL.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
