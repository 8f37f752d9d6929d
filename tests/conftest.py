"""The four women for every test of this folder."""

from tests.people import django_db_setup, hoa, lan, mai, place, thu

__all__ = ["django_db_setup", "hoa", "lan", "mai", "place", "thu"]
