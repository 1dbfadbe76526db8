"""What the search table needs to be quick: filters as bits, a point on the earth, short rows."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

OLD_PLACE = "CREATE INDEX zoekregel_by_place ON aanbod_zoekregel USING gist (ll_to_earth(lat, lon), lowered)"
NEW_PLACE = "CREATE INDEX zoekregel_by_place ON aanbod_zoekregel USING gist (earth, lowered)"
DROP_PLACE = "DROP INDEX zoekregel_by_place"
# Worked out once and not for each row of each search.
EARTH = (
    "ALTER TABLE aanbod_zoekregel ADD COLUMN earth cube "
    "GENERATED ALWAYS AS (ll_to_earth(lat, lon)::cube) STORED"
)
NO_EARTH = "ALTER TABLE aanbod_zoekregel DROP COLUMN earth"
# Cards and document stand beside the table, so that a search reads few pages of it; cards are not
# compressed, because each reader needs one of them whole.
NARROW = """
ALTER TABLE aanbod_zoekregel SET (toast_tuple_target = 512);
ALTER TABLE aanbod_zoekregel
    ALTER cards SET STORAGE EXTERNAL,
    ALTER title SET STORAGE MAIN, ALTER fuzzy SET STORAGE MAIN, ALTER heading SET STORAGE MAIN,
    ALTER moments SET STORAGE MAIN, ALTER days SET STORAGE MAIN,
    ALTER kenmerken SET STORAGE MAIN, ALTER themas SET STORAGE MAIN;
"""
WIDE = """
ALTER TABLE aanbod_zoekregel RESET (toast_tuple_target);
ALTER TABLE aanbod_zoekregel
    ALTER cards SET STORAGE EXTENDED,
    ALTER title SET STORAGE EXTENDED, ALTER fuzzy SET STORAGE EXTENDED,
    ALTER heading SET STORAGE EXTENDED,
    ALTER moments SET STORAGE EXTENDED, ALTER days SET STORAGE EXTENDED,
    ALTER kenmerken SET STORAGE EXTENDED, ALTER themas SET STORAGE EXTENDED;
"""


def _gin(name: str, field: str, fastupdate: bool | None, opclass: str = "") -> migrations.AddIndex:
    return migrations.AddIndex(
        model_name="zoekregel",
        index=django.contrib.postgres.indexes.GinIndex(
            fields=[field],
            name=name,
            fastupdate=fastupdate,
            opclasses=[opclass] if opclass else [],
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0011_counts")]

    operations = [
        migrations.AddField("zoekregel", "bits", models.BigIntegerField(default=0)),
        migrations.AddField(
            "zoekregel",
            "heading",
            django.contrib.postgres.search.SearchVectorField(default=""),
        ),
        migrations.RunSQL(DROP_PLACE, OLD_PLACE),
        migrations.RunSQL(EARTH, NO_EARTH),
        migrations.RunSQL(NEW_PLACE, DROP_PLACE),
        migrations.RunSQL(NARROW, WIDE),
        migrations.RemoveIndex("zoekregel", "zoekregel_by_text"),
        _gin("zoekregel_by_text", "document", fastupdate=False),
        migrations.RemoveIndex("zoekregel", "zoekregel_by_typing"),
        _gin("zoekregel_by_typing", "fuzzy", fastupdate=False, opclass="gin_trgm_ops"),
        migrations.RemoveIndex("zoekregel", "zoekregel_by_moment"),
        migrations.AddIndex(
            "zoekregel",
            models.Index(fields=["lowered", "-published_at"], name="zoekregel_by_new"),
        ),
    ]
