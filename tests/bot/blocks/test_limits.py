"""The longest and the nastiest texts people can enter: nothing pings, nothing breaks."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.blocks import (
    card,
    compare,
    details,
    edit,
    ending,
    export,
    facilitators,
    hide,
    history,
    home,
    invitation,
    manage,
    own_data,
    past,
    post_again,
    rehearsal,
    remarks,
    reminder,
    result,
    set_up,
    standing,
    tailor,
    trouble,
    trust,
    wording,
)
from bot.blocks.ids import Spot
from bot.blocks.manage import Asked
from bot.blocks.message import TEXT_MOST, Content
from bot.blocks.notice import notice
from bot.blocks.post_again import Posting
from bot.blocks.remarks import REASON_MOST, Origin
from bot.blocks.set_up import Return
from questionnaires.acts import SHOWN_MOST, Act, History
from questionnaires.conversation import Saved, SavedRole
from questionnaires.desk import Desk, difference
from questionnaires.desk import Meanwhile as SavedMeanwhile
from questionnaires.exports import Format
from questionnaires.facilitating import NAMED_MOST, Meanwhile, News
from questionnaires.gaps import Late
from questionnaires.kept import Held
from questionnaires.model import COMMENT_MOST, Dimension, Questionnaire, Rating, Tier
from questionnaires.past import ROUNDS_MOST, Choices, Compared
from questionnaires.priority import Urgency
from questionnaires.rehearsal import called
from questionnaires.results import (
    ProposalKind,
    Result,
)
from questionnaires.roles import Role
from questionnaires.rounds import TEAM_NAME_MOST, Audience, Manner
from questionnaires.standings import (
    AtHome,
    Exportable,
    Extension,
    Started,
    Status,
    Stopped,
    Welcome,
)
from questionnaires.tailoring import NOTHING, Tailoring
from questionnaires.tailoring import REASON_MOST as REASON_MOST_OFF
from sandbox.block_kit import VIEW_BYTES, block_problems, view_problems
from tests.bot.blocks import made_up
from tests.bot.blocks.made_up import QUESTIONS, RESULTS, URL, ZONE
from tests.bot.blocks.reading import unsafe
from tests.disclosed import (
    a_comment,
    a_dimension,
    a_hideable,
    a_proposal,
    a_question,
    a_role,
    a_score,
    resealed,
)

NASTY = (
    "<!channel> ",
    "<!here|here>",
    "<!subteam^S012AB|@team>",
    "<@U1>",
    "<#C1|general>",
    "<http://evil|x>",
    "<mailto:a@b.c|x>",
    "&",
    "&lt;",
    "&amp;lt;!channel&amp;gt;",
    "*_~`",
    "```",
    "*bold* _slanted_ ~gone~ `code`\n",
    "\n> quoted\n>>> all of it",
    "\r\n\u2028\x0b",
    "\u202eright to left\u200f",
    "\u2066isolated",
    "👩🏽‍🔬🇺🇦",
    "𝕏𐍈",
    ":tada: @here #general",
    '"],[null',
    "\x00",
)
QUICK = settings(max_examples=40, deadline=None)
DEEP = Tier.DEEP_DIVE
people_write = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=5)), max_size=8).map("".join),
)


def long(text: str, most: int) -> str:
    """The text again and again, as long as may be."""
    return (text * most)[:most]


def in_a_file(text: str) -> Questionnaire:
    """Twelve dimensions of nine questions, every text as long as a file may have it."""
    questions = [
        replace(
            QUESTIONS.core[0],
            id=long(f"Q{number}-", 64),
            short_title=long(text, 40),
            statement=" ".join([long(text, 12)] * 25),
            levels=(long(text, 90),) * 5,
            not_applicable=tuple(f"{number}{long(text, 74)}" for number in range(4)),
            next_steps=(long(text, 200),) * 4,
        )
        for number in range(12 * 9)
    ]
    dimensions = tuple(
        Dimension(f"d{place}", long(text, 60), long(text, 24), tuple(questions[place::12]))
        for place in range(12)
    )
    return replace(QUESTIONS, title=long(text, 60), period=long(text, 60), dimensions=dimensions)


def result_of(questions: Questionnaire, text: str) -> Result:
    return resealed(
        made_up.FULL,
        team_name=long(text, TEAM_NAME_MOST),
        questionnaire=questions.title,
        weakest="d0",
        dimensions=tuple(
            a_dimension(
                one.id,
                one.title,
                one.short_title,
                38,
                a_score(2.5, "under 5"),
                target=3,
                not_asked=((long(text, 40), long(text, REASON_MOST_OFF)),),
            )
            for one in questions.dimensions
        ),
        questions=tuple(
            a_question(
                id=one.id,
                dimension_id=questions.dimension_of(one.id).id,
                short_title=one.short_title,
                answered=38,
                applicable=True,
                level="about 4",
                agreement=None,
                find_out_first=True,
                importance=3,
            )
            for one in questions.core
        ),
        proposals=tuple(
            a_proposal(
                kind=kind,
                question_id=one.id,
                dimension_id=questions.dimension_of(one.id).id,
                short_title=one.short_title,
                step=one.next_steps[0],
                urgency=Urgency.HIGH,
            )
            for one, kind in zip(questions.core, cycle(ProposalKind))
        ),
        comments=tuple(
            a_comment(questions.core[number].short_title, long(text, COMMENT_MOST))
            for number in range(40)
        ),
        comments_hidden=9_999,
        roles=tuple(a_role(role, 38, a_score(50, "50")) for role in Role),
    )


def messages(text: str, questions: Questionnaire) -> Iterator[Content]:
    """Everything that is said with people's words in it, as long as they can be."""
    team = long(text, TEAM_NAME_MOST)
    round_ = replace(made_up.ROUND, team_name=team)
    closed = replace(made_up.CLOSED, team_name=team)
    asked = questions.core[40].id
    waived = Rating.not_applicable(long(text, REASON_MOST) if text.strip() else "-")
    saved = Saved(long(text, 27), waived)
    shown = made_up.card(asked, waived, long(text, COMMENT_MOST), questions)
    finish = replace(
        made_up.FINISH,
        team_name=team,
        answers=made_up.own_answers(questions),
        scores=result_of(questions, text).dimensions,
    )
    found = result_of(questions, text)
    taken = replace(closed, title="29 September 2027")
    yield export.on_its_way(Exportable(team, (taken,)), Format.JSON)
    parts = [made_up.part(18, round_), made_up.part(3, round_)] * 15
    invited = replace(made_up.INVITED, team_name=team, questionnaire_title=questions.title)
    yield invitation.invitation(invited)
    yield invitation.skipped(round_, ZONE)
    yield card.card(shown, saved)
    yield card.reasons(shown)
    yield card.face(replace(finish, fix_first=long(text, COMMENT_MOST)), saved)
    few = replace(finish, answers=finish.answers[:12], asks_role=True, role=Role.PRODUCT)
    yield card.face(few, SavedRole(Role.PLATFORM))
    yield set_up.started(Started(team, round_, 38, made_up.DAYS))
    yield standing.unknown(text)
    yield standing.welcome(Welcome(facilitator=True, facilitators=(), waiting=tuple(parts)))
    yield standing.own(parts)
    named = replace(made_up.SET_UP, team_name=team if team.strip() else "-")
    one = made_up.standing(closed, overdue=True)
    one = replace(one, scorecard=replace(one.scorecard, set_up=named))
    stopped = Stopped(made_up.CLOSES, long(text, 100))
    yield standing.status(Status((one, replace(one, latest=None)) * 30, ZONE, stopped))
    yield set_up.started(Started(team, None, 38, made_up.DAYS))
    scorecard = one.scorecard
    yield manage.reminded(round_, 38)
    yield manage.extended(round_)
    yield edit.saved(scorecard)
    yield manage.skipped(scorecard)
    yield manage.paused(scorecard)
    yield manage.resumed(scorecard)
    yield facilitators.named(News("U01AMARA", 2**31, team))
    yield trouble.not_opened(replace(scorecard, trouble="AudienceArchived"))
    yield trouble.channel_closed(round_)
    teams = (team,) * 40
    late = Late(invitations=999, reminders=999, opened=teams, closed=teams, posted=teams)
    yield trouble.away(replace(made_up.LONG_GAP, late=late), ZONE)
    yield reminder.reminder(replace(made_up.REMINDER, team_name=team))
    yield reminder.no_more(round_, ZONE)
    together = Manner.TOGETHER
    yield invitation.invitation(replace(invited, manner=together))
    yield reminder.reminder(replace(made_up.REMINDER, team_name=team, manner=together))
    yield card.card(replace(shown, manner=together), saved)
    yield card.reasons(replace(shown, manner=together))
    yield ending.finish(replace(finish, fix_first=long(text, COMMENT_MOST), manner=together), saved)
    yield set_up.started(Started(team, round_, 1, made_up.DAYS, Manner.TOGETHER))
    yield set_up.started(Started(team, None, 38, made_up.DAYS, Manner.TOGETHER))
    yield result.summary(resealed(found, manner=together))
    yield result.summary(resealed(found, overall=None, manner=together))
    yield details.details(resealed(found, manner=together))
    yield standing.closable([made_up.open_round(round_)] * 50)
    yield standing.closed(team)
    yield standing.card_on_its_way(team)
    yield result.summary(found)
    yield result.summary(resealed(found, overall=None))
    yield details.details(found)
    yield result.preview(found, round_id=7, channel="C02RESULTS", posts_at=None, zone=ZONE)
    yield result.posted(found, "C02RESULTS")
    yield result.not_posted(team, 7, "C02RESULTS")
    yield result.maybe_twice(team, "C02RESULTS")
    yield result.not_posted(team, 7, "C02RESULTS", shared=True)
    yield result.not_posted(team, 7, "C03OTHER", promised="C02RESULTS")
    yield post_again.posted(round_, "C02RESULTS")
    longest = made_up.PAST_OF_YEARS.rounds[0]
    longest = replace(longest, round=replace(longest.round, title="29 September 2027"))
    of_years = replace(made_up.PAST, team_name=team, rounds=(longest,) * ROUNDS_MOST, older=999)
    yield past.team(of_years, found, 7)
    yield past.team(replace(made_up.PAST_OPEN, team_name=team), None)
    yield past.teams(
        (of_years, replace(made_up.PAST_OPEN, team_name=team)) * 50, ("U01AMARA",) * 40
    )
    yield past.teams((), ("U01AMARA",) * 40)
    rehearsed = called(team)
    yield rehearsal.invitation(replace(invited, team_name=rehearsed))
    yield card.card(replace(shown, manner=Manner.REHEARSAL), saved)
    yield card.reasons(replace(shown, manner=Manner.REHEARSAL))
    yield card.face(replace(finish, team_name=rehearsed, manner=Manner.REHEARSAL), saved)
    yield rehearsal.summary(resealed(found, team_name=rehearsed), "C02RESULTS")
    yield rehearsal.details(resealed(found, team_name=rehearsed))


