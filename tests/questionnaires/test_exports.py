"""Exports: against the schema, as a spreadsheet and a program read them, and by hostile words."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import together
from questionnaires.disclosure import disclose
from questionnaires.exports import Export, ExportedRound, Format, as_json, document, indexed
from questionnaires.exports.table import COLUMNS, as_csv, rows
from questionnaires.model import Answer, Questionnaire, Rater, Rating, Scale
from questionnaires.priority import Urgency
from questionnaires.results import (
    Agreement,
    DimensionResult,
    NoChange,
    Proposal,
    ProposalKind,
    QuestionResult,
    Result,
    RoleScore,
    ShownChange,
    ShownComment,
    Since,
    Verdict,
)
from questionnaires.roles import Role
from questionnaires.rounds import Manner
from questionnaires.scoring import measure
from tests.disclosed import (
    a_change,
    a_comment,
    a_dimension,
    a_proposal,
    a_question,
    a_range,
    a_result,
    a_role,
    a_score,
    a_since,
    resealed,
)

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA: dict[str, Any] = json.loads((DOCS / "result.schema.json").read_text("utf-8"))
PAGE = (DOCS / "export.md").read_text("utf-8")
NAMES = ("q1", "q2", "q3", "q4")
EVIL = (
    *('=HYPERLINK("http://evil","x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"),
    *(
        "  =1",
        '"=1',
        "'=1",
        '" = 1',
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        "\u200b=1",
        "\u00a0=1",
        "\ufeff=1",
    ),
    *("fine\n=1", "fine;=1", "fine; -1", "fine\t@x", 'fine";=1', "fine\r\n\r\n +1", ";;;=1"),
)
BEGINS = "=+-@\uff1d\uff0b\uff0d\uff20"

OLD = a_result(
    method_version=1,
    team_name="Northwind ML",
    round_title="January 2027",
    closed_on=date(2027, 2, 1),
    questionnaire="Small",
    questionnaire_version=3,
    scale=Scale.FIVE_LEVELS,
    k=5,
    invited=8,
    respondents=6,
    overall=a_score(40.0, "40"),
    overall_level=2,
    overall_range=a_range(30, 50),
    weakest="d1",
    dimensions=(
        a_dimension("d0", "Dimension 0", "D0", 6, a_score(50.0, "50"), a_range(40, 60)),
        a_dimension("d1", "Dimension 1", "D1", 6, a_score(30.0, "30"), None, a_score(15.0, "15")),
        a_dimension("d2", "Dimension 2", "D2", 6, a_score(2.5, "under 5")),
        a_dimension("d3", "Dimension 3", "D3", 2, None),
    ),
    questions=(
        a_question("q1", "d0", "About q1", 6, True, "2.5", Agreement.LOW, False, 3),  # noqa: FBT003
        a_question("q2", "d1", "About q2", 4, False, None, None, True, None, True),  # noqa: FBT003
        a_question("q3", "d2", "About q3", 6, True, "about 0", None, False),  # noqa: FBT003
    ),
    proposals=(
        a_proposal(ProposalKind.FIND_OUT_FIRST, "q2", "d1", "About q2", None, None),
        a_proposal(ProposalKind.AGREE_FIRST, "q1", "d0", "About q1", "Agree.", Urgency.HIGH),
        a_proposal(ProposalKind.DO_NEXT, "q1", "d0", "About q1", "Write it down.", Urgency.LOW),
    ),
    comments=(a_comment("About q1", "Who owns this?"), a_comment(None, "More tests")),
)
LATE = resealed(
    OLD,
    round_title="April 2027",
    closed_on=date(2027, 5, 3),
    tailored=True,
    by_role=True,
    dimensions=(
        resealed(
            OLD.dimensions[0],
            score=a_score(46.0, "46"),
            target=3,
            deep_dive=a_score(60.0, "60"),
            not_asked=(("About q9", "Legal does it"),),
            change=a_change(-3, Verdict.CHANGED, a_score(49.0, "49"), -1),
        ),
        resealed(
            OLD.dimensions[1],
            score=a_score(95.0, "95"),
            change=a_change(80, Verdict.NO_CLEAR_CHANGE, a_score(15.0, "15")),
        ),
        resealed(OLD.dimensions[2], no_change=NoChange.NEAR_AN_END),
        OLD.dimensions[3],
    ),
    roles=(a_role(Role.PLATFORM, 6, a_score(40.0, "40")),),
    since=a_since("January 2027", date(2027, 2, 1), 6, a_score(40.0, "40"), 5, True, True),  # noqa: FBT003
)


def of(*results: Result, name: str = "Northwind ML") -> Export:
    numbered = [ExportedRound(place + 1, not place, one) for place, one in enumerate(results)]
    return Export(name, indexed(numbered))


def table(export: Export) -> list[dict[str, str]]:
    """As a program reads it that knows RFC 4180."""
    return list(csv.DictReader(io.StringIO(as_csv(export).decode("utf-8-sig"), newline="")))


def one(export: Export, kind: str, id_: str = "", round_: int = 1) -> dict[str, str]:
    wanted = (kind, id_, str(round_))
    [found] = [row for row in table(export) if (row["kind"], row["id"], row["round"]) == wanted]
    return found


def disclosed(
    asked: Questionnaire, answers: list[Answer], invited: int, manner: Manner = Manner.APART
) -> Result:
    if manner is Manner.TOGETHER:
        measured = together.measure(asked, {one.question_id: one.rating for one in answers})
    else:
        people = sorted({answer.participant for answer in answers})
        measured = measure(asked, [Rater(one) for one in people], answers, invited=invited)
    return disclose(
        measured,
        asked,
        k=7 if asked.scale is Scale.YES_PARTLY_NO else 5,
        team_name="Zürich ML",
        round_title="January 2027",
        closed_on=date(2027, 2, 1),
        comments=[("q1", "Who owns this?"), (None, "More tests")],
        manner=manner,
    )


@pytest.fixture(scope="module")
def real(build: Build, say: Say) -> dict[str, Result]:
    """Rounds that went through scoring and disclosure."""
    asked = build(NAMES[:2], NAMES[2:])
    thirds = build(NAMES[:2], NAMES[2:], scale=Scale.YES_PARTLY_NO)
    many = [(1, 2, 3, 4), (2, 2, 3, 3), (0, 1, 3, 4), (2, 3, 4, 4), (1, 1, "na", 2), (2, 2, 3, 3)]
    few, yes = many[:3], [(4, 2, 0, 2)] * 4 + [(2, 2, 4, 0)] * 4
    return {
        "many": disclosed(asked, say(NAMES, *many), 8),
        "few": disclosed(asked, say(NAMES, *few), 8),
        "too few": disclosed(asked, say(NAMES, *many[:2]), 8),
        "nobody": disclosed(asked, [], 8),
        "together": disclosed(
            asked, [Answer(1, name, Rating.of_level(2)) for name in NAMES], 1, Manner.TOGETHER
        ),
        "yes, partly, no": disclosed(thirds, say(NAMES, *yes), 9),
    }


REAL = ("many", "few", "too few", "nobody", "together", "yes, partly, no")


def holds(export: Export) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(SCHEMA, format_checker=checker).validate(
        json.loads(as_json(export))
    )


# JSON


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", REAL)
def test_a_round_is_as_the_schema_says(real: dict[str, Result], name: str) -> None:
    holds(of(real[name]))


def test_two_rounds_with_a_change_are_as_the_schema_says() -> None:
    holds(of(OLD, LATE))


def test_what_the_schema_does_not_know_is_refused() -> None:
    known = json.loads(as_json(of(OLD)))
    known["rounds"][0]["dimensions"][0]["exact"] = 49.87
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(known)


def test_every_field_of_the_schema_occurs_and_every_field_that_occurs_is_described() -> None:
    found: dict[str, set[str]] = {}
    _occurring(SCHEMA, document(of(OLD, LATE)), "document", found)
    described = {"document": SCHEMA, **SCHEMA["$defs"]}
    assert {name: set(one["properties"]) for name, one in described.items()} == found
    for name, one in described.items():
        assert set(one["required"]) == found[name]
        assert one["additionalProperties"] is False
        for field, schema in one["properties"].items():
            told = "description" in schema or name == "points"
            assert told, f"{name}.{field}"


def _occurring(schema: Any, value: Any, name: str, found: dict[str, set[str]]) -> None:
    """The fields that occur in a value, by the name under which the schema describes them."""
    for option in schema.get("anyOf", [schema]):
        if "$ref" in option and value is not None:
            name = option["$ref"].rpartition("/")[2]
            _occurring(SCHEMA["$defs"][name], value, name, found)
            return
    if isinstance(value, list):
        for one_ in value:
            _occurring(schema["items"], one_, name, found)
    elif isinstance(value, dict):
        if name in ("document", *SCHEMA["$defs"]):
            found.setdefault(name, set()).update(value)
        for field, part in value.items():
            _occurring(schema["properties"][field], part, f"{name}.{field}", found)


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        (Result, "round"),
        (DimensionResult, "dimension"),
        (QuestionResult, "question"),
        (ShownChange, "change"),
        (ShownComment, "comment"),
        (Proposal, "proposal"),
        (RoleScore, "role"),
        (Since, "since"),
    ],
)
def test_whatever_may_be_shown_is_exported(kind: Any, where: str) -> None:
    """A new field of a Result shows here: give it a line in the schema and in docs/export.md."""
    assert {field.name for field in fields(kind)} <= set(SCHEMA["$defs"][where]["properties"])


def test_the_same_export_gives_the_same_bytes() -> None:
    assert as_json(of(OLD, LATE)) == as_json(of(OLD, LATE))
    assert as_csv(of(OLD, LATE)) == as_csv(of(OLD, LATE))
    assert list(document(of(OLD))) == ["format", "version", "team_name", "rounds"]
    assert list(document(of(OLD))["rounds"][0])[:4] == [
        "number", "posted", "method_version", "team_name",
    ]  # fmt: skip


# Nothing beyond what is shown


def numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from numbers_in(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


@pytest.mark.parametrize("name", REAL)
def test_every_score_is_printed_as_it_is_shown(real: dict[str, Result], name: str) -> None:
    shown = real[name]
    for dimension in shown.dimensions:
        row = one(of(shown), "dimension", dimension.id)
        assert row["score_text"] == (dimension.score.text if dimension.score else "")
        assert row["score"] == (f"{dimension.score.value:g}" if dimension.score else "")


def test_bounds_and_response_are_made_of_what_is_shown() -> None:
    [first, _, blunt, gap] = document(of(OLD))["rounds"][0]["dimensions"]
    assert first["bounds"] == {"low": 37.5, "high": 62.5}
    assert blunt["bounds"] is gap["bounds"] is None
    assert document(of(OLD))["rounds"][0]["response"] == {
        "share": 0.75, "low": 0.409, "high": 0.929,
    }  # fmt: skip
    row = one(of(OLD), "overall")
    assert (row["response_low"], row["response_high"]) == ("0.409", "0.929")
    assert (row["bound_low"], row["bound_high"]) == ("30", "55")


def test_two_rounds_that_are_shown_alike_are_exported_alike(build: Build, say: Say) -> None:
    """Exact scores that differ and read the same: nothing besides tells them apart."""
    asked = build(NAMES[:2], NAMES[2:])
    first = [(2, 2, 2, 2)] * 40 + [(3, 2, 2, 2)] * 3
    second = [(2, 2, 2, 2)] * 40 + [(3, 2, 2, 2)] * 2 + [(2, 2, 2, 2)]
    one_, other = (of(disclosed(asked, say(NAMES, *rows_), 60)) for rows_ in (first, second))
    assert besides(one_) == besides(other)


def besides(export: Export) -> list[Any]:
    """What is printed as a score, and what is computed from it."""
    [found] = document(export)["rounds"]
    parts = [(one["score"], one["bounds"], one["index"]) for one in found["dimensions"]]
    return [found["overall"], found["overall_bounds"], found["response"], *parts]


def test_who_speaks_for_a_team_is_no_sample_of_it(real: dict[str, Result]) -> None:
    [plain] = document(of(real["together"]))["rounds"]
    assert plain["response"] is plain["overall_bounds"] is None
    assert all(found["bounds"] is None for found in plain["dimensions"])
    assert plain["manner"] == "together"


def test_a_gap_is_empty_and_never_zero(real: dict[str, Result]) -> None:
    for row in table(of(real["too few"])):
        assert row["score"] == row["score_text"] == row["bound_low"] == ""
    assert {row["kind"] for row in table(of(real["too few"]))} == {"overall", "dimension"}
    assert one(of(real["too few"]), "overall")["answered"] == "2"


def test_hidden_comments_are_counted_and_in_no_file() -> None:
    some = resealed(OLD, comments=OLD.comments[:1], comments_hidden=1)
    [found] = document(of(some))["rounds"]
    assert found["comments_hidden"] == 1
    assert one(of(some), "overall")["comments_hidden"] == "1"
    assert one(of(OLD), "overall")["comments_hidden"] == "0"
    assert "More tests" not in as_json(of(some)).decode() + as_csv(of(some)).decode()
    holds(of(some))


# The running index


def test_the_index_adds_changes_to_the_first_score_and_stays_within_its_bounds() -> None:
    [_, late] = of(OLD, LATE).rounds
    assert late.index == {"d0": 47.0, "d1": 100.0, "d2": 2.5}
    assert one(of(OLD, LATE), "dimension", "d0", 2)["index"] == "47"


def test_where_nothing_can_be_added_the_index_starts_anew() -> None:
    apart = resealed(LATE, since=None)
    [_, late] = of(OLD, apart).rounds
    assert late.index["d0"] == 46.0


def test_after_a_round_that_cannot_be_compared_the_index_starts_anew_as_a_trend_does() -> None:
    other = resealed(OLD, round_title="March 2027", closed_on=date(2027, 3, 1))
    [_, _, late] = of(OLD, other, LATE).rounds
    assert late.index["d0"] == 46.0


# CSV


def test_every_column_says_something_somewhere_and_stands_on_the_page() -> None:
    told = {name for row in rows(of(OLD, LATE)) for name, value in row.items() if value is not None}
    assert told == set(COLUMNS)
    head, _, columns = PAGE.partition("| Column |")
    assert re.findall(r"^\| `(\w+)` \|", columns, re.MULTILINE) == list(COLUMNS)
    kinds = re.findall(r"^\| `(\w+)` \|", head, re.MULTILINE)
    assert kinds == list(dict.fromkeys(str(row["kind"]) for row in rows(of(LATE))))


def test_a_table_is_a_row_for_each_thing() -> None:
    kinds = [row["kind"] for row in table(of(OLD, LATE)) if row["round"] == "2"]
    assert kinds == [
        *["overall", *["dimension"] * 4, *["question"] * 3],
        *["role", "not_asked", "find_out_first", "agree_first", "do_next", "comment", "comment"],
    ]
    changed = one(of(OLD, LATE), "dimension", "d0", 2)
    assert (changed["change"], changed["verdict"]) == ("-3", "changed")
    assert (changed["before_text"], changed["composition"]) == ("49", "-1")
    assert changed["since"] == "January 2027"
    assert one(of(OLD, LATE), "dimension", "d2", 2)["no_change"] == "near_an_end"
    question = one(of(OLD), "question", "q1")
    assert (question["level"], question["agreement"]) == ("2.5", "low")
    about = one(of(OLD), "question", "q3")
    assert (about["level"], about["level_text"]) == ("", "about 0")


def test_excel_reads_umlauts_and_programs_read_rows(real: dict[str, Result]) -> None:
    written = as_csv(of(real["many"]))
    assert written.startswith(b"\xef\xbb\xbfteam,round,")
    assert written.endswith(b"\r\n")
    assert table(of(real["many"]))[0]["team"] == "Zürich ML"


def hostile(text: str) -> Export:
    """Wherever people's words come to stand."""
    return of(
        resealed(
            LATE,
            team_name=text,
            questionnaire=text,
            round_title=text,
            dimensions=(
                resealed(
                    LATE.dimensions[0], id=text, title=text, short_title=text,
                    not_asked=((text, text),),
                ),
            ),
            questions=(resealed(LATE.questions[0], id=text, short_title=text),),
            proposals=(a_proposal(ProposalKind.DO_NEXT, text, text, text, text, None),),
            comments=(a_comment(text, text), a_comment(None, text)),
        ),
        name=text,
    )  # fmt: skip


