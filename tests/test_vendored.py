"""What others made and we ship: each is listed in docs/vendored.md, is the one listed, and asks no server.

Refuses a file that came in by hand, a changed byte, a stylesheet that points at a source map or at a server,
and a map of the country without all 34 provinces and both archipelagos.
"""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DESK = ROOT / "sohoi/desk/static/desk"
FOLDERS = [DESK / "vendor", DESK / "fonts", DESK / "map", ROOT / "sohoi/reports/fonts", ROOT / "tests/vendor"]
ROW = re.compile(r"\| `([^`|]+)` \| `([0-9a-f]{64})` \|$", re.MULTILINE)
LISTED = dict(ROW.findall((ROOT / "docs/vendored.md").read_text("utf-8")))
MAP = json.loads((DESK / "map/provinces.json").read_text("utf-8"))
VIETNAMESE = set("aăâbcdđeêghiklmnoôơpqrstuưvxyàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ")


def ranges_of(subset: str) -> list[str]:
    """The unicode-range of one subset of Be Vietnam Pro, once for each weight in the stylesheet."""
    css = (DESK / "fonts/fonts.css").read_text("utf-8")
    return re.findall(rf'be-vietnam-pro-{subset}-\d+-normal\.woff2"\)[^}}]*unicode-range:([^;]+);', css)


def holds(unicode_range: str, letter: str) -> bool:
    """Whether a letter lies in a CSS unicode-range."""
    spans = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", unicode_range)
    return any(int(first, 16) <= ord(letter) <= int(last or first, 16) for first, last in spans)


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_listed_file_is_the_one_that_was_listed(name: str) -> None:
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == LISTED[name]


def test_every_vendored_file_is_listed() -> None:
    lying_there = {str(p.relative_to(ROOT)) for folder in FOLDERS for p in folder.rglob("*") if p.is_file()}
    assert lying_there == set(LISTED) - {"LICENSE"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(ROOT)))
def test_a_licence_lies_beside_what_it_is_for(folder: Path) -> None:
    assert any(re.search("LICENSE|OFL", p.name) for p in folder.iterdir())


def test_our_own_licence_is_the_agpl() -> None:
    assert "LICENSE" in LISTED
    assert (ROOT / "LICENSE").read_text("utf-8").lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")


@pytest.mark.parametrize("name", [n for n in sorted(LISTED) if n.endswith((".css", ".js")) and "sohoi" in n])
def test_what_a_page_loads_asks_no_server_and_no_source_map(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "sourceMappingURL" not in text
    assert not re.search(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", text)


def test_every_file_the_font_stylesheet_names_is_there() -> None:
    named = re.findall(r'url\("([^"]+)"\)', (DESK / "fonts/fonts.css").read_text("utf-8"))
    assert set(named) == {p.name for p in (DESK / "fonts").glob("*.woff2")}


def test_each_vietnamese_letter_comes_from_one_subset_and_never_from_latin_ext() -> None:
    for weight in range(3):
        latin, vietnamese, others = (ranges_of(s)[weight] for s in ("latin", "vietnamese", "latin-ext"))
        for letter in VIETNAMESE | {letter.upper() for letter in VIETNAMESE} | {"₫"}:
            assert holds(latin, letter) != holds(vietnamese, letter), letter
            assert not holds(others, letter), letter


def test_the_map_has_todays_34_provinces_once_each() -> None:
    codes = [province["code"] for province in MAP["provinces"]]
    assert len(codes) == len(set(codes)) == 34
    assert {"01", "48", "56", "79"} <= set(codes)
    assert all(re.fullmatch(r"(?:M[-\d. laz]+)+", province["path"]) for province in MAP["provinces"])


ARCHIPELAGOS = [("Quần đảo Hoàng Sa", "48"), ("Quần đảo Trường Sa", "56")]


@pytest.mark.parametrize(("name", "code"), ARCHIPELAGOS)
def test_an_archipelago_is_drawn_in_its_province(name: str, code: str) -> None:
    (found,) = [each for each in MAP["islands"] if each["name"] == name]
    (path,) = [province["path"] for province in MAP["provinces"] if province["code"] == code]
    frame = found["frame"]
    dots = [(float(x) - frame["x"], float(y) - frame["y"]) for x, y in re.findall(r"M([\d.]+) ([\d.]+)a", path)]
    assert found["province"] == code
    assert len([1 for x, y in dots if 0 < x < frame["width"] and 0 < y < frame["height"]]) >= 10


@pytest.mark.parametrize("name", [name for name, _ in ARCHIPELAGOS])
def test_the_label_and_the_frame_of_an_archipelago_stand_on_the_map(name: str) -> None:
    (found,) = [each for each in MAP["islands"] if each["name"] == name]
    left, top, width, height = (float(n) for n in MAP["viewBox"].split())
    half = len(name) * found["size"] * 0.3  # a letter of Be Vietnam Pro is about 0.6 of its size wide
    assert left < found["x"] - half < found["x"] + half < left + width
    assert top < found["y"] - found["size"]
    assert found["frame"]["y"] + found["frame"]["height"] < top + height
