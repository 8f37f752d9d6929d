"""The commands of the ledger as an administrator types them: files in, sentences out, exit codes."""

import json
from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from sohoi.ledger.models import Record
from sohoi.ledger.totals import fold
from sohoi.ledger.write import accept
from tests.people import deed


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


@pytest.mark.parametrize(("name", "sentence"), [("khong-co.jsonl", "Không mở được"), (".", "Không mở được")])
def test_a_file_that_cannot_be_read_is_said_so(place, lan, tmp_path, name, sentence):
    with pytest.raises(CommandError, match=sentence):
        hand_in(tmp_path / name)


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
