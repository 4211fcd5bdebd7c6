"""All addresses. Which languages they stand under is decision 11; who may open them stands in `tests/access`."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern

from pages import places

TO_SIGN_IN = RedirectView.as_view(pattern_name="account_login", query_string=True)

# Outside the language prefix: machines and mails keep these addresses.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.urls_machines")),
    path("", include("accounts.urls_machines")),
    path("", include("notifications.urls_machines")),
    path("", include("courses.learning.urls_machines")),
    path("", include("pages.urls_machines")),
    path("", include("media.library.urls")),
    path("", include("media.podcast.urls")),
    path("documenten/", include("media.library.urls_documents")),
]

urlpatterns += i18n_patterns(
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("portal.urls")),
    path("", include("notifications.urls")),
    path("", include("courses.learning.urls")),
    path("", include("practices.urls")),
    path("", include("intervision.forum.urls")),
    path("", include("intervision.research.urls")),
    path("", include("medicines.urls")),
    path("", include("pages.urls")),
    path("besloten/", login_not_required(TO_SIGN_IN), name="wagtailcore_login"),
    path("beheer/", include("accounts.urls_admin_login")),
    path("beheer/", include(wagtailadmin_urls)),
    re_path(serve_pattern, places.serve, name="wagtail_serve"),
    prefix_default_language=False,
)

handler400 = "core.views_errors.bad_request"
handler403 = "core.views_errors.permission_denied"
handler404 = "core.views_errors.page_not_found"
handler429 = "core.views_errors.too_many_requests"
handler500 = "core.views_errors.server_error"
