"""`make bench`: the core's targets as ratios measured inside one run, on a server of its own.

A benchmark, not a test: it loads made-up entries on the real tree, says what the machine is, compares, and
ends with 1 when a target is missed. Nothing in `sohoi` imports it. See docs/bench.md. Django is set up here,
before any module of the bench imports a model; the address of its own server comes later.
"""

import os

import django

os.environ["DATABASE_URL"] = "postgresql:///bench"  # never a database that somebody uses
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sohoi.config.settings")
django.setup()
