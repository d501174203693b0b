"""Everybody is asked at their own hour, and answers then: the same in every quarter."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.app import Runtime
from bot.demo.colleagues import Colleague
from bot.demo.minds import Mind
from bot.demo.respondent import Respondent, press_in_turns
from bot.demo.stage import Stage
from questionnaires import calendar
from questionnaires.model import Questionnaire

IN_TURN, AT_ONCE = 1, 32


async def everybody_answers(
    stage: Stage,
    runtime: Runtime,
    questionnaire: Questionnaire,
    found: Mapping[str, Mind],
    say: Callable[[Sequence[Colleague], datetime], None] | None = None,
) -> None:
    """From the invitations of a round that opens by now to the last answer of its first day.

    `say` tells of each hour at which some are asked; without it, bars of how far everybody is
    do not stay on the screen either.
    """
    opened_at = stage.clock()
    hours = {one: calendar.ask_at(opened_at, one.zone) for one in stage.team}
    asked_for = len(questionnaire.core)
    with stage.narrator.watching(stage.team, asked_for, fleeting=say is None) as bars:
        for hour in sorted(set(hours.values())):
            asked = [one for one in stage.team if hours[one] == hour]
            stage.clock.set(hour)
            if say is not None:
                say(asked, hour)
            await runtime.tick()
            await press_in_turns(
                [
                    Respondent(
                        stage.workspace.member(one.user_id), found[one.user_id], questionnaire
                    )
                    for one in asked
                ],
                at_once=IN_TURN if stage.is_small else AT_ONCE,
                settled=runtime.settled,
                saw=lambda one: bars.show(one.member.id, len(one.answered)),
            )
