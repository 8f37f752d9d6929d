"""Kinds and measures as somebody may write them down: every wrong shape is a sentence that names the file."""

import tomllib
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import example, given
from hypothesis import strategies as st

from sohoi.ledger.kinds import read_kind
from sohoi.ledger.measures import read_measure
from sohoi.ledger.models import Kind, Measure
from sohoi.refusal import Refusal

KIND = """
code = "k"
label = "Trồng cây"
since = 2020-01-01
subject = "unit"
levels = ["base"]
tags = { xanh = "Công trình xanh" }
[[field]]
code = "count"
label = "Số cây"
type = "number"
min = 1
max = 9
[[field]]
code = "sort"
label = "Loại cây"
type = "choice"
choices = { shade = "Bóng mát" }
[[field]]
code = "name"
label = "Tên"
type = "text"
max = 20
show_when = { sort = "shade" }
[[measure]]
code = "m"
amount = "count"
by = ["sort"]
[example]
values = { count = 2, sort = "shade", name = "Bàng" }
gives = { m = 2 }
"""
M = 'm = { label = "M", count = "cái" }'


def load(folder, measures=M, kind=""):
    """Write a folder of declarations and load it as an administrator does."""
    (folder / "kinds").mkdir(exist_ok=True)
    (folder / "measures.toml").write_text(measures, "utf-8")
    (folder / "kinds" / "k.toml").unlink(missing_ok=True)
    if kind:
        (folder / "kinds" / "k.toml").write_text(kind, "utf-8")
    out = StringIO()
    call_command("loadkinds", str(folder), stdout=out)
    return out.getvalue()


# ---- shapes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('since = 2020-01-01', 'since = "abc"'), ('since = 2020-01-01', 'since = "2020-02-30"'),
        ('since = 2020-01-01', 'since = 2020-01-01T10:00:00'), ('since = 2020-01-01', 'since = 5'),
        ('since = 2020-01-01', 'since = 9999-12-31'), ('label = "Trồng cây"', 'label = 5'),
        ('label = "Trồng cây"', 'label = "  "'), ('label = "Trồng cây"', 'label = "a\\u0000b"'),
        ('label = "Trồng cây"', 'label = "a\\nb"'), ('code = "k"', 'code = "Kỳ lạ"'), ('code = "k"', 'code = ""'),
        ('code = "k"', f'code = "{"k" * 61}"'), ('subject = "unit"', 'subject = ["unit"]'),
        ('levels = ["base"]', 'levels = 5'), ('levels = ["base"]', 'levels = [5]'),
        ('levels = ["base"]', 'levels = ["xã"]'), ('levels = ["base"]', 'levels = ["base"]\nsensitive = 1'),
        ('{ xanh = "Công trình xanh" }', '5'), ('{ xanh = "Công trình xanh" }', '{ xanh = 5 }'),
        ('code = "count"', 'code = "unit"'), ('code = "count"', 'code = "sort"'), ('code = "count"', 'code = 5'),
        ('type = "number"', 'type = []'), ('type = "number"', 'type = "number"\noptional = "yes"'),
        ('min = 1', 'min = 10'), ('min = 1', 'min = true'), ('min = 1', 'min = 1.5'), ('min = 1', 'min = "1"'),
        ('max = 9', f'max = {10**16}'), ('max = 9', 'max = 0x' + 'f' * 5000), ('max = 20', 'max = 0'),
        ('choices = { shade = "Bóng mát" }', 'choices = ["shade"]'),
        ('choices = { shade = "Bóng mát" }', 'choices = { shade = 5 }'),
        ('choices = { shade = "Bóng mát" }', ''), ('max = 9', 'choices = { a = "A" }'),
        ('{ sort = "shade" }', '5'), ('{ sort = "shade" }', '{ sort = "fruit" }'),
        ('{ sort = "shade" }', '{ name = "x" }'), ('{ sort = "shade" }', '{ sort = 2020-01-01 }'),
        ('amount = "count"', 'amount = "sort"'), ('amount = "count"', 'amount = {}'),
        ('amount = "count"', 'amount = 1.5'), ('amount = "count"', 'amount = true'),
        ('amount = "count"', f'amount = {10**15 + 1}'),
        ('by = ["sort"]', 'by = 5'), ('by = ["sort"]', 'by = ["la"]'), ('by = ["sort"]', 'by = [["sort"]]'),
        ('by = ["sort"]', 'less = "no"'), ('code = "m"', 'code = {}'), ('values = {', 'valeus = {'),
        ('gives = { m = 2 }', 'gives = { m = "2" }'), ('gives = { m = 2 }', 'gives = 5'),
        ('name = "Bàng" }', 'name = 2020-01-01 }'), ('levels = ["base"]', 'levels = ["base"]\nmeasures = 5'),
        ('levels = ["base"]', 'levels' + '.a' * 3000 + ' = 1'), ('levels = ["base"]', 'levels = ' + '[' * 2000),
        ('label = "Số cây"', 'label = "' + 'x' * 3000 + '"'), ('levels = ["base"]', '"le\\u0000" = 1'),
    ],
)  # fmt: skip
def test_a_kind_of_another_shape_is_refused_with_its_file(db, tmp_path, old, new):
    body = KIND.replace(old, new, 1)
    assert body != KIND
    with pytest.raises(CommandError, match=r"^k\.toml"):
        load(tmp_path, kind=body)
    assert not Kind.objects.filter(code="k").exists()


