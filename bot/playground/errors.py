"""Why the playground cannot be: one sentence, and what to try instead."""

LOOK = "make demo shows two quarters in the terminal"
MISSING, FAILED = 2, 1  # exit statuses


class CannotPlay(Exception):
    """The sentence is the message; `status` is the exit status."""

    def __init__(self, sentence: str, *, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.status = status
