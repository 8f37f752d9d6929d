#!/usr/bin/env python
"""The commands of Sổ Hội. Without DATABASE_URL the embedded PostgreSQL is started first and stopped after."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Run one command; the embedded server lives as long as the command unless it already ran."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sohoi.config.settings")
    server = None
    if not os.environ.get("DATABASE_URL"):
        from launcher.postgres import create_database, ensure

        server = ensure(ROOT)
        create_database(server, "sohoi")
        os.environ["DATABASE_URL"] = server.url("sohoi")
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    finally:
        if server is not None and server.started:
            server.stop()


if __name__ == "__main__":
    main()