def modals(text: str, questions: Questionnaire) -> Iterator[View]:
    origin = Origin(Spot(2**31, questions.core[40].id, 4), long(URL, 500))
    shown = made_up.card(questions.core[40].id, None, long(text, COMMENT_MOST), questions)
    team = long(text, TEAM_NAME_MOST)
    named = replace(made_up.SET_UP, team_name=team if team.strip() else "-")
    yield remarks.comment(shown, origin)
    yield remarks.reason(shown, origin)
    yield remarks.fix_first(long(text, COMMENT_MOST), origin)
    choices = [replace(questions, id=f"id{n}") for n in range(12)]
    groups = [(f"S{n}", long(text, 300)) for n in range(150)]
    yield rehearsal.ask(choices, Return(URL))
    yield set_up.form(choices, Return(URL), today=made_up.DAYS[0], groups=groups)
    yield set_up.confirm(replace(made_up.draft(38), set_up=named), Return(URL, 2**31))
    asked = Asked(made_up.SKIP, long(URL, 500))
    yield manage.ask_run(replace(made_up.draft(38), set_up=named), asked)
    yield manage.ask_skip(asked, team, made_up.DAYS[1])
    yield manage.ask_remind(asked, replace(made_up.ROUND, team_name=team), 38)
    yield manage.ask_pause(asked, team)
    yield manage.ask_resume(asked, replace(made_up.SCORECARD, set_up=named))
    later = Extension(replace(made_up.ROUND, team_name=team), made_up.LATER)
    yield manage.ask_extend(asked, later)
    changed = replace(
        named,
        audience=Audience("C01MLTEAM", tuple(f"U{n:03}" for n in range(300)), "S149"),
        questionnaire_id="id11",
    )
    edited = replace(made_up.SCORECARD, set_up=changed, changed_by="U02BEN")
    yield edit.edit_form(edited, choices, groups, long(URL, 500), before=made_up.SET_UP)
    about = replace(made_up.EDIT, is_open=True, draft=replace(made_up.EDIT.draft, set_up=changed))
    yield edit.confirm(about, Return(long(URL, 500), 2**31), groups)
    teams = (team,) * 40
    held = Held(9_999, 999, 99, role=True, rounds=99, open_teams=teams, together=True)
    yield own_data.ask(held, long(text, 60), Return(long(URL, 500)))
    found = result_of(questions, text)
    yield result.preview_modal(found, made_up.CLOSED)
    comments = [a_hideable(one, "f" * 64, hidden=True) for one in found.comments]
    yield hide.modal(replace(made_up.CLOSED, id=2**31 - 1, team_name=team), comments, 1)
    for shown_message in messages(text, questions):
        yield notice(shown_message, ends=True)
    yield set_up.confirm(replace(made_up.draft(2), set_up=named), Return(URL, 2**31))
    entered = replace(named, manner=Manner.TOGETHER)
    yield set_up.confirm(replace(made_up.draft(38), set_up=entered), Return(URL, 2**31))
    yield remarks.comment(replace(shown, manner=Manner.TOGETHER), origin)
    yield remarks.fix_first(long(text, COMMENT_MOST), origin, Manner.TOGETHER)
    yield trust.who_sees_together(
        results_channel="C02RESULTS",
        facilitators=tuple(f"U0{number}" for number in range(40)),
        operator=long(text, 60),
        months_kept=120,
    )
    many = tuple(f"U{number:010}" for number in range(NAMED_MOST))
    everybody = replace(
        made_up.OF_ONE, first=many, named=many, here=many, everywhere=many, team_name=team
    )
    yield facilitators.modal(everybody)
    # All at one moment, and each on a day of its own.
    for days in (0, 1):
        longest = tuple(
            replace(
                made_up.deed(Act.EXTENDED, made_up.CLOSES - timedelta(days=days * place)),
                by="U0" + "W" * 12,
                round_title="29 September 2027",
                day=made_up.LATER[-1],
            )
            for place in range(SHOWN_MOST)
        )
        yield history.modal(History(team, ZONE, longest, 9_999))
    yield history.modal(History(team, ZONE, ()))
    closed = replace(made_up.CLOSED, title="29 September 2027")
    taken = tuple(replace(closed, id=2**31 - place) for place in range(1, 121))
    yield export.modal(Exportable(team, taken), asked)
    hundred = tuple(
        replace(made_up.CLOSED, id=2**31 - n, title="29 September 2027", number=n)
        for n in range(1, 101)
    )
    yield compare.form(Choices(2**31 - 1, team, hundred))
    other = result_of(questions, text)
    gone = tuple(resealed(one, id=f"gone-{one.id}") for one in other.dimensions)
    for before in (other, resealed(other, dimensions=gone)):
        yield compare.comparison(Compared(before, changed_since(other), chosen=True))
    past_one = replace(made_up.PUBLISHED, team_name=team)
    posting = Posting(2**31 - 1, 999, long(URL, 500), "C03OTHER")
    yield post_again.ask(past_one, posting)
    yield post_again.confirm(past_one, posting, 9_999)
    yield past.rounds_modal(replace(made_up.PAST_OF_YEARS, team_name=team, older=999))
    yield past.one_modal(made_up.PAST, result_of(questions, text), 7)
    yield from tailoring_modals(text, questions)
    yield facilitators.modal_again(Meanwhile(everybody, many, many, many), many)
    yield trust.who_sees_what(
        k=5,
        results_channel="C02RESULTS",
        facilitators=tuple(f"U0{number}" for number in range(40)),
        operator=long(text, 60),
        months_kept=120,
    )


