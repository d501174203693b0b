"""All use cases over one database, as the composition root hands them out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.use_cases.answering import Answering
from bot.use_cases.at_home import Homes
from bot.use_cases.closing import Closing
from bot.use_cases.editing import Editing
from bot.use_cases.erasing import Erasing
from bot.use_cases.exporting import Exporting
from bot.use_cases.extending import Extending
from bot.use_cases.facilitators import Facilitators
from bot.use_cases.following import Following
from bot.use_cases.hiding import Hiding
from bot.use_cases.history import Histories
from bot.use_cases.inviting import Inviting
from bot.use_cases.leaving import Leaving
from bot.use_cases.library import Library
from bot.use_cases.measuring import Measuring
from bot.use_cases.naming import Naming
from bot.use_cases.opening import Opening
from bot.use_cases.outgoing import Outgoing
from bot.use_cases.own_data import OwnData
from bot.use_cases.participants import Participants
from bot.use_cases.past import PastResults
from bot.use_cases.people import People
from bot.use_cases.planning import Planning
from bot.use_cases.posting_again import PostingAgain
from bot.use_cases.rehearsing import Rehearsing
from bot.use_cases.reminding import Reminding
from bot.use_cases.setting_up import SettingUp
from bot.use_cases.standing import Standing
from bot.use_cases.tailoring import Tailors
from bot.use_cases.watching import Watching
from storage.database import Database


@dataclass(frozen=True, slots=True)
class UseCases:
    answering: Answering
    closing: Closing
    editing: Editing
    erasing: Erasing
    exporting: Exporting
    extending: Extending
    following: Following
    hiding: Hiding
    histories: Histories
    homes: Homes
    inviting: Inviting
    leaving: Leaving
    measuring: Measuring
    naming: Naming
    opening: Opening
    outgoing: Outgoing
    own_data: OwnData
    past: PastResults
    people: People
    planning: Planning
    posting_again: PostingAgain
    rehearsing: Rehearsing
    reminding: Reminding
    setting_up: SettingUp
    standing: Standing
    tailors: Tailors
    watching: Watching

    @classmethod
    def over(
        cls,
        database: Database,
        library: Library,
        facilitators: Facilitators,
        k: int,
        now: Callable[[], datetime],
        months_kept: int,
    ) -> "UseCases":
        """`k`: from how many answers on single questions are shown. `months_kept`: how long after
        a round its answers are erased.
        """
        participants = Participants(library, now)
        opening = Opening(database, library, facilitators, k, now)
        measuring = Measuring(database, library)
        closing = Closing(database, library, facilitators, measuring, now)
        erasing = Erasing(database, participants, months_kept, now)
        standing = Standing(database, library, facilitators, now)
        return cls(
            answering=Answering(database, participants, now),
            closing=closing,
            editing=Editing(database, library, facilitators, opening, now),
            erasing=erasing,
            exporting=Exporting(database, facilitators, closing, now),
            extending=Extending(database, facilitators, now),
            following=Following(database, now),
            hiding=Hiding(database, library, facilitators, now),
            histories=Histories(database, facilitators),
            homes=Homes(database, standing, closing),
            inviting=Inviting(database, participants, now),
            leaving=Leaving(database, erasing.has_erased, now),
            measuring=measuring,
            naming=Naming(database, facilitators, now),
            opening=opening,
            outgoing=Outgoing(database, facilitators, now),
            own_data=OwnData(database, library, now),
            past=PastResults(database, facilitators, closing),
            people=People(database, now),
            planning=Planning(database, facilitators, now),
            posting_again=PostingAgain(database, facilitators, now),
            rehearsing=Rehearsing(database, library, facilitators, participants, measuring, k, now),
            reminding=Reminding(database, participants, facilitators, now),
            setting_up=SettingUp(database, library, facilitators, opening, now),
            standing=standing,
            tailors=Tailors(database, library, facilitators, now),
            watching=Watching(database, facilitators, now),
        )
