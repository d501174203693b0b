"""From a row of the outbox to what is sent: words and files, made when they are sent."""

from dataclasses import dataclass

from bot import picturing
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
from bot.picturing import Picture, own_picture, picture_of
from bot.use_cases.closing import Shown
from bot.use_cases.everything import UseCases
from bot.use_cases.participants import Here
from questionnaires.exports import Format, as_json
from questionnaires.exports.table import as_csv
from questionnaires.messages import EXPORTS, TURNING, Kind, Message

EXPORTED = {Kind.EXPORT_CSV: (Format.CSV, as_csv), Kind.EXPORT_JSON: (Format.JSON, as_json)}
SHOWN_FIRST = frozenset({Kind.PREVIEW, Kind.PREVIEW_RADAR})


@dataclass(frozen=True, slots=True)
class File:
    """What is uploaded, with what stands beside it. `alt`: a picture for who does not see it."""

    content: bytes
    title: str
    filename: str
    alt: str | None = None


class Drawing:
    """Slow where pictures are concerned: call it off the event loop."""

    def __init__(self, uses: UseCases) -> None:
        self._inviting = uses.inviting
        self._naming = uses.naming
        self._erasing = uses.erasing
        self._own_data = uses.own_data
        self._exporting = uses.exporting
        self._reminding = uses.reminding
        self._answering = uses.answering
        self._closing = uses.closing
        self._posting_again = uses.posting_again
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
        """Somebody's own data, results to take along, or a picture of scores. Raises a Refusal."""
        if message.kind is Kind.OWN_DATA:
            kept = self._own_data.kept(message.team_id, message.recipient)
            return File(own_file.content(kept), own_file.TITLE, own_file.FILENAME)
        if message.kind in EXPORTS:
            format_, written = EXPORTED[message.kind]
            export = self._exporting.wanted(message)
            return File(written(export), export.title, export.filename(format_))
        found = self._picture(message)
        return File(picturing.png(found), found.title, f"{found.shape}.png", found.alt)

    def title(self, message: Message) -> str:
        """What stands above a file that is uploaded already. Raises a Refusal."""
        if message.kind is Kind.OWN_DATA:
            return own_file.TITLE
        if message.kind in EXPORTS:
            return self._exporting.wanted(message).title
        return self._picture(message).title

    def _picture(self, message: Message) -> Picture:
        if message.kind is Kind.OWN_RADAR:
            here = Here(message.team_id, message.recipient, message.in_round)
            return own_picture(self._answering.own_scores(here, message.number))
        past = self._closing.past(message.in_round) if message.kind is Kind.TREND else ()
        return picture_of(self._shown(message).result, message.kind, past)

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
            post = self._posting_again.refused(message.number)
            return result.not_posted(
                round_.team_name,
                round_.id,
                post.channel,
                shared=post.shared,
                again=post.again,
                promised=post.promised,
            )
        if message.kind is Kind.MAYBE_TWICE:
            post = self._posting_again.refused(message.number)
            return result.maybe_twice(round_.team_name, post.channel)
        return result.preview(
            shown.result,
            round_id=round_.id,
            channel=round_.results_channel,
            posts_at=round_.publishes_at,
            zone=round_.zone,
            next_on=shown.next_on,
        )
