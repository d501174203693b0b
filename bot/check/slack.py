"""Looking at Slack: who we are there, with which scopes, and whether channels and people exist."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.check.findings import BOT, Finding, fine, note, problem
from bot.check.refusals import (
    TROUBLE,
    app_token_refused,
    bot_token_refused,
    is_slacks_own,
    no_answer,
)
from bot.check.variables import Reading
from bot.clients import Clients, make_clients
from bot.manifest import EVENTS_PATH, SCOPES
from bot.verdicts import verdict
from questionnaires.rounds import Scorecard

ANSWER_SECONDS = 15
ADD_SCOPE = "Add it under OAuth & Permissions of your app, and install the app again."
ANOTHER = "or set the scorecard up anew with another channel"

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Met:
    """What Slack said we are: the workspace, and the bot's name in it."""

    team_id: str
    handle: str


async def look(reading: Reading, scorecards: Iterable[Scorecard]) -> list[Finding]:
    """All about Slack, until it stops answering; of `scorecards`, those of this workspace."""
    if "slack_api_url" in reading.broken:
        return []
    found = []
    async with ClientSession(timeout=ClientTimeout(total=ANSWER_SECONDS)) as session:
        clients = make_clients(reading.settings, session)
        try:
            async for finding in _everything(clients, reading, scorecards):
                found.append(finding)  # noqa: PERF401 - those before an error stay
        except TROUBLE as error:
            found.append(problem(no_answer(error, reading.settings)))
    return found


async def _everything(
    clients: Clients, reading: Reading, scorecards: Iterable[Scorecard]
) -> AsyncIterator[Finding]:
    met = None
    if "slack_bot_token" not in reading.broken:
        try:
            answer = await clients.posting.auth_test()
        except SlackApiError as error:
            _raise_unless_slacks_own(error)
            yield problem(bot_token_refused(error, reading.settings))
        else:
            met = Met(answer["team_id"], answer["user"])
            yield fine(f"Slack answers: {answer['team']}, as @{met.handle}.")
            for finding in _scopes(answer.headers.get("x-oauth-scopes")):
                yield finding
    async for finding in _way_in(clients, reading):
        yield finding
    if met is not None:
        ours = [one for one in scorecards if one.team_id == met.team_id]
        async for finding in _channels(clients.calling, met, ours):
            yield finding
        async for finding in _facilitators(clients.calling, reading):
            yield finding


def _raise_unless_slacks_own(error: SlackApiError) -> None:
    if not is_slacks_own(error):
        raise error


def _scopes(header: str | None) -> Iterator[Finding]:
    """`header`: what the token may do, as Slack says beside each answer."""
    if header is None:
        return
    granted = {scope.strip() for scope in header.split(",")}
    missing = {name: scope for name, scope in SCOPES.items() if name not in granted}
    for name, scope in missing.items():
        say, word = (note, "optional scope") if scope.optional else (problem, "scope")
        yield say(f"The {word} {name} is missing: {scope.lost}. {ADD_SCOPE}")
    if all(scope.optional for scope in missing.values()):
        yield fine("The bot token has every scope that is needed.")


async def _way_in(clients: Clients, reading: Reading) -> AsyncIterator[Finding]:
    """How Slack reaches us. A connection is asked for and not opened."""
    settings, broken = reading.settings, reading.broken
    if "slack_app_token" in broken or "slack_signing_secret" in broken:
        return
    if settings.slack_app_token is None:
        yield fine(
            f"Slack is to reach the bot over HTTP: your public address, {EVENTS_PATH}, forwarded "
            f"to port {settings.port}. {BOT} manifest --url has the app's settings."
        )
        return
    try:
        token = settings.slack_app_token.get_secret_value()
        await clients.posting.apps_connections_open(app_token=token)
    except SlackApiError as error:
        _raise_unless_slacks_own(error)
        yield problem(app_token_refused(error, settings))
    else:
        yield fine("Slack reaches the bot through Socket Mode.")


async def _channels(
    calling: AsyncWebClient, met: Met, scorecards: Sequence[Scorecard]
) -> AsyncIterator[Finding]:
    teams = defaultdict(list)
    for scorecard in scorecards:
        teams[scorecard.set_up.results_channel].append(scorecard.set_up.team_name)
    for channel, names in teams.items():
        results = f"the results of {' and '.join(names)}"
        try:
            answer = await calling.conversations_info(channel=channel)
        except SlackApiError as error:
            _raise_unless_slacks_own(error)
            finding = _unseen(channel, results, verdict(error).problem, met.handle)
        else:
            finding = _channel(answer["channel"], results, met.handle)
        if finding is not None:
            yield finding


def _unseen(channel: str, results: str, word: str, handle: str) -> Finding | None:
    """None: a missing scope, which is said elsewhere."""
    if word == "missing_scope":
        return None
    if word != "channel_not_found":
        return note(f"Slack did not show the channel {channel} for {results} ({word}).")
    return problem(
        f"The channel {channel} for {results} is gone, or it is private and the bot is not in it. "
        f"Type /invite @{handle} there, {ANOTHER}."
    )


def _channel(channel: Answer, results: str, handle: str) -> Finding:
    name = f"#{channel['name']}"
    if channel.get("is_archived"):
        return problem(f"{name}, for {results}, is archived. Unarchive it, {ANOTHER}.")
    if channel.get("is_ext_shared"):
        return problem(
            f"{name}, for {results}, is shared with another organisation, which would read them. "
            f"Stop sharing it, {ANOTHER}."
        )
    if not channel.get("is_member"):
        return problem(f"The bot is not in {name}, for {results}. Type /invite @{handle} there.")
    return fine(f"The bot can post to {name}: {results}.")


async def _facilitators(calling: AsyncWebClient, reading: Reading) -> AsyncIterator[Finding]:
    if "SCORECARD_FACILITATORS" in reading.broken:
        return
    if not reading.settings.facilitators:
        yield fine("The workspace's owners and admins may set up, close and post.")
        return
    names = []
    for user_id in reading.settings.facilitators:
        try:
            user = (await calling.users_info(user=user_id))["user"]
        except SlackApiError as error:
            _raise_unless_slacks_own(error)
            if verdict(error).problem == "missing_scope":
                return
            yield _unknown(user_id, verdict(error).problem)
            continue
        if why := _no_member(user):
            yield problem(_nobody(user_id, why))
        else:
            names.append(str(user["profile"].get("real_name") or user_id))
    if names:
        yield fine(f"May set up, close and post: {', '.join(names)}.")


def _no_member(user: Mapping[str, Any]) -> str:
    """Why somebody whom Slack knows does not count as a facilitator; empty when they do."""
    if user.get("is_bot"):
        return "is a bot"
    if user.get("deleted"):
        return "was deactivated"
    guest = user.get("is_restricted") or user.get("is_ultra_restricted")
    return "is a guest" if guest else ""


def _unknown(user_id: str, word: str) -> Finding:
    if word in ("user_not_found", "user_not_visible"):
        return problem(_nobody(user_id, "is nobody whom Slack knows"))
    return note(f"Slack did not say who {user_id} in SCORECARD_FACILITATORS is ({word}).")


def _nobody(user_id: str, what: str) -> str:
    return (
        f"{user_id} in SCORECARD_FACILITATORS {what}. Remove the id, or find the right one with "
        f"{BOT} whois NAME."
    )
