"""Golden files: what people see, as plain JSON that Block Kit Builder takes."""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "golden"
SWITCH = "UPDATE_GOLDEN"


def assert_golden(name: str, payload: dict[str, Any]) -> None:
    """Compare with tests/golden/<name>.json, or write it when UPDATE_GOLDEN is set."""
    file = FOLDER / f"{name}.json"
    text = json.dumps(payload, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get(SWITCH):
        file.write_text(text, encoding="utf-8")
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    assert before == json.loads(text), (
        f"{name} looks different from {file.name}. If that is meant: "
        f"{SWITCH}=1 pytest tests/bot/blocks, then read the difference in git."
    )
