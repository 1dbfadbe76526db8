"""The database itself refuses UPDATE, DELETE and TRUNCATE on the log and its heads.

The words (`RegelTekst`) may be deleted, to erase a person, and never changed.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION grootboek_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the grootboek only grows: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

REFUSALS = {
    "bewijzen_regel": "UPDATE OR DELETE",
    "bewijzen_hoofd": "UPDATE OR DELETE",
    "bewijzen_regeltekst": "UPDATE",
}


def triggers() -> list[migrations.RunSQL]:
    made = []
    for table, events in REFUSALS.items():
        made.append(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_rows BEFORE {events} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION grootboek_refuses()",
                f"DROP TRIGGER {table}_rows ON {table}",
            )
        )
        made.append(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION grootboek_refuses()",
                f"DROP TRIGGER {table}_truncate ON {table}",
            )
        )
    return made


class Migration(migrations.Migration):
    dependencies = [("bewijzen", "0001_proof")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION grootboek_refuses()"),
        *triggers(),
    ]
