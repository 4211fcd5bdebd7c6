"""Loads the demo round, its practices and their counted weeks from `demo/practices/`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils import timezone

from accounts.actions import move_role
from accounts.models import Role, ScopeKind, User
from core.demo import DemoReport
from pages.models import Source
from practices.actions import count_week
from practices.models import Comparison, Counts, Participation, Practice, Round, monday_of

FILE = Path("demo") / "practices" / "practices.yaml"


def load(report: DemoReport) -> None:
    """Make what is not there yet; rounds and counts that exist are people's own and stay."""
    text = (settings.BASE_DIR / FILE).read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    round_ = _round(content["round"], report)
    for entry in content["practices"]:
        _practice(round_, entry, report)
    for position, entry in enumerate(content["comparisons"]):
        _comparison(entry, position, report)


def _round(entry: dict[str, Any], report: DemoReport) -> Round:
    this_week = monday_of(timezone.localdate())
    start = this_week - dt.timedelta(weeks=entry["first_week_weeks_ago"])
    round_, new = Round.objects.get_or_create(
        name=entry["name"],
        defaults={
            "starts_on": start,
            "ends_on": this_week + dt.timedelta(weeks=entry["last_week_in_weeks"], days=6),
            "signup_deadline": timezone.make_aware(dt.datetime.combine(start, dt.time(12))),
            "letter_target": entry["letter_target"],
        },
    )
    _tell(report, new, f"round {round_.name}")
    return round_


def _practice(round_: Round, entry: dict[str, Any], report: DemoReport) -> None:
    practice, _new = Practice.objects.get_or_create(name=entry["name"], place=entry["place"])
    participation, new = Participation.objects.get_or_create(round=round_, practice=practice)
    _tell(report, new, f"practice {practice.name}")
    if not new:
        return
    poh = _link(entry["poh"], Role.POH, practice)
    if "gp" in entry:
        _link(entry["gp"], Role.GP, practice)
    if poh is not None:
        _count(participation, entry["weeks"], poh)


def _link(email: str, role: Role, practice: Practice) -> User | None:
    """Let a demo person work in this practice, when the demo accounts are there."""
    user = User.objects.filter(email=email).first()
    if user is not None:
        move_role(user, role, to=(ScopeKind.PRACTICE, practice.pk), by=None)
    return user


def _count(participation: Participation, weeks: list[list[int]], poh: User) -> None:
    for number, numbers in enumerate(weeks):
        counts = dict(zip(Counts.FIELDS, numbers, strict=True))
        week = participation.round.starts_on + dt.timedelta(weeks=number)
        count_week(participation, week=week, counts=counts, version=0, by=poh)


def _comparison(entry: dict[str, str], position: int, report: DemoReport) -> None:
    source = Source.objects.filter(publisher__contains=entry["source"]).order_by("pk").first()
    if source is None or Comparison.objects.filter(source=source).exists():
        return
    Comparison.objects.create(text=entry["text"], text_fr=entry["text_fr"], source=source, position=position)
    report.made.append("comparison")


def _tell(report: DemoReport, new: bool, name: str) -> None:
    if new:
        report.made.append(name)
