"""A workspace in the middle of everything: whatever somebody could reach for is there."""

from collections.abc import Awaitable, Callable
from datetime import date

from sqlmodel import select

from sandbox import Outcome
from storage.tables import ResultRow, RoundRow
from tests.bot.edited.elsewhere import add_workspace
from tests.driver import Driver

AMARA, BEN, CHIARA, DEEPA = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair"
ELIAS, FATIMA, GRACE, HIRO = "Elias Berg", "Fatima Haddad", "Grace Kim", "Hiro Tanaka"
OTTO, GIL, DORA = "Otto Outside", "Gil Guest", "Dora Gone"
CROWD = tuple(f"Person {number:02}" for number in range(1, 10))
TOGETHER = "Together: one person enters what the team agreed"
SEE, FIELD = "See facilitators", "And these people"
POSTED, CLOSED, OPEN, ROLES, AGREED = range(1, 6)  # the scorecards by their numbers

Look = Callable[[Driver], Awaitable[None]]


def add_people(bot: Driver) -> None:
    """Nine who are asked for their role, and three who have no business here."""
    for number, name in enumerate(CROWD):
        bot.workspace.add_member(f"U3{number:02}", name, tz="Europe/Rome")
    bot.workspace.add_member("U90OTTO", OTTO, tz="Europe/Rome")
    bot.workspace.add_member("U91GIL", GIL, guest=True)
    bot.workspace.add_member("U92DORA", DORA, deleted=True)
    bot.workspace.add_user_group("S01ML", "ml", members=[BEN, CHIARA])


async def play(bot: Driver, look: Look) -> None:
    """Five scorecards with facilitators of their own, and somebody at every place.

    `look` is called wherever there is something new to see.
    """
    add_people(bot)
    await bot.workspace.change_member(HIRO, tz="Europe/Rome")
    await bot.pass_(hours=21)  # ten o'clock in Rome, and still working hours in Kolkata
    await look(bot)
    await name_everywhere(bot, HIRO)
    await a_posted_round(bot, look)
    await a_closed_round(bot, look)
    await an_open_round(bot, look)
    await a_round_that_asks_for_roles(bot, look)
    await a_round_filled_in_together(bot, look)
    await rehearsals(bot, look)
    await drafts(bot, look)
    await forms(bot, look)
    add_workspace(bot)
    await look(bot)


async def name_everywhere(bot: Driver, name: str) -> None:
    await bot.command(AMARA, "/scorecard facilitators")
    bot.modal(AMARA).choose(FIELD, name)
    await bot.submit(AMARA)


async def name_for(bot: Driver, scorecard_id: int, name: str) -> Outcome:
    """From the button of who was named for everything."""
    told = next(one for one in bot.who(HIRO).screen() if SEE in one.buttons)
    await bot.forge(HIRO, SEE, on=told, value=f"[{scorecard_id}]")
    bot.modal(HIRO).choose(FIELD, name)
    return await bot.submit(HIRO)


async def a_posted_round(bot: Driver, look: Look) -> None:
    """Of Grace's."""
    await bot.start_round(team_name="Posted", people=(CHIARA, DEEPA, ELIAS, FATIMA))
    await name_for(bot, POSTED, GRACE)
    await look(bot)
    for _ in range(3):  # a weekend lies between
        await bot.pass_(days=2)
    await look(bot)  # at the reminders
    await bot.answer_together({CHIARA: 1, DEEPA: 2, ELIAS: 3, FATIMA: 4})
    await bot.close_round()
    await look(bot)
    await bot.ask_for(GRACE, "Preview result")
    await look(bot)
    await bot.submit(GRACE)
    await bot.tick()
    await bot.ask_for(GRACE, "Export")
    await look(bot)


async def a_closed_round(bot: Driver, look: Look) -> None:
    """Of Grace's, who has hidden one of two comments and not posted it."""
    await bot.pass_(days=1)
    await bot.start_round(team_name="Closed", people=(CHIARA, DEEPA, ELIAS, FATIMA, HIRO))
    await name_for(bot, CLOSED, GRACE)
    for name, level in {CHIARA: 1, DEEPA: 2, ELIAS: 3, FATIMA: 1, HIRO: 2}.items():
        await bot.answer_all(name, level)
        if name in (CHIARA, ELIAS):
            await bot.press(name, "What would you fix first?")
            await bot.write(name, bot.modal(name).labels[0], f"{name}'s own wish")
    await bot.close_round()
    await look(bot)
    await bot.press(GRACE, "See comments")
    await bot.press(GRACE, "Hide")
    await look(bot)
    await bot.modal(GRACE).close(everything=True)


