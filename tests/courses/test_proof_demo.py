"""The demo's registers promise nothing, and its one certificate was earned like any other."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from courses.learning.models import Accreditation, Certificate, Register
from courses.learning.queries.certificates import certificate_views


@pytest.mark.django_db
def test_the_demo_has_registers_without_promises_and_one_certificate_twice_over():
    for _time in range(2):
        call_command("demo", verbosity=0)
    assert set(Register.objects.values_list("name", flat=True)) == {
        "NVvPO",
        "LV POH-GGZ / ANPG",
        "V&VN",
        "GAIA",
    }
    assert not Accreditation.objects.exclude(granted_on=None, points=None, accreditation_id="").exists()
    certificate = Certificate.objects.get()
    assert certificate.holder_name == "Fenna Oosterveer"
    assert all(
        criterion.met for view in certificate_views(certificate.enrolment.user) for criterion in view.criteria
    )
