"""Making groups and saying who belongs to them; whoever does so need not be able to read them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import member
from intervision.forum.actions import add_member, create_group, end_membership, rename_group
from intervision.forum.actions.groups import FEWEST_IN_INTERVISION, MOST_IN_INTERVISION
from intervision.forum.errors import GroupFullError
from intervision.forum.forms import GroupForm, LetInForm, NewGroupForm
from intervision.forum.models import Group, GroupKind
from intervision.forum.permissions import may_make_groups, may_manage_groups
from intervision.forum.queries import groups_managed_by, groups_visible_to, members_of

GROUPS_SHOWN = 200
UNPROCESSABLE = 422


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups that this person looks after."""
    user = member(request)
    if not may_manage_groups(user):
        raise PermissionDenied
    found = groups_managed_by(user).order_by("name", "pk")[:GROUPS_SHOWN]
    context = {"groups": found, "may_make": may_make_groups(user)}
    return render(request, "forum/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    user = member(request)
    if not may_make_groups(user):
        raise PermissionDenied
    form = NewGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind = GroupKind(given["kind"])
        made = create_group(kind=kind, name=given["name"], purpose=given["purpose"], by=user)
        messages.success(request, _("The group is there. Now let people in."))
        return redirect("forum:manage_group", pk=made.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "forum/new_group.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def manage_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who belongs to a group; a form sent here gives it another name."""
    group = _managed(request, pk)
    if request.method != "POST":
        return _page(request, group)
    form = GroupForm(request.POST, instance=Group.objects.get(pk=pk))
    if not form.is_valid():
        return _page(request, group, form=form)
    given = form.cleaned_data
    rename_group(group, name=given["name"], purpose=given["purpose"], by=member(request))
    messages.success(request, _("The group is saved."))
    return redirect("forum:manage_group", pk=pk)


@require_POST
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody into a group."""
    group = _managed(request, pk)
    form = LetInForm(request.POST)
    if not form.is_valid() or form.person is None:
        return _page(request, group, entry=form)
    try:
        add_member(group, user=form.person, by=member(request))
    except GroupFullError:
        words = _(
            "This group has %(most)s people. Beyond that not everybody gets a turn; make a second group."
        )
        form.add_error("email", words % {"most": MOST_IN_INTERVISION})
        return _page(request, group, entry=form)
    messages.success(request, _("%(name)s belongs to this group now.") % {"name": form.person.display_name})
    return redirect("forum:manage_group", pk=pk)


@require_POST
def end(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """End somebody's membership at once; what they wrote stays."""
    group = _managed(request, pk)
    found = get_object_or_404(members_of(group), pk=membership)
    end_membership(found, by=member(request))
    words = _("%(name)s no longer belongs to this group. What was written stays.")
    messages.success(request, words % {"name": found.user.display_name})
    return redirect("forum:manage_group", pk=pk)


def _managed(request: HttpRequest, pk: int) -> Group:
    return get_object_or_404(groups_managed_by(member(request)), pk=pk)


def _page(
    request: HttpRequest, group: Group, *, form: GroupForm | None = None, entry: LetInForm | None = None
) -> HttpResponse:
    members = list(members_of(group)) if not group.is_open else []
    small = group.kind == GroupKind.INTERVISION and len(members) < FEWEST_IN_INTERVISION
    context = {
        "group": group,
        "members": members,
        "form": form or GroupForm(instance=group),
        "entry": entry or LetInForm(),
        "may_read": groups_visible_to(member(request)).filter(pk=group.pk).exists(),
        "too_small": small,
    }
    wrong = form is not None or entry is not None
    return render(request, "forum/manage_group.html", context, status=UNPROCESSABLE if wrong else 200)
