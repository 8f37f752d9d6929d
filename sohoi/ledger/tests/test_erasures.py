"""An older backup is restored: whoever was erased since is erased again from a list that says nothing of her."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from sohoi.ledger.erasing import erase_woman
from sohoi.ledger.totals import prove
from sohoi.people.models import DataRequest, Member
from sohoi.people.registry import ERASED
from sohoi.people.sealing import blind
from sohoi.people.tests.acts import admit, do, load_member_kinds
from sohoi.people.write.privacy import ask_for
from sohoi.refusal import Refusal

NAME, NUMBER = "Trịnh Thị Lâuxa", "092185074913"


@pytest.fixture
def her(place, lan):
    """A woman with a card that was merged into hers, and a neighbour."""
    load_member_kinds()
    card = admit(place.branch, NAME, lan, home=NAME, role="head", phone="0905178364", id_number=NUMBER)
    twin = admit(place.branch, NAME, lan)
    do("member-merged", place.branch, lan, twin, date(2026, 3, 9), kept=card.pk)
    admit(place.branch, "Lê Thị Bình", lan, home=NAME, role="child")
    return card


def names():
    return sorted(Member.objects.values_list("name", flat=True))


def erased_then_restored(card, by, file):
    """She is erased, the list written; then the database is as it was before."""
    before = transaction.savepoint()
    erase_woman(ask_for(card, "erase", date(2026, 3, 12), by=by), by=by)
    call_command("erasures", str(file))
    transaction.savepoint_rollback(before)


def test_after_an_older_backup_she_is_erased_again_and_nobody_else(her, lan, tmp_path, capsys):
    file = tmp_path / "erasures.txt"
    erased_then_restored(her, lan, file)
    assert names() == ["Lê Thị Bình", NAME, NAME]
    call_command("erasures", str(file), "--replay", "--by", "lan")
    assert "đã xóa lại 2 thẻ" in capsys.readouterr().out
    assert names() == [ERASED, ERASED, "Lê Thị Bình"]
    card = Member.objects.select_related("household").get(pk=her.pk)
    assert (card.phone, card.id_sealed, card.household.label) == ("", None, ERASED)
    assert bytes(DataRequest.objects.get(member=her, wish="erase").id_index) == blind(NUMBER)
    assert prove() == []
    with pytest.raises(Refusal, match="đồng ý lại"):
        admit(card.unit, NAME, lan, id_number=NUMBER)
    call_command("erasures", str(file), "--replay", "--by", "lan")
    assert "đã xóa lại 0 thẻ" in capsys.readouterr().out


def test_a_card_that_cannot_be_opened_keeps_no_other_waiting_and_is_named_by_its_number(her, lan, tmp_path):
    """As when the key that sealed her numbers was not restored with the database."""
    file = tmp_path / "erasures.txt"
    erased_then_restored(her, lan, file)
    for sealed, left in ((b"\x01" + b"0" * 40, [ERASED, "Lê Thị Bình", NAME]), (None, [ERASED, ERASED, "Lê Thị Bình"])):
        Member.objects.filter(pk=her.pk).update(id_sealed=sealed)
        with pytest.raises(CommandError, match=f"{her.origin}: Không mở được") if sealed else nullcontext():
            call_command("erasures", str(file), "--replay", "--by", "lan")
        assert names() == left


def test_the_list_says_days_and_numbers_only_and_grows_by_what_is_new(her, lan, tmp_path, capsys):
    file = tmp_path / "erasures.txt"
    erased_then_restored(her, lan, file)
    first = file.read_text("utf-8")
    assert len(first.splitlines()) == 2
    assert str(her.origin) in first
    assert "Trịnh" not in first
    assert NUMBER not in first
    call_command("erasures", str(file))  # the restored database knows of none
    assert file.read_text("utf-8") == first
    assert "Đã ghi thêm 0 lần xóa; tệp có 2." in capsys.readouterr().out


def test_a_line_that_cannot_be_read_is_named_and_nothing_is_erased(her, lan, tmp_path):
    file = tmp_path / "erasures.txt"
    file.write_text(f"2026-03-12 {her.origin}\nhôm qua\n", "utf-8")
    with pytest.raises(CommandError, match="Dòng 2"):
        call_command("erasures", str(file), "--replay", "--by", "lan")
    assert NAME in names()
    file.write_text(f"2026-03-12 {her.origin}\n", "utf-8")
    with pytest.raises(CommandError, match="--by"):
        call_command("erasures", str(file), "--replay", "--by", "khong-ai")
