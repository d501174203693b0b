"""The questions of the second quarter: a new version of ours, in which four gave way to others."""

import re
from pathlib import Path

from questionnaires import catalog
from questionnaires.model import Questionnaire, Tier

QUESTIONNAIRE = "mlops-scorecard"
# A core question, and the deep-dive question that takes its place; both keep their permanent ids.
# Two of a dimension's three stay, so that its change can still be told (method section 9).
GIVING_WAY = {"GOV-3": "GOV-5", "DAT-2": "DAT-6", "DEV-3": "DEV-5", "IMP-2": "IMP-4"}


def first() -> Questionnaire:
    return catalog.load_all()[QUESTIONNAIRE]


def second(folder: Path) -> Questionnaire:
    """Write what an update of the bot would bring into `folder`: ours, with the next version."""
    for file in catalog.files_in(catalog.shipped()):
        (folder / file.name).write_text(_next(catalog.read(file)), "utf-8")
    return catalog.load_all(folder)[QUESTIONNAIRE]


def _next(old: Questionnaire) -> str:
    text = old.source
    if old.id != QUESTIONNAIRE:
        return text
    for gone, came in GIVING_WAY.items():
        text = _in_tier(text, gone, Tier.CORE, Tier.DEEP_DIVE)
        text = _in_tier(text, came, Tier.DEEP_DIVE, Tier.CORE)
    return text.replace(f"\nversion = {old.version}\n", f"\nversion = {old.version + 1}\n", 1)


def _in_tier(text: str, question_id: str, old: Tier, new: Tier) -> str:
    pattern = rf'^(id = "{question_id}"\ntier = )"{old}"$'
    changed, times = re.subn(pattern, rf'\1"{new}"', text, flags=re.MULTILINE)
    if times != 1:
        raise ValueError(f"{question_id} is not {old} in {QUESTIONNAIRE}")
    return changed


def changed(old: Questionnaire, new: Questionnaire) -> list[str]:
    """Governance: GOV-5 An owner for each live model, no longer GOV-3; one line for each."""
    found = []
    for before, now in zip(old.dimensions, new.dimensions, strict=True):
        gone = [one.id for one in before.core if one not in now.core]
        found += [
            f"{now.short_title}: {one.id} {one.short_title}, no longer {gone.pop(0)}"
            for one in now.core
            if one not in before.core
        ]
    return found