def changed_since(found: Result) -> Result:
    """Every dimension has changed, or has a reason of its own why that is not told."""
    moved = made_up.CHANGED.dimensions
    return resealed(
        found,
        since=made_up.CHANGED.since,
        dimensions=tuple(
            resealed(one, change=before.change, no_change=before.no_change)
            for one, before in zip(found.dimensions, cycle(moved), strict=False)
        ),
    )


def tailoring_modals(text: str, questions: Questionnaire) -> Iterator[View]:
    """Every question off but two of each dimension, and then one more; one dimension very long."""
    why = long(text, REASON_MOST_OFF)
    further = tuple(
        replace(one, questions=(*one.questions, replace(one.questions[0], id="D", tier=DEEP)))
        for one in questions.dimensions
    )
    deep = replace(questions, dimensions=further)
    off = {one.id: why for dimension in deep.dimensions for one in dimension.core[2:]}
    desk = Desk(
        scorecard_id=2**31,
        team_name=long(text, TEAM_NAME_MOST),
        questionnaire=deep,
        number=3,
        saved=replace(NOTHING, targets={"gone": 2}),
        draft=Tailoring(
            off=off,
            importance={one.core[0].id: 3 for one in deep.dimensions},
            targets={one.id: 4 for one in deep.dimensions},
            deep_dive="d3",
        ),
        is_open=True,
    )
    bare = Tailoring(off={one.id: "" for one in deep.core})
    changed = SavedMeanwhile(("U0BEN", None), difference(deep, NOTHING, desk.draft))
    lengthy = replace(
        deep.dimensions[0],
        questions=tuple(replace(deep.core[0], id=f"L{number}") for number in range(120)),
    )
    lengthily = replace(deep, dimensions=(lengthy, *deep.dimensions[1:]))
    for shown in (
        desk,
        replace(desk, draft=bare, meanwhile=changed),
        replace(
            desk,
            questionnaire=lengthily,
            draft=Tailoring(off={one.id: why for one in lengthy.core}),
        ),
    ):
        opened = tailor.Tailoring(2**31 - 1, long(URL, 500), "d0")
        yield tailor.overview(shown, opened)
        yield tailor.questions(shown, opened)
        yield tailor.review(shown, opened)


