"""Slack's requests over HTTP: one signed POST for each payload, and what the app answers."""

import hmac
import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.socket_mode import Ack
from sandbox.stamps import Clock

OK = 200
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """What stands in X-Slack-Signature: HMAC-SHA256 over version, time and the raw body."""
    text = b"v0:%d:%b" % (timestamp, body)
    return "v0=" + hmac.new(secret.encode(), text, sha256).hexdigest()


def body_of(kind: str, payload: dict[str, Any]) -> tuple[str, bytes]:
    """Content type and body: events are JSON, commands a form, all else JSON in a form's field."""
    if kind == "events_api":
        return JSON, json.dumps(payload).encode()
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return FORM, urlencode(fields).encode()


class Requests:
    """Sends what Slack sends, and waits as long as Slack waits."""

    def __init__(self, secret: str, now: Clock, seconds: float) -> None:
        self.secret = secret
        self.ack_seconds = seconds
        self._now = now

    def headers(self, content_type: str, body: bytes) -> dict[str, str]:
        timestamp = int(self._now().timestamp())
        return {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": signature(self.secret, timestamp, body),
        }

    async def send(self, url: str, kind: str, payload: dict[str, Any]) -> Ack:
        content_type, body = body_of(kind, payload)
        headers = self.headers(content_type, body)
        timeout = ClientTimeout(total=self.ack_seconds)
        try:
            async with (
                ClientSession(timeout=timeout) as session,
                session.post(url, data=body, headers=headers) as answer,
            ):
                text = await answer.text()
        except TimeoutError:
            return Ack(error="operation_timeout")
        except ClientError:
            return Ack(error="dispatch_failed")
        return acknowledged(answer.status, text)


def acknowledged(status: int, text: str) -> Ack:
    """An answer other than 200 is none; a body that is no JSON object is shown as text."""
    if status != OK:
        return Ack(error="dispatch_failed")
    if not text.strip():
        return Ack()
    try:
        payload = json.loads(text)
    except ValueError:
        payload = None
    return Ack(payload=payload if isinstance(payload, dict) else {"text": text})
