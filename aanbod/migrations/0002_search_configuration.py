"""Dutch full text with accents forgiven, trigrams for typos, distance on the earth."""

from django.contrib.postgres.operations import (
    CreateExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION veertig (COPY = dutch);
ALTER TEXT SEARCH CONFIGURATION veertig
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
"""


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0001_offer")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        CreateExtension("cube"),
        CreateExtension("earthdistance"),
        migrations.RunSQL(CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION veertig"),
        migrations.RunSQL(
            "CREATE INDEX zoekregel_by_place ON aanbod_zoekregel USING gist (ll_to_earth(lat, lon))",
            "DROP INDEX zoekregel_by_place",
        ),
        migrations.RunSQL(
            "CREATE INDEX zoekregel_by_title ON aanbod_zoekregel USING gin (title gin_trgm_ops)",
            "DROP INDEX zoekregel_by_title",
        ),
    ]
