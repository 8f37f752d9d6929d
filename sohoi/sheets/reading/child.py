"""The child that reads a file which somebody sent: bytes in, JSON lines out, and nothing else within its reach.

Started by start.py with an empty environment (no address of the database, no key). A parser that aborts, runs without
end or swallows memory ends here and costs one sentence.
"""

import codecs
import json
import resource
import sys

from sohoi.refusal import Refusal
from sohoi.sheets.reading.cells import lines

MEMORY, SECONDS = 512 * 2**20, 30
ALPHABETS = ("cp437", "latin-1", "utf-8-sig", "utf-16", "utf-16-le")  # looked up now: later no file can be opened


def confine() -> None:
    """512 MB, 30 seconds of work, no file written, none opened, no process, no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for limit, most in (
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 3), (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))


def main() -> None:
    """Read all of stdin, write a line for each sheet and row, then that it is the end, or why there is none."""
    for name in ALPHABETS:
        codecs.lookup(name)
    confine()
    data = sys.stdin.buffer.read()
    try:
        for line in lines(data):
            sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.write('["end"]\n')
    except Refusal as refusal:
        sys.stdout.write(json.dumps(["refused", str(refusal)]) + "\n")


if __name__ == "__main__":
    main()
