"""What columns and rules of tables are made of, the same on both databases."""

import re

from sqlalchemy import CheckConstraint, Dialect, String, TypeDecorator
from sqlmodel import SQLModel

# Migrations change constraints by name. These are the names PostgreSQL would give by itself, so
# both databases have the same ones; SQLite would leave them out.
NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
}
SQLModel.metadata.naming_convention = NAMING_CONVENTION


class FreeText(TypeDecorator[str]):
    """What people type and Slack tells. PostgreSQL takes neither NUL nor half a surrogate pair."""

    impl = String
    cache_ok = True

    def process_bind_param(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        """The replacement character stands in: the length stays, and nothing becomes empty."""
        return None if value is None else re.sub("[\x00\ud800-\udfff]", "\ufffd", value)


def one_of(column: str, *values: str) -> CheckConstraint:
    """A column that holds one of these words."""
    return CheckConstraint(f"{column} IN ({words(*values)})", name=f"{column}_known")


def words(*values: str) -> str:
    """'open', 'closed'"""
    return ", ".join(f"'{value}'" for value in values)
