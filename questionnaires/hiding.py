"""Hidden comments are remembered by their words alone: no text is kept of them, and no author."""

import json
from hashlib import sha256


def digest_of(question_id: str | None, text: str) -> str:
    """What a comment is known by, 64 characters long. Two equal ones have the same.

    It is made of what everybody reads anyway, and who wrote it is no part of that. `question_id`
    None: what somebody would fix first.
    """
    return sha256(json.dumps([question_id, text]).encode()).hexdigest()
