"""Taking results along: which rounds, in which format, and that the file is on its way."""

from slack_sdk.models.blocks import (
    InputBlock,
    Option,
    RadioButtonsElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.blocks import ids, wording
from bot.blocks.manage import Asked
from bot.blocks.message import Content
from questionnaires.exports import Format
from questionnaires.rounds import Round, RoundState
from questionnaires.standings import Exportable

ALL = "all"
# A select takes 100 options, and one of them is all rounds.
ROUNDS_MOST = 99
FORMATS = {
    Format.CSV: "A table for spreadsheets (CSV)",
    Format.JSON: "A document for programs (JSON)",
}


def modal(seen: Exportable, asked: Asked) -> View:
    """The newest round first; all of them unless somebody chooses."""
    text = (
        f"You get the results of *{wording.plain(seen.team_name)}* as a file in our direct "
        "messages. It holds what is shown here, no more: nobody's answers. "
        "*History* will say that you took it."
    )
    return View(
        type="modal",
        callback_id=ids.EXPORT_MODAL,
        title="Export",
        submit="Send me the file",
        close="Cancel",
        private_metadata=asked.metadata,
        blocks=[SectionBlock(text=text), _rounds(seen), _format()],
    )


def on_its_way(seen: Exportable, format_: Format) -> Content:
    """`seen`: the rounds that were chosen."""
    which = seen.rounds[0].title if len(seen.rounds) == 1 else f"{len(seen.rounds)} rounds"
    text = (
        f"Your file comes in our direct messages: *{wording.plain(seen.team_name)}*, {which}, "
        f"as {format_.upper()}."
    )
    return Content.of(text, SectionBlock(text=text))


def _rounds(seen: Exportable) -> InputBlock:
    options = [Option(text=_named(one), value=str(one.id)) for one in reversed(seen.rounds)]
    if len(options) > 1:
        every = Option(text=f"All {len(options)} rounds", value=ALL)
        options = [every, *options[:ROUNDS_MOST]]
    select = StaticSelectElement(action_id=ids.INPUT, options=options, initial_option=options[0])
    return InputBlock(block_id=ids.EXPORTED_ROUNDS, label="Which rounds", element=select)


def _named(round_: Round) -> str:
    return round_.title if round_.state is RoundState.PUBLISHED else f"{round_.title}, not posted"


def _format() -> InputBlock:
    options = [Option(text=text, value=format_.value) for format_, text in FORMATS.items()]
    choice = RadioButtonsElement(action_id=ids.INPUT, options=options, initial_option=options[0])
    return InputBlock(block_id=ids.EXPORT_FORMAT, label="Kind of file", element=choice)
