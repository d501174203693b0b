"""What Slack sends back: somebody hears every id, and every value is read as it was written."""

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import listeners
from bot.app import make_bolt_app
from bot.blocks import ids
from bot.blocks.carried import ROW_IDS
from bot.blocks.facilitators import Opened
from bot.blocks.hide import Opened as Comments
from bot.blocks.ids import Spot
from bot.blocks.remarks import Origin
from bot.blocks.set_up import Return
from bot.blocks.tailor import Chosen, Tailoring
from bot.directory import Installation
from bot.listeners.edge import Edge
from bot.use_cases.everything import UseCases
from questionnaires.errors import StalePress
from tests.bot.blocks import reading
from tests.bot.blocks.states import payloads

SHOWN = payloads()
ACTIONS = sorted({one for payload in SHOWN.values() for one in reading.ids(payload, "action_id")})
MODALS = sorted({one for payload in SHOWN.values() for one in reading.ids(payload, "callback_id")})
EVENTS = ("app_home_opened", "app_uninstalled", "team_join", "tokens_revoked", "user_change")
QUICK = settings(max_examples=40, deadline=None)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
SPOTS = st.builds(
    Spot,
    st.integers(ROW_IDS[0], ROW_IDS[-1]),
    st.none() | st.text(max_size=64),
    st.none() | st.integers(0, 9),
)


@pytest.fixture(scope="module")
def app() -> AsyncApp:
    """The real listeners; registering asks nothing of what they will call."""
    client = AsyncWebClient(token="xoxb-1", base_url="http://127.0.0.1:9/api/")
    built = make_bolt_app(client, Installation("T0NORTHWIND", "Northwind ML", "B1", "U0BOT"))
    nothing: Any = SimpleNamespace(**dict.fromkeys(UseCases.__slots__))
    edge: Any = SimpleNamespace(**dict.fromkeys(Edge.__slots__))
    listeners.register_all(built, nothing, edge)
    return built


def press(action_id: str) -> dict[str, Any]:
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": "[7,null,null]"}
    return {"type": "block_actions", "actions": [action]}


def submission(callback_id: str) -> dict[str, Any]:
    return {"type": "view_submission", "view": {"type": "modal", "callback_id": callback_id}}


async def heard_by(app: AsyncApp, body: dict[str, Any]) -> list[str]:
    request = AsyncBoltRequest(body=body, mode="socket_mode")
    matches = [
        (one, await one.async_matches(req=request, resp=BoltResponse(status=200)))
        for one in app._async_listeners
    ]
    return [str(id(one)) for one, is_match in matches if is_match and not _takes_anything(one)]


def _takes_anything(listener: AsyncListener) -> bool:
    """The last resort for what this version does not have; it hears everything."""
    return str(listener.ack_function.__module__) == "bot.listeners.unknown"


@pytest.mark.parametrize("action_id", ACTIONS)
async def test_exactly_one_listener_hears_a_press(app: AsyncApp, action_id: str) -> None:
    assert len(await heard_by(app, press(action_id))) == 1


@pytest.mark.parametrize("callback_id", MODALS)
async def test_exactly_one_listener_hears_a_modal(app: AsyncApp, callback_id: str) -> None:
    assert len(await heard_by(app, submission(callback_id))) == 1


async def test_the_command_is_heard(app: AsyncApp) -> None:
    assert len(await heard_by(app, {"command": ids.COMMAND})) == 1


async def test_no_listener_waits_for_what_is_never_shown(app: AsyncApp) -> None:
    bodies = [*map(press, ACTIONS), *map(submission, MODALS), {"command": ids.COMMAND}]
    events: list[dict[str, Any]] = [
        {"type": "event_callback", "event": {"type": kind}} for kind in EVENTS
    ]
    shortcut = {"type": "shortcut", "callback_id": ids.SHORTCUT}
    heard = {one for body in [*bodies, *events, shortcut] for one in await heard_by(app, body)}
    assert heard == {str(id(one)) for one in app._async_listeners if not _takes_anything(one)}


async def test_what_is_no_longer_there_is_heard_all_the_same(app: AsyncApp) -> None:
    takers = [one for one in app._async_listeners if _takes_anything(one)]
    gone = AsyncBoltRequest(body=press("gone.long_ago"), mode="socket_mode")
    matches = [await one.async_matches(req=gone, resp=BoltResponse(status=200)) for one in takers]
    assert any(matches)


def test_the_field_of_a_refusal_is_a_block_of_a_modal() -> None:
    blocks = {block.get("block_id") for one in SHOWN.values() for block in one["blocks"]}
    fields = {ids.TEAM_NAME, ids.AUDIENCE, ids.RESULTS_CHANNEL, ids.QUESTIONNAIRE, ids.DAYS_OPEN}
    assert fields | {ids.COMMENT_FIELD, ids.REASON_FIELD} <= blocks


