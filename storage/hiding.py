"""Hidden comments: which of a round's are left out of its result, by their digests alone."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlmodel import Session, col, select

from questionnaires.hiding import digest_of
from storage import answers
from storage.database import execute, insert_unless_there
from storage.hidden_table import HiddenCommentRow


def digests(session: Session, round_id: int) -> frozenset[str]:
    wanted = select(HiddenCommentRow.digest).where(HiddenCommentRow.round_id == round_id)
    return frozenset(session.exec(wanted))


def hide(session: Session, team_id: str, round_id: int, digest: str) -> bool:
    """False where it is hidden already."""
    row = HiddenCommentRow(round_id=round_id, digest=digest, team_id=team_id)
    return insert_unless_there(session, row)


def show_again(session: Session, round_id: int, digest: str) -> bool:
    """False where it is not hidden."""
    return _delete(session, round_id, [digest]) == 1


def forget_erased(session: Session, round_id: int) -> None:
    """Digests of comments that are no longer there: words could be guessed from them."""
    hidden = digests(session, round_id)
    if hidden:
        left = {digest_of(*said) for said in answers.comments(session, round_id)}
        _delete(session, round_id, hidden - left)


def _delete(session: Session, round_id: int, gone: Collection[str]) -> int:
    return execute(
        session,
        delete(HiddenCommentRow).where(
            col(HiddenCommentRow.round_id) == round_id, col(HiddenCommentRow.digest).in_(gone)
        ),
    )
