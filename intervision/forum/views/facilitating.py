"""The facilitator's buttons on a topic."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from intervision.forum.actions import close_topic, pin_topic, reopen_topic, unpin_topic
from intervision.forum.queries import topics_visible_to
from intervision.forum.views.sheets import member

_ACTIONS = {"close": close_topic, "reopen": reopen_topic, "pin": pin_topic, "unpin": unpin_topic}


@require_POST
def set_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Close, reopen, pin or unpin a topic, by the button that was pressed."""
    topic = get_object_or_404(topics_visible_to(member(request)).select_related("group"), pk=pk)
    act = _ACTIONS.get(request.POST.get("do", ""))
    if act is None:
        message = "unknown button"
        raise BadRequest(message)
    act(topic, by=member(request))
    return redirect(topic)
