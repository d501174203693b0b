"""Bending a genuine payload, as a member could who writes to Slack's servers by hand."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sandbox.payloads import Payload
from tests.bot.edited.elsewhere import OTHERS
from tests.bot.edited.harvest import COMMANDS, Sent

Place = tuple[str | int, ...]
Bend = Callable[[DrawFn, Payload, "Pool"], None]

NUMBERS: tuple[Any, ...] = (
    *(0, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 2**31 - 1, 2**31, 2**63, 10**30),
    *(1.0, 1e308, True, False, None, "1", [], [1], [[[[1]]]], {"id": 1}),
)
WORDS: tuple[str, ...] = (
    *("", " ", "x" * 3_001, "x" * 20_000, "\N{PILE OF POO}" * 500, "\u202egnaro\u202c", "a\0b"),
    *("\ud800", "'; DROP TABLE answers; --", "<!channel> *b* `c` <@U02BEN|x>", "&lt;@U1&gt;"),
    *("0", "1", "U02BEN", "[1,null,null]", "null", "NaN", "%s{0}", "../../etc/passwd", "\n\r\t"),
)
ANYTHING = (*NUMBERS, *WORDS, {}, {"value": "x"}, [None], [[]], {"a": {"b": [1]}})
URLS: tuple[Any, ...] = (
    *("", "x", "http://", "http://[", "file:///etc/passwd", "http://127.0.0.1:9/", "\ud800", 7),
    *("https://hooks.slack.com/actions/T0/1/x", None, [], {}),
)
KINDS: tuple[Any, ...] = (
    *("block_actions", "view_submission", "view_closed", "shortcut", "message_action"),
    *("block_suggestion", "event_callback", "dialog_submission", "", None, 7),
)
NOBODY = ("U0NOBODY", "", "USLACKBOT", "U0SCOREBOT", "u02ben", "U02BEN ", "*", "%", "\0")


@dataclass(frozen=True, slots=True)
class Pool:
    """What can be taken from other payloads: what they carry, their names, what was entered."""

    people: Sequence[str]
    values: Sequence[str]
    metadata: Sequence[str]
    actions: Sequence[str]
    modals: Sequence[str]
    states: Sequence[Payload]

    @classmethod
    def of(cls, found: Mapping[str, Sequence[Sent]], people: Sequence[str]) -> "Pool":
        payloads = [sent.payload for kind in found.values() for sent in kind]
        acted = [payload["actions"][0] for payload in payloads if "actions" in payload]
        views = [payload["view"] for payload in payloads if "view" in payload]
        states: dict[str, Payload] = {
            json.dumps(view["state"], sort_keys=True): view["state"] for view in views
        }
        return cls(
            people=(*people, *NOBODY),
            values=_once(value for one in acted if isinstance(value := carried(one), str)),
            metadata=_once(view["private_metadata"] for view in views),
            actions=_once(one["action_id"] for one in acted),
            modals=_once(view["callback_id"] for view in views),
            states=tuple(states.values()),
        )


def _once(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found)))


def carried(action: Payload) -> Any:
    return (action.get("selected_option") or action).get("value")


@dataclass(frozen=True, slots=True)
class Bent:
    """A payload as it is sent, and what was done to it."""

    sent: Sent
    how: tuple[str, ...]

    def __repr__(self) -> str:
        told = json.dumps(self.sent.payload)
        return f"{', '.join(self.how) or 'as it was'}: {self.sent.envelope} {told}"


# One bend each. What a payload has no place for stays as it is.


def pick(draw: DrawFn, options: Sequence[Any]) -> Any:
    """One of them, as a copy: what one bend puts in, the next one may change."""
    return deepcopy(draw(st.sampled_from(options)))


def sender(draw: DrawFn, payload: Payload, pool: Pool) -> None:
    """Somebody else presses."""
    one = pick(draw, pool.people)
    if isinstance(payload.get("user"), dict):
        payload["user"]["id"] = one
    else:
        payload["user_id"] = one


def workspace(draw: DrawFn, payload: Payload, _pool: Pool) -> None:
    """From another workspace, in one of the places that say so, or in all of them."""
    team = pick(draw, ((OTHERS, "T0NOWHERE", "")))
    where = pick(draw, (("team", "view", "enterprise", "all")))
    if where in ("team", "all"):
        if isinstance(payload.get("team"), dict):
            payload["team"]["id"] = team
        payload["team_id"] = team
    if where in ("view", "all") and isinstance(payload.get("view"), dict):
        payload["view"].update(team_id=team, app_installed_team_id=team)
    if where in ("enterprise", "all"):
        payload.update(enterprise={"id": "E1", "name": "x"}, is_enterprise_install=True)


def exchanged(draw: DrawFn, payload: Payload, pool: Pool) -> None:
    """What a button or a modal carries is another one's."""
    if _acts(payload):
        _carry(payload, pick(draw, pool.values))
    if isinstance(payload.get("view"), dict) and (not _acts(payload) or draw(st.booleans())):
        payload["view"]["private_metadata"] = pick(draw, pool.metadata)


