"""The database itself refuses a change to a row of the consent ledger, and on PostgreSQL its removal too."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER consent_ledger_rows_stay BEFORE UPDATE ON accounts_consententry
BEGIN SELECT RAISE(ABORT, 'a row of the consent ledger never changes'); END;
"""
POSTGRESQL = """
CREATE FUNCTION consent_ledger_rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a row of the consent ledger never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER consent_ledger_rows_stay BEFORE UPDATE OR DELETE ON accounts_consententry
FOR EACH ROW EXECUTE FUNCTION consent_ledger_rows_stay();
"""


def forwards(apps, schema_editor):
    script = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    schema_editor.execute(script, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER consent_ledger_rows_stay", params=None)
    else:
        schema_editor.execute("DROP TRIGGER consent_ledger_rows_stay ON accounts_consententry", params=None)
        schema_editor.execute("DROP FUNCTION consent_ledger_rows_stay", params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_invitations_recovery_consent")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
