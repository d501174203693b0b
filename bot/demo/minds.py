"""What made-up people think: from the seed, how mature the team is and what each will press."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.blocks import roles
from bot.demo.colleagues import Colleague, chance
from questionnaires.model import LEVELS, Questionnaire

DONT_KNOW = "Don't know"
DOESNT_APPLY = "Doesn't apply"

# How mature the team is on the levels 0..4; a dimension that is not named here is in between.
MATURITY = {
    "governance": 2.3,
    "data-management": 1.9,
    "model-development": 2.4,
    "deployment": 3.0,
    "monitoring-and-evaluation": 0.9,
    "continuous-improvement": 1.6,
}
IN_BETWEEN = 2.0
# In this dimension, people see things so far apart that the result says so.
TORN = "continuous-improvement"
APART = 1.1

# By question id; where a questionnaire does not have one of these, nobody remarks on it.
REMARKS = {
    "GOV-1": "The goals are in a slide deck from spring. I could not find this year's.",
    "GOV-3": "Works as long as the lead is here. When she is away, nobody decides.",
    "DAT-2": "Two of our five sources are still copied by hand every Monday.",
    "DAT-3": "Checks exist for the ranking model only, because it broke twice.",
    "DEV-1": "The tests we agreed on are good. We skip them when we are late.",
    "DEV-2": "I tried to rebuild the autumn model, and its data was gone.",
    "DEP-1": "Releases are the best part of our week. Nobody is afraid of them any more.",
    "DEP-3": "The way back was tried in November and took six minutes.",
    "MON-1": "Quality was last measured when the model was built.",
    "MON-2": "We hear of bad results from customer support, usually a week later.",
    "IMP-1": "One half of the team has reviews; the other half has never seen one.",
    "IMP-3": "Lessons are written down and then never read again.",
}
WISHES = (
    "An alert when live quality drops, with a name behind it.",
    "One page that says which model is live and who owns it.",
    "Measure how good the live results are, every month.",
    "Bring the last model on its own server into the normal release.",
    "A review after every incident, also the small ones.",
    "Automatic checks for the two sources we copy by hand.",
    "Save the training data of each version.",
    "Ask users whether the result helped.",
)
HOW_OFTEN_UNKNOWN = 0.04

# Of the demo's eight nobody is away: fewer could not tell a change in six dimensions from noise.
ONE_IN_THIS_MANY_IS_ABSENT = 8
LEAST_FINISHED = 3
WAYS_TO_BE_ABSENT = ("ignores", "skips", "leaves off")


@dataclass(frozen=True, slots=True)
class Mind:
    """What somebody is going to press. `said` holds, by question id, the words of a button,
    `role` those on the question for it.

    `thinks_again`: goes Back to this question and presses `corrected`. `remark`: a question id
    and a comment on it. `leaves_off` after so many answers; `skips` the round; `ignores` it.
    """

    said: dict[str, str]
    role: str
    thinks_again: str | None = None
    corrected: str = ""
    remark: tuple[str, str] | None = None
    wish: str | None = None
    ignores: bool = False
    skips: bool = False
    leaves_off: int | None = None

    @property
    def finishes(self) -> bool:
        return not (self.ignores or self.skips) and self.leaves_off is None


def minds(team: Sequence[Colleague], questionnaire: Questionnaire, seed: int) -> dict[str, Mind]:
    """By user id; the first of the team is the facilitator, who always answers."""
    shuffled = chance("turns", seed).sample(team[1:], len(team) - 1)
    absent = min((len(team) - 1) // ONE_IN_THIS_MANY_IS_ABSENT, len(team) - LEAST_FINISHED)
    found = {
        person.user_id: _Thinking(person, questionnaire, seed, turn).mind()
        for turn, person in enumerate(shuffled[absent:])
    }
    for turn, person in enumerate(shuffled[:absent]):
        found[person.user_id] = _absent(person, questionnaire, seed, turn)
    lead = team[0]
    found[lead.user_id] = _Thinking(lead, questionnaire, seed, turn=len(team)).mind()
    return found


def _absent(person: Colleague, questionnaire: Questionnaire, seed: int, turn: int) -> Mind:
    said, role = _Thinking(person, questionnaire, seed, turn).said(), roles.label(person.role)
    match WAYS_TO_BE_ABSENT[turn % len(WAYS_TO_BE_ABSENT)]:
        case "ignores":
            return Mind(said, role, ignores=True)
        case "skips":
            return Mind(said, role, skips=True)
        case _:
            rng = chance(f"leaving {person.user_id}", seed)
            return Mind(said, role, leaves_off=rng.randint(1, len(questionnaire.core) - 1))


class _Thinking:
    """One person before the questions; `turn` makes sure that in a small team all is seen."""

    def __init__(
        self, person: Colleague, questionnaire: Questionnaire, seed: int, turn: int
    ) -> None:
        self._questionnaire = questionnaire
        self._turn = turn
        self._role = roles.label(person.role)
        self._team = chance("team", seed)
        self._own = chance(person.user_id, seed)
        self._lean = self._own.gauss(0, 0.3)
        self._torn = self._own.choice((-APART, APART))

    def mind(self) -> Mind:
        said = self.said()
        thinks_again, corrected = self._second_thought(said)
        return Mind(
            said,
            self._role,
            thinks_again=thinks_again,
            corrected=corrected,
            remark=self._remark(),
            wish=WISHES[self._turn // 3 % len(WISHES)] if self._turn % 3 == 1 else None,
        )

    def said(self) -> dict[str, str]:
        """The words of a button for each core question."""
        levels = self._levels()
        said = {question_id: str(level) for question_id, level in levels.items()}
        for question_id in levels:
            if self._own.random() < HOW_OFTEN_UNKNOWN:
                said[question_id] = DONT_KNOW
        if self._turn % 5 == 1:
            said[self._own.choice(list(said))] = DONT_KNOW
        if self._turn % 6 == 0:
            said[self._own.choice(list(said))] = DOESNT_APPLY
        return said

    def _levels(self) -> dict[str, int]:
        found = {}
        for dimension in self._questionnaire.dimensions:
            mature = MATURITY.get(dimension.id, IN_BETWEEN) + self._team.uniform(-0.3, 0.3)
            if dimension.id == TORN:
                mature += self._torn
            for question in dimension.core:
                here = mature + self._team.gauss(0, 0.3)
                felt = round(here + self._lean + self._own.gauss(0, 0.5))
                found[question.id] = min(max(felt, LEVELS[0]), LEVELS[-1])
        return found

    def _second_thought(self, said: dict[str, str]) -> tuple[str | None, str]:
        """Some press a level, see it on the next card, and go back for the one beside it."""
        levels = [question_id for question_id, words in said.items() if words.isdecimal()]
        again = self._own.choice(levels[:-1])
        if self._turn % 4:
            return None, ""
        pressed = int(said[again])
        return again, str(pressed - 1 if pressed else 1)

    def _remark(self) -> tuple[str, str] | None:
        asked = [question.id for question in self._questionnaire.core if question.id in REMARKS]
        if self._turn % 3 or not asked:
            return None
        question_id = asked[self._turn // 3 * 7 % len(asked)]
        return question_id, REMARKS[question_id]
