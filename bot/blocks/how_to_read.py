"""How to read a result: what each figure means, for whoever reads nothing but the post."""

from slack_sdk.models.blocks import SectionBlock
from slack_sdk.models.views import View

from questionnaires.model import LEVEL_WORDS, POINTS_PER_LEVEL

PARAGRAPHS = (
    "*A score* is from 0 to 100. People say for each question which of five described levels is "
    "fully true (in a quick check: yes, partly or no, which are levels 4, 2 and 0); a level is 25 "
    "points, and a dimension's score is the average of its questions: "
    + ", ".join(f'{POINTS_PER_LEVEL * level} "{words}"' for level, words in enumerate(LEVEL_WORDS))
    + ". Missing answers never count as 0.",
    "*+12 or -2* behind a name is the difference from the round before, over the questions that "
    "were asked both times. Scores wander by a few points by themselves. Only what is bold is more "
    "than noise: at least 5 points, and hardly to be had by chance.",
    "*Views differ*: people who know the same work answered very differently. Talk about it before "
    "you build anything: *Talk first* names the most urgent question.",
    "*Find out first*: at least three people don't know, and at least as many as gave a level.",
    "*Do next* are steps from the questions that stay furthest below their target (level 3, if the "
    "team chose no other), important ones first, little effort before much.",
    "*A range*, in the thread, is where the score would probably lie if others like you were "
    "asked (95 %). With few people it is wide.",
    '*What is not shown*: single answers, and whatever they would follow from. So there are "under '
    '5" and "about 4", and details only from a certain number of people on.',
    "It can't tell whether your team is better than another one: other people judge other work. "
    "All formulas, with an example worked through: `docs/method.md`, which comes with the bot.",
)


def how_to_read() -> View:
    return View(
        type="modal",
        title="How to read this",
        close="Close",
        blocks=[SectionBlock(text=text) for text in PARAGRAPHS],
    )
