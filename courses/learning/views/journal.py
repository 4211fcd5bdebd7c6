"""One's own journal: reading, searching, writing. Every address leads to the owner's entries and nobody else's."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import member
from courses.learning import actions
from courses.learning.forms import EntryForm
from courses.learning.models import JournalEntry, Reflection
from courses.learning.permissions import may_follow
from courses.learning.queries import entries_of, journal_page, shares_of, thoughts_of
from patientdata.kinds import PatientDataFound

LONGEST_SEARCH = 100


@require_GET
@never_cache
def journal(request: HttpRequest) -> HttpResponse:
    """Show one's own journal, the newest first, or what is found in it."""
    user = member(request)
    search = request.GET.get("zoek", "").strip()[:LONGEST_SEARCH]
    page = journal_page(user, number=_number(request.GET.get("pagina")), search=search)
    context = {
        "page_of_lines": page,
        "search": search,
        "may_write": may_follow(user),
        "newer_url": _page_url(page.number - 1, search) if page.newer else "",
        "older_url": _page_url(page.number + 1, search) if page.older else "",
    }
    return render(request, "learning/journal/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def write(request: HttpRequest) -> HttpResponse:
    """Write a new entry, perhaps going on from a lesson's thought (`?bij=`)."""
    user = member(request)
    if not may_follow(user):
        raise PermissionDenied
    wanted = _number(request.GET.get("bij"), default=0)
    thought = get_object_or_404(thoughts_of(user).select_related("item"), pk=wanted) if wanted else None
    form = EntryForm(request.POST or None, initial=_first_words(thought))
    if request.method == "POST" and (entry := _write(request, form, thought)):
        messages.success(request, _draft_words(entry) if entry.is_draft else _("Kept. Only you can read it."))
        return redirect("learning:entry", pk=entry.pk)
    context = {"form": form, "entry": None, "thought": thought}
    return render(request, "learning/journal/write.html", context, status=422 if form.is_bound else 200)


def _first_words(thought: Reflection | None) -> dict[str, object]:
    return {"day": timezone.localdate(), "text": f"{thought.text}\n\n" if thought else ""}


def _write(request: HttpRequest, form: EntryForm, thought: Reflection | None) -> JournalEntry | None:
    user = member(request)
    as_draft = "draft" in request.POST
    if not form.is_valid() and not (as_draft and _may_be_kept(form)):
        return None
    day, text = form.cleaned_data["day"], form.cleaned_data.get("text") or form.data["text"]
    if as_draft:
        return actions.draft_entry(text=text, day=day, thought=thought, by=user)
    try:
        return actions.write_entry(
            text=text, day=day, thought=thought, confirmed=form.gate_confirmed, by=user
        )
    except PatientDataFound as error:
        form.present(error)
        return None


def _may_be_kept(form: EntryForm) -> bool:
    """Say whether nothing but the gate stops this text: then a draft of it may be kept, with passages left out."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return codes == {"patient_data"}


def _draft_words(entry: JournalEntry) -> str:
    return _("Kept as a draft. What may surely tell who a patient is was left out and not stored.")


@require_GET
@never_cache
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry and with whom it was shared."""
    user = member(request)
    found = get_object_or_404(entries_of(user).select_related("reflection__item"), pk=pk)
    context = {"entry": found, "shares": shares_of(user).filter(entry=found), "may_write": may_follow(user)}
    return render(request, "learning/journal/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own entry."""
    found = get_object_or_404(entries_of(member(request)).select_related("reflection__item"), pk=pk)
    initial = {"day": found.day, "text": found.text, "seen_revision": found.revision}
    form = EntryForm(request.POST or None, initial=initial)
    if request.method == "POST" and (changed := _change(request, form, found)):
        messages.success(request, _draft_words(changed) if changed.is_draft else _("Your change is kept."))
        return redirect("learning:entry", pk=found.pk)
    context = {"form": form, "entry": found, "thought": None}
    return render(request, "learning/journal/write.html", context, status=422 if form.is_bound else 200)


def _change(request: HttpRequest, form: EntryForm, found: JournalEntry) -> JournalEntry | None:
    as_draft = "draft" in request.POST and found.is_draft
    if not form.is_valid() and not (as_draft and _may_be_kept(form)):
        return None
    try:
        return actions.change_entry(
            found,
            text=form.cleaned_data.get("text") or form.data["text"],
            day=form.cleaned_data["day"],
            seen_revision=form.cleaned_data.get("seen_revision") or 0,
            confirmed=form.gate_confirmed,
            as_draft=as_draft,
            by=member(request),
        )
    except PatientDataFound as error:
        form.present(error)
    except actions.EntryChangedError:
        form.add_error(
            None,
            _(
                "This entry was changed in another tab since you opened it. Your text still stands here; copy what you need, then open the entry again."
            ),
        )
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then delete one's own entry for good."""
    user = member(request)
    found = get_object_or_404(entries_of(user), pk=pk)
    if request.method == "POST":
        actions.delete_entry(found, by=user)
        messages.success(request, _("The entry is gone, and so are the copies that you shared."))
        return redirect("learning:journal")
    shared = shares_of(user).filter(entry=found, revoked_at=None)
    return render(request, "learning/journal/delete.html", {"entry": found, "shares": shared})


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a shared copy back."""
    user = member(request)
    share = get_object_or_404(shares_of(user), pk=pk)
    actions.revoke_share(share, by=user)
    messages.success(request, _("Taken back. Nobody can read that copy any more."))
    return redirect("learning:entry", pk=share.entry_id)


def _page_url(number: int, search: str) -> str:
    return "?" + urlencode({"pagina": number} | ({"zoek": search} if search else {}))


def _number(text: str | None, *, default: int = 1) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) < 10 else default
