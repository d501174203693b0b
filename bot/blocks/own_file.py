"""Everything that is kept of somebody, as a file to be read without the bot: JSON, in words."""

import json
from datetime import datetime
from typing import Any

from bot.blocks import history, roles, wording
from questionnaires.acts import Deed
from questionnaires.calendar import zone_of
from questionnaires.kept import Kept, KeptAnswer, KeptDraft, KeptMessage, KeptRound
from questionnaires.messages import Kind
from questionnaires.model import Rating, Scale
from questionnaires.roles import Role
from questionnaires.rounds import LEFT_AUDIENCE, LEFT_WORKSPACE, WISHED_SO

FILENAME = "my-scorecard-answers.json"
TITLE = "Your answers, and what else I keep about you"

MESSAGES = {
    Kind.INVITATION: "invitation",
    Kind.WISHED: "invitation or reminder that you wished for",
    Kind.REMINDER: "reminder",
    Kind.CARD: "card with a question, or the end of them",
    Kind.OWN_RADAR: "picture of your own scores",
    Kind.PREVIEW: "result, before it was posted",
    Kind.PREVIEW_RADAR: "picture of a result, before it was posted",
    Kind.NOT_POSTED: "that a result could not be posted",
    Kind.MAYBE_TWICE: "that a post may stand in a channel twice",
    Kind.CHANNEL_CLOSED: "that a channel is closed to me",
    Kind.NOT_OPENED: "that a round did not open",
    Kind.AWAY: "that I was away",
    Kind.FACILITATOR_NAMED: "that you were named a facilitator",
    Kind.ERASED: "that your answers of a round were erased",
    Kind.OWN_DATA: "file with what I keep about you",
    Kind.EXPORT_CSV: "file with results",
    Kind.EXPORT_JSON: "file with results",
}
STATES = {
    "due": "waits to be sent",
    "claimed": "is being sent",
    "unknown": "nobody knows yet whether it arrived",
    "sent": "sent",
    "failed": "not sent",
}
LEFT_ALONE = {
    WISHED_SO: "you wanted no more reminders",
    LEFT_AUDIENCE: "you had left the team",
    LEFT_WORKSPACE: "you had left the workspace",
}


def content(kept: Kept) -> bytes:
    """UTF-8, with what people wrote as they wrote it; whatever that is, it stays readable."""
    text = json.dumps(_file(kept), indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "replace")


def _file(kept: Kept) -> dict[str, Any]:
    return {
        "what this is": (
            f"Everything that the MLOps scorecard bot of {kept.workspace} keeps about you, as of "
            f"{_utc(kept.at)}. Hours are UTC. Rehearsals are left out: they are deleted when over."
        ),
        "you": _person(kept),
        "rounds": [_round(one) for one in kept.rounds],
        "messages to you": [_message(one) for one in kept.messages],
        "as a facilitator": [
            *(_deed(one, kept.user_id) for one in kept.deeds),
            *(_act(one.what, one.about, None) for one in kept.acts),
        ],
        "questions you have chosen and not saved": [_draft(one) for one in kept.drafts],
    }


def _person(kept: Kept) -> dict[str, Any]:
    """As Slack describes them."""
    person = kept.person
    if person is None:
        return {"role": _role(kept.role)}
    return {
        "slack id": person.user_id,
        "name": person.name,
        "time zone": person.zone,
        "deactivated": person.deleted,
        "bot": person.bot,
        "guest": person.guest,
        "of another organisation": person.stranger,
        "admin or owner": person.admin,
        "role, as you told it": _role(kept.role),
    }


def _role(role: Role | None) -> str | None:
    return None if role is None else roles.NAMES[role]


def _round(one: KeptRound) -> dict[str, Any]:
    round_, part = one.round, one.participant
    whose = "your team's: you entered what it agreed" if round_.together else "your own"
    return {
        "team": round_.team_name,
        "round": round_.title,
        "questions": one.questionnaire,
        "opened": _utc(round_.opened_at),
        "closed": _utc(round_.closed_at),
        "you were asked, or will be": _utc(part.ask_at),
        "your part": str(part.state),
        "last changed": _utc(one.changed_at),
        "changes counted": part.revision,
        "your role in it": _role(part.role),
        "your time zone then": part.zone,
        "why nothing more was sent": part.left_alone and _why(part.left_alone),
        "your card in slack (channel, message)": part.card and list(part.card),
        "whose answers": whose,
        "answers": [_answer(answer, one.scale) for answer in one.answers],
        "what you would fix first": part.fix_first,
        "not computed anew, since answers were erased": _utc(round_.erased_at),
    }


def _why(code: str) -> str:
    return LEFT_ALONE.get(code, f"Slack said: {code}")


def _answer(one: KeptAnswer, scale: Scale) -> dict[str, Any]:
    return {
        "dimension": one.dimension.title,
        "question": one.question.statement,
        "id": one.question.id,
        "answer": one.rating and _said(one, one.rating, scale),
        "reason": one.rating and one.rating.reason,
        "answered": _utc(one.answered_at),
        "comment": one.comment,
    }


def _said(one: KeptAnswer, rating: Rating, scale: Scale) -> str:
    """2: Written steps exist for at least one live model."""
    said = wording.rating(rating, scale)
    if rating.level is None or not one.question.levels:
        return said
    return f"{said}: {one.question.levels[rating.level]}"


def _message(one: KeptMessage) -> dict[str, Any]:
    return {
        "what": MESSAGES.get(one.kind, one.kind.replace("_", " ")),
        "about": one.about,
        "state": STATES[one.state],
        "due": _utc(one.due_at),
        "sent": _utc(one.sent_at),
        "in slack (channel, message, file)": list(one.place),
        "what went wrong": one.problem,
    }


def _deed(one: Deed, user_id: str) -> dict[str, Any]:
    """In their own file nobody else is named."""
    by = "you" if one.by == user_id else "somebody"
    them = "yourself" if one.by == user_id else "you"
    whom = them if one.whom == user_id else "somebody"
    said = history.did(one, whom=whom, it="this scorecard")
    return _act(f"{by} {said}", one.team_name, one.at)


def _act(what: str, about: str | None, at: datetime | None) -> dict[str, Any]:
    """Without a time where none is kept."""
    return {"what": what, "about": about or "the whole workspace", "when": _utc(at)}


def _draft(one: KeptDraft) -> dict[str, Any]:
    """Questions and dimensions by their ids."""
    chosen = one.chosen
    return {
        "about": one.team_name,
        "not asked, and why": dict(chosen.off),
        "importance": dict(chosen.importance),
        "target levels": dict(chosen.targets),
        "deep dive": chosen.deep_dive,
    }


def _utc(at: datetime | None) -> str | None:
    """2027-01-18 12:00:00"""
    return None if at is None else f"{at.astimezone(zone_of('UTC')):%Y-%m-%d %H:%M:%S}"
