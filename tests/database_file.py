"""The database as it is on the disk: every byte, and a process that dies at work on it."""

import subprocess
import sys
from pathlib import Path


def bytes_of(folder: Path) -> bytes:
    """The database and what lies beside it, its log and its copies, as they are on the disk."""
    beside = sorted(folder.glob("scorecard*sqlite3*"))
    assert beside
    return b"".join(path.read_bytes() for path in beside)


def killed_at(script: str, folder: Path) -> None:
    """Run a script that kills itself at work; it gets the address of the database."""
    url = f"sqlite:///{folder}/scorecard.sqlite3"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script, url], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (-9, "")
