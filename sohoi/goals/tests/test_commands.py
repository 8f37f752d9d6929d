"""Resolutions on the command line: load, ask for attainment in words and as JSON."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sohoi.goals.tests.test_attainment import BODY, ON
from sohoi.ledger.write import accept
from tests.people import deed


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_resolution_is_loaded_and_asked(place, lan, tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(BODY, "utf-8")
    assert "thu: Nghị quyết dùng để thử (12 mục)" in run("loadresolution", str(path))
    accept(deed(place.branch, ON, values={"count": 23}), by=lan)
    assert "Tổ thành lập: 23/55, đạt 41,82% [Chưa đạt]" in run("attainment", "thu")
    body = json.loads(run("attainment", "thu", "--on", "2024-05-11", "--json"))
    group = next(c for c in body["clauses"] if c["rank"] == "group")
    criterion = group["children"][0]["children"][0]
    assert (criterion["result"], criterion["goal"], criterion["words"]) == ("23", "55", "đạt 41,82%")
    assert (body["met"], body["count"]) == (0, 3)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("attainment", "la"), "Không có nghị quyết"),
        (("loadresolution", "khong-co.toml"), "không đọc được tệp"),
    ],
)
def test_what_is_not_there_is_said(db, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


def test_a_day_that_is_none_is_said(place, tmp_path):
    path = tmp_path / "thu.toml"
    path.write_text(BODY, "utf-8")
    run("loadresolution", str(path))
    with pytest.raises(CommandError, match="Không đọc được ngày"):
        run("attainment", "thu", "--on", "2024-02-31")