def split(written: str, separator: str) -> Iterator[str]:
    """Cells as a program makes them that separates by something else, and so sees no quotes."""
    for line in re.split(r"[\r\n]", written):
        yield from line.split(separator)


@pytest.mark.parametrize("text", EVIL, ids=repr)
def test_no_cell_of_peoples_words_begins_a_formula(text: str) -> None:
    for row in table(hostile(text)):
        for name, cell in row.items():
            if name not in ("change", "composition"):
                assert _seen(cell)[:1] not in [*BEGINS], (name, cell)
    comment = [row["text"] for row in table(hostile(text)) if row["kind"] == "comment"][-1]
    assert comment != text
    assert comment.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", EVIL, ids=repr)
@pytest.mark.parametrize("separator", [";", "\t"])
def test_nor_where_a_spreadsheet_separates_by_something_else(text: str, separator: str) -> None:
    for cell in split(as_csv(hostile(text)).decode("utf-8-sig"), separator):
        assert _seen(cell)[:1] not in [*BEGINS], cell


def _seen(cell: str) -> str:
    """Without what programs trim."""
    return cell.lstrip(' \t\r\n"\u00a0\u200b\ufeff')


@given(st.text(max_size=40))
def test_a_program_reads_the_words_back_but_for_the_apostrophes(text: str) -> None:
    comment = [row["text"] for row in table(hostile(text)) if row["kind"] == "comment"][-1]
    plain = text.encode("utf-8", "replace").decode()
    assert comment.replace("'", "") == plain.replace("'", "")
    assert len(comment) >= len(text)


