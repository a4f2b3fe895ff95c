"""Triggers by which the database itself refuses to change or remove an event. One text per database."""

from __future__ import annotations

__all__ = ["install_sql", "remove_sql"]

_REFUSAL = "the audit log is append-only"
_TABLES = "audit_event", "audit_head"

_SQLITE = [
    *(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for table in _TABLES
    ),
    f"CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    "CREATE TRIGGER audit_head_step BEFORE UPDATE ON audit_head WHEN NEW.sequence <> OLD.sequence + 1 "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
]
_SQLITE_REMOVE = [
    "DROP TRIGGER IF EXISTS audit_event_no_delete",
    "DROP TRIGGER IF EXISTS audit_head_no_delete",
    "DROP TRIGGER IF EXISTS audit_event_no_update",
    "DROP TRIGGER IF EXISTS audit_head_step",
]

_POSTGRESQL = [
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_head_step BEFORE UPDATE ON audit_head FOR EACH ROW "
    "WHEN (NEW.sequence <> OLD.sequence + 1) EXECUTE FUNCTION audit_refuse()",
    *(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        for table in _TABLES
    ),
]
_POSTGRESQL_REMOVE = ["DROP FUNCTION IF EXISTS audit_refuse() CASCADE"]


def install_sql(vendor: str) -> list[str]:
    """Statements that put the guards on; `vendor` is `sqlite` or `postgresql`."""
    return {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[vendor]


def remove_sql(vendor: str) -> list[str]:
    """Statements that take the guards off: to take the migration back, or empty a test database."""
    return {"sqlite": _SQLITE_REMOVE, "postgresql": _POSTGRESQL_REMOVE}[vendor]
