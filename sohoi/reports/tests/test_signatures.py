"""Who signs, and for whom, in the words of Decree 30 and of the Party."""

import dataclasses

import pytest

from sohoi.reports.signatures import signature
from sohoi.reports.tests import sample
from sohoi.reports.writers import official


@pytest.mark.parametrize(
    ("said", "state", "party"),
    [
        (signature("Chi hội trưởng"), ["CHI HỘI TRƯỞNG"], ["CHI HỘI TRƯỞNG"]),
        (
            signature("Chủ tịch", "TM", "Ban Thường vụ"),
            ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"],
            ["T/M BAN THƯỜNG VỤ", "CHỦ TỊCH"],
        ),
        (signature("Phó Chủ tịch", "KT"), ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], ["K/T CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (
            signature("Phó Bí thư", "KT", "Chi bộ", head="Bí thư"),
            ["TM. CHI BỘ", "KT. BÍ THƯ", "PHÓ BÍ THƯ"],
            ["T/M CHI BỘ", "K/T BÍ THƯ", "PHÓ BÍ THƯ"],
        ),
        (
            signature("Chánh Văn phòng", "TL", "Ban Thường vụ"),
            ["TL. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"],
            ["T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"],
        ),
        (signature("Chủ tịch", "Q"), ["Q. CHỦ TỊCH"], ["Q. CHỦ TỊCH"]),
    ],
)
def test_each_signs_in_her_way(said, state, party):
    paper = dataclasses.replace(sample.paper(), signer_title=said)
    assert official.signer_lines(paper) == state
    assert official.signer_lines(dataclasses.replace(paper, style="party")) == party


def test_nobody_signs_for_a_body_that_is_not_named():
    with pytest.raises(ValueError, match="phải nêu tập thể"):
        signature("Chủ tịch", "TM")


@pytest.mark.parametrize(
    ("given", "party"),
    [("15/BC-BTV", "15-BC/BTV"), ("…/BC-ĐU", "…-BC/ĐU"), ("05/BB", "05-BB"), ("15-BC/ĐU", "15-BC/ĐU")],
)
def test_the_number_is_turned_for_the_party(given, party):
    paper = dataclasses.replace(sample.paper(), number=given)
    assert official.number_line(paper) == f"Số: {given}"
    assert official.number_line(dataclasses.replace(paper, style="party")) == f"Số {party}"
    assert official.number_line(dataclasses.replace(paper, style="plain")) == ""
