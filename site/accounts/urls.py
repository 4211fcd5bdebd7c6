"""Addresses of accounts for people; those of allauth keep their own names."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.views import invitations, members, own, privacy, recovery

ours: list[URLPattern | URLResolver] = [
    path("account/", own.home, name="home"),
    path("account/gegevens/", own.profile, name="profile"),
    path("account/tweede-stap/", own.second_factor, name="second_factor"),
    path("account/privacy/", privacy.centre, name="privacy"),
    path("account/privacy/download/", privacy.download, name="download"),
    path("account/privacy/wissen/", privacy.erase_account, name="erase"),
    path("account/toestemming/<slug:purpose>/", privacy.consent_page, name="consent"),
    path("account/uitnodiging/<str:token>/", invitations.accept, name="invitation"),
    path("account/herstel/", recovery.ask, name="recovery_ask"),
    path("account/herstel/<str:token>/", recovery.link, name="recovery_link"),
    path("account/leden/", members.members, name="members"),
    path("account/leden/<int:pk>/", members.member, name="member"),
    path("account/leden/<int:pk>/rol/<int:assignment_pk>/einde/", members.end, name="end_role"),
    path("account/leden/<int:pk>/sluiten/", members.close, name="close_account"),
    path("account/leden/<int:pk>/openen/", members.reopen, name="open_account"),
    path("account/leden/<int:pk>/herstel/", recovery.open_for, name="open_recovery"),
    path("account/herstelverzoeken/", recovery.recoveries, name="recoveries"),
    path("account/herstelverzoeken/<int:pk>/akkoord/", recovery.approve, name="approve_recovery"),
    path("account/herstelverzoeken/<int:pk>/afwijzen/", recovery.refuse, name="refuse_recovery"),
    path("project/uitnodigen/", invitations.invite, name="invite"),
    path("project/uitnodigen/<int:pk>/opnieuw/", invitations.resend, name="resend_invitation"),
    path("project/uitnodigen/<int:pk>/intrekken/", invitations.withdraw, name="withdraw_invitation"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((ours, "accounts"))),
    path("account/", include("allauth.urls")),
]
