"""What the picture on the trainer's screen leads to: one confirms that one is there, once."""

from __future__ import annotations

import time

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from courses.learning import actions, room_code, telling
from courses.learning.errors import CodeRefusedError, NotInvitedError
from courses.learning.models import Meeting
from courses.learning.queries import belongs_to, index_url

SEEN = "code_seen_in_room"
SEEN_FOR = 10 * 60  # seconds in which somebody who showed the code may sign in and confirm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: HttpRequest, token: str) -> HttpResponse:
    """Note who shows the code of a meeting.

    A visitor signs in first: that they saw the code in time is kept in their session for ten minutes. Reading shows a
    button, pressing it notes; a second time says so and changes nothing.
    """
    meeting = Meeting.objects.select_related("cohort").filter(pk=room_code.meeting_id(token) or 0).first()
    if meeting is None:
        raise Http404
    if room_code.fits(meeting, token, timezone.now()):
        request.session[SEEN] = {"meeting": meeting.pk, "until": time.time() + SEEN_FOR}
    if not isinstance(request.user, User):
        return redirect_to_login(request.path)
    with translation.override(request.user.language):
        return _answer(request, meeting, request.user)


def _answer(request: HttpRequest, meeting: Meeting, user: User) -> HttpResponse:
    context = {
        "meeting": meeting,
        "place": telling.place_of(meeting),
        "to_meeting": telling.page_of(meeting),
        "index_url": index_url(),
        "seat": None,
    }
    if not _saw_code(request, meeting):
        return _page(request, "expired", context, 403)
    if not room_code.is_open(meeting, timezone.now()):
        return _page(request, "closed", context, 403)
    if not belongs_to(meeting, user):
        return _page(request, "stranger", context, 403)
    if request.method != "POST":
        return _page(request, "ask", context, 200)
    try:
        seat, new = actions.note_by_code(meeting, by=user)
    except NotInvitedError:
        return _page(request, "stranger", context, 403)
    except CodeRefusedError:
        return _page(request, "closed", context, 403)
    return _page(request, "noted" if new else "before", {**context, "seat": seat}, 200)


def _saw_code(request: HttpRequest, meeting: Meeting) -> bool:
    seen = request.session.get(SEEN, {})
    return bool(seen.get("meeting") == meeting.pk and seen.get("until", 0) > time.time())


def _page(request: HttpRequest, state: str, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "learning/meetings/attend.html", {**context, "state": state}, status=status)
