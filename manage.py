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
        return run()
    finally:
        if server:
            server.stop()


def run() -> int:
    """The command; a server that cannot be reached is said in a sentence, whatever fails in it keeps its trace."""
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if _reached(error):
            raise
        why = str(error).strip().splitlines()[0]
        sys.stderr.write(f"Không nối được tới cơ sở dữ liệu: {why}. Xem lại DATABASE_URL và máy chủ PostgreSQL.\n")
        return 1
    return 0


def _reached(error: Exception) -> bool:
    """Whether the server had let us in: then it names its error by a code. Who is turned away gets mostly none, else
    one of a wrong name or password (28), of a database that is not there (3D), or of a server not yet up (57P03)."""
    code = getattr(error.__cause__, "sqlstate", None) or ""
    return bool(code) and not code.startswith(("28", "3D", "57P03"))


if __name__ == "__main__":
    sys.exit(main())
