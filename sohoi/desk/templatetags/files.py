"""How the pages of sent Word files say what was found."""

from django import template

from sohoi.desk.addresses import figure_url
from sohoi.figures.read import Figure
from sohoi.reports.models import Report
from sohoi.reports.read.files import takes_files
from sohoi.reports.regular import RegularForm

register = template.Library()


@register.filter
def takes(form: RegularForm, report: Report) -> bool:
    """Whether files of the units below are dropped into this report, of this form."""
    return takes_files(form, report.unit, report.last)


@register.filter
def records(figure: Figure) -> str:
    """Where the deeds behind a figure are listed; "" when there are none to show."""
    return figure_url(figure) or ""
