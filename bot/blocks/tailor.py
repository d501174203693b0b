"""Tailoring a scorecard's questions: each dimension, its questions, and what changes in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.blocks import ids, tailoring_words, wording
from bot.blocks.carried import packed, row_id, unpacked
from bot.blocks.message import Content
from bot.blocks.tailoring_words import SECTION_MOST
from questionnaires import conversation
from questionnaires.desk import Desk, Tailored
from questionnaires.model import LEVEL_WORDS, LEVELS, Dimension, Question
from questionnaires.tailoring import (
    CORE_LEAST,
    IMPORTANCE,
    REASON_MOST,
    TooFewAsked,
    left,
    lost,
)

TITLE_MOST = 24
OPTION_MOST = 75
QUESTIONS_MOST = 30  # each takes two of a modal's 100 blocks, and 7 of its 250 kilobytes
YOURS = "*What yours would change now:*"
NONE = packed("", None)  # no dimension


@dataclass(frozen=True, slots=True)
class Tailoring:
    """What these modals carry: the scorecard, where to answer, and which dimension is seen."""

    scorecard_id: int
    response_url: str
    dimension_id: str | None = None

    @property
    def metadata(self) -> str:
        return packed(self.scorecard_id, self.response_url, self.dimension_id)

    @classmethod
    def parse(cls, metadata: str) -> "Tailoring":
        """Raises StalePress."""
        scorecard_id, response_url, dimension_id = unpacked(metadata, int, str, str | None)
        return cls(row_id(scorecard_id), response_url, dimension_id)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a choice carries: the question or dimension, and the importance or target, if any."""

    about: str
    number: int | None = None

    @property
    def value(self) -> str:
        return packed(self.about, self.number)

    @classmethod
    def parse(cls, value: str) -> "Chosen":
        """Raises StalePress."""
        return cls(*unpacked(value, str, int | None))


# All dimensions


def overview(desk: Desk, opened: Tailoring) -> View:
    """What is chosen for each dimension, and the way to its questions."""
    blocks: list[Block] = [SectionBlock(text=text) for text in _head(desk)]
    dives = [dimension for dimension in desk.questionnaire.dimensions if dimension.further]
    if dives:
        blocks.append(_deep_dive(desk, dives))
    for place, dimension in enumerate(desk.questionnaire.dimensions):
        blocks += [SectionBlock(text=_summary(desk, dimension)), _ways(desk, dimension, place)]
    if desk.changes:
        again = ButtonElement(text="Start over", action_id=ids.TAILOR_START_OVER, value="over")
        blocks.append(ActionsBlock(elements=[again]))
    return _view(ids.TAILOR_MODAL, "Questions", "Review", "Close", opened, blocks)


def _head(desk: Desk) -> list[str]:
    stays = " The open round keeps what it asks." if desk.is_open else ""
    told = [
        *([tailoring_words.meanwhile(desk.meanwhile)] if desk.meanwhile else []),
        f"*{wording.plain(desk.team_name)}*: what it asks from the next round on.{stays} What you "
        "choose is kept for you, and changes nothing before you save it.",
    ]
    gone = lost(desk.questionnaire, desk.draft)
    if gone:
        choices = wording.count(gone, "earlier choice is", "earlier choices are")
        told.append(f"⚠️ {choices} left out: these questions are no longer there.")
    if desk.problems:
        wanted = "\n".join(f"• {tailoring_words.problem(one)}" for one in desk.problems)
        told.append(wording.within(f"⚠️ *Before it can be saved:*\n{wanted}", SECTION_MOST))
    return told


def _deep_dive(desk: Desk, dives: Sequence[Dimension]) -> SectionBlock:
    options = [
        _option("No deep dive", NONE),
        *(_option(_dive_text(one), Chosen(one.id).value) for one in dives),
    ]
    chosen = NONE if desk.draft.deep_dive is None else Chosen(desk.draft.deep_dive).value
    return SectionBlock(
        block_id=f"deep_dive.{desk.draft.deep_dive}",
        text="*Deep dive:* further questions about one dimension, in the next round only. They "
        "count in no score.",
        accessory=_select(ids.TAILOR_DEEP_DIVE, "Deep dive", options, chosen),
    )


def _dive_text(dimension: Dimension) -> str:
    further = wording.count(len(dimension.further), "question more", "questions more")
    return f"{_one_line(dimension.short_title)}: {further}"


def _summary(desk: Desk, dimension: Dimension) -> str:
    """*Deployment*: 2 of 3 questions asked · importance of 1 changed"""
    asked, core = left(dimension, desk.draft), len(dimension.core)
    of = str(core) if asked == core else f"{asked} of {core}"
    parts = [f"*{wording.plain(dimension.title)}*: {of} questions asked"]
    weighed = sum(question.id in desk.draft.importance for question in dimension.core)
    if weighed:
        parts.append(f"importance of {weighed} changed")
    if any(changed is dimension for changed, _ in desk.changes):
        parts.append("_not saved yet_")
    return " · ".join(parts)


def _ways(desk: Desk, dimension: Dimension, place: int) -> ActionsBlock:
    """Its target, and its questions."""
    options = [
        _option("No target", Chosen(dimension.id).value),
        *(
            _option(f"Target: {LEVEL_WORDS[level]} ({level})", Chosen(dimension.id, level).value)
            for level in LEVELS
        ),
    ]
    chosen = Chosen(dimension.id, desk.draft.targets.get(dimension.id)).value
    name = _one_line(dimension.short_title)
    button = ButtonElement(
        text=f"Questions of {name}"[:OPTION_MOST],
        action_id=ids.TAILOR_SHOW,
        value=Chosen(dimension.id).value,
    )
    target = _select(ids.TAILOR_TARGET, f"Target of {name}", options, chosen)
    aimed = desk.draft.targets.get(dimension.id)
    return ActionsBlock(block_id=f"dimension.{place}.{aimed}", elements=[target, button])


