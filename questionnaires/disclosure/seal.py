"""The seal on what may be shown. A rule keeps it inside this package ([tool.importlinter])."""

from questionnaires.results import Seal

SEAL = Seal()