def inside(draw: DrawFn, payload: Payload, _pool: Pool) -> None:
    """One part of what a button or a modal carries is something else."""
    view: Any = payload.get("view")
    in_view = isinstance(view, dict) and (not _acts(payload) or draw(st.booleans()))
    if not (in_view or _acts(payload)):
        return
    text = view.get("private_metadata", "") if in_view else carried(payload["actions"][0])
    bent = _bent_inside(draw, text)
    if in_view:
        view["private_metadata"] = bent
    else:
        _carry(payload, bent)


def _bent_inside(draw: DrawFn, text: Any, depth: int = 0) -> Any:
    """Packed lists may lie within packed lists: a card's place in what its modal carries."""
    try:
        parts = json.loads(text)
    except (TypeError, ValueError):
        return pick(draw, ANYTHING)
    if not isinstance(parts, list) or not parts:
        return pick(draw, ANYTHING)
    way = pick(draw, (("part", "part", "part", "longer", "shorter", "cut")))
    number = draw(st.integers(0, len(parts) - 1))
    if way == "cut":
        return text[: draw(st.integers(0, len(text) - 1))]
    if way == "longer":
        parts.insert(number, pick(draw, ANYTHING))
    elif way == "shorter":
        del parts[number]
    elif isinstance(parts[number], str) and parts[number].startswith("[") and not depth:
        parts[number] = _bent_inside(draw, parts[number], depth + 1)
    else:
        parts[number] = pick(draw, ((*NUMBERS, *WORDS, *URLS)))
    return json.dumps(parts)


def action(draw: DrawFn, payload: Payload, pool: Pool) -> None:
    """Another button's name, or a number behind the dot that no button has."""
    if not _acts(payload):
        return
    one = payload["actions"][0]
    whole = str(one.get("action_id", ""))
    others = st.sampled_from(pool.actions)
    endings = st.sampled_from(("0", "9", "99", "-1", "1.5", "x", "", "9" * 5_000, "\0"))
    one["action_id"] = draw(others | endings.map(lambda end: f"{whole.rpartition('.')[0]}.{end}"))


def several(draw: DrawFn, payload: Payload, pool: Pool) -> None:
    """The list of what was pressed is empty, doubled, or led by another press."""
    if _acts(payload):
        one = payload["actions"][0]
        other = {**one, "action_id": pick(draw, pool.actions)}
        payload["actions"] = draw(
            st.sampled_from(([], [one, one], [other, one], [one, other], [None, one], {"0": one}))
        )


def modal(draw: DrawFn, payload: Payload, pool: Pool) -> None:
    """Another modal's name."""
    name = pick(draw, ((*pool.modals, "answer.shortcut", "gone.modal")))
    target = payload["view"] if isinstance(payload.get("view"), dict) else payload
    target["callback_id"] = name


def state(draw: DrawFn, payload: Payload, pool: Pool) -> None:
    """What was entered is another form's, or of another kind, or was never offered."""
    view = payload.get("view")
    if not isinstance(view, dict):
        payload["state"] = pick(draw, pool.states)
        return
    places = [one for one in _places(view.get("state")) if one]
    if not places or draw(st.booleans()):
        view["state"] = deepcopy(pick(draw, pool.states))
        return
    where = pick(draw, places)
    if draw(st.booleans()):
        _put(view["state"], where, pick(draw, ANYTHING))
    else:
        _drop(view["state"], where)


