"""What was done is written down, sealed, and tampering shows."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core import audit, seal
from core.models import AuditEntry

pytestmark = pytest.mark.django_db


class Somebody:
    audit_id = "8c8f8b34-0d5c-4ac0-9d51-3b1d5ac0a001"


def acts(number):
    return [audit.record("case.closed", by=Somebody(), after={"state": n}) for n in range(number)]


def tamper(sql, *values):
    """Change the table behind Django's back, triggers off, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_sealed_rows_stay")
        else:
            cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER audit_sealed_rows_stay")
        cursor.execute(sql, values)


def test_a_row_names_the_act_and_an_opaque_actor_only():
    entry = acts(1)[0]
    entry.refresh_from_db()
    assert (entry.action, str(entry.actor), entry.after) == ("case.closed", Somebody.audit_id, {"state": 0})


def test_sealing_makes_one_chain_in_order():
    acts(3)
    assert seal.seal() == 3
    assert list(AuditEntry.objects.order_by("pk").values_list("sequence", flat=True)) == [1, 2, 3]
    assert seal.check_whole() is None


def test_sealing_goes_on_where_it_ended():
    acts(2)
    seal.seal()
    acts(2)
    seal.seal()
    assert seal.check_whole() is None
    assert seal.check_tail()
    assert seal.seal() == 0


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE core_auditentry SET action = 'nothing' WHERE sequence = 2", 2),
        ("DELETE FROM core_auditentry WHERE sequence = 2", 2),
        ("UPDATE core_auditentry SET actor = NULL WHERE sequence = 4", 4),
        ("DELETE FROM core_auditentry WHERE sequence = 1", 1),
    ],
)
def test_tampering_shows(sql, broken):
    acts(4)
    seal.seal()
    tamper(sql)
    assert seal.check_whole() == broken
    with pytest.raises(CommandError, match=str(broken)):
        call_command("verify_audit")


def test_the_tail_check_sees_a_change_near_the_end():
    acts(4)
    seal.seal()
    tamper("UPDATE core_auditentry SET action = 'nothing' WHERE sequence = 3")
    assert not seal.check_tail(2)


def test_the_database_refuses_a_change_to_a_sealed_row():
    acts(1)
    seal.seal()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.update(action="nothing")


def test_the_command_tells_where_the_chain_ends(capsys):
    acts(2)
    seal.seal()
    call_command("verify_audit")
    end = AuditEntry.objects.get(sequence=2).digest
    assert end in capsys.readouterr().out


def act_and_fail():
    with transaction.atomic():
        acts(1)
        raise RuntimeError


def test_an_act_that_is_rolled_back_leaves_no_row():
    with pytest.raises(RuntimeError):
        act_and_fail()
    assert not AuditEntry.objects.exists()
