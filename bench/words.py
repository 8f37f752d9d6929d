"""Word files of branches: reading them in the limited child, placing them by headings and merging them, against mere
parsing of the same files by python-docx in this process. Target 24."""

import io
import random
import subprocess
import sys
from functools import partial
from pathlib import Path

from docx import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from bench.sheet import AT_MOST, Sheet
from bench.timing import Differing, turns
from sohoi.reports.narrative.headings import Heading, outline
from sohoi.reports.narrative.match import place
from sohoi.reports.narrative.merge import Source, merge
from sohoi.reports.wordfiles import Sent, read_files

FILES, PAGES = 100, 5
SENTENCES = 22  # of some twenty-four words: a page of 14 points
MEMORY = 512
ROOT = Path(__file__).resolve().parent.parent
FORM = (
    Heading("thinking", "I", "TÌNH HÌNH TƯ TƯỞNG, ĐỜI SỐNG HỘI VIÊN, PHỤ NỮ", 1),
    Heading("opinion", "1", "Những vấn đề được dư luận quan tâm", 2),
    Heading("results", "II", "KẾT QUẢ CÔNG TÁC HỘI VÀ PHONG TRÀO PHỤ NỮ", 1),
    Heading("prominent", "1", "Hoạt động nổi bật theo trọng tâm chỉ đạo", 2),
    Heading("models", "2", "Chương trình, mô hình nổi bật", 2),
    Heading("proposals", "IV", "ĐỀ XUẤT, KIẾN NGHỊ", 1),
    Heading("ahead", "V", "NHIỆM VỤ TRỌNG TÂM THÁNG TIẾP THEO", 1),
)
COMMON = (
    "Chi hội tiếp tục tuyên truyền chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước đến cán bộ, "
    "hội viên, phụ nữ trên địa bàn."
)
SAID = """chị em hội viên phụ nữ chi hội tuyên truyền vận động tham gia phong trào xây dựng gia đình no ấm tiến bộ hạnh
phúc văn minh giúp nhau phát triển kinh tế thăm hỏi tặng quà hộ khó khăn trẻ mồ côi vệ sinh môi trường ngõ xóm sạch"""
WORDS = SAID.split()
IN_A_RUN = 6  # words: Word itself breaks lines into as many runs as it was edited
# a process of its own, so that its memory and that of its child are theirs alone
WEIGHED = "from bench import machine, words; words.merged(words.files({files})); print(machine.held_mb())"


def measure(sheet: Sheet, judged: bool) -> None:
    """Target 24: time against parsing alone, and the memory of a process that does nothing else."""
    sent = files(FILES)
    sheet.say(f"{FILES} tệp Word, mỗi tệp {PAGES} trang")
    if merged(sent) != FILES * PAGES * SENTENCES:
        raise Differing("Gộp các tệp Word: số câu vào và ra khác nhau.")
    took = turns({"đọc và gộp": partial(merged, sent), "chỉ đọc": partial(parsed, sent)}, least=3, most=9, seconds=40)
    words = f"đọc và gộp {FILES} tệp Word {PAGES} trang so với riêng việc đọc bằng python-docx"
    sheet.judge(24, words, took["đọc và gộp"] / took["chỉ đọc"], AT_MOST, 2, took, judged=judged)
    weight = float(_weighed())
    sheet.judge(
        24, "bộ nhớ khi đọc và gộp, phần của 512 MB", weight / MEMORY, AT_MOST, 1, {"MB": weight}, judged=judged
    )


def files(many: int) -> list[Sent]:
    """Made-up reports of branches by the same headings, each with its own sentences and some that all have."""
    return [Sent.holding(f"chi-hoi-{at}.docx", _report(random.Random(at))) for at in range(many)]


def _report(chance: random.Random) -> bytes:
    """Five pages: headings and sentences, some with figures, three to a paragraph."""
    document = Document()
    document.add_paragraph("BÁO CÁO").runs[0].bold = True
    left = PAGES * SENTENCES
    for at, heading in enumerate(FORM):
        document.add_paragraph(f"{heading.number}. {heading.title}").runs[0].bold = True
        share = left // (len(FORM) - at)
        left -= share
        said = [_sentence(chance) for _ in range(share)]
        for first in range(0, share, 3):
            _written(document.add_paragraph(), " ".join(said[first : first + 3]).split(" "))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _written(paragraph: Paragraph, words: list[str]) -> None:
    """Words in several runs, each with its letters and size, as Word leaves them."""
    for at in range(0, len(words), IN_A_RUN):
        run = paragraph.add_run(" ".join([*words[at : at + IN_A_RUN], ""]))
        run.font.name, run.font.size = "Times New Roman", Pt(14)


def _sentence(chance: random.Random) -> str:
    """One in eight stands in every report."""
    if chance.random() < 0.125:
        return COMMON
    words = chance.choices(WORDS, k=20)
    words.insert(
        chance.randrange(4, 16), f"{chance.randrange(2, 90)} suất quà trị giá {chance.randrange(1, 90)}00.000 đồng"
    )
    return " ".join(words).capitalize() + "."


def merged(sent: list[Sent]) -> int:
    """As a page does it; the number of sentences that came out, so that nothing is lost unseen."""
    sources = []
    for file in read_files(sent):
        if file.refused:
            raise Differing(file.refused)
        found = place(outline(file.lines, FORM), FORM)
        sources.append(Source(file.name, file.name, found.sections, file=file.name))
    return sum(1 + len(line.repeats) for lines in merge(sources, FORM).values() for line in lines)


def parsed(sent: list[Sent]) -> int:
    """What anybody pays who reads the same files: opened, and the text of each paragraph taken."""
    return sum(len(paragraph.text) for file in sent for paragraph in Document(io.BytesIO(file.read())).paragraphs)


def _weighed() -> str:
    """Megabytes of a process that makes the files, reads and merges them."""
    command = [sys.executable, "-c", WEIGHED.format(files=FILES)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.strip()
