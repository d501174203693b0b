"""What is kept of one person, as values: all of it for their file, and how much can be erased."""

from dataclasses import dataclass
from datetime import datetime

from questionnaires.acts import Deed
from questionnaires.messages import Kind
from questionnaires.model import Dimension, Question, Rating, Scale
from questionnaires.roles import Role
from questionnaires.rounds import Participant, Person, Round
from questionnaires.tailoring import Tailoring

COPIES_KEPT_DAYS = 30  # of the database, as an upgrade makes them
WORKSPACE_KEPT_DAYS = 30  # after Slack has refused the bot's token: time to install it again


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What somebody said to one question; a comment may stand there without an answer."""

    question: Question
    dimension: Dimension
    rating: Rating | None
    answered_at: datetime | None
    comment: str | None


@dataclass(frozen=True, slots=True)
class KeptRound:
    """A round somebody was asked in. `changed_at`: when their part in it last changed."""

    round: Round
    participant: Participant
    changed_at: datetime | None
    questionnaire: str
    scale: Scale
    answers: tuple[KeptAnswer, ...]


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message to somebody. `about`: its team and round, if any; `sent_at` None: not sent.

    `place`: channel, message and file in Slack, as far as they are known; `problem`: what Slack
    said when it did not take the message.
    """

    kind: Kind
    about: str | None
    state: str
    due_at: datetime
    sent_at: datetime | None
    place: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class KeptAct:
    """Where somebody is named, besides what they did, in words; `about` None: everything."""

    what: str
    about: str | None


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Questions that somebody has chosen for a team and not saved."""

    team_name: str
    chosen: Tailoring


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that is kept of one person; rehearsals, which are deleted anyway, left out.

    `deeds`: what they did as a facilitator, and when they were named or taken out.
    """

    workspace: str
    at: datetime
    user_id: str
    person: Person | None
    role: Role | None
    rounds: tuple[KeptRound, ...]
    messages: tuple[KeptMessage, ...]
    deeds: tuple[Deed, ...]
    acts: tuple[KeptAct, ...]
    drafts: tuple[KeptDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """How much of somebody's own can be erased. `open_teams`: with answers in an open round.

    `together`: they have entered answers for a team, which are the team's and stay.
    """

    answers: int = 0
    comments: int = 0
    wishes: int = 0
    role: bool = False
    rounds: int = 0
    open_teams: tuple[str, ...] = ()
    together: bool = False

    @property
    def anything(self) -> bool:
        return bool(self.answers or self.comments or self.wishes or self.role)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """An open round from which somebody's answers were erased; they can begin anew until then."""

    round_id: int
    team_name: str
    closes_at: datetime
    zone: str
