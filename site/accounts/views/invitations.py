"""Inviting people, and accepting an invitation."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import afterwards, consent
from accounts.actions import invitations as actions
from accounts.forms import AcceptForm, InviteForm
from accounts.models import Invitation, Purpose, Role, User
from accounts.permissions import invitable_roles
from accounts.queries import invitations_visible_to, scope_names
from accounts.tokens import digest
from accounts.views.requests import MemberRequest, posted

SHOWN = 50


def invite(request: MemberRequest) -> HttpResponse:
    """Invite somebody, and see who was invited."""
    if not invitable_roles(request.user):
        raise PermissionDenied
    form = InviteForm(posted(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        actions.invite(
            form.cleaned_data["email"],
            form.chosen_role,
            scope=form.chosen_scope,
            language=form.cleaned_data["language"],
            after=form.cleaned_data.get("after", ""),
            by=request.user,
        )
        messages.success(request, _("The invitation is on its way."))
        return redirect("accounts:invite")
    rows = list(invitations_visible_to(request.user)[:SHOWN])
    names = scope_names(rows)
    listed = [{"invitation": row, "role": Role(row.role).label, "place": names[row.pk]} for row in rows]
    context = {"form": form, "listed": listed}
    return render(request, "accounts/invite.html", context, status=422 if form.is_bound else 200)


@require_POST
def resend(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a new link for an invitation."""
    invitation = get_object_or_404(invitations_visible_to(request.user), pk=pk)
    try:
        actions.resend(invitation, by=request.user)
    except actions.InvitationClosedError:
        messages.error(request, _("This invitation was used or withdrawn already."))
    else:
        messages.success(request, _("A new link is on its way; the earlier one no longer works."))
    return redirect("accounts:invite")


@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Make an invitation's link stop working."""
    invitation = get_object_or_404(invitations_visible_to(request.user), pk=pk)
    actions.withdraw(invitation, by=request.user)
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect("accounts:invite")


@sensitive_post_parameters("password")
@never_cache
@login_not_required
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: as a new member with a form, as a member with one click; 410 for a link that is over."""
    invitation = Invitation.objects.select_related("invited_by").filter(token_digest=digest(token)).first()
    if invitation is None or not invitation.is_open():
        return _closed(request, invitation)
    if isinstance(request.user, User):
        return _accept_as_member(request, invitation, request.user)
    if User.objects.filter(email=invitation.email).exists():
        context = _about(invitation) | {"sign_in_url": f"{reverse('account_login')}?next={request.path}"}
        return render(request, "accounts/invitation_sign_in.html", context)
    return _accept_as_new_member(request, invitation)


def _closed(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    why = "unknown"
    if invitation is not None:
        why = "used" if invitation.used else "withdrawn" if invitation.withdrawn_at else "expired"
    return render(request, "accounts/invitation_closed.html", {"why": why}, status=410)


def _accept_as_member(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if user.email != invitation.email:
        return render(request, "accounts/invitation_other.html", _about(invitation), status=403)
    if request.method == "POST":
        try:
            actions.accept_as_member(invitation, by=user)
        except actions.InvitationClosedError:
            return _closed(request, invitation)
        messages.success(request, _("Welcome. Your new role starts now."))
        return redirect(afterwards.landing(invitation.afterwards, user) or "accounts:home")
    return render(request, "accounts/invitation_member.html", _about(invitation))


def _accept_as_new_member(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    terms = consent.text(Purpose.TERMS, get_language() or "nl")
    form = AcceptForm(posted(request), terms=terms, initial=_known(invitation))
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_as_new_member(invitation, _member(form, terms))
        except actions.AccountExistsError:
            return redirect(request.path)
        except actions.InvitationClosedError:
            return _closed(request, invitation)
        wanted = afterwards.landing(invitation.afterwards, user)
        return _sign_in(request, user, passkey=form.cleaned_data["password"] is None, wanted=wanted)
    context = _about(invitation) | {"form": form, "terms": terms}
    return render(request, "accounts/invitation.html", context, status=422 if form.is_bound else 200)


def _member(form: AcceptForm, terms: consent.ConsentText) -> actions.NewMember:
    told = form.cleaned_data
    return actions.NewMember(
        display_name=told["display_name"],
        work_title=told["work_title"],
        language=told["language"],
        password=told["password"],
        agreed_to=terms,
    )


def _known(invitation: Invitation) -> dict[str, str]:
    """Return what the inviter filled in already; the person may change it."""
    return {"language": invitation.language, "display_name": invitation.name}


def _sign_in(request: HttpRequest, user: User, *, passkey: bool, wanted: str) -> HttpResponse:
    """Sign the new member in, as the link in the mail showed who they are; a passkey is made next."""
    record_authentication(request, user, method="code", email=user.email)
    target = reverse("mfa_add_webauthn") if passkey else wanted or None
    response: HttpResponse = perform_login(request, Login(user=user, email=user.email, redirect_url=target))
    return response


def _about(invitation: Invitation) -> dict[str, object]:
    return {
        "role": Role(invitation.role).label,
        "place": scope_names([invitation])[invitation.pk],
        "begins": afterwards.label(invitation.afterwards),
        "email": invitation.email,
        "inviter": invitation.invited_by.display_name if invitation.invited_by else "",
    }
