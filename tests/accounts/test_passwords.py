"""What a password must be is said in the house's own words, beforehand and when it is refused."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kort", "Dit wachtwoord is te kort: het heeft minstens 12 tekens nodig."),
        ("noorhaverkamp", "Dit wachtwoord lijkt te veel op je eigen gegevens (naam)."),
        (
            "1q2w3e4r5t6y",
            "Dit wachtwoord gebruiken veel mensen, dus het is makkelijk te raden. Kies een ander.",
        ),
    ],
)
def test_a_refused_password_is_told_why(typed, said):
    user = UserFactory.create(display_name="Noor Haverkamp", email="n@voorbeeld.test")
    with override("nl"), pytest.raises(ValidationError) as refused:
        validate_password(typed, user)
    assert said in refused.value.messages


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_nobody_is_spoken_to_in_borrowed_words(language):
    with override(language):
        told = " ".join(password_validators_help_texts())
    assert "12" in told
    assert not {"uw", "Uw", "votre", "Votre"} & set(told.split())
