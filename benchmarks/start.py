"""Start-up time and memory of `python -m bot run`, against a bare Bolt app.

Run: python -m benchmarks.start [pairs]

Both connect to the same stand-in for Slack; an app has started when its WebSocket is open. The
database is there already, as on every start but the first.
"""

import asyncio
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import team
from benchmarks.process import ROOT, Used, starting

SETTLE_SECONDS = 1.0  # the first tick is over
TOP = 5
NEEDLESS = frozenset({"matplotlib", "scipy", "numpy", "alembic"})


async def start(variant: str, database_url: str) -> tuple[float, Used]:
    """Seconds until connected, and what the process uses a moment later."""
    async with starting(variant, database_url) as app:
        await asyncio.sleep(SETTLE_SECONDS)
        return app.seconds_to_start, await app.used()


async def measured(folder: str, pairs: int) -> list[tuple[tuple[float, Used], tuple[float, Used]]]:
    """Ours and the bare one in turn, after one of each to warm the file cache."""
    url = f"sqlite:///{Path(folder, 'scorecard.sqlite3')}"
    team.open_round(url, 10)
    return [(await start("ours", url), await start("bare", url)) for _ in range(pairs + 1)][1:]


def import_seconds() -> Counter[str]:
    """Seconds that importing the bot spends in each top-level package, its own code only."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import bot.__main__, bot.app"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    spent: Counter[str] = Counter()
    for line in done.stderr.splitlines():
        parts = line.removeprefix("import time:").split("|")
        if len(parts) == 3 and parts[0].strip().isdigit():  # noqa: PLR2004
            spent[parts[2].strip().partition(".")[0]] += int(parts[0])
    return spent


def print_figure(name: str, unit: str, pairs: list[tuple[float, float]]) -> None:
    ratios = [ours / bare for ours, bare in pairs]
    print(
        f"{name:18}{median(ours for ours, _ in pairs):8.2f} {unit}"
        f"{median(bare for _, bare in pairs):12.2f} {unit}{median(ratios):9.2f}"
        f"   from {min(ratios):.2f} to {max(ratios):.2f}"
    )


def main(pairs: int) -> None:
    with TemporaryDirectory() as folder:
        found = asyncio.run(measured(folder, pairs))
    print(f"start, median of {pairs} pairs in turn")
    print(f"{'':18}{'ours':>8}{'bare Bolt':>16}{'ratio':>11}")
    print_figure("until connected", "s ", [(ours[0], bare[0]) for ours, bare in found])
    print_figure(
        "resident memory", "MB", [(ours[1].megabytes, bare[1].megabytes) for ours, bare in found]
    )
    loaded = {name for ours, _ in found for name in ours[1].loaded}
    print(f"not loaded until needed: {', '.join(sorted(NEEDLESS - loaded))}")
    print(f"aim, none of them loaded: {'met' if not loaded else f'NOT met: {sorted(loaded)}'}")
    spent = import_seconds()
    print(f"\nimports take most (traced, {sum(spent.values()) / 1e6:.2f} s in all):")
    for package, microseconds in spent.most_common(TOP):
        print(f"  {package:16}{microseconds / 1000:8.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
