"""The words around a picture: its title and its caption. No matplotlib here."""

from questionnaires.results import Result

SEPARATOR = " · "


def title_of(result: Result) -> str:
    """Team and round: "Northwind ML, January 2027"."""
    return f"{result.team_name}, {result.round_title}"


def caption_of(result: Result) -> str:
    """What the scores rest on: answered of invited, questionnaire and version, closing day."""
    closed_on = result.closed_on
    return SEPARATOR.join(
        (
            f"{result.respondents} of {result.invited} answered",
            f"{result.questionnaire}, version {result.questionnaire_version}",
            f"{closed_on.day} {closed_on:%b %Y}",
        )
    )
