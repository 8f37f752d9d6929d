"""The one exception of the launcher: a Vietnamese sentence for the person at the terminal."""


class CannotStart(Exception):
    """What happened, where, and what to do; programs print it without a traceback and exit with 1."""
