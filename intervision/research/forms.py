"""What is typed about a study."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from intervision.research.models import Study
from patientdata.forms import GatedModelForm


class StudyForm(GatedModelForm):
    """What a study is called and what it asks."""

    gated: ClassVar[dict[str, str]] = {"name": "research.Study.name", "question": "research.Study.question"}

    class Meta:
        model = Study
        fields = ("name", "question")
        widgets: ClassVar[dict[str, Any]] = {"question": forms.Textarea(attrs={"rows": 3})}
