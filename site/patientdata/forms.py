"""Forms that show what the gate found, beside the field where it was typed.

::

    class PostForm(GatedForm):
        gated = {"body": "forum.Post.body"}
        body = forms.CharField(widget=forms.Textarea)

    form = PostForm(request.POST)
    if form.is_valid():
        post = write_post(topic, body=form.cleaned_data["body"], confirmed=form.gate_confirmed, by=request.user)

The action calls `gate.require_clean` itself; the form only presents. After an action raised `PatientDataFound` all the
same (it checks more than this form does), `form.present(error)` shows it. `{{ form.as_div }}` and
`{{ field.as_field_group }}` show the findings under the field; a template that lays out a field by hand adds
`{% include "patientdata/findings.html" with report=form.gate_reports.body prefix="" only %}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patientdata.gate import findings
from patientdata.kinds import PatientDataFound
from patientdata.policy import Policy, policy_of
from patientdata.reports import Report, report

CONFIRMATION = "gate_confirmed"
STOP: Promise = _(
    "This holds something that may tell who the patient is. Take the marked words out; the rest can stay."
)
ASK: Promise = _(
    "This may tell who the patient is. Take the marked words out, or tick that no patient is meant."
)


class GatedFormMixin(forms.BaseForm):
    """Checks the fields named in `gated` (form field → `app_label.Model.field`) and keeps what was typed."""

    gated: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gate_reports: dict[str, Report] = {}
        for name in self.gated:
            self.fields[name].widget.attrs.setdefault("data-patientdata", self.add_prefix(CONFIRMATION))

    @property
    def gate_confirmed(self) -> bool:
        """Say whether the writer answered for every uncertain passage; pass it to the action as `confirmed`."""
        return not any(found.stops for found in self.gate_reports.values())

    def clean(self) -> dict[str, Any] | None:
        """Check the gated fields after the form's own rules."""
        cleaned = super().clean()
        for name, field in self.gated.items():
            text = self.cleaned_data.get(name)
            if isinstance(text, str) and policy_of(field).policy is Policy.BLOCK:
                self._report(name, report(text, findings(text), self._confirmations()))
        return cleaned

    def present(self, error: PatientDataFound) -> None:
        """Show what an action refused beside the field that it is about."""
        names = {field.lower(): name for name, field in self.gated.items()}
        name = names.get(error.field.lower())
        text = self.cleaned_data.get(name or "") or ""
        if name is None:
            self.add_error(None, str(STOP))
        else:
            self._report(name, report(text, error.findings), must_stop=True)

    def _report(self, name: str, found: Report, *, must_stop: bool = False) -> None:
        if not found.passages:
            return
        self.gate_reports[name] = found
        field = self.fields[name]
        field.template_name = "patientdata/field.html"  # type: ignore[attr-defined]  # Django 5.0 has it, its stubs lag
        field.gate_report, field.gate_prefix = found, self.prefix or ""  # type: ignore[attr-defined]  # read by that template
        if found.stops or must_stop:
            self.add_error(
                name, forms.ValidationError(str(STOP if found.certain else ASK), code="patient_data")
            )

    def _confirmations(self) -> list[str]:
        key = self.add_prefix(CONFIRMATION)
        values = self.data.getlist(key) if hasattr(self.data, "getlist") else self.data.get(key, [])
        return [values] if isinstance(values, str) else list(values)


class GatedForm(GatedFormMixin, forms.Form):
    """A plain form with the gate."""


class GatedModelForm(GatedFormMixin, forms.ModelForm):  # type: ignore[type-arg]  # the model is the subclass's matter
    """A model form with the gate."""
