"""The commands of the ledger as an administrator types them: files in, sentences out, exit codes."""

import json
from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.core import management
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction

import manage
from sohoi.figures.read import figure
from sohoi.ledger.models import Record
from sohoi.ledger.totals import fold, prove, refresh_map
from sohoi.ledger.write import accept
from sohoi.people.models import Household
from sohoi.periods import parse
from sohoi.units.models import View
from sohoi.units.read import children
from sohoi.units.write import rebuild_closure
from tests.people import account, deed, measure

OFFICER, AFTER = "province-officer", date(2025, 7, 1)


def line(unit, **more):
    body = {"id": str(uuid4()), "kind": "house-group-founded", "unit": unit.code, "day": "2024-04-15"}
    return json.dumps({**body, "values": {"count": 1}, **more}, ensure_ascii=False)


def hand_in(path, **more):
    out = StringIO()
    call_command("accept", str(path), "--as", "lan", stdout=out, **more)
    return out.getvalue()


def test_good_lines_go_in_and_a_second_time_they_are_known(place, lan, tmp_path):
    path = tmp_path / "viec.jsonl"
    path.write_text("\n".join([line(place.branch), "", line(place.branch)]), "utf-8")
    assert "nhận 2, đã có 0, từ chối 0" in hand_in(path)
    assert "nhận 0, đã có 2, từ chối 0" in hand_in(path)
    assert Record.objects.count() == 2


def test_a_file_from_windows_with_a_mark_at_its_head_is_read(place, lan, tmp_path):
    path = tmp_path / "viec.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + line(place.branch).encode() + b"\r\n")
    assert "nhận 1, đã có 0, từ chối 0" in hand_in(path)


def test_bad_lines_come_back_with_reasons_and_may_be_handed_in_again_when_mended(place, lan, tmp_path):
    path = tmp_path / "viec.jsonl"
    wrong = line(place.branch, values={"count": -3})
    path.write_bytes(
        "\n".join([line(place.branch), "không phải JSON", wrong, line(place.other)]).encode() + b"\n\xff\xfe"
    )
    with pytest.raises(CommandError, match="4 dòng bị trả lại"):
        hand_in(path)
    assert Record.objects.count() == 1
    returned = [json.loads(text) for text in (tmp_path / "viec.loi.jsonl").read_text("utf-8").splitlines()]
    assert [body["_ly_do"].split(":")[0] for body in returned] == ["Dòng 2", "Dòng 3", "Dòng 4", "Dòng 5"]
    assert "không được nhỏ hơn" in returned[1]["_ly_do"]
    returned[1]["values"]["count"] = 3
    mended = tmp_path / "lai.jsonl"
    mended.write_text(json.dumps(returned[1], ensure_ascii=False), "utf-8")
    assert "nhận 1" in hand_in(mended)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("khong-co.jsonl", "Không mở được .*: không có tệp"), (".", "Không mở được .*: đó là thư mục")],
)
def test_a_file_that_cannot_be_read_is_said_so(place, lan, tmp_path, name, sentence):
    with pytest.raises(CommandError, match=sentence):
        hand_in(tmp_path / name)


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ('{"\\ud800": 1}', "nửa ký tự"),
        ('{"id": "x", "kind": "\\ud800", "unit": "u", "day": "2024-04-15"}', "nửa ký tự"),
        (("giver", "\\ud800"), "nửa ký tự"),  # a question that is not asked, so no check of its own
        (("count", "9" * 5000), "số quá dài"),
        (("giver", "[" * 900 + "]" * 900), "quá sâu"),
        (("giver", "[" * 200_000 + "]" * 200_000), "quá sâu"),
        (("giver", "[]"), "mỗi câu là chữ, số"),
        (("count", "NaN"), "phải là số nguyên"),
        ("[]", "cần một đối tượng JSON"),
    ],
)
def test_a_spoilt_line_comes_back_and_spoils_no_other(place, lan, tmp_path, spoilt, sentence):
    if isinstance(spoilt, tuple):
        field, value = spoilt
        told = {"kind": "house-gift", "values": {"count": 1, "outside": False, field: "@"}}
        spoilt = line(place.branch, **told).replace('"@"', f'"{value}"' if "ud800" in value else value)
    path = tmp_path / "viec.jsonl"
    path.write_text("\n".join([line(place.branch), spoilt, line(place.branch)]), "utf-8")
    with pytest.raises(CommandError, match="1 dòng bị trả lại"):
        hand_in(path)
    assert Record.objects.count() == 2
    [returned] = map(json.loads, (tmp_path / "viec.loi.jsonl").read_text("utf-8").splitlines())
    assert returned["_ly_do"].startswith("Dòng 2: ")
    assert sentence in returned.pop("_ly_do")
    given = returned.get("_dong") or json.dumps(returned)
    assert given == spoilt or json.loads(given) == json.loads(spoilt) or "NaN" in given


