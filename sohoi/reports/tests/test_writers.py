"""One paper in four formats: real files, opened again by other programs; the same words in each."""

import dataclasses
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import docx as word
import pytest
import python_calamine

from sohoi.reports.table import Cell, Column, Paper, Paragraph, Row, Table
from sohoi.reports.tests import sample
from sohoi.reports.writers import docx, html, layout, official, pdf, xlsx

LAYOUT = Path(docx.__file__).parent.parent / "forms" / "giua-nhiem-ky" / "layout.docx"
HOSTILE = (
    "=HYPERLINK(A1)+2",
    "@SUM(A1)",
    "#set page(width: 1mm)",
    "*đậm* _nghiêng_ $x$ @a \\ `b`",
    "{{ 7*7 }} {% for %}",
    "<script>alert('1')</script> & “chị”",
    "]]> &amp; <w:p/>",
    "https://example.org/",
)


def poppler(program: str, printed: bytes, *options: str) -> str:
    """What a program of poppler says of a PDF."""
    if not shutil.which(program):
        assert not os.environ.get("CI"), f"{program} is missing: install poppler-utils"
        pytest.skip(f"{program} is not installed (poppler-utils)")
    command = [program, *options, "-", *(["-"] if program == "pdftotext" else [])]
    return subprocess.run(command, input=printed, capture_output=True, check=True).stdout.decode()


