"""What goes wrong is said in words, in the reader's language; the last pages need no database."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.translation import gettext as _

from config.urls import urlpatterns as house
from core import views_errors
from tests.design.html import problems

ERRORS = {
    "gelezen": (SuspiciousOperation, 400),
    "verboden": (PermissionDenied, 403),
    "weg": (Http404, 404),
    "groot": (RequestDataTooBig, 413),
    "stuk": (RuntimeError, 500),
    "rust": (OperationalError, 503),
}


def failing(error):
    def view(request):
        raise error("on purpose")

    return login_not_required(view)


@login_not_required
def too_often(request) -> HttpResponse:
    return views_errors.too_many_requests(request)


urlpatterns = [
    *[path(f"proef/{name}/", failing(error)) for name, (error, _status) in ERRORS.items()],
    path("proef/vaak/", too_often),
    *house,
]
handler400 = "core.views_errors.bad_request"
handler403 = "core.views_errors.permission_denied"
handler404 = "core.views_errors.page_not_found"
handler500 = "core.views_errors.server_error"


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        yield Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status"), [(n, s) for n, (_e, s) in ERRORS.items() if s < 500] + [("vaak", 429)]
)
def test_ordinary_errors_have_a_whole_page(visitor, name, status):
    answer = visitor.get(f"/proef/{name}/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert problems(text) == []
    assert 'class="footer"' in text


@pytest.mark.parametrize(("name", "status"), [("stuk", 500), ("rust", 503)])
def test_the_last_pages_need_no_database(visitor, name, status):
    answer = visitor.get(f"/proef/{name}/")  # without the django_db mark any query fails
    assert answer.status_code == status
    assert problems(answer.content.decode()) == []
    assert bool(answer.get("Retry-After")) == (status == 503)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Hier is geen trede"), ("/fr", "Il n'y a pas de marche ici")]
)
def test_a_missing_page_is_said_in_the_readers_language(client, prefix, words):
    answer = client.get(f"{prefix}/bestaat-niet/")
    assert answer.status_code == 404
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_a_stale_form_says_that_the_text_is_still_there():
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert (
        _(
            "Go back with your browser: your text is still there. Copy it, load the page anew and send it again."
        )[:20]
        in answer.content.decode()
    )
