"""Many rows as one value."""

import pytest
from django.db import IntegrityError, connection, transaction

from sohoi.many import told_many

pytestmark = pytest.mark.django_db
READ = "select a, b, c from json_to_recordset(%s::json) as r (a bigint, b text, c bytea) order by a"


def test_rows_arrive_as_they_were_told():
    text = "Nguyễn “Thị” \\ 100% %s ' \t\n{}"
    told = told_many(READ, [{"a": 1, "b": text, "c": "\\x00ff"}, {"a": 2}])
    assert told == [(1, text, b"\x00\xff"), (2, None, None)]


def test_a_statement_without_an_answer_answers_no_rows_and_without_rows_nothing_is_asked(
    django_assert_num_queries,
):
    with connection.cursor() as cursor:
        cursor.execute("create temp table told (a bigint unique) on commit drop")
    insert = "insert into told select a from json_to_recordset(%s::json) as r (a bigint)"
    with django_assert_num_queries(1):
        assert told_many(insert, [{"a": 1}]) == told_many(insert, []) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        told_many(insert, [{"a": 1}])


def test_what_is_told_stands_in_no_list_of_statements(django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        told_many(READ, [{"a": 1, "b": "092185000001"}])
    assert "092185000001" not in str(asked.captured_queries)
