"""QUESTIONNAIRES_DIR: own files beside ours, in the check, at the start and in a set-up."""

from pathlib import Path

import pytest

from bot.check.not_started import sentence
from bot.obstacles import QuestionnairesUnreadable
from bot.settings import Settings
from questionnaires.errors import QuestionnaireInvalid
from sandbox import Workspace
from tests.bot.check.conftest import Run
from tests.conftest import Start
from tests.questionnaires.test_catalog import SMALL, yes_partly_no

OURS = "MLOps quick check, MLOps scorecard"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "own"
    made.mkdir()
    return made


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


async def test_own_files_are_read_besides_ours(check: Run, folder: Path) -> None:
    put(folder, "small.toml", SMALL)

    said = await check(QUESTIONNAIRES_DIR=str(folder))

    assert (said.status, said.notes) == (0, [])
    assert f"Questionnaires: {OURS}, Small." in said.fine


@pytest.mark.parametrize("text", [SMALL, yes_partly_no(SMALL)], ids=["levels", "yes or no"])
async def test_a_team_can_be_asked_an_own_questionnaire(
    start: Start, folder: Path, text: str
) -> None:
    put(folder, "small.toml", text)
    minutes = 1 if "yes_partly_no" in text else 3

    async with start(questionnaires_dir=folder) as bot:
        await bot.start_round(Questions=f"Small: 6 questions, about {minutes} min")
        await bot.press("Chiara Ricci", "Start")
        card = bot.reads("Chiara Ricci")

    assert "We do a-1." in card
    assert ("[Partly]" in card) is (minutes == 1)


async def test_all_that_is_wrong_with_own_files_is_said_at_once(check: Run, folder: Path) -> None:
    put(folder, "a.toml", SMALL)
    put(folder, "b.toml", SMALL)
    put(folder, "c.toml", SMALL.replace('"small"', '"mlops-scorecard"'))
    put(folder, "d.toml", "id =")
    put(folder, ".#a.toml", "what an editor leaves")
    (folder / "loop.toml").symlink_to(folder / "loop.toml")

    said = await check(QUESTIONNAIRES_DIR=str(folder))

    assert [one.split(" Mend")[0] for one in said.problems] == [
        'b.toml: The file: id "small" is used by another file.',
        'c.toml: The file: id "mlops-scorecard" belongs to the bot. Give your file another one.',
        "d.toml: Line 1: Invalid value (at end of document).",
        "loop.toml: The file: is not there, or is no file with text in it.",
    ]


async def test_a_wrong_own_file_ends_the_start_before_anything_is_asked(
    start: Start, workspace: Workspace, folder: Path
) -> None:
    put(folder, "a.toml", "id =")

    with pytest.raises(QuestionnaireInvalid, match=r"^a\.toml, 1 problem"):
        async with start(questionnaires_dir=folder):
            pass

    assert workspace.calls() == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("gone", "there is no such folder"),
        ("file", "that is no folder"),
        ("loop", "it cannot be looked into (Too many levels of symbolic links)"),
        ("~/own", "there is no such folder"),
    ],
)
async def test_a_folder_that_is_none_is_said_in_one_line_by_check_and_by_run(
    check: Run, start: Start, settings: Settings, tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    said = await check(QUESTIONNAIRES_DIR=name)
    given = settings.model_copy(update={"questionnaires_dir": Path(name)})
    with pytest.raises(QuestionnairesUnreadable) as obstacle:
        async with start(questionnaires_dir=given.questionnaires_dir):
            pass

    assert said.problems == [
        f"QUESTIONNAIRES_DIR is {tmp_path / name}, and {why}. Give it the folder with your own "
        "questionnaires, or leave it empty."
    ]
    assert sentence(obstacle.value, given) == said.problems[0]


async def test_an_empty_folder_is_noted(check: Run, folder: Path) -> None:
    said = await check(QUESTIONNAIRES_DIR=str(folder))

    assert said.status == 0
    assert said.notes == [f"QUESTIONNAIRES_DIR is {folder}, and no name in it ends with .toml."]


async def test_without_a_folder_nothing_but_ours_is_read(check: Run) -> None:
    assert f"Questionnaires: {OURS}." in (await check(QUESTIONNAIRES_DIR="")).fine
