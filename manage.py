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
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    finally:
        if server:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
