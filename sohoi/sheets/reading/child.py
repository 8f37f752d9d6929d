"""The child that reads a workbook which somebody sent (sohoi/limited.py says what it may). Started by start.py."""

import codecs

from sohoi.limited import serve
from sohoi.sheets.reading.cells import lines

ALPHABETS = ("cp437", "latin-1", "utf-8-sig", "utf-16", "utf-16-le")  # looked up now: later no file can be opened


def main() -> None:
    """A line for each sheet and row of each file."""
    for name in ALPHABETS:
        codecs.lookup(name)
    serve(lines)


if __name__ == "__main__":
    main()
