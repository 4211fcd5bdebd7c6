"""Routes that stand before Wagtail's own, so that nobody signs in past allauth and roles stay the only source of rights.

Wagtail's sign-in would let a person with a second factor in by password alone, without a rate limit.
"""

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, path, re_path

from accounts.views import desk

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", desk.to_sign_in, name="wagtailadmin_login"),
    path("logout/", allauth_views.logout, name="wagtailadmin_logout"),
    path("account/", desk.to_own_account, name="wagtailadmin_account"),
    path("password_reset/", desk.to_password_reset, name="wagtailadmin_password_reset"),
    re_path(r"^password_reset/.+$", desk.to_password_reset, name="desk_password_reset_rest"),
    re_path(r"^(?:users|groups)/", desk.closed, name="desk_users_and_groups"),
]
