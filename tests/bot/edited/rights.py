"""Whose rows somebody may change, said once more and without the bot's own code.

A table of rights over what the database held before and holds after; it reads rows as they are.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Key = tuple[Any, ...]
Dump = Mapping[str, Mapping[Key, Row]]

# When the bot last looked at the clock and at the people: nobody's rows.
BOOKKEEPING = {"workspaces": ("ticked_at", "people_read_at")}


class File:
    """The database file, read and put back beside the bot."""

    def __init__(self, path: Path) -> None:
        self._live = sqlite3.connect(path, isolation_level=None)
        self._live.execute("PRAGMA synchronous = OFF")
        names = self._live.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        self._keys = {name: self._key(name) for (name,) in names.fetchall()}

    def _key(self, table: str) -> tuple[str, ...]:
        columns = self._live.execute(f"PRAGMA table_info({table})").fetchall()
        keys = tuple(name for _, name, _, _, _, place in columns if place)
        return keys or ("name",)  # sqlite_sequence has none

    def version(self) -> int:
        """Another number whenever the bot has written."""
        found: int = self._live.execute("PRAGMA data_version").fetchone()[0]
        return found

    def dump(self) -> Dump:
        return {table: self._rows(table) for table in self._keys}

    def _rows(self, table: str) -> dict[Key, Row]:
        found = self._live.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of ours
        names = [column for column, *_ in found.description]
        rows = (dict(zip(names, row, strict=True)) for row in found)
        return {tuple(row[key] for key in self._keys[table]): row for row in rows}

    def undo(self, changes: "list[Change]") -> None:
        """Put every changed row back."""
        with self._live:
            self._live.execute("BEGIN IMMEDIATE")
            for change in changes:
                where = " AND ".join(f"{key} IS ?" for key in self._keys[change.table])
                self._live.execute(f"DELETE FROM {change.table} WHERE {where}", change.key)  # noqa: S608
            for change in changes:
                if change.before is not None:
                    marks = ", ".join("?" for _ in change.before)
                    self._live.execute(
                        f"INSERT INTO {change.table} VALUES ({marks})",  # noqa: S608
                        tuple(change.before.values()),
                    )

    def close(self) -> None:
        self._live.close()


@dataclass(frozen=True, slots=True)
class Change:
    table: str
    key: Key
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """As it was; a new one as it is."""
        return self.before or self.after or {}

    @property
    def columns(self) -> frozenset[str]:
        """Which of them differ; all of a new row, or of one that is gone."""
        if self.before is None or self.after is None:
            return frozenset(self.row)
        return frozenset(name for name in self.before if self.before[name] != self.after[name])


def changes(before: Dump, after: Dump) -> list[Change]:
    return list(_changes(before, after))


def _changes(before: Dump, after: Dump) -> Iterator[Change]:
    for table, rows in before.items():
        for key in rows.keys() | after[table].keys():
            change = Change(table, key, rows.get(key), after[table].get(key))
            if change.before != change.after:
                yield change


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent it, in which workspace, as Slack says."""

    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class World:
    """What was there; of what is new, what is there now."""

    before: Dump
    after: Dump

    def row(self, table: str, number: Any) -> Row:
        key = (number,)
        return self.before[table].get(key) or self.after[table].get(key) or {}

    def is_here(self, sender: Sender) -> bool:
        person = self.before["people"].get((sender.team_id, sender.user_id))
        return person is not None and not any(
            person[name] for name in ("deleted", "bot", "guest", "stranger")
        )

    def facilitates_all(self, sender: Sender) -> bool:
        if not self.is_here(sender):
            return False
        admin = self.before["people"][sender.team_id, sender.user_id]["admin"]
        return bool(admin) or self._is_named(sender, None)

    def facilitates(self, sender: Sender, scorecard_id: Any) -> bool:
        """A scorecard in use of the sender's own workspace, no rehearsal of anybody's."""
        found = self.row("scorecards", scorecard_id)
        if found.get("team_id") != sender.team_id or found["manner"] == "rehearsal":
            return False
        own = found["created_by"] == sender.user_id or self._is_named(sender, scorecard_id)
        return self.facilitates_all(sender) or (own and self.is_here(sender))

    def _is_named(self, sender: Sender, scorecard_id: Any) -> bool:
        return any(
            (row["team_id"], row["user_id"], row["scorecard_id"], row["removed_by"])
            == (sender.team_id, sender.user_id, scorecard_id, None)
            for row in self.before["facilitators"].values()
        )

    def rehearses(self, sender: Sender, scorecard_id: Any) -> bool:
        found = self.row("scorecards", scorecard_id)
        mine = found.get("team_id"), found.get("created_by"), found.get("manner")
        return mine == (sender.team_id, sender.user_id, "rehearsal")

    def takes_part(self, sender: Sender, participant_id: Any) -> bool:
        found = self.row("participants", participant_id)
        return (found.get("team_id"), found.get("user_id")) == (sender.team_id, sender.user_id)

    def was_asked(self, sender: Sender, round_id: Any) -> bool:
        return any(
            row["round_id"] == round_id and self.takes_part(sender, key[0])
            for key, row in self.before["participants"].items()
        )

    def is_open(self, round_id: Any) -> bool:
        """As it was before: the world's clock stays far from every deadline."""
        return bool(self.row("rounds", round_id).get("state") == "open")


