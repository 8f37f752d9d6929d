"""What the tests of the desk share: a small resolution of huyện Mỹ Xuyên, names to search, counting statements."""

import re
from uuid import uuid4

from django.db import connection

from sohoi.goals.write import load_resolution
from sohoi.units.models import Unit
from sohoi.vietnamese import plain

BODY = """
code = "nq-thu"
title = "Nghị quyết dùng để thử"
unit = "947@2015-01-01"
term = { first = 2021-07-01, last = 2026-06-30 }
cut_off = 2024-05-11

[[target]]
code = "ct1"
number = "1"
label = "Tổ"
[[target.criterion]]
code = "to"
label = "Tổ được thành lập"
measure = "house-groups"
goal = 55
"""


def resolve(tmp_path, body=BODY):
    """Load a resolution."""
    path = tmp_path / "nq.toml"
    path.write_text(body, "utf-8")
    return load_resolution(path)


def told(place, **more):
    """What the form of a founding sends."""
    return {"id": str(uuid4()), "unit": place.branch.code, "day": "2024-04-15", "count": "1", **more}


def words(answer):
    """The text of a page, tags taken out."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def markup(answer):
    """A page without blanks and line ends around its tags, however its template is laid out."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", " ".join(answer.content.decode().split()))


def searchable(*units):
    """Units as the country is loaded: their names also without marks."""
    for unit in units:
        Unit.objects.filter(pk=unit.pk).update(plain=plain(unit.name))


def statements(client, url):
    """How many statements a page takes; it must answer."""
    count = 0

    def counting(execute, sql, params, many, context):
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        assert client.get(url).status_code == 200
    return count
