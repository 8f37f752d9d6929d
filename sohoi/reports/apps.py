"""The room of reports: what it looks at when the program starts."""

from django.apps import AppConfig
from django.core.checks import register


class ReportsConfig(AppConfig):
    """Registers the check of own forms."""

    name = "sohoi.reports"

    def ready(self) -> None:
        """Once the settings stand."""
        from sohoi.reports.own_forms import TAG, check_own_forms  # noqa: PLC0415 (models, not before they are loaded)

        register(check_own_forms, TAG)
