"""The sheet of results: each ratio beside its target, on the screen at once and in out/bench.json at the end."""

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

AT_MOST, AT_LEAST = "at most", "at least"
SIGN = {AT_MOST: "≤", AT_LEAST: "≥"}


@dataclass(frozen=True)
class Verdict:
    """One ratio with its target; `judged` is False where the target speaks of another size or another report."""

    target: int
    what: str
    ratio: float
    sense: str
    limit: float
    judged: bool
    measured: dict[str, float]

    @property
    def met(self) -> bool:
        return self.ratio <= self.limit if self.sense == AT_MOST else self.ratio >= self.limit

    @property
    def word(self) -> str:
        if not self.judged:
            return "không chấm"
        return "đạt" if self.met else "CHƯA ĐẠT"


@dataclass
class Sheet:
    """All verdicts of a run, its notes and how long each step took."""

    about: dict[str, Any] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    steps: list[tuple[float, str]] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        """A line with the seconds since the start."""
        seconds = time.monotonic() - self.begun
        self.steps.append((round(seconds, 1), text))
        print(f"{seconds:7.1f}".replace(".", ",") + f" giây  {text}", flush=True)

    def judge(
        self, target: int, what: str, ratio: float, sense: str, limit: float, measured: dict[str, float],
        *, judged: bool,
    ) -> None:  # fmt: skip
        """Note a ratio and say it."""
        verdict = Verdict(target, what, ratio, sense, limit, judged, measured)
        self.verdicts.append(verdict)
        times = "; ".join(f"{name} {written(value)}" for name, value in measured.items())
        self.say(f"[{target}] {what}: {written(ratio)} (cần {SIGN[sense]} {written(limit)}) {verdict.word}. {times}")

    def note(self, key: str, words: str, value: Any) -> None:
        """Something measured that has no target."""
        self.notes[key] = value
        self.say(words)

    @property
    def missed(self) -> list[Verdict]:
        return [v for v in self.verdicts if v.judged and not v.met]

    @property
    def conclusion(self) -> str:
        judged = sum(v.judged for v in self.verdicts)
        if not judged:
            return "Ở cỡ này không chấm mục tiêu nào."
        return (
            f"Chưa đạt {len(self.missed)} trong {judged} dòng được chấm."
            if self.missed
            else f"Đạt cả {judged} dòng được chấm."
        )

    def table(self) -> str:
        """The ratios in the order of the targets."""
        lines = ["", "Mục tiêu        đo được      cần    kết quả"]
        for v in sorted(self.verdicts, key=lambda v: v.target):
            wanted = f"{SIGN[v.sense]} {written(v.limit)}"
            lines.append(f"{v.target:>4} {written(v.ratio):>18} {wanted:>8}    {v.word:<20} {v.what}")
        return "\n".join(lines)

    def save(self, path: Path) -> None:
        """Everything, for another program."""
        path.parent.mkdir(parents=True, exist_ok=True)
        verdicts = [{**asdict(v), "met": v.met} for v in self.verdicts]
        body = {
            **self.about,
            "missed": len(self.missed),
            "verdicts": verdicts,
            "notes": self.notes,
            "steps": self.steps,
        }
        path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", "utf-8")


def written(number: float) -> str:
    """Three figures that mean something, with a decimal comma."""
    places = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2
    return f"{number:.{places}f}".replace(".", ",")
