"""What the terminal says: what to open and press, and who has finished."""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.text import Text

from bot.demo.colleagues import Colleague
from bot.playground.reader import Stage
from bot.playground.team import RESULTS_CHANNEL, TEAM_CHANNEL

WIDEST = 88
STEP, ASIDE = "   ", "      "


class Guide:
    """Counts its steps; into a pipe it prints the same without colours."""

    def __init__(self, console: Console, team: Sequence[Colleague]) -> None:
        self._console = console
        self._reader, *_ = self._team = team
        self._steps = 0
        self._finished: set[str] = set()
        self._reader_waits = False
        self._others_are_done = False

    def say(self, text: str) -> None:
        self._print(text)

    def welcome(self, url: str, now: datetime) -> None:
        """Where everything is, and the first steps."""
        you = self._reader.name
        others = len(self._team) - 1
        self._print("The real bot, in a Slack look-alike on this computer.", style="bold")
        self._print(
            f"You are {you}, who looks after the scorecard. A round has just begun; your {others} "
            "colleagues are made up, and answer by themselves from now on."
        )
        self._print(
            f"For the bot it is {now:%A %d %B %Y, %H:%M} UTC, when everybody is at work. "
            "The look-alike shows you everybody's direct messages; Slack shows you only yours."
        )
        self._print("Ctrl-C in this terminal ends the playground, whenever you like.")
        self._gap()
        self._step(f"Open {url}")
        self._step(f'At the top right, choose {you} under "Act as", if it is not chosen yet.')
        self._step(
            f'On the left, under "Direct messages", open {you}: there the bot has written to you. '
            'Press Start. (In Slack it writes to you under "Apps", scorecard; here that page '
            "stays empty.)"
        )
        self._step("Answer the 18 cards, one press each. Every answer is saved at once.")
        self._gap()

    def finished(self, user_id: str) -> None:
        """Somebody is done: who, never with what."""
        if user_id in self._finished:
            return
        self._finished.add(user_id)
        one = next(one for one in self._team if one.user_id == user_id)
        who = "You have" if one is self._reader else f"{one.name} has"
        count = f"({len(self._finished)} of {len(self._team)})"
        self._print(f"{who} finished {count}", indent=ASIDE, style="green")

    def reached(self, stage: Stage) -> None:
        """What comes next from here."""
        match stage:
            case Stage.FINISHED:
                self.finished(self._reader.user_id)
                self._to_close()
            case Stage.CLOSED:
                self._reader_waits = False
                self._to_post()
            case Stage.POSTED:
                self._at_the_end()

    def others_are_done(self) -> None:
        """Nobody has to be waited for any more."""
        self._others_are_done = True
        if self._reader_waits:
            self._reader_waits = False
            self._to_close()

    def goodbye(self) -> None:
        self._gap()
        self._print("Goodbye. The page is closed, and all that was answered is gone.")

    def _to_close(self) -> None:
        """Not before the others are done: the result would show little."""
        if not self._others_are_done:
            self._reader_waits = True
            self._print("The others need a little longer; then comes the next step.")
            return
        self._gap()
        self._step(f"Open #{TEAM_CHANNEL[1]}, write /scorecard close and send it.")
        self._step("Press Close this round.")
        self._gap()

    def _to_post(self) -> None:
        self._gap()
        self._print("The round is closed.", style="bold")
        self._step(
            f'Open {self._reader.name} under "Direct messages" again: this is the result as it '
            "will look, for your eyes first."
        )
        self._step("Press Post now, above it.")
        self._gap()

    def _at_the_end(self) -> None:
        self._gap()
        self._step(
            f"Open #{RESULTS_CHANNEL[1]}: here the team reads it, with more under its replies."
        )
        self._gap()
        self._print("That was a whole round.", style="bold")
        self._print(
            "Look around with /scorecard, /scorecard my and /scorecard status. (The form behind "
            "/scorecard start has fields that only Slack can show.) Ctrl-C ends the playground."
        )

    def _step(self, text: str) -> None:
        self._steps += 1
        number = Text(f"{self._steps}.".ljust(len(STEP)), "bold cyan")
        self._lines(Text(text), first=number, indent=STEP)

    def _print(self, text: str, *, indent: str = "", style: str = "") -> None:
        self._lines(Text(text, style), first=Text(indent), indent=indent)

    def _lines(self, text: Text, *, first: Text, indent: str) -> None:
        width = min(self._console.width, WIDEST) - len(indent)
        for line in text.wrap(self._console, width):
            line.rstrip()
            self._console.print(Text.assemble(first, line))
            first = Text(indent)

    def _gap(self) -> None:
        self._console.print()
