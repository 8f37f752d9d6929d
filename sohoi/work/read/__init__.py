"""Questions about tasks: what a unit owes, what it gave and who did it, how conclusions and programmes stand.

All is said as of a day, by the days that steps speak of: what was done later is not yet done then. A list takes as many
statements for one row as for a thousand.
"""

from sohoi.work.read.given import Given, given, given_by
from sohoi.work.read.reported import Reported, coming, for_report
from sohoi.work.read.sources import Stands, conclusions_stand, items_stand, meetings_of, programmes_of
from sohoi.work.read.standing import Line, due_words, line
from sohoi.work.read.tasks import Owed, Pressing, of_act, owed, owed_now, pressing

__all__ = [
    "Given",
    "Line",
    "Owed",
    "Pressing",
    "Reported",
    "Stands",
    "coming",
    "conclusions_stand",
    "due_words",
    "for_report",
    "given",
    "given_by",
    "items_stand",
    "line",
    "meetings_of",
    "of_act",
    "owed",
    "owed_now",
    "pressing",
    "programmes_of",
]
