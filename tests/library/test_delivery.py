"""Handing out files: ranges, validators, who may have what, and never a way outside the folder."""

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings

from accounts.models import Role
from core.storages import private_storage, public_storage
from media.library.models import Audience
from media.library.permissions import _claims
from tests.library.factories import make_download, make_sound, make_user, mp3_bytes

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 4


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.PUBLIC_UPLOADS = tmp_path / "public"
    settings.PRIVATE_UPLOADS = tmp_path / "private"


@pytest.fixture
def address():
    name = public_storage().save("tekst/les.mp3", ContentFile(DATA))
    return f"/bestanden/{name}"


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        (None, 200, 0, 1023),
        ("bytes=0-0", 206, 0, 0),
        ("bytes=100-199", 206, 100, 199),
        ("bytes=1000-", 206, 1000, 1023),
        ("bytes=-24", 206, 1000, 1023),
        ("bytes=0-9,5-20", 206, 0, 20),
        ("bytes=0-9,50-60", 200, 0, 1023),
        ("nonsense", 200, 0, 1023),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_range_gives_exactly_those_bytes(client, address, asked, status, first, last, method):
    headers = {"Range": asked} if asked else {}
    response = getattr(client, method)(address, headers=headers)
    assert response.status_code == status
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers.get("Content-Range") == (f"bytes {first}-{last}/1024" if status == 206 else None)
    expected = DATA[first : last + 1] if method == "get" else b""
    assert b"".join(response.streaming_content if response.streaming else [response.content]) == expected


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=9-3", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused_in_words(client, address, asked):
    response = client.get(address, headers={"Range": asked})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */1024"
    assert response.headers["Accept-Ranges"] == "bytes"
    assert "1024" in response.content.decode()


def test_if_range_gives_the_whole_file_when_it_has_changed(client, address):
    whole = client.get(address)
    for condition, status in [
        (whole.headers["ETag"], 206),
        (whole.headers["Last-Modified"], 206),
        ('"another"', 200),
        ("W/" + whole.headers["ETag"], 200),
        ("Mon, 01 Jan 2024 00:00:00 GMT", 200),
    ]:
        response = client.get(address, headers={"Range": "bytes=0-9", "If-Range": condition})
        assert (condition, response.status_code) == (condition, status)


def test_an_unchanged_file_is_not_sent_again(client, address):
    whole = client.get(address)
    by_tag = client.get(address, headers={"If-None-Match": whole.headers["ETag"]})
    by_date = client.get(address, headers={"If-Modified-Since": whole.headers["Last-Modified"]})
    assert (by_tag.status_code, by_date.status_code) == (304, 304)
    assert by_tag.headers["ETag"] == whole.headers["ETag"]


def test_another_content_has_another_tag(client):
    first = public_storage().save("a.mp3", ContentFile(b"een"))
    tag = client.get(f"/bestanden/{first}").headers["ETag"]
    public_storage().delete(first)
    public_storage().save("a.mp3", ContentFile(b"ander"))
    assert client.get("/bestanden/a.mp3").headers["ETag"] != tag


@pytest.mark.parametrize(
    "path",
    [
        "bestaat-niet.mp3",
        "../private/geheim.pdf",
        "..%2Fprivate%2Fgeheim.pdf",
        "tekst/../../private/geheim.pdf",
        "%2e%2e/private/geheim.pdf",
        "/etc/passwd",
        "%2Fetc%2Fpasswd",
        "tekst",
        "tekst/les.mp3%00.png",
        "tekst\\..\\..\\private\\geheim.pdf",
    ],
)
@pytest.mark.parametrize("accel", ["", "/intern"])
def test_no_address_leads_outside_the_public_folder(client, address, path, accel):
    private_storage().save("geheim.pdf", ContentFile(b"%PDF- geheim"))
    with override_settings(PRIVATE_ACCEL_REDIRECT=accel):
        response = client.get(f"/bestanden/{path}")
    handed = response.headers.get("X-Accel-Redirect", "")
    assert response.status_code in {301, 400, 404} or handed.startswith("/intern/public/")
    assert ".." not in handed


