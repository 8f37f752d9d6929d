"""What may change: meetings are called, held and concluded; programmes drawn up; tasks given, told of, taken back."""

from sohoi.work.write.meetings import Plan, Present, amend, call, call_off, conclude, hold, reword, strike
from sohoi.work.write.programmes import add_items, draw_up, reword_item
from sohoi.work.write.tasks import assign, tell, withdraw

__all__ = [
    "Plan",
    "Present",
    "add_items",
    "amend",
    "assign",
    "call",
    "call_off",
    "conclude",
    "draw_up",
    "hold",
    "reword",
    "reword_item",
    "strike",
    "tell",
    "withdraw",
]