# One dimension


def questions(desk: Desk, opened: Tailoring) -> View:
    """The core questions of one dimension. Raises StalePress."""
    dimension = desk.dimension(opened.dimension_id or "")
    intro = (
        "Choose how much each question counts, or don't ask it. With importance 3 it counts one "
        "and a half times as much as it would with 2, with 1 half as much. At least two are asked."
    )
    blocks: list[Block] = [SectionBlock(text=intro)]
    if left(dimension, desk.draft) < CORE_LEAST:
        blocks.append(SectionBlock(text=f"⚠️ {tailoring_words.problem(TooFewAsked(dimension))}"))
    shown = dimension.core[:QUESTIONS_MOST]
    blocks += [block for question in shown for block in _question(desk, question)]
    more = len(dimension.core) - len(shown)
    if more:
        blocks.append(SectionBlock(text=f"_and {more} more, which stay as they are_"))
    title = wording.cut(_one_line(dimension.short_title), TITLE_MOST)
    return _view(ids.TAILOR_QUESTIONS_MODAL, title, "Done", "Back", opened, blocks)


def _question(desk: Desk, question: Question) -> list[Block]:
    options = [
        *(
            _option(
                f"Importance {one}{', as usual' if one == question.importance else ''}",
                Chosen(question.id, one).value,
            )
            for one in reversed(IMPORTANCE)
        ),
        _option("Not asked", Chosen(question.id).value),
    ]
    choice = desk.draft.choices.get(question.id, question.importance)
    off = isinstance(choice, str)
    chosen = Chosen(question.id, None if isinstance(choice, str) else choice).value
    text = f"*{wording.plain(question.short_title)}*\n{wording.plain(question.statement)}"
    section = SectionBlock(
        block_id=f"question.{question.id}.{'off' if off else choice}",
        text=wording.within(text, SECTION_MOST),
        accessory=_select(ids.TAILOR_CHOOSE, _one_line(question.short_title), options, chosen),
    )
    return [section, _reason(question, str(choice))] if off else [section]


def _reason(question: Question, reason: str) -> InputBlock:
    return InputBlock(
        block_id=reason_field(question.id),
        label=f"Why is this not asked? ({wording.cut(_one_line(question.short_title), 40)})",
        hint="Facilitators read it here, and everybody in the details of the result.",
        element=PlainTextInputElement(
            action_id=ids.INPUT, max_length=REASON_MOST, initial_value=reason or None
        ),
    )


def reason_field(question_id: str) -> str:
    """The block_id of a reason."""
    return f"{ids.OFF_REASON}.{question_id}"


def complaints(desk: Desk, dimension_id: str, fields: Sequence[str]) -> dict[str, str]:
    """What is wrong with one dimension's questions, under those of these fields it belongs to."""
    found: dict[str, str] = {}
    for one in desk.problems:
        if one.dimension.id != dimension_id:
            continue
        if isinstance(one, TooFewAsked):
            offs = [reason_field(question.id) for question in one.dimension.core]
            field = next((name for name in reversed(offs) if name in fields), None)
            said = f"Leave at least {CORE_LEAST} questions asked."
        else:
            field, said = reason_field(one.question.id), "Say in a few words why."
        if field in fields:
            found[str(field)] = said
    return found


# What changes


def review(desk: Desk, opened: Tailoring) -> View:
    """The difference in words, and what the next round asks then."""
    becomes = desk.becomes
    told = [
        *([tailoring_words.meanwhile(desk.meanwhile), YOURS] if desk.meanwhile else []),
        *(tailoring_words.differences(desk.changes) or ["*Nothing is changed.*"]),
        f"*The next round asks {_how_many(len(becomes.asked), desk)}.* Scores of rounds that asked "
        "or weighed differently are not set side by side.",
    ]
    if desk.is_open:
        told.append("The open round keeps what it asks.")
    blocks = [SectionBlock(text=text) for text in told]
    submit = "Save" if desk.changes else None
    return _view(ids.TAILOR_REVIEW_MODAL, "Save these changes?", submit, "Back", opened, blocks)


def saved(done: Tailored) -> Content:
    minutes = conversation.minutes(done.questions, done.scale)
    many = wording.count(done.questions, "question", "questions")
    text = (
        f"Saved. The next round of *{wording.plain(done.team_name)}* asks {many} (about {minutes} "
        "min). What was asked before stays as it was."
    )
    return Content.of(text, SectionBlock(text=text))


def _how_many(number: int, desk: Desk) -> str:
    minutes = conversation.minutes(number, desk.questionnaire.scale)
    return f"{wording.count(number, 'question', 'questions')} (about {minutes} min)"


# How it is made


def _select(
    action_id: str, placeholder: str, options: Sequence[Option], chosen: str
) -> StaticSelectElement:
    """Its block's id names what is chosen: under the same id Slack would go on showing what
    somebody chose before, also after it was taken back.
    """
    return StaticSelectElement(
        action_id=action_id,
        placeholder=wording.cut(placeholder, 150),
        options=options,
        initial_option=next((one for one in options if one.value == chosen), None),
    )


def _option(text: str, value: str) -> Option:
    return Option(text=wording.cut(text, OPTION_MOST), value=value)


def _one_line(text: str) -> str:
    """As plain text, of which Slack wants a word at least."""
    return " ".join(text.split()) or "-"


def _view(
    callback_id: str,
    title: str,
    submit: str | None,
    close: str,
    opened: Tailoring,
    blocks: Iterable[Block],
) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=title,
        submit=submit,
        close=close,
        private_metadata=opened.metadata,
        blocks=Content.of("", *blocks).blocks,
    )