@pytest.mark.parametrize("household", ["   ", "\u00a0."])
def test_a_household_without_a_name_is_none(place, lan, tmp_path, household):
    path = tmp_path / "tham.jsonl"
    named = [line(place.branch, kind="house-visit", values={}, household=name) for name in (household, " Chị Hoa ")]
    path.write_text("\n".join(named), "utf-8")
    with pytest.raises(CommandError, match="1 dòng bị trả lại"):
        hand_in(path)
    assert "Chưa ghi tên chủ hộ" in (tmp_path / "tham.loi.jsonl").read_text("utf-8")
    assert Household.objects.get().label == "Chị Hoa"


def test_bad_lines_must_have_somewhere_to_go_before_any_goes_in(place, lan, tmp_path):
    path = tmp_path / "viec.jsonl"
    path.write_text(line(place.branch), "utf-8")
    with pytest.raises(CommandError, match="Không ghi được tệp dòng sai"):
        hand_in(path, bad=tmp_path / "khong-co" / "loi.jsonl")
    assert not Record.objects.exists()


def test_a_moved_branch_takes_its_figures_with_it_on_todays_map(place, hoa, tmp_path):
    path = tmp_path / "chi-hoi.csv"
    head = "code,parent,name,first,last\n"
    path.write_text(f"{head}moi-1,31684@2015-01-01,Chi hội Một,2021-01-01,2025-06-30\n", "utf-8")
    call_command("loadunits", str(path), stdout=StringIO())
    accept(deed("moi-1", date(2024, 4, 15), values={"count": 7}), by=account("moi", "Chị Mới", (place.centre, OFFICER)))
    fold()
    other = next(row.unit for row in children(place.today, AFTER, AFTER) if row.unit != place.heir)
    assert figures(place.heir, other) == ["7", "chưa báo cáo"]
    path.write_text(f"{head}moi-1,{other.code},Chi hội Một,2025-07-01,\n", "utf-8")
    call_command("loadunits", str(path), stdout=StringIO())
    assert figures(place.heir, other) == ["chưa báo cáo", "7"]
    assert figures(place.town, place.district, view=View.WAS) == ["7", "7"]
    assert prove() == []


def figures(*units, view=View.TODAY):
    """The groups of 2024 in these units, in words."""
    return [figure(measure("groups"), unit, parse("2024"), view).text for unit in units]


def test_an_unknown_account_is_said_so(place, tmp_path):
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("accept", str(tmp_path / "x"), "--as", "nobody")


def test_a_file_may_hold_more_lines_than_a_batch(place, lan, tmp_path):
    path = tmp_path / "nhieu.jsonl"
    path.write_text("\n".join(line(place.branch) for _ in range(1201)), "utf-8")
    assert "nhận 1201" in hand_in(path, quiet=True)


def test_prove_and_rebuild_on_the_command_line(place, lan, capsys):
    accept(deed(place.branch, date(2024, 4, 15)), by=lan)
    fold()
    call_command("prove")
    assert "không có chênh lệch" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("update ledger_total set amount = amount + 5 where unit_id = %s", [place.district.pk])
    with pytest.raises(CommandError, match="chỗ chênh lệch"):
        call_command("prove")
    assert "Huyện Mỹ Xuyên" in capsys.readouterr().out
    call_command("rebuild")
    call_command("prove")
    call_command("fold")


