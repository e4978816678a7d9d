"""The full return over the wire: drafted on three screens, signed by three sectors, changed late; on both databases."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.ids import Action
from bot.workspace.faults import Fault
from storage.tables import ReturnDraft, ReturnRevision, ReturnSignature
from tests.factories import facilitator, lead, london, partner_id, post
from tests.flows.moves import (
    choose_in_modal,
    join,
    message_saying,
    modal_saying,
    press_forged,
    press_in_modal,
)
from tests.flows.story import Me, Story, eventually
from tests.flows.test_planted_texts import PLANTED, assert_found_nowhere

ASKED = london(2026, 9, 11, 9)
REACH = {
    "OF1": ["maintained", "independent"],
    "OF3": ["independent"],
    "OF4": "forum",
    "OF5": "some",
    "OF6": ["schools", "police"],
}
OFFER = {
    "OF7": ["training"],
    "OF7~2": ["online"],
    "OF9": ["none"],
    "OF11": "some",
    "OF12": "survey",
}
HELP = {"OF14": ["call"], "OF15": "not_yet", "OF16": "plan"}
SECTORS = {
    "U0COUNCIL": ("Birmingham council", "mostly"),
    "U0HEALTH": ("Birmingham and Solihull Integrated Care Board", "waiting_list"),
    "U0POLICE": ("West Midlands Police", "all"),
}


def rows(story: Story, table: Any) -> list[Any]:
    """All rows of a table, oldest first."""
    with Session(story.database.engine) as session:
        order = table.participation_id if table is ReturnDraft else table.id
        return list(session.exec(select(table).order_by(col(order))))


async def start(me: Me, label: str = "Start the full return") -> dict[str, Any]:
    """Press the button on the board."""
    board = await me.type("/review-status")
    await me.press(board, label)
    return await modal_saying(me, "Full return, ")


async def answers(me: Me, count: int) -> list[str]:
    """What only this person sees, as soon as there is so much of it."""

    async def look() -> list[str] | None:
        told = [each.text for each in await me.messages() if each.ephemeral]
        return told if len(told) == count else None

    return await eventually(look)


async def send_all(me: Me) -> dict[str, Any]:
    """Three screens, one after another."""
    assert (await me.send(**REACH))["result"] == "updated"
    assert (await me.send(**OFFER))["result"] == "updated"
    return await me.send(**HELP, OF18=["yes"])


async def sign(story: Story, user: str, revision: int = 1, **more: Any) -> dict[str, Any]:
    """One sector reads, answers and signs."""
    me = story.be(user)
    await me.press(await me.type("/review-status"), "Read and sign")
    await modal_saying(me, "What the return says")
    answer = {"OF13": SECTORS[user][1], f"OF18~revision-{revision}": ["yes"], **more}
    return await me.send(**answer)


async def test_a_return_is_drafted_on_three_screens_signed_by_three_sectors_and_counts(
    story: Story,
):
    await story.to(ASKED)
    me = story.be("U0LEAD")
    board = await me.type("/review-status")
    assert "Full return, October half-term review 2026 to 2027\nNot started." in board.text
    view = await start(me)
    assert view["title"]["text"] == "Full return, 1 of 3"
    second = await me.send(**REACH, OF3_WHY="They have no forum.")
    assert (second["view"]["title"]["text"], second["view"]["id"]) == (
        "Full return, 2 of 3",
        view["id"],
    )
    third = await me.send(**OFFER, OF8="https://www.birmingham.example/offer", OF10="40")
    assert (third["view"]["title"]["text"], third["view"]["id"]) == (
        "Full return, 3 of 3",
        view["id"],
    )
    assert rows(story, ReturnRevision) == []
    sent = await me.send(**HELP, OF17="More notice.", OF18=["yes"])
    assert "Your return is sent for signature." in str(sent["view"]["blocks"])
    [kept] = rows(story, ReturnRevision)
    assert kept.answers == {
        **REACH,
        **{ref: answer for ref, answer in OFFER.items() if ref != "OF7~2"},
        **HELP,
        "OF7": ["training", "online"],
        "OF3_WHY": "They have no forum.",
        "OF8": "https://www.birmingham.example/offer",
        "OF10": "40",
        "OF17": "More notice.",
        "OF18": ["yes"],
    }

    for number, user in enumerate(SECTORS, start=1):
        signed = await sign(story, user)
        assert f"You have signed for {SECTORS[user][0]}." in str(signed["view"]["blocks"])
        counted = "All 3 sectors have signed." if number == 3 else f"{number} of 3 sectors"
        assert counted in (await me.type("/review-status")).text
    board = await me.type("/review-status")
    assert (
        "Complete. Sent at 9am on Friday 11 September 2026 by Business manager, Birmingham."
        in board.text
    )
    answers = {row.partner_id: row.answers for row in rows(story, ReturnSignature)}
    for body, answer in SECTORS.values():
        assert answers[story.database.read_now(partner_id, body)] == {
            "OF13": answer,
            "OF18": ["yes"],
        }

    await me.press(board, "Read it")
    read = str((await modal_saying(me, "What each sector adds"))["blocks"])
    assert "*Specialist help:* Waiting list" in read
    assert "Why hard to reach: They have no forum." in read


async def test_numbers_are_asked_for_each_setting_as_it_is_ticked(story: Story):
    await story.to(ASKED)
    me = story.be("U0LEAD")
    await start(me)
    await choose_in_modal(me, "OF1", ["maintained", "special"], OF3=["independent"])
    shown = await modal_saying(me, "OF2_SPECIAL")
    assert shown["values"]["OF3"]["answer"] == ["independent"]
    assert "The register" not in str(shown["blocks"][0])
    assert "no register’s totals yet" in str(shown["blocks"])
    await choose_in_modal(me, "OF1", ["maintained"], OF2_MAINTAINED="212", OF2_SPECIAL="27")

    async def special_is_gone():
        return "OF2_SPECIAL" not in str((await me.view())["blocks"])

    await eventually(special_is_gone)
    await me.send(**{**REACH, "OF1": ["maintained"], "OF2_MAINTAINED": "212"})
    [draft] = rows(story, ReturnDraft)
    assert {ref: draft.answers[ref] for ref in draft.answers if ref.startswith("OF2")} == {
        "OF2_MAINTAINED": "212"
    }


async def test_going_back_and_forth_keeps_what_was_typed(story: Story):
    await story.to(ASKED)
    me = story.be("U0LEAD")
    await start(me)
    await me.send(**REACH, OF3_WHY="They have no forum.")
    await press_in_modal(me, "Back", OF7=["training"], OF8="https://offer.example")
    first = await modal_saying(me, "Full return, 1 of 3")
    assert first["values"]["OF3_WHY"]["answer"] == "They have no forum."
    await me.send(OF3_WHY="They are far apart.")
    second = await me.view()
    assert second["values"]["OF7"]["answer"] == ["training"]
    assert second["values"]["OF8"]["answer"] == "https://offer.example"
    [draft] = rows(story, ReturnDraft)
    assert draft.answers["OF3_WHY"] == "They are far apart."
    assert len(story.workspace.installations["T0SAMPLE"].workspace.stacks["U0LEAD"]) == 1


async def test_closing_loses_nothing_that_was_passed_on_or_saved(story: Story):
    await story.to(ASKED)
    me = story.be("U0LEAD")
    await start(me)
    await me.send(**REACH)
    await press_in_modal(me, "Save", **{"OF7~2": ["audit"]})

    async def saved():
        return rows(story, ReturnDraft)[0].answers.get("OF7")

    assert await eventually(saved) == ["audit"]
    await me.close()
    again = await start(me, "Go on with the full return")
    assert again["title"]["text"] == "Full return, 2 of 3"
    assert again["values"]["OF7~2"]["answer"] == ["audit"]
    board = await me.type("/review-status")
    assert "Being drafted. Saved at 9am on Friday 11 September 2026" in board.text


async def test_a_screen_is_passed_on_only_when_it_is_answered(story: Story):
    await story.to(ASKED)
    me = story.be("U0LEAD")
    await start(me)
    refused = await me.send(OF1=["maintained"])
    assert set(refused["errors"]) == {"OF3", "OF4", "OF5", "OF6"}
    await me.send(**REACH)
    wrong = {
        **OFFER,
        "OF7": None,
        "OF7~2": None,
        "OF8": "http://offer.example",
        "OF9": ["none", "special"],
    }
    refused = await me.send(**wrong)
    assert refused["errors"] == {
        "OF7": "Choose an answer. You can change it later.",
        "OF8": "Enter a whole web address that starts with https://, such as https://www.gov.uk.",
        "OF9": "Choose either ‘None’ or the others, not both.",
    }
    assert (await me.send(OF10="3.5"))["errors"]["OF10"] == "It must be a whole number."
    assert rows(story, ReturnDraft)[0].answers == REACH


async def test_the_guard_stops_drafts_too_and_what_was_typed_stays(story: Story):
    await story.to(ASKED)
    me = story.be("U0LEAD")
    await start(me)
    for found, (planted, *_) in PLANTED.items():
        refused = await me.send(**REACH, OF3_WHY=planted)
        assert refused["errors"].keys() == {"OF3_WHY"}
        assert refused["errors"]["OF3_WHY"].startswith(f"This looks like {found}. Take it out")
        assert (await me.view())["values"]["OF3_WHY"]["answer"] == planted
    await press_in_modal(me, "Save", **REACH, OF3_WHY=planted)
    told = await modal_saying(me, "Nothing is saved until you put this right.")
    assert "What makes them hard to reach?" in str(told["blocks"])
    assert told["values"]["OF3_WHY"]["answer"] == planted
    assert told["values"]["OF4"]["answer"] == "forum"
    await choose_in_modal(me, "OF1", ["colleges"], OF3_WHY=planted)
    await modal_saying(me, "OF2_COLLEGES")
    assert rows(story, ReturnDraft) == []
    assert_found_nowhere(story, kept=b"Police respondent, Birmingham")

    assert (await me.send(**REACH, OF3_WHY="Ask the front door."))["result"] == "updated"
    assert_found_nowhere(story, kept=b"Ask the front door.")


async def test_a_late_change_is_shown_to_those_who_signed_and_signed_again(story: Story):
    await story.to(ASKED)
    me = story.be("U0LEAD")
    await start(me)
    await send_all(me)
    for user in SECTORS:
        await sign(story, user)
    await start(me, "Change the full return")
    assert "You have sent this for signature." in str((await me.view())["blocks"])
    await me.send(OF4="members", OF3_WHY="They are far apart.")
    assert (
        "The draft has changes that have not been sent." in (await me.type("/review-status")).text
    )
    await me.send()
    await me.send(OF18=["yes"])
    assert [row.revision for row in rows(story, ReturnRevision)] == [1, 2]
    board = await me.type("/review-status")
    assert "Sent for signature." in board.text
    assert "0 of 3 sectors have signed." in board.text

    police = story.be("U0POLICE")
    status = await police.type("/review-status")
    assert "Not signed since it was changed." in status.text
    await police.press(status, "Read and sign")
    shown = str((await modal_saying(police, "What has changed since you signed"))["blocks"])
    assert "*Voice of education:* A forum or group" in shown
    assert "*Voice of education:* Members at lead or delegated level" in shown
    assert "*Why hard to reach:* Not answered" in shown
    values = (await police.view())["values"]
    assert values["OF13"]["answer"] == "all"
    assert values["OF18~revision-2"]["answer"] == []
    await police.close()
    for user in SECTORS:
        await sign(story, user, revision=2)
    assert "Complete." in (await me.type("/review-status")).text


async def test_sending_without_a_change_leaves_the_signatures(story: Story):
    await story.to(ASKED)
    me = story.be("U0LEAD")
    await start(me)
    await send_all(me)
    await sign(story, "U0POLICE")
    await start(me, "Change the full return")
    await me.send()
    await me.send()
    sent = await me.send(OF18=["yes"])
    assert "1 of 3 sectors has signed." in str(sent["view"]["blocks"])
    assert len(rows(story, ReturnRevision)) == 1


async def test_nobody_signs_what_was_changed_while_they_read(story: Story):
    await story.to(ASKED)
    me, police = story.be("U0LEAD"), story.be("U0POLICE")
    await start(me)
    await send_all(me)
    await police.press(await police.type("/review-status"), "Read and sign")
    await modal_saying(police, "What the return says")
    await start(me, "Change the full return")
    await me.send(OF4="members")
    await me.send()
    await me.send(OF18=["yes"])
    answer = {"OF13": "all", "OF18~revision-1": ["yes"]}
    shown = await police.send(**answer)
    assert "Nothing is signed yet." in str(shown["view"]["blocks"])
    assert shown["view"]["values"]["OF18~revision-2"]["answer"] == []
    assert rows(story, ReturnSignature) == []
    await police.send(**{"OF18~revision-2": ["yes"]})
    assert len(rows(story, ReturnSignature)) == 1


async def test_the_same_press_twice_sends_and_signs_once(story: Story):
    await story.to(ASKED)
    me, faults = story.be("U0LEAD"), story.workspace.installations["T0SAMPLE"].faults
    await start(me)
    await me.send(**REACH)
    await me.send(**OFFER)
    faults.add(Fault("redeliver", "view_submission"))
    await me.send(**HELP, OF18=["yes"])
    faults.add(Fault("redeliver", "view_submission"))
    await sign(story, "U0POLICE")
    await me.type("/review-status")
    assert len(rows(story, ReturnRevision)) == len(rows(story, ReturnSignature)) == 1


async def test_a_signature_needs_its_answer_and_its_tick(story: Story):
    await story.to(ASKED)
    me, police = story.be("U0LEAD"), story.be("U0POLICE")
    await start(me)
    await send_all(me)
    await police.press(await police.type("/review-status"), "Read and sign")
    await modal_saying(police, "What the return says")
    refused = await police.send()
    assert set(refused["errors"]) == {"OF13", "OF18~revision-1"}
    assert rows(story, ReturnSignature) == []


@pytest.mark.parametrize("audience", ["partnership", "facilitators"])
async def test_facilitators_read_what_the_lead_lets_them_read(story: Story, audience):
    await story.to(ASKED)
    me, theirs = story.be("U0LEAD"), story.be("U0FACPO")
    assert "0 of 1 full return is complete." in (await theirs.type("/review-status")).text
    await start(me)
    await me.send(**REACH, OF3_WHY="They have no forum.")
    await me.send(**OFFER)
    await me.send(**HELP, OF18=["yes"], audience=audience)
    status = await theirs.type("/review-status")
    assert "1 with the sectors for signature" in status.text
    await theirs.press(status, "Read it")
    read = str((await modal_saying(theirs, "Settings covered"))["blocks"])
    assert ("They have no forum." in read) == (audience == "facilitators")
    assert ("for the partnership only" in read) == (audience == "partnership")


async def test_nobody_drafts_reads_or_signs_what_is_not_theirs(story: Story):
    police = story.database.read_now(partner_id, SECTORS["U0POLICE"][0])
    await join(
        story,
        post("U0SOLPOL", area="Solihull"),
        lead("U0SOLLEAD", area="Solihull"),
        facilitator("U0NORTH", region="North West"),
    )
    await story.to(ASKED)
    me = story.be("U0LEAD")
    await start(me)
    await send_all(me)
    about = {"campaign_id": 1, "partnership_id": 1}
    for user in ("U0SOLPOL", "U0SOLLEAD", "U0NORTH", "U0STRANGER", "U0ADMIN"):
        other = story.be(user)
        value = {**about, "partner_id": police}
        for number, action in enumerate(
            (Action.OPEN_RETURN, Action.READ_RETURN, Action.SIGN_RETURN), start=1
        ):
            await press_forged(other, action, value)
            told = await answers(other, number)
            assert all("Your posts do not let you see this return." in each for each in told)
    for user in ("U0COUNCIL", "U0FACPO"):
        await press_forged(story.be(user), Action.OPEN_RETURN, about)
        await message_saying(story.be(user), "Only the partnership’s lead drafts its full return.")
    for user in ("U0COUNCIL", "U0LEAD"):
        await press_forged(story.be(user), Action.SIGN_RETURN, {**about, "partner_id": police})
        await message_saying(story.be(user), "You do not hold a post that signs this")
    assert rows(story, ReturnSignature) == []


async def test_why_we_ask_is_shown_and_hidden_and_keeps_what_was_typed(story: Story):
    await story.to(ASKED)
    me, police = story.be("U0LEAD"), story.be("U0POLICE")
    await start(me)
    await press_in_modal(me, "Why we ask", OF3_WHY="They have no forum.")
    shown = await modal_saying(me, "our largest counties have upwards of 500 schools")
    assert shown["values"]["OF3_WHY"]["answer"] == "They have no forum."
    await press_in_modal(me, "Hide why we ask")

    async def is_hidden():
        return "500 schools" not in str((await me.view())["blocks"])

    await eventually(is_hidden)

    [asked] = await police.messages()
    await police.press(asked, "Reply")
    await press_in_modal(police, "Why we ask", OQ6="A call would help.")
    shown = await modal_saying(police, "by October half-term and set out what your offer")
    assert shown["values"]["OQ6"]["answer"] == "A call would help."
    assert len(story.workspace.installations["T0SAMPLE"].workspace.stacks["U0POLICE"]) == 1


async def test_after_the_last_day_what_was_sent_can_be_read_and_no_more(story: Story):
    await story.to(ASKED)
    me, police = story.be("U0LEAD"), story.be("U0POLICE")
    await start(me)
    await send_all(me)
    await police.press(await police.type("/review-status"), "Read and sign")
    await modal_saying(police, "What the return says")
    story.clock.move_to(london(2027, 1, 1, 12))
    refused = await police.send(**{"OF13": "all", "OF18~revision-1": ["yes"]})
    assert "Late signatures are no longer taken." in str(refused["view"]["blocks"])
    shown = (await me.type("/review-status")).buttons()
    assert "Read it" in shown
    assert "Change the full return" not in shown
    await press_forged(me, Action.OPEN_RETURN, {"campaign_id": 1, "partnership_id": 1})
    await message_saying(me, "Late answers to this are no longer taken.")
