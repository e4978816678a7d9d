"""An upload in three steps, and pictures in blocks."""

import pytest

from tests.bot.workspace.example import COUNCIL

PICTURE = b"\x89PNG picture"


async def upload(world, name="chart.png", content=PICTURE, **more):
    step = await world.call(
        "files.getUploadURLExternal", filename=name, length=len(content), **more
    )
    async with world.session.post(step["upload_url"], data=content) as answer:
        assert answer.status == 200
        assert await answer.text() == f"OK - {len(content)}"
    return step["file_id"]


async def test_a_picture_is_uploaded_shared_and_shown(world, control):
    channel = (await world.call("conversations.open", users=COUNCIL))["channel"]["id"]
    file_id = await upload(world, alt_txt="A chart")
    done = await world.call(
        "files.completeUploadExternal",
        files=[{"id": file_id, "title": "Chart"}],
        channel_id=channel,
        initial_comment="This week",
    )
    assert done["files"][0]["title"] == "Chart"
    (message,) = await control.messages()
    assert message["text"] == "This week"
    (file,) = message["files"]
    assert (file["name"], file["alt"]) == ("chart.png", "A chart")
    async with world.session.get(world.slack.url + file["url"]) as answer:
        assert (await answer.read(), answer.content_type) == (PICTURE, "image/png")


async def test_a_block_can_show_a_file_that_is_complete(world, control):
    file_id = await upload(world)
    blocks = [{"type": "image", "alt_text": "A chart", "slack_file": {"id": file_id}}]
    refused = await world.post(blocks)
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"
    ]
    await world.call("files.completeUploadExternal", files=[{"id": file_id}])
    assert (await world.post(blocks))["ok"]
    (message,) = await control.messages()
    assert message["blocks"][0]["image_url"].startswith(f"/files/{file_id}/")


async def test_a_picture_beside_a_text_has_to_be_complete_too(world, control):
    file_id = await upload(world)
    picture = {"type": "image", "alt_text": "A chart", "slack_file": {"id": file_id}}
    words = {"type": "mrkdwn", "text": "T"}
    for block in (
        {"type": "section", "text": words, "accessory": picture},
        {"type": "context", "elements": [words, picture]},
    ):
        assert (await world.post([block]))["error"] == "invalid_blocks"
    await world.call("files.completeUploadExternal", files=[{"id": file_id}])
    await world.post([{"type": "section", "text": words, "accessory": picture}])
    (message,) = await control.messages()
    assert message["blocks"][0]["accessory"]["image_url"].startswith(f"/files/{file_id}/")


@pytest.mark.parametrize("length", [0, -1])
async def test_a_file_has_a_length(world, length):
    answer = await world.call("files.getUploadURLExternal", filename="a.png", length=length)
    assert answer["error"] == "missing_argument"


async def test_the_length_has_to_be_the_one_announced(world):
    step = await world.call("files.getUploadURLExternal", filename="a.png", length=5)
    async with world.session.post(step["upload_url"], data=b"four") as answer:
        assert answer.status == 400
    done = await world.call("files.completeUploadExternal", files=[{"id": step["file_id"]}])
    assert done["error"] == "file_not_found"


async def test_a_page_is_never_shown_as_one(world):
    file_id = await upload(world, "page.html", b"<script>")
    done = await world.call("files.completeUploadExternal", files=[{"id": file_id}])
    async with world.session.get(done["files"][0]["url_private"]) as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_goes_only_where_the_bot_is(world):
    file_id = await upload(world)
    general = next(iter(world.app.workspace.conversations))
    for channel, error in (
        ("C0NOWHERE", "invalid_channel"),
        (general, "posting_to_channel_denied"),
    ):
        done = await world.call(
            "files.completeUploadExternal", files=[{"id": file_id}], channel_id=channel
        )
        assert done["error"] == error
