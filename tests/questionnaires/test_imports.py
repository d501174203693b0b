"""Importing the domain is quick: the slow libraries are imported where they are used."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

PROGRAM = """
import importlib, pkgutil, sys
import questionnaires
for found in pkgutil.iter_modules(questionnaires.__path__):
    importlib.import_module(f"questionnaires.{found.name}")
print(sorted({"numpy", "scipy"} & set(sys.modules)))
"""


def test_no_module_of_the_domain_loads_numpy_or_scipy() -> None:
    package = find_spec("questionnaires")
    assert package is not None
    assert package.origin is not None
    root = Path(package.origin).parents[1]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout == "[]\n"
