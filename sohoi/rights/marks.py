"""@right("record"): every view states the right it asks for. A stranger gets 404, as if nothing were there."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from sohoi.rights.may import all_rights, offices, scope
from sohoi.rights.models import Account
from sohoi.units.models import Unit

View = Callable[..., HttpResponse]


class Visit(HttpRequest):
    """A request that has passed a mark: who asks, and the units in which she holds the right."""

    user: Account
    scope: QuerySet[Unit]


def right(name: str | None) -> Callable[[View], View]:
    """Let in whom holds the right somewhere, and put the units where she does at `request.scope`.

    `None` marks a page for everybody (log-in, health). Without log-in one is sent to the log-in page.
    """
    assert name is None or name in all_rights(), f"{name} is no right of roles.toml"

    def mark(view: View) -> View:
        """Guard one view."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if name is not None:
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                if not offices(request.user, name).exists():
                    raise Http404
                request.scope = scope(request.user, name)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.right = name  # type: ignore[attr-defined]
        return guarded

    return mark
