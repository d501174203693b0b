"""Every message, answer and modal in each of its states, by the name of its golden file."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from slack_sdk.models.views import View

from bot.blocks import (
    card,
    compare,
    details,
    edit,
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
)
from bot.blocks.how_to_read import how_to_read
from bot.blocks.ids import Errand, Spot, Verb
from bot.blocks.manage import Asked
from bot.blocks.message import Content
from bot.blocks.notice import notice
from bot.blocks.post_again import Posting
from bot.blocks.remarks import Origin
from bot.blocks.set_up import Return
from bot.blocks.tailor import Tailoring
from questionnaires.conversation import Saved, SavedRole
from questionnaires.desk import Tailored
from questionnaires.exports import Format
from questionnaires.facilitating import News
from questionnaires.kept import Held
from questionnaires.model import Rating
from questionnaires.rehearsal import Ending
from questionnaires.results import Result
from questionnaires.roles import Role
from questionnaires.rounds import Manner, ScorecardState
from questionnaires.standings import (
    AtHome,
    Extension,
    OwnPart,
    OwnStatus,
    ScorecardStanding,
    Started,
    Status,
    Stopped,
    TeamResult,
    Welcome,
)
from tests.bot.blocks import made_up
from tests.bot.blocks.made_up import CLOSES, INVITED, QUESTIONS, QUICK, ROUND, URL, ZONE
from tests.disclosed import resealed

ORIGIN = Origin(Spot(7, "DEP-2"), URL)
BACK = Return(URL)
GROUPS = (("S01ML", "ML guild"), ("S02OPS", "Operations"))
CHOICES = [QUESTIONS, QUICK]
PARTLY = Saved("Deployment 1", Rating.of_level(2), QUICK.scale)
LEVEL, COMMENT = Saved("Deployment 1", Rating.of_level(2)), Saved("Deployment 2", None)
DONT_KNOW, WAIVED = Rating.dont_know(), Rating.not_applicable("Another team keeps them running")
ROLE = SavedRole(Role.ML_ENGINEERING)
FACILITATORS = ("U01AMARA", "U02BEN")
SKIP = Asked(made_up.SKIP, URL)
EVERY_STATE = (
    made_up.standing(ROUND, reminds_at=made_up.REMINDS),
    made_up.standing(ROUND, finished=5),
    made_up.standing(made_up.CLOSED),
    made_up.standing(made_up.PUBLISHED),
    made_up.standing(None),
    made_up.standing(ROUND, state=ScorecardState.PAUSED),
)
OVERVIEW = Tailoring(3, URL)
OF_GOVERNANCE = replace(OVERVIEW, dimension_id=QUESTIONS.dimensions[0].id)
WISH = "Alerts that reach a person."


def who_sees_what(k: int) -> View:
    return trust.who_sees_what(
        k=k,
        results_channel="C02RESULTS",
        facilitators=FACILITATORS,
        operator="Ola Admin",
        months_kept=24,
    )


def welcomed(*waiting: OwnPart, facilitator: bool) -> Content:
    return standing.welcome(Welcome(facilitator, FACILITATORS, waiting))


def status(*standings: ScorecardStanding, stopped: Stopped | None = None) -> Content:
    return standing.status(Status(standings, ZONE, stopped))


def at_home(
    *parts: OwnPart,
    results: tuple[TeamResult, ...] = (),
    status: Status | None = None,
    page: int = 0,
) -> View:
    may_set_up = status is not None
    return home.home(AtHome(FACILITATORS, parts, results, status, may_set_up, page))


def asked(verb: Verb) -> Asked:
    return Asked(Errand(3, verb), URL)


def preview(shown: Result, *, waits: bool = False) -> Content:
    posts_at = None if waits else made_up.POSTS
    return result.preview(shown, round_id=7, channel="C02RESULTS", posts_at=posts_at, zone=ZONE)


TOGETHER = Manner.TOGETHER
TO_FILL_IN = replace(made_up.INVITED, by_self=True, manner=TOGETHER)

MESSAGES: Mapping[str, Callable[[], Content]] = {
    "invitation_together": lambda: invitation.invitation(TO_FILL_IN),
    "invitation_together_again": lambda: invitation.invitation(replace(TO_FILL_IN, again=True)),
    "invitation_together_instead": lambda: invitation.invitation(
        replace(TO_FILL_IN, by_self=False)
    ),
    "reminder_together": lambda: reminder.reminder(replace(made_up.REMINDER, manner=TOGETHER)),
    "reminder_together_begun": lambda: reminder.reminder(
        replace(made_up.REMINDER, left=1, last=True, manner=TOGETHER)
    ),
    "card_together": lambda: card.face(made_up.card("DEP-2", manner=TOGETHER), LEVEL),
    "card_together_level": lambda: card.face(
        made_up.card("DEP-2", Rating.of_level(3), "We need a rota.", manner=TOGETHER)
    ),
    "card_together_doesnt_apply": lambda: card.face(made_up.card("DEP-2", WAIVED, manner=TOGETHER)),
    "card_together_reasons": lambda: card.reasons(made_up.card("DEP-3", manner=TOGETHER)),
    "finish_together": lambda: card.face(replace(made_up.FINISH_TOGETHER, fix_first=WISH)),
    "started_together": lambda: set_up.started(
        Started("Northwind ML", made_up.TOGETHER, 1, made_up.DAYS, TOGETHER)
    ),
    "started_together_later": lambda: set_up.started(
        Started("Northwind ML", None, 3, made_up.DAYS, TOGETHER)
    ),
    "status_together": lambda: status(
        *made_up.BEING_FILLED_IN,
        made_up.standing(replace(made_up.CLOSED, manner=TOGETHER)),
        made_up.standing(replace(made_up.PUBLISHED, manner=TOGETHER)),
    ),
    "summary_together": lambda: result.summary(made_up.AGREED),
    "summary_together_not_finished": lambda: result.summary(made_up.NOT_AGREED),
    "details_hidden": lambda: details.details(
        resealed(made_up.DETAILED, comments=made_up.DETAILED.comments[:1], comments_hidden=2)
    ),
    "details_all_hidden": lambda: details.details(
        resealed(made_up.DETAILED, comments=(), comments_hidden=1)
    ),
    "details_together_hidden": lambda: details.details(
        resealed(made_up.AGREED, comments=made_up.AGREED.comments[:1], comments_hidden=1)
    ),
    "details_together": lambda: details.details(made_up.AGREED),
    "preview_together": lambda: preview(made_up.AGREED),
    "posted_together": lambda: result.posted(made_up.AGREED, "C02RESULTS"),
    "invitation": lambda: invitation.invitation(INVITED),
    "invitation_again": lambda: invitation.invitation(replace(INVITED, again=True)),
    "invitation_alone": lambda: invitation.invitation(
        replace(INVITED, colleagues=0, results_readers=None)
    ),
    "invitation_one_colleague": lambda: invitation.invitation(
        replace(INVITED, colleagues=1, results_readers=1)
    ),
    "invitation_by_self": lambda: invitation.invitation(replace(INVITED, by_self=True)),
    "invitation_least_k": lambda: invitation.invitation(replace(INVITED, k=3)),
    "invitation_tomorrow": lambda: invitation.asked_again(7, CLOSES, ZONE),
    "invitation_skipped": lambda: invitation.skipped(ROUND, ZONE),
    "reminder": lambda: reminder.reminder(made_up.REMINDER),
    "reminder_last_begun": lambda: reminder.reminder(replace(made_up.REMINDER, left=7, last=True)),
    "reminder_wished": lambda: reminder.reminder(replace(made_up.REMINDER, left=1, wished=True)),
    "reminder_no_more": lambda: reminder.no_more(ROUND, ZONE),
    "manage_one_moment": manage.one_moment,
    "manage_extended": lambda: manage.extended(ROUND),
    "edit_saved": lambda: edit.saved(made_up.SCORECARD),
    "edit_saved_last": lambda: edit.saved(replace(made_up.SCORECARD, next_on=None)),
    "manage_reminded": lambda: manage.reminded(ROUND, 1),
    "manage_skipped": lambda: manage.skipped(made_up.SCORECARD),
    "manage_skipped_last": lambda: manage.skipped(replace(made_up.SCORECARD, next_on=None)),
    "manage_paused": lambda: manage.paused(made_up.SCORECARD),
    "manage_resumed": lambda: manage.resumed(made_up.SCORECARD),
    "not_opened": lambda: trouble.not_opened(
        replace(made_up.SCORECARD, trouble="AudienceUnreadable")
    ),
    "channel_closed": lambda: trouble.channel_closed(ROUND),
    "away": lambda: trouble.away(made_up.GAP, ZONE),
    "away_for_days": lambda: trouble.away(made_up.LONG_GAP, ZONE),
    "facilitator_named": lambda: facilitators.named(News("U01AMARA", None, None)),
    "facilitator_named_for_one": lambda: facilitators.named(News("U01AMARA", 3, "Northwind ML")),
    "card_first": lambda: card.face(made_up.card("GOV-1")),
    "card_middle": lambda: card.face(made_up.card("DEP-2")),
    "card_last": lambda: card.face(made_up.card("IMP-3"), LEVEL),
    "card_saved": lambda: card.face(made_up.card("DEP-2"), LEVEL),
    "card_saved_dont_know": lambda: card.face(
        made_up.card("DEP-2"), Saved("Deployment 1", DONT_KNOW)
    ),
    "card_saved_doesnt_apply": lambda: card.face(
        made_up.card("DEP-2"), Saved("Deployment 1", WAIVED)
    ),
    "card_saved_comment": lambda: card.face(
        made_up.card("DEP-2", comment="We need a rota."), COMMENT
    ),
    "card_removed_comment": lambda: card.face(made_up.card("DEP-2"), COMMENT),
    "card_level": lambda: card.face(made_up.card("DEP-2", Rating.of_level(3))),
    "card_dont_know": lambda: card.face(made_up.card("DEP-2", DONT_KNOW)),
    "card_doesnt_apply": lambda: card.face(made_up.card("DEP-2", WAIVED)),
    "card_comment": lambda: card.face(
        made_up.card("DEP-2", Rating.of_level(1), comment="We need a rota.\nTwo people *at least*.")
    ),
    "card_reasons": lambda: card.reasons(made_up.card("DEP-3")),
    "card_yes_partly_no": lambda: card.face(
        made_up.card("QC-DEP-2", Rating.of_level(2), None, QUICK), PARTLY
    ),
    "card_back_from_the_end": lambda: card.face(
        replace(made_up.card("GOV-1", Rating.of_level(2)), done=True)
    ),
    "card_saved_role": lambda: card.face(made_up.card("GOV-1"), ROLE),
    "export_on_its_way": lambda: export.on_its_way(made_up.EXPORTABLE, Format.JSON),
    "own_data": own_data.whisper,
    "own_data_on_its_way": own_data.on_its_way,
    "own_data_nothing_to_erase": own_data.nothing_to_erase,
    "own_data_erased": lambda: own_data.erased(made_up.HELD),
    "own_data_taken_out": lambda: own_data.taken_out(made_up.TAKEN_OUT),
    "role": lambda: card.face(made_up.ROLE_QUESTION),
    "role_change": lambda: card.face(
        replace(made_up.ROLE_QUESTION, role=Role.PLATFORM, first=None)
    ),
    "finish_role": lambda: card.face(
        replace(made_up.FINISH, asks_role=True, role=Role.ML_ENGINEERING), ROLE
    ),
    "finish_no_role": lambda: card.face(replace(made_up.FINISH, asks_role=True)),
    "finish_many": lambda: card.face(made_up.FINISH_MANY, LEVEL),
    "finish_yes_partly_no": lambda: card.face(made_up.FINISH_QUICK, PARTLY),
    "finish": lambda: card.face(made_up.FINISH, Saved("Improvement 3", Rating.of_level(4))),
    "finish_wish": lambda: card.face(replace(made_up.FINISH, fix_first=WISH)),
    "started": lambda: set_up.started(Started("Northwind ML", ROUND, 8, made_up.DAYS)),
    "started_later": lambda: set_up.started(Started("Northwind ML", None, 8, made_up.DAYS)),
    "started_once": lambda: set_up.started(Started("Northwind ML", ROUND, 1, ())),
    "help": standing.help_,
    "unknown": lambda: standing.unknown("stauts"),
    "welcome_facilitator": lambda: welcomed(facilitator=True),
    "welcome_facilitator_waiting": lambda: welcomed(made_up.part(11), facilitator=True),
    "welcome_facilitator_of_one": lambda: standing.welcome(
        Welcome(facilitator=False, facilitators=FACILITATORS, waiting=(), looks_after_some=True)
    ),
    "welcome_respondent_waiting": lambda: welcomed(
        made_up.part(0), made_up.part(11), facilitator=False
    ),
    "welcome_nothing": lambda: welcomed(facilitator=False),
    "welcome_nobody": lambda: standing.welcome(
        Welcome(facilitator=False, facilitators=(), waiting=())
    ),
    "my_none": lambda: standing.own([]),
    "my_open": lambda: standing.own([made_up.part(17), made_up.part(0)]),
    "my_skipped": lambda: standing.own([made_up.SKIPPED]),
    "my_finished": lambda: standing.own([made_up.part(18)]),
    "my_together": lambda: standing.own(
        [made_up.part(17, made_up.TOGETHER), made_up.part(18, made_up.TOGETHER)]
    ),
    "my_closed": lambda: standing.own([made_up.part(9, made_up.CLOSED)]),
    "status_none": status,
    "status_new": lambda: status(made_up.standing(None)),
    "status_open": lambda: status(made_up.standing(ROUND, reminds_at=made_up.REMINDS)),
    "status_renamed": lambda: status(
        made_up.standing(ROUND, set_up=replace(made_up.SCORECARD.set_up, team_name="Ranking"))
    ),
    "status_open_late": lambda: status(made_up.standing(made_up.LATE)),
    "status_out_of_reach": lambda: status(made_up.standing(ROUND, left=made_up.GONE)),
    "status_closed": lambda: status(made_up.standing(made_up.CLOSED)),
    "status_not_posted": lambda: status(made_up.standing(made_up.NOT_POSTED)),
    "status_published": lambda: status(
        made_up.standing(made_up.PUBLISHED), made_up.standing(made_up.PUBLISHED, next_on=None)
    ),
    "status_overdue": lambda: status(made_up.standing(made_up.PUBLISHED, overdue=True)),
    "status_overdue_open": lambda: status(made_up.standing(ROUND, overdue=True)),
    "status_overdue_why": lambda: status(
        made_up.standing(made_up.PUBLISHED, overdue=True, trouble="AudienceArchived")
    ),
    "status_paused": lambda: status(made_up.standing(ROUND, state=ScorecardState.PAUSED)),
    "status_stopped": lambda: status(
        made_up.standing(ROUND), stopped=Stopped(CLOSES, "token_revoked")
    ),
    "status_own": lambda: standing.status(OwnStatus(("U01AMARA",), (made_up.part(11),))),
    "closable": lambda: standing.closable([made_up.open_round(), made_up.open_round(finished=0)]),
    "closed": lambda: standing.closed("Northwind ML"),
    "card_on_its_way": lambda: standing.card_on_its_way("Northwind ML"),
    "summary": lambda: result.summary(made_up.FULL),
    "summary_first": lambda: result.summary(made_up.FULL, date(2027, 4, 5)),
    "summary_changed": lambda: result.summary(made_up.CHANGED),
    "summary_nothing_clear": lambda: result.summary(made_up.NOTHING_CLEAR),
    "summary_too_few_to_tell": lambda: result.summary(made_up.TOO_FEW_TO_TELL),
    "summary_nothing_common": lambda: result.summary(made_up.NOTHING_COMMON),
    "summary_too_few_to_test": lambda: result.summary(made_up.TOO_FEW_TO_TEST),
    "summary_answers_erased": lambda: result.summary(made_up.ANSWERS_ERASED),
    "details_changed": lambda: details.details(made_up.CHANGED),
    "summary_few": lambda: result.summary(made_up.FEW),
    "summary_too_few": lambda: result.summary(made_up.TOO_FEW),
    "summary_not_scored": lambda: result.summary(made_up.NOT_SCORED),
    "details": lambda: details.details(made_up.DETAILED),
    "details_few": lambda: details.details(made_up.FEW),
    "details_too_few": lambda: details.details(made_up.TOO_FEW),
    "details_not_scored": lambda: details.details(made_up.NOT_SCORED),
    "details_yes_partly_no": lambda: details.details(resealed(made_up.FULL, scale=QUICK.scale)),
    "details_by_role": lambda: details.details(made_up.BY_ROLE),
    "preview": lambda: preview(made_up.FULL),
    "preview_with_comments": lambda: preview(made_up.DETAILED),
    "preview_waits": lambda: preview(made_up.FEW, waits=True),
    "preview_too_few": lambda: preview(made_up.TOO_FEW),
    "posted": lambda: result.posted(made_up.FULL, "C02RESULTS"),
    "not_posted": lambda: result.not_posted("Northwind ML", 7, "C02RESULTS"),
    "rehearsal_invitation": lambda: rehearsal.invitation(made_up.REHEARSED),
    "rehearsal_invitation_no_channel": lambda: rehearsal.invitation(
        replace(made_up.REHEARSED, team_name="Rehearsal", results_channel="", results_readers=None)
    ),
    "rehearsal_card": lambda: card.face(
        replace(made_up.card("DEP-2"), manner=Manner.REHEARSAL), LEVEL
    ),
    "rehearsal_reasons": lambda: card.reasons(
        replace(made_up.card("DEP-3"), manner=Manner.REHEARSAL)
    ),
    "rehearsal_finish": lambda: card.face(
        replace(made_up.FINISH, team_name=made_up.REHEARSED.team_name, manner=Manner.REHEARSAL),
        LEVEL,
    ),
    "rehearsal_begun": rehearsal.begun,
    "rehearsal_begun_from_set_up": lambda: rehearsal.begun(from_set_up=True),
    "rehearsal_summary": lambda: rehearsal.summary(made_up.REHEARSAL, "C02RESULTS"),
    "rehearsal_summary_no_channel": lambda: rehearsal.summary(made_up.REHEARSAL, ""),
    "rehearsal_details": lambda: rehearsal.details(made_up.REHEARSAL),
    **{f"rehearsal_over_{why}": partial(rehearsal.over, why) for why in Ending},
    "tailored": lambda: tailor.saved(Tailored("Northwind ML", 22, QUESTIONS.scale)),
    "details_tailored": lambda: details.details(made_up.MADE_OWN),
    "summary_tailored": lambda: result.summary(made_up.MADE_OWN),
    "details_tailored_together": lambda: details.details(
        resealed(made_up.MADE_OWN, manner=TOGETHER)
    ),
    "results_teams": lambda: past.teams(made_up.TEAMS_PAST, FACILITATORS),
    "results_teams_none": lambda: past.teams((), FACILITATORS),
    "results_team": lambda: past.team(made_up.PAST, made_up.FULL, 7),
    "results_team_older": lambda: past.team(made_up.PAST_OF_YEARS, made_up.FEW, 9),
    "results_team_together": lambda: past.team(made_up.PAST_TOGETHER, made_up.AGREED, 7),
    "results_team_none": lambda: past.team(made_up.PAST_OPEN, None),
    "not_posted_shared": lambda: result.not_posted("Northwind ML", 7, "C02RESULTS", shared=True),
    "not_posted_elsewhere": lambda: result.not_posted(
        "Northwind ML", 7, "C03OTHER", promised="C02RESULTS"
    ),
    "not_posted_again": lambda: result.not_posted("Northwind ML", 7, "C03OTHER", again=True),
    "posted_again": lambda: post_again.posted(made_up.PUBLISHED, "C03OTHER"),
    "maybe_twice": lambda: result.maybe_twice("Northwind ML", "C02RESULTS"),
}

MODALS: Mapping[str, Callable[[], View]] = {
    "modal_comment_together": lambda: remarks.comment(
        made_up.card("DEP-2", manner=TOGETHER), ORIGIN
    ),
    "modal_wish_together": lambda: remarks.fix_first(None, Origin(Spot(7), URL), TOGETHER),
    "modal_confirm_together_1": lambda: set_up.confirm(
        made_up.draft(1, manner=TOGETHER), Return(URL, 3)
    ),
    "modal_confirm_together_3": lambda: set_up.confirm(
        made_up.draft(3, manner=TOGETHER), Return(URL, 3)
    ),
    "modal_confirm_together_later": lambda: set_up.confirm(
        replace(
            made_up.draft(8, manner=TOGETHER),
            opens_on=made_up.DAYS[0],
            upcoming=made_up.DAYS[1:],
        ),
        Return(URL, 3),
    ),
    "modal_who_sees_what_together": lambda: trust.who_sees_together(
        results_channel="C02RESULTS",
        facilitators=FACILITATORS,
        operator="Ola Admin",
        months_kept=24,
    ),
    "modal_comment": lambda: remarks.comment(made_up.card("DEP-2"), ORIGIN),
    "modal_comment_change": lambda: remarks.comment(
        made_up.card("DEP-2", comment="We need a rota."), ORIGIN
    ),
    "modal_reason": lambda: remarks.reason(made_up.card("DEP-2"), ORIGIN),
    "modal_wish": lambda: remarks.fix_first(None, Origin(Spot(7), URL)),
    "modal_wish_change": lambda: remarks.fix_first(WISH, Origin(Spot(7), URL)),
    "modal_rehearse": lambda: rehearsal.ask(CHOICES, BACK),
    "modal_rehearse_one_choice": lambda: rehearsal.ask(CHOICES[:1], BACK),
    "modal_set_up": lambda: set_up.form(CHOICES, BACK, today=made_up.TODAY),
    "modal_set_up_groups": lambda: set_up.form(CHOICES, BACK, today=made_up.TODAY, groups=GROUPS),
    "modal_confirm_1": lambda: set_up.confirm(made_up.draft(1), Return(URL, 3)),
    "modal_confirm_4": lambda: set_up.confirm(made_up.draft(4, left_out=1), Return(URL, 3)),
    "modal_confirm_8": lambda: set_up.confirm(made_up.draft(8, readers=None), Return(URL, 3)),
    "modal_confirm_8_least_k": lambda: set_up.confirm(made_up.draft(8, k=3), Return(URL, 3)),
    "modal_confirm_yes_partly_no": lambda: set_up.confirm(
        replace(made_up.draft(8), scale=QUICK.scale), Return(URL, 3)
    ),
    "modal_confirm_38": lambda: set_up.confirm(made_up.draft(38, left_out=6), Return(URL, 3)),
    "modal_confirm_later": lambda: set_up.confirm(
        replace(made_up.draft(8), opens_on=made_up.DAYS[0], upcoming=made_up.DAYS[1:]),
        Return(URL, 3),
    ),
    "modal_notice": lambda: notice(standing.card_on_its_way("Northwind ML")),
    "modal_notice_ends": lambda: notice(manage.paused(made_up.SCORECARD), ends=True),
    "modal_help": lambda: notice(standing.help_()),
    "modal_shortcut_none": lambda: notice(standing.own([])),
    "modal_shortcut_several": lambda: notice(standing.own([made_up.part(17), made_up.part(0)])),
    "modal_how_to_read": how_to_read,
    "modal_preview": lambda: result.preview_modal(made_up.FULL, made_up.CLOSED),
    "modal_preview_with_comments": lambda: result.preview_modal(made_up.DETAILED, made_up.CLOSED),
    "modal_comments": lambda: hide.modal(made_up.CLOSED, made_up.HIDEABLE),
    "modal_comments_none_hidden": lambda: hide.modal(made_up.CLOSED, made_up.HIDEABLE[:1]),
    "modal_comments_none": lambda: hide.modal(made_up.CLOSED, ()),
    "modal_comments_many": lambda: hide.modal(made_up.CLOSED, made_up.MANY_HIDEABLE, 1),
    "modal_notes": lambda: hide.modal(
        replace(made_up.CLOSED, manner=TOGETHER), made_up.HIDEABLE[1:2]
    ),
    "modal_preview_too_few": lambda: result.preview_modal(made_up.TOO_FEW, made_up.CLOSED),
    "modal_manage_run": lambda: manage.ask_run(made_up.draft(8), asked(Verb.RUN)),
    "modal_manage_skip": lambda: manage.ask_skip(SKIP, "Northwind ML", made_up.DAYS[1]),
    "modal_manage_skip_last": lambda: manage.ask_skip(SKIP, "Northwind ML", None),
    "modal_manage_remind": lambda: manage.ask_remind(asked(Verb.REMIND), ROUND, 5),
    "modal_manage_pause": lambda: manage.ask_pause(asked(Verb.PAUSE), "Northwind ML"),
    "modal_manage_resume": lambda: manage.ask_resume(asked(Verb.RESUME), made_up.SCORECARD),
    "modal_manage_extend": lambda: manage.ask_extend(
        asked(Verb.EXTEND), Extension(ROUND, made_up.LATER)
    ),
    "modal_edit": lambda: edit.edit_form(made_up.SCORECARD, CHOICES, GROUPS, URL),
    "modal_edit_once": lambda: edit.edit_form(
        replace(made_up.SCORECARD, next_on=None), CHOICES, (), URL
    ),
    "modal_edit_changed_meanwhile": lambda: edit.edit_form(
        replace(made_up.EDITED, revision=2, changed_by="U02BEN"),
        CHOICES,
        GROUPS,
        URL,
        before=made_up.SET_UP,
    ),
    "modal_edit_confirm": lambda: edit.confirm(made_up.EDIT, Return(URL, 4), GROUPS),
    "modal_edit_confirm_open": lambda: edit.confirm(
        replace(made_up.EDIT, is_open=True), Return(URL, 4), GROUPS
    ),
    "modal_edit_confirm_nothing": lambda: edit.confirm(
        replace(
            made_up.EDIT,
            draft=replace(made_up.draft(8), upcoming=made_up.DAYS),
            before=replace(made_up.SCORECARD, next_on=None),
        ),
        Return(URL, 4),
        GROUPS,
    ),
    "modal_tailor": lambda: tailor.overview(made_up.DESK, OVERVIEW),
    "modal_tailor_draft": lambda: tailor.overview(made_up.TAILORED, OVERVIEW),
    "modal_tailor_unfinished": lambda: tailor.overview(made_up.UNFINISHED, OVERVIEW),
    "modal_tailor_overtaken": lambda: tailor.overview(made_up.OVERTAKEN, OVERVIEW),
    "modal_tailor_questions": lambda: tailor.questions(made_up.TAILORED, OF_GOVERNANCE),
    "modal_tailor_questions_too_few": lambda: tailor.questions(made_up.UNFINISHED, OF_GOVERNANCE),
    "modal_tailor_review": lambda: tailor.review(made_up.TAILORED, OVERVIEW),
    "modal_tailor_review_nothing": lambda: tailor.review(made_up.DESK, OVERVIEW),
    "modal_tailor_review_overtaken": lambda: tailor.review(made_up.OVERTAKEN, OVERVIEW),
    "modal_confirm_many_readers": lambda: set_up.confirm(
        made_up.draft(8, readers=120), Return(URL, 3)
    ),
    "modal_who_sees_what_at_home": lambda: trust.who_sees_what(
        k=5,
        results_channel=None,
        facilitators=FACILITATORS,
        operator="Ola Admin",
        months_kept=24,
    ),
    "modal_erase": lambda: own_data.ask(made_up.HELD, "Ola Admin", BACK),
    "modal_erase_little": lambda: own_data.ask(
        Held(answers=1, rounds=1, open_teams=("Northwind ML",)), "Ola Admin", BACK
    ),
    "modal_erase_role": lambda: own_data.ask(Held(role=True), "Ola Admin", BACK),
    "modal_export": lambda: export.modal(made_up.EXPORTABLE, asked(Verb.EXPORT)),
    "modal_export_one": lambda: export.modal(made_up.ONE_EXPORTABLE, asked(Verb.EXPORT)),
    "modal_results": lambda: past.rounds_modal(made_up.PAST),
    "modal_results_none": lambda: past.rounds_modal(made_up.PAST_TO_COME),
    "modal_results_one": lambda: past.one_modal(made_up.PAST, made_up.FULL, 7),
    "modal_compare": lambda: compare.form(made_up.TO_COMPARE),
    "modal_compared": lambda: compare.comparison(made_up.COMPARED),
    "modal_compared_chosen": lambda: compare.comparison(made_up.COMPARED_CHOSEN),
    "modal_compared_other_questions": lambda: compare.comparison(made_up.COMPARED_OTHERWISE),
    "modal_compared_filled_in_together": lambda: compare.comparison(made_up.COMPARED_TOGETHER),
    "modal_post_again": lambda: post_again.ask(made_up.PUBLISHED, Posting(7, 1, URL)),
    "modal_post_elsewhere": lambda: post_again.ask(made_up.CLOSED, Posting(7, 0, URL)),
    "modal_post_again_confirm": lambda: post_again.confirm(
        made_up.PUBLISHED, Posting(7, 1, URL, "C02RESULTS"), 24
    ),
    "modal_post_again_confirm_elsewhere": lambda: post_again.confirm(
        made_up.PUBLISHED, Posting(7, 1, URL, "C03OTHER"), 1
    ),
    "modal_history": lambda: history.modal(made_up.HISTORY),
    "modal_history_empty": lambda: history.modal(replace(made_up.HISTORY, deeds=())),
    "modal_history_long": lambda: history.modal(made_up.LONG_HISTORY),
    "modal_facilitators": lambda: facilitators.modal(made_up.ADMINS),
    "modal_facilitators_configured": lambda: facilitators.modal(made_up.CONFIGURED),
    "modal_facilitators_of_one": lambda: facilitators.modal(made_up.OF_ONE),
    "modal_facilitators_changed": lambda: facilitators.modal_again(
        made_up.MEANWHILE, ("U03CHIARA", "U05ELIAS")
    ),
    "modal_who_sees_what": lambda: who_sees_what(5),
    "modal_who_sees_what_3": lambda: who_sees_what(3),
    "modal_who_sees_what_4": lambda: who_sees_what(4),
}


HOMES: Mapping[str, Callable[[], View]] = {
    "home_new": at_home,
    "home_new_facilitator": lambda: at_home(status=Status((), ZONE)),
    "home_waiting": lambda: at_home(made_up.part(0), made_up.part(11), made_up.SKIPPED),
    "home_finished": lambda: at_home(made_up.part(18), results=made_up.RESULTS[:1]),
    "home_results": lambda: at_home(results=made_up.RESULTS),
    "home_together": lambda: at_home(results=made_up.RESULTS_TOGETHER),
    "home_facilitator": lambda: at_home(
        made_up.part(11), results=made_up.RESULTS[:1], status=Status(EVERY_STATE, ZONE)
    ),
    "home_stopped": lambda: at_home(
        status=Status(EVERY_STATE[:1], ZONE, Stopped(CLOSES, "token_revoked"))
    ),
    "home_facilitator_of_one": lambda: home.home(
        AtHome(FACILITATORS, (), (), Status(EVERY_STATE[:1], ZONE))
    ),
    "home_30_first": lambda: at_home(status=Status(EVERY_STATE * 5, ZONE)),
    "home_30_second": lambda: at_home(status=Status(EVERY_STATE * 5, ZONE), page=1),
    "home_30_last": lambda: at_home(status=Status(EVERY_STATE * 5, ZONE), page=7),
}

VIEWS: Mapping[str, Callable[[], View]] = {**MODALS, **HOMES}


def payloads() -> dict[str, dict[str, Any]]:
    """Everything as it is sent: {"text", "blocks"} of a message, or a view."""
    said = {name: build() for name, build in MESSAGES.items()}
    messages = {name: {"text": one.text, "blocks": one.blocks} for name, one in said.items()}
    return messages | {name: build().to_dict() for name, build in VIEWS.items()}