@given(st.text(st.sampled_from([*"=+-@ \t\r\n;,'\"\u200b\uff1dx1"]), max_size=12))
def test_whatever_is_typed_no_cell_begins_a_formula(text: str) -> None:
    written = as_csv(hostile(text)).decode("utf-8-sig")
    for cell in (*split(written, ";"), *(row["text"] for row in table(hostile(text)))):
        assert _seen(cell)[:1] not in [*BEGINS], (text, cell)


@pytest.mark.parametrize(
    "text", ["Platform", "R&D", "e-mail", "a=b", "1-2", "x;y", "it's", "", "Zürich\nML"]
)
def test_harmless_words_stay_as_they_are(text: str) -> None:
    assert text in {row["team"] for row in table(hostile(text))}


@given(st.text(max_size=60))
def test_json_keeps_every_word_and_holds_to_the_schema(text: str) -> None:
    holds(hostile(text))
    read = json.loads(as_json(hostile(text)))
    assert read["rounds"][0]["comments"][1]["text"] == text.encode("utf-8", "replace").decode()


# Names of files


@pytest.mark.parametrize(
    ("team", "name"),
    [
        ("Northwind ML", "scorecard-northwind-ml-january-2027.csv"),
        ("../../etc/passwd", "scorecard-etc-passwd-january-2027.csv"),
        ("数据团队", "scorecard-january-2027.csv"),
        ("-rf <@U1>", "scorecard-rf-u1-january-2027.csv"),
    ],
)
def test_a_file_is_named_after_the_team_in_harmless_letters(team: str, name: str) -> None:
    assert of(OLD, name=team).filename(Format.CSV) == name


def test_a_file_of_several_rounds_says_how_many() -> None:
    assert of(OLD, LATE).title == "Northwind ML, 2 rounds"
    assert of(OLD, LATE).filename(Format.JSON) == "scorecard-northwind-ml-2-rounds.json"


def test_the_schema_lists_every_word_that_a_field_can_hold() -> None:
    defs = SCHEMA["$defs"]
    for where, field, words in (
        ("dimension", "no_change", NoChange),
        ("change", "verdict", Verdict),
        ("question", "agreement", Agreement),
        ("proposal", "kind", ProposalKind),
        ("proposal", "urgency", Urgency),
        ("role", "role", Role),
        ("round", "scale", Scale),
        ("round", "manner", set(Manner) - {Manner.REHEARSAL}),
    ):
        assert set(defs[where]["properties"][field]["enum"]) - {None} == {*map(str, words)}
