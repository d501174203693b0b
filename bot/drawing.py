"""From a row of the outbox to what is sent: words and pictures, drawn when they are sent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bot import charts
from bot.blocks import (
    card,
    details,
    facilitators,
    invitation,
    own_data,
    own_file,
    rehearsal,
    reminder,
    result,
    trouble,
)
from bot.blocks.message import Content
from bot.charts import captions
from bot.charts.alt_text import alt_text
from bot.use_cases.closing import Shown
from bot.use_cases.everything import UseCases
from bot.use_cases.participants import Here
from questionnaires.messages import TURNING, Kind, Message
from questionnaires.results import DimensionResult
from questionnaires.rounds import Manner

SHAPES = {
    Kind.OWN_RADAR: "radar",
    Kind.PREVIEW_RADAR: "radar",
    Kind.RADAR: "radar",
    Kind.STELLAR: "stellar",
    Kind.DOTS: "dots",
    Kind.REHEARSED_RADAR: "radar",
    Kind.REHEARSED_STELLAR: "stellar",
    Kind.REHEARSED_DOTS: "dots",
}
DRAW: dict[str, Callable[..., bytes]] = {
    "radar": charts.draw_radar,
    "stellar": charts.draw_stellar,
    "dots": charts.draw_dots,
}
BESIDE_LAST = frozenset({"radar", "dots"})  # drawn with the round before
PICTURES_KEPT = 32
SHOWN_FIRST = frozenset({Kind.PREVIEW, Kind.PREVIEW_RADAR})


@dataclass(frozen=True, slots=True)
class File:
    """What is uploaded, with what stands beside it. `alt`: a picture for who does not see it."""

    content: bytes
    title: str
    filename: str
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a picture shows, and the words around it."""

    spokes: tuple[DimensionResult, ...]
    title: str
    caption: str
    manner: Manner
    last: str | None = None


@lru_cache(maxsize=PICTURES_KEPT)
def _png(
    shape: str, spokes: tuple[DimensionResult, ...], title: str, caption: str, last: str | None
) -> bytes:
    """Drawn once, although every facilitator and the channel get it."""
    before = {"last": last} if shape in BESIDE_LAST else {}
    return DRAW[shape](spokes, title=title, caption=caption, **before)


class Drawing:
    """Slow where pictures are concerned: call it off the event loop."""

    def __init__(self, uses: UseCases) -> None:
        self._inviting = uses.inviting
        self._naming = uses.naming
        self._erasing = uses.erasing
        self._own_data = uses.own_data
        self._reminding = uses.reminding
        self._answering = uses.answering
        self._closing = uses.closing
        self._rehearsing = uses.rehearsing
        self._standing = uses.standing
        self._watching = uses.watching

    def words(self, message: Message) -> Content:
        """A message to a person or a channel. Raises a Refusal when it is no longer wanted."""
        if message.round_id is None:
            return self._about_no_round(message)
        if message.kind in TURNING:
            return self._asking(message)
        if message.kind is Kind.CHANNEL_CLOSED:
            return trouble.channel_closed(self._inviting.any_round(message.in_round))
        if message.kind is Kind.REHEARSAL_OVER:
            return rehearsal.over(self._rehearsing.ending(message.in_round))
        return self._about_result(message)

    def _about_no_round(self, message: Message) -> Content:
        if message.kind is Kind.NOT_OPENED:
            return trouble.not_opened(self._standing.trouble(message.team_id, message.about))
        if message.kind is Kind.FACILITATOR_NAMED:
            return facilitators.named(self._naming.news(message.team_id, message.number))
        gap, zone = self._watching.away(message.team_id, message.number, message.recipient)
        return trouble.away(gap, zone)

    def _asking(self, message: Message) -> Content:
        """A card, an invitation or a reminder; a wish for later is the one that fits."""
        here = Here(message.team_id, message.recipient, message.in_round)
        if message.kind is Kind.CARD:
            return card.face(self._answering.next(here))
        if message.kind is Kind.ERASED:
            return own_data.taken_out(self._erasing.taken_out(here))
        if message.kind is Kind.REHEARSAL:
            return rehearsal.invitation(
                self._inviting.invitation(here, message.kind, message.number)
            )
        if message.kind is Kind.INVITATION or (
            message.kind is Kind.WISHED and not self._answering.has_begun(here)
        ):
            return invitation.invitation(
                self._inviting.invitation(here, message.kind, message.number)
            )
        return reminder.reminder(self._reminding.reminder(here, message.kind, message.number))

    def file(self, message: Message) -> File:
        """Somebody's own data, or a picture of scores. Raises a Refusal."""
        if message.kind is Kind.OWN_DATA:
            kept = self._own_data.kept(message.team_id, message.recipient)
            return File(own_file.content(kept), own_file.TITLE, own_file.FILENAME)
        shape = SHAPES[message.kind]
        about = self._subject(message)
        return File(
            content=_png(shape, about.spokes, about.title, about.caption, about.last),
            title=about.title,
            alt=alt_text(shape, about.title, about.spokes, about.manner, about.last),
            filename=f"{shape}.png",
        )

    def title(self, message: Message) -> str:
        """What stands above a file that is uploaded already. Raises a Refusal."""
        if message.kind is Kind.OWN_DATA:
            return own_file.TITLE
        return self._subject(message).title

    def _subject(self, message: Message) -> _Subject:
        if message.kind is Kind.OWN_RADAR:
            here = Here(message.team_id, message.recipient, message.in_round)
            own = self._answering.own_scores(here, message.number)
            return _Subject(
                own.scores, captions.own_title(own), captions.own_caption(own), own.manner
            )
        shown = self._shown(message).result
        caption = captions.caption_of(shown, SHAPES[message.kind])
        title, last = captions.title_of(shown), captions.last_of(shown)
        return _Subject(shown.dimensions, title, caption, shown.manner, last)

    def _shown(self, message: Message) -> Shown:
        """The result that a message is about. Raises Superseded where it is not theirs to see."""
        if message.kind in SHOWN_FIRST:
            return self._closing.shown_first(message.in_round, message.recipient)
        return self._closing.shown(message.in_round)

    def _about_result(self, message: Message) -> Content:
        shown = self._shown(message)
        round_ = shown.round
        if message.kind is Kind.SUMMARY:
            return result.summary(shown.result, shown.next_on)
        if message.kind is Kind.REHEARSED:
            return rehearsal.summary(shown.result, round_.results_channel)
        if message.kind in (Kind.DETAILS, Kind.REHEARSED_DETAILS):
            said = rehearsal.details if round_.is_rehearsal else details.details
            return said(shown.result)
        if message.kind is Kind.NOT_POSTED:
            return result.not_posted(round_.team_name, round_.id, round_.results_channel)
        if message.kind is Kind.MAYBE_TWICE:
            return result.maybe_twice(round_.team_name, round_.results_channel)
        return result.preview(
            shown.result,
            round_id=round_.id,
            channel=round_.results_channel,
            posts_at=round_.publishes_at,
            zone=round_.zone,
            next_on=shown.next_on,
        )
