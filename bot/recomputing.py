"""Proof that a result follows from what is stored: computed anew, and set beside what was frozen.

Only whether they are the same is said, never a figure: what may be shown is disclosure's.
"""

from hashlib import sha256

from bot.beside import NothingThere, reading
from bot.use_cases.library import Library
from bot.use_cases.measuring import Measuring, Recomputed
from questionnaires.errors import NotRecomputable
from questionnaires.rounds import Round


class Differs(Exception):
    """The same answers come to something else now; says so in a sentence."""


def recomputed(url: str, round_id: int) -> str:
    """A sentence for a round whose result comes out byte for byte as it was frozen.

    Raises Differs where it does not, NothingThere with the rounds that there are, and what
    `reading` raises.
    """
    with reading(url) as database:
        measuring = Measuring(database, Library({}, database))
        closed = measuring.closed()
        # Looked up among those: no database takes a number of any length.
        if round_id not in {one.id for one in closed}:
            raise NothingThere(_there_are(round_id, closed))
        try:
            found = measuring.recompute(round_id)
        except NotRecomputable:
            raise NothingThere(
                f"Round {round_id} cannot be computed again: answers were erased, of it or of the "
                "round it is compared with. Its result stays as it was frozen."
            ) from None
    if not found.is_same:
        raise Differs(
            f"{_named(found.round)} comes to something else now: {_digest(found.now)} instead of "
            f"{_digest(found.frozen)}. Its answers, its questions or the method were changed."
        )
    return f"{_named(found.round)}: the same {_size(found)} bytes, {_digest(found.now)}."


def _there_are(round_id: int, closed: list[Round]) -> str:
    if not closed:
        return "No round is closed yet: there is nothing to compute again."
    listed = ", ".join(f"{one.id} ({one.team_name}, {one.title})" for one in closed)
    return f"There is no closed round {round_id}. There are: {listed}."


def _named(round_: Round) -> str:
    return f"Round {round_.id} ({round_.team_name}, {round_.title})"


def _digest(text: str) -> str:
    return f"SHA-256 {sha256(text.encode()).hexdigest()}"


def _size(found: Recomputed) -> str:
    return f"{len(found.now.encode()):,}"
