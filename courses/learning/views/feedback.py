"""Practice samples on the trainer's side. The page with the recorder is the only one that may ask for the microphone."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import member
from core.browser_features import with_microphone
from courses.learning.forms import FeedbackForm
from courses.learning.permissions import may_coach_anybody
from courses.learning.queries import WAITING, sample_rows, samples_to_coach, with_standing
from courses.learning.views.samples import answered, show_talk

WITH_OWN_RECORDING = {**settings.SECURE_CSP, "media-src": [*settings.SECURE_CSP["media-src"], "blob:"]}
"""The policy of the page on which a trainer hears their recording before it is sent: it lies in the tab's memory."""


@require_safe
@never_cache
def samples(request: HttpRequest) -> HttpResponse:
    """Show the samples of the people whom this trainer coaches: those that wait for feedback, or all."""
    user = member(request)
    if not may_coach_anybody(user):
        raise PermissionDenied
    found = with_standing(samples_to_coach(user), user, as_trainer=True)
    everything = "alles" in request.GET
    shown = found if everything else found.filter(WAITING).order_by("last_at", "pk")
    context = {"rows": sample_rows(shown), "everything": everything}
    return render(request, "learning/samples/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@csp_override(WITH_OWN_RECORDING)
@with_microphone
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a learner's sample with the talk about it; posted, give feedback in words or by a recording."""
    user = member(request)
    coached = samples_to_coach(user).select_related("enrolment__edition", "enrolment__user", "moment")
    found = get_object_or_404(coached, pk=pk)
    form = FeedbackForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and answered(form, found, user):
        name = found.enrolment.user.display_name
        messages.success(request, _("Sent to %(name)s.") % {"name": name})
        return redirect("learning:coach_samples")
    return show_talk(request, found, form, as_trainer=True)
