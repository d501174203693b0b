"""docs/questionnaire.md says what the files say."""

import re
from pathlib import Path

from questionnaires import catalog
from questionnaires.fields import QUESTION_FIELDS
from questionnaires.model import Scale

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "questionnaire.md").read_text("utf-8")
SCORECARD = catalog.load_all()["mlops-scorecard"]


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading."""
    below = PAGE.split(f"{heading}\n", 1)[1]
    table = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in row.strip("|\n").split("|")] for row in
            table[0].splitlines()[2:]]  # fmt: skip


def test_each_item_of_the_article_has_its_line_with_our_question() -> None:
    for dimension in SCORECARD.dimensions:
        found = [(item.split(":")[0], ours) for item, ours, _ in rows(f"### {dimension.title}")]
        asked = [
            (one.source.removeprefix(f"{dimension.title}, "), f"`{one.id}` {one.short_title}")
            for one in dimension.questions
        ]
        assert found == asked, (
            f'The table "{dimension.title}" in docs/questionnaire.md has a line for each question, '
            "with its id and its short title."
        )


def test_each_line_says_what_was_sharpened() -> None:
    for dimension in SCORECARD.dimensions:
        reasons = [why for _, _, why in rows(f"### {dimension.title}")]
        assert len(set(reasons)) == len(dimension.questions)
        assert all(len(why.split()) >= 6 for why in reasons)


def test_every_field_has_its_rule() -> None:
    ruled = {cells[0].strip("`") for cells in rows("## The rule for each field")}
    assert ruled == QUESTION_FIELDS[Scale.FIVE_LEVELS].keys()


def test_every_question_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"\b(?:GOV|DAT|DEV|DEP|MON|IMP)-\d\b", PAGE))
    assert named <= {one.id for part in SCORECARD.dimensions for one in part.questions}


def test_every_file_and_picture_that_the_page_names_is_there() -> None:
    linked = [ROOT / "docs" / name for name in re.findall(r"\]\((?!http)([^)#]+)\)", PAGE)]
    named = [ROOT / name for name in re.findall(r"`((?:tests|questionnaires)/[^`]+)`", PAGE)]
    assert [path for path in (*linked, *named) if not path.exists()] == []
