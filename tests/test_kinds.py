"""Every kind file of every room: it can be read, its example goes through the gate and gives what it says, and
docs/kinds.md names every key of the language and nothing else."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings

from sohoi.config.rooms import LANDING
from sohoi.ledger.answers import postings
from sohoi.ledger.declare import KEYS, load_folders, load_rooms, room_folders
from sohoi.ledger.draft import Draft
from sohoi.ledger.kinds import FIELD_KEYS, KIND_KEYS, MEASURE_KEYS, SUBJECTS, TYPES, read_kind
from sohoi.ledger.models import Entry, Kind, Measure, Take
from sohoi.ledger.write import ACCEPTED, accept_many
from sohoi.people.models import Household, HouseholdStatus, Member, Membership, Standing, Transfer
from sohoi.people.write.households import household_key
from sohoi.refusal import Refusal
from sohoi.vietnamese import plain
from tests.people import LONG_AGO, account, woman

ROOT = Path(__file__).parent.parent
FILES = {
    path.stem: path for config in apps.get_app_configs() for path in sorted(Path(config.path).glob("kinds/*.toml"))
}
PAGE = (ROOT / "docs" / "kinds.md").read_text("utf-8")
DAY = date(2024, 4, 15)
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def body(code: str) -> dict:
    return tomllib.loads(FILES[code].read_text("utf-8"))


def declared() -> dict[str, dict]:
    """All measures of all rooms by code."""
    files = [tomllib.loads((path / "measures.toml").read_text("utf-8")) for _, path in room_folders()]
    return {code: measure for file in files for code, measure in file.items()}


def named_in(heading: str) -> list[str]:
    """The words in the first column of the table under a heading of docs/kinds.md."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def blocks() -> list[dict]:
    """The TOML examples of docs/kinds.md."""
    return [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]


# ---- the files ------------------------------------------------------------------------------------


def test_every_room_that_has_kinds_is_a_landing_room():
    assert {room for room, _ in room_folders()} == set(LANDING)


@pytest.mark.parametrize("code", FILES)
def test_a_kind_file_is_named_after_its_code_and_can_be_read(code):
    kind = read_kind(body(code), FILES[code].name)
    assert kind.code == code
    assert CODE.fullmatch(code)
    assert kind.example


@pytest.mark.parametrize("code", FILES)
def test_a_kind_asks_little_and_in_composed_words(code):
    kind = read_kind(body(code), code)
    assert len([field for field in kind.asked if not field.personal]) <= 4
    text = FILES[code].read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert all(field.label[0].isupper() for field in kind.fields)


@pytest.mark.parametrize("code", FILES)
def test_money_is_counted_in_dong_and_nothing_else_is(code):
    kind = read_kind(body(code), code)
    types = {field.code: field.type for field in kind.fields}
    for line in kind.measures:
        counted = declared()[line.code]["count"]
        assert (counted == "đồng") == (types.get(line.amount) == "money"), line.code


def test_the_same_programme_has_the_same_name_everywhere():
    names = defaultdict(set)
    for code in FILES:
        for tag, name in body(code).get("tags", {}).items():
            names[tag].add(name)
    assert names
    assert {tag for tag, said in names.items() if len(said) > 1} == set()


def test_every_measure_is_fed_by_a_kind_or_made_of_others():
    fed = {line["code"] for code in FILES for line in body(code)["measure"]}
    for code, measure in declared().items():
        assert code in fed or "of" in measure or "over" in measure, code
    assert fed <= set(declared())


def test_a_filter_names_a_label_and_a_choice_that_its_kind_has():
    for code, measure in declared().items():
        for field, choice in measure.get("where", {}).items():
            assert any(_writes(read_kind(body(k), k), measure["of"], field, choice) for k in FILES), code


def _writes(kind, measure: str, field: str, choice: str | list[str]) -> bool:
    """Whether the kind posts to the measure with a label (or programmes) that can have this value."""
    if field == "tags":
        return any(line.code == measure for line in kind.measures) and set(choice) <= set(kind.tags or {})
    choices = {f.code: f.choices or {} for f in kind.fields}
    return any(line.code == measure and field in dict(line.by) and choice in choices[field] for line in kind.measures)


def test_what_is_quiet_stays_in_the_safe_room_with_counts_only():
    quiet = [code for code in FILES if body(code).get("sensitive")]
    assert quiet
    for code in quiet:
        kind = read_kind(body(code), code)
        assert FILES[code].parent.parent.name == "safe"
        assert (kind.subject, {field.type for field in kind.fields}) == ("unit", {"number"})
        assert "branch" not in kind.levels


# ---- through the gate -----------------------------------------------------------------------------


@pytest.fixture
def rooms(db) -> tuple[int, int]:
    """All kinds and measures of the program."""
    return load_rooms()


@pytest.fixture
def officer(place):
    """An officer who may record at every level of the country."""
    return account("everywhere", "Cán bộ thử", (place.centre, "province-officer"))


@pytest.fixture
def member(place) -> Member:
    """A member of chị Lan's branch."""
    return woman(place.branch, "Trần Thị Thử", 1980)


