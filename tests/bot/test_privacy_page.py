"""docs/privacy.md, for a works council: no table and no number in it that the code has not."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from bot.delivery import LOOK_BACK
from bot.manifest import SCOPES, for_sockets
from bot.settings import MONTHS_KEPT, Settings
from questionnaires.calendar import REMINDING_WORKING_DAYS
from questionnaires.disclosure.blunting import COARSE_STEP
from questionnaires.disclosure.floors import (
    K_DEFAULT,
    K_LEAST,
    K_LEAST_OF_THREE,
    K_MOST,
    RATERS_LEAST,
)
from questionnaires.kept import COPIES_KEPT_DAYS, WORKSPACE_KEPT_DAYS
from questionnaires.rehearsal import KEPT_MOST
from questionnaires.results import LEAST_RESPONDENTS
from questionnaires.roles import ASKED_FROM
from tests.questionnaires.test_attack import KNOWN

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "privacy.md").read_text("utf-8")

# By the first words of a row: the tables of the database it is about. A new table needs a row.
ROWS: Mapping[str, Sequence[str]] = {
    "People": ["people"],
    "Your part in a round": ["participants"],
    "Answers": ["answers"],
    "Comments": ["comments", "hidden_comments"],
    "Role": [],  # a column of people and of participants
    "Results": ["results"],
    "Messages": ["messages"],
    "Set-up": ["scorecards", "rounds"],
    "Questions": ["questionnaires", "tailorings", "tailoring_drafts"],
    "Facilitators": ["facilitators"],
    "Acts": ["acts"],
    "The bot itself": ["workspaces", "gaps"],
}
ERASED = ["Answers", "Comments", "Role"]

# Columns that say something of a person, by table. A new one is to be thought about, here and
# on the page: which row says it, who sees it, and whether it is erased.
OF_A_PERSON: Mapping[str, set[str]] = {
    "people": {
        *("user_id", "name", "zone", "role"),
        *("deleted", "bot", "guest", "stranger", "admin"),
    },
    "participants": {
        *("user_id", "role", "zone", "state", "ask_at", "left_alone", "revision", "changed_at"),
        *("card_channel", "card_ts", "fix_first"),
    },
    "answers": {"kind", "level", "reason", "answered_at"},
    "comments": {"body"},
}
# What these tables hold besides: numbers by which rows are found.
FOUND_BY = {"id", "team_id", "round_id", "participant_id", "question_id"}


# Wherever somebody is named by id: each of these is read for their own file (storage/keeping.py,
# storage/acts.py, storage/tailorings.py), which says that it holds everything.
NAMED = {
    *("people.user_id", "participants.user_id", "messages.recipient"),
    *("scorecards.created_by", "scorecards.changed_by", "scorecards.audience_people"),
    *("rounds.opened_by", "acts.user_id", "acts.whom"),
    *("facilitators.user_id", "facilitators.named_by", "facilitators.removed_by"),
    *("tailoring_drafts.user_id", "tailorings.saved_by"),  # the latter as an act
}
NAMES = re.compile(r"user_id|\w+_by|whom|recipient|\w+_people")


def rows() -> dict[str, list[str]]:
    """The cells of the one table, by what stands in bold."""
    found = {}
    for line in re.findall(r"^\| \*\*.*\|$", PAGE, re.MULTILINE):
        what, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        name = re.match(r"\*\*([\w -]+):?\*\*", what)
        assert name is not None, line
        found[name[1]] = [what, *cells]
    return found


def test_every_table_of_the_database_has_its_row_and_every_row_its_table() -> None:
    assert list(rows()) == list(ROWS)
    named = [table for tables_ in ROWS.values() for table in tables_]
    assert sorted(named) == sorted(table.name for table in SQLModel.metadata.sorted_tables)


@pytest.mark.parametrize("table", OF_A_PERSON)
def test_no_column_of_a_person_is_forgotten(table: str) -> None:
    columns = {column.name for column in SQLModel.metadata.tables[table].columns}
    assert columns - FOUND_BY == OF_A_PERSON[table]


def test_wherever_somebody_is_named_their_own_file_reads_it() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if NAMES.fullmatch(column.name)
    }
    assert found == NAMED


def test_each_row_says_why_who_sees_it_and_how_long() -> None:
    for what, why, who, how_long in rows().values():
        assert all((what, why, who)), what
        assert how_long.split(",")[0] in {"stays", "erased"}, what


def test_what_is_erased_is_named_again_where_the_button_is() -> None:
    assert [name for name, cells in rows().items() if cells[-1] == "erased"] == ERASED
    assert "comments, what you would fix first and roles, in open and past rounds" in PAGE


def bounds(field: str) -> tuple[int, int]:
    least, most = Settings.model_fields[field].metadata
    return least.ge, most.le


MONTHS, PEOPLE = bounds("answers_kept_months"), bounds("least_people")

# Every number of the page stands in one of these sentences, and each is made of the code's.
NUMBERS = (
    f"{MONTHS_KEPT} months after the round has closed (`ANSWERS_KEPT_MONTHS`, "
    f"{MONTHS[0]} to {MONTHS[1]})",
    f"until {WORKSPACE_KEPT_DAYS} days after the bot has noticed that it was removed from Slack",
    f"Copies that upgrades make of it are removed after {COPIES_KEPT_DAYS} days",
    f"it looks among the latest {LOOK_BACK} of its own conversation",
    f"rehearsal is deleted after {KEPT_MOST.days} days at the latest",
    f"Fewer than {LEAST_RESPONDENTS} people answered: only how many. From {RATERS_LEAST}: scores "
    f"rounded to {COARSE_STEP}, and how many answered each question. From {K_DEFAULT}, at most",
    f"(`SCORECARD_LEAST_PEOPLE`, {PEOPLE[0]} to {PEOPLE[1]}; {K_LEAST_OF_THREE} at least where the "
    "answers are yes, partly and no) is fixed when a round opens",
    f"over the whole round and to the nearest {COARSE_STEP}, is shown only where",
    f"of the others' answers {KNOWN[5]} at five people, {KNOWN[3]} where the number is three",
    f"are asked where {ASKED_FROM} or more are invited",
    f"Reminders are {len(REMINDING_WORKING_DAYS)} at most, after {REMINDING_WORKING_DAYS[0]} and "
    f"{REMINDING_WORKING_DAYS[1]} working days",
    f"of fewer than {LEAST_RESPONDENTS} people only how many is left",
    f"Where the number is set to {K_LEAST}, comments and levels are shown from {K_LEAST} people",
)


@pytest.mark.parametrize("sentence", NUMBERS)
def test_a_number_is_the_one_that_the_code_goes_by(sentence: str) -> None:
    assert PAGE.count(sentence) == 1


def test_no_number_stands_there_that_is_not_held() -> None:
    rest = PAGE
    for sentence in NUMBERS:
        rest = rest.replace(sentence, "")
    assert re.findall(r"\d+", rest) == []
    assert PEOPLE == (K_LEAST, K_MOST)


def test_what_is_not_kept_cannot_be_read_either() -> None:
    assert not {"users:read.email", "channels:history", "groups:history"} & SCOPES.keys()
    assert for_sockets()["features"]["app_home"]["messages_tab_read_only_enabled"] is True


def test_it_is_written_to_be_read_in_one_go() -> None:
    assert len(re.sub(r"[|*`#-]", " ", PAGE).split()) <= 1_200


def test_every_page_that_it_links_to_is_there() -> None:
    linked = re.findall(r"\]\((?!http)([^)#]+)", PAGE)
    assert linked
    assert [one for one in linked if not (ROOT / "docs" / one).exists()] == []
