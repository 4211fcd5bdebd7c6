"""Previews of a course as its learners see it: an editor chooses who looks."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from courses.catalogue import serving


class LearnerState(TextChoices):
    """How far the learner is who looks at a preview."""

    NEW = "new", _("a learner who has not started it")
    HALF = "half", _("a learner who is half way")
    DONE = "done", _("a learner who has finished it")
    LOCKED = "locked", _("a learner for whom it is not open yet")


class LearnerPreviews:
    """Draws a page's preview as a learner in the chosen state sees it; the learning room draws (`serving`)."""

    preview_kind: ClassVar[str]

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the states in which an editor can look."""
        return [(state.value, state.label) for state in LearnerState]

    @property
    def default_preview_mode(self) -> str:
        """Return the state that whoever reviews sees first: everything filled in and explained."""
        return LearnerState.DONE.value

    def serve_preview(self, request: HttpRequest, mode_name: str | None) -> HttpResponse:
        """Answer with the draft as that learner sees it; without or with an unknown mode as the default one."""
        state = mode_name if mode_name in LearnerState.values else self.default_preview_mode
        return serving.preview(self.preview_kind, request, self, state)
