"""What Django's constraints cannot say: a block begins before it ends, holds at least its
minutes and at most a day, belongs to the Brussels day it starts on, and nothing lies in the future
beyond five minutes after it was received: neither its end, nor more minutes than its day had."""

from django.db import migrations

CONSTRAINTS = {
    "block_is_bounded_and_not_empty": (
        "block IS NULL OR (NOT isempty(block) AND NOT lower_inf(block) AND NOT upper_inf(block))"
    ),
    "block_holds_its_minutes": (
        "block IS NULL OR minutes * interval '1 minute' <= upper(block) - lower(block)"
    ),
    "block_fits_in_a_day": "block IS NULL OR upper(block) - lower(block) <= interval '24 hours'",
    "block_belongs_to_the_day_it_starts": (
        "block IS NULL OR (lower(block) AT TIME ZONE 'Europe/Brussels')::date = day"
    ),
    "nothing_in_the_future": (
        "day <= (received_at AT TIME ZONE 'Europe/Brussels')::date "
        "AND (block IS NULL OR upper(block) <= received_at + interval '5 minutes') "
        "AND (block IS NOT NULL OR minutes * interval '1 minute' <= "
        "received_at - (day::timestamp AT TIME ZONE 'Europe/Brussels') + interval '5 minutes')"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("bewijzen", "0002_log_is_append_only")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE bewijzen_bevestiging ADD CONSTRAINT {name} CHECK ({condition})",
            f"ALTER TABLE bewijzen_bevestiging DROP CONSTRAINT {name}",
        )
        for name, condition in CONSTRAINTS.items()
    ]