@pytest.mark.parametrize(
    ("name", "mime", "how"),
    [
        ("foto.png", "image/png", "inline"),
        ("geluid.mp3", "audio/mpeg", "inline"),
        ("kaart.pdf", "application/pdf", "inline"),
        ("tekening.svg", "application/octet-stream", "attachment"),
        ("bladzijde.html", "application/octet-stream", "attachment"),
        ("brief.docx", "application/vnd.openxmlformats", "attachment"),
    ],
)
def test_only_what_cannot_carry_script_is_shown_in_place(client, name, mime, how):
    public_storage().save(name, ContentFile(b"<script>alert(1)</script>"))
    response = client.get(f"/bestanden/{name}")
    assert response.headers["Content-Type"].startswith(mime)
    assert response.headers["Content-Disposition"].startswith(how)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_public_files_may_be_kept_and_private_ones_not(client, address):
    sound = make_sound(audience=Audience.EVERYONE)
    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert "private" in client.get(sound.url).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("audience", "who", "status"),
    [
        (Audience.EVERYONE, None, 200),
        (Audience.EVERYONE, Role.POH, 200),
        (Audience.MEMBERS, None, 302),
        (Audience.MEMBERS, Role.POH, 200),
        (Audience.MEMBERS, Role.RESEARCHER, 200),
        (Audience.DESK, None, 302),
        (Audience.DESK, Role.POH, 404),
        (Audience.DESK, Role.EDITOR, 200),
        (Audience.DESK, Role.MEDICAL_REVIEWER, 200),
    ],
)
def test_who_may_have_a_document_or_a_sound(client, audience, who, status):
    if who:
        client.force_login(make_user("iemand@demo.test", who))
    document, sound = make_download(audience), make_sound(audience=audience)
    assert client.get(document.url).status_code == status
    assert client.get(sound.url).status_code == status
    assert client.get(sound.url, headers={"Range": "bytes=0-1"}).status_code == (
        206 if status == 200 else status
    )


@pytest.mark.parametrize(("claim", "status"), [(True, 200), (False, 404), (None, 200)])
def test_a_room_that_publishes_a_sound_decides_about_it(client, monkeypatch, claim, status):
    monkeypatch.setitem(_claims, "test", lambda sound: claim)
    client.force_login(make_user("iemand@demo.test", Role.POH))
    assert client.get(make_sound().url).status_code == status


def test_another_ending_or_name_is_no_second_address(client):
    sound, document = make_sound(audience=Audience.EVERYONE), make_download(Audience.EVERYONE)
    assert client.get(sound.url.replace(".mp3", ".wav")).status_code == 404
    assert client.get(document.url.replace("kaart", "ander")).status_code == 404


@override_settings(PRIVATE_ACCEL_REDIRECT="/intern/")
def test_behind_nginx_only_the_permission_is_ours(client):
    sound = make_sound(mp3_bytes(), name="één twee.mp3", audience=Audience.EVERYONE)
    response = client.get(sound.url)
    assert response.headers["X-Accel-Redirect"].startswith("/intern/private/sound/")
    assert response.headers["X-Accel-Redirect"].isascii()
    assert response.headers["Content-Type"] == "audio/mpeg"
    sound.audience = Audience.DESK
    sound.save()
    assert "X-Accel-Redirect" not in client.get(sound.url).headers


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_files_are_only_read(client, address, method):
    assert getattr(client, method)(address).status_code == 405


def test_a_large_file_is_never_whole_in_memory(client):
    name = public_storage().save("lang.mp3", ContentFile(bytes(3_000_000)))
    pieces = client.get(f"/bestanden/{name}").streaming_content
    assert max(len(piece) for piece in pieces) <= 65_536
