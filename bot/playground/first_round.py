"""A scorecard that is set up, and its first round: through the bot's own use cases.

The forms of the look-alike have no fields for channels and people, so nobody could fill in the
set-up there; and its one form is everybody's, so the seven write their comments from here, too.
"""

import asyncio

from bot.app import Runtime
from bot.clients import Clock
from bot.demo.minds import Mind
from bot.playground.team import READER, RESULTS_CHANNEL, TEAM, TEAM_CHANNEL, TEAM_ID, TEAM_NAME
from bot.use_cases.answering import Answering
from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import FIRST, Library
from bot.use_cases.opening import Opening, Reading
from bot.use_cases.participants import Here, Participants
from bot.use_cases.setting_up import SettingUp
from questionnaires import catalog
from questionnaires.calendar import Cadence
from questionnaires.disclosure.floors import K_DEFAULT
from questionnaires.model import Questionnaire
from questionnaires.rounds import Audience, SetUp

SET_UP = SetUp(
    team_name=TEAM_NAME,
    questionnaire_id=FIRST,
    audience=Audience(TEAM_CHANNEL[0]),
    results_channel=RESULTS_CHANNEL[0],
    cadence=Cadence.QUARTERLY,
    zone=READER.zone,
    created_by=READER.user_id,
)


class FirstRound:
    """The first round of a new scorecard. The bot knows the people already."""

    def __init__(self, runtime: Runtime, now: Clock) -> None:
        library = Library(catalog.load_all(), runtime.database)
        facilitators = Facilitators((READER.user_id,))
        self.questionnaire: Questionnaire = library.newest(FIRST)
        self._runtime = runtime
        opening = Opening(runtime.database, library, facilitators, K_DEFAULT, now)
        self._setting_up = SettingUp(runtime.database, library, facilitators, opening, now)
        self._answering = Answering(runtime.database, Participants(library, now), now)
        self._round_id = 0

    async def open(self) -> None:
        """Set up, confirm, and ask everybody."""
        reading = Reading(tuple(one.user_id for one in TEAM), results_readers=len(TEAM))
        self._round_id = await asyncio.to_thread(self._confirmed, reading)
        await self._runtime.tick()

    async def remark(self, user_id: str, mind: Mind) -> None:
        """What somebody wants to say beside the answers, if anything. Raises RoundClosed."""
        here = Here(TEAM_ID, user_id, self._round_id)
        if mind.remark:
            await asyncio.to_thread(self._answering.comment, here, *mind.remark)
        if mind.wish:
            await asyncio.to_thread(self._answering.fix_first, here, mind.wish)

    def _confirmed(self, reading: Reading) -> int:
        draft = self._setting_up.draft(TEAM_ID, SET_UP, reading)
        started = self._setting_up.confirm(TEAM_ID, READER.user_id, draft.scorecard_id, reading)
        assert started.round is not None
        return started.round.id
