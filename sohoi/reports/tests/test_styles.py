"""The three styles of a paper, upright and on its side, with its QR: real files, looked into by other programs."""

import dataclasses
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter

import docx as word
import pytest
import segno
from PIL import Image

from sohoi.reports.table import Cell, Column, Paragraph, Row, Table
from sohoi.reports.tests import sample
from sohoi.reports.tests.test_writers import LAYOUT, Reader, hostile, poppler, words_of_docx
from sohoi.reports.writers import docx, html, layout, official, pdf, xlsx

ADDRESS = "https://sohoi.example.vn/s/K7QM4TZ/"
EACH = [(style, wide) for style in layout.STYLES for wide in (False, True)]


def twelve_columns() -> Table:
    """As many as a form may have, with the long words that heads have."""
    columns = (Column("STT", 10, "center"), Column("Đơn vị", 48), *(
        Column(f"Hội viên nòng cốt, nghiêng về khối {at}", 19, "right") for at in range(10)
    ))  # fmt: skip
    rows = (
        Row((Cell(str(at)), Cell("Chi hội Ấp Bình Hòa"), *(Cell("1.298", 1298, "number"),) * 10)) for at in range(30)
    )
    return Table("Biểu 2", columns, tuple(rows), "Đơn vị tính: người.")


def made(style, wide=False, **more):
    """The sample in a style, with its QR; on its side with the widest table."""
    body = (*sample.paper().body[:5], twelve_columns()) if wide else sample.paper().body
    return dataclasses.replace(sample.paper(), **{"style": style, "wide": wide, "body": body, "qr": ADDRESS} | more)


@pytest.fixture(scope="module")
def papers():
    """Each as Word and as PDF."""
    return {key: (docx.write(made(*key)), pdf.write(made(*key))) for key in EACH}


@pytest.mark.parametrize("key", EACH)
def test_every_letter_of_every_style_is_in_the_file(papers, key):
    fonts = poppler("pdffonts", papers[key][1]).splitlines()[2:]
    assert {line.split()[0].split("+")[1].split("-")[0] for line in fonts} == {"Tinos"}
    assert all(" yes yes yes " in line for line in fonts)


@pytest.mark.parametrize("key", EACH)
def test_the_page_word_and_pdf_say_the_same_words(papers, key):
    as_word, as_pdf = papers[key]
    screen = Counter(Reader(html.write(made(*key))).text.split())
    beside_the_qr = Counter(official.code_line(made(*key)).split())
    assert screen - beside_the_qr == Counter(words_of_docx(as_word).split())
    if not key[1]:  # in narrow columns pdftotext runs words into each other
        assert screen.keys() <= Counter(poppler("pdftotext", as_pdf, "-layout").split()).keys()


def head(style):
    text = words_of_docx(docx.write(made(style, number="15/BC-BTV")))
    return [line for line in text.split("\n") if line][:9]


def test_the_party_has_its_name_an_asterisk_and_its_own_number():
    assert head("party")[4:9] == [
        "*", official.PARTY, "Số 15-BC/BTV", "Bình Lâm, ngày 04 tháng 5 năm 2024", "BÁO CÁO",
    ]  # fmt: skip
    shown = words_of_docx(docx.write(made("party")))
    assert "T/M BAN THƯỜNG VỤ" in shown
    assert official.COUNTRY not in shown
    assert official.MOTTO not in shown


def test_a_plain_paper_says_who_writes_and_has_no_number():
    assert head("plain")[4:5] == ["BÁO CÁO"]
    shown = html.write(made("plain", signer_title="CHI HỘI TRƯỞNG", recipients=()))
    for absent in (official.COUNTRY, official.PARTY, "Số:", official.RECIPIENTS):
        assert absent not in shown
    assert shown.index("Bình Lâm, ngày 04 tháng 5 năm 2024") > shown.index('class="paper-signer"')


def test_the_signature_of_a_paper_without_recipients_opens_in_word():
    written = docx.write(made("plain", recipients=()))
    cells = [cell for table in word.Document(io.BytesIO(written)).tables for row in table.rows for cell in row.cells]
    assert all(cell.paragraphs for cell in cells)


@pytest.mark.parametrize(("wide", "size", "text"), [(False, (210, 297), 165), (True, (297, 210), 252)])
def test_margins_are_those_of_the_rule_and_tables_fill_the_page(papers, wide, size, text):
    for style in layout.STYLES:
        document = word.Document(io.BytesIO(papers[style, wide][0]))
        [section] = document.sections
        assert (round(section.page_width.mm), round(section.page_height.mm)) == size
        sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
        widths = [cell.width.mm for cell in document.tables[-1].rows[0].cells]
        assert round(sum(widths)) == text
        points = [round(float(at) / 72 * 25.4) for at in re.findall(r"([\d.]+) x ([\d.]+) pts",
                  poppler("pdfinfo", papers[style, wide][1]))[0]]  # fmt: skip
        assert tuple(points) == size


def test_no_word_of_anybody_becomes_markup_in_any_style():
    for style in layout.STYLES:
        paper = dataclasses.replace(hostile("#set page(width: 1mm)"), style=style, qr=ADDRESS)
        assert "#set page(width: 1mm)" in words_of_docx(docx.write(paper))
        assert pdf.write(paper)[:5] == b"%PDF-"