def links(draw: DrawFn, payload: Payload, _pool: Pool) -> None:
    """Where to answer is nowhere, somewhere else, or no address at all."""
    field = pick(draw, (("response_url", "trigger_id", "hash", "id", "root_view_id")))
    target = payload.get("view") if field in ("hash", "id", "root_view_id") else payload
    if isinstance(target, dict):
        target[field] = pick(draw, URLS)


def text(draw: DrawFn, payload: Payload, _pool: Pool) -> None:
    """Other words behind the command."""
    if "text" in payload:
        payload["text"] = pick(draw, ((*WORDS, "start x", "CLOSE", " status ", None, 7)))


def kind(draw: DrawFn, payload: Payload, _pool: Pool) -> None:
    """It says to be something else."""
    payload["type"] = pick(draw, KINDS)


def missing(draw: DrawFn, payload: Payload, _pool: Pool) -> None:
    """A field is not there, wherever it is."""
    _drop(payload, _place(draw, payload))


def nonsense(draw: DrawFn, payload: Payload, _pool: Pool) -> None:
    """A field holds something else, wherever it is."""
    _put(payload, _place(draw, payload), pick(draw, ANYTHING))


def _acts(payload: Payload) -> bool:
    found = payload.get("actions")
    return isinstance(found, list) and bool(found) and isinstance(found[0], dict)


def _carry(payload: Payload, value: Any) -> None:
    one = payload["actions"][0]
    holder = one["selected_option"] if isinstance(one.get("selected_option"), dict) else one
    holder["value"] = value


def _place(draw: DrawFn, payload: Payload) -> Place:
    """Somewhere in the payload; what only draws the screen is met as often as one field."""
    top = pick(draw, sorted(payload))
    inner = list(islice(_places(payload[top]), PLACES_MOST))
    return (top, *pick(draw, inner)) if inner else (top,)


def _places(found: Any, above: Place = ()) -> Iterator[Place]:
    """Where there is something, from the outside to the inside."""
    yield above
    if isinstance(found, dict):
        for key, one in found.items():
            yield from _places(one, (*above, key))
    elif isinstance(found, list):
        for number, one in enumerate(found):
            yield from _places(one, (*above, number))


def _holder(found: Any, place: Place) -> Any:
    for step in place[:-1]:
        found = found[step]
    return found


def _put(found: Any, place: Place, value: Any) -> None:
    _holder(found, place)[place[-1]] = value


def _drop(found: Any, place: Place) -> None:
    del _holder(found, place)[place[-1]]


BENDS: tuple[Bend, ...] = (
    *(exchanged, exchanged, exchanged, inside, inside, inside, action, action, modal, state, state),
    *(links, text, workspace, workspace, several, kind, missing, nonsense),
)
MOST_BENDS = 3
PLACES_MOST = 200
NOT_OF_COMMANDS = (exchanged, inside, action, several, state)


def bent(found: Mapping[str, Sequence[Sent]], pool: Pool) -> SearchStrategy[Bent]:
    """Of every kind equally many; half of them from somebody else than who was asked."""
    texts = {
        kind: [(sent.envelope, json.dumps(sent.payload)) for sent in found[kind]]
        for kind in sorted(found)
    }
    kinds = st.sampled_from(sorted(found))
    bends = st.lists(st.sampled_from(BENDS), max_size=MOST_BENDS)

    @st.composite
    def build(draw: DrawFn) -> Bent:
        envelope, text_ = draw(st.sampled_from(texts[draw(kinds)]))
        payload = json.loads(text_)
        wanted: list[Bend] = [*([sender] if draw(st.booleans()) else []), *draw(bends)]
        if envelope == COMMANDS:
            wanted = [text if one in NOT_OF_COMMANDS else one for one in wanted]
        for bend in wanted:
            bend(draw, payload, pool)
        return Bent(Sent(envelope, payload), tuple(bend.__name__ for bend in wanted))

    return build()
