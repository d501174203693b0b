"""docs/method.md: every number in its sentences is the one that the code goes by."""

import re
from math import floor, fsum

import pytest
from scipy.special import stdtr

from questionnaires import (
    advice,
    agreement,
    change,
    priority,
    ranges,
    scoring,
    significance,
)
from questionnaires.calendar import DAYS_APART
from questionnaires.disclosure import LEVELS_FOR_A_BAND, blunting, groups
from questionnaires.disclosure.floors import (
    FREEDOM_FOR_A_RANGE,
    K_DEFAULT,
    K_LEAST,
    K_LEAST_OF_THREE,
    K_MOST,
    QUESTIONS_FOR_A_RANGE,
    RATERS_FOR_A_RANGE,
    RATERS_LEAST,
)
from questionnaires.model import (
    LEVELS,
    POINTS_PER_LEVEL,
    Scale,
)
from questionnaires.results import LEAST_RESPONDENTS
from questionnaires.roles import ASKED_FROM
from questionnaires.tailoring import IMPORTANCE
from tests.questionnaires.documents import TABLE, page, rows, short
from tests.questionnaires.readability import reading_ease
from tests.questionnaires.test_attack import KNOWN
from tests.questionnaires.test_method_document import IN_WORDS
from tests.questionnaires.test_method_example import (
    cell_of,
    place,
    score_text,
    seen_level,
    since_october,
)
from tests.worked_example import JANUARY, OCTOBER, example

PAPER = page("method.md")
TIMES = "\N{MULTIPLICATION SIGN}"
PLAIN = 60  # reading ease, from which on it is plain English


def times_as_wide(one: str, other: str) -> int:
    wide, narrow = (cell_of(JANUARY, name).range for name in (one, other))
    assert wide is not None
    assert narrow is not None
    return floor((wide.high - wide.low) / (narrow.high - narrow.low))


SHOWN = example().shown[JANUARY]
PRINTED = [one.score.value for one in SHOWN.dimensions if one.score]
OVERALL = SHOWN.overall.text if SHOWN.overall else ""
WITHOUT_HANA = example("Hana")
DEPLOYED = WITHOUT_HANA.shown[JANUARY].dimensions[place("Deployment")].change
COMBINATIONS = 2 ** len(example().people)
PER_CENT = round(100 * (2 * float(stdtr(5, ranges.student_t(5))) - 1))

