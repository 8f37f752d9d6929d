"""A refusal is a sentence for people: what happened, where, what to do. Nothing is half-saved when it is raised."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError


class Refusal(ValueError):
    """Bad input; `str()` is the Vietnamese sentence, `where` names the field or row when there is one."""

    def __init__(self, sentence: str, where: str = "") -> None:
        super().__init__(sentence)
        self.where = where


@contextmanager
def said_plainly() -> Iterator[None]:
    """In a command: a refusal, or a period or text that cannot be read, ends it with its sentence and exit code 1."""
    try:
        yield
    except ValueError as error:
        if isinstance(error, Refusal) or str(error)[:1].isupper():
            raise CommandError(str(error)) from error
        raise
