"""What the law and the house owe to a woman whose data are kept: consent, a log of who looked, erasure."""

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from sohoi.people.models.members import Member
from sohoi.units.models import Unit


class Wish(models.TextChoices):
    """What she may ask of whoever keeps her data (Luật 91/2025, Điều 4)."""

    SEE = "see", "Xem, nhận bản dữ liệu về mình"
    CORRECT = "correct", "Sửa cho đúng"
    WITHDRAW = "withdraw", "Rút lại sự đồng ý"
    RESTRICT = "restrict", "Hạn chế hoặc phản đối xử lý"
    ERASE = "erase", "Xóa dữ liệu"


class Consent(models.Model):
    """She agreed to a purpose, in which words, told to whom; withdrawn, the row stays (Luật 91/2025, Điều 9)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="consents")
    purpose = models.TextField()
    wording = models.TextField(help_text="the version of the words she agreed to")
    given_on = models.DateField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)


class Reading(models.Model):
    """Somebody looked at a masked column of one card: who, which, why. Written with the answer or there is none.

    Without a member: a number was held against the whole register, and no card of hers has it.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="readings")
    column = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    mark = models.BinaryField(null=True, max_length=32, help_text="of a number asked that day: twice is one question")

    class Meta:
        indexes = [
            models.Index(fields=["by", "at"], name="readings_of_a_day"),
            BrinIndex(fields=["at"], name="readings_by_time", autosummarize=True),  # for retention
        ]


class Export(models.Model):
    """A list went out: who, for what purpose, how many rows, what was asked of it, of which unit."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.TextField()
    what = models.TextField(help_text="the list in words, without names")
    rows = models.PositiveIntegerField()
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="of whose women: who answers for it reads this",
    )
    at = models.DateTimeField(auto_now_add=True)


class DataRequest(models.Model):
    """What she asked, by when the law wants it acknowledged and done (NĐ 356/2025, Điều 5), and that it was done.

    After an erasure only the blind index says whom a file must not bring back.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    wish = models.TextField(choices=Wish.choices)
    asked_on = models.DateField()
    acknowledge_by = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    due_on = models.DateField()
    extended_on = models.DateField(null=True, help_text="the due day was moved once, on this day")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_on = models.DateField(null=True, help_text="a restriction that she took back: her data may be used again")
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    id_index = models.BinaryField(null=True, max_length=32, help_text="of a woman who was erased: her number's index")

    class Meta:
        indexes = [
            models.Index(fields=["due_on"], name="requests_still_open", condition=Q(done_on=None)),
            models.Index(fields=["id_index"], name="erased_numbers", condition=~Q(id_index=None)),
        ]


class Ending(models.Model):
    """The rows of a table whose time was over were looked through: up to which day, how many there were."""

    model = models.TextField(help_text="as registry.toml names the table")
    until = models.DateField(help_text="what was made before this day is done")
    rows = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
