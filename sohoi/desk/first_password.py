"""A password that the system made is for one log-in: she sets her own before she sees or sends anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

OPEN = ("account_change_password", "account_logout")


class OwnPasswordFirst:
    """Until then every page of hers leads to the one where a password is changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "must_change", False) and request.path not in map(reverse, OPEN):
            return redirect("account_change_password")
        return self.get_response(request)