@pytest.mark.parametrize(
    ("file", "body", "sentence"),
    [
        ("measures.toml", 'x = { label = "X", count = "tổ", of = "khong-co" }', "không có đầu số liệu đó"),
        ("measures.toml", 'x = { label = "X" }', "thiếu khóa “count”"),
        ("measures.toml", 'x = { label = "X", count = "tổ", take = "tất cả" }', "take phải là"),
        ("measures.toml", 'x = { label = "X", count = "tổ", formula = "1+1" }', "không hiểu khóa “formula”"),
        ("measures.toml", "x = [", "không đọc được tệp"),
        ("kinds/x.toml", 'code = "x"\nlabel = "X"\nsince = 2020-01-01\nsubject = "con mèo"\nmeasure = []', "subject"),
        ("kinds/x.toml", 'code = "x"\nlabel = "X"', "thiếu khóa “since”"),
        (
            "kinds/x.toml",
            'code = "x"\nlabel = "X"\nsince = 2020-01-01\nsubject = "unit"\n[[measure]]\ncode = "la"',
            "chưa có trong measures.toml",
        ),
    ],
)
def test_a_broken_declaration_is_refused_with_its_place(db, tmp_path, file, body, sentence):
    (tmp_path / "kinds").mkdir()
    (tmp_path / file).write_text(body, "utf-8")
    with pytest.raises(CommandError, match=sentence):
        call_command("loadkinds", str(tmp_path))


def test_a_changed_kind_is_a_new_version_and_a_record_keeps_its_own(place, lan, tmp_path):
    draft = deed(place.branch, date(2024, 4, 15), "k", values={})
    (tmp_path / "kinds").mkdir()
    (tmp_path / "measures.toml").write_text('m = { label = "M", count = "cái" }', "utf-8")
    body = 'code = "k"\nlabel = "Một"\nsince = 2020-01-01\nsubject = "unit"\n[[measure]]\ncode = "m"\n'
    for label in ("Một", "Một", "Hai"):
        (tmp_path / "kinds/k.toml").write_text(body.replace("Một", label), "utf-8")
        call_command("loadkinds", str(tmp_path), stdout=StringIO())
        accept(draft, by=lan)
    assert Record.objects.get(pk=draft.id).kind.version == 1
    later = accept(deed(place.branch, date(2024, 4, 15), "k", values={}), by=lan)
    kind = Record.objects.get(pk=later.draft.id).kind
    assert (kind.version, kind.label) == (2, "Hai")


def test_the_map_is_made_anew_when_a_day_of_change_has_passed(place, lan):
    accept(deed(place.branch, date(2024, 4, 15)), by=lan)
    fold()
    rebuild_closure(date(2025, 6, 30))
    assert not refresh_map(date(2025, 6, 30))
    assert refresh_map(date(2025, 7, 1))
    assert not refresh_map(date(2025, 7, 2))
    assert figure(measure("groups"), place.heir, parse("2024"), View.TODAY).value == 1


@pytest.mark.parametrize("wrong", [{"HOST": "127.0.0.1", "PORT": "1"}, {"NAME": "khong-co"}])
def test_a_server_that_does_not_let_us_in_is_a_sentence(db, monkeypatch, capsys, wrong):
    elsewhere = type(connections[DEFAULT_DB_ALIAS])({**connection.settings_dict, **wrong}, "elsewhere")
    monkeypatch.setattr(management, "execute_from_command_line", lambda words: elsewhere.ensure_connection())
    assert manage.run() == 1
    assert capsys.readouterr().err.startswith("Không nối được tới cơ sở dữ liệu: ")


def test_what_fails_on_a_server_that_was_reached_keeps_its_trace(db, monkeypatch):
    def too_long(words):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 5")
            cursor.execute("select pg_sleep(2)")

    monkeypatch.setattr(management, "execute_from_command_line", too_long)
    with pytest.raises(OperationalError, match="statement timeout"):
        manage.run()
