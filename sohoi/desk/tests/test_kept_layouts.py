"""A signed paper comes out of Word's layout of its day, whatever the layout is today; `verify` misses it when it is
gone."""

import io

import docx
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from sohoi.reports.models import KeptLayout
from sohoi.reports.read.merging import said_by
from sohoi.reports.read.verifying import verify
from sohoi.reports.write.cycle import amend, approve, submit
from sohoi.reports.write.signing import sign
from sohoi.reports.writers import layout as layouts

WORDS = "MẪU CỦA NGÀY KÝ"


@pytest.fixture
def layout(tmp_path, monkeypatch):
    """The house's layout, with words of its own at its head."""
    path = tmp_path / "state.docx"

    def put(words: str) -> None:
        document = docx.Document(layouts.HOUSE / "state.docx")
        document.paragraphs[0].insert_paragraph_before(words)
        document.save(path)

    put(WORDS)
    monkeypatch.setattr(layouts, "of_the_house", lambda style, wide=False: path)
    return put


@pytest.fixture
def signed(layout, signed_commune):
    """The commune's October, signed with that layout."""
    return signed_commune


def word(client, version) -> str:
    answer = client.get(reverse("signed", args=[version.report_id, version.number]), {"as": "docx"})
    assert answer.status_code == 200
    return "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)


def test_a_paper_is_written_with_the_layout_of_the_day_it_was_signed(client, signed, layout, mai):
    layout("MẪU MỚI")
    client.force_login(mai)
    assert WORDS in word(client, signed)
    assert "MẪU MỚI" not in word(client, signed)
    assert verify(signed) == []


def test_each_distinct_layout_is_kept_once(signed, closed_branch, of_commune, mai, hoa):
    kept = KeptLayout.objects.count()
    amend(of_commune, "Sửa lời", by=mai)
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    second = sign(of_commune, by=mai)
    assert said_by(second)["layout"] == said_by(signed)["layout"]
    assert KeptLayout.objects.count() == kept


def test_the_database_refuses_to_change_a_kept_layout(signed):
    for act in (lambda rows: rows.update(body=b""), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="đã ký"), transaction.atomic():
            act(KeptLayout.objects.filter(pk=said_by(signed)["layout"]))


def test_a_layout_that_was_changed_is_named_and_no_word_file_handed_out(client, signed, mai):
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        KeptLayout.objects.filter(pk=said_by(signed)["layout"]).update(body=b"PK")
        cursor.execute("set session_replication_role = origin")
    [fault] = verify(signed)
    assert "tệp trình bày Word" in fault.sentence
    assert fault.grave
    client.force_login(mai)
    page = reverse("signed", args=[signed.report_id, 1])
    assert client.get(page, {"as": "docx"}).status_code == 409
    assert client.get(page, {"as": "pdf"}).status_code == 200
