"""What looks like a secret is blanked in every field; what is none stays readable."""

import sqlite3

import pytest
from slack_sdk.errors import SlackApiError

from bot.unsaid import blank, said
from questionnaires.errors import CommentTooLong, QuestionnaireChanged

HOOKS = "https://hooks.slack.com"


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("xoxb-1234-5678-AbCd", "***"),
        ("with xoxp-1-2-3-abc, and on", "with ***, and on"),
        ("xoxe.xoxb-1-Mi0yLTEw", "***"),
        ("xapp-1-A012-345-abc", "***"),
        ("{'token': 'xoxb-1-2'}", "{'token': '***'}"),
        ("Bearer xoxb-1-2-3", "Bearer ***"),
        (f"{HOOKS}/response/T0/1/a-b_c", f"{HOOKS}/***"),
        (f"POST '{HOOKS}/actions/T0/1/abc' failed", f"POST '{HOOKS}/***' failed"),
        (f"{HOOKS}/commands/T0/1/abc?x=1", f"{HOOKS}/***"),
        ("postgresql://bot:hunter2@db:5432/scorecard", "postgresql://bot:***@db:5432/scorecard"),
        ("postgres://bot:p/a:s@s@db/scorecard", "postgres://bot:***@db/scorecard"),
        ("redis://:hunter2@cache", "redis://:***@cache"),
        ("host=db password=hunter2 user=bot", "host=db password=*** user=bot"),
        ("wss://wss.slack.com/link/?ticket=ab-12&app_id=1", "wss://wss.slack.com/link/?ticket=***&app_id=1"),
        ("signed with 8f742231b10e8888abcd99eeeaaa85a5", "signed with ***"),
        ("for U012AB3CD in D0G9QPY56", "for *** in ***"),
        ("invitation.7.W012A3CDE.1", "invitation.7.***.1"),
    ],
)  # fmt: skip
def test_secrets_are_blanked(given: str, left: str) -> None:
    assert blank(None, "", {"event": given}) == {"event": left}


@pytest.mark.parametrize(
    "text",
    [
        "round opened",
        "UNIQUE constraint failed: DELETE FROM answers WHERE UPDATE",
        "http://127.0.0.1:8080/api/",
        "sqlite:///scorecard.sqlite3",
        "2027-01-18T12:00:00Z",
        "message_not_found",
        "C02RESULTS",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert blank(None, "", {"event": text}) == {"event": text}


def test_every_field_is_looked_at_however_deep() -> None:
    entry = {
        "event": "failed",
        "round": 7,
        "late": None,
        "exception": "line one\nxoxb-1-2",
        "facts": {"xoxb-1-2": ["xapp-1-2", ("xoxp-1-2", 3)]},
        "error": ValueError("xoxb-1-2"),
    }

    assert blank(None, "", entry) == {
        "event": "failed",
        "round": 7,
        "late": None,
        "exception": "line one\n***",
        "facts": {"***": ["***", ["***", 3]]},
        "error": "***",
    }


class UniqueViolation(Exception):
    """PostgreSQL quotes the row that was there before."""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("Amara"), "KeyError"),
        (ValueError("Amara"), "ValueError"),
        (UniqueViolation("Key (name)=(Amara)"), f"{__name__}.UniqueViolation"),
        (CommentTooLong(4000, 3000), "questionnaires.errors.CommentTooLong"),
        (TypeError("'int' object is not callable"), "TypeError: 'int' object is not callable"),
        (ConnectionRefusedError(111, "Refused"), "ConnectionRefusedError: [Errno 111] Refused"),
        (sqlite3.OperationalError("disk I/O error"), "sqlite3.OperationalError: disk I/O error"),
        (
            QuestionnaireChanged("mlops-scorecard", 1),
            "questionnaires.errors.QuestionnaireChanged: mlops-scorecard version 1 has been asked "
            "and was edited since: give the edited file a new version number",
        ),
    ],
)
def test_of_an_exception_its_class_is_said_and_only_words_about_the_machine(
    error: Exception, words: str
) -> None:
    assert said(error) == words


def test_of_an_answer_of_slacks_only_its_word_is_said() -> None:
    class Answer:
        status_code = 200
        data = {"ok": False, "error": "user_not_found", "user": "U02BEN"}  # noqa: RUF012

    error = SlackApiError("The request failed", Answer())  # type: ignore[no-untyped-call]

    assert said(error) == "slack_sdk.errors.SlackApiError: user_not_found"
