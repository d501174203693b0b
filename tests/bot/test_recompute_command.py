"""python -m bot recompute: the same bytes again, or a sentence that says why not."""

from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from storage.database import open_database
from tests.driver import Driver

AMARA, BEN, CHIARA = "Amara Okafor", "Ben Carter", "Chiara Ricci"


@pytest.fixture
async def posted(short_bot: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """A bot that runs, with one posted round."""
    await short_bot.open_round()
    await short_bot.answer_together({AMARA: 1, BEN: 2, CHIARA: 4})
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/scorecard.sqlite3")
    monkeypatch.chdir(tmp_path)
    return short_bot


def run(round_id: int) -> Result:
    return CliRunner().invoke(cli, ["recompute", "--round", str(round_id)])


async def test_the_same_answers_come_to_the_same_bytes_and_no_figure_is_printed(
    posted: Driver,
) -> None:
    frozen = posted.column("results", "measurement")[0]
    found = run(1)
    assert found.exit_code == 0
    assert found.stdout.startswith("Round 1 (Northwind ML, January 2027): the same ")
    assert f"{len(frozen.encode()):,} bytes, SHA-256 " in found.stdout
    assert "58" not in found.stdout.partition("SHA-256")[0]


async def test_a_result_that_was_changed_by_hand_is_found_out(
    posted: Driver, tmp_path: Path
) -> None:
    database = open_database(f"sqlite:///{tmp_path}/scorecard.sqlite3")
    with database.writing() as session:
        session.connection().execute(text("UPDATE answers SET level = 3 WHERE level = 1"))
    database.dispose()
    found = run(1)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "comes to something else now" in found.stderr


async def test_a_number_that_no_closed_round_has_is_answered_with_those_that_have_one(
    posted: Driver,
) -> None:
    found = run(9)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "There are: 1 (Northwind ML, January 2027)." in found.stderr


async def test_once_answers_were_erased_nothing_is_computed_again(posted: Driver) -> None:
    await posted.open_home(BEN)
    await posted.at_home(BEN, "Erase my answers")
    await posted.submit(BEN)
    found = run(1)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "answers were erased" in found.stderr


async def test_before_any_round_is_closed_there_is_nothing_to_compute(
    short_bot: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/scorecard.sqlite3")
    monkeypatch.chdir(tmp_path)
    await short_bot.open_round()
    assert "No round is closed yet" in run(1).stderr


@pytest.mark.parametrize("round_id", [10**30, -(10**30), -1, 0])
async def test_an_unusual_number_is_a_round_that_is_not_there(
    posted: Driver, round_id: int
) -> None:
    found = run(round_id)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "There are: 1 (Northwind ML, January 2027)." in found.stderr