def test_a_sign_that_word_cannot_keep_is_refused_in_words():
    paper = dataclasses.replace(sample.paper(), body=(Paragraph(("Phường\x08 Mỹ Xuyên",)),))
    with pytest.raises(ValueError, match="ký tự điều khiển, Word không giữ được"):
        docx.write(paper)


def test_a_form_without_a_layout_takes_that_of_the_house(tmp_path):
    paper = made("party")
    assert words_of_docx(docx.write(paper, tmp_path / "layout.docx")) == words_of_docx(docx.write(paper))
    assert official.PARTY not in words_of_docx(docx.write(paper, LAYOUT))


def test_the_layouts_of_the_house_have_all_that_the_script_draws():
    for style, wide in EACH:
        kept = word.Document(str(layout.of_the_house(style, wide=wide)))
        drawn = layout.draw(style, wide=wide)
        assert {one.name for one in drawn.styles} <= {one.name for one in kept.styles}
        for words in ("{{ issuer }}", official.COUNTRY, official.PARTY, "{{ subject }}"):
            assert (words in kept.element.xml) == (words in drawn.element.xml)


class TestQr:
    """One on each page, small, and it opens the paper."""

    def squares(self) -> list[list[int]]:
        return [list(row) for row in segno.make_qr(ADDRESS, error="m").matrix]

    def seen(self, printed: bytes, page: int) -> list[list[int]]:
        """The squares in the lower right corner of a page, as a camera would find them."""
        dots = 600
        command = ["pdftoppm", "-r", str(dots), "-gray", "-f", str(page), "-l", str(page), "-"]
        if not shutil.which("pdftoppm"):
            assert not os.environ.get("CI"), "pdftoppm is missing: install poppler-utils"
            pytest.skip("pdftoppm is not installed (poppler-utils)")
        whole = Image.open(io.BytesIO(subprocess.run(command, input=printed, capture_output=True, check=True).stdout))
        mm, many = dots / 25.4, len(self.squares())
        left, top = whole.width - (15 + official.QR_MM) * mm, whole.height - (4 + official.QR_MM) * mm
        step = official.QR_MM * mm / many
        return [
            [
                int(whole.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))) < 128)
                for x in range(many)
            ]
            for y in range(many)
        ]

    def test_each_page_of_the_pdf_has_the_very_squares(self, papers):
        for key in (("state", False), ("party", True)):
            printed = papers[key][1]
            pages = int(re.search(r"Pages: +(\d+)", poppler("pdfinfo", printed))[1])
            assert pages >= 2
            for page in (1, pages):
                assert self.seen(printed, page) == self.squares()
            text = poppler("pdftotext", printed, "-layout")
            assert text.count("Mã: K7QM4TZ") == pages

    def test_a_square_is_large_enough_for_a_telephone(self):
        assert official.QR_MM / len(self.squares()) > 0.35

    def test_the_foot_of_each_page_of_word_has_it(self, papers):
        [section] = word.Document(io.BytesIO(papers["state", False][0])).sections
        for foot in (section.footer, section.first_page_footer):
            assert foot.paragraphs[-1].text.strip() == "Mã: K7QM4TZ"
            [picture] = foot._element.xpath(".//wp:inline")
            assert round(picture.extent.cx / 36000) == official.QR_MM
            part = foot.part.related_parts[picture.xpath(".//a:blip/@r:embed")[0]]
            image = Image.open(io.BytesIO(part.blob)).convert("1")
            many = image.width // 10
            found = [[int(not image.getpixel((x * 10 + 5, y * 10 + 5))) for x in range(many)] for y in range(many)]
            assert found == self.squares()

    def test_the_page_has_one_and_every_sheet_of_excel_prints_it(self):
        shown = html.write(made("state"))
        assert shown.count("<svg") == 1
        assert "style=" not in shown
        inside = zipfile.ZipFile(io.BytesIO(xlsx.write(made("state"))))
        sheets = [name for name in inside.namelist() if re.match(r"xl/worksheets/sheet\d", name)]
        assert all("Mã: K7QM4TZ" in inside.read(name).decode() for name in sheets)

    def test_a_paper_without_an_address_has_none(self):
        bare = dataclasses.replace(made("state"), qr=None)
        assert "<svg" not in html.write(bare)
        assert "Mã:" not in words_of_docx(docx.write(bare))
        assert "Mã:" not in poppler("pdftotext", pdf.write(bare))


def test_codes_that_are_the_paper_s_own_and_a_number_need_no_list():
    cells = tuple(Cell("23", 23, "number", code=f"K7QM4TZ-{at}") for at in (1, 2))
    codes = tuple((f"K7QM4TZ-{at}", "hội viên") for at in (1, 2))
    paper = made("state", codes=codes, body=(Paragraph(cells),))
    note = "mã văn bản, gạch nối và số nhỏ trong ngoặc bên cạnh số liệu đó, ví dụ K7QM4TZ-1."
    for said in (
        words_of_docx(docx.write(paper)),
        html.write(paper),
        " ".join(poppler("pdftotext", pdf.write(paper)).split()),
    ):
        assert note in said
        assert official.ANNEX_TITLE not in said
    other = dataclasses.replace(paper, qr=None)
    assert official.ANNEX_TITLE in html.write(other)
