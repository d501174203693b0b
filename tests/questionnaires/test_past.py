"""Who may read which result, and which team and round is meant."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.facilitating import Reach
from questionnaires.in_vain import AmbiguousTeam, NoSuchTeam
from questionnaires.past import Named, Sight, meant, names_exactly
from questionnaires.rounds import Manner, RoundState
from tests.bot.blocks import made_up

NOBODY = Reach(everything=False)
POSTED, CLOSED, OPEN = made_up.PUBLISHED, made_up.CLOSED, made_up.ROUND
ONE = POSTED.scorecard_id


def teams(*names: str) -> list[Named]:
    return [Named(number, name) for number, name in enumerate(names, 1)]


def found(text: str, *names: str) -> tuple[str, int | None]:
    named, number = meant(text, teams(*names))
    return named.team_name, number


# Who may read what


@pytest.mark.parametrize(
    ("sight", "sees"),
    [
        (Sight(Reach(everything=True)), (True, True, False)),
        (Sight(Reach(everything=False, scorecards=frozenset({ONE}))), (True, True, False)),
        (Sight(Reach(everything=False, scorecards=frozenset({9}))), (False, False, False)),
        (Sight(NOBODY, asked=frozenset({ONE})), (True, False, False)),
        (Sight(NOBODY, asked=frozenset({9})), (False, False, False)),
        (Sight(NOBODY, here=frozenset({POSTED.id})), (True, False, False)),
        (Sight(NOBODY, here=frozenset({99})), (False, False, False)),
        (Sight(NOBODY), (False, False, False)),
    ],
    ids=["of all", "of it", "of another", "asked", "asked elsewhere", "here", "post of another",
         "outsider"],
)  # fmt: skip
def test_facilitators_see_closed_results_the_asked_and_the_channel_posted_ones(
    sight: Sight, sees: tuple[bool, bool, bool]
) -> None:
    assert tuple(map(sight.sees, (POSTED, CLOSED, OPEN))) == sees


def test_a_rehearsal_is_a_result_for_nobody_to_read() -> None:
    rehearsed = replace(POSTED, manner=Manner.REHEARSAL)
    everywhere = Sight(Reach(everything=True), frozenset({ONE}), frozenset({POSTED.id}))
    assert everywhere.sees(POSTED)
    assert not everywhere.sees(rehearsed)


@given(state=st.sampled_from(RoundState), asked=st.booleans(), here=st.booleans())
def test_who_sees_a_result_in_a_channel_does_not_belong_to_the_team_by_that(
    state: RoundState, *, asked: bool, here: bool
) -> None:
    sight = Sight(NOBODY, frozenset({ONE} if asked else ()), frozenset({POSTED.id} if here else ()))
    assert sight.belongs(ONE) is asked
    assert sight.sees(replace(POSTED, state=state)) is (
        state is RoundState.PUBLISHED and (asked or here)
    )


# Which team, which round


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Northwind ML", ("Northwind ML", None)),
        ("northwind  ml 2", ("Northwind ML", 2)),
        ("north", ("Northwind ML", None)),
        ("North 12", ("Northwind ML", 12)),
        ("ML", ("Northwind ML", None)),
        ("fraud 0", ("Fraud", 0)),
        ("FRAUD", ("Fraud", None)),
    ],
)
def test_a_name_or_a_part_of_one_is_enough_and_a_number_names_a_round(
    text: str, expected: tuple[str, int | None]
) -> None:
    assert found(text, "Northwind ML", "Search", "Fraud") == expected


def test_a_name_that_ends_in_a_number_comes_before_a_round_of_that_number() -> None:
    assert found("team 7", "Team", "Team 7") == ("Team 7", None)
    assert found("team 7 2", "Team", "Team 7") == ("Team 7", 2)
    assert found("team 7", "Team", "Team 70") == ("Team", 7)
    assert found("team 7", "Team 70", "Fraud") == ("Team 70", None)
    assert found("2", "Fraud") == ("Fraud", 2)


def test_a_beginning_comes_before_a_middle() -> None:
    assert found("sea", "Search", "Deep sea") == ("Search", None)


def test_of_several_that_fit_none_is_chosen() -> None:
    with pytest.raises(AmbiguousTeam) as refused:
        meant("se", teams("Search", "Sensors", "Fraud"))
    assert refused.value.teams == ("Search", "Sensors")
    with pytest.raises(AmbiguousTeam):
        meant("team 1", teams("Team 10", "Team 11"))


@pytest.mark.parametrize("text", ["nope", "²", "-1", "9" * 5_000, "\0", "*", "fraud\u200b"])
def test_what_names_no_team_says_which_there_are(text: str) -> None:
    with pytest.raises(NoSuchTeam) as refused:
        meant(text, teams("Search", "Fraud"))
    assert refused.value.teams == ("Search", "Fraud")


@given(st.text(), st.lists(st.text(min_size=1, max_size=35), max_size=4))
def test_whatever_is_typed_means_one_team_or_is_refused(text: str, names: list[str]) -> None:
    try:
        named, number = meant(text, teams(*names))
    except NoSuchTeam:
        return
    assert named.team_name in names
    assert number is None or number >= 0


@given(st.text(min_size=1, max_size=35).filter(str.strip), st.integers(0, 10**9 - 1))
def test_a_name_typed_in_full_is_found_with_and_without_a_number(name: str, number: int) -> None:
    (team,) = teams(name)
    assert meant(name, [team]) == (team, None)
    assert meant(f"{name} {number}", [team]) == (team, number)
    assert names_exactly(f"{name} {number}", team)
    assert names_exactly(name.upper().lower(), Named(1, name.lower()))
