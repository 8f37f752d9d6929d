"""A refusal is a sentence for people: what happened, where, what to do. Nothing is half-saved when it is raised."""


class Refusal(ValueError):
    """Bad input; `str()` is the Vietnamese sentence, `where` names the field or row when there is one."""

    def __init__(self, sentence: str, where: str = "") -> None:
        super().__init__(sentence)
        self.where = where


class Noted(Refusal):
    """A refusal that was written down on the way, and nothing else was: what is written stays."""
