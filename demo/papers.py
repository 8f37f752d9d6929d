"""The two reviews as files in the folder out/, written by the same functions as the desk and the commands."""

from pathlib import Path

from sohoi.goals.models import Resolution
from sohoi.reports.read.papers import review_paper
from sohoi.reports.write.papers import SUFFIXES, write_file

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
