"""Uploads: announced, uploaded, completed once, processed, shown, deleted."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Member, SettableClock, Workspace

CONTENT = b"\x89PNG not really"


@pytest.fixture
def upload(client: AsyncWebClient) -> Callable[..., Awaitable[str]]:
    """Announce and upload a picture; gives its id."""

    async def send(content: bytes = CONTENT, name: str = "radar.png") -> str:
        announced = await client.files_getUploadURLExternal(
            filename=name, length=len(content), alt_txt="Six scores"
        )
        async with (
            aiohttp.ClientSession() as session,
            session.post(announced["upload_url"], data=content) as answer,
        ):
            assert answer.status == 200
        return str(announced["file_id"])

    return send


Upload = Callable[..., Awaitable[str]]


def image(file_id: str) -> dict[str, Any]:
    return {"type": "image", "alt_text": "Six scores", "slack_file": {"id": file_id}}


async def test_the_sdk_s_three_steps_put_the_file_into_the_channel(
    workspace: Workspace, client: AsyncWebClient, ben: Member
) -> None:
    answer = await client.files_upload_v2(
        channel="C01MLTEAM",
        filename="radar.png",
        title="Radar",
        content=CONTENT,
        alt_txt="Six scores",
        initial_comment="In short",
    )
    [message] = ben.screen("ml-team")
    [file] = message.files
    assert (message.text, file.id) == ("In short", answer["file"]["id"])
    assert (file.title, file.alt_text, file.content) == ("Radar", "Six scores", CONTENT)
    assert message.reads == "In short\n(file: Radar)"
    [call] = workspace.calls("upload")
    assert call.params == {"file_id": file.id, "length": len(CONTENT)}


async def test_a_multipart_upload_works_too(client: AsyncWebClient, ben: Member) -> None:
    announced = await client.files_getUploadURLExternal(filename="a.csv", length=3)
    form = aiohttp.FormData()
    form.add_field("file", b"a,b", filename="a.csv")
    async with (
        aiohttp.ClientSession() as session,
        session.post(announced["upload_url"], data=form) as answer,
    ):
        assert answer.status == 200
    await client.files_completeUploadExternal(
        files=[{"id": announced["file_id"]}], channels=["U02BEN"]
    )
    assert ben.screen()[0].files[0].content == b"a,b"


async def test_the_announced_length_must_match(client: AsyncWebClient) -> None:
    announced = await client.files_getUploadURLExternal(filename="a.png", length=5)
    async with (
        aiohttp.ClientSession() as session,
        session.post(announced["upload_url"], data=b"four") as answer,
    ):
        assert (answer.status, await answer.text()) == (400, "wrong_length")
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(
            files=[{"id": announced["file_id"]}], channel_id="C01MLTEAM"
        )


@pytest.mark.parametrize(
    ("announcement", "error"),
    [
        ({"filename": "a.png", "length": 0}, "missing_argument"),
        ({"filename": "a.png", "length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"length": 1}, "invalid_arguments"),
    ],
)
async def test_an_announcement_can_be_refused(
    client: AsyncWebClient, announcement: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call("files.getUploadURLExternal", params=announcement)
    assert refused.value.response["error"] == error


async def test_completion_works_once(client: AsyncWebClient, upload: Upload) -> None:
    files: list[dict[str, str | None]] = [{"id": await upload()}]
    await client.files_completeUploadExternal(files=files, channel_id="C01MLTEAM")
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=files, channel_id="C01MLTEAM")


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ({"channel_id": "U02BEN"}, "channel_not_found"),
        ({"channel_id": "C02RANDOM"}, "not_in_channel"),
        ({"channel_id": "C04OLD"}, "is_archived"),
        ({"channel_id": "C01MLTEAM", "thread_ts": "1.2"}, "thread_not_found"),
        ({"channels": ["C01MLTEAM"] * 101}, "too_many_channels"),
    ],
)
async def test_a_refused_completion_can_be_tried_again(
    client: AsyncWebClient, upload: Upload, where: dict[str, Any], error: str
) -> None:
    files: list[dict[str, str | None]] = [{"id": await upload()}]
    with pytest.raises(SlackApiError) as refused:
        await client.files_completeUploadExternal(files=files, **where)
    assert refused.value.response["error"] == error
    answer = await client.files_completeUploadExternal(files=files, channel_id="C01MLTEAM")
    assert answer["ok"]


async def test_a_fresh_picture_is_not_ready_until_it_was_asked_after(
    client: AsyncWebClient, upload: Upload, ben: Member
) -> None:
    file_id = await upload()
    await client.files_completeUploadExternal(files=[{"id": file_id}])
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=ben.id, text="x", blocks=[image(file_id)])
    assert refused.value.response["error"] == "invalid_blocks"
    assert "invalid slack file" in refused.value.response["errors"][0]
    assert (await client.files_info(file=file_id))["file"]["mimetype"] == ""
    assert (await client.files_info(file=file_id))["file"]["mimetype"] == "image/png"
    await client.chat_postMessage(channel=ben.id, text="x", blocks=[image(file_id)])
    assert ben.screen()[0].reads == "(picture: Six scores)"


async def test_a_fresh_picture_is_ready_after_a_while(
    client: AsyncWebClient, upload: Upload, clock: SettableClock
) -> None:
    file_id = await upload()
    await client.files_completeUploadExternal(files=[{"id": file_id}])
    clock.advance(seconds=3)
    section = {
        "type": "section",
        "text": {"type": "plain_text", "text": "x"},
        "accessory": image(file_id),
    }
    context = {"type": "context", "elements": [image(file_id)]}
    for block in (section, context):
        answer = await client.chat_postMessage(channel="C01MLTEAM", text="x", blocks=[block])
        assert answer["ok"]


async def test_a_picture_is_found_by_its_urls_and_nothing_but_a_picture_is_shown(
    client: AsyncWebClient, upload: Upload, clock: SettableClock
) -> None:
    picture, table = await upload(), await upload(name="answers.csv")
    await client.files_completeUploadExternal(files=[{"id": picture}, {"id": table}])
    clock.advance(seconds=3)
    url = (await client.files_info(file=picture))["file"]["permalink"]
    block = {**image(picture), "slack_file": {"url": url}}
    await client.chat_postMessage(channel="C01MLTEAM", text="x", blocks=[block])
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel="C01MLTEAM", text="x", blocks=[image(table)])


async def test_blocks_are_ignored_beside_a_comment(
    client: AsyncWebClient, upload: Upload, ben: Member
) -> None:
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "Blocks"}}]
    for comment in ("Comment", None):
        await client.files_completeUploadExternal(
            files=[{"id": await upload()}],
            channel_id="C01MLTEAM",
            initial_comment=comment,
            blocks=json.dumps(blocks),  # the sdk puts them into the query as they are
        )
    assert [m.reads.splitlines()[0] for m in ben.screen("ml-team")] == ["Comment", "Blocks"]


async def test_a_deleted_file_is_gone_from_the_screen(
    client: AsyncWebClient, upload: Upload, ben: Member
) -> None:
    file_id = await upload()
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id="C01MLTEAM")
    await client.files_delete(file=file_id)
    assert ben.screen("ml-team") == []
    for ask in (client.files_info, client.files_delete):
        with pytest.raises(SlackApiError, match="file_not_found"):
            await ask(file=file_id)
