"""What surrounds every page: the menu, headers that keep pages private, and no door for strangers to sign up."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class PageHeaders:
    """Nothing inline, nothing from elsewhere; pages are not kept in shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are given by the Union, never made by strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


def menu(request: HttpRequest) -> dict[str, object]:
    """What every page needs to draw its frame."""
    return {}