Right = Callable[[World, Sender, Change], bool]


def own_answer(world: World, sender: Sender, change: Change) -> bool:
    """While the round is open; erasing takes those of closed rounds, too."""
    part = world.row("participants", change.row["participant_id"])
    mine = world.takes_part(sender, change.row["participant_id"])
    return mine and (world.is_open(part["round_id"]) or change.after is None)


def own_part(world: World, sender: Sender, change: Change) -> bool:
    """Their own place in an open round; of a closed one only what erasing takes."""
    if change.before is None or not world.takes_part(sender, change.key[0]):
        return False
    if world.is_open(change.row["round_id"]):
        return not change.columns & {"id", "team_id", "round_id", "user_id", "zone", "ask_at"}
    return change.columns <= {"role", "fix_first", "changed_at"}


def opening(world: World, sender: Sender, change: Change) -> bool:
    """Who facilitates opens rounds: people are asked, nothing of theirs is touched."""
    scorecard_id = world.row("rounds", change.row["round_id"]).get("scorecard_id")
    return change.before is None and world.facilitates(sender, scorecard_id)


def own_role(_world: World, sender: Sender, change: Change) -> bool:
    return change.columns == {"role"} and change.key == (sender.team_id, sender.user_id)


def facilitated(world: World, sender: Sender, change: Change) -> bool:
    """Rows about a scorecard that the sender acts for."""
    return change.row["team_id"] == sender.team_id and world.facilitates(
        sender, change.row["scorecard_id"]
    )


def facilitated_round(world: World, sender: Sender, change: Change) -> bool:
    scorecard_id = world.row("rounds", change.row["round_id"]).get("scorecard_id")
    return world.facilitates(sender, scorecard_id)


def facilitated_scorecard(world: World, sender: Sender, change: Change) -> bool:
    """One in use, never its past: who set it up and when stay what they are."""
    if change.before is None or change.before["state"] == "draft" or change.after is None:
        return False
    kept = {"id", "team_id", "created_by", "created_at", "edits"}
    return not change.columns & kept and world.facilitates(sender, change.key[0])


def own_draft(world: World, sender: Sender, change: Change) -> bool:
    """A set-up of one's own, or an edit of what one acts for, drafted by oneself."""
    row = change.row
    if row["state"] != "draft" or row["team_id"] != sender.team_id:
        return False
    if row["edits"] is not None:
        return bool(row["changed_by"] == sender.user_id) and world.facilitates(sender, row["edits"])
    return bool(row["created_by"] == sender.user_id) and world.facilitates_all(sender)


