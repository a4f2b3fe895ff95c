"""Let the database refuse to change or remove an event."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from tallman.server.audit.guards import install_sql, remove_sql


def _run(statements: Any) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for statement in statements(schema_editor.connection.vendor):
                cursor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(_run(install_sql), _run(remove_sql))]