def homes(text: str) -> Iterator[View]:
    """Thirty scorecards in their longest states, and as many rounds and results as are shown."""
    team = long(text, TEAM_NAME_MOST)
    named = replace(made_up.SET_UP, team_name=team if team.strip() else "-")
    longest = made_up.standing(
        replace(made_up.ROUND, team_name=team, due_at=made_up.LATE.due_at),
        overdue=True,
        left=dict.fromkeys(standing.UNREACHABLE, 3),
        set_up=named,
        trouble="AudienceArchived",
    )
    parts = tuple(made_up.part(done, replace(made_up.ROUND, team_name=team)) for done in (0, 3, 18))
    results = tuple(replace(one, round=replace(one.round, team_name=team)) for one in RESULTS)
    stopped = Stopped(made_up.CLOSES, long(text, 100))
    for page in range(3):
        yield home.home(
            AtHome(
                tuple(f"U0{number}" for number in range(40)),
                parts * 10,
                results * 2,
                Status((longest,) * 30, ZONE, stopped),
                may_set_up=True,
                page=page,
            )
        )


def problems(payload: dict[str, Any]) -> list[Any]:
    is_view = "type" in payload
    found = view_problems(payload) if is_view else block_problems(payload["blocks"], "message")
    return [*found, *unsafe(payload)]