# Every number that stands outside a computed table is in one of these, made of the code's.
SENTENCES = (
    f"This is method version {scoring.METHOD_VERSION};",
    f"The level that lies nearest to {OVERALL}.",
    f"{score_text(JANUARY, 'Governance')} is {since_october('Governance')[2]} points more".replace(
        "+", ""
    ),
    f"from {LEVELS[0]} to {POINTS_PER_LEVEL * LEVELS[-1]}: the mean of its questions",
    "It has no score, which is not 0.",
    f"The score is somewhere below {blunting.LOW_END}.",
    f"Scores are rounded to {blunting.COARSE_STEP}, and questions",
    "what most people call not applicable counted as 0.",
    "Level 2, for example",
    "Those count as levels {}, {} and {}.".format(*Scale.YES_PARTLY_NO.offered),
    "Neither ever counts as 0.",
    f"each role has at least {scoring.RESPONDENTS_PER_ROLE} who answered",
    f"The {PER_CENT} % range says how far",
    "share is 1 with one role",
    f"at least {POINTS_PER_LEVEL} / √(12 {TIMES} people {TIMES} questions)",
    f"cut to 0 to {POINTS_PER_LEVEL * LEVELS[-1]}, with *t*",
    f"from {RATERS_FOR_A_RANGE} people and {FREEDOM_FOR_A_RANGE} degrees of freedom on, over at "
    f"least {QUESTIONS_FOR_A_RANGE} questions",
    f"Two teams at {2 * POINTS_PER_LEVEL} can be very different: in one everybody says 2, in the "
    f"other half say {LEVELS[-1]} and half say {LEVELS[0]}. The second has no level 2;",
    f"Up to {agreement.HIGH_MOST:.2f} agreement is high, up to {agreement.MEDIUM_MOST:.2f} medium",
    f"the highest and the lowest level are {agreement.LOW_SPREAD} or more apart",
    "1 minus the mean variance of its questions, divided by 2, which is the variance",
    "1 is full agreement, 0 is what dice would give, and below 0 people",
    f"stands beside a dimension below {agreement.SPLIT_BELOW:.2f}.",
    f"is computed from {LEVELS_FOR_A_BAND} levels on",
    f"It needs at least {change.COMMON_LEAST} of them, and half of",
    "The change is over questions 1 and 2;",
    f"Where it would leave 0 to {POINTS_PER_LEVEL * LEVELS[-1]}, it is cut there",
    f"{score_text(JANUARY, 'Deployment')} after {score_text(OCTOBER, 'Deployment')} is "
    f"{since_october('Deployment')[2]}, whatever the exact values were",
    f"is below {short(significance.SIGNIFICANT_BELOW)} after correction (below)",
    f"the difference is at least {change.CHANGE_LEAST:g} points, exactly and as it is shown",
    f"at least {change.SHARE_OF_SAME_PEOPLE:.0%} of either round".replace("%", " %"),
    "whose sum is at least as far from 0 as what was seen",
    f"From {significance.EXACT_MOST + 1} people on it is {significance.SAMPLED_PATTERNS:,}",
    "one half to the power of (people - 1)",
    f"If even that is not below {short(significance.SIGNIFICANT_BELOW)} after correction",
    f"details are shown: {K_DEFAULT}, unless whoever runs the bot chose another from {K_LEAST} to "
    f"{K_MOST}; at least {K_LEAST_OF_THREE} where people say yes, partly or no",
    f"| fewer than {LEAST_RESPONDENTS} | how many, and nothing else |",
    f"| {RATERS_LEAST} to below *k* | scores to the nearest {blunting.COARSE_STEP},",
    'is shown as "4 answered". A dimension needs '
    f"{RATERS_LEAST} people and two questions with levels",
    "A score of 0 says that everybody said 0. So scores below "
    f"{blunting.LOW_END} and above {blunting.HIGH_END} are not told apart, with yes, partly and no "
    f"below {2 * blunting.LOW_END} and above {100 - 2 * blunting.LOW_END}.",
    "only one way: everybody said 0 to that question",
    "or the same with 4, the score is rounded to "
    f"{blunting.COARSE_STEP} and the levels of that dimension stay hidden",
    "a score near 0 or 100 is shown roughly | The difference to "
    f'"{blunting.low_end(Scale.FIVE_LEVELS).text}" would',
    f"finds {KNOWN[5]} of the others' at five people",
    f"Every question has a target: level {priority.TARGET}, or",
    f"priority = 100 {TIMES} ((1 + gap)² - 1) / 24 {TIMES} importance / 2, at most 100",
    "Importance is 1, 2 or 3;",
    f"is shown below level {advice.STANDS_FROM} gives way to it.",
    f"asked nine people the {len(example().questionnaire.core)} core questions",
    f"Only Monitoring has an *r*\\* below {agreement.SPLIT_BELOW:.2f}: views differ. Its range is "
    f"also more than {times_as_wide('Monitoring', 'Deployment')} times as wide",
    f"The mean of the six printed scores is {fsum(PRINTED) / 6:.2f}, printed as {OVERALL}.",
    f"Of the {COMBINATIONS} combinations of signs only two are as far from 0 as this, all up and "
    f"all down: *p* is 2/{COMBINATIONS}.",
    f"it would be {DEPLOYED.points if DEPLOYED else 0:+d} with a *p* of "
    f"{short(WITHOUT_HANA.change.dimensions[place('Deployment')].p_adjusted or 0)} after "
    "correction, and not called a change",
    f'"Automatic data preparation" is at {seen_level("Automatic data preparation")} as well',
    f"which is below level {advice.STANDS_FROM}, and gives way to it",
    "A score of 60 beside one of 40 may be a better team, or a kinder one.",
    f"Three or four people get scores to the nearest {blunting.COARSE_STEP}, no ranges",
    f"{len(example().questionnaire.core)} questions are a sample. A dimension at 80 has holes",
    f"Within {DAYS_APART} days no team fills in twice",
    f"Asked from {ASKED_FROM} people invited on",
    f"over the whole round and to the nearest {blunting.COARSE_STEP}, where",
    f"With *k* = {K_DEFAULT}:",
    f"blunt or rounded to {blunting.COARSE_STEP}, where a role's own score is blunt, or over fewer "
    f"than {groups.QUESTIONS_FOR_A_ROLE} questions",
    f"**Importance** {min(IMPORTANCE)} to {max(IMPORTANCE)}:",
    f"would lift a score of its dimension by {blunting.LOW_END} points, the dimension has no "
    f'score: "{blunting.low_end(Scale.FIVE_LEVELS).text}" would say that all answered 0 to it',
    f"With levels 4, 2 and 1, and the usual importance {priority.USUAL_IMPORTANCE} for all:",
    f"The limit of 5/6, our {agreement.MEDIUM_MOST:.2f}:",
    f"The limits of {agreement.HIGH_MOST:.2f}, {agreement.SPLIT_BELOW:.2f} and "
    f"{agreement.LOW_SPREAD} levels in section 5, of {change.CHANGE_LEAST:g} points in section 6, "
    "and the formula of section 8 are ours",
)
IN_WORDS_OF_THE_BOT = re.compile(r"`[^`\n]+`")
SECTIONS = re.compile(r"^#+ .*$|^\d+\. \[.*$|\[\d*\]\(#\S*\)|\]\(\S*\)|sections? \d+", re.MULTILINE)
LOOKED_UP = re.compile(
    r"^(?:\||#|\d+\. \[|priority = |- (?:variance|standard error|range) = ).*$", re.MULTILINE
)
STEPS = re.compile(r"^\d\. ", re.MULTILINE)
SOURCE = re.compile(r"^- \*\*.*\(\d{4}\).*$|^- \*\*.*, (?:1935|2023)\b.*$", re.MULTILINE)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_number_in_a_sentence_is_the_one_that_the_code_goes_by(sentence: str) -> None:
    assert sentence in PAPER


