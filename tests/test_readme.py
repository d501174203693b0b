"""README and CONTRIBUTING: every command can be given, every path is there, every table is true."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.by_file.commands import questionnaire
from questionnaires import catalog

ROOT = Path(__file__).parent.parent
PAPERS = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md")}
README = PAPERS["README.md"]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
BOT_COMMANDS = sorted(set(re.findall(r"python -m bot ([a-z]+)", "\n".join(PAPERS.values()))))


@pytest.mark.parametrize("command", BOT_COMMANDS)
def test_a_command_of_the_papers_is_one_of_the_bots(command: str) -> None:
    shown = CliRunner().invoke(cli, [command, "--help"])
    assert shown.exit_code == 0, shown.output


def test_a_command_is_shown_as_it_can_be_pasted() -> None:
    """Another Python than the one of .venv does not know the libraries."""
    said = [path.read_text("utf-8") for path in (ROOT / "bot" / "check").glob("*.py")]
    assert re.findall(r"(?<!\.venv/bin/)python -m bot", "".join((README, *said))) == []


def test_every_command_for_questionnaires_is_in_the_readme_and_on_their_page() -> None:
    page = (ROOT / "docs" / "questionnaire.md").read_text("utf-8")
    known = {command.name or command.callback.__name__
             for command in questionnaire.registered_commands if command.callback}  # fmt: skip
    named = set(re.findall(r"`(?:[\w./ -]*questionnaire )?(check|diff|preview)\b", README))
    assert named == known
    assert set(re.findall(r"questionnaire (\w+) (?:FILE|OLD)", page)) == known


def test_every_command_of_the_bot_is_in_the_readme() -> None:
    """`run` stands there as `make run`."""
    known = {command.name or command.callback.__name__ for command in cli.registered_commands
             if command.callback}  # fmt: skip
    assert known - {"run", "demo", "playground"} <= set(BOT_COMMANDS)
    assert {"demo", "playground", "run"} <= set(re.findall(r"make ([a-z]+)", README))


@pytest.mark.parametrize("option", ["--people", "--seed", "--output"])
def test_the_demos_options_are_as_the_readme_says(option: str) -> None:
    assert option in README
    assert option in CliRunner().invoke(cli, ["demo", "--help"], terminal_width=200).output


@pytest.mark.parametrize("paper", PAPERS)
def test_every_make_target_of_the_papers_exists(paper: str) -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b", PAPERS[paper]))
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert {"demo", "test"} <= named
    assert named <= targets


@pytest.mark.parametrize("target", ["demo", "test", "playground"])
def test_both_papers_say_how_long_it_takes_and_say_it_alike(target: str) -> None:
    readme = re.search(rf"^make {target} .*about (\d+) (s|m)\w+$", README, re.MULTILINE)
    table = re.search(
        rf"^\| `make {target}` \|.*\| (\d+) (s|m)\w* \|$", PAPERS["CONTRIBUTING.md"], re.MULTILINE
    )
    assert readme is not None
    assert table is not None
    assert readme.groups() == table.groups()


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_the_papers_name_is_there(paper: str) -> None:
    text = PAPERS[paper]
    linked = re.findall(r"\]\((?!http)([^)#]+)\)", text)
    named = re.findall(
        r"`((?:bot|storage|questionnaires|sandbox|tests|docs|benchmarks)/[\w./-]*)`", text
    )
    assert linked
    assert [name for name in (*linked, *named) if not (ROOT / name).exists()] == []


def test_every_picture_says_what_it_shows() -> None:
    pictures = re.findall(r"!\[([^]]*)\]\(docs/pictures/\w+\.png\)", README)
    assert len(pictures) == 3
    assert all(len(words.split()) >= 6 for words in pictures)


def test_the_readme_counts_the_questions_right() -> None:
    found = catalog.load_all()
    asked = len(found["mlops-scorecard"].core)
    assert f"{asked} cards" in README
    assert len(found["mlops-quick-check"].core) == asked
