"""Mail is a row first, leaves by a task, and leaves once."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.utils import timezone

from config.delivery import delivery_mailer
from config.settings import base
from core import outbox
from core.models import OutboxMail
from core.tasks import deliver_mail
from tests.conftest import free_port
from tests.core.letterbox import letterbox_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_mailers(settings):
    """Django's test runner puts a mailer of its own in place; here ours is what is tested."""
    settings.MAILERS = {**base.MAILERS}


@pytest.fixture
def letterbox(settings, worker_id):
    """A real SMTP server on loopback, and settings that deliver to it."""
    with letterbox_of(settings, worker_id) as box:
        yield box


@pytest.fixture
def no_server(settings, worker_id):
    settings.MAILERS = {
        **base.MAILERS,
        "delivery": delivery_mailer(f"smtp://127.0.0.1:{free_port(worker_id)}"),
    }


def write(subject="Welkom", to="noor@demo.test"):
    send_mail(subject, "Dag Noor,\n\nJe code is 123456.", None, [to])


def test_a_mail_is_stored_before_it_leaves():
    write()
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject, mail.sent_at) == ("noor@demo.test", "Welkom", None)


def test_a_mail_leaves_once_however_often_the_task_runs(letterbox):
    write()
    assert [outbox.send_due(), outbox.send_due()] == [1, 0]
    assert [m["Subject"] for m in letterbox.received] == ["Welkom"]


def test_after_sending_the_text_with_its_code_is_gone(letterbox):
    write()
    outbox.send_due()
    mail = OutboxMail.objects.get()
    assert mail.sent_at is not None
    assert (mail.text, mail.html) == ("", "")


def test_html_headers_and_attachments_arrive(letterbox):
    message = EmailMultiAlternatives(
        "Agenda", "tekst", None, ["a@demo.test"], headers={"List-Unsubscribe": "<x>"}
    )
    message.attach_alternative("<p>tekst</p>", "text/html")
    message.attach("dag.ics", "BEGIN:VCALENDAR", "text/calendar")
    message.send()
    outbox.send_due()
    got = letterbox.received[0]
    kinds = [part.get_content_type() for part in got.walk()]
    assert got["List-Unsubscribe"] == "<x>"
    assert {"text/plain", "text/html", "text/calendar"} <= set(kinds)


def test_a_mail_with_a_key_is_stored_once():
    for _ in range(2):
        EmailMessage(
            "Herinnering", "tekst", None, ["a@demo.test"], headers={"X-Outbox-Key": "reminder:7"}
        ).send()
    assert OutboxMail.objects.count() == 1


def test_an_absent_server_postpones_and_loses_nothing(no_server):
    write()
    assert outbox.send_due() == 0
    mail = OutboxMail.objects.get()
    assert mail.attempts == 1
    assert mail.next_try_at > timezone.now()
    assert "123456" in mail.text


def test_a_server_that_refuses_at_first_gets_the_mail_at_a_later_try_once(letterbox):
    letterbox.refusals = 2
    write()
    sent = []
    for _try in range(4):
        sent.append(outbox.send_due())
        OutboxMail.objects.filter(sent_at=None).update(next_try_at=timezone.now())
    assert sent == [0, 0, 1, 0]
    assert [m["Subject"] for m in letterbox.received] == ["Welkom"]
    assert OutboxMail.objects.get().attempts == 3


def test_a_postponed_mail_waits_for_its_turn(letterbox):
    letterbox.refusals = 1
    write()
    assert [outbox.send_due(), outbox.send_due()] == [0, 0]


def test_a_run_sends_until_nothing_is_due_over_few_connections(letterbox):
    for number in range(outbox.AT_ONCE * 2 + 5):
        write(f"Mail {number}", to=f"{number}@demo.test")
    assert outbox.send_due() == outbox.AT_ONCE * 2 + 5
    assert len({m["To"] for m in letterbox.received}) == len(letterbox.received) == outbox.AT_ONCE * 2 + 5
    assert letterbox.connections == 3
    assert outbox.send_due() == 0


def test_a_run_stops_when_its_time_is_over_and_the_next_goes_on(letterbox):
    for number in range(5):
        write(to=f"{number}@demo.test")
    ticks = iter(range(100))
    sent = outbox.send_due(seconds=4, clock=lambda: next(ticks))
    assert 0 < sent < 5
    assert OutboxMail.objects.filter(sent_at=None, attempts=0).count() == 5 - sent, "what waits is untouched"
    assert outbox.send_due() == 5 - sent
    assert len({m["To"] for m in letterbox.received}) == len(letterbox.received) == 5


def test_a_task_without_time_enough_is_followed_by_another(letterbox, monkeypatch):
    """One second of the clock a look: each run sends a few."""
    ticks = iter(range(1000))
    monkeypatch.setattr(outbox.send_due, "__kwdefaults__", {"seconds": 4, "clock": lambda: next(ticks)})
    for number in range(7):
        write(to=f"{number}@demo.test")
    deliver_mail.enqueue()
    assert len({m["To"] for m in letterbox.received}) == len(letterbox.received) == 7


def test_a_mail_that_is_turned_away_in_the_middle_holds_up_no_other(letterbox):
    letterbox.refusals = 1
    for number in range(4):
        write(to=f"{number}@demo.test")
    assert outbox.send_due() == 3
    assert OutboxMail.objects.get(sent_at=None).attempts == 1


def test_a_mail_that_cannot_be_written_out_keeps_no_other_mail_waiting(letterbox):
    write()
    OutboxMail.objects.update(headers={"X-Broken": "a\nb"})
    write("Tweede")
    assert outbox.send_due() == 1
    assert [m["Subject"] for m in letterbox.received] == ["Tweede"]
    assert OutboxMail.objects.get(sent_at=None).next_try_at > timezone.now()


def test_a_leased_mail_is_not_sent_by_a_second_worker(letterbox):
    write()
    OutboxMail.objects.update(leased_until=timezone.now() + timedelta(minutes=4))
    assert outbox.send_due() == 0


def test_a_lease_left_by_a_killed_worker_ends(letterbox):
    write()
    OutboxMail.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert outbox.send_due() == 1


def test_the_message_id_stays_the_same_between_tries(no_server):
    write()
    mail = OutboxMail.objects.get()
    assert outbox._message_id(mail) == outbox._message_id(OutboxMail.objects.get())


def test_old_mails_are_forgotten():
    write()
    OutboxMail.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert outbox.forget_old() == 1


def test_giving_up_after_twelve_tries(no_server):
    write()
    OutboxMail.objects.update(attempts=11)
    outbox.send_due()
    assert OutboxMail.objects.get().gave_up_at is not None


def test_a_mail_keeps_its_other_forms_such_as_a_calendars(letterbox):
    message = EmailMultiAlternatives("Trainingsdag", "Tot dan.", None, ["noor@demo.test"])
    message.attach_alternative("<p>Tot dan.</p>", "text/html")
    message.attach_alternative("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; method=REQUEST")
    message.send()
    outbox.send_due()
    (received,) = letterbox.received
    assert received.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in received.get_payload()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    calendar = received.get_payload()[2]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content_charset() == "utf-8"
    assert b"BEGIN:VCALENDAR" in calendar.get_payload(decode=True)
