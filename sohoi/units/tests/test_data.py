"""The country as data: the tables beside the room, before anything loads them.

Pure: reads the CSV files, needs no database. What must hold of the real country stands here by name.
"""

import csv
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, str]

DIGITS = {"province": 2, "district": 3, "base": 5}
ISLAND_ZONES = {f"Đặc khu {name}" for name in ("Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo")}


def read(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


BEFORE, TODAY, LINEAGE, RENAMED = (read(f"{name}.csv") for name in ("before", "today", "lineage", "renamed"))
OLD = {row["code"]: row for row in BEFORE}
NEW = {row["code"]: row for row in TODAY}
BASE = [row for row in LINEAGE if row["level"] == "base"]


def codes(rows: list[Row], level: str) -> set[str]:
    return {row["code"] for row in rows if row["level"] == level}


def old_communes(district: str) -> dict[str, str]:
    """Name -> code of the communes of one old district."""
    return {row["name"]: row["code"] for row in BEFORE if row["parent"] == district}


def successors(code: str) -> dict[str, str]:
    """Name of the new unit -> whole or part."""
    return {NEW[row["new"]]["name"]: row["part"] for row in LINEAGE if row["old"] == code}


def test_the_country_has_34_provinces_and_3321_communes_today():
    assert Counter(row["level"] for row in TODAY) == {"province": 34, "base": 3321}
    words = Counter(row["name"].split()[0] for row in TODAY if row["level"] == "base")
    assert words == {"Xã": 2621, "Phường": 687, "Đặc": 13}


def test_the_country_had_63_provinces_696_districts_and_10035_communes():
    assert Counter(row["level"] for row in BEFORE) == {"province": 63, "district": 696, "base": 10035}
    kinds = ("Xã", "Phường", "Thị trấn")
    base = [row["name"] for row in BEFORE if row["level"] == "base"]
    assert {kind: sum(name.startswith(kind + " ") for name in base) for kind in kinds} == {
        "Xã": 7692,
        "Phường": 1726,
        "Thị trấn": 617,
    }


@pytest.mark.parametrize("rows", [BEFORE, TODAY], ids=["before", "today"])
def test_a_code_has_the_digits_of_its_level_and_is_there_once(rows):
    assert max(Counter(row["code"] for row in rows).values()) == 1
    for row in rows:
        assert row["code"].isdigit(), row
        assert len(row["code"]) == DIGITS[row["level"]], row


def test_every_parent_exists_one_level_up():
    def steps(rows: list[Row]) -> set[tuple[str, str]]:
        level = {row["code"]: row["level"] for row in rows} | {"": ""}
        return {(row["level"], level[row["parent"]]) for row in rows}

    assert steps(BEFORE) == {("province", ""), ("district", "province"), ("base", "district")}
    assert steps(TODAY) == {("province", ""), ("base", "province")}


def test_only_five_island_districts_had_no_communes():
    parents = {row["parent"] for row in BEFORE}
    empty = {row["name"] for row in BEFORE if row["level"] == "district" and row["code"] not in parents}
    assert empty == {name.replace("Đặc khu", "Huyện") for name in ISLAND_ZONES}


@pytest.mark.parametrize("name", ["before", "today", "lineage", "renamed"])
def test_a_table_is_composed_unicode_with_plain_line_ends_and_in_order(name):
    raw = (DATA / f"{name}.csv").read_bytes()
    text = raw.decode("utf-8")
    assert b"\r" not in raw
    assert text == unicodedata.normalize("NFC", text)
    cells = [cell for row in read(f"{name}.csv") for cell in row.values()]
    assert cells == [" ".join(cell.split()) for cell in cells]
    order, rows = list(DIGITS), read(f"{name}.csv")
    keys = [(order.index(row["level"]), row.get("code") or (row["old"], row["new"])) for row in rows]
    assert keys == sorted(keys)


def test_every_name_opens_with_its_type_word_as_the_law_writes_it():
    allowed = {
        "province": ("Thành phố ", "Tỉnh "),
        "district": ("Quận ", "Huyện ", "Thị xã ", "Thành phố "),
        "base": ("Xã ", "Phường ", "Thị trấn ", "Đặc khu "),
    }
    assert not [row["name"] for row in BEFORE + TODAY if not row["name"].startswith(allowed[row["level"]])]


def test_tones_are_written_in_one_way():
    modern = [
        row["name"]
        for row in BEFORE + TODAY
        for syllable in row["name"].lower().split()
        if syllable.endswith(("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "uỷ", "uỵ", "uỳ", "uý"))
        and not syllable.startswith("qu")
    ]
    assert modern == []


def test_every_old_unit_has_a_successor():
    assert {row["old"] for row in LINEAGE} == set(OLD)
    assert all(row["level"] == OLD[row["old"]]["level"] for row in LINEAGE)


def test_every_new_unit_has_a_predecessor_and_five_special_zones_have_a_district():
    assert {row["new"] for row in LINEAGE} == set(NEW)
    without_commune = codes(TODAY, "base") - {row["new"] for row in BASE}
    assert {NEW[code]["name"] for code in without_commune} == ISLAND_ZONES
    from_districts = {row["new"] for row in LINEAGE if row["level"] == "district"} & codes(TODAY, "base")
    assert from_districts == without_commune


def test_a_commune_goes_to_communes_and_a_province_or_mainland_district_to_a_province():
    assert all(NEW[row["new"]]["level"] == "base" for row in BASE)
    others = [row for row in LINEAGE if row["level"] != "base"]
    assert sum(NEW[row["new"]]["level"] == "province" for row in others) == 63 + 696 - 5
    assert all(row["part"] == "whole" for row in others)


def test_whole_means_one_successor_and_part_means_at_least_two():
    parts = defaultdict(list)
    for row in LINEAGE:
        parts[row["old"]].append(row["part"])
    assert all(found == ["whole"] or (set(found) == {"part"} and len(found) >= 2) for found in parts.values())
    assert sum(len(found) > 1 for found in parts.values()) == 441
    assert len({(row["old"], row["new"]) for row in LINEAGE}) == len(LINEAGE)


def test_no_commune_crossed_into_another_new_province_than_its_own():
    province = {row["old"]: row["new"] for row in LINEAGE if row["level"] == "province"}
    for row in BASE:
        assert NEW[row["new"]]["parent"] == province[OLD[OLD[row["old"]]["parent"]]["parent"]], row
    for row in LINEAGE:
        if row["level"] == "district":
            assert province[OLD[row["old"]]["parent"]] in (row["new"], NEW[row["new"]]["parent"])


def test_quan_1_ten_wards_become_four():
    wards = old_communes("760")
    assert OLD["760"]["name"] == "Quận 1"
    found = {name: successors(code) for name, code in wards.items()}
    assert found == {
        "Phường Tân Định": {"Phường Tân Định": "whole"},
        "Phường Đa Kao": {"Phường Tân Định": "part", "Phường Sài Gòn": "part"},
        "Phường Bến Nghé": {"Phường Sài Gòn": "whole"},
        "Phường Bến Thành": {"Phường Bến Thành": "whole"},
        "Phường Nguyễn Thái Bình": {"Phường Sài Gòn": "part", "Phường Bến Thành": "part"},
        "Phường Phạm Ngũ Lão": {"Phường Bến Thành": "whole"},
        "Phường Cầu Ông Lãnh": {"Phường Bến Thành": "part", "Phường Cầu Ông Lãnh": "part"},
        "Phường Cô Giang": {"Phường Cầu Ông Lãnh": "whole"},
        "Phường Nguyễn Cư Trinh": {"Phường Cầu Ông Lãnh": "whole"},
        "Phường Cầu Kho": {"Phường Cầu Ông Lãnh": "whole"},
    }


def test_my_xuyen_eleven_units_go_whole_to_five_of_can_tho():
    found = {name: successors(code) for name, code in old_communes("947").items()}
    assert OLD["947"]["name"] == "Huyện Mỹ Xuyên"
    assert {name: only for name, goes in found.items() for only in goes} == {
        "Thị trấn Mỹ Xuyên": "Phường Mỹ Xuyên",
        "Xã Đại Tâm": "Phường Mỹ Xuyên",
        "Xã Tham Đôn": "Xã Ngọc Tố",
        "Xã Ngọc Đông": "Xã Ngọc Tố",
        "Xã Ngọc Tố": "Xã Ngọc Tố",
        "Xã Thạnh Phú": "Xã Nhu Gia",
        "Xã Gia Hòa 1": "Xã Nhu Gia",
        "Xã Thạnh Quới": "Xã Gia Hòa",
        "Xã Gia Hòa 2": "Xã Gia Hòa",
        "Xã Hòa Tú 1": "Xã Hòa Tú",
        "Xã Hòa Tú 2": "Xã Hòa Tú",
    }
    assert {part for goes in found.values() for part in goes.values()} == {"whole"}
    assert successors("947") == {"Thành phố Cần Thơ": "whole"}


def test_the_two_communes_named_thanh_quoi_are_not_mixed_up():
    assert successors("31714") == {"Xã Gia Hòa": "whole"}  # of Mỹ Xuyên, Sóc Trăng
    assert successors("31246") == {"Xã Thạnh Quới": "whole"}  # of Vĩnh Thạnh, Cần Thơ


def test_phuong_thuong_thanh_is_divided():
    assert successors("00115") == {"Phường Bồ Đề": "part", "Phường Việt Hưng": "part"}


@pytest.mark.parametrize(
    ("code", "name", "goes"),
    [
        ("01651", "Xã Mỹ Hưng", {"Xã Phục Hòa": "whole"}),
        ("01615", "Xã Hồng Quang", {"Xã Bế Văn Đàn": "whole"}),
        ("02482", "Xã Phú Thịnh", {"Xã Thái Bình": "whole"}),
        ("02485", "Xã Công Đa", {"Xã Trung Sơn": "whole"}),
        ("00556", "Xã Đặng Xá", {"Xã Phù Đổng": "part", "Xã Thuận An": "part"}),
        ("23053", "Xã Hòa Thắng", {"Xã Hòa Thắng": "part", "Xã Hồng Thái": "part"}),
        ("09910", "Xã Ngọc Mỹ", {"Xã Kiều Phú": "part", "Xã Quốc Oai": "part", "Xã Tây Phương": "part"}),
    ],
)
def test_where_a_source_erred_the_words_of_the_resolution_hold(code, name, goes):
    assert OLD[code]["name"] == name
    assert successors(code) == goes


def test_a_code_alone_does_not_say_which_unit():
    assert len(codes(TODAY, "base") & codes(BEFORE, "base")) == 3316
    assert codes(TODAY, "province") < codes(BEFORE, "province")
    assert (OLD["24"]["name"], NEW["24"]["name"]) == ("Tỉnh Bắc Giang", "Tỉnh Bắc Ninh")


def test_kept_units_are_those_with_one_predecessor_that_is_themselves():
    before = Counter(row["new"] for row in LINEAGE if row["level"] != "district")
    after = Counter(row["old"] for row in LINEAGE)
    same = {
        row["old"]
        for row in LINEAGE
        if row["old"] == row["new"]
        and before[row["new"]] == after[row["old"]] == 1
        and OLD[row["old"]]["name"] == NEW[row["new"]]["name"]
    }
    assert same == {row["code"] for row in TODAY if row["kept"] == "yes"}
    assert {row["kept"] for row in TODAY} == {"yes", ""}
    assert len(same & codes(TODAY, "base")) == 127
    assert {NEW[code]["name"] for code in same & codes(TODAY, "province")} == {
        "Thành phố Hà Nội",
        "Thành phố Huế",
        "Tỉnh Cao Bằng",
        "Tỉnh Điện Biên",
        "Tỉnh Hà Tĩnh",
        "Tỉnh Lai Châu",
        "Tỉnh Lạng Sơn",
        "Tỉnh Nghệ An",
        "Tỉnh Quảng Ninh",
        "Tỉnh Sơn La",
        "Tỉnh Thanh Hóa",
    }


def test_the_128th_kept_commune_gave_and_took_land_so_it_counts_as_new():
    assert NEW["06799"]["kept"] == ""
    assert successors("06799") == {"Xã Hải Hòa": "part", "Xã Hải Lạng": "part"}


def test_each_province_laid_out_its_communes_by_one_resolution():
    found = defaultdict(set)
    for row in TODAY:
        if row["level"] == "base":
            found[row["parent"]].add(row["resolution"])
    assert len(found) == len({only for numbers in found.values() for only in numbers}) == 34
    assert all(len(numbers) == 1 for numbers in found.values())
    assert (found["92"], found["79"], found["01"]) == ({"1668/NQ-UBTVQH15"}, {"1685/NQ-UBTVQH15"}, {"1656/NQ-UBTVQH15"})


def test_units_renamed_since_keep_their_code_and_their_own_name():
    assert Counter(row["level"] for row in RENAMED) == {"province": 3, "base": 22}
    for row in RENAMED:
        then, since = NEW[row["code"]], row["name"]
        assert then["level"] == row["level"]
        assert then["name"].split(" ", 1)[1] == since.removeprefix("Thành phố ").removeprefix("Phường ")
        assert row["signed"] > "2025-07-01"
