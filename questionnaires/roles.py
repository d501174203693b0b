"""What somebody does in the team, by their own word; asked in large rounds only."""

from enum import StrEnum

from questionnaires.errors import StalePress

ASKED_FROM = 10  # people invited: in a smaller round a role would point at somebody


class Role(StrEnum):
    """The perspectives that a round may weigh evenly (method section 3).

    Buttons that hang in Slack carry their places in this list: a new one goes to its end.
    """

    DATA_SCIENCE = "data_science"
    ML_ENGINEERING = "ml_engineering"
    DATA_ENGINEERING = "data_engineering"
    PLATFORM = "platform"
    PRODUCT = "product"

    @property
    def place(self) -> int:
        return list(Role).index(self)

    @classmethod
    def at(cls, place: int) -> "Role":
        """Raises StalePress for a place that this version of the list does not have."""
        if place not in range(len(cls)):
            raise StalePress
        return list(cls)[place]


def are_asked(invited: int) -> bool:
    """Whether roles count in a round of so many people."""
    return invited >= ASKED_FROM
