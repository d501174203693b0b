"""Fetching the look-alike with npm, once, into a cache folder of ours.

The environment says where caches are kept ($XDG_CACHE_HOME) and is handed on to npm, for its
proxy and its registry. Nothing else is read from it.
"""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.playground.child import complaint, running_child
from bot.playground.errors import LOOK, MISSING, CannotPlay

NAME, VERSION = "local-slack", "0.1.8"
SYSTEMS = ("linux", "darwin")
CPUS = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
OURS = "mlops-scorecard-bot"
PROGRAMS = ("node", "npm")
CODE = re.compile(r"^npm (?:error|ERR!) code (\S+)", re.MULTILINE)


async def installed(package: str, say: Callable[[str], None]) -> Path:
    """The look-alike's program, fetched when it is not there yet. Raises CannotPlay."""
    place = cache() / f"{package}-{VERSION}"
    program = place / package / "bin" / NAME
    if not os.access(program, os.X_OK):
        missing = [name for name in PROGRAMS if shutil.which(name) is None]
        if missing:
            raise CannotPlay(
                f"The playground fetches its page with npm, and {' and '.join(missing)} cannot be "
                f"found: Node.js from nodejs.org brings both, and without it {LOOK}.",
                status=MISSING,
            )
        say(f"Fetching the page, {NAME} {VERSION}: about 40 MB, this first time only.")
        await _fetch(package, place)
    return program


def package_for(system: str, machine: str) -> str:
    """The npm package for this kind of computer. Raises CannotPlay."""
    cpu = CPUS.get(machine.lower())
    if system not in SYSTEMS or cpu is None:
        raise CannotPlay(
            f"The playground's page runs on Linux and macOS with an x64 or arm64 processor, not "
            f"on {system} {machine}; {LOOK}.",
            status=MISSING,
        )
    return f"{NAME}-{system}-{cpu}"


def cache() -> Path:
    """Where we keep what can be fetched again."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / OURS


async def _fetch(package: str, place: Path) -> None:
    """Whole or not at all: npm writes into a folder beside the place, which is then renamed."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=place.parent, prefix=".unfinished-") as folder:
            await _install(package, Path(folder))
            shutil.rmtree(place, ignore_errors=True)
            (Path(folder) / "node_modules").rename(place)
    except OSError as error:
        raise CannotPlay(
            f"The page could not be kept in {place.parent} ({error.strerror}); {LOOK}."
        ) from None


async def _install(package: str, folder: Path) -> None:
    log = folder / "npm.log"
    command = (
        *("npm", "install", f"{package}@{VERSION}", "--prefix", folder),
        *("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"),
        *("--loglevel=error", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"),
    )
    async with running_child(*command, log=log) as npm:
        status = await npm.wait()
    if status:
        why = complaint(log, CODE, status)
        raise CannotPlay(
            f"npm could not fetch the playground's page ({why}): look whether this "
            f"computer is online; without it, {LOOK}."
        )