async def an_open_round(bot: Driver, look: Look) -> None:
    """Of Ben's: one has finished, one is in the middle, one looks at the invitation."""
    await bot.pass_(days=1)
    await bot.start_round(team_name="Open", people=(BEN, CHIARA, DEEPA, ELIAS, FATIMA))
    await name_for(bot, OPEN, BEN)
    await look(bot)
    await bot.answer_all(DEEPA, 2)
    await bot.press(CHIARA, "Start")
    await bot.press(CHIARA, "1")
    await look(bot)
    await bot.press(CHIARA, "Comment")
    await look(bot)
    await bot.write(CHIARA, bot.modal(CHIARA).labels[0], "Chiara's own words")
    await bot.press(CHIARA, "Doesn't apply")
    await look(bot)
    await bot.press(CHIARA, "Another reason")
    await look(bot)
    await bot.write(CHIARA, bot.modal(CHIARA).labels[0], "Chiara's own reason")
    await bot.press(DEEPA, "What would you fix first?")
    await look(bot)
    await bot.write(DEEPA, bot.modal(DEEPA).labels[0], "Deepa's own wish")
    await bot.press(FATIMA, "Remind me tomorrow")


async def a_round_that_asks_for_roles(bot: Driver, look: Look) -> None:
    """Of nobody's but those of all scorecards; one is asked, one has told."""
    await bot.start_round(team_name="Roles", people=(OTTO, *CROWD))
    await bot.press(CROWD[0], "Start")
    await look(bot)
    await bot.press(CROWD[0], "Data science")
    while "3" in bot.screen(CROWD[0]).buttons:
        await bot.press(CROWD[0], "3")
    await look(bot)
    await bot.press(CROWD[1], "Start")
    await look(bot)


async def a_round_filled_in_together(bot: Driver, look: Look) -> None:
    """Hiro's, who set it up."""
    await bot.fill_in_form(HIRO, team_name="Agreed", people=(HIRO, GRACE))
    await look(bot)
    await bot.press(HIRO, "Fill in together instead")
    await bot.submit(HIRO)
    await bot.press(HIRO, "Start")
    await bot.press(HIRO, "2")
    await look(bot)


async def rehearsals(bot: Driver, look: Look) -> None:
    for name in (AMARA, HIRO):
        await bot.command(name, "/scorecard rehearse")
        await look(bot)
        await bot.submit(name)
        await look(bot)


async def drafts(bot: Driver, look: Look) -> None:
    """A set-up of Hiro's, an edit of Ben's, questions of Ben's and of Grace's."""
    await bot.fill_in_form(HIRO, team_name="Draft", people=(OTTO,))
    await look(bot)
    await bot.ask_for(BEN, "Edit")
    await look(bot)
    bot.modal(BEN).choose("Repeat", "Every month")
    await bot.submit(BEN)
    await look(bot)
    for name in (BEN, GRACE):
        await tailor(bot, look, name)


async def tailor(bot: Driver, look: Look, name: str) -> None:
    """A dive, a target and a question switched off, up to the button that would save them."""
    await bot.ask_for(name, "Questions")
    await look(bot)
    for menu, option in (
        ("Deep dive", "Governance"),
        ("Target of Governance", "Target: improves itself (4)"),
    ):
        await bot.select(name, menu, option)
    shown = bot.modal(name)
    await bot.press(name, next(one for one in shown.buttons if one.startswith("Questions of")))
    await look(bot)
    await bot.who(name).select("Not asked")
    await bot.runtime.settled()
    await look(bot)
    (why,) = (one for one in bot.modal(name).labels if one.startswith("Why"))
    bot.modal(name).fill(why, f"{name}'s own reason")
    await bot.submit(name)
    await look(bot)
    await bot.submit(name)
    await look(bot)


def add_posted_round(bot: Driver) -> None:
    """One more of the team whose result is posted, which came to the same."""
    with bot.runtime.database.writing() as session:
        (old,) = session.exec(select(RoundRow).where(RoundRow.state == "published")).all()
        columns = {**old.model_dump(), "id": None, "number": 2, "occurs_on": date(2026, 10, 19)}
        new = RoundRow(**columns)
        session.add(new)
        session.flush()
        frozen = session.get_one(ResultRow, old.id)
        session.add(ResultRow(**{**frozen.model_dump(), "round_id": new.id}))


async def forms(bot: Driver, look: Look) -> None:
    """What is asked first, and whatever else opens."""
    for wish in ("Remind now", "Extend this round", SEE, "Pause", "Skip"):
        await bot.ask_for(BEN, wish)
        await look(bot)
    for name in (AMARA, BEN, CHIARA, GRACE, HIRO, OTTO):
        await bot.open_home(name)
        for word in ("", "help", "my", "status", "close", "data", "start", "results"):
            await bot.command(name, f"/scorecard {word}".strip())
            await look(bot)
        await bot.shortcut(name, "Answer my scorecard")
        await look(bot)
    add_posted_round(bot)
    for name in (CHIARA, GRACE):
        await bot.open_home(name)
        await bot.command(name, "/scorecard results posted")
        await look(bot)
        await bot.at_home(name, "Results")
        await look(bot)
    await bot.press(CHIARA, "Compare", on=bot.modal(CHIARA))
    await look(bot)
    await bot.press(GRACE, "Post again", channel="ml-team")
    await look(bot)
    await bot.submit(GRACE)
    await look(bot)
    await bot.manage(HIRO, "Pause")
    await bot.ask_for(HIRO, "Resume")
    await look(bot)
    await bot.command(CHIARA, "/scorecard data")
    await bot.press(CHIARA, "Erase my answers", channel="ml-team")
    await look(bot)
