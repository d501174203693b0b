"""Questionnaire files: what is read, and a row for everything that is refused."""

import os
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from questionnaires import catalog
from questionnaires.errors import QuestionnaireInvalid
from questionnaires.model import Scale, Tier

HEAD = """id = "small"
version = 3
title = "Small"
about = "Made up."
period = "Last month."
"""


def question(question_id: str, tier: str = "core", extra: str = "") -> str:
    return f"""
[[dimensions.questions]]
id = "{question_id}"
tier = "{tier}"
source = "made up"
short_title = "About {question_id}"
statement = "We do {question_id}."
levels = ["zero", "one", "two", "three", "four"]
next_steps = ["from zero", "from one", "from two", "from three"]
not_applicable = ["We have none"]
effort = 1
importance = 2
{extra}"""


def dimension(dimension_id: str, *questions: str, extra: str = "") -> str:
    return f"""
[[dimensions]]
id = "{dimension_id}"
title = "Dimension {dimension_id}"
short_title = "{dimension_id}"
{extra}{"".join(questions)}"""


SMALL = HEAD + "".join(
    [
        dimension("a", question("a-1"), question("a-2", extra='depends_on = ["a-1"]')),
        dimension("b", question("b-1"), question("b-2"), extra="weight = 2"),
        dimension("c", question("c-1"), question("c-2"), question("c-3", "deep_dive")),
    ]
)


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(QuestionnaireInvalid) as refused:
        catalog.parse("small.toml", text)
    assert refused.value.file == "small.toml"
    return refused.value.problems