def test_no_number_stands_there_that_is_not_held() -> None:
    rest = re.sub(r"^```\n.*?^```$", "", PAPER, flags=re.MULTILINE | re.DOTALL)
    rest = TABLE.sub(lambda found: "" if rows(found[0])[0][0] not in IN_WORDS else found[0], rest)
    for sentence in SENTENCES:
        rest = rest.replace(sentence, "")
    for other in (SOURCE, IN_WORDS_OF_THE_BOT, SECTIONS, STEPS):
        rest = other.sub("", rest)
    assert [line for line in rest.splitlines() if re.search(r"\d", line)] == []


def test_every_page_and_section_that_it_links_to_is_there() -> None:
    linked = re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", PAPER)
    assert linked
    for name, section in linked:
        text = page(name) if name else PAPER
        titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
        assert not section or section in anchors, (name, section)


def test_it_is_plain_english() -> None:
    """Sentences only: tables, formulas, posts and sources are for looking up."""
    prose = re.sub(r"^```\n.*?^```$", "", PAPER, flags=re.MULTILINE | re.DOTALL)
    prose = prose.split("## 15. Sources")[0]
    prose = re.sub(r"\]\([^)]*\)|[*`\[]", "", LOOKED_UP.sub("", prose))
    ease = reading_ease(line for line in prose.splitlines() if line)
    assert ease >= PLAIN
