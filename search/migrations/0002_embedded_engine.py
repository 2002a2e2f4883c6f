"""The table of the embedded engine, which Django's models cannot describe."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_embedded USING fts5("
    "title, title_forms, lead, body, attachment, forms, tokenize=\"ascii tokenchars '_'\")",
)
POSTGRESQL = (
    "CREATE TABLE search_embedded (entry_id bigint PRIMARY KEY, vector tsvector NOT NULL)",
    "CREATE INDEX search_embedded_vector ON search_embedded USING gin (vector)",
)
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def create(apps, schema_editor) -> None:
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor) -> None:
    schema_editor.execute("DROP TABLE search_embedded")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
