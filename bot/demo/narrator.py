"""What the demo prints: a story with the facilitator's clock, and bars that show no answers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from bot.demo.colleagues import Colleague

BARS_FOR_PEOPLE = 12
WIDEST = 96
INDENT = 7


class Narrator:
    """Prints to a terminal; into a file or a pipe the same without colours and moving bars."""

    def __init__(self, console: Console, now: Callable[[], datetime], zone: str) -> None:
        self._console = console
        self._now = now
        self._zone = ZoneInfo(zone)
        self._last = ""

    def tell(self, text: str) -> None:
        """One step of the story; the time stands before it when it has changed."""
        clock = f"{self._now().astimezone(self._zone):%H:%M}"
        self._print(text, before=Text(clock if clock != self._last else "", "bold cyan"))
        self._last = clock

    def quote(self, text: str) -> None:
        """What the bot says."""
        for line in text.splitlines():
            self._print(line, before=Text(), indent=INDENT + 2, style="green")

    def aside(self, text: str, style: str = "") -> None:
        """Something to know, outside the story."""
        self._print(text, before=Text(), indent=0, style=style)

    def panel(self, title: str, text: str) -> None:
        """A message as it hangs in Slack, its first line in bold."""
        first, *rest = text.splitlines()
        said = Text("\n".join(("", *rest)))
        self._console.print()
        shown = Text.assemble((first, "bold"), said)
        self._console.print(Panel(shown, title=title, title_align="left", width=self._width))

    def gap(self) -> None:
        self._console.print()

    @contextmanager
    def watching(
        self, team: Sequence[Colleague], questions: int, *, fleeting: bool = False
    ) -> Iterator["Bars"]:
        """Bars while people answer: one for each person, in a large team one for each city.

        They stay when all is answered, unless they are `fleeting`.
        """
        bars = Bars(team, questions, self._console, fleeting=fleeting)
        with bars.progress:
            yield bars
        if not (self._console.is_terminal or fleeting):
            for line in bars.lines():
                self._print(line, before=Text())

    @property
    def _width(self) -> int:
        return min(self._console.width, WIDEST)

    def _print(self, text: str, *, before: Text, indent: int = INDENT, style: str = "") -> None:
        for line in Text(text, style).wrap(self._console, self._width - indent):
            line.rstrip()
            self._console.print(Text.assemble(before, " " * (indent - len(before)), line))
            before = Text()


class Bars:
    """How far everybody is, and nothing of what they say."""

    def __init__(
        self, team: Sequence[Colleague], questions: int, console: Console, *, fleeting: bool
    ) -> None:
        self.progress = Progress(
            TextColumn(" " * INDENT + "{task.description}"),
            BarColumn(24, complete_style="cyan", finished_style="green"),
            MofNCompleteColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=fleeting,
        )
        self._rows: dict[str, TaskID] = {}
        self._answered: dict[str, int] = {}
        self._people: dict[TaskID, list[str]] = {}
        by_person = len(team) <= BARS_FOR_PEOPLE
        names = [_person(one) if by_person else (one.city, "") for one in team]
        widths = [max(len(parts[column]) for parts in names) for column in (0, 1)]
        rows: dict[str, TaskID] = {}
        for one, parts in zip(team, names, strict=True):
            text = "  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True))
            if text not in rows:
                rows[text] = self.progress.add_task(text, total=0)
            row = self._rows[one.user_id] = rows[text]
            self._people.setdefault(row, []).append(one.user_id)
            self.progress.update(row, total=questions * len(self._people[row]))

    def show(self, user_id: str, answered: int) -> None:
        self._answered[user_id] = answered
        row = self._rows[user_id]
        done = sum(self._answered.get(one, 0) for one in self._people[row])
        self.progress.update(row, completed=done)

    def lines(self) -> list[str]:
        """The bars in words."""
        return [
            f"{task.description}  {task.completed:.0f} of {task.total:.0f}"
            for task in self.progress.tasks
        ]


def _person(one: Colleague) -> tuple[str, str]:
    return one.name, f"{one.title}, {one.city}"
