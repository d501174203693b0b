"""Clicks per second and how long they take, against a Bolt app that only acknowledges them.

Run: python -m benchmarks.clicks [rounds]

This process plays Slack and the people; each app is a process of its own, connected over Socket
Mode. 32 people click at the same time. Everybody waits for the card to turn before the next
click, so that no work is left over. The apps take turns in short bursts, all in one run.
"""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import team
from benchmarks.process import App, starting

AT_ONCE = 32
SECONDS = 2.0
PEOPLE = 2_000  # more than ours gets through
BARE, OURS = "bare", "ours"
VARIANTS = {
    BARE: "bare Bolt app, only ack()",
    "store": "+ one row stored before ack()",
    "turn": "+ one card posted after ack()",
    "store+turn": "+ both",
    OURS: "ours: also who, what is next, the card",
}
AIM_RATIO, AIM_MILLISECONDS = 0.3, 200


@dataclass(frozen=True, slots=True)
class Burst:
    """What one app did in a burst of clicks; times in milliseconds."""

    per_second: float
    acked: Sequence[float]
    turned: Sequence[float]
    cpu: float


Clicks = Iterator[tuple[str, team.Click]]


def one_after_another(people: Iterator[int], app: App) -> Clicks:
    """All the clicks of one person, then those of the next who is free."""
    url = f"{app.slack.response_url}/{{}}"
    for person in people:
        for number, click in enumerate(team.clicks_of(person, url)):
            yield f"{person}-{number}", click


async def burst(app: App, crowd: Sequence[Clicks], *, waits_for_card: bool) -> Burst:
    """Everybody goes on clicking for a while; what is under way at the end is waited for."""
    times: list[tuple[float, float]] = []
    before = (await app.used()).cpu_seconds
    began = perf_counter()

    async def clicking(clicks: Clicks) -> None:
        while perf_counter() - began < SECONDS:
            key, click = next(clicks)
            shows = click.shows if waits_for_card else None
            times.append(await app.slack.press(key, click.payload, shows))

    await asyncio.gather(*(clicking(clicks) for clicks in crowd))
    seconds = perf_counter() - began
    cpu = (await app.used()).cpu_seconds - before
    return Burst(
        per_second=len(times) / seconds,
        acked=[1000 * acked for acked, _ in times],
        turned=[1000 * turned for _, turned in times],
        cpu=1000 * cpu / len(times),
    )


async def measured(folder: str, rounds: int) -> Mapping[str, list[Burst]]:
    """`rounds` bursts of each app, in turn; one more before them, to warm up, is left out."""
    urls = {
        variant: f"sqlite:///{Path(folder, f'{number}.sqlite3')}"
        for number, variant in enumerate(VARIANTS)
    }
    team.open_round(urls[OURS], PEOPLE)
    bursts: dict[str, list[Burst]] = {variant: [] for variant in VARIANTS}
    async with AsyncExitStack() as stack:
        apps: dict[str, App] = {}
        crowds: dict[str, list[Clicks]] = {}
        for variant, url in urls.items():
            app = apps[variant] = await stack.enter_async_context(starting(variant, url))
            people = count()
            crowds[variant] = [one_after_another(people, app) for _ in range(AT_ONCE)]
        for _ in range(rounds + 1):
            for variant, app in apps.items():
                turns = variant == OURS or "turn" in variant
                done = await burst(app, crowds[variant], waits_for_card=turns)
                bursts[variant].append(done)
    return {variant: done[1:] for variant, done in bursts.items()}


def p50(times: Sequence[float]) -> float:
    return median(times)


def p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100)[98]


def middle(bursts: Sequence[Burst], figure: Callable[[Burst], float]) -> float:
    return median(figure(one) for one in bursts)


def print_comparison(ours: Sequence[Burst], bare: Sequence[Burst]) -> None:
    ratios = [one.per_second / other.per_second for one, other in zip(ours, bare, strict=True)]
    ratio = median(ratios)
    print(f"{'':10}{'clicks/s':>10}{'ack p50':>10}{'ack p99':>10}{'card p50':>10}{'card p99':>10}")
    for name, bursts in ((OURS, ours), (BARE, bare)):
        line = (
            f"{name:10}{middle(bursts, lambda one: one.per_second):10.0f}"
            f"{middle(bursts, lambda one: p50(one.acked)):7.0f} ms"
            f"{middle(bursts, lambda one: p99(one.acked)):7.0f} ms"
        )
        if name == OURS:
            line += f"{middle(bursts, lambda one: p50(one.turned)):7.0f} ms"
            line += f"{middle(bursts, lambda one: p99(one.turned)):7.0f} ms"
        print(line)
    slowest = middle(ours, lambda one: max(p99(one.acked), p99(one.turned)))
    print(
        f"ratio     {ratio:10.2f}   pairs from {min(ratios):.2f} to {max(ratios):.2f}; "
        f"aim at least {AIM_RATIO}: {met(ratio >= AIM_RATIO)}"
    )
    print(
        f"p99       {slowest:7.0f} ms   until acked and turned; "
        f"aim under {AIM_MILLISECONDS} ms: {met(slowest < AIM_MILLISECONDS)}"
    )


def print_where_it_goes(bursts: Mapping[str, Sequence[Burst]]) -> None:
    print(f"{'where the rest goes':42}{'clicks/s':>10}{'of bare':>10}{'CPU a click':>13}")
    for variant, name in VARIANTS.items():
        pairs = zip(bursts[variant], bursts[BARE], strict=True)
        ratio = median(one.per_second / other.per_second for one, other in pairs)
        print(
            f"{name:42}{middle(bursts[variant], lambda one: one.per_second):10.0f}"
            f"{ratio:10.2f}{middle(bursts[variant], lambda one: one.cpu):10.2f} ms"
        )


def met(reached: bool) -> str:  # noqa: FBT001
    return "met" if reached else "NOT met"


def main(rounds: int) -> None:
    with TemporaryDirectory() as folder:
        bursts = asyncio.run(measured(folder, rounds))
    print(f"clicks, {AT_ONCE} at once over Socket Mode, SQLite file, synchronous=FULL")
    print(f"median of {rounds} bursts of {SECONDS:.0f} s for each app, in turn, after a warm-up")
    print_comparison(bursts[OURS], bursts[BARE])
    print()
    print_where_it_goes(bursts)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
