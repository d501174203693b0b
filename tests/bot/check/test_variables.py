"""Each variable that is wrong, by itself and together with others, in check and in run."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from sandbox import Workspace
from tests.bot.check.conftest import Run

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
WRONG: tuple[tuple[str, str | None, str], ...] = (
    ("SLACK_BOT_TOKEN", None, "SLACK_BOT_TOKEN is not set. Copy the"),
    ("SLACK_BOT_TOKEN", "xoxb-", "SLACK_BOT_TOKEN is only the beginning of a token (xoxb-)."),
    ("SLACK_BOT_TOKEN", "xoxp-1-2", "SLACK_BOT_TOKEN holds a user token (xoxp-)."),
    ("SLACK_BOT_TOKEN", "xapp-1-A", "SLACK_BOT_TOKEN holds the app-level token (xapp-)."),
    ("SLACK_BOT_TOKEN", "xoxe.xoxb-1", "holds a token that expires after twelve hours"),
    ("SLACK_BOT_TOKEN", "hunter2", "SLACK_BOT_TOKEN holds something else."),
    ("SLACK_BOT_TOKEN", '"xoxb-1"', "has spaces or quotation marks around it."),
    ("SLACK_BOT_TOKEN", "xoxb-1 # ours", "has characters in it that no token has."),
    ("SLACK_APP_TOKEN", "xapp-", "SLACK_APP_TOKEN is only the beginning of a token (xapp-)."),
    ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN holds the bot token (xoxb-)."),
    ("SLACK_APP_TOKEN", None, "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set"),
    ("PORT", "many", "PORT is 'many', and has to be a whole number from 0 to 65535"),
    ("PORT", "65536", "PORT is '65536'"),
    ("SCORECARD_LEAST_PEOPLE", "2", "SCORECARD_LEAST_PEOPLE is '2'"),
    ("SCORECARD_MESSAGES_A_MINUTE", "many", "SCORECARD_MESSAGES_A_MINUTE is 'many'"),
    ("SCORECARD_MESSAGES_A_MINUTE", "601", "has to be a whole number from 1 to 600"),
    ("SCORECARD_LEAST_PEOPLE", "11", "has to be a whole number from 3 to 10"),
    ("SCORECARD_FACILITATORS", "U01AMARA,@ben", "and '@ben' is none. Find ids with .venv/bin/py"),
    ("SCORECARD_FACILITATORS", "Ben Carter,@bea", "and 'Ben Carter' and '@bea' are none. Find"),
    ("SCORECARD_FACILITATORS", "a,U01AMARA,b,c", "and 'a', 'b' and 'c' are none. Find ids with"),
    ("SCORECARD_OPERATOR", None, "SCORECARD_OPERATOR is not set. Write the name of whoever runs"),
    ("SCORECARD_OPERATOR", "  ", "SCORECARD_OPERATOR is not set."),
    ("ANSWERS_KEPT_MONTHS", "0", "ANSWERS_KEPT_MONTHS is '0', and has to be a whole number from 1"),
    ("ANSWERS_KEPT_MONTHS", "-24", "Leave it out for the usual 24."),
    ("ANSWERS_KEPT_MONTHS", "121", "so many months after a round its answers are erased."),
    ("DATABASE_URL", "scorecard.sqlite3", "DATABASE_URL cannot be read. Write sqlite:///"),
    ("DATABASE_URL", "mysql://me@host/name", "or postgresql://user:password@host/name"),
    ("DATABASE_URL", "postgresql://me:p@ss:word@host:x/n", "In a password write %40 for @"),
    ("DATABASE_URL", "postgresql://me:secr@t@host/n", "In a password write %40 for @, %3A for :"),
    ("SLACK_API_URL", "slack.com/api", "SLACK_API_URL is 'slack.com/api', which is no http(s) URL"),
    ("SLACK_API_URL", "http://[x", "SLACK_API_URL is 'http://[x', which is no http(s) URL"),
)


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
async def test_a_wrong_variable_is_said_with_what_to_do(
    check: Run, name: str, value: str | None, sentence: str
) -> None:
    said = await check(**{name: value})

    assert said.status == 1
    [problem] = said.problems
    assert sentence in problem


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
async def test_run_stops_with_the_same_sentence(
    check: Run, command: Run, name: str, value: str | None, sentence: str
) -> None:
    said = await check(**{name: value})
    stopped = await command("run", **{name: value})

    assert (stopped.status, stopped.lines) == (2, [])
    assert stopped.complaints == said.problems


async def test_all_wrong_variables_are_said_at_once(check: Run) -> None:
    said = await check(
        SLACK_BOT_TOKEN=None,
        SLACK_APP_TOKEN=None,
        PORT="x",
        SCORECARD_LEAST_PEOPLE="1",
        SCORECARD_FACILITATORS="ben",
        DATABASE_URL="x",
        SLACK_API_URL="x",
    )

    assert len(said.problems) == 7
    assert said.lines[-1] == "7 problems. Nothing was changed or sent."


async def test_what_is_right_is_looked_at_all_the_same(check: Run, workspace: Workspace) -> None:
    workspace.scopes.remove("files:write")

    said = await check(PORT="x", SLACK_APP_TOKEN="xoxb-1", DATABASE_URL="sqlite:///no/such.sqlite3")

    assert [problem.split(" ")[0] for problem in said.problems] == [
        "SLACK_APP_TOKEN",
        "PORT",
        "The",
        "The",
    ]
    assert "files:write" in said.problems[2]
    assert "no" in said.problems[3]
    assert "Slack answers: Northwind ML, as @scorecard." in said.fine
    assert workspace.calls("apps.connections.open") == []


async def test_a_file_called_env_is_read_as_well(check: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=many\nSLACK_BOT_TOKEN=xoxp-1\n")

    said = await check(SLACK_BOT_TOKEN=None)

    assert len(said.problems) == 2


@pytest.mark.parametrize("wrong", [{}, {"PORT": "many", "SLACK_BOT_TOKEN": "x"}])
async def test_a_folder_without_env_is_noted(
    check: Run, tmp_path: Path, wrong: dict[str, str]
) -> None:
    (tmp_path / ".env").unlink()

    said = await check(**wrong)

    assert said.notes == [
        f"There is no .env in {tmp_path}, so only variables of the environment count."
    ]
    assert len(said.problems) == len(wrong)


async def test_a_signing_secret_that_nobody_looks_at_is_noted(check: Run) -> None:
    over_sockets = await check(SLACK_SIGNING_SECRET="0" * 32)
    over_http = await check(SLACK_SIGNING_SECRET="0" * 32, SLACK_APP_TOKEN=None)

    assert (over_sockets.status, over_http.notes) == (0, [])
    [note] = over_sockets.notes
    assert note.startswith("SLACK_SIGNING_SECRET is not used: SLACK_APP_TOKEN is set")


@pytest.mark.parametrize("word", ["check", "run", "migrate", "whois"])
async def test_a_file_that_is_no_utf8_text_is_said(
    command: Run, tmp_path: Path, word: str, workspace: Workspace
) -> None:
    """As an editor saves it that calls UTF-16 "Unicode"."""
    (tmp_path / ".env").write_text("PORT=many\n", encoding="utf-16")

    said = await command(word, *(["ben"] if word == "whois" else []))

    assert said.status == (1 if word == "check" else 2)
    assert (said.problems or said.complaints) == ["`.env` is not UTF-8 text. Save it as UTF-8."]
    assert workspace.calls() == []


async def test_a_mark_before_the_first_letter_of_the_file_is_skipped(
    check: Run, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN={workspace.bot_token}\n", "utf-8-sig")

    said = await check(SLACK_BOT_TOKEN=None)

    assert said.problems == []


@pytest.mark.parametrize(
    ("secret", "looks"),
    [
        (SECRET, "looks like something else"),
        ("xoxb-1", "looks like the bot token (xoxb-)"),
        ("8F742231B10E", "a signing secret has 32 digits from 0 to 9 and a to f"),
    ],
)
async def test_a_signing_secret_that_does_not_look_like_one(
    check: Run, secret: str, looks: str
) -> None:
    said = await check(SLACK_APP_TOKEN=None, SLACK_SIGNING_SECRET=secret)
    unused = await check(SLACK_SIGNING_SECRET=secret)

    [problem] = said.problems
    assert looks in problem
    assert unused.status == 0


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
async def test_no_secret_is_printed(check: Run, name: str) -> None:
    without = {"SLACK_APP_TOKEN": None, name: "very-secret and more"}

    said = await check(**without)

    assert said.status == 1
    assert "very-secret" not in "\n".join(said.lines)


def test_no_secret_is_in_the_error_itself_either() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(_env_file=None, slack_bot_token="very-secret", slack_app_token="very-secret")

    assert "very-secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:one@two@three/four",
        "postgresql://me:one@two/three@four/five",
        "postgres://me:one@two:three@four/five",
        "postgresql+psycopg://me:one@two?three@four/five",
        "postgresql://me:@one@two@three@four/five",
        "postgresql://me:one@two/three?four=@five",
    ],
)
@pytest.mark.parametrize("word", ["check", "migrate", "run"])
async def test_of_a_password_with_an_at_sign_nothing_is_printed(
    command: Run, url: str, word: str
) -> None:
    said = await command(word, DATABASE_URL=url)

    [problem] = said.problems or said.complaints
    assert problem.startswith("DATABASE_URL has an @ that does not stand before the host.")
    assert [part for part in ("one", "two", "three", "four") if part in str(said)] == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me@127.0.0.1:1/name",
        "postgresql://me@server:word@127.0.0.1:1/name",
        "postgresql://me:w%40rd?@127.0.0.1:1/name",
        "postgresql://127.0.0.1:1/name?user=me%40server",
    ],
)
async def test_an_at_sign_where_it_belongs_is_taken(check: Run, url: str) -> None:
    said = await check(DATABASE_URL=url)

    [problem] = said.problems
    assert problem.startswith("The database name at 127.0.0.1 does not answer (")


async def test_a_file_may_have_an_at_sign_in_its_name(check: Run) -> None:
    said = await check(DATABASE_URL="sqlite:///me@home.sqlite3")

    assert said.problems == []


async def test_no_password_of_the_database_is_printed(check: Run) -> None:
    unreadable = await check(DATABASE_URL="postgresql://me:hunter2@host:x/name")
    unreachable = await check(DATABASE_URL="postgresql://me:hunter2@127.0.0.1:1/name")

    assert (unreadable.status, unreachable.status) == (1, 1)
    assert "hunter2" not in "\n".join(unreadable.lines + unreachable.lines)
