"""Every text field of our models has a policy."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from wagtail.fields import StreamField

from patientdata.policy import Policy, UnknownField, all_policies, policy_of, register

TEXT = (models.CharField, models.TextField, models.JSONField, StreamField)
BELOW = {"core", "accounts"}


def is_ours(model):
    root = Path(settings.BASE_DIR)
    path = Path(apps.get_app_config(model._meta.app_label).path)
    return path.is_relative_to(root) and ".venv" not in path.relative_to(root).parts


def text_fields(model):
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, TEXT) and not field.choices and not isinstance(field, models.SlugField)
    ]


def our_models():
    return [model for model in apps.get_models() if is_ours(model) and not model._meta.proxy]


def test_every_text_field_of_our_models_has_a_policy():
    lacking = {}
    for model in our_models():
        for field in text_fields(model):
            name = f"{model._meta.app_label}.{model.__name__}.{field.name}"
            try:
                policy_of(name)
            except UnknownField:
                lacking.setdefault(model._meta.app_config.name, []).append(name)
    words = "\n\n".join(advice(app, names) for app, names in lacking.items())
    assert not lacking, f"\n{words}\n"


def advice(app, names):
    below = app in BELOW
    place = "site/patientdata/policies_below.py" if below else f"AppConfig.ready of {app} (its apps.py)"
    rows = "\n".join(f'    "{name}": Policy.BLOCK,' for name in names)
    return (
        f"Text fields without a patient-data policy. In {place} add, and choose for each one BLOCK (members, staff, visitors "
        f"type it), WARN (editors publish it) or OFF (with reason=...):\n"
        f"from patientdata.policy import Policy, register\nregister({{\n{rows}\n}})"
    )


def test_every_policy_names_a_field_that_exists():
    for entry in all_policies():
        app_label, model, field = entry.field.split(".")
        if is_ours(apps.get_model(app_label, model)):
            apps.get_model(app_label, model)._meta.get_field(field)


def test_off_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="without a reason"):
        register({"forum.Example.body": Policy.OFF})


def test_a_name_that_is_no_field_is_refused():
    with pytest.raises(ValueError, match=r"app_label\.Model\.field"):
        register({"forum.Example": Policy.BLOCK})


def test_two_different_policies_for_one_field_are_refused():
    with pytest.raises(ValueError, match="two different"):
        register({"core.AuditEntry.action": Policy.BLOCK})


def test_an_unregistered_field_is_an_error():
    with pytest.raises(UnknownField, match="has no patient-data policy"):
        policy_of("forum.Nothing.here")
