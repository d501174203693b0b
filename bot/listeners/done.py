"""What is said when a modal has done what it asked."""

from slack_bolt.async_app import AsyncAck

from bot.blocks.message import Content
from bot.listeners.edge import Edge
from bot.listeners.press import Body, who


async def done(edge: Edge, ack: AsyncAck, body: Body, response_url: str, said: Content) -> None:
    """Acknowledge a submitted modal and say what it did, where it was opened from.

    The Home tab of who did it shows it, too.
    """
    there = await edge.replies.leave(ack, body, response_url, said)
    if there.response_url:
        edge.afterwards.run(edge.replies.say(there, said), to=there)
    team_id, user_id = who(body)
    edge.afterwards.run(edge.homes.refresh(team_id, user_id, seen=not response_url))
