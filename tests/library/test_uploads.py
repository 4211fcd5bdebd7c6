"""What comes in: real kinds by content, without metadata, refused in words, nothing stored."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image
from willow.image import UnrecognisedImageFormatError

from accounts.models import Role
from media.library.checks import (
    UploadRefusedError,
    check_document,
    check_name,
    check_size,
    clean_picture,
    measure_sound,
)
from media.library.models import Download, Picture, Sound
from tests.library.factories import (
    docx_bytes,
    make_download,
    make_picture,
    make_sound,
    make_user,
    mp3_bytes,
    photo_from_a_phone,
    picture_bytes,
    wav_bytes,
)

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TEXT = b"Dit is gewoon een verhaal, geen geluid. " * 400


@pytest.mark.parametrize(
    ("check", "data", "name", "code"),
    [
        (clean_picture, TEXT, "verhaal.jpg", "no_picture"),
        (clean_picture, SVG, "tekening.svg", "svg"),
        (clean_picture, SVG, "tekening.png", "svg"),
        (clean_picture, picture_bytes("PNG", (400, 300))[:-300], "half.png", "damaged"),
        (clean_picture, picture_bytes("JPEG", (400, 300))[:600], "half.jpg", "damaged"),
        (clean_picture, picture_bytes("PNG"), "foto.jpg", "ending"),
        (clean_picture, b"", "leeg.png", "no_picture"),
        (measure_sound, TEXT, "verhaal.mp3", "no_sound"),
        (measure_sound, picture_bytes(), "foto.mp3", "no_sound"),
        (measure_sound, b"", "leeg.mp3", "no_sound"),
        (measure_sound, mp3_bytes()[:-100], "half.mp3", "cut_off"),
        (measure_sound, wav_bytes(), "toon.mp3", "ending"),
        (check_document, b"MZ\x90\x00 een programma", "kaart.pdf", "content"),
        (check_document, b"<script>alert(1)</script>", "tekst.txt", "content"),
        (check_document, b"<html><body>", "tabel.csv", "content"),
        (check_document, b"\x00\x01\x02", "tekst.txt", "content"),
        (check_document, docx_bytes(), "brief.xlsx", "content"),
        (check_document, docx_bytes(macros=True), "brief.docx", "macros"),
        (check_document, b"PK\x03\x04kapot", "brief.docx", "content"),
        (check_document, b"#!/bin/sh", "brief.sh", "ending"),
        (check_document, SVG, "tekening.svg", "ending"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_file_that_is_not_what_it_seems_is_refused_in_words(check, data, name, code, language):
    with translation.override(language), pytest.raises(UploadRefusedError) as refused:
        check(io.BytesIO(data), name)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    ("check", "data", "name"),
    [
        (clean_picture, picture_bytes("PNG"), "a.png"),
        (clean_picture, picture_bytes("JPEG"), "a.JPG"),
        (clean_picture, picture_bytes("WEBP"), "a.webp"),
        (clean_picture, picture_bytes("GIF"), "a.gif"),
        (check_document, b"%PDF-1.7\n", "a.pdf"),
        (check_document, "één;twee\n".encode(), "a.csv"),
        (check_document, ("é" * 40_000).encode(), "a.txt"),
        (check_document, docx_bytes(), "a.docx"),
        (measure_sound, wav_bytes(), "a.wav"),
        (measure_sound, mp3_bytes(), "a.mp3"),
        (measure_sound, mp3_bytes() + b"TAG" + bytes(125), "a.mp3"),
    ],
)
def test_what_is_what_it_seems_is_taken(check, data, name):
    check(io.BytesIO(data), name)


@pytest.mark.parametrize(
    "name", ["a\0.png", "foto\u202egnp.exe", "../foto.png", "map\\foto.png", "", "..", "a\n.png", "x" * 201]
)
def test_a_name_that_hides_something_is_refused(name):
    with pytest.raises(UploadRefusedError):
        check_name(name)


@pytest.mark.parametrize("name", ["Foto van de trap (2).png", "één_twee-drie.mp3", "C-07.pdf"])
def test_a_plain_name_is_kept(name):
    check_name(name)


def test_size_is_told_in_words():
    with translation.override("nl"), pytest.raises(UploadRefusedError) as refused:
        check_size(5_000_000_000)
    assert "GB" in refused.value.messages[0]
    with pytest.raises(UploadRefusedError):
        check_size(0)


@pytest.mark.django_db
def test_a_photo_loses_place_maker_and_comment_and_stands_upright():
    data = photo_from_a_phone()
    assert b"Telefoonmaker" in data
    picture = make_picture(data, name="thuis.jpg")
    with picture.file.open("rb") as file:
        kept = file.read()
    assert (picture.width, picture.height) == (40, 60)
    for trace in (b"Telefoonmaker", b"Een Fotograaf", b"thuis", b"Exif"):
        assert trace not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert picture.file_size == len(kept)


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif")])
def test_every_kind_of_picture_loses_its_metadata(kind, name):
    exif = Image.Exif()
    exif[0x013B] = "Een Fotograaf"
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(out, format=kind, exif=exif)
    assert b"Een Fotograaf" in out.getvalue()
    assert b"Een Fotograaf" not in clean_picture(out, name).read()


def test_a_jpeg_that_stands_upright_keeps_its_pixels():
    data = picture_bytes("JPEG", (64, 48))
    kept = clean_picture(io.BytesIO(data), "a.jpg").read()
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.django_db
def test_the_facts_of_a_sound_are_measured_not_typed():
    sound = make_sound(mp3_bytes(400), duration=9999, bitrate=1)
    assert sound.size == 400 * 208
    assert sound.mime == "audio/mpeg"
    assert sound.duration == pytest.approx(10.4, abs=0.1)
    assert sound.bitrate == 64_000
    assert sound.type == "audio"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "name", "data"),
    [
        (Picture, "a.png", TEXT),
        (Sound, "a.mp3", TEXT),
        (Download, "a.pdf", TEXT),
        (Download, "a\0.pdf", b"%PDF-"),
    ],
)
def test_imports_pass_the_same_checks_as_forms(model, name, data):
    with pytest.raises((UploadRefusedError, UnrecognisedImageFormatError)):
        model.objects.create(title="x", file=ContentFile(data, name=name))
    assert not model.objects.exists()


@pytest.mark.parametrize("name", ["mw_Jansen.mp3", "mevrouw Jansen 12-03-1950.mp3", "BSN 123456782.mp3"])
def test_a_file_name_never_names_a_patient(db, name):
    with pytest.raises(UploadRefusedError) as refused:
        make_sound(name=name)
    assert refused.value.code == "patient"


class Untouched(io.BytesIO):
    """A body that must not be read."""

    def read(self, *_args):
        raise AssertionError("the upload was read")


def announce(client, size, address="/beheer/images/add/"):
    return client.generic(
        "POST",
        address,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(size),
        **{"wsgi.input": Untouched()},
    )


def test_five_gigabytes_are_refused_without_reading_them(desk):
    response = announce(desk, 5_000_000_000)
    assert response.status_code == 413
    assert "500" in response.content.decode()
    assert "niet (meer) ingelogd" not in response.content.decode()


@pytest.mark.parametrize("address", ["/beheer/images/add/", "/account/login/"])
@pytest.mark.parametrize("size", [5_000_000_000, 400_000_000, 4_000_000])
def test_of_somebody_who_is_not_signed_in_no_large_body_is_read(client, db, address, size):
    response = announce(client, size, address)
    assert response.status_code == 413
    assert "niet (meer) ingelogd" in response.content.decode()


@pytest.fixture
def desk(client, db):
    """Return a client signed in as a content editor."""
    client.force_login(make_user("redactie@demo.test", Role.EDITOR))
    return client


@pytest.mark.parametrize(
    ("address", "name", "data", "model"),
    [
        ("/beheer/images/add/", "verhaal.png", TEXT, Picture),
        ("/beheer/images/add/", "tekening.svg", SVG, Picture),
        ("/beheer/documents/add/", "kaart.pdf", TEXT, Download),
        ("/beheer/media/audio/add/", "verhaal.mp3", TEXT, Sound),
        ("/beheer/media/audio/add/", "half.mp3", mp3_bytes()[:-100], Sound),
    ],
)
def test_the_admin_says_beside_the_field_what_is_wrong(desk, address, name, data, model):
    response = desk.post(
        address, {"title": "Mijn titel", "audience": "members", "file": SimpleUploadedFile(name, data)}
    )
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors["file"]
    assert form["title"].value() == "Mijn titel"
    assert not model.objects.exists()


@pytest.mark.parametrize(
    ("address", "name", "data", "model"),
    [
        ("/beheer/images/add/", "trap.png", picture_bytes(), Picture),
        ("/beheer/documents/add/", "kaart.pdf", b"%PDF-1.7", Download),
        ("/beheer/media/audio/add/", "toon.wav", wav_bytes(), Sound),
    ],
)
def test_the_admin_keeps_what_is_right(desk, address, name, data, model):
    desk.post(address, {"title": "Goed", "audience": "members", "file": SimpleUploadedFile(name, data)})
    assert model.objects.get().title == "Goed"


@pytest.mark.parametrize("what", ["images", "documents", "media"])
def test_the_desk_sees_and_edits_what_is_private(desk, what):
    made = {"images": make_picture, "documents": make_download, "media": make_sound}[what]()
    prefix = {"images": "wagtailimages", "documents": "wagtaildocs", "media": "wagtailmedia"}[what]
    assert desk.get(reverse(f"{prefix}:index")).status_code == 200
    assert desk.get(reverse(f"{prefix}:edit", args=[made.pk])).status_code == 200


def test_the_desks_screen_for_sound_and_film_speaks_dutch(desk):
    page = desk.get("/beheer/media/").content.decode()
    assert "Geluid toevoegen" in page
    assert "Add audio" not in page