def test_a_file_becomes_a_questionnaire() -> None:
    found = catalog.parse("small.toml", SMALL)
    assert (found.id, found.version, found.title) == ("small", 3, "Small")
    assert (found.about, found.period) == ("Made up.", "Last month.")
    assert [it.id for it in found.dimensions] == ["a", "b", "c"]
    assert [it.weight for it in found.dimensions] == [1.0, 2.0, 1.0]
    assert [it.id for it in found.core] == ["a-1", "a-2", "b-1", "b-2", "c-1", "c-2"]
    assert found.question("c-3").tier is Tier.DEEP_DIVE
    assert found.question("a-2").depends_on == ("a-1",)
    assert found.question("a-1").depends_on == ()
    assert found.question("a-1").levels == ("zero", "one", "two", "three", "four")
    assert isinstance(found.dimensions[1].weight, float)
    assert found.digest == sha256(SMALL.encode()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('title = "Small"', "", "The file: title is missing."),
        ("version = 3", "", "The file: version is missing."),
        ("version = 3", "version = 0", "The file: version is 0, and must be 1 to 99999999."),
        ("version = 3", "version = true", "The file: version must be a whole number."),
        ("version = 3", 'version = "3"', "The file: version must be a whole number."),
        ("version = 3", "version = 3.0", "The file: version must be a whole number."),
        ('about = "Made up."', 'about = " "', "The file: about is empty."),
        ('period = "Last month."', "period = 1", "The file: period must be text."),
        ("version = 3", "version = 3\ncolour = 1", "The file: colour is not a field."),
        ('"Small"', r'"Small\nand tall"', "The file: title has more than one line."),
        ("version = 3", "version = 100000000", "The file: version is 100000000, and must be 1"),
        (
            "version = 3",
            'version = 3\nscale = "stars"',
            'The file: scale must be "five_levels" or "yes_partly_no".',
        ),
        (
            'id = "small"',
            'id = "a b"',
            "The file: id must be letters, digits, dots, hyphens and underscores, 64 at most.",
        ),
        (
            'short_title = "a"',
            'short_title = "1234567890123456789012345"',
            'Dimension "a": short_title has 25 characters, and may have 24.',
        ),
        ('title = "Dimension a"', "", 'Dimension "a": title is missing.'),
        ('title = "Dimension a"', "title = 1", 'Dimension "a": title must be text.'),
        ('id = "a"\n', "", "Dimension number 1: id is missing."),
        ('id = "b"\n', 'id = "a"\n', 'Dimension "a": id is used 2 times.'),
        ("weight = 2", "weight = 0", 'Dimension "b": weight is 0, and must be a positive'),
        ("weight = 2", "weight = -1.5", 'Dimension "b": weight is -1.5, and must be a positive'),
        ("weight = 2", "weight = inf", 'Dimension "b": weight is inf, and must be a positive'),
        ("weight = 2", "weight = nan", 'Dimension "b": weight is nan, and must be a positive'),
        ("weight = 2", f"weight = {'9' * 400}", 'Dimension "b": weight is 9999'),
        ("weight = 2", "weight = true", 'Dimension "b": weight must be a number.'),
        ("weight = 2", "order = 2", 'Dimension "b": order is not a field.'),
        ('id = "c-2"', 'id = "a-1"', 'Question "a-1": id is used 2 times.'),
        ('id = "b-1"', "", "Question number 3: id is missing."),
        ('"About a-1"', '""', 'Question "a-1": short_title is empty.'),
        (
            '"About a-1"',
            f'"{"x" * 41}"',
            'Question "a-1": short_title has 41 characters, and may have 40.',
        ),
        (
            '"We do a-1."',
            f'"{"word " * 26}"',
            'Question "a-1": statement has 26 words, and may have 25.',
        ),
        (
            '"We do a-1."',
            '"We do \\u202e a-1."',
            'Question "a-1": statement has the character U+202E, which nobody can see.',
        ),
        (
            '"We do a-1."',
            f'"{"x" * 251}"',
            'Question "a-1": statement has 251 characters, and may have 250.',
        ),
        ('statement = "We do a-1."', "", 'Question "a-1": statement is missing.'),
        ('"We do a-1."', '["We do"]', 'Question "a-1": statement must be text.'),
        (
            'tier = "deep_dive"',
            'tier = "deep"',
            'Question "c-3": tier must be "core" or "deep_dive".',
        ),
        ('tier = "deep_dive"', "tier = []", 'Question "c-3": tier must be "core" or "deep_dive".'),
        ('depends_on = ["a-1"]', 'hint = "x"', 'Question "a-2": hint is not a field.'),
        ('depends_on = ["a-1"]', "weight = 0.0", 'Question "a-2": weight is 0.0, and must be a'),
        (
            'depends_on = ["a-1"]',
            'depends_on = ["z-9"]',
            'Question "a-2": depends_on names "z-9", which is no question.',
        ),
        (
            'depends_on = ["a-1"]',
            'depends_on = "a-1"',
            'Question "a-2": depends_on must be a list of texts.',
        ),
        (
            'depends_on = ["a-1"]',
            'depends_on = ["a-2"]',
            'Question "a-2": depends_on goes in a circle: a-2, a-2.',
        ),
    ],
)
def test_what_is_wrong_is_said_with_place_and_field(old: str, new: str, expected: str) -> None:
    assert old in SMALL
    found = problems(SMALL.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(expected)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("levels", '["a", "b", "c", "d"]', "levels has 4 entries, and needs exactly 5."),
        ("levels", '["a", "b", "c", "d", "e", "f"]', "levels has 6 entries, and needs exactly 5."),
        ("levels", '["a", "b", "c", "d", " "]', "levels entry 5 is empty."),
        ("levels", '["a", "b", 3, "d", "e"]', "levels entry 3 must be text."),
        ("levels", '"abcde"', "levels must be a list of texts."),
        (
            "levels",
            f'["{"x" * 91}", "b", "c", "d", "e"]',
            "levels entry 1 has 91 characters, and may have 90.",
        ),
        (
            "levels",
            f'["a", "{"x " * 15}", "c", "d", "e"]',
            "levels entry 2 has 15 words, and may have 14.",
        ),
        ("levels", r'["a", "b\nb", "c", "d", "e"]', "levels entry 2 has more than one line."),
        ("levels", r'["a", "\u001b[2J", "c", "d", "e"]', "levels entry 2 has the character U+001B"),
        ("next_steps", '["a", "b", "c"]', "next_steps has 3 entries, and needs exactly 4."),
        ("next_steps", '["a", "b", "c", ""]', "next_steps entry 4 is empty."),
        ("not_applicable", "[]", "not_applicable has 0 entries, and needs 1 to 4."),
        ("not_applicable", '["a", "b", "c", "d", "e"]', "not_applicable has 5 entries, and needs"),
        (
            "not_applicable",
            f'["{"x" * 76}"]',
            "not_applicable entry 1 has 76 characters, and may have 75.",
        ),
        ("effort", "0", "effort is 0, and must be 1 to 3."),
        ("effort", "4", "effort is 4, and must be 1 to 3."),
        ("effort", "true", "effort must be a whole number."),
        ("importance", "4", "importance is 4, and must be 1 to 3."),
        ("importance", "2.0", "importance must be a whole number."),
        ("source", '""', "source is empty."),
    ],
)
def test_what_a_question_may_hold_is_checked(field: str, value: str, expected: str) -> None:
    lines = question("c-2").splitlines()
    changed = [f"{field} = {value}" if line.startswith(f"{field} =") else line for line in lines]
    text = SMALL.replace(question("c-2"), "\n".join(changed) + "\n")
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(f'Question "c-2": {expected}')


