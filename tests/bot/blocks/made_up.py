"""Made-up rounds, people and results, from which every state of every screen is built.

Where there are more dimensions or questions than values, the values start over: whether the
questions are as many as they should be is said by a test in tests/questionnaires/.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from types import MappingProxyType
from typing import Any

from bot.blocks.ids import Errand, Verb
from questionnaires import catalog, conversation
from questionnaires.acts import SHOWN_MOST, Act, Deed, History
from questionnaires.calendar import Cadence
from questionnaires.conversation import Card, Finish, Invitation, OwnAnswer, Reminder, RoleQuestion
from questionnaires.desk import Desk, difference
from questionnaires.desk import Meanwhile as SavedMeanwhile
from questionnaires.facilitating import Facilitating, Meanwhile
from questionnaires.gaps import Gap, Late
from questionnaires.hiding import digest_of
from questionnaires.kept import (
    Held,
    Kept,
    KeptAct,
    KeptAnswer,
    KeptDraft,
    KeptMessage,
    KeptRound,
    TakenOut,
)
from questionnaires.messages import Kind
from questionnaires.model import Questionnaire, Rating, Tier
from questionnaires.past import ROUNDS_MOST, Choices, Coming, Compared, Past, PastRound
from questionnaires.priority import Urgency
from questionnaires.results import (
    Agreement,
    DimensionResult,
    NoChange,
    ProposalKind,
    QuestionResult,
    Result,
    ShownScore,
    Since,
    Verdict,
)
from questionnaires.roles import Role
from questionnaires.rounds import (
    Audience,
    Manner,
    Participant,
    ParticipantState,
    Participation,
    Person,
    Round,
    RoundState,
    Scorecard,
    ScorecardState,
    SetUp,
)
from questionnaires.standings import (
    Draft,
    Edit,
    Exportable,
    OpenRound,
    OwnPart,
    ScorecardStanding,
    TeamResult,
)
from questionnaires.tailoring import NOTHING, Tailoring
from tests.disclosed import (
    a_change,
    a_comment,
    a_dimension,
    a_hideable,
    a_proposal,
    a_question,
    a_range,
    a_result,
    a_role,
    a_score,
    a_since,
    resealed,
)

QUESTIONS: Questionnaire = catalog.load_all()["mlops-scorecard"]
QUICK: Questionnaire = catalog.load_all()["mlops-quick-check"]
ZONE = "Europe/Rome"
OPENED = datetime(2027, 1, 18, 9, 0, tzinfo=UTC)
CLOSES = datetime(2027, 2, 1, 17, 0, tzinfo=UTC)
REMINDS = datetime(2027, 1, 21, 1, 0, tzinfo=UTC)
TODAY = date(2027, 1, 18)
DAYS = (date(2027, 4, 19), date(2027, 7, 19), date(2027, 10, 18))
POSTS = datetime(2027, 2, 3, 9, 0, tzinfo=UTC)
URL = "https://hooks.slack.com/actions/T0NORTHWIND/1234567890123/abcdefghijklmnopqrstuvwx"

INVITED = Invitation(
    round_id=7,
    team_name="Northwind ML",
    questionnaire_title=QUESTIONS.title,
    asked_by="U01AMARA",
    colleagues=7,
    questions=len(QUESTIONS.core),
    closes_at=CLOSES,
    zone=ZONE,
    k=5,
    results_channel="C02RESULTS",
    results_readers=24,
)

REHEARSED = replace(INVITED, team_name="Rehearsal · Northwind ML", by_self=True)

SET_UP = SetUp(
    team_name="Northwind ML",
    questionnaire_id=QUESTIONS.id,
    audience=Audience(channel="C01MLTEAM"),
    results_channel="C02RESULTS",
    cadence=Cadence.QUARTERLY,
    zone=ZONE,
    created_by="U01AMARA",
)

ROUND = Round(
    id=7,
    team_id="T0NORTHWIND",
    scorecard_id=3,
    number=2,
    team_name="Northwind ML",
    title="January 2027",
    state=RoundState.OPEN,
    questionnaire_id=QUESTIONS.id,
    questionnaire_version=QUESTIONS.version,
    k=5,
    zone=ZONE,
    hour=10,
    results_channel="C02RESULTS",
    opened_by="U01AMARA",
    opened_at=OPENED,
    closes_at=CLOSES,
    results_readers=24,
)
SCORECARD = Scorecard(3, "T0NORTHWIND", ScorecardState.ACTIVE, SET_UP, date(2027, 1, 18), DAYS[0])
SKIP = Errand(3, Verb.SKIP, DAYS[0])
REMINDER = Reminder(
    round_id=7,
    team_name="Northwind ML",
    left=len(QUESTIONS.core),
    of=len(QUESTIONS.core),
    closes_at=CLOSES,
    zone=ZONE,
)
LATER = tuple(date(2027, 2, day) for day in (2, 3, 4, 8, 15))
GONE = MappingProxyType({"left_workspace": 2, "messages_tab_disabled": 1})
GAP = Gap(
    1,
    datetime(2027, 1, 19, 2, 0, tzinfo=UTC),
    datetime(2027, 1, 19, 8, 0, tzinfo=UTC),
    Late(invitations=4),
)
LONG_GAP = replace(
    GAP,
    began_at=datetime(2027, 1, 16, 2, 0, tzinfo=UTC),
    late=Late(1, 2, ("Northwind ML",), ("Search",), ("Ads", "Fraud")),
)
TOGETHER = replace(ROUND, manner=Manner.TOGETHER)
ADMINS = Facilitating(first=("U01AMARA",), configured=False, named=(), here=())
CONFIGURED = Facilitating(
    first=("U01AMARA", "U02BEN"),
    configured=True,
    named=("U03CHIARA", "U09GONE"),
    here=("U03CHIARA",),
)
OF_ONE = replace(
    CONFIGURED,
    scorecard_id=3,
    team_name="Northwind ML",
    creator="U01AMARA",
    everywhere=("U04DEEPA",),
)
MEANWHILE = Meanwhile(
    OF_ONE, by=("U02BEN",), added=("U03CHIARA", "U09GONE"), taken_out=("U06FATIMA",)
)
LATE = replace(ROUND, due_at=datetime(2027, 1, 15, 9, 0, tzinfo=UTC))
CLOSED = replace(ROUND, state=RoundState.CLOSED, closed_at=CLOSES, publishes_at=POSTS)
NOT_POSTED = replace(CLOSED, publishes_at=None)
PUBLISHED = replace(CLOSED, state=RoundState.PUBLISHED, published_at=POSTS)
EXPORTABLE = Exportable(
    "Northwind ML",
    (
        replace(PUBLISHED, id=3, title="October 2026"),
        replace(PUBLISHED, id=5, number=2),
        replace(CLOSED, id=9, number=3, title="April 2027"),
    ),
)
ONE_EXPORTABLE = replace(EXPORTABLE, rounds=EXPORTABLE.rounds[2:])


def card(
    question_id: str,
    rating: Rating | None = None,
    comment: str | None = None,
    questions: Questionnaire = QUESTIONS,
    manner: Manner = Manner.APART,
) -> Card:
    return conversation.card(
        questions,
        questions.question(question_id),
        round_id=7,
        ratings={} if rating is None else {question_id: rating},
        comment=comment,
        manner=manner,
    )


def own_scores(*values: int | None) -> tuple[DimensionResult, ...]:
    return tuple(
        a_dimension(
            id=dimension.id,
            title=dimension.title,
            short_title=dimension.short_title,
            raters=0 if value is None else 1,
            score=None if value is None else a_score(float(value), str(value)),
        )
        for dimension, value in zip(QUESTIONS.dimensions, cycle(values), strict=False)
    )


def own_answers(questions: Questionnaire = QUESTIONS) -> tuple[OwnAnswer, ...]:
    """Levels 0 to 4 in turn, and in between both answers that are no level."""
    said = [*map(Rating.of_level, range(5)), Rating.dont_know(), Rating.not_applicable("None yet")]
    return tuple(
        OwnAnswer(
            question.id,
            questions.dimension_of(question.id).short_title,
            conversation.label(questions, question.id),
            question.short_title,
            said[place % len(said)],
        )
        for place, question in enumerate(questions.core)
    )


FINISH = Finish(
    round_id=7,
    team_name="Northwind ML",
    round_title="January 2027",
    closes_at=CLOSES,
    zone=ZONE,
    scores=own_scores(58, 50, 75, 0, 33, None),
    answers=own_answers(),
    fix_first=None,
)
FINISH_TOGETHER = replace(FINISH, manner=Manner.TOGETHER)
# All 48 as if each were asked: too many for buttons of their own.
EVERYTHING = replace(
    QUESTIONS,
    dimensions=tuple(
        replace(one, questions=tuple(replace(each, tier=Tier.CORE) for each in one.questions))
        for one in QUESTIONS.dimensions
    ),
)
FINISH_MANY = replace(FINISH, answers=own_answers(EVERYTHING))
ROLE_QUESTION = RoleQuestion(7, None, QUESTIONS.core[0].id)
FINISH_QUICK = replace(
    FINISH,
    answers=tuple(
        OwnAnswer(
            question.id,
            QUICK.dimension_of(question.id).short_title,
            conversation.label(QUICK, question.id),
            question.short_title,
            Rating.of_level(level),
        )
        for question, level in zip(QUICK.core, cycle((4, 2, 0)), strict=False)
    ),
    scale=QUICK.scale,
)


def draft(
    people: int,
    *,
    left_out: int = 0,
    k: int = 5,
    readers: int | None = 24,
    manner: Manner = Manner.APART,
) -> Draft:
    return Draft(
        scorecard_id=3,
        set_up=replace(SET_UP, manner=manner),
        people=people,
        left_out=left_out,
        questions=len(QUESTIONS.core),
        scale=QUESTIONS.scale,
        closes_at=CLOSES,
        results_readers=readers,
        k=k,
    )


EDITED = replace(
    SCORECARD,
    set_up=replace(
        SET_UP,
        audience=Audience("C01MLTEAM", ("U02BEN", "U03CHIARA"), "S01ML"),
        cadence=Cadence.MONTHLY,
        days_open=4,
        guests=True,
    ),
    next_on=DAYS[1],
)
EDIT = Edit(
    before=SCORECARD,
    draft=replace(
        draft(9, left_out=2, readers=30),
        set_up=replace(EDITED.set_up, first_on=DAYS[1]),
        opens_on=DAYS[1],
        upcoming=DAYS[1:],
    ),
    is_open=False,
)

OFF, WEIGHED, _ = QUESTIONS.dimensions[0].core
DESK = Desk(
    scorecard_id=3,
    team_name="Northwind ML",
    questionnaire=QUESTIONS,
    number=0,
    saved=NOTHING,
    draft=NOTHING,
)
TAILORED = replace(
    DESK,
    number=2,
    saved=Tailoring(importance={OFF.id: 1}, targets={"deployment": 2}),
    draft=Tailoring(
        off={OFF.id: "Our legal department does it for all teams"},
        importance={WEIGHED.id: 3},
        targets={"deployment": 3, QUESTIONS.dimensions[1].id: 0},
        deep_dive="deployment",
    ),
    is_open=True,
)
UNFINISHED = replace(
    DESK, draft=Tailoring(off={one.id: "" for one in QUESTIONS.dimensions[0].core[:2]})
)
OVERTAKEN = replace(
    TAILORED,
    meanwhile=SavedMeanwhile(("U02BEN", None), difference(QUESTIONS, TAILORED.draft, NOTHING)),
)


def open_round(
    round_: Round = ROUND,
    *,
    finished: int = 3,
    skipped: int = 1,
    left: Mapping[str, int] = MappingProxyType({}),
) -> OpenRound:
    seen = Participation(8, started=2, finished=finished, skipped=skipped, unreachable=left)
    return OpenRound(round_, seen)


def standing(
    latest: Round | None,
    *,
    next_on: date | None = DAYS[0],
    overdue: bool = False,
    reminds_at: datetime | None = None,
    left: Mapping[str, int] = MappingProxyType({}),
    finished: int = 3,
    **changed: Any,
) -> ScorecardStanding:
    """`changed`: columns of the scorecard."""
    return ScorecardStanding(
        replace(SCORECARD, next_on=next_on, **changed),
        open_round(latest, left=left, finished=finished) if latest else None,
        overdue,
        reminds_at,
    )


# One person is asked: not yet begun, begun, finished, skipped.
BEING_FILLED_IN = tuple(
    replace(standing(None), latest=OpenRound(TOGETHER, Participation(1, *how_far)))
    for how_far in ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1))
)


def part(answered: int, round_: Round = ROUND) -> OwnPart:
    state = ParticipantState.STARTED if answered else ParticipantState.INVITED
    of = len(QUESTIONS.core)
    return OwnPart(
        round=round_,
        state=ParticipantState.FINISHED if answered == of else state,
        zone=ZONE,
        answered=answered,
        of=of,
        scale=QUESTIONS.scale,
        scores=own_scores(58, 50, 75, 0, 33, None),
    )


SKIPPED = replace(part(0), state=ParticipantState.SKIPPED)

RESULTS = (
    TeamResult(PUBLISHED, 6, a_score(53, "53"), ("October 2026", a_score(49, "49")), DAYS[0]),
    TeamResult(replace(PUBLISHED, team_name="Search"), 5, a_score(2.5, "under 5"), None, None),
    TeamResult(replace(PUBLISHED, team_name="Fraud"), 2, None, None, DAYS[0]),
)

RESULTS_TOGETHER = tuple(
    replace(one, round=replace(one.round, manner=Manner.TOGETHER), before=None)
    for one in (RESULTS[0], RESULTS[2])
)


def _score(value: float | None) -> ShownScore | None:
    if value is None:
        return None
    return a_score(2.5, "under 5") if value < 5 else a_score(value, f"{value:g}")


def _dimensions(*values: float | None) -> tuple[DimensionResult, ...]:
    return tuple(
        a_dimension(
            id=dimension.id,
            title=dimension.title,
            short_title=dimension.short_title,
            raters=6,
            score=_score(value),
        )
        for dimension, value in zip(QUESTIONS.dimensions, cycle(values), strict=False)
    )


def _questions(levels: str) -> tuple[QuestionResult, ...]:
    """A word for each core question: a level, or "-" for below the floor."""
    return tuple(
        a_question(
            id=question.id,
            dimension_id=QUESTIONS.dimension_of(question.id).id,
            short_title=question.short_title,
            answered=4 if word == "-" else 6,
            applicable=True,
            level=None if word == "-" else {"0": "about 0", "4": "about 4"}.get(word, word),
            agreement=None if word in "-04" else Agreement.MEDIUM,
            find_out_first=False,
        )
        for question, word in zip(QUESTIONS.core, cycle(levels.split()), strict=False)
    )


FEW = a_result(
    method_version=1,
    team_name="Northwind ML",
    round_title="January 2027",
    closed_on=date(2027, 2, 1),
    questionnaire=QUESTIONS.title,
    questionnaire_version=1,
    scale=QUESTIONS.scale,
    k=5,
    invited=8,
    respondents=4,
    overall=a_score(55, "55"),
    overall_level=2,
    overall_range=None,
    weakest="monitoring-and-evaluation",
    dimensions=_dimensions(60, 50, 70, 60, 35, 45),
    questions=_questions("- - - - - - - - - - - - - - - - - -"),
    proposals=tuple(
        a_proposal(
            kind=ProposalKind.DO_NEXT,
            question_id=question.id,
            dimension_id="monitoring-and-evaluation",
            short_title=question.short_title,
            step=question.next_steps[1],
            urgency=None,
        )
        for question in QUESTIONS.dimensions[4].core
    ),
    comments=(),
)

_full = _dimensions(58, 50, 71, 62, 3, None)
FULL = resealed(
    FEW,
    respondents=6,
    overall=a_score(49, "49"),
    weakest="monitoring-and-evaluation",
    dimensions=(
        resealed(_full[0], range=a_range(44, 72)),
        resealed(_full[1], range=a_range(33, 67), views_differ=True),
        resealed(_full[2], floor_score=a_score(48, "48")),
        *_full[3:],
    ),
    questions=_questions("2.5 2 2.5 3 1 2 4 3 1.5 3 2.5 - 0 0 0 - - 1"),
)
DETAILED = resealed(
    FULL,
    questions=tuple(
        resealed(
            one,
            agreement=Agreement.LOW if one.id == "DAT-2" else one.agreement,
            find_out_first=one.id == "MON-3",
            applicable=one.id != "DEP-3",
        )
        for one in FULL.questions
    ),
    comments=(
        a_comment("Undoing a bad update", "Last time it took us *two days*.\nNobody was told."),
        a_comment("Feedback from users", "R&D gets it, we don't: <https://wiki/feedback>"),
        a_comment(None, "An alert that somebody reads."),
    ),
)
MADE_OWN = resealed(
    DETAILED,
    tailored=True,
    dimensions=(
        resealed(DETAILED.dimensions[0], target=3, not_asked=((OFF.short_title, "Legal does it"),)),
        *DETAILED.dimensions[1:],
    ),
    questions=(
        resealed(DETAILED.questions[1], importance=3),
        *DETAILED.questions[2:],
        resealed(
            DETAILED.questions[0],
            id=QUESTIONS.dimensions[0].further[0].id,
            short_title=QUESTIONS.dimensions[0].further[0].short_title,
            deep_dive=True,
        ),
    ),
)


def _since(**other: Any) -> Since:
    known = {
        "round_title": "October 2026",
        "closed_on": date(2026, 11, 2),
        "respondents": 6,
        "overall": a_score(45, "45"),
        "people": 6,
        "same_people": True,
        "can_tell": True,
    }
    return a_since(**{**known, **other})


def _moved(found: Result, *points: int | NoChange | None) -> tuple[DimensionResult, ...]:
    """Ten points or more are more than noise here."""
    return tuple(
        resealed(one, no_change=by)
        if isinstance(by, NoChange)
        else resealed(
            one,
            change=a_change(
                points=by,
                verdict=Verdict.CHANGED if abs(by) >= 10 else Verdict.NO_CLEAR_CHANGE,
                before=a_score(one.score.value - by, f"{one.score.value - by:g}"),
                composition=6 if by == 12 else 0,
            ),
        )
        if by is not None and one.score
        else one
        for one, by in zip(found.dimensions, points, strict=True)
    )


PROPOSED = tuple(
    a_proposal(
        kind=kind,
        question_id=question.id,
        dimension_id=QUESTIONS.dimension_of(question.id).id,
        short_title=question.short_title,
        step=None if kind is ProposalKind.FIND_OUT_FIRST else question.next_steps[1],
        urgency=urgency,
    )
    for question, kind, urgency in zip(
        [QUESTIONS.question(name) for name in ("MON-3", "MON-1", "DEP-1", "GOV-2", "DAT-3")],
        [ProposalKind.FIND_OUT_FIRST, ProposalKind.AGREE_FIRST, *[ProposalKind.DO_NEXT] * 3],
        [None, Urgency.HIGH, Urgency.HIGH, Urgency.MEDIUM, Urgency.LOW],
        strict=True,
    )
)
CHANGED = resealed(
    DETAILED,
    since=_since(),
    proposals=PROPOSED,
    dimensions=_moved(DETAILED, 3, -2, NoChange.OTHER_QUESTIONS, 12, NoChange.NEAR_AN_END, None),
)
NOTHING_CLEAR = resealed(
    CHANGED, since=_since(same_people=False), dimensions=_moved(FULL, 3, -2, 0, 4, None, None)
)
TOO_FEW_TO_TELL = resealed(NOTHING_CLEAR, respondents=5, since=_since(people=5, can_tell=False))
TOO_FEW_TO_TEST = resealed(
    NOTHING_CLEAR, k=10, since=_since(people=6, same_people=False, can_tell=False)
)
ANSWERS_ERASED = resealed(NOTHING_CLEAR, since=_since(answers_erased=True, can_tell=False))
NOTHING_COMMON = resealed(
    FULL, since=_since(), dimensions=_moved(FULL, *[NoChange.OTHER_QUESTIONS] * 5, None)
)
BY_ROLE = resealed(
    FULL,
    invited=14,
    respondents=12,
    by_role=True,
    roles=(
        a_role(Role.DATA_SCIENCE, 6, a_score(60, "60")),
        a_role(Role.PLATFORM, 5, a_score(40, "40")),
    ),
)
REHEARSAL = resealed(DETAILED, team_name=REHEARSED.team_name)
TOO_FEW = resealed(
    FEW,
    respondents=2,
    overall=None,
    overall_level=None,
    weakest=None,
    dimensions=tuple(resealed(one, raters=0, score=None) for one in FEW.dimensions),
    questions=(),
    proposals=(),
)
NOT_SCORED = resealed(TOO_FEW, respondents=5, questions=FEW.questions)

SAID = "2 2 3 1 dk 3 4 4 4 2 na 1 0 0 0 - dk 1"
# The second is hidden; they stand in the order of the thread.
HIDEABLE = tuple(
    a_hideable(one, digest_of(one.about, one.text), place == 1)
    for place, one in enumerate(DETAILED.comments)
)
MANY_HIDEABLE = tuple(
    a_hideable(
        a_comment(None, f"Comment {place}."), digest_of(None, f"Comment {place}."), place < 3
    )
    for place in range(47)
)
AGREED = resealed(
    FULL,
    invited=1,
    respondents=1,
    overall=a_score(52, "52"),
    weakest="monitoring-and-evaluation",
    dimensions=tuple(
        resealed(one, raters=1, score=None if value is None else a_score(value, str(value)))
        for one, value in zip(FEW.dimensions, cycle((58, 50, 100, 42, 0, None)), strict=False)
    ),
    questions=tuple(
        resealed(
            one,
            answered=int(word.isdigit()),
            level=word if word.isdigit() else None,
            agreement=None,
            applicable=word != "na",
            find_out_first=word == "dk",
        )
        for one, word in zip(FULL.questions, cycle(SAID.split()), strict=False)
    ),
    comments=(
        a_comment("Undoing a bad update", "Last time it took us *two days*.\nNobody was told."),
        a_comment(None, "An alert that somebody reads."),
    ),
    manner=Manner.TOGETHER,
)
NOT_AGREED = resealed(
    TOO_FEW, invited=1, respondents=0, questions=AGREED.questions, manner=Manner.TOGETHER
)


def past_round(number: int, title: str, overall: ShownScore | None, **changed: Any) -> PastRound:
    """`changed`: columns of the round."""
    round_ = replace(PUBLISHED, **{"id": 5 + number, "number": number, "title": title, **changed})
    return PastRound(round_, invited=8, respondents=6 if overall else 2, overall=overall)


PAST = Past(
    3,
    "Northwind ML",
    (
        past_round(3, "April 2027", None, state=RoundState.CLOSED, published_at=None),
        past_round(2, "January 2027", a_score(49, "49")),
        past_round(1, "October 2026", a_score(2.5, "under 5")),
    ),
    may_act=True,
    may_compare=True,
)
PAST_OF_YEARS = replace(
    PAST,
    rounds=tuple(
        past_round(4 + n, f"{('January', 'April', 'July', 'October')[n % 4]} {2027 + n // 4}",
                   a_score(40 + n, str(40 + n)))
        for n in range(ROUNDS_MOST - 1, -1, -1)
    ),
    older=3,
    may_act=False,
)  # fmt: skip
PAST_TOGETHER = replace(
    PAST,
    rounds=(
        past_round(2, "January 2027", a_score(52, "52"), manner=Manner.TOGETHER),
        past_round(1, "October 2026", None, manner=Manner.TOGETHER),
    ),
)
PAST_OPEN = Past(4, "Search", (), Coming(closes_at=CLOSES, zone=ZONE))
PAST_TO_COME = Past(5, "Fraud", (), Coming(opens_on=DAYS[0]))
TEAMS_PAST = (replace(PAST, rounds=PAST.rounds[1:2]), PAST_OPEN, PAST_TO_COME)

TO_COMPARE = Choices(3, "Northwind ML", tuple(one.round for one in PAST.rounds))
OCTOBER = resealed(FULL, round_title="October 2026", respondents=5, overall=a_score(45, "45"))
COMPARED = Compared(OCTOBER, CHANGED, chosen=False)
COMPARED_CHOSEN = Compared(
    resealed(OCTOBER, dimensions=(*FULL.dimensions[:5], resealed(FULL.dimensions[5], id="gone"))),
    NOTHING_CLEAR,
    chosen=True,
)
COMPARED_OTHERWISE = Compared(
    OCTOBER,
    resealed(
        FULL,
        since=_since(),
        dimensions=_moved(FULL, *[NoChange.GIVES_ANSWERS_AWAY] * 5, None),
    ),
    chosen=True,
)
COMPARED_TOGETHER = Compared(
    resealed(AGREED, round_title="October 2026"),
    resealed(AGREED, since=_since(), dimensions=_moved(AGREED, 3, 0, 12, -2, 4, None)),
    chosen=True,
)

AMARA, BEN, JANUARY = "U01AMARA", "U02BEN", "January 2027"


def deed(what: Act, at: datetime, by: str = AMARA, **more: Any) -> Deed:
    return Deed(what, by, at, 3, "Northwind ML", **more)


DEEDS = (
    deed(Act.SET_UP, OPENED, round_title=JANUARY),
    deed(Act.NAMED, OPENED.replace(minute=4), whom=BEN),
    deed(Act.TAILORED, OPENED.replace(day=19), BEN, version=2),
    Deed(Act.NAMED, "U09GONE", OPENED.replace(day=20), whom=AMARA),
    deed(Act.REMINDED, OPENED.replace(day=21), round_title=JANUARY),
    deed(Act.EXTENDED, CLOSES.replace(hour=9), BEN, round_title=JANUARY, day=LATER[-1]),
    deed(Act.CLOSED, CLOSES.replace(hour=14), round_title=JANUARY),
    deed(Act.HID_COMMENT, CLOSES.replace(hour=14, minute=10), BEN, round_title=JANUARY),
    deed(Act.SHOWED_COMMENT, CLOSES.replace(hour=14, minute=11), round_title=JANUARY),
    deed(Act.POSTED, CLOSES.replace(hour=14, minute=30), BEN, round_title=JANUARY),
    deed(Act.EXPORTED, CLOSES.replace(hour=14, minute=40), round_title=JANUARY),
    deed(Act.EXPORTED, CLOSES.replace(hour=14, minute=41), BEN),
    deed(Act.SKIPPED, CLOSES.replace(hour=15), day=DAYS[0]),
    deed(Act.PAUSED, CLOSES.replace(hour=16)),
    deed(Act.RESUMED, POSTS),
    deed(Act.EDITED, POSTS),
    deed(Act.OPENED, POSTS, round_title="3 February 2027"),
    Deed(Act.TAKEN_OUT, AMARA, POSTS, whom="U09GONE"),
)
HISTORY = History("Northwind ML", ZONE, DEEDS[::-1])
# As many as are shown: first each on a day of its own, then many on one.
LONG_HISTORY = replace(
    HISTORY,
    deeds=tuple(
        replace(one, at=CLOSES - timedelta(days=min(place, 20), minutes=place))
        for place, one in zip(range(SHOWN_MOST), cycle(DEEDS[::-1]), strict=False)
    ),
    earlier=212,
)
HELD = Held(54, 2, 1, role=True, rounds=3, open_teams=("Northwind ML", "R&D"), together=True)
TAKEN_OUT = TakenOut(7, "Northwind ML", CLOSES, ZONE)


def kept_answer(number: int, rating: Rating | None, comment: str | None = None) -> KeptAnswer:
    question = QUESTIONS.core[number]
    at = None if rating is None else CLOSES
    return KeptAnswer(question, QUESTIONS.dimension_of(question.id), rating, at, comment)


def kept(wish: str | None = None) -> Kept:
    """Of somebody who is a facilitator as well, and has said everything that one can say."""
    part = Participant(
        id=1,
        round_id=7,
        user_id="U01AMARA",
        zone=ZONE,
        state=ParticipantState.FINISHED,
        ask_at=CLOSES,
        left_alone="wished_so",
        role=Role.PLATFORM,
        revision=3,
        card=("D01AMARA", "1.2"),
        fix_first=wish,
    )
    said = (
        kept_answer(0, Rating.of_level(2), "We need a rota."),
        kept_answer(1, Rating.not_applicable("Another team does")),
        kept_answer(2, Rating.dont_know()),
        kept_answer(3, None, "A comment only"),
    )
    closed = replace(CLOSED, erased_at=CLOSES)
    return Kept(
        workspace="Northwind",
        at=CLOSES,
        user_id="U01AMARA",
        person=Person("U01AMARA", "Amara Okafor", "Africa/Lagos", admin=True),
        role=Role.PLATFORM,
        rounds=(KeptRound(closed, part, CLOSES, QUESTIONS.title, QUESTIONS.scale, said),),
        messages=(
            KeptMessage(
                Kind.INVITATION,
                "Northwind ML, January 2027",
                "sent",
                CLOSES,
                CLOSES,
                place=("D01AMARA", "1.1"),
            ),
            KeptMessage(Kind.AWAY, None, "failed", CLOSES, None, problem="user_disabled"),
        ),
        deeds=tuple(one for one in DEEDS if AMARA in (one.by, one.whom)),
        acts=(KeptAct("you are chosen by name to be asked", "Northwind ML"),),
        drafts=(KeptDraft("Northwind ML", TAILORED.draft),),
    )


KEPT = kept("Alerts that reach a person.")
