"""The page of forms compared with the program: keys, contents, columns, rules, layouts, regimes, and every form."""

import re
import tomllib

from docxtpl import DocxTemplate

from sohoi.reports import regimes, regular
from sohoi.reports.checks import CHECK_KEYS, RULES, read_checks
from sohoi.reports.forms import CONTENTS, FOLDER, KEYS, SECTION_KEYS, SENTENCE_KEYS, forms
from sohoi.reports.writers import layout
from tests.test_docs import blocks, part, tables, text

STYLES = "BODY|ITEM|HEADING_[12]|TABLE_.*|ANNEX_.*|BODY_PLACE"


def test_the_page_of_forms_names_every_key_and_no_other():
    assert set(tables(part("docs/forms.md", "## form.toml"))[0]) == KEYS
    keys, contents = tables(part("docs/forms.md", "## Đề mục của báo cáo sơ kết"))
    assert (set(keys), set(contents)) == (SECTION_KEYS, set(CONTENTS) - {""})
    assert set(tables(part("docs/forms.md", "## Câu"))[0]) == SENTENCE_KEYS
    holes, styles = tables(part("docs/forms.md", "## layout.docx"))
    assert set(styles) == {value for name, value in vars(layout).items() if re.fullmatch(STYLES, name)}
    for path in [*FOLDER.glob("*/layout.docx"), *layout.HOUSE.glob("*.docx")]:
        numberless = {"number"} if path.name.startswith("plain") else set()
        assert DocxTemplate(path).get_undeclared_template_variables() == set(holes) - numberless


def test_the_page_of_forms_names_every_form_and_the_page_of_commands_every_review():
    assert set(tables(text("docs/forms.md"))[0]) == {path.parent.name for path in FOLDER.glob("*/form.toml")}
    assert all(f"`{code}`" in part("docs/formats.md", "### `report`") for code in forms())


def test_the_page_of_forms_names_every_key_of_a_regular_form_and_its_example_is_read(tmp_path):
    page = part("docs/forms.md", "## Báo cáo định kỳ").split("\n###")[0]
    keys, periods = tables(page)
    assert (set(keys), set(periods)) == (regular.KEYS, set(regular.PERIODS))
    assert set(re.findall(r"^\| `(\w+)` \| có \|", page, re.MULTILINE)) == set(regular.NEEDED)
    section, contents = tables(part("docs/forms.md", "### Đề mục"))
    assert (set(section), set(contents)) == (regular.SECTION_KEYS, set(regular.CONTENTS) - {""})
    table, columns, row = tables(part("docs/forms.md", "### Bảng"))
    assert (set(table), set(columns), set(row)) == (regular.TABLE_KEYS, set(regular.COLUMNS), regular.ROW_KEYS)
    [styles] = tables(part("docs/forms.md", "## Thể thức, trang giấy và mã QR"))
    assert set(styles) == set(regular.STYLES)
    [example] = blocks(part("docs/forms.md", "### Bảng"), "toml")
    assert regular.read_regular(tomllib.loads(example), tmp_path / "form.toml").measures == ["gifts", "gift-money"]


def test_the_page_of_forms_names_every_key_of_a_regime():
    keys, owed = tables(part("docs/forms.md", "## Chế độ báo cáo"))
    assert (set(keys), set(owed)) == (regimes.KEYS, set(regimes.OWED_KEYS))


def test_the_page_of_forms_names_every_rule_of_a_check_and_its_example_is_read():
    page = part("docs/forms.md", "## Kiểm tra trước khi ký")
    rules, keys = tables(page)
    assert (set(rules), set(keys)) == (set(RULES), CHECK_KEYS)
    rows = re.findall(r"^\| `(\w+)` \| (`[^|]+`) \|", page, re.MULTILINE)
    assert {rule: tuple(re.findall(r"`(\w+)`", said)) for rule, said in rows} == RULES
    [example] = blocks(page, "toml")
    assert [check.rule for check in read_checks(tomllib.loads(example)["check"], "docs")] == ["part", "outlier", "over"]