class Reader(HTMLParser):
    """The text of a page, a blank between its parts, and its links."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text, self.links, self.tags = "", [], []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.text += " " if tag in ("p", "br", "li", "td", "th", "h1", "h2", "h3", "caption", "div") else ""
        self.links += [dict(attrs)["href"]] if tag == "a" else []

    def handle_data(self, data):
        self.text += data


def words_of_docx(written: bytes) -> str:
    body = word.Document(io.BytesIO(written)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p"))


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def sheets(written: bytes) -> dict[str, list[list]]:
    book = python_calamine.load_workbook(io.BytesIO(written))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def hostile(text: str) -> Paper:
    """The same words everywhere a word can stand."""
    table = Table(text, (Column(text, 60), Column("x", 40)), (Row((Cell(text), Cell("1", 1, "number"))),), text)
    return Paper(
        title_lines=(text,), subject=text, issuer_above=text, issuer=text, number=text, place=text,
        day=date(2024, 5, 4), body=(Paragraph((text, Cell(text, code="A1")), "item"), table),
        signer_title=text, signer_name=text, recipients=(text,), codes=(("A1", text),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def paper() -> Paper:
    return sample.paper()


@pytest.fixture(scope="module")
def as_word(paper: Paper) -> bytes:
    return docx.write(paper, LAYOUT)


@pytest.fixture(scope="module")
def as_pdf(paper: Paper) -> bytes:
    return pdf.write(paper)


class TestSameWords:
    def test_screen_and_word_say_the_same_words_and_pdf_all_of_them(self, paper, as_word, as_pdf):
        screen = Counter(Reader(html.write(paper)).text.split())
        assert screen == Counter(words_of_docx(as_word).split())
        assert screen.keys() <= Counter(poppler("pdftotext", as_pdf, "-layout").split()).keys()
        assert screen["41,82%"] == 2  # with its comma: once in the sentence, once in the table

    @pytest.mark.parametrize("text", HOSTILE)
    def test_no_word_of_anybody_becomes_markup(self, text):
        paper, bare = hostile(text), re.sub(r"\s", "", text)
        page = Reader(html.write(paper))
        assert re.sub(r"\s", "", page.text).count(bare) == 16
        assert not {"script", "a"} & set(page.tags)
        assert re.sub(r"\s", "", words_of_docx(docx.write(paper, LAYOUT))).count(bare) == 16
        assert re.sub(r"\s", "", poppler("pdftotext", pdf.write(paper), "-raw")).count(bare) == 16
        written = xlsx.write(paper)
        assert sheets(written)["Bảng 1"][4][:2] == [text, 1]
        inside = zipfile.ZipFile(io.BytesIO(written))
        for name in inside.namelist():
            assert not re.search(rb"<(f|hyperlink)[ >]", inside.read(name)), name


class TestWord:
    def test_the_head_the_title_and_the_signature_stand_as_decree_30_wants(self, as_word):
        lines = [line for line in words_of_docx(as_word).split("\n") if line]
        assert lines[:9] == [
            "HỘI LIÊN HIỆP PHỤ NỮ",
            "TỈNH HẠ GIANG",
            "BAN THƯỜNG VỤ HỘI LHPN",
            "HUYỆN BÌNH LÂM",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 15/BC-BTV",
            "Bình Lâm, ngày 04 tháng 5 năm 2024",
            "BÁO CÁO",
        ]
        foot = lines.index("Nơi nhận:")
        assert lines[foot + 1 : foot + 7] == [
            "- Ban Thường vụ Hội LHPN tỉnh (để báo cáo);", "- Thường trực Huyện ủy;", "- Lưu: VT, BTV.",
            "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Trần Thị Ngọc Hà",
        ]  # fmt: skip

    def test_figures_carry_a_small_number_that_leads_to_the_annex(self, as_word):
        document = word.Document(io.BytesIO(as_word))
        sentence = next(p for p in document.paragraphs if p.text.startswith("Giữa nhiệm kỳ"))
        assert [r.text for r in sentence.runs if r.font.superscript] == ["(1)", "(2)", "(3)"]
        assert [cell.text for cell in document.tables[-1].rows[1].cells[:2]] == ["1", "TR4K2M"]

    def test_tables_are_bordered_as_wide_as_the_text_and_repeat_their_head(self, as_word):
        document = word.Document(io.BytesIO(as_word))
        table = document.tables[1]
        assert table.style.name == "Table Grid"
        assert round(sum(cell.width.mm for cell in table.rows[0].cells)) == 165
        assert [bool(row._tr.findall(f".//{W}tblHeader")) for row in table.rows[:3]] == [True, False, False]
        heads = Counter((len(row.tc_lst) == 1, bool(row.findall(f".//{W}keepNext"))) for row in table._tbl.tr_lst)
        assert heads == {(True, True): 1, (False, False): 10}  # those of groups are not left alone at a page's foot

    def test_the_styles_are_those_of_the_layout_and_places_are_gone(self, as_word):
        document = word.Document(io.BytesIO(as_word))
        used = {paragraph.style.name for paragraph in document.paragraphs}
        assert {layout.BODY, layout.HEADING_1, layout.HEADING_2, layout.ITEM, layout.ANNEX_TITLE} <= used
        assert not {layout.BODY_PLACE, layout.ANNEX_PLACE} & used
        assert document.core_properties.author == "BAN THƯỜNG VỤ HỘI LHPN HUYỆN BÌNH LÂM"

    def test_the_layout_in_the_form_still_has_all_that_the_script_draws(self):
        kept, drawn = word.Document(str(LAYOUT)), layout.draw()
        assert {style.name for style in drawn.styles} <= {style.name for style in kept.styles}
        for words in ("{{ issuer }}", official.COUNTRY, official.MOTTO, "{{ subject }}"):
            assert (words in kept.element.xml) == (words in drawn.element.xml)
        assert kept.sections[0].left_margin.mm == pytest.approx(30, abs=5)

    @pytest.mark.parametrize("lost", [layout.BODY_PLACE, layout.TABLE_HEAD])
    def test_a_layout_that_lost_a_style_is_refused_by_name(self, lost, paper, tmp_path):
        broken = word.Document(str(LAYOUT))
        style = broken.styles[lost]
        style.name = "Kiểu khác"
        broken.save(str(tmp_path / "layout.docx"))
        with pytest.raises(ValueError, match=f"layout.docx thiếu kiểu chữ “{lost}”"):
            docx.write(paper, tmp_path / "layout.docx")

    def test_a_layout_without_a_place_for_the_text_is_refused(self, paper, tmp_path):
        broken = word.Document(str(LAYOUT))
        next(p for p in broken.paragraphs if p.style.name == layout.BODY_PLACE).style = layout.BODY
        broken.save(str(tmp_path / "layout.docx"))
        with pytest.raises(ValueError, match=f"không có đoạn nào mang kiểu chữ “{layout.BODY_PLACE}”"):
            docx.write(paper, tmp_path / "layout.docx")

    def test_a_paper_without_codes_has_no_annex(self, paper):
        plain = dataclasses.replace(paper, body=(sample.paragraph("body", "Không có."),), codes=())
        assert official.ANNEX_TITLE not in words_of_docx(docx.write(plain, LAYOUT))
        assert official.ANNEX_TITLE not in html.write(plain)


class TestPdf:
    def test_all_letters_come_from_one_family_so_none_is_missing(self, as_pdf):
        fonts = poppler("pdffonts", as_pdf).splitlines()[2:]
        families = {line.split()[0].split("+")[1].split("-")[0] for line in fonts}
        assert families == {"Tinos"}
        assert all(" yes yes yes " in line for line in fonts)  # embedded, a subset, and readable as text

    def test_the_words_can_be_read_and_found(self, as_pdf):
        text = " ".join(poppler("pdftotext", as_pdf, "-raw").split())
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
        assert "Bình Lâm, ngày 04 tháng 5 năm 2024" in text
        assert "tổ phụ nữ rèn luyện sức khỏe (đạt 41,82% chỉ tiêu nghị quyết)" in text
        assert "(đạt 880%, vượt 780% chỉ tiêu)" in text

    def test_pages_are_a4_and_numbered_on_top_from_the_second(self, as_pdf):
        assert re.search(r"Page size: +595.*A4", poppler("pdfinfo", as_pdf))
        pages = poppler("pdftotext", as_pdf, "-layout").split("\f")
        assert [page.split()[0] for page in pages[:3]] == ["HỘI", "2", "3"]

    def test_a_second_paper_has_nothing_of_the_first(self, paper, as_pdf):
        other = poppler("pdftotext", pdf.write(dataclasses.replace(paper, signer_name="Lê Thị Mai")))
        assert "Lê Thị Mai" in other
        assert "Trần Thị Ngọc Hà" not in other
        assert pdf.write(paper) is not as_pdf


class TestScreen:
    def test_every_figure_is_a_link_to_its_records_and_words_are_not(self, paper):
        page = Reader(html.write(paper))
        assert len(page.links) == 6 + 8
        assert set(page.links) == {cell.url for cell in paper.cells if cell.url}
        plain = re.sub(r' data-head="[^"]*"', "", html.write(paper))
        words = '<td class="left">tổ phụ nữ rèn luyện sức khỏe</td>'
        assert f'{words}<td class="right"><span class="figure">55</span></td>' in plain

    def test_each_cell_says_its_column_where_a_row_stands_as_a_card(self, paper):
        shown = html.write(paper).split('class="paper-annex"')[0]
        for block in paper.body:
            if isinstance(block, Table):
                whole = [row for row in block.rows if len(row.cells) == len(block.columns)]
                for column in block.columns:
                    assert shown.count(f'data-head="{column.label}"') == len(whole)

    def test_a_table_tells_a_screen_reader_its_title_and_its_heads(self, paper):
        markup = html.write(paper)
        assert "<caption>Bảng 1. Kết quả thực hiện các chỉ tiêu</caption>" in markup
        assert markup.count('<th scope="col"') == 5 + 3
        assert '<th scope="rowgroup" colspan="5">' in markup


class TestExcel:
    def test_figures_are_numbers_and_words_are_text(self, paper):
        rows = sheets(xlsx.write(paper))["Bảng 1"]
        assert rows[1][0] == "8 dòng"
        assert rows[3] == ["STT", "Chỉ tiêu", "Chỉ tiêu giao", "Kết quả", "Mức đạt", "Mã tra cứu"]
        assert rows[5] == ["1", "tổ phụ nữ rèn luyện sức khỏe", 55.0, 23.0, "đạt 41,82%", "TR4K2M"]
        assert rows[13][2:5] == [8.0, 6.0, 0.75]

    def test_every_code_has_its_value_and_its_address(self, paper):
        rows = sheets(xlsx.write(paper))["Mã tra cứu"]
        money = next(row for row in rows if row[1] == "TQ4S8J")
        assert money[3:] == [478_250_000.0, "tien-qua", "80-001", date(2021, 6, 15), date(2024, 5, 4)]

    def test_sentences_stand_in_a_sheet_of_their_own_with_their_codes(self, paper):
        rows = sheets(xlsx.write(paper))["Báo cáo"]
        assert ["Toàn huyện đã phát triển mới 3.495 hội viên (đạt 78,54%).", "HV3T7L"] in rows
        assert [f"{sample.targets().title} (xem trang “Bảng 1”)"] == [r[0] for r in rows if "xem trang" in r[0]]

    def test_money_and_shares_have_their_formats_and_the_head_stays_in_sight(self, paper):
        inside = zipfile.ZipFile(io.BytesIO(xlsx.write(paper)))
        styles = inside.read("xl/styles.xml").decode()
        assert "#,##0 &quot;đồng&quot;" in styles
        assert 'formatCode="0.00%"' in styles
        assert b'ySplit="4"' in inside.read("xl/worksheets/sheet2.xml")

    def test_what_excel_cannot_keep_is_not_given_to_it_in_silence(self, paper):
        cells = (
            Cell("1.234.567.890.123.456", 1_234_567_890_123_456, "number"),
            Cell("0,5", Fraction(1, 2), "number"),
        )
        table = Table("Số lớn", (Column("a", 10), Column("b", 10)), (Row(cells),))
        rows = sheets(xlsx.write(dataclasses.replace(paper, body=(table, table))))
        assert rows["Bảng 2"][4][:2] == ["1.234.567.890.123.456", 0.5]
        long = dataclasses.replace(paper, body=(Paragraph(("ạ" * 32_768,)),))
        with pytest.raises(ValueError, match="dài 32768 ký tự"):
            xlsx.write(long)


class TestThePaperItself:
    def test_a_row_that_does_not_fit_its_columns_is_refused(self):
        with pytest.raises(ValueError, match="Bảng “Kết quả”, dòng 2: có 1 ô nhưng bảng có 2 cột"):
            Table(
                "Kết quả",
                (Column("a", 1), Column("b", 1)),
                (Row((Cell("nhóm"),), "group"), Row((Cell("x"),))),
            )

    def test_a_figure_whose_code_the_annex_does_not_explain_is_refused(self, paper):
        with pytest.raises(ValueError, match="mang mã TR4K2M nhưng phần Mã tra cứu không có"):
            dataclasses.replace(paper, codes=())

    def test_nothing_in_a_paper_can_be_changed(self, paper):
        with pytest.raises(dataclasses.FrozenInstanceError):
            paper.subject = "khác"