@pytest.mark.parametrize("key", ["field", "measure", "example"])
@pytest.mark.parametrize("value", [5, {}, [5], "x", [[]], True])
def test_the_tables_of_a_kind_are_tables(key, value):
    body = {**tomllib.loads(KIND), key: value}
    with pytest.raises(Refusal, match="k.toml"):
        read_kind(body, "k.toml")


def test_the_kind_of_these_tests_is_a_good_one_and_is_kept_composed(db, tmp_path):
    load(tmp_path, kind=KIND.replace("Trồng", "Tr\u00f4\u0300ng"))
    kind = Kind.objects.get(code="k")
    assert (kind.label, kind.body["label"], kind.body["since"]) == ("Trồng cây", "Trồng cây", "2020-01-01")
    assert read_kind(kind.body, "k").since == date(2020, 1, 1)


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=6,
)


def refused(read, *arguments):
    """The sentence of a refusal; None when it was taken. Any other error is a fault and goes through."""
    try:
        read(*arguments)
    except Refusal as refusal:
        return str(refusal)
    return None


@given(st.sampled_from(sorted(tomllib.loads(KIND))), JUNK)
def test_whatever_stands_under_a_key_of_a_kind_the_answer_is_a_kind_or_a_sentence(key, value):
    said = refused(read_kind, {**tomllib.loads(KIND), key: value}, "k.toml")
    assert said is None or "k.toml" in said


@given(st.sampled_from(["code", "label", "type", "optional", "min", "max", "choices", "show_when"]), JUNK)
@example("choices", [[[], None]])
def test_whatever_stands_under_a_key_of_a_field_the_answer_is_a_kind_or_a_sentence(key, value):
    body = tomllib.loads(KIND)
    body["field"][1] = {**body["field"][1], key: value}
    said = refused(read_kind, body, "k.toml")
    assert said is None or "k.toml" in said


@given(st.sampled_from(["label", "count", "take", "of", "where", "over", "under", "sensitive", "threshold"]), JUNK)
def test_whatever_stands_under_a_key_of_a_measure_the_answer_is_a_measure_or_a_sentence(key, value):
    said = refused(read_measure, "m", "mau", {"label": "M", "count": "cái", key: value}, "measures.toml")
    assert said is None or "measures.toml" in said


@pytest.mark.parametrize(
    "body",
    [
        "m = 5", "m = {}", 'm = { label = 5, count = "cái" }', 'm = { label = "", count = "cái" }',
        'm = { label = "M", count = [] }', 'm = { label = "M", count = "cái", take = 5 }',
        'm = { label = "M", count = "cái", threshold = "x" }', 'm = { label = "M", count = "cái", threshold = -1 }',
        'm = { label = "M", count = "cái", threshold = 10001 }', 'm = { label = "M", count = "cái", threshold = true }',
        'm = { label = "M", count = "cái", sensitive = 1 }', 'm = { label = "M\\u0007", count = "cái" }',
        'M1 = { label = "M", count = "cái" }', f'{"m" * 61} = {{ label = "M", count = "cái" }}',
        M + '\nv = { label = "V", count = "cái", of = 5 }',
        M + '\nv = { label = "V", count = "cái", of = "m", where = 5 }',
        M + '\nv = { label = "V", count = "cái", of = "m", where = { day = 2020-01-01 } }',
        M + '\nv = { label = "V", count = "cái", of = "m", where = { form = ["a"] } }',
        M + '\nv = { label = "V", count = "cái", of = "m", where = { tags = "a" } }',
        M + '\nv = { label = "V", count = "cái", of = "m", where = { tags = [] } }',
        M + '\nv = { label = "V", count = "cái", of = "m", where = { tags = [5] } }',
    ],
)  # fmt: skip
def test_a_measure_of_another_shape_is_refused_with_its_file(db, tmp_path, body):
    with pytest.raises(CommandError, match=r"^measures\.toml"):
        load(tmp_path, body)
    assert not Measure.objects.filter(code="m").exists()


def test_a_folder_that_declares_nothing_is_said_so(db, tmp_path):
    with pytest.raises(CommandError, match="không có measures.toml hay thư mục kinds"):
        call_command("loadkinds", str(tmp_path / "khong-co"))


def test_two_files_of_one_code_are_refused(db, tmp_path):
    load(tmp_path)
    for name in ("a", "b"):
        (tmp_path / "kinds" / f"{name}.toml").write_text(KIND, "utf-8")
    with pytest.raises(CommandError, match="b.toml: loại việc “k” đã có ở tệp khác"):
        call_command("loadkinds", str(tmp_path))
