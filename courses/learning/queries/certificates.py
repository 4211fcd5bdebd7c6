"""Who has which certificate, who still waits for one, and who may see it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

import jwt
from django.db.models import Q, QuerySet

from accounts.models import ScopeKind
from accounts.permissions import Permission, Somebody, scope_ids
from courses.catalogue import queries as catalogue
from courses.catalogue.certificates import Rules, rules_of
from courses.catalogue.models import CourseEdition
from courses.learning.eligibility import Criterion, criteria, earned
from courses.learning.models import BadgeKey, Certificate, Enrolment
from courses.learning.queries.evidence import facts_for
from courses.learning.queries.following import outline_of

CHUNK = 500


def waiting_for_certificate() -> Iterator[Enrolment]:
    """Yield the open enrolments that earned a certificate and have none; four queries per 500 that finished."""
    found = _candidates().select_related("edition").order_by("pk").iterator(chunk_size=CHUNK)
    for chunk in batched(found, CHUNK):
        facts = facts_for(chunk)
        for enrolment in chunk:
            if earned(rules_of(outline_of(enrolment)), facts[enrolment.pk]):
                yield enrolment


def _candidates() -> QuerySet[Enrolment]:
    open_ones = Enrolment.objects.filter(closed_at=None, certificates=None)
    giving, unfinished_too = [], []
    for pk, rules in _editions_that_give():
        giving.append(pk)
        if not rules.lessons:
            unfinished_too.append(pk)
    return open_ones.filter(edition__in=giving).filter(
        Q(finished_at__isnull=False) | Q(edition__in=unfinished_too)
    )


def _editions_that_give() -> Iterator[tuple[int, Rules]]:
    for pk, uuid in (
        CourseEdition.objects.filter(enrolments__closed_at=None).distinct().values_list("pk", "uuid")
    ):
        rules = rules_of(catalogue.outline(pk, uuid))
        if rules.given:
            yield pk, rules


@dataclass(frozen=True)
class CertificateView:
    """Where a learner stands with the certificate of one course."""

    enrolment: Enrolment
    title: str
    criteria: tuple[Criterion, ...]
    certificate: Certificate | None
    former: tuple[Certificate, ...]

    @property
    def met(self) -> int:
        """Return how many criteria are met."""
        return sum(criterion.met for criterion in self.criteria)

    @property
    def renamed(self) -> bool:
        """Say whether the account carries another name than the certificate."""
        return bool(self.certificate and self.certificate.holder_name != self.enrolment.user.display_name)


def certificate_views(user: Somebody) -> list[CertificateView]:
    """Return the courses of this person that give a certificate, with what is met and what was issued."""
    mine = Enrolment.objects.filter(user__pk=user.pk or 0).filter(
        Q(closed_at=None) | Q(certificates__isnull=False)
    )
    found = mine.distinct().select_related("user", "edition").order_by("-last_active_at", "-id")
    enrolments = [enrolment for enrolment in found if rules_of(outline_of(enrolment)).given]
    facts, copies = facts_for(enrolments), _copies(enrolments)
    return [
        CertificateView(
            enrolment=enrolment,
            title=enrolment.edition.title,
            criteria=criteria(rules_of(outline_of(enrolment)), facts[enrolment.pk]),
            certificate=next(
                (copy for copy in copies.get(enrolment.pk, ()) if copy.replaced_at is None), None
            ),
            former=tuple(copy for copy in copies.get(enrolment.pk, ()) if copy.replaced_at is not None),
        )
        for enrolment in enrolments
    ]


def _copies(enrolments: list[Enrolment]) -> dict[int, list[Certificate]]:
    found: dict[int, list[Certificate]] = {}
    for copy in Certificate.objects.filter(enrolment__in=enrolments).order_by("-pk"):
        found.setdefault(copy.enrolment_id or 0, []).append(copy)
    return found


def certificates_of(user: Somebody) -> QuerySet[Certificate]:
    """Return this person's own certificates, former copies too."""
    return Certificate.objects.filter(enrolment__user__pk=user.pk or 0).select_related("edition", "key")


def certificate_places(reader: Somebody, ids: set[int]) -> dict[int, str]:
    """Name the certificates that a notice is about, for their holder."""
    return dict(certificates_of(reader).filter(pk__in=ids).values_list("pk", "course_title"))


def certificate_by_code(code: str) -> Certificate | None:
    """Return the certificate with this code, however people wrote it down; None when there is none."""
    plain = code.replace("-", "").upper()
    return Certificate.objects.filter(code=plain).first()


def certificates_visible_to(user: Somebody) -> QuerySet[Certificate]:
    """Return the certificates that this person may withdraw or renew: all, or those of the rounds they lead."""
    rounds = scope_ids(user, Permission.MANAGE_CERTIFICATES, ScopeKind.ROUND)
    found = Certificate.objects.select_related("enrolment__user", "enrolment__cohort")
    return found if rounds is None else found.filter(enrolment__cohort__round_id__in=rounds)


def status_cache_key(key: int) -> str:
    """Return the name under which the signed status list of a key is kept for some seconds."""
    return f"learning:status-list:{key}"


def no_longer_good(key: BadgeKey) -> list[int]:
    """Return the places in a key's status list whose bit is set: withdrawn or replaced."""
    gone = Q(revoked_at__isnull=False) | Q(replaced_at__isnull=False)
    return list(Certificate.objects.filter(gone, key=key).values_list("status_index", flat=True))


def credential_of(certificate: Certificate) -> bytes:
    """Return what the signed credential of a certificate says, as indented JSON."""
    said = jwt.decode(certificate.jwt, options={"verify_signature": False})
    return json.dumps(said, indent=2, ensure_ascii=False).encode()


def searched(found: QuerySet[Certificate], wanted: str) -> QuerySet[Certificate]:
    """Narrow a list of certificates to a part of a name or a whole code; an empty word leaves it as it is."""
    if not wanted:
        return found
    return found.filter(Q(holder_name__icontains=wanted) | Q(code=wanted.replace("-", "").upper()))


def history_of(certificate: Certificate) -> list[Certificate]:
    """Return the other copies of the same certificate, the newest first."""
    if certificate.enrolment_id is None:
        return []
    copies = Certificate.objects.filter(enrolment_id=certificate.enrolment_id).exclude(pk=certificate.pk)
    return list(copies.select_related("revoked_by").order_by("-pk"))
