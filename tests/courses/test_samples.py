"""Practice samples: handed in by their learner, answered by their trainers in words or by voice, and nobody else's."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role, ScopeKind
from core import personal_data
from courses.learning import actions, queries
from courses.learning.models import PracticeSample, SampleKind, SampleMessage
from notifications.models import Notice
from patientdata.kinds import PatientDataFound
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_cohort, make_enrolment, was_at_training_day
from tests.library.factories import docx_bytes, mp3_bytes, wav_bytes

TALK = "Ik: U kreeg een brief van ons.\nZij: Ja, ik schrok ervan.\nIk: U schrok."
PHONE = "Bel haar terug op 06-12345678."


@pytest.fixture
def learner(enrolment):
    return enrolment.user


@pytest.fixture
def trainer(db):
    return UserFactory.create(trainer=True, display_name="Saskia Trainer")


@pytest.fixture
def sample(enrolment, trainer):
    return hand_in(enrolment)


def hand_in(enrolment, **facts):
    given = {"kind": SampleKind.OWN_TEXT, "title": "Het telefoontje", "text": TALK, "made_up": True}
    return actions.hand_in_sample(enrolment, **{**given, **facts}, confirmed=False, by=enrolment.user)


def sound(data=None, name="opname.wav"):
    return SimpleUploadedFile(name, wav_bytes() if data is None else data)


def stored_files():
    folder = Path(settings.PRIVATE_UPLOADS) / "feedback"
    return sorted(folder.iterdir()) if folder.exists() else []


def form(**more):
    return {"kind": "own_text", "title": "Het telefoontje", "text": TALK, "question": "", **more}


# Handing in.


def test_a_sample_is_handed_in_for_a_coaching_moment(enrolment, trainer, client_for):
    was_at_training_day(enrolment, timezone.localdate())
    actions.make_plan(enrolment, by=None)
    moment = enrolment.coaching.get(number=1)
    answer = client_for(enrolment.user).post(
        "/training/oefenwerk/inleveren/", form(made_up="on", moment=moment.pk)
    )
    sample = PracticeSample.objects.get()
    assert answer["Location"] == f"/training/oefenwerk/{sample.pk}/"
    assert (sample.moment, sample.text.split()[0]) == (moment, "Ik:")


def test_without_the_word_that_it_is_made_up_nothing_is_handed_in(learner, client_for):
    answer = client_for(learner).post("/training/oefenwerk/inleveren/", form())
    assert answer.status_code == 422
    assert "Bevestig dat dit geen gesprek met een patiënt is" in answer.text
    assert "U kreeg een brief van ons." in answer.text
    assert not PracticeSample.objects.exists()


def test_the_action_itself_asks_for_that_word(enrolment):
    with pytest.raises(actions.NotMadeUpError):
        hand_in(enrolment, made_up=False)


@pytest.mark.parametrize("field", ["title", "text", "question"])
def test_what_may_identify_a_patient_is_refused_in_every_field(field, enrolment, client_for):
    with pytest.raises(PatientDataFound):
        hand_in(enrolment, **{field: PHONE})
    answer = client_for(enrolment.user).post(
        "/training/oefenwerk/inleveren/", form(made_up="on", **{field: PHONE})
    )
    assert answer.status_code == 422
    assert not PracticeSample.objects.exists()


def test_somebody_elses_coaching_moment_is_refused(enrolment):
    other = make_enrolment(UserFactory.create(poh=True), enrolment.course)
    was_at_training_day(other, timezone.localdate())
    actions.make_plan(other, by=None)
    with pytest.raises(actions.NotAllowedError):
        hand_in(enrolment, moment=other.coaching.first())


def test_who_follows_nothing_has_nowhere_to_hand_in(client_for, db):
    assert client_for(UserFactory.create(poh=True)).get("/training/oefenwerk/inleveren/").status_code == 404


def test_nobody_can_upload_a_sound_as_a_sample(learner, client_for):
    page = client_for(learner).get("/training/oefenwerk/inleveren/").text
    assert 'type="file"' not in page
    assert "Nooit een opname van een patiënt." in page


# Feedback in words.


def test_the_trainer_answers_and_the_learner_reads_it(sample, trainer, learner, client_for):
    desk = client_for(trainer)
    assert "Het telefoontje" in desk.get("/begeleiding/oefenwerk/").text
    desk.post(f"/begeleiding/oefenwerk/{sample.pk}/", {"text": "Sterk: “U schrok.”"})
    assert "Het telefoontje" not in desk.get("/begeleiding/oefenwerk/").text
    browser = client_for(learner)
    assert "badge--dawn" in browser.get("/training/oefenwerk/").text
    assert "Sterk: “U schrok.”" in browser.get(f"/training/oefenwerk/{sample.pk}/").text
    assert "badge--dawn" not in browser.get("/training/oefenwerk/").text


def test_the_learner_answers_back_and_the_sample_waits_again(sample, trainer, learner, client_for):
    actions.answer_sample(sample, text="Goed.", confirmed=False, by=trainer)
    client_for(learner).post(f"/training/oefenwerk/{sample.pk}/", {"text": "Wat zou jij zeggen?"})
    (row,) = client_for(trainer).get("/begeleiding/oefenwerk/").context["rows"]
    assert (row.waiting, row.is_new) == (True, True)


def test_whoever_waits_longest_stands_on_top(sample, enrolment, trainer):
    second = hand_in(enrolment, title="Tweede")
    third = hand_in(enrolment, title="Derde")
    PracticeSample.objects.filter(pk=third.pk).update(created_at=timezone.now() - dt.timedelta(days=3))
    found = queries.with_standing(queries.samples_to_coach(trainer), trainer, as_trainer=True)
    assert list(found.filter(queries.WAITING).order_by("last_at")) == [third, sample, second]


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_message_is_refused_in_words(text, sample, trainer, client_for):
    answer = client_for(trainer).post(f"/begeleiding/oefenwerk/{sample.pk}/", {"text": text})
    assert answer.status_code == 422
    assert "Schrijf iets, of voeg een opname toe." in answer.text
    with pytest.raises(actions.NothingSaidError):
        actions.answer_sample(sample, text=text, confirmed=False, by=trainer)


def test_feedback_passes_the_gate(sample, trainer, client_for):
    answer = client_for(trainer).post(f"/begeleiding/oefenwerk/{sample.pk}/", {"text": PHONE})
    assert answer.status_code == 422
    assert PHONE in answer.text
    assert not SampleMessage.objects.exists()


def test_the_same_message_sent_twice_is_one(sample, trainer):
    token = uuid.uuid4()
    for _press in range(2):
        actions.answer_sample(sample, text="Goed.", token=token, confirmed=False, by=trainer)
    assert SampleMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_both_sides_hear_of_each_other_without_a_word_of_it(sample, trainer, learner, client_for):
    assert Notice.objects.get(recipient=trainer).kind == "learning.sample_in"
    actions.answer_sample(sample, text="Sterk.", confirmed=False, by=trainer)
    page = client_for(learner).get("/mijn/meldingen/").text
    assert "Er is feedback op je oefenwerk: Een training." in page
    assert "Sterk." not in page
    client_for(learner).get(f"/training/oefenwerk/{sample.pk}/")
    assert Notice.objects.get(recipient=learner).read_at


def test_the_home_offers_reading_and_giving_feedback(sample, trainer, learner):
    (step,) = queries.steps_after_the_day(trainer)
    assert step.title == "Geef feedback op oefenwerk"
    actions.answer_sample(sample, text="Sterk.", confirmed=False, by=trainer)
    (step,) = queries.steps_after_the_day(learner)
    assert step.url == f"/training/oefenwerk/{sample.pk}/"
    assert queries.steps_after_the_day(trainer) == []


# Feedback by voice.


@pytest.mark.parametrize(
    ("name", "data", "mime"),
    [("opname.wav", wav_bytes(), "audio/wav"), ("Gesprek.MP3", mp3_bytes(), "audio/mpeg")],
)
def test_a_recording_is_measured_stored_privately_and_heard_by_the_learner(
    name, data, mime, sample, trainer, learner, client_for
):
    client_for(trainer).post(f"/begeleiding/oefenwerk/{sample.pk}/", {"sound": sound(data, name)})
    message = SampleMessage.objects.get()
    assert message.seconds > 0
    assert message.size == len(data)
    assert name.split(".")[0] not in message.sound.name
    assert len(stored_files()) == 1
    page = client_for(learner).get(f"/training/oefenwerk/{sample.pk}/").text
    address = f"/training/oefenwerk/geluid/{message.token}.{name.split('.')[1].lower()}"
    assert address in page
    answer = client_for(learner).get(address, headers={"Range": "bytes=0-9"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, data[:10])
    assert answer["Content-Type"] == mime
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("opname.wav", docx_bytes(), "Er zit geen geluid in dit bestand"),
        ("opname.mp3", wav_bytes(), "audio/wav"),
        ("opname.wav", b"", "leeg"),
        ("opname.wav", wav_bytes(302, hertz=100), "langer dan 5 minuten"),
        ("opname.mp3", mp3_bytes()[:-50], "stopt"),
        ("opname.html", b"<script>alert(1)</script>", "Er zit geen geluid in dit bestand"),
    ],
    ids=["no sound", "wrong ending", "empty", "too long", "cut off", "a page"],
)
def test_what_is_no_short_whole_sound_is_refused_beside_the_field(
    name, data, words, sample, trainer, client_for
):
    answer = client_for(trainer).post(
        f"/begeleiding/oefenwerk/{sample.pk}/", {"text": "Luister maar.", "sound": sound(data, name)}
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert "Luister maar." in answer.text
    assert not SampleMessage.objects.exists()
    assert not stored_files()


def test_a_recording_that_is_too_large_is_refused(sample, trainer, client_for, monkeypatch):
    monkeypatch.setattr("courses.learning.recordings.MOST_BYTES", 1000)
    answer = client_for(trainer).post(f"/begeleiding/oefenwerk/{sample.pk}/", {"sound": sound()})
    assert answer.status_code == 422
    assert not SampleMessage.objects.exists()


def test_a_learner_cannot_send_a_recording_by_any_way(sample, learner, client_for):
    client_for(learner).post(f"/training/oefenwerk/{sample.pk}/", {"text": "Hoor.", "sound": sound()})
    assert not SampleMessage.objects.exclude(sound="").exists()
    with pytest.raises(actions.NotAllowedError):
        actions.answer_sample(sample, sound=sound(), confirmed=False, by=learner)
    with pytest.raises(IntegrityError), transaction.atomic():
        SampleMessage.objects.create(sample=sample, author=learner, by_trainer=False, sound="feedback/x.wav")


@pytest.fixture
def spoken(sample, trainer):
    return actions.answer_sample(sample, sound=sound(), confirmed=False, by=trainer)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("learner", 200),
        ("trainer", 200),
        ("classmate", 404),
        ("other trainer", 404),
        ("editor", 404),
        ("administrator", 404),
        ("visitor", 302),
    ],
)
def test_who_hears_a_recording(who, status, spoken, enrolment, learner, trainer, client_for):
    enrolment.cohort = make_cohort(enrolment.course)
    enrolment.save()
    elsewhere = (ScopeKind.COHORT, enrolment.cohort_id + 1)
    people = {
        "learner": learner,
        "trainer": trainer,
        "classmate": make_enrolment(UserFactory.create(poh=True), enrolment.course).user,
        "other trainer": UserFactory.create(roles=[Role.TRAINER], scope=elsewhere),
        "editor": UserFactory.create(editor=True),
        "administrator": UserFactory.create(administrator=True),
        "visitor": None,
    }
    answer = client_for(people[who]).get(f"/training/oefenwerk/geluid/{spoken.token}.wav")
    if answer.streaming:
        list(answer)
    assert answer.status_code == status


def test_another_ending_or_token_does_not_exist(spoken, learner, client_for):
    browser = client_for(learner)
    assert browser.get(f"/training/oefenwerk/geluid/{spoken.token}.mp3").status_code == 404
    assert browser.get(f"/training/oefenwerk/geluid/{uuid.uuid4()}.wav").status_code == 404


# Keeping and forgetting.


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["withdrawn", "learner erased", "trainer erased", "a year old"])
def test_the_file_of_a_recording_goes_for_good(way, spoken, sample, learner, trainer):
    assert len(stored_files()) == 1
    data = {(entry.model, entry.field): entry for entry in personal_data.entries()}
    if way == "withdrawn":
        actions.withdraw_sample(sample, by=learner)
    elif way == "learner erased":
        with transaction.atomic():  # erasing a person is one transaction
            data["learning.Enrolment", "user"].erase(learner)
    elif way == "trainer erased":
        data["learning.SampleMessage", "author"].erase(trainer)
    else:
        assert actions.forget_recordings(at=timezone.now() + dt.timedelta(days=366)) == 1
    assert stored_files() == []


@pytest.mark.django_db(transaction=True)
def test_when_the_trainer_leaves_the_words_stay_without_a_name(sample, trainer, learner, client_for):
    actions.answer_sample(sample, text="Sterk.", sound=sound(), confirmed=False, by=trainer)
    data = {(entry.model, entry.field): entry for entry in personal_data.entries()}
    data["learning.SampleMessage", "author"].erase(trainer)
    page = client_for(learner).get(f"/training/oefenwerk/{sample.pk}/").text
    assert "Sterk." in page
    assert "iemand die vertrok" in page
    assert "De opname is verwijderd." in page
    assert "Saskia" not in page


def test_a_recording_younger_than_a_year_stays(spoken):
    assert actions.forget_recordings(at=timezone.now() + dt.timedelta(days=364)) == 0


def test_only_the_learner_takes_a_sample_away(sample, trainer):
    with pytest.raises(actions.NotAllowedError):
        actions.withdraw_sample(sample, by=trainer)


def test_the_download_of_ones_own_data_holds_samples_and_feedback(sample, trainer, learner):
    actions.answer_sample(sample, text="Sterk.", confirmed=False, by=trainer)
    data = {(entry.model, entry.field): entry for entry in personal_data.entries()}
    rows = list(data["learning.Enrolment", "user"].export(learner))
    assert [row["sample"] for row in rows if "sample" in row] == ["Het telefoontje"]
    assert [row["feedback"] for row in rows if "feedback" in row] == ["Sterk."]
    assert [row["text"] for row in data["learning.SampleMessage", "author"].export(trainer)] == ["Sterk."]


# Who sees what, and at what cost.


def test_a_trainer_of_another_cohort_finds_nothing(sample, enrolment, client_for):
    enrolment.cohort = make_cohort(enrolment.course)
    enrolment.save()
    other = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, enrolment.cohort_id + 1))
    assert client_for(other).get(f"/begeleiding/oefenwerk/{sample.pk}/").status_code == 404
    with pytest.raises(actions.NotAllowedError):
        actions.answer_sample(sample, text="Hoi.", confirmed=False, by=other)


def test_a_trainer_does_not_give_feedback_to_themselves(trainer, client_for):
    own = hand_in(make_enrolment(trainer))
    assert client_for(trainer).get(f"/begeleiding/oefenwerk/{own.pk}/").status_code == 404


def test_the_lists_cost_the_same_with_one_and_three_rows(
    sample, enrolment, trainer, client_for, django_assert_num_queries, django_assert_max_num_queries
):
    browsers = [
        (client_for(trainer), "/begeleiding/oefenwerk/"),
        (client_for(enrolment.user), "/training/oefenwerk/"),
    ]
    asked = []
    for browser, address in browsers:
        browser.get(address)
        with django_assert_max_num_queries(14) as found:
            browser.get(address)
        asked.append(len(found.captured_queries))
    hand_in(enrolment, title="Tweede")
    hand_in(enrolment, title="Derde")
    for (browser, address), count in zip(browsers, asked, strict=True):
        with django_assert_num_queries(count):
            browser.get(address)


def test_only_the_page_with_the_recorder_may_ask_for_the_microphone(sample, trainer, learner, client_for):
    page = client_for(trainer).get(f"/begeleiding/oefenwerk/{sample.pk}/")
    assert "microphone=(self)" in page["Permissions-Policy"]
    assert "media-src 'self' blob:" in page["Content-Security-Policy"]
    for browser, address in [
        (client_for(trainer), "/begeleiding/oefenwerk/"),
        (client_for(trainer), "/mijn/"),
        (client_for(learner), f"/training/oefenwerk/{sample.pk}/"),
        (client_for(learner), "/training/oefenwerk/inleveren/"),
        (client_for(None), "/account/login/"),
    ]:
        answer = browser.get(address)
        assert "microphone=()" in answer["Permissions-Policy"], address
        assert "blob:" not in answer["Content-Security-Policy"], address
