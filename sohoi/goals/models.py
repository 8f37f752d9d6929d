"""What a congress decided: a resolution as a tree of clauses, and the targets given for them."""

from datetime import date

from django.db import models

from sohoi.ledger.models import Measure
from sohoi.refusal import Refusal
from sohoi.units.models import Unit
from sohoi.vietnamese import date as say_date


class Resolution(models.Model):
    """A resolution of a unit for a term; `ours` says which of its dates the sources did not give."""

    code = models.TextField(unique=True)
    title = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    term_first = models.DateField()
    term_last = models.DateField()
    cut_off = models.DateField(null=True, help_text="the day of the mid-term review")
    ours = models.JSONField(default=dict, help_text="key -> why this value is ours")
    leading_zeros = models.BooleanField(default=False, help_text="its reports write 06, not 6")

    def __str__(self) -> str:
        return self.title

    def day_asked(self, on: date | None, today: date) -> date:
        """The day a question means: the one it names, else that of the mid-term review, else today while the term runs.

        Raises Refusal for a day before the term.
        """
        if on is not None and on < self.term_first:
            first = say_date(self.term_first)
            raise Refusal(f"Ngày {say_date(on)} ở trước nhiệm kỳ, bắt đầu từ ngày {first}. Chọn ngày khác.", "on")
        return on or self.cut_off or min(today, self.term_last)


class Rank(models.TextChoices):
    """What a clause is in its resolution (handbook 2, 3)."""

    BREAKTHROUGH = "breakthrough", "Khâu đột phá"
    KEY_TASK = "key-task", "Nhiệm vụ trọng tâm"
    GROUP = "group", "Nhóm chỉ tiêu"
    TARGET = "target", "Chỉ tiêu"
    CRITERION = "criterion", "Tiêu chí"


class Shape(models.TextChoices):
    """How a figure is held against a goal (handbook 2.3)."""

    TOTAL = "total", "tổng số của đơn vị"
    SHARE = "share", "tỷ lệ đơn vị đạt ngưỡng"
    EACH = "each", "mỗi đơn vị"


class Clause(models.Model):
    """One line of the resolution. Only a criterion names a measure; a group or target sums up its children."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    place = models.PositiveSmallIntegerField()
    code = models.TextField()
    rank = models.TextField(choices=Rank.choices)
    number = models.TextField(blank=True)
    label = models.TextField()
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+")
    shape = models.TextField(choices=Shape.choices, default=Shape.TOTAL)
    level = models.TextField(blank=True, help_text="level of the units of a share, or the only level that is asked")
    threshold = models.TextField(blank=True, help_text="share and each: the least value of one unit, a fraction")
    yearly = models.BooleanField(default=False)
    enough = models.PositiveSmallIntegerField(null=True, help_text="how many children met are enough; null: all")
    at_most = models.BooleanField(default=False, help_text="the goal is the most the result may be")
    change = models.BooleanField(default=False, help_text="say what became of it since the term began")
    words = models.TextField(blank=True, help_text="how attainment is said: one of declare.WORDS")
    say = models.TextField(blank=True, help_text="the sentence of a report; {result} stands for the figure")
    section = models.TextField(blank=True, help_text="the section of the report where the sentence stands")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["resolution", "code"], name="one_clause_per_code")]

    def __str__(self) -> str:
        return self.label


class Target(models.Model):
    """A clause's goal for one unit: for the term, or for each calendar year when the clause is yearly."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    goal = models.TextField(help_text="an exact fraction as text: 55, 65/100")
    registered = models.BooleanField(default=False, help_text="chosen by the unit, not assigned from above")
    note = models.TextField(blank=True, help_text="why the goal is ours when the source does not print it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "unit"], name="one_goal_per_unit")]
