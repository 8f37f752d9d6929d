"""A child that dies of the second file of a zip, as one that was killed by its limits does."""

import os
from collections.abc import Iterator
from typing import Any

from sohoi.limited import serve
from sohoi.reports.incoming.child import answer


def dying(question: bytes) -> Iterator[list[Any]]:
    """As the real one up to there."""
    for line in answer(question):
        yield line
        if line[0] == "file" and line[1] == 1:
            os.abort()


if __name__ == "__main__":
    serve(dying, at_once="file")
