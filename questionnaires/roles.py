"""What somebody does in the team, by their own word; asked in large rounds only."""

from enum import StrEnum

ASKED_FROM = 10  # people invited: in a smaller round a role would point at somebody


class Role(StrEnum):
    """The perspectives that a round may weigh evenly (method section 3)."""

    DATA_SCIENCE = "data_science"
    ML_ENGINEERING = "ml_engineering"
    DATA_ENGINEERING = "data_engineering"
    PLATFORM = "platform"
    PRODUCT = "product"