def yes_partly_no(text: str) -> str:
    """The same questions to be answered with yes, partly or no."""
    kept = [line for line in text.splitlines() if not line.startswith("levels =")]
    steps = ('"from zero", "from one", "from two", "from three"', '"from no", "from partly"')
    return (
        "\n".join(kept)
        .replace("version = 3", 'version = 3\nscale = "yes_partly_no"')
        .replace(*steps)
    )


def test_a_file_may_ask_for_yes_partly_or_no() -> None:
    found = catalog.parse("small.toml", yes_partly_no(SMALL))
    assert found.scale is Scale.YES_PARTLY_NO
    assert found.question("a-1").levels == ()
    assert found.question("a-1").next_steps == ("from no", "from partly")
    assert catalog.parse("small.toml", SMALL).scale is Scale.FIVE_LEVELS


def test_levels_are_no_field_where_the_answer_is_yes_partly_or_no() -> None:
    described = yes_partly_no(SMALL).replace("effort = 1", 'effort = 1\nlevels = ["a", "b"]', 1)
    assert problems(described) == ('Question "a-1": levels is not a field.',)


def test_there_is_a_next_step_from_no_and_one_from_partly() -> None:
    more = yes_partly_no(SMALL).replace('["from no", "from partly"]', '["from no"]', 1)
    assert problems(more) == ('Question "a-1": next_steps has 1 entries, and needs exactly 2.',)


@pytest.mark.parametrize("count", [2, 13])
def test_there_are_three_to_twelve_dimensions(count: int) -> None:
    many = "".join(
        dimension(f"d{place}", question(f"q{place}-1"), question(f"q{place}-2"))
        for place in range(count)
    )
    assert problems(HEAD + many) == (f"The file: dimensions has {count}, and must have 3 to 12.",)


def test_a_dimension_has_two_core_questions() -> None:
    text = SMALL.replace(question("b-2"), question("b-2", "deep_dive"))
    assert problems(text) == ('Dimension "b": questions has 1 core ones, and needs 2.',)


def test_dimensions_and_questions_are_tables() -> None:
    assert problems(HEAD + "dimensions = 3") == ("The file: dimensions must be a list of tables.",)
    assert problems(HEAD) == ("The file: dimensions is missing.",)
    text = HEAD + "dimensions = [1, 2, 3]"
    assert problems(text) == ("The file: dimensions must be a list of tables.",)
    bare = dimension("a", extra='questions = "none"')
    assert 'Dimension "a": questions must be a list of tables.' in problems(HEAD + bare)


def test_prerequisites_do_not_go_in_a_circle() -> None:
    needs_b = question("a-1", extra='depends_on = ["b-1"]')
    needs_a = question("b-1", extra='depends_on = ["a-2"]')
    text = SMALL.replace(question("a-1"), needs_b).replace(question("b-1"), needs_a)
    (found,) = problems(text)
    assert "depends_on goes in a circle" in found
    assert {"a-1", "a-2", "b-1"} == set(found.split("circle: ")[1].rstrip(".").split(", "))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = SMALL.replace("version = 3", "version = 0").replace("effort = 1", "effort = 9")
    assert len(problems(text)) == 8


def test_what_is_wrong_is_read_line_by_line() -> None:
    text = SMALL.replace("version = 3", "version = 0").replace('"a-1"]', '"z-9"]')
    with pytest.raises(QuestionnaireInvalid) as refused:
        catalog.parse("small.toml", text)
    assert str(refused.value).splitlines() == [
        "small.toml, 2 problems:",
        "  The file: version is 0, and must be 1 to 99999999.",
        '  Question "a-2": depends_on names "z-9", which is no question.',
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [("a =", 1), ("a = 1\nb = [\n", 3), ("a = 1\na = 2\n", 2), ("\n\nx y", 3)],
)
def test_a_slip_of_syntax_is_said_with_its_line(text: str, line: int) -> None:
    (found,) = problems(text)
    assert found.startswith(f"Line {line}: ")


def test_a_folder_is_read_by_file_name_and_keyed_by_id(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "a.toml").write_text(SMALL.replace('"small"', '"other"'), encoding="utf-8")
    (tmp_path / "notes.md").write_text("Not a questionnaire.", encoding="utf-8")
    assert list(catalog.load_all(tmp_path)) == ["other", "small"]