def own_rehearsal(world: World, sender: Sender, change: Change) -> bool:
    """Everything about it; it begins only for who may set up."""
    row = change.row
    if change.table == "scorecards":
        mine = world.rehearses(sender, change.key[0])
        return mine and (change.before is not None or world.facilitates_all(sender))
    if "participant_id" in row and "round_id" not in row:
        row = world.row("participants", row["participant_id"])
    round_ = row if change.table == "rounds" else world.row("rounds", row.get("round_id"))
    return world.rehearses(sender, round_.get("scorecard_id"))


def erased(world: World, sender: Sender, change: Change) -> bool:
    """A closed round is marked from which somebody erased what they had said."""
    return change.columns <= {"erased_at"} and world.was_asked(sender, change.key[0])


def facilitated_closed_round(world: World, sender: Sender, change: Change) -> bool:
    """Before its result is posted: what everybody has read stays as it is."""
    closed = world.row("rounds", change.row["round_id"]).get("state") == "closed"
    return closed and facilitated_round(world, sender, change)


def erased_comment(world: World, sender: Sender, change: Change) -> bool:
    """What is kept of a hidden comment goes when whoever wrote it erases it."""
    return change.after is None and world.was_asked(sender, change.row["round_id"])


def own_name(world: World, sender: Sender, change: Change) -> bool:
    """Facilitators of all scorecards name those of all."""
    whole = change.row["scorecard_id"] is None and change.row["team_id"] == sender.team_id
    return whole and world.facilitates_all(sender)


def own_act(world: World, sender: Sender, change: Change) -> bool:
    """What the sender did, noted under their own name, and never taken back."""
    if change.before is not None or change.row["user_id"] != sender.user_id:
        return False
    return facilitated(world, sender, change) or own_name(world, sender, change)


def own_choice(world: World, sender: Sender, change: Change) -> bool:
    return bool(change.row["user_id"] == sender.user_id) and facilitated(world, sender, change)


def to_me(_world: World, sender: Sender, change: Change) -> bool:
    """What the bot writes to the sender, and no longer writes to them."""
    return (change.row["team_id"], change.row["recipient"]) == (sender.team_id, sender.user_id)


def about_mine(world: World, sender: Sender, change: Change) -> bool:
    """What the bot writes about what the sender facilitates: to people, to a channel."""
    if change.row["round_id"] is not None:
        return facilitated_round(world, sender, change)
    if change.row["scorecard_id"] is not None:
        return facilitated(world, sender, change)
    return own_name(world, sender, change)


def first_asked(world: World, sender: Sender, change: Change) -> bool:
    """A version is locked when it is asked; a rehearsal lets go of its own again."""
    return change.row["team_id"] == sender.team_id and world.is_here(sender)


RIGHTS: Mapping[str, tuple[Right, ...]] = {
    "answers": (own_answer, own_rehearsal),
    "comments": (own_answer, own_rehearsal),
    "participants": (own_part, opening, own_rehearsal),
    "people": (own_role,),
    "scorecards": (facilitated_scorecard, own_draft, own_rehearsal),
    "facilitators": (facilitated, own_name),
    "acts": (own_act,),
    "rounds": (facilitated, own_rehearsal, erased),
    "results": (facilitated_round, own_rehearsal),
    "hidden_comments": (facilitated_closed_round, erased_comment),
    "tailorings": (facilitated,),
    "tailoring_drafts": (own_choice,),
    "messages": (to_me, about_mine, own_rehearsal),
    "questionnaires": (first_asked,),
    "sqlite_sequence": (lambda _world, _sender, _change: True,),  # numbers that were given out
    "workspaces": (),
    "gaps": (),
}


def unrightful(before: Dump, after: Dump, sender: Sender | None) -> list[Change]:
    """The changes that the sender had no right to; without a sender, all of them."""
    world = World(before, after)
    return [
        change
        for change in changes(before, after)
        if not change.columns <= set(BOOKKEEPING.get(change.table, ()))
        and not (
            sender is not None
            and any(right(world, sender, change) for right in RIGHTS[change.table])
        )
    ]
