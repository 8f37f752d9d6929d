"""The four women for every test of this folder, and a database of its own for tests that must commit."""

from tests.live import live, live_database, site
from tests.people import django_db_setup, hoa, lan, mai, place, thu

__all__ = ["django_db_setup", "hoa", "lan", "live", "live_database", "mai", "place", "site", "thu"]
