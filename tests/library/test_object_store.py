"""An S3-compatible store in place of the local disk, on a store that runs inside the test."""

from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from moto import mock_aws

from core.object_store import BadStorageUrlError, options, origin, storages_for
from media.library.delivery import Stored, deliver
from media.library.models import Audience, Sound
from tests.library.factories import make_sound

URL = "s3://sleutel:geheim%2Fwoord@s3.amazonaws.com/trede/proef?region=eu-west-1"


@pytest.fixture
def store(settings):
    """Return the two storages of the house on a bucket that exists during one test."""
    with mock_aws():
        boto3.client("s3", region_name="eu-west-1").create_bucket(
            Bucket="trede", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        settings.STORAGES = {**settings.STORAGES, **storages_for(URL)}
        yield storages


def asked(request_factory, method="get", **headers):
    return getattr(request_factory, method)("/", headers=headers)


def test_what_the_address_of_a_store_says():
    found = options(URL)
    assert found["bucket_name"] == "trede"
    assert found["location"] == "proef"
    assert found["secret_key"] == "geheim/woord"
    assert found["region_name"] == "eu-west-1"
    assert origin("s3://a:b@localhost:9000/bucket?tls=0") == "http://localhost:9000"


@pytest.mark.parametrize("url", ["https://host/bucket", "s3://host", "s3:///bucket", "bucket"])
def test_an_address_that_says_too_little_is_refused(url):
    with pytest.raises(BadStorageUrlError):
        options(url)


def test_without_an_address_files_stay_on_disk():
    assert storages_for("")["private"]["BACKEND"] == "core.storages.PrivateStorage"


def test_public_and_private_files_lie_apart(store):
    store["default"].save("a.png", ContentFile(b"open"))
    store["private"].save("a.mp3", ContentFile(b"dicht"))
    listed = boto3.client("s3", region_name="eu-west-1").list_objects_v2(Bucket="trede")["Contents"]
    assert {row["Key"] for row in listed} == {"proef/public/a.png", "proef/private/a.mp3"}


def test_a_private_file_is_handed_out_by_an_address_that_lasts_a_minute(store, rf):
    name = store["private"].save("sound/a.mp3", ContentFile(b"dicht"))
    response = deliver(asked(rf), Stored(store["private"], name, filename="één.mp3"))
    query = parse_qs(urlsplit(response.headers["Location"]).query)
    assert response.status_code == 302
    assert int(query["X-Amz-Expires"][0]) <= 60
    assert query["response-content-type"] == ["audio/mpeg"]
    assert "no-store" in response.headers["Cache-Control"]


def test_a_public_file_has_a_plain_address(store, rf):
    name = store["default"].save("images/a.png", ContentFile(b"open"))
    response = deliver(asked(rf), Stored(store["default"], name))
    assert urlsplit(response.headers["Location"]).query == ""
    assert response.headers["Location"].endswith("/trede/proef/public/images/a.png")


def test_head_is_answered_here_with_the_length(store, rf):
    name = store["private"].save("sound/a.mp3", ContentFile(b"dicht"))
    response = deliver(asked(rf, "head"), Stored(store["private"], name))
    assert (response.status_code, response.headers["Content-Length"]) == (200, "5")
    assert response.headers["Accept-Ranges"] == "bytes"


def test_a_name_keeps_its_first_file(store):
    first = store["private"].save("a.mp3", ContentFile(b"een"))
    second = store["private"].save("a.mp3", ContentFile(b"twee"))
    assert first != second


@pytest.mark.django_db
def test_permission_comes_before_the_address(store, client, monkeypatch):
    monkeypatch.setattr(Sound._meta.get_field("file"), "storage", store["private"])
    sound = make_sound(audience=Audience.DESK)
    response = client.get(sound.url)
    assert "X-Amz" not in response.headers["Location"]
    sound.audience = Audience.EVERYONE
    sound.save()
    assert "X-Amz" in client.get(sound.url).headers["Location"]