def of_the_register(code: str, place, values: dict) -> dict[str, int]:
    """A woman of her own for a kind that changes the register, as that kind must find her."""
    one = woman(place.other if code == "member-moved-in" else place.branch, f"Trần Thị {code}", 1980)
    if code in ("member-returned", "member-moved-in"):
        Membership.objects.filter(member=one).update(during=(LONG_AGO, DAY))
        Member.objects.filter(pk=one.pk).update(active=False)
    if code == "member-derecognised":
        Standing.objects.create(member=one, kind=values["as"], during=(LONG_AGO, None), record=uuid4())
    if "transfer" in values:
        by = account("teller-" + code, "Cán bộ chuyển")
        old, new = (place.branch, place.other) if code == "member-moved-out" else (place.other, place.branch)
        told = {"member": one, "old": old, "new": new, "asked_by_old": True, "asked_by": by, "day": DAY}
        Transfer.objects.create(pk=values["transfer"], accepted=True, **told)
    return {"member": one.pk}


def example_of(code: str, place, member: Member) -> Draft:
    """The kind's example as a draft, at the lowest level that is asked."""
    kind = read_kind(body(code), code)
    if kind.writer and kind.subject == "household":
        home = f"Hộ bà {code}"
        if code == "household-status-ended":
            row = Household.objects.create(unit=place.branch, label=home, key=household_key(home), plain=plain(home))
            HouseholdStatus.objects.create(household=row, status="poor", during=(LONG_AGO, None), record=uuid4())
        return Draft(uuid4(), code, place.branch.code, DAY, kind.example["values"], household=home)
    if kind.writer and kind.subject != "newcomer":
        values = dict(kind.example["values"])
        if "kept" in values:
            values["kept"] = member.pk
        return Draft(uuid4(), code, place.branch.code, DAY, values, **of_the_register(code, place, values))
    units = {"branch": place.branch, "base": place.town, "district": place.district, "province": place.province}
    unit = next(unit for level, unit in units.items() if not kind.levels or level in kind.levels)
    subject = {
        "unit": {}, "newcomer": {}, "member": {"member": member.pk}, "household": {"household": "Hộ bà Thử"},
        "person": {"person": "Em Thử"},
    }[kind.subject]  # fmt: skip
    return Draft(uuid4(), code, unit.code, DAY, kind.example["values"], tags=tuple(sorted(kind.tags or {})), **subject)


def test_the_example_of_every_kind_goes_through_the_gate_and_gives_what_it_says(rooms, place, officer, member):
    assert rooms[0] == len(FILES)
    drafts = {code: example_of(code, place, member) for code in FILES}
    outcomes = accept_many(list(drafts.values()), by=officer, door="test")
    assert {o.draft.kind: o.reason for o in outcomes if o.state != ACCEPTED} == {}
    given = {code: {} for code in FILES}
    of_record = {draft.id: code for code, draft in drafts.items()}
    for record, measure, amount in Entry.objects.values_list("record_id", "measure__code", "amount"):
        counted = given[of_record[record]]
        counted[measure] = counted.get(measure, 0) + amount
    assert given == {code: body(code)["example"]["gives"] for code in FILES}


def test_loading_the_rooms_again_changes_nothing(rooms):
    assert load_rooms() == (0, 0)


def test_measures_of_quiet_kinds_are_quiet_with_a_threshold(rooms):
    quiet = Measure.objects.filter(room="safe")
    assert quiet.count() == 3
    assert all(measure.sensitive and measure.threshold >= 20 for measure in quiet)


# ---- the page -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Tệp loại việc", KIND_KEYS),
        ("Đối tượng", SUBJECTS),
        ("Trường", FIELD_KEYS),
        ("Kiểu", TYPES),
        ("Đếm gì", MEASURE_KEYS),
        ("Ví dụ", {"values", "gives"}),
        ("Tệp measures.toml", KEYS),
        ("Năm cách cộng", Take.values),
    ],
)
def test_the_page_names_every_word_of_the_language_and_no_other(heading, words):
    assert sorted(named_in(heading)) == sorted(words)


def test_the_example_on_the_page_reads_and_gives_what_it_says():
    kind = read_kind(blocks()[0], "docs/kinds.md")
    lines = {code: amount for code, amount, _ in postings(kind, kind.example["values"])}
    assert lines == kind.example["gives"]


@pytest.mark.parametrize("file", ["measures.toml", "kinds/gift-given.toml"])
def test_a_folder_of_ones_own_does_not_take_a_code_of_the_program(rooms, tmp_path, file):
    mine = tmp_path / file
    mine.parent.mkdir(exist_ok=True)
    theirs = Path(settings.ROOT) / "sohoi" / "welfare" / file
    mine.write_text(theirs.read_text("utf-8").replace("Trao quà", "Tặng quà"), "utf-8")
    with pytest.raises(Refusal, match=r"là của chương trình \(phòng welfare\). Đặt mã riêng"):
        load_folders([("mau", tmp_path)])
    assert Kind.objects.get(code="gift-given", current=True).label == "Trao quà"


def test_the_files_on_the_page_load(db, tmp_path):
    sources = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "tree-planted.toml").write_text(sources[0], "utf-8")
    (tmp_path / "measures.toml").write_text(sources[1], "utf-8")
    assert load_folders([("mau", tmp_path)]) == (1, 2)
