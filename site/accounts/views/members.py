"""Looking after accounts and roles."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from accounts.actions.roles import LastAdministratorError, assign_role, close_account, end_role, open_account
from accounts.forms import AssignRoleForm
from accounts.models import Role, RoleAssignment, User
from accounts.permissions import Permission, can
from accounts.queries import assignments_of, member_page, members_visible_to, scope_names
from accounts.views.requests import MemberRequest, posted

LAST_ONE = gettext_noop("This is the only administrator. Make somebody else administrator first.")


def _require_right(request: MemberRequest) -> None:
    if not can(request.user, Permission.MANAGE_USERS):
        raise PermissionDenied


def members(request: MemberRequest) -> HttpResponse:
    """List everybody by name, a page at a time, perhaps with one role only."""
    _require_right(request)
    role = request.GET.get("rol", "")
    role = role if role in Role.values else ""
    after = request.GET.get("na", "")
    page = member_page(
        members_visible_to(request.user), after=int(after) if after.isdecimal() else None, role=role
    )
    names = scope_names([row for member in page.members for row in _current(member)])
    listed = [
        {
            "member": member,
            "roles": [{"label": Role(row.role).label, "place": names[row.pk]} for row in _current(member)],
        }
        for member in page.members
    ]
    context = {"listed": listed, "page": page, "role": role, "roles": Role.choices}
    return render(request, "accounts/members.html", context)


def _current(member: User) -> list[RoleAssignment]:
    found: list[RoleAssignment] = getattr(member, "current_roles", [])
    return found


def member(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one person's roles, with the ways to give and end them."""
    _require_right(request)
    person = get_object_or_404(members_visible_to(request.user), pk=pk)
    form = AssignRoleForm(posted(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        assign_role(person, form.chosen_role, scope=form.chosen_scope, until=form.chosen_end, by=request.user)
        messages.success(request, _("The role has been given."))
        return redirect("accounts:member", pk=pk)
    rows = assignments_of(person)
    names, now = scope_names(rows), timezone.now()
    roles = [
        {
            "row": row,
            "label": Role(row.role).label,
            "place": names[row.pk],
            "over": row.ends_at is not None and row.ends_at <= now,
        }
        for row in rows
    ]
    context = {"person": person, "roles": roles, "form": form}
    return render(request, "accounts/member.html", context, status=422 if form.is_bound else 200)


@require_POST
def end(request: MemberRequest, pk: int, assignment_pk: int) -> HttpResponse:
    """End a role now."""
    _require_right(request)
    person = get_object_or_404(members_visible_to(request.user), pk=pk)
    try:
        end_role(get_object_or_404(person.assignments, pk=assignment_pk), by=request.user)
        messages.success(request, _("The role has ended."))
    except LastAdministratorError:
        messages.error(request, _(LAST_ONE))
    return redirect("accounts:member", pk=pk)


@require_POST
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a person no longer sign in."""
    _require_right(request)
    person = get_object_or_404(members_visible_to(request.user), pk=pk)
    try:
        close_account(person, by=request.user)
        messages.success(request, _("This account has been closed. Nothing was removed."))
    except LastAdministratorError:
        messages.error(request, _(LAST_ONE))
    return redirect("accounts:member", pk=pk)


@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a person sign in again."""
    _require_right(request)
    person = get_object_or_404(members_visible_to(request.user), pk=pk)
    open_account(person, by=request.user)
    messages.success(request, _("This account has been opened again."))
    return redirect("accounts:member", pk=pk)
