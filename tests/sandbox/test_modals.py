"""Modals: opened with a trigger, filled in by label, checked by Slack, obeying the app."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Member, Modal, NotOnScreen, SandboxError, SettableClock, Unknown, Workspace

Json = dict[str, Any]
Buttons = Callable[..., list[Json]]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def field(label: str, kind: str, **element: Any) -> Json:
    """An input block whose block_id is its label in lower case."""
    more: Json = {}
    for key in ("optional", "dispatch_action"):
        if key in element:
            more[key] = element.pop(key)
    return {
        "type": "input",
        "block_id": label.lower(),
        "label": plain(label),
        **more,
        "element": {"type": kind, "action_id": "a", **element},
    }


def view(*blocks: Json, title: str = "New scorecard", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "new",
        "title": plain(title),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **more,
    }


NAME = field("Team name", "plain_text_input", min_length=3, max_length=10)


@pytest.fixture
def trigger(workspace: Workspace, ben: Member) -> Callable[[], str]:
    return lambda: workspace.permits.trigger(ben.id, None)


Trigger = Callable[[], str]
Open = Callable[[Json], Awaitable[Modal]]


@pytest.fixture
def opened(client: AsyncWebClient, trigger: Trigger, ben: Member) -> Open:
    """Open a modal in front of Ben, as the app would after a press."""

    async def open_it(spec: Json) -> Modal:
        await client.views_open(trigger_id=trigger(), view=spec)
        assert ben.modal is not None
        return ben.modal

    return open_it


async def test_a_trigger_works_once(client: AsyncWebClient, trigger: Trigger) -> None:
    given = trigger()
    await client.views_open(trigger_id=given, view=view(NAME))
    with pytest.raises(SlackApiError, match="trigger_exchanged"):
        await client.views_open(trigger_id=given, view=view(NAME))


async def test_a_trigger_expires_after_three_seconds(
    client: AsyncWebClient, trigger: Trigger, clock: SettableClock
) -> None:
    given = trigger()
    clock.advance(seconds=3.1)
    with pytest.raises(SlackApiError, match="trigger_expired"):
        await client.views_open(trigger_id=given, view=view(NAME))


async def test_every_kind_of_field_is_filled_in_by_its_label(
    app: AsyncApp, running: AsyncApp, opened: Open, ben: Member
) -> None:
    submitted: list[Json] = []

    @app.view("new")
    async def take(ack: Any, body: Json) -> None:
        submitted.append(body)
        await ack()

    modal = await opened(
        view(
            NAME,
            field(
                "People", "number_input", is_decimal_allowed=False, min_value="2", max_value="20"
            ),
            field("First day", "datepicker"),
            field("Hour", "timepicker", initial_time="10:00"),
            field("Moment", "datetimepicker"),
            field(
                "Repeat", "static_select", options=[option("Every month"), option("Every quarter")]
            ),
            field("Scale", "radio_buttons", options=[option("0 to 4"), option("1 to 5")]),
            field("Extras", "checkboxes", options=[option("Comments"), option("Reminders")]),
            field("Parts", "multi_static_select", options=[option("Data"), option("Deployment")]),
            field("Owner", "users_select", initial_user="U01AMARA"),
            field("Who is asked", "multi_users_select"),
            field("Results go to", "conversations_select"),
            field("Rooms", "multi_channels_select"),
            field("Note", "plain_text_input", optional=True),
            private_metadata="kept",
        ),
    )
    assert modal.labels[:2] == ["Team name", "People"]
    assert modal.value("Owner") == "U01AMARA"
    assert modal.options("Repeat") == ["Every month", "Every quarter"]
    modal.fill("Team name", "Northwind").fill("People", "8").fill("First day", "2026-02-01")
    modal.fill("Moment", "2026-02-01T10:00:00+00:00")
    modal.choose("Repeat", "Every quarter").choose("Scale", "0 to 4").choose("Extras", "Comments")
    modal.choose("Parts", "Data", "Deployment").choose("Who is asked", "Ben Carter", "U01AMARA")
    modal.choose("Results go to", "ml-team").choose("Rooms", "#ml-team", "random")
    outcome = await modal.submit()
    assert outcome.ok
    assert ben.modal is None
    body = submitted[0]
    assert body["view"]["private_metadata"] == "kept"
    assert body["view"]["hash"]
    values = {label: inputs["a"] for label, inputs in body["view"]["state"]["values"].items()}
    assert values["team name"] == {"type": "plain_text_input", "value": "Northwind"}
    assert values["people"]["value"] == "8"
    assert values["first day"]["selected_date"] == "2026-02-01"
    assert values["hour"]["selected_time"] == "10:00"
    assert values["moment"]["selected_date_time"] == 1769940000
    assert values["repeat"]["selected_option"] == option("Every quarter")
    assert values["scale"]["selected_option"]["value"] == "0 to 4"
    assert values["extras"]["selected_options"] == [option("Comments")]
    assert len(values["parts"]["selected_options"]) == 2
    assert values["owner"]["selected_user"] == "U01AMARA"
    assert values["who is asked"]["selected_users"] == ["U02BEN", "U01AMARA"]
    assert values["results go to"]["selected_conversation"] == "C01MLTEAM"
    assert values["rooms"]["selected_channels"] == ["C01MLTEAM", "C02RANDOM"]
    assert values["note"]["value"] is None


REQUIRED = "Please complete this required field."


@pytest.mark.parametrize(
    ("block", "given", "complaint"),
    [
        (NAME, None, REQUIRED),
        (NAME, "ab", "Please use at least 3 characters."),
        (NAME, "x" * 11, "Please use at most 10 characters."),
        (
            field("N", "number_input", is_decimal_allowed=False),
            "1.5",
            "Please enter a whole number.",
        ),
        (
            field("N", "number_input", is_decimal_allowed=True),
            "many",
            "Please enter a valid number.",
        ),
        (
            field("N", "number_input", is_decimal_allowed=True, min_value="2"),
            "1",
            "Please enter a number of at least 2.",
        ),
        (
            field("N", "number_input", is_decimal_allowed=True, max_value="2"),
            "3",
            "Please enter a number of at most 2.",
        ),
        (field("D", "datepicker"), "tomorrow", "Please enter a valid date."),
        (field("T", "timepicker"), "noon", "Please enter a time."),
        (field("E", "email_text_input"), "me", "Please enter a valid email address."),
        (field("U", "url_text_input"), "me", "Please enter a valid URL."),
        (field("S", "static_select", options=[option("A")]), None, REQUIRED),
        (field("M", "multi_users_select"), None, REQUIRED),
    ],
)
async def test_slack_checks_the_fields_before_the_app_is_asked(
    opened: Open,
    block: Json,
    given: str | None,
    complaint: str,
) -> None:
    modal = await opened(view(block))
    if given is not None:
        modal.fill(modal.labels[0], given)
    outcome = await modal.submit()
    assert outcome.errors == {block["block_id"]: complaint}
    assert (outcome.error, outcome.ok) == (None, False)
    assert complaint in modal.reads


async def test_more_choices_than_allowed_are_refused(opened: Open) -> None:
    block = field("Who", "multi_users_select", max_selected_items=1)
    modal = await opened(view(block))
    modal.choose("Who", "Ben Carter", "Amara Okafor")
    assert (await modal.submit()).errors == {"who": "Please choose at most 1."}


async def test_only_what_is_offered_can_be_chosen(workspace: Workspace, opened: Open) -> None:
    workspace.add_channel("C05PARTNER", "partner", members=["U02BEN"], shared=True)
    modal = await opened(
        view(
            field("Repeat", "static_select", options=[option("Every month")]),
            field(
                "Room",
                "conversations_select",
                filter={"include": ["public"], "exclude_external_shared_channels": True},
            ),
            field("Any", "conversations_select"),
        ),
    )
    with pytest.raises(NotOnScreen, match=r"\[Every month\]"):
        modal.choose("Repeat", "Every week")
    for room in ("secret", "partner", "old", "nowhere"):
        with pytest.raises(Unknown):
            modal.choose("Room", room)
    modal.choose("Any", "partner")
    with pytest.raises(NotOnScreen, match="among the fields"):
        modal.fill("Colour", "red")
    with pytest.raises(SandboxError, match="takes one"):
        modal.choose("Any", "partner", "ml-team")


async def test_the_channel_somebody_stands_in_can_be_the_first_choice(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    block = field("Room", "conversations_select", default_to_current_conversation=True)
    trigger = workspace.permits.trigger(ben.id, "C01MLTEAM")
    await client.views_open(trigger_id=trigger, view=view(block))
    modal = ben.modal
    assert modal is not None
    assert modal.value("Room") == "C01MLTEAM"


def answering(app: AsyncApp, **answer: Any) -> None:
    async def take(ack: Any) -> None:
        await ack(**answer)

    app.view("new")(take)


async def test_the_app_can_put_sentences_under_the_fields(
    app: AsyncApp, running: AsyncApp, opened: Open
) -> None:
    answering(app, response_action="errors", errors={"team name": "Taken."})
    modal = await opened(view(NAME))
    outcome = await modal.fill("Team name", "North").submit()
    assert outcome.errors == {"team name": "Taken."}
    assert modal.is_open
    assert modal.errors == outcome.errors
    assert "Taken." in modal.reads
    modal.fill("Team name", "South")
    assert modal.errors == {}


async def test_the_app_can_show_another_view_keeping_what_was_entered(
    app: AsyncApp, running: AsyncApp, opened: Open, ben: Member
) -> None:
    second = view(NAME, field("Repeat", "plain_text_input"), title="Second", callback_id="next")
    answering(app, response_action="update", view=second)
    modal = await opened(view(NAME))
    await modal.fill("Team name", "North").submit()
    assert ben.modal is not None
    assert ben.modal.title == "Second"
    assert ben.modal.value("Team name") == "North"
    assert ben.modal.value("Repeat") is None


async def test_views_stack_three_high(
    app: AsyncApp, running: AsyncApp, opened: Open, ben: Member
) -> None:
    answering(app, response_action="push", view=view(title="Next"))
    modal = await opened(view())
    await modal.submit()
    top = ben.modal
    assert top is not None
    assert (top.title, top.view.previous, top.view.root) == ("Next", modal.view.id, modal.view.id)
    with pytest.raises(NotOnScreen, match="in front"):
        await modal.submit()
    await top.submit()
    assert ben.modal is not None
    outcome = await ben.modal.submit()
    assert outcome.error == "invalid_response: push_limit_reached"
    await ben.modal.close()
    assert ben.modal is not None
    assert ben.modal.view.id == top.view.id
    await ben.modal.close(everything=True)
    assert ben.modal is None


async def test_the_app_can_clear_everything(
    app: AsyncApp, running: AsyncApp, opened: Open, ben: Member
) -> None:
    answering(app, response_action="clear")
    modal = await opened(view())
    assert (await modal.submit()).ok
    assert ben.modal is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": view(title="x" * 25)},
        {"response_action": "explode"},
    ],
)
async def test_an_answer_that_makes_no_sense_is_an_error_to_the_person(
    app: AsyncApp,
    running: AsyncApp,
    opened: Open,
    answer: Json,
) -> None:
    answering(app, **answer)
    modal = await opened(view(NAME))
    outcome = await modal.fill("Team name", "North").submit()
    assert outcome.error is not None
    assert outcome.error.startswith("invalid_response: ")
    assert modal.is_open


async def test_no_answer_to_a_submit_leaves_the_modal_open_with_an_error(
    workspace: Workspace, app: AsyncApp, running: AsyncApp, opened: Open
) -> None:
    workspace.sockets.ack_seconds = 0.03
    modal = await opened(view())
    assert (await modal.submit()).error == "operation_timeout"
    assert modal.is_open


@pytest.mark.usefixtures("running")
async def test_a_press_in_a_modal_can_update_and_push(
    app: AsyncApp,
    opened: Open,
    client: AsyncWebClient,
    ben: Member,
    buttons: Buttons,
) -> None:
    @app.action("more")
    async def more(ack: Any, body: Json) -> None:
        shown = body["view"]
        await client.views_update(
            view_id=shown["id"], hash=shown["hash"], view=view(*buttons("Deeper"), NAME)
        )
        await ack()

    @app.action("deeper")
    async def deeper(ack: Any, body: Json) -> None:
        assert body["view"]["state"]["values"]["team name"]["a"]["value"] == "North"
        await client.views_push(trigger_id=body["trigger_id"], view=view(title="Deep"))
        await ack()

    modal = await opened(view(*buttons("More"), NAME))
    modal.fill("Team name", "North")
    await ben.press("More")
    assert modal.buttons == ["Deeper"]
    await ben.press("Deeper")
    assert ben.modal is not None
    assert ben.modal.title == "Deep"


async def test_fields_that_tell_the_app_at_once_are_selected(
    app: AsyncApp, running: AsyncApp, opened: Open, ben: Member
) -> None:
    heard: list[Json] = []

    @app.action("a")
    async def take(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    repeat = field("Repeat", "static_select", options=[option("Every month")], dispatch_action=True)
    modal = await opened(view(repeat))
    with pytest.raises(SandboxError, match="at once"):
        modal.choose("Repeat", "Every month")
    await ben.select("Repeat", "Every month")
    assert heard[0]["actions"][0]["selected_option"] == option("Every month")
    assert modal.value("Repeat") == option("Every month")


async def test_a_stale_hash_is_a_conflict(
    opened: Open, client: AsyncWebClient, ben: Member
) -> None:
    modal = await opened(view())
    old = modal.view.hash
    await client.views_update(view_id=modal.view.id, hash=old, view=view(title="Second"))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=modal.view.id, hash=old, view=view())
    home = {"type": "home", "blocks": []}
    published = await client.views_publish(user_id=ben.id, view=home)
    await client.views_publish(user_id=ben.id, view=home, hash=published["view"]["hash"])
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id=ben.id, view=home, hash=published["view"]["hash"])


async def test_a_closed_modal_is_not_found_and_an_external_id_is_unique(
    workspace: Workspace, opened: Open, client: AsyncWebClient
) -> None:
    modal = await opened(view(external_id="one"))
    await client.views_update(external_id="one", view=view(external_id="one", title="By name"))
    assert modal.title == "By name"
    amara = workspace.permits.trigger("U01AMARA", None)
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await client.views_open(trigger_id=amara, view=view(external_id="one"))
    await modal.close()
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id=modal.view.id, view=view())


async def test_a_push_needs_a_press_inside_a_modal(
    client: AsyncWebClient, trigger: Trigger
) -> None:
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_push(trigger_id=trigger(), view=view())


async def test_the_app_hears_of_a_closed_modal_when_it_asked(
    app: AsyncApp, running: AsyncApp, opened: Open
) -> None:
    heard: list[Json] = []

    @app.view_closed("new")
    async def take(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    await (await opened(view())).close()
    await (await opened(view(notify_on_close=True))).close()
    [body] = heard
    assert (body["type"], body["is_cleared"]) == ("view_closed", False)


async def test_a_conversation_select_can_bring_a_response_url(
    app: AsyncApp, running: AsyncApp, opened: Open
) -> None:
    heard: list[Json] = []

    @app.view("new")
    async def take(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    block = field("Room", "conversations_select", response_url_enabled=True)
    modal = await opened(view(block))
    await modal.choose("Room", "ml-team").submit()
    [given] = heard[0]["response_urls"]
    assert given["channel_id"] == "C01MLTEAM"
    assert given["response_url"].startswith("http://")


async def test_a_view_without_a_submit_button_cannot_be_submitted(opened: Open) -> None:
    spec = view()
    del spec["submit"]
    modal = await opened(spec)
    with pytest.raises(NotOnScreen, match="submit"):
        await modal.submit()