@QUICK
@given(SPOTS)
def test_a_spot_is_read_as_it_was_written(spot: Spot) -> None:
    assert Spot.parse(spot.value) == spot


@QUICK
@given(SPOTS, st.text())
def test_an_origin_is_read_as_it_was_written(spot: Spot, url: str) -> None:
    assert Origin.parse(Origin(spot, url).metadata) == Origin(spot, url)


@QUICK
@given(st.text(), st.none() | st.integers(ROW_IDS[0], ROW_IDS[-1]))
def test_a_return_is_read_as_it_was_written(url: str, scorecard_id: int | None) -> None:
    assert Return.parse(Return(url, scorecard_id).metadata) == Return(url, scorecard_id)


@QUICK
@given(st.text() | JSON.map(json.dumps))
def test_nonsense_is_a_stale_press_or_a_spot(value: str) -> None:
    try:
        spot = Spot.parse(value)
    except StalePress:
        return
    assert type(spot.round_id) is int
    assert isinstance(spot.question_id, str | None)
    assert type(spot.choice) in (int, type(None))


@pytest.mark.parametrize(
    "value",
    [
        *("", "7", "null", "{}", "[]", "[7]", "[7,null]", '{"a":1,"b":2,"c":3}'),
        *('["7",null,null]', "[true,null,null]", "[7,8,null]", '[7,null,"4"]'),
        *("[7,null,1.5]", "[7,null,false]", cast("str", None)),
    ],
    ids=repr,
)
def test_nonsense_is_refused(value: str) -> None:
    with pytest.raises(StalePress):
        Spot.parse(value)


@pytest.mark.parametrize("metadata", ["", "7", "[]", '[7,"url"]', '["[7,null,null]",8]'], ids=repr)
def test_nonsense_in_a_modal_is_refused(metadata: str) -> None:
    with pytest.raises(StalePress):
        Origin.parse(metadata)


@pytest.mark.parametrize(
    "metadata", ["", "7", "[]", "[7,3]", '["url","3"]', f'["",{2**63}]'], ids=repr
)
def test_nonsense_in_a_set_up_is_refused(metadata: str) -> None:
    with pytest.raises(StalePress):
        Return.parse(metadata)


@QUICK
@given(st.integers(ROW_IDS[0], ROW_IDS[-1]), st.text(), st.none() | st.text(max_size=64))
def test_what_tailoring_carries_is_read_as_it_was_written(
    scorecard_id: int, url: str, dimension_id: str | None
) -> None:
    opened = Tailoring(scorecard_id, url, dimension_id)
    assert Tailoring.parse(opened.metadata) == opened
    chosen = Chosen(url, scorecard_id)
    assert Chosen.parse(chosen.value) == chosen


@pytest.mark.parametrize("metadata", ["", "7", "[]", "[3]", '[0,"u",null]', '["3","u",null]'])
def test_nonsense_about_tailoring_is_refused(metadata: str) -> None:
    with pytest.raises(StalePress):
        Tailoring.parse(metadata)
    with pytest.raises(StalePress):
        Chosen.parse(metadata)


@QUICK
@given(st.integers(ROW_IDS[0], ROW_IDS[-1]), st.integers())
def test_a_page_of_comments_is_read_as_it_was_written(round_id: int, page: int) -> None:
    opened = Comments(round_id, page)
    assert Comments.parse(opened.metadata) == opened


@pytest.mark.parametrize(
    "metadata", ["", "7", "[]", "[3]", "[0,0]", '["3",0]', "[3,null]", f"[{2**31},0]"]
)
def test_nonsense_about_comments_is_refused(metadata: str) -> None:
    with pytest.raises(StalePress):
        Comments.parse(metadata)


@QUICK
@given(st.none() | st.integers(ROW_IDS[0], ROW_IDS[-1]), st.lists(st.text()))
def test_a_list_of_names_is_read_as_it_was_written(
    scorecard_id: int | None, named: list[str]
) -> None:
    assert ids.parse_scorecard(ids.of_scorecard(scorecard_id)) == scorecard_id
    opened = Opened(scorecard_id, tuple(named))
    assert Opened.parse(opened.metadata) == opened


@pytest.mark.parametrize(
    "value", ["null", "x", "3", "[0]", "[-1]", "[true]", "[[3]]", "[3.0]", "[1e999]", f"[{2**31}]"]
)
def test_nonsense_about_a_scorecard_is_refused(value: str) -> None:
    with pytest.raises(StalePress):
        ids.parse_scorecard(value)


@pytest.mark.parametrize(
    "metadata", ["", "7", "[]", "[3]", '["3",[]]', "[3,[4]]", '[3,"U1"]', f"[{2**63},[]]"]
)
def test_nonsense_in_a_list_of_names_is_refused(metadata: str) -> None:
    with pytest.raises(StalePress):
        Opened.parse(metadata)
