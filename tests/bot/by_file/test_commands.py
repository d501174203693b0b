"""python -m bot questionnaire check, diff and preview, as somebody types them who writes one."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.settings import Settings
from tests.conftest import Start
from tests.questionnaires.test_catalog import SMALL, question, yes_partly_no

OURS = Path(str(files("questionnaires").joinpath("definitions")))
FOURTH = SMALL.replace("version = 3", "version = 4")


@dataclass(frozen=True)
class Said:
    status: int
    lines: list[str]
    complaints: list[str]


Type = Callable[..., Said]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """In an empty folder without a database; no variable is set but those given."""
    monkeypatch.chdir(tmp_path)
    unset = {
        str(field.validation_alias or name).upper(): None
        for name, field in Settings.model_fields.items()
    }

    def run(*words: str, **variables: str) -> Said:
        env = {**unset, **variables}
        done = CliRunner().invoke(cli, ["questionnaire", *words], env=env)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Said(done.exit_code, done.stdout.splitlines(), done.stderr.splitlines())

    return run


def put(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


# check


def test_check_says_of_a_file_that_is_right_how_large_it_is(typed: Type, tmp_path: Path) -> None:
    said = typed("check", put(tmp_path, "small.toml", SMALL))

    assert (said.status, said.lines) == (
        0,
        [
            "ok       small version 3: 6 questions, about 3 min, and 1 for deep dives. The longest "
            "card is a-2 with 27 words."
        ],
    )


def test_check_says_everything_that_is_wrong_at_once(typed: Type, tmp_path: Path) -> None:
    text = SMALL.replace('"small"', '"mlops-quick-check"').replace("effort = 1", "effort = 9", 2)

    said = typed("check", put(tmp_path, "small.toml", text))

    assert (said.status, said.lines) == (
        1,
        [
            'PROBLEM  The file: id "mlops-quick-check" belongs to the bot. Give your file another '
            "one.",
            'PROBLEM  Question "a-1": effort is 9, and must be 1 to 3.',
            'PROBLEM  Question "a-2": effort is 9, and must be 1 to 3.',
        ],
    )


@pytest.mark.parametrize("file", sorted(OURS.glob("*.toml")), ids=lambda file: file.name)
def test_check_finds_nothing_wrong_with_ours_and_no_card_too_long(typed: Type, file: Path) -> None:
    said = typed("check", str(file))

    assert said.status == 0
    [line] = said.lines
    assert line.startswith("ok ")


@pytest.mark.parametrize("command", ["check", "diff", "preview"])
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("folder", "The file: is a folder."),
        ("gone", "The file: is not there, or is no file with text in it."),
        ("loop", "The file: is not there, or is no file with text in it."),
        ("latin", "The file: is not UTF-8, see byte 3."),
        ("large", "The file: is larger than 1000 kB, and no questionnaire is."),
        ("odd", 'Question "\\x1b[2J\\u202e": id must be letters, digits, dots, hyphens and'),
    ],
)
def test_no_command_stumbles_over_a_file(
    typed: Type, tmp_path: Path, command: str, name: str, why: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "latin").write_bytes("# Zürich".encode("latin-1"))
    (tmp_path / "large").write_bytes(b"# more\n" * 1_500_000)
    put(tmp_path, "odd", SMALL.replace('"a-1"', r'"\u001b[2J\u202e"', 1))

    said = typed(command, name)

    assert said.status == 1
    assert why in "\n".join(said.lines + said.complaints)


# diff


def test_diff_says_what_changed_and_what_stays_comparable(typed: Type, tmp_path: Path) -> None:
    new = (
        FOURTH.replace("We do a-1.", "We always do a-1.")
        .replace(question("b-2"), question("b-9"))
        .replace(question("c-3", "deep_dive"), question("c-3"))
        .replace("importance = 2", "importance = 3", 1)
        .replace('"Last month."', '"Last year."')
        .replace("weight = 2", "weight = 3")
    )

    said = typed("diff", put(tmp_path, "old", SMALL), put(tmp_path, "new", new))

    assert (said.status, said.complaints) == (0, [])
    assert said.lines == [
        "small version 3 -> small version 4",
        "",
        "new      b-9 About b-9 (core, Dimension b)",
        "gone     b-2 About b-2 (core, Dimension b)",
        "changed  a-1 About a-1: statement; importance 2 -> 3",
        "changed  c-3 About c-3: deep dive -> core",
        "changed  dimension Dimension b: weight",
        "changed  at the top: period",
        "",
        "Trends compare core questions that are asked both times under the same id: at least 2 in "
        "a dimension, and half of each version's.",
        "  Dimension a: comparable, 2 in common of 2 before and 2 now",
        "  Dimension b: NOT comparable, 1 in common of 2 before and 2 now",
        "  Dimension c: comparable, 2 in common of 2 before and 3 now",
        "Other words under the same id: a-1. That is right where the meaning stays. What means "
        "something else needs a new id, or a trend compares two questions.",
        "",
        "Version 4 comes after 3: the number is right.",
    ]


def test_diff_says_that_a_question_moved(typed: Type, tmp_path: Path) -> None:
    both = SMALL.replace(question("b-2"), question("b-2") + question("b-3"))
    moved = both.replace(question("b-3"), "").replace(
        question("c-1"), question("b-3") + question("c-1")
    )

    said = typed("diff", put(tmp_path, "old", both), put(tmp_path, "new", moved))

    assert "changed  b-3 About b-3: moved from Dimension b to Dimension c" in said.lines


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (SMALL, "Both say the same, letter by letter."),
        (
            f"# A word more.\n{SMALL}",
            "Version 3 may have been asked, and what was asked never changes, comments in the "
            "file included: write version = 4.",
        ),
        (
            SMALL.replace("version = 3", "version = 1"),
            "Version 3 may have been asked, and what was asked never changes, comments in the "
            "file included: write version = 4.",
        ),
        (
            SMALL.replace('"small"', '"large"'),
            "small and large are two questionnaires, and each scorecard stays with the one it was "
            "set up with: no trend leads from one to the other.",
        ),
    ],
    ids=["same", "comment", "lowered", "another"],
)
def test_diff_says_whether_the_version_has_to_be_raised(
    typed: Type, tmp_path: Path, text: str, last: str
) -> None:
    said = typed("diff", put(tmp_path, "old", SMALL), put(tmp_path, "new", text))

    assert said.lines[2] == "Nothing that people read or that counts is different."
    assert said.lines[-1] == last
    assert ("Trends compare" in "\n".join(said.lines)) is ("large" not in text)


def test_diff_says_that_nothing_is_comparable_on_another_scale(typed: Type, tmp_path: Path) -> None:
    new = yes_partly_no(FOURTH.replace("version = 4", "version = 3")).replace(
        "version = 3", "version = 4"
    )

    said = typed("diff", put(tmp_path, "old", SMALL), put(tmp_path, "new", new))

    assert sum("NOT comparable, 0 in common" in line for line in said.lines) == 3


def test_diff_alone_compares_with_what_is_installed(typed: Type, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    put(own, "small.toml", SMALL)

    said = typed("diff", put(tmp_path, "new.toml", FOURTH), QUESTIONNAIRES_DIR=str(own))

    assert said.lines[0] == "small version 3 -> small version 4"
    assert said.lines[-1] == "Version 4 comes after 3: the number is right."
    [remark] = said.complaints
    assert remark.startswith("note     There is no database yet")


async def test_diff_alone_compares_with_what_was_asked(
    start: Start, typed: Type, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    put(own, "small.toml", SMALL)
    async with start(questionnaires_dir=own) as bot:
        await bot.start_round(Questions="Small: 6 questions, about 3 min")
    edited = put(own, "small.toml", SMALL.replace("We do a-1.", "We did a-1."))

    said = typed("diff", edited, QUESTIONNAIRES_DIR=str(own))

    assert said.complaints == []
    assert said.lines[0] == "small version 3, as it was asked, -> small version 3"
    assert said.lines[2] == "changed  a-1 About a-1: statement"
    assert said.lines[-1] == (
        "Version 3 has been asked, and what was asked never changes, comments in the file "
        "included: write version = 4."
    )


@pytest.mark.parametrize(
    ("variables", "why"),
    [
        ({}, "small was not asked, and no file with this id is installed."),
        ({"QUESTIONNAIRES_DIR": "gone"}, "gone, and there is no such folder."),
        ({"DATABASE_URL": "mysql://me@host/name"}, "DATABASE_URL cannot be read."),
    ],
)
def test_diff_alone_says_why_there_is_nothing_to_compare_with(
    typed: Type, tmp_path: Path, variables: dict[str, str], why: str
) -> None:
    said = typed("diff", put(tmp_path, "new.toml", SMALL), **variables)

    assert (said.status, said.lines) == (1, [])
    assert why in said.complaints[-1]


def test_diff_takes_one_file_or_two(typed: Type, tmp_path: Path) -> None:
    file = put(tmp_path, "small.toml", SMALL)

    said = typed("diff", file, file, file)

    assert (said.status, said.complaints) == (2, ["Name one file, or two: the old one first."])


# preview


def card(lines: list[str], question_id: str) -> list[str]:
    """What stands inside the frame that is named so."""
    first = next(place for place, line in enumerate(lines) if line.startswith(f"╭─ {question_id} "))
    last = next(place for place, line in enumerate(lines) if place > first and line[0:1] == "╰")
    return [line.strip("│ ") for line in lines[first + 1 : last]]


def test_preview_prints_every_card_as_it_will_look(typed: Type, tmp_path: Path) -> None:
    said = typed("preview", put(tmp_path, "small.toml", SMALL))

    assert (said.status, said.complaints) == (0, [])
    assert said.lines[0] == "Small, version 3: 6 questions, about 3 min, and 1 for deep dives"
    assert sum(line.startswith("╭─") for line in said.lines) == 7
    assert card(said.lines, "a-2") == [
        "Saved a 1: 2",
        "a 2 of 2 · 2/6",
        "We do a-2.",
        "0  zero",
        "1  one",
        "2  two",
        "3  three",
        "4  four",
        "[0] [1] [2] [3] [4]",
        "[Don't know] [Doesn't apply] [Back] [Comment] [Who sees what?]",
        "Last month. Pick the highest line that is fully true.",
    ]
    deeper = said.lines.index("In deep dives into one dimension:")
    assert card(said.lines[deeper:], "c-3")[:3] == ["Saved c 2: 2", "c 3 of 3 · 7/7", "We do c-3."]


def test_preview_prints_cards_for_yes_partly_and_no(typed: Type, tmp_path: Path) -> None:
    said = typed("preview", put(tmp_path, "small.toml", yes_partly_no(SMALL)))

    assert said.status == 0
    assert card(said.lines, "a-1")[2:6] == [
        "Yes  This is true, or nearly so.",
        "Partly  This is true for some models, or only sometimes.",
        "No  This is not true yet.",
        "[Yes] [Partly] [No]",
    ]


def test_preview_and_check_warn_of_a_card_with_more_than_75_words(
    typed: Type, tmp_path: Path
) -> None:
    long = SMALL.replace('"zero", "one", "two"', ", ".join([f'"{"word " * 14}"'] * 3), 1)
    warning = "The card of a-1 has 83 words. Cards with at most 75 are read to the end."
    file = put(tmp_path, "small.toml", long.replace("We do a-1.", "We do it " * 8))

    assert warning in typed("preview", file).lines
    assert f"note     {warning}" in typed("check", file).lines


def test_preview_shows_emoji_words_from_right_to_left_and_marks_as_they_are(
    typed: Type, tmp_path: Path
) -> None:
    text = SMALL.replace('"zero"', '"👩‍💻 كل نموذج & <b> [red]"', 1)

    said = typed("preview", put(tmp_path, "small.toml", text))

    assert "0  👩‍💻 كل نموذج & <b> [red]" in card(said.lines, "a-1")
