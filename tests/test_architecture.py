"""The papers around the code say what is true: README, environment, manifest, Procfile."""

import json
import re
import tomllib
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
PACKAGES = ("bot", "storage", "questionnaires", "sandbox")
CEILING = 350
LINES = re.MULTILINE


def _variables() -> set[str]:
    """The names under which Settings reads the environment."""
    return {
        str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()
    }


def test_every_room_has_a_line_in_the_readme_map() -> None:
    rooms = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in sorted((ROOT / package).iterdir())
        if path.name[:1] not in "_." and path.suffix in ("", ".py")
    ]

    assert [room for room in rooms if f"`{room}`" not in README] == []


def test_the_map_names_no_room_that_is_gone() -> None:
    named = re.findall(
        r"^\| `((?:bot|storage|questionnaires|sandbox)/[^`]+)` \|", README, re.MULTILINE
    )

    assert named
    assert [room for room in named if not (ROOT / room).exists()] == []


def test_every_variable_is_in_the_example_and_in_the_readme() -> None:
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), LINES))

    assert example == _variables()
    assert [name for name in sorted(_variables()) if f"`{name}`" not in README] == []


def test_modules_stay_small_enough_to_be_read() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (lines := path.read_text().count("\n")) > CEILING and "migrations" not in path.parts
    }

    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    nothing = {"utils", "helpers", "common", "misc"}

    named = {path.stem for package in PACKAGES for path in (ROOT / package).rglob("*.py")}

    assert named & nothing == set()


def test_requirements_pin_every_dependency_with_hashes_and_name_no_index() -> None:
    requirements = (ROOT / "requirements.txt").read_text()
    pinned = set(re.findall(r"^([a-z0-9-]+)==", requirements, LINES))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=; ]", line)[0] for line in wanted}

    assert names <= pinned
    assert "://" not in re.sub(r"#.*", "", requirements)
    for block in re.split(r"\n(?=[a-z0-9])", requirements.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_manifest_asks_for_the_scopes_that_are_used() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text())

    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["features"]["slash_commands"][0]["command"] == "/scorecard"
    assert "im:history" in manifest["oauth_config"]["scopes"]["bot_optional"]
