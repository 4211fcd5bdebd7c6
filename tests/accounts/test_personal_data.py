"""Every relation to a person is registered as personal data, libraries' relations too (decision 9)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from accounts.models import User
from core import personal_data


def relations() -> Iterator[tuple[type[models.Model], str]]:
    """Yield each model's own relation to the user; what a child table inherits belongs to its parent."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if field.remote_field and field.remote_field.model is User:
                yield model, field.name
        for many in model._meta.local_many_to_many:
            if many.remote_field.model is User:
                yield model, many.name


@pytest.mark.parametrize(
    ("model", "field"),
    [pytest.param(*found, id=f"{found[0]._meta.label}.{found[1]}") for found in relations()],
)
def test_every_relation_to_a_person_has_an_entry(model: type[models.Model], field: str) -> None:
    assert personal_data.covers(model, field), (
        f"{model._meta.label}.{field} points at a person. Say how it is exported, erased and kept: "
        "core.personal_data.register(PersonalData(…)) in the room's AppConfig.ready."
    )


@pytest.mark.parametrize("entry", personal_data.entries(), ids=lambda entry: f"{entry.model}.{entry.field}")
def test_every_entry_speaks_about_a_relation_that_exists(entry: personal_data.PersonalData) -> None:
    model = apps.get_model(entry.model)
    assert model._meta.get_field(entry.field).related_model is User
    assert str(entry.retention)
