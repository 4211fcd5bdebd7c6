"""The database itself refuses a change to a sealed audit row, and on PostgreSQL its removal too."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_sealed_rows_stay BEFORE UPDATE ON core_auditentry
WHEN OLD.digest <> '' BEGIN SELECT RAISE(ABORT, 'a sealed audit row never changes'); END;
"""
POSTGRESQL = """
CREATE FUNCTION audit_sealed_rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a sealed audit row never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER audit_sealed_rows_stay BEFORE UPDATE OR DELETE ON core_auditentry
FOR EACH ROW WHEN (OLD.digest <> '') EXECUTE FUNCTION audit_sealed_rows_stay();
"""


def forwards(apps, schema_editor):
    script = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    schema_editor.execute(script, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_sealed_rows_stay", params=None)
    else:
        schema_editor.execute("DROP TRIGGER audit_sealed_rows_stay ON core_auditentry", params=None)
        schema_editor.execute("DROP FUNCTION audit_sealed_rows_stay", params=None)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
