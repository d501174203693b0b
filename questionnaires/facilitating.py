"""Who may act for a workspace or for one scorecard, and how they came to. Nobody sees answers."""

from dataclasses import dataclass

# More would not fit into what a modal carries, and nobody would know whom to ask.
NAMED_MOST = 50


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody was named in Slack; `scorecard_id` None: for every scorecard of the workspace."""

    id: int
    user_id: str
    scorecard_id: int | None
    by: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody may act for: every scorecard, or only these; false when for none."""

    everything: bool
    scorecards: frozenset[int] = frozenset()

    def covers(self, scorecard_id: int) -> bool:
        return self.everything or scorecard_id in self.scorecards

    def __bool__(self) -> bool:
        return self.everything or bool(self.scorecards)


@dataclass(frozen=True, slots=True)
class Facilitating:
    """Who may act for a scorecard, or without one for all of them: user ids, by where it is from.

    `first`: nobody takes them out in Slack; `configured`: they stand in the settings, else they
    are the workspace's owners and admins. `everywhere`: named for all scorecards. `creator`: who
    set the scorecard up, None when they cannot act any more. `named`: those that can be changed
    here, among them who has left meanwhile and does not count; `here`: those who count.
    """

    first: tuple[str, ...]
    configured: bool
    named: tuple[str, ...]
    here: tuple[str, ...]
    scorecard_id: int | None = None
    team_name: str | None = None
    creator: str | None = None
    everywhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What others changed in a list of names since somebody opened it, and how it is now."""

    now: Facilitating
    by: tuple[str, ...]
    added: tuple[str, ...]
    taken_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What somebody who was named is told; no `team_name`: for every scorecard."""

    by: str
    scorecard_id: int | None
    team_name: str | None
