"""The questions that come with the bot: short, plain, one line of thought each, ids for ever."""

import re
from collections import Counter
from dataclasses import replace
from itertools import chain

import pytest

from bot.blocks import card
from questionnaires import catalog
from questionnaires.conversation import Card, Saved
from questionnaires.model import Dimension, Question, Questionnaire, Rating, Tier
from tests.bot.blocks.reading import words
from tests.questionnaires.readability import reading_ease

SCORECARD = catalog.load_all()["mlops-scorecard"]
QUESTIONS = [question for dimension in SCORECARD.dimensions for question in dimension.questions]
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)

# An id stands for a meaning and is never given to another one, nor taken away.
FROZEN = {
    "governance": "GOV",
    "data-management": "DAT",
    "model-development": "DEV",
    "deployment": "DEP",
    "monitoring-and-evaluation": "MON",
    "continuous-improvement": "IMP",
}
CORE, DEEP_DIVE = 3, 5
CARD_WORDS_MOST = 75
STEP_WORDS_MOST = 20
PLAIN_ENGLISH = 60

TOOLS = frozenset(
    re.findall(
        r"\S+",
        """
    airflow anthropic argo aws azure bedrock bentoml bigquery bitbucket chatgpt claude clearml
    comet confluence copilot dagster databricks datadog dbt docker dvc elasticsearch evidently
    excel feast gcp gemini git github gitlab google grafana helm hugging huggingface jenkins jira
    jupyter kafka keras kibana kserve kubeflow kubernetes langchain langfuse langsmith llama
    looker metaflow microsoft mistral mlflow mongodb neptune notion nvidia openai opsgenie optuna
    pagerduty pandas pinecone postgres power-bi prefect prometheus python pytorch ray redis
    redshift sagemaker seldon sentry servicenow sharepoint sklearn slack snowflake spark splunk
    sqlite streamlit tableau teams-channel tecton tensorflow terraform tfx triton trello vertex
    vllm wandb weaviate weights-and-biases whylabs xgboost zenml
        """,
    )
)

VERBS = frozenset(
    re.findall(
        r"\S+",
        """
    add agree answer ask book bring choose collect compare copy count decide end fix give go keep
    label let list look mark measure meet move name note plan pretend put read record remove
    reserve save send set show sort split start store take tell test try turn use wait write
        """,
    )
)


def read(question: Question) -> list[str]:
    """What somebody reads before they press."""
    return [question.statement, *question.levels]


def everything(question: Question) -> list[str]:
    return [*read(question), question.short_title, *question.next_steps, *question.not_applicable]


def built(question: Question, questionnaire: Questionnaire) -> Card:
    """The card as it turns up in a round that asks this question too."""
    dimension = questionnaire.dimension_of(question.id)
    return Card(
        round_id=1,
        question=question,
        dimension=replace(
            dimension,
            questions=tuple(replace(one, tier=Tier.CORE) for one in dimension.questions),
        ),
        place=1 + dimension.questions.index(question),
        number=48,
        of=48,
        period=questionnaire.period,
        rating=None,
        comment=None,
    )


def test_the_ids_are_those_that_were_given_once() -> None:
    assert [
        (dimension.id, [question.id for question in dimension.questions])
        for dimension in SCORECARD.dimensions
    ] == [
        (name, [f"{prefix}-{place}" for place in range(1, CORE + DEEP_DIVE + 1)])
        for name, prefix in FROZEN.items()
    ], (
        "The questions that come with the bot are fixed: words may change, ids may not. Ask your "
        "own in a file of your own beside this one (README, 'Add a question, or a questionnaire'). "
        "Where the shipped ones are really to change, FROZEN, CORE and DEEP_DIVE say so here."
    )


@pytest.mark.parametrize("dimension", SCORECARD.dimensions, ids=lambda dimension: dimension.id)
def test_three_questions_are_core_and_five_go_deeper(dimension: Dimension) -> None:
    assert [question.tier for question in dimension.questions] == [
        *[Tier.CORE] * CORE,
        *[Tier.DEEP_DIVE] * DEEP_DIVE,
    ]
    assert [question.source for question in dimension.questions] == [
        *(f"{dimension.title}, core {place}" for place in range(1, CORE + 1)),
        *(f"{dimension.title}, idea {place}" for place in range(1, DEEP_DIVE + 1)),
    ]


@EACH
def test_a_card_has_at_most_75_words(question: Question) -> None:
    saved = Saved("Deployment 1", Rating.of_level(2))
    assert words(card.card(built(question, SCORECARD), saved).blocks) <= CARD_WORDS_MOST


@EACH
def test_every_text_is_one_line(question: Question) -> None:
    for text in everything(question):
        assert text == " ".join(text.split())


@EACH
def test_a_statement_is_one_sentence_about_us_or_our_work(question: Question) -> None:
    assert re.fullmatch(r"[A-Z][^.?!;]*\.", question.statement)


@EACH
def test_a_level_is_one_sentence(question: Question) -> None:
    for line in question.levels:
        assert re.fullmatch(r"[A-Z][^.?!]*\.", line), line


@EACH
def test_the_top_level_adds_one_thing_to_level_3(question: Question) -> None:
    assert question.levels[4].startswith("As 3, and ")
    assert sum(line.startswith("As ") for line in question.levels[:3]) == 0


def test_no_level_line_stands_twice() -> None:
    lines = Counter(line.casefold() for question in QUESTIONS for line in question.levels)
    assert [line for line, times in lines.items() if times > 1] == []


def test_no_two_questions_have_one_name_or_one_statement() -> None:
    assert len({question.short_title for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.statement for question in QUESTIONS}) == len(QUESTIONS)


@EACH
def test_no_tool_and_no_vendor_is_named(question: Question) -> None:
    said = set(re.findall(r"[a-z]+(?:-[a-z]+)*", " ".join(everything(question)).lower()))
    assert said.isdisjoint(TOOLS)


@EACH
def test_a_question_is_plain_english(question: Question) -> None:
    assert reading_ease(read(question)) >= PLAIN_ENGLISH
    assert reading_ease(question.next_steps) >= PLAIN_ENGLISH


@EACH
def test_a_next_step_begins_with_what_to_do(question: Question) -> None:
    for step in question.next_steps:
        assert step.split()[0].lower() in VERBS, step
        assert step.endswith((".", "?"))
        assert len(step.split()) <= STEP_WORDS_MOST, step


def test_no_next_step_is_said_twice() -> None:
    steps = Counter(chain.from_iterable(question.next_steps for question in QUESTIONS))
    assert [step for step, times in steps.items() if times > 1] == []


@EACH
def test_a_core_question_needs_nothing_that_is_asked_in_a_deep_dive_only(
    question: Question,
) -> None:
    if question.tier is Tier.CORE:
        needed = [SCORECARD.question(name) for name in question.depends_on]
        assert all(one.tier is Tier.CORE for one in needed)


@EACH
def test_a_ready_reason_is_a_short_sentence_without_its_stop(question: Question) -> None:
    assert len(set(question.not_applicable)) == len(question.not_applicable)
    for reason in question.not_applicable:
        assert re.fullmatch(r"[A-Z][^.?!]*", reason), reason
