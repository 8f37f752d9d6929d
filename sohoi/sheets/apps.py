"""The door for Excel files: its name, and its place in the menu of the desk."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Read by desk.shell: the address, its words in the menu, the right that shows it."""

    name = "sohoi.sheets"
    menu = ("sheets", "Nhập Excel", "people")
