"""Every refusal is a sentence that says what to do next, wherever it is shown."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from slack_sdk.models.blocks import SectionBlock

from bot import errors, verdicts
from bot.blocks import standing, trouble
from bot.blocks.message import Content
from questionnaires import errors as refusals
from questionnaires import in_vain
from questionnaires.errors import Refusal
from questionnaires.rounds import LEFT_WORKSPACE
from sandbox.block_kit import block_problems, view_problems
from tests.bot.blocks.golden import assert_golden
from tests.bot.blocks.reading import unsafe
from tests.bot.blocks.states import payloads

CLOSED_AT = datetime(2027, 2, 1, 17, 0, tzinfo=UTC)
TODAY = date(2027, 1, 18)
TEAM = "R&D <@U1> *ML*"

BUILT: tuple[Refusal, ...] = (
    refusals.StalePress(),
    refusals.NoSuchQuestion("DEP-9"),
    refusals.LevelOutOfScale(7),
    refusals.ReasonMissing(),
    refusals.CommentTooLong(2_345, 2_000),
    refusals.NotFacilitator(("U01AMARA", "U02BEN")),
    refusals.NotFacilitator(("U01AMARA",), of_some=True),
    refusals.CannotFacilitate(("R&D <@U1> *Bot*",), 0),
    refusals.CannotFacilitate(("Ann", "Ben", "Cy", "Dee"), 1),
    refusals.CannotFacilitate((), 1),
    refusals.NoSuchQuestionnaire(),
    refusals.TeamNameMissing(),
    refusals.TeamNameTooLong(40, 35),
    refusals.ScorecardExists(TEAM),
    refusals.DaysOpenOutOfRange(1, 40),
    refusals.DaysOpenTooLong(19),
    refusals.HourOutOfRange(0, 16),
    refusals.FirstDayPassed(TODAY),
    refusals.NextDayMissing(),
    refusals.ScorecardChanged(TEAM, "U02BEN"),
    refusals.ScorecardChanged(TEAM, None),
    refusals.PlanChanged(TEAM, "U02BEN"),
    refusals.PlanChanged(TEAM, None),
    refusals.EverybodyAskedLately(TODAY),
    refusals.AudienceArchived("C01MLTEAM"),
    refusals.GroupUnreadable("S01ML"),
    refusals.GroupEmpty("S01ML"),
    refusals.GroupsNeedPlan("S01ML"),
    refusals.NoSuchScorecard(),
    refusals.NothingTailored(TEAM),
    refusals.Paused(TEAM),
    refusals.NotPaused(TEAM),
    refusals.NothingToSkip(TODAY),
    refusals.NothingToSkip(None),
    refusals.RoundIsOpen(TEAM),
    refusals.NobodyToRemind(TEAM),
    refusals.DeadlineMoved(CLOSED_AT, "Europe/Rome"),
    refusals.NoRoomToExtend(TODAY),
    refusals.NoRoomToExtend(None),
    refusals.LeftAlone(),
    refusals.NobodyToAsk(),
    refusals.AudienceUnreadable("C01MLTEAM"),
    refusals.ResultsChannelClosed("C02RESULTS"),
    refusals.ResultsChannelArchived("C02RESULTS"),
    refusals.ResultsChannelShared("C02RESULTS"),
    refusals.SetUpGone(),
    refusals.RoundClosed(TEAM, CLOSED_AT, "Europe/Rome"),
    refusals.TooLateToRemind(CLOSED_AT, "Europe/Rome"),
    refusals.NotInRound(),
    refusals.Left(),
    refusals.AskedBefore(),
    refusals.Superseded(),
    refusals.NoOpenRound(),
    refusals.RoundNotClosed(),
    refusals.NothingToExport(TEAM),
    refusals.AlreadyPosted(TEAM, "C02RESULTS"),
    in_vain.NoSuchTeam("serach <@U1>", (TEAM, "Search")),
    in_vain.NoSuchTeam("*" * 2_000, ()),
    in_vain.NoSuchTeam("x" * 2_000, (TEAM,) * 40),
    in_vain.AmbiguousTeam("s", (TEAM, "Search")),
    in_vain.NotTheirResults(TEAM, ("U01AMARA", "U02BEN")),
    in_vain.NoSuchRound(TEAM, 9, ((2, "January 2027"), (1, "October 2026"))),
    in_vain.NoSuchRound(TEAM, 0, ((1, "October 2026"),)),
    in_vain.NoSuchRound(TEAM, 999_999_999, tuple((n, "April 2027") for n in range(40, 0, -1))),
    in_vain.NoSuchRound(TEAM, 2, ()),
    in_vain.NoSuchRound(TEAM, 2, ((1, "October 2026"),), waits=True),
    in_vain.NoSuchRound(TEAM, 2, ((1, "October 2026"),), elsewhere=True),
    in_vain.ResultGone(),
    *(in_vain.NothingToCompare(why, "October 2026") for why in in_vain.Apart),
    in_vain.SameRound(),
    in_vain.OneResultOnly(TEAM),
)
WITH_A_FIELD = [one for one in BUILT if one.field]

# These end a message on its way to somebody: no person ever reads them.
SAID_TO_NOBODY = (
    refusals.Left,
    refusals.LeftAlone,
    refusals.AskedBefore,
    refusals.Superseded,
)
# Here nothing is left to be done.
ALL_IS_WELL = (
    refusals.RoundClosed,
    refusals.AlreadyPosted,
    refusals.NobodyToRemind,
    refusals.NothingToSkip,
)
WAYS_ON = (
    *("Type ", "Choose", "choose", "Pick", "Say ", "shorten", "Ask ", "Enter", "Start ", "Skip "),
    "press Next again",
)
WAYS_ON_BY_COMMAND = ("`/scorecard ", "next time", "try again")


def _has_marks(error: Refusal) -> bool:
    return any(mark in errors.sentence(error) for mark in ("<#", "<@", "&amp;"))


def name(error: Refusal) -> str:
    return type(error).__name__


def test_whoever_is_out_of_reach_is_so_for_a_reason_in_words() -> None:
    assert standing.UNREACHABLE.keys() == verdicts.UNREACHABLE | {LEFT_WORKSPACE}


def test_what_keeps_a_round_from_opening_is_a_refusal_and_has_words() -> None:
    kinds = {kind.__name__ for kind in every_refusal()}
    groups = {kind.__name__ for kind in every_refusal(refusals.GroupUnreadable)}
    groups.add("GroupUnreadable")
    audiences = {"AudienceUnreadable", "AudienceArchived", "NobodyToAsk", "NoSuchQuestionnaire"}
    assert trouble.WHY_NOT_OPENED.keys() <= kinds
    assert trouble.WHY_NOT_OPENED.keys() == groups | audiences


def every_refusal(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for kind in of.__subclasses__():
        yield kind
        yield from every_refusal(kind)


def test_every_refusal_has_its_sentence() -> None:
    assert set(errors.SENTENCES) == set(every_refusal())
    assert {type(one) for one in BUILT} == set(every_refusal())


@pytest.mark.parametrize("error", BUILT, ids=name)
def test_a_refusal_reads_as_a_sentence(error: Refusal) -> None:
    said = errors.sentence(error)
    assert said.endswith(".")
    assert said[0].isupper() or said.startswith("<#")
    assert "  " not in said
    assert not unsafe({"text": said})
    shown = errors.content(error)
    assert not block_problems(shown.blocks, "message")


@pytest.mark.parametrize(
    "error",
    [one for one in BUILT if not isinstance(one, (*SAID_TO_NOBODY, *ALL_IS_WELL))],
    ids=name,
)
def test_a_refusal_says_what_to_do_next(error: Refusal) -> None:
    said = errors.sentence(error)
    assert any(way in said for way in (*WAYS_ON, *WAYS_ON_BY_COMMAND)), said


@pytest.mark.parametrize("error", [ValueError("a secret"), TimeoutError()], ids=repr)
def test_an_error_of_ours_or_slacks_says_no_more_than_that(error: Exception) -> None:
    said = errors.sentence(error)
    assert said.endswith("in a minute.")
    assert "secret" not in said


@pytest.mark.parametrize("error", BUILT, ids=name)
def test_in_a_modal_without_its_field_a_refusal_takes_its_place(error: Refusal) -> None:
    answer = errors.in_modal(error, {"blocks": []})
    assert answer["response_action"] == "update"
    assert not view_problems(answer["view"])
    assert not unsafe(answer["view"])


@pytest.mark.parametrize("error", WITH_A_FIELD, ids=name)
def test_in_a_modal_a_refusal_stands_under_its_field(error: Refusal) -> None:
    views = [one for one in payloads().values() if "type" in one]
    with_it = [view for view in views if _inputs(view) & {error.field}]
    assert with_it
    for view in with_it:
        answer = errors.in_modal(error, view)
        assert answer["response_action"] == "errors"
        assert set(answer["errors"]) == {error.field}
        assert "`" not in answer["errors"][error.field]


@pytest.mark.parametrize("error", [one for one in WITH_A_FIELD if _has_marks(one)], ids=name)
def test_under_a_field_a_sentence_has_no_ids_and_no_entities(error: Refusal) -> None:
    """Slack shows it as it is: <#C02RESULTS> and R&amp;D would be read letter by letter."""
    answer = errors.in_modal(error, {"blocks": [{"type": "input", "block_id": error.field}]})
    said = answer["errors"][error.field]
    assert "<#" not in said
    assert "&amp;" not in said


def test_the_sentences_look_like_their_golden_file() -> None:
    said = [SectionBlock(text=errors.sentence(one)) for one in BUILT]
    shown = Content.read_out(
        *said, SectionBlock(text=errors.SLACKS), SectionBlock(text=errors.OURS)
    )
    assert_golden("refusals", {"text": shown.text, "blocks": shown.blocks})


def _inputs(view: dict[str, Any]) -> set[str]:
    return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
