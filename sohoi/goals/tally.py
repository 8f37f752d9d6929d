"""N/M as reports print it: how many were met, how many of these exceeded, how far, how many before their time. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from sohoi.vietnamese import number, percent


@dataclass(frozen=True)
class Tally:
    """How many of so many clauses were met; `exceeded` and `early` are among these, `met - exceeded` just met."""

    met: int
    count: int
    exceeded: int = 0
    early: int = 0
    most: tuple[Fraction, ...] = ()  # how far the exceeded criteria came, the lowest first

    @property
    def just(self) -> int:
        """How many were met and no more."""
        return self.met - self.exceeded

    @property
    def text(self) -> str:
        """ "10/10"."""
        return f"{number(self.met)}/{number(self.count)}"

    @property
    def reach(self) -> str:
        """ "đạt từ 123,5% đến 530%" of what was exceeded."""
        said = list(dict.fromkeys(percent(share) for share in self.most))
        return f"đạt từ {said[0]} đến {said[-1]}" if len(said) > 1 else "".join(f"đạt {one}" for one in said)
