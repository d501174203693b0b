"""Hidden comments, as rows: each digest once, in one round, as long as its comment is there."""

from collections.abc import Callable
from typing import Any

import pytest

from questionnaires.hiding import digest_of
from questionnaires.rounds import Participant, Round
from storage import erasing, hiding, rounds
from storage.database import Database
from tests.storage.conftest import NOW
from tests.storage.test_erasing_rows import close, say

MINE, OURS, WISH = digest_of("Q2", "mine"), digest_of("Q2", "ours"), digest_of(None, "mine")


def hidden(database: Database, round_: Round) -> set[str]:
    with database.reading() as session:
        return set(hiding.digests(session, round_.id))


def hide(database: Database, round_: Round, *digests: str) -> list[bool]:
    with database.writing() as session:
        return [hiding.hide(session, "T1", round_.id, one) for one in digests]


def test_a_comment_is_hidden_once_and_shown_again_once(database: Database, opened: Round) -> None:
    assert hide(database, opened, MINE, OURS, MINE) == [True, True, False]
    assert hidden(database, opened) == {MINE, OURS}
    with database.writing() as session:
        assert hiding.show_again(session, opened.id, MINE)
        assert not hiding.show_again(session, opened.id, MINE)
        assert not hiding.show_again(session, opened.id + 1, OURS)
    assert hidden(database, opened) == {OURS}


def test_of_two_who_hide_the_same_at_once_one_was_first(
    database: Database, opened: Round, at_once: Callable[..., list[Any]]
) -> None:
    done = at_once(*[lambda: hide(database, opened, MINE)] * 2)
    assert sorted(done) == [[False], [True]]
    assert hidden(database, opened) == {MINE}


@pytest.mark.parametrize("also", [False, True])
def test_a_digest_goes_with_the_last_comment_that_reads_so(
    database: Database, a_round: Round, opened: Round, asked: list[Participant], *, also: bool
) -> None:
    ann, ben = asked
    say(database, ann)
    say(database, ben, "mine" if also else "ours")
    close(database, opened)
    with database.writing() as session:
        other = rounds.add_round(session, a_round, NOW.date().replace(day=6))
    hide(database, opened, MINE, OURS, WISH)
    hide(database, other, MINE)
    with database.writing() as session:
        erasing.erase(session, [ann.id])
        hiding.forget_erased(session, opened.id)
    assert hidden(database, opened) == ({MINE, WISH} if also else {OURS})
    assert hidden(database, other) == {MINE}
