"""Shown values without a round behind them, for tests of words and pictures and as expectations.

Elsewhere only disclosure builds these. What follows from real answers is tested in
tests/questionnaires/test_disclosure.py.
"""

from dataclasses import replace
from functools import partial

from questionnaires import results
from questionnaires.disclosure.seal import SEAL

a_score = partial(results.ShownScore, seal=SEAL)
a_range = partial(results.ShownRange, seal=SEAL)
a_dimension = partial(results.DimensionResult, seal=SEAL)
a_question = partial(results.QuestionResult, seal=SEAL)
a_comment = partial(results.ShownComment, seal=SEAL)
a_hideable = partial(results.HideableComment, seal=SEAL)
a_role = partial(results.RoleScore, seal=SEAL)
a_change = partial(results.ShownChange, seal=SEAL)
a_since = partial(results.Since, seal=SEAL)
a_proposal = partial(results.Proposal, seal=SEAL)
a_result = partial(results.Result, seal=SEAL)
resealed = partial(replace, seal=SEAL)