def test_line_breaks_of_another_system_do_not_change_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(SMALL.replace("\n", "\r\n").encode())
    assert catalog.load_all(tmp_path)["small"].digest == sha256(SMALL.encode()).hexdigest()


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    with pytest.raises(QuestionnaireInvalid) as refused:
        catalog.load_all(tmp_path)
    assert refused.value.file == "b.toml"
    assert refused.value.problems == ('The file: id "small" is used by another file.',)


def refused_by_reading(file: Path) -> str:
    with pytest.raises(QuestionnaireInvalid) as refused:
        catalog.read(file)
    [problem] = refused.value.problems
    return problem


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(SMALL.replace("Made up", "Zürich").encode("latin-1"))
    assert refused_by_reading(tmp_path / "a.toml").startswith("The file: is not UTF-8, see byte")


def test_a_mark_before_the_first_letter_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(SMALL, encoding="utf-8-sig")
    assert catalog.read(tmp_path / "a.toml") == catalog.parse("a.toml", SMALL)


def test_emoji_and_words_from_right_to_left_are_words(tmp_path: Path) -> None:
    words = "אנחנו בודקים 👩‍💻 كل نموذج"
    (tmp_path / "a.toml").write_text(SMALL.replace("We do a-1.", words), encoding="utf-8")
    assert catalog.read(tmp_path / "a.toml").question("a-1").statement == words


def test_what_is_no_file_with_text_in_it_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    os.mkfifo(tmp_path / "pipe.toml")
    nothing = "The file: is not there, or is no file with text in it."
    said = {file.name: refused_by_reading(file) for file in tmp_path.iterdir()}
    assert said == {"folder.toml": "The file: is a folder.", "loop.toml": nothing,
                    "pipe.toml": nothing}  # fmt: skip
    assert refused_by_reading(tmp_path / "gone.toml") == nothing
    assert refused_by_reading(tmp_path / ("x" * 300)).startswith("The file: cannot be read (")


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"# more\n" * 1_500_000)
    said = "The file: is larger than 1000 kB, and no questionnaire is."
    assert refused_by_reading(tmp_path / "a.toml") == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a = {'[' * 5_000}", "The file: has too many brackets inside each other."),
        (f"version = {'9' * 5_000}", "The file: holds a number with too many digits."),
    ],
)
def test_what_python_itself_gives_up_on_is_refused(text: str, expected: str) -> None:
    assert problems(text) == (expected,)


def test_what_is_said_of_a_file_does_nothing_to_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[2J\n\udcff.toml"
    file.write_text(SMALL.replace('"a-1"', r'"\u001b]0;x\u0007\u202e"', 1), encoding="utf-8")
    with pytest.raises(QuestionnaireInvalid) as refused:
        catalog.read(file)
    said = str(refused.value)
    assert said.replace("\n", "").isprintable()
    assert said.startswith(r"a\x1b[2J\n\udcff.toml, ")
    assert r'Question "\x1b]0;x\x07\u202e": id must be letters' in said


def test_a_name_without_end_is_cut_where_it_is_said() -> None:
    (found,) = problems(f"{'x' * 100_000} = 1\n{SMALL}")
    assert len(found) < 600


def test_own_files_come_after_those_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / ".#b.toml").symlink_to("what-an-editor-leaves")
    (tmp_path / "folder").mkdir()
    assert list(catalog.load_all(own=tmp_path)) == [*catalog.load_all(), "small"]


def test_an_own_file_takes_no_id_of_ours_whatever_its_version(tmp_path: Path) -> None:
    text = SMALL.replace('"small"', '"mlops-scorecard"').replace("version = 3", "version = 99")
    (tmp_path / "a.toml").write_text(text.replace("effort = 1", "effort = 0", 1), "utf-8")
    found, [refused] = catalog.load_what_is_right(own=tmp_path)
    assert refused.problems == (
        'The file: id "mlops-scorecard" belongs to the bot. Give your file another one.',
        'Question "a-1": effort is 0, and must be 1 to 3.',
    )
    assert found == catalog.load_all()


def test_two_own_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    _, [refused] = catalog.load_what_is_right(own=tmp_path)
    assert (refused.file, refused.problems) == (
        "b.toml",
        ('The file: id "small" is used by another file.',),
    )


@pytest.mark.parametrize("name", ["gone", "file", "loop"])
def test_an_own_folder_that_is_none_is_an_error_of_the_system(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(OSError):  # noqa: PT011 - each has its own
        catalog.load_all(own=tmp_path / name)


def test_the_questionnaires_that_come_with_the_package_are_read() -> None:
    folder = files("questionnaires").joinpath("definitions")
    found = catalog.load_all()
    assert len(found) == sum(file.name.endswith(".toml") for file in folder.iterdir())
    assert "mlops-scorecard" in found