def check(text: str, questions: Questionnaire) -> None:
    for shown in messages(text, questions):
        assert not problems({"text": shown.text, "blocks": shown.blocks})
        assert 0 < len(shown.text) <= TEXT_MOST
    for view in (*modals(text, questions), *homes(text)):
        assert not problems(view.to_dict())
        assert len(json.dumps(view.to_dict())) < VIEW_BYTES


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_the_longest_nasty_texts_ping_nobody_and_fit(text: str) -> None:
    check(text, in_a_file(f"{text}x"))


@settings(QUICK, max_examples=8)
@given(people_write.filter(bool))
def test_whatever_people_write_pings_nobody_and_fits(text: str) -> None:
    check(text, in_a_file("Plain & <simple>"))


@QUICK
@given(people_write, st.integers(1, 60))
def test_escaped_text_is_cut_without_a_half_entity(text: str, most: int) -> None:
    cut = wording.within(wording.escaped(text), most)
    assert len(cut) <= most
    assert not unsafe({"text": cut})


@QUICK
@given(people_write)
def test_a_name_in_bold_stays_one_line_and_bold(text: str) -> None:
    shown = wording.plain(text)
    assert len(shown.splitlines()) <= 1
    assert not set("*~`\u202e\u2066") & set(shown)


def test_an_underscore_inside_a_name_stays() -> None:
    assert wording.plain("_ml_ops_ team") == "ml_ops team"


def test_a_long_list_of_facilitators_says_how_many_more() -> None:
    said = wording.people([f"U0{number}" for number in range(13)])
    assert said.endswith("<@U09> and 3 more")
    assert wording.people([]) == "nobody yet"


def test_of_many_comments_the_rest_is_counted() -> None:
    many = tuple(a_comment(None, f"Comment {number}.") for number in range(40))
    assert "_and 20 more_" in details.details(resealed(made_up.FULL, comments=many)).text


def test_nobody_who_waits_in_many_rounds_is_refused_their_screen() -> None:
    shown = standing.own([made_up.part(0)] * 30)
    assert "_and 10 more_" in shown.text
