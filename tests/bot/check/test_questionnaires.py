"""What is wrong with the questionnaires: every file, and every version that was asked."""

import re
from collections.abc import Mapping
from pathlib import Path
from shutil import copy

import pytest

from bot.check import everything
from bot.check.findings import Mark
from tests.conftest import Start

FILE = "mlops-scorecard.toml"


@pytest.fixture
def variables(environment: Mapping[str, str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)


@pytest.fixture
async def asked(variables: None, start: Start, definitions: Path) -> None:
    """A round was opened with the short questionnaire."""
    async with start(definitions=definitions) as bot:
        await bot.start_round()


async def problems(definitions: Path) -> list[str]:
    found = await everything.look(definitions)
    return [finding.says for finding in found if finding.mark is Mark.PROBLEM]


@pytest.mark.usefixtures("variables")
async def test_every_problem_of_every_file_is_said(definitions: Path) -> None:
    file = definitions / FILE
    text = file.read_text().replace("title =", "titel =", 1)
    file.write_text(text)
    (definitions / "another.toml").write_text("id =")

    said = await problems(definitions)

    assert said[0].startswith("another.toml: Line 1: ")
    assert [one.split(" Mend")[0] for one in said[1:]] == [
        f"{FILE}: The file: titel is not a field.",
        f"{FILE}: The file: title is missing.",
    ]


@pytest.mark.usefixtures("variables")
async def test_two_files_with_one_id_are_a_problem(definitions: Path) -> None:
    copy(definitions / FILE, definitions / "second.toml")

    [said] = await problems(definitions)

    assert said.startswith('second.toml: The file: id "mlops-scorecard" is used by another file.')


@pytest.mark.usefixtures("asked")
async def test_a_version_that_was_asked_and_edited_is_a_problem(definitions: Path) -> None:
    file = definitions / FILE
    file.write_text(file.read_text() + "\n# A word more.\n")

    [said] = await problems(definitions)

    assert "has been asked and was edited since. Put the old text back" in said
    assert re.search(r"version (\d+) has .* give the file version = (\d+)\.", said)


@pytest.mark.usefixtures("asked")
async def test_a_questionnaire_that_is_asked_and_gone_is_a_problem(definitions: Path) -> None:
    (definitions / FILE).rename(definitions / "taken.away")

    [said] = await problems(definitions)

    assert said.startswith("The scorecard of Northwind ML asks mlops-scorecard, and there is no")


@pytest.mark.usefixtures("asked")
async def test_what_was_asked_and_not_touched_is_fine(definitions: Path) -> None:
    assert await problems(definitions) == []
