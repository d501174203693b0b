"""How teams tailor their questions: versions, of which none is ever changed, and drafts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from questionnaires.tailoring import UNTAILORED, Tailoring, Version
from storage.database import execute, upsert
from storage.tables import ScorecardRow
from storage.tailoring_tables import TailoringDraftRow, TailoringRow


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has chosen and not saved; `begun_from`: the number of a version, or 0."""

    begun_from: int
    tailoring: Tailoring


def current(session: Session, scorecard_id: int) -> Version:
    """The newest version of a scorecard; number 0 when there is none."""
    wanted = select(TailoringRow).where(TailoringRow.scorecard_id == scorecard_id)
    row = session.exec(wanted.order_by(col(TailoringRow.number).desc())).first()
    return _version(row) if row else UNTAILORED


def numbered(session: Session, scorecard_id: int, number: int) -> Version:
    """One version of a scorecard by its number; 0 is the untailored one."""
    wanted = select(TailoringRow).where(
        TailoringRow.scorecard_id == scorecard_id, TailoringRow.number == number
    )
    row = session.exec(wanted).first()
    return _version(row) if row else UNTAILORED


def of_round(session: Session, tailoring_id: int) -> Tailoring:
    """What a round asks."""
    return _tailoring(session.get_one(TailoringRow, tailoring_id).content)


def saved_since(session: Session, scorecard_id: int, number: int) -> tuple[str | None, ...]:
    """Who has saved a version after that one, each once (None: by itself), the first first."""
    wanted = select(TailoringRow.saved_by).where(
        TailoringRow.scorecard_id == scorecard_id, col(TailoringRow.number) > number
    )
    return tuple(dict.fromkeys(session.exec(wanted.order_by(col(TailoringRow.number)))))


def add(
    session: Session,
    team_id: str,
    scorecard_id: int,
    tailoring: Tailoring,
    by: str | None,
    now: datetime,
) -> Version:
    """Save the next version; whoever saves holds the scorecard. `by` None: by itself."""
    row = TailoringRow(
        team_id=team_id,
        scorecard_id=scorecard_id,
        number=1 + current(session, scorecard_id).number,
        content=_content(tailoring),
        saved_by=by,
        saved_at=now,
    )
    session.add(row)
    session.flush()
    return _version(row)


def draft(session: Session, scorecard_id: int, user_id: str) -> Draft | None:
    row = session.get(TailoringDraftRow, (scorecard_id, user_id))
    return Draft(row.begun_from, _tailoring(row.content)) if row else None


def drafts_of(session: Session, team_id: str, user_id: str) -> list[tuple[str, Tailoring]]:
    """All that somebody has chosen and not saved, with the name of the team each is for."""
    wanted = (
        select(ScorecardRow.team_name, TailoringDraftRow.content)
        .join(TailoringDraftRow, col(TailoringDraftRow.scorecard_id) == col(ScorecardRow.id))
        .where(TailoringDraftRow.team_id == team_id, TailoringDraftRow.user_id == user_id)
        .order_by(col(ScorecardRow.id))
    )
    return [(team_name, _tailoring(content)) for team_name, content in session.exec(wanted)]


def keep_draft(
    session: Session, team_id: str, scorecard_id: int, user_id: str, kept: Draft
) -> None:
    """In the place of the one that somebody had."""
    row = TailoringDraftRow(
        scorecard_id=scorecard_id,
        user_id=user_id,
        team_id=team_id,
        begun_from=kept.begun_from,
        content=_content(kept.tailoring),
    )
    upsert(session, row)


def drop_draft(session: Session, scorecard_id: int, user_id: str) -> None:
    execute(
        session,
        delete(TailoringDraftRow).where(
            col(TailoringDraftRow.scorecard_id) == scorecard_id,
            col(TailoringDraftRow.user_id) == user_id,
        ),
    )


def _content(tailoring: Tailoring) -> str:
    found: Mapping[str, Any] = {
        "off": tailoring.off,
        "importance": tailoring.importance,
        "targets": tailoring.targets,
        "deep_dive": tailoring.deep_dive,
    }
    # As it is, not as \u0000: what no database takes is made harmless where it is written.
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def _tailoring(content: str) -> Tailoring:
    return Tailoring(**json.loads(content))


def _version(row: TailoringRow) -> Version:
    return Version(row.id, row.number, _tailoring(row.content), row.saved_by)
