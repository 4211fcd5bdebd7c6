"""Addresses of lessons and the trainer's desk.

The first words after `training/` here are reserved: no course may have them (`RESERVED_SLUGS`).
"""

from django.urls import URLPattern, URLResolver, path

from courses.learning.addresses_editions import addresses as editions
from courses.learning.proof.addresses import addresses as proof
from courses.learning.views import (
    answers,
    coaching,
    cohorts,
    desk,
    feedback,
    journal,
    leaving,
    lessons,
    meetings,
    plan,
    recall,
    samples,
    sharing,
)

app_name = "learning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("training/inschrijven/<int:pk>/", lessons.enrol, name="enrol"),
    path("training/verder/<int:pk>/", lessons.resume, name="resume"),
    path("training/antwoord/<int:enrolment>/<int:exercise>/<int:question>/", answers.answer, name="answer"),
    path("training/opnieuw/<int:enrolment>/<int:exercise>/", answers.again, name="again"),
    path("training/inleveren/<int:enrolment>/<int:exercise>/", answers.hand_in, name="hand_in"),
    path("training/klaar/<int:enrolment>/<int:lesson>/", lessons.finish, name="finish"),
    path("training/gedachte/<int:enrolment>/<int:lesson>/<uuid:block>/", lessons.reflect, name="reflect"),
    *editions,
    path("training/plan/", plan.plan, name="plan"),
    path("training/plan/coaching/<int:pk>/", coaching.own, name="own_coaching"),
    path("training/herhalen/", recall.recall, name="recall"),
    path("training/herhalen/<int:pk>/", recall.repeat, name="repeat"),
    path("training/herhalen/antwoord/<int:pk>/", recall.recalled, name="recalled"),
    path("training/oefenwerk/", samples.samples, name="samples"),
    path("training/oefenwerk/inleveren/", samples.hand_in, name="hand_in"),
    path("training/oefenwerk/<int:pk>/", samples.sample, name="sample"),
    path("training/oefenwerk/<int:pk>/weg/", samples.withdraw, name="withdraw_sample"),
    path("training/oefenwerk/geluid/<uuid:token>.<slug:ending>", samples.recording, name="recording"),
    path("training/stoppen/<int:pk>/", leaving.leave, name="leave"),
    path("training/bijeenkomsten/", meetings.meetings, name="meetings"),
    path("training/bijeenkomsten/<int:pk>/", meetings.meeting, name="meeting"),
    path("training/bijeenkomsten/<int:pk>/antwoord/", meetings.answer, name="answer_meeting"),
    path("training/bijeenkomsten/<int:pk>/aanwezig/", meetings.show_code, name="show_code"),
    path("training/<slug:course>/<slug:module>/<slug:lesson>/", lessons.lesson, name="lesson"),
    path("mijn/dagboek/", journal.journal, name="journal"),
    path("mijn/dagboek/nieuw/", journal.write, name="write_entry"),
    path("mijn/dagboek/<int:pk>/", journal.entry, name="entry"),
    path("mijn/dagboek/<int:pk>/wijzigen/", journal.change, name="change_entry"),
    path("mijn/dagboek/<int:pk>/weg/", journal.delete, name="delete_entry"),
    path("mijn/dagboek/<int:pk>/delen/", sharing.share, name="share_entry"),
    path("mijn/dagboek/terug/<int:pk>/", journal.take_back, name="take_back"),
    path("begeleiding/coaching/", coaching.desk, name="coaching"),
    path("begeleiding/coaching/<int:pk>/gehouden/", coaching.hold, name="hold_coaching"),
    path("begeleiding/coaching/<int:pk>/open/", coaching.reopen, name="reopen_coaching"),
    path("begeleiding/oefenwerk/", feedback.samples, name="coach_samples"),
    path("begeleiding/oefenwerk/<int:pk>/", feedback.sample, name="coach_sample"),
    path("begeleiding/gedeeld/", sharing.shared, name="shared"),
    path("begeleiding/", desk.learners, name="desk"),
    path("begeleiding/cohorten/", cohorts.cohorts, name="cohorts"),
    path("begeleiding/cohorten/nieuw/", cohorts.make, name="make_cohort"),
    path("begeleiding/cohorten/<int:pk>/", cohorts.cohort, name="cohort"),
    path("begeleiding/cohorten/<int:pk>/wijzigen/", cohorts.change, name="change_cohort"),
    path("begeleiding/cohorten/<int:pk>/uitnodigen/", cohorts.invite, name="invite_learner"),
    path(
        "begeleiding/cohorten/<int:pk>/uitnodiging/<int:invitation>/opnieuw/",
        cohorts.resend_invitation,
        name="resend_to_cohort",
    ),
    path(
        "begeleiding/cohorten/<int:pk>/uitnodiging/<int:invitation>/intrekken/",
        cohorts.withdraw_invitation,
        name="withdraw_from_cohort",
    ),
    path("begeleiding/cohorten/<int:pk>/ronde/", cohorts.enrol_round, name="enrol_round"),
    path(
        "begeleiding/cohorten/<int:pk>/deelnemer/<int:enrolment>/stoppen/",
        cohorts.close,
        name="close_enrolment",
    ),
    path("begeleiding/cohorten/<int:pk>/bijeenkomst/", meetings.plan, name="plan_meeting"),
    path("begeleiding/bijeenkomsten/<int:pk>/", meetings.meeting_desk, name="meeting_desk"),
    path("begeleiding/bijeenkomsten/<int:pk>/wijzigen/", meetings.change, name="change_meeting"),
    path("begeleiding/bijeenkomsten/<int:pk>/afzeggen/", meetings.cancel, name="cancel_meeting"),
    path("begeleiding/bijeenkomsten/<int:pk>/lijst/", meetings.note_list, name="note_list"),
    path("begeleiding/bijeenkomsten/<int:pk>/code/", meetings.room, name="room"),
    *proof,
]
