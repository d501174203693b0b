"""Export: a scorecard's results as a file. Its modal opens like the others of a scorecard."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import export, ids
from bot.blocks.carried import row_id
from bot.blocks.manage import Asked
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.press import Body, chosen, who
from bot.use_cases.everything import UseCases
from questionnaires.errors import StalePress
from questionnaires.exports import Format


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    @app.view(ids.EXPORT_MODAL)
    async def send(ack: AsyncAck, body: Body) -> None:
        asked = Asked.parse(body["view"]["private_metadata"])
        format_, round_id = _wish(body["view"])
        seen = await edge.offload.write(
            uses.exporting.want_file, *who(body), asked.errand.scorecard_id, format_, round_id
        )
        await done(edge, ack, body, asked.response_url, export.on_its_way(seen, format_))
        edge.afterwards.run(edge.tick())


def _wish(view: Body) -> tuple[Format, int | None]:
    """The format, and the round unless all were chosen. Raises StalePress for anything else."""
    which = chosen(view, ids.EXPORTED_ROUNDS)
    try:
        format_ = Format(chosen(view, ids.EXPORT_FORMAT))
        return format_, None if which == export.ALL else row_id(int(which))
    except ValueError:
        raise StalePress from None
