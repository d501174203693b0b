"""The process that is measured: one app connected to benchmarks.slack, the bot or a barer one.

Run by the benchmarks: python -m benchmarks.child VARIANT SLACK_URL DATABASE_URL
A line on stdin is answered with what this process has used so far; the end of stdin stops it.
"""

import json
import os
import signal
import sys
from pathlib import Path
from threading import Thread
from time import process_time

# Nothing else is imported up here: start-up time and memory are measured in this process.

HEAVY = ("matplotlib", "scipy", "numpy", "alembic")
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def main(variant: str, slack_url: str, database_url: str) -> None:
    Thread(target=_answer_questions, daemon=True).start()
    api_url = f"{slack_url}/api/"
    if variant == "ours":
        run_ours(api_url, database_url)
    elif variant == "bare":
        run_bare(api_url)
    else:
        from benchmarks.between import run  # noqa: PLC0415

        run(variant, api_url, database_url)


def run_ours(api_url: str, database_url: str) -> None:
    """What `python -m bot run` does."""
    os.environ.update(
        TOKENS,
        SLACK_API_URL=api_url,
        DATABASE_URL=database_url,
        SCORECARD_OPERATOR="the benchmark",
    )
    sys.argv = ["bot", "run"]
    from bot.__main__ import cli  # noqa: PLC0415

    cli()


def run_bare(api_url: str) -> None:
    """Bolt as its guide shows it: one listener that acknowledges."""
    import asyncio  # noqa: PLC0415
    import re  # noqa: PLC0415

    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler  # noqa: PLC0415
    from slack_bolt.async_app import AsyncAck, AsyncApp  # noqa: PLC0415
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415

    async def run() -> None:
        app = AsyncApp(client=AsyncWebClient(TOKENS["SLACK_BOT_TOKEN"], base_url=api_url))

        @app.action(re.compile("^answer"))
        async def acknowledge(ack: AsyncAck) -> None:
            await ack()

        handler = AsyncSocketModeHandler(app, TOKENS["SLACK_APP_TOKEN"])
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await asyncio.Event().wait()

    asyncio.run(run())


def _answer_questions() -> None:
    for _ in sys.stdin:
        loaded = [name for name in HEAVY if name in sys.modules]
        used = {"cpu_seconds": process_time(), "megabytes": megabytes(), "loaded": loaded}
        print(json.dumps(used), flush=True)
    os.kill(os.getpid(), signal.SIGTERM)


def megabytes() -> float:
    """Resident memory now; its peak would count the process that started this one, too."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    with os.popen(f"ps -o rss= -p {os.getpid()}") as ps:  # noqa: S605
        return int(ps.read()) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
