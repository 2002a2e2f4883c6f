"""PostgreSQL believes that reading every vector costs nothing: it does not count what it takes to unpack them.

The function has it use the index; what it matched is then joined as the planner likes.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION search_matching(asked tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE SET enable_seqscan = off
AS 'SELECT entry_id FROM search_embedded WHERE vector @@ asked'
"""
DROP = "DROP FUNCTION search_matching(tsquery)"


def on_postgresql(statement: str):
    def execute(apps, schema_editor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    dependencies = [("search", "0011_territories_around")]

    operations = [migrations.RunPython(on_postgresql(CREATE), on_postgresql(DROP))]
