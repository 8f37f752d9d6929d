"""The reviews and the papers of seed 003 as files in out/, written by the same functions as the desk and commands."""

from pathlib import Path

from demo.thuong_thanh import MEETING
from sohoi.goals.models import Resolution
from sohoi.reports.meetings import invitation, minutes
from sohoi.reports.models import Version
from sohoi.reports.read.papers import review_paper
from sohoi.reports.read.verifying import paper_of
from sohoi.reports.table import Paper
from sohoi.reports.write.papers import SUFFIXES, paper_bytes, write_file
from sohoi.work.models import Meeting

OUT = Path(__file__).resolve().parent.parent / "out"
FORM = "giua-nhiem-ky"
REVIEWS = {"my-xuyen-2021-2026": "so-ket-my-xuyen", "quan-1-2021-2026": "so-ket-quan-1"}


def write(folder: Path = OUT) -> list[Path]:
    """Word, PDF and Excel of both reviews; returns the files."""
    files = []
    for code, name in REVIEWS.items():
        resolution = Resolution.objects.select_related("unit").get(code=code)
        paper = review_paper(resolution, resolution.cut_off or resolution.term_last, form=FORM)
        files += [write_file(paper, folder / f"{name}.{suffix}", FORM) for suffix in SUFFIXES]
    return files


def write_january(signed: Version, folder: Path = OUT) -> list[Path]:
    """The ward's signed January 2018 in Word and PDF, and its briefing's invitation and minutes in Word."""
    meeting = Meeting.objects.select_related("unit").get(pk=MEETING)
    month, called = paper_of(signed), invitation(meeting, meeting.on)
    told = ((month, "bao-cao-thang-1-2018.docx"), (month, "bao-cao-thang-1-2018.pdf"),
            (called, "giay-moi-giao-ban.docx"), (minutes(meeting), "bien-ban-giao-ban.docx"))  # fmt: skip
    return [_put(paper, folder / f"thuong-thanh-{name}") for paper, name in told]


def _put(paper: Paper, target: Path) -> Path:
    """One file of a paper whose codes are kept."""
    target.write_bytes(paper_bytes(paper, target.suffix.lstrip(".")))
    return target
