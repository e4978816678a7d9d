"""`vigil preview`, `vigil status` and `vigil digest`: what will be sent, and how things stand."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Annotated

import typer

from bot.commands.common import AsJson, day, now, open_database, print_json, today
from bot.views import plain, words
from bot.views.blocks import Message, message, unescape
from bot.views.digest import digest as digest_view
from bot.views.review_status import board_blocks
from jobs.calendars import london
from jobs.campaign_files import load_campaigns
from jobs.plan import plan_now
from jobs.preview import Mark, draft_notices, marks
from storage.errors import VigilError
from storage.queries import notices
from storage.queries.campaigns import keep_definitions, partnership_ids
from storage.queries.people import facilitators
from storage.queries.preview import foreseen
from storage.queries.review_status import boards
from storage.read_models import Foreseen, ReviewStatus

Partnership = Annotated[
    str | None, typer.Option(help="Only this partnership, by its name or a part of it.")
]


def preview(
    *,
    partnership: Partnership = None,
    since: Annotated[
        str | None, typer.Option("--from", help="The first day, as 2026-09-01; today unless told.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="The last day.")] = None,
    as_json: AsJson = False,
) -> None:
    """Every notice that will be sent: when in London time, to whom, which step, and why not for those skipped."""
    first, last = day(since, "--from"), day(until, "--to")
    start = now() if first is None else london(first, time(0))
    end = None if last is None else london(last + timedelta(days=1), time(0))
    with open_database() as database:
        database.write_now(keep_definitions, definitions=load_campaigns(), now=now())
        plan_now(database, now=now())
        only = (
            set(database.read_now(partnership_ids, partnership=partnership, now=now()))
            if partnership
            else None
        )
        found = database.read_now(foreseen, since=start, until=end, partnerships=only)
        found += database.read_now(
            draft_notices, since=start, until=end, partnerships=only, now=now()
        )
        found.sort(key=lambda notice: (notice.at, notice.to))
        days = [
            words.london_date(start),
            last or max((words.london_date(notice.at) for notice in found), default=today()),
        ]
        shown = database.read_now(marks, first=days[0], last=days[1], now=now(), partnerships=only)
    if as_json:
        print_json({"notices": found, "marks": shown})
    elif found:
        print("\n".join(_in_order(found, shown)))
    else:
        print("Nothing is planned. vigil campaign list shows whether a campaign is open.")


def _in_order(found: list[Foreseen], shown: list[Mark]) -> Iterator[str]:
    """The notices, and between them the days that explain them."""
    waiting = list(shown)
    for notice in found:
        while waiting and waiting[0].start <= words.london_date(notice.at):
            yield _mark(waiting.pop(0))
        yield _foreseen(notice)
    yield from (_mark(mark) for mark in waiting)


def _mark(mark: Mark) -> str:
    days = (
        words.day(mark.start)
        if mark.start == mark.end
        else f"{words.day(mark.start)} to {words.day(mark.end)}"
    )
    return f"-- {days}: {mark.words}"


def _foreseen(notice: Foreseen) -> str:
    state = "" if notice.state == "planned" else f" [{notice.state}]"
    kind = notice.kind.replace("_", " ")
    lines = [f"{words.moment(notice.at)}: {kind} to {notice.to}{state}"]
    for duty in notice.duties:
        about = ", ".join(part for part in (duty.body, duty.partnership) if part)
        reason = f" (not sent: {duty.reason})" if duty.reason else ""
        lines.append(f"    {duty.step}: {about}{reason}")
    return "\n".join(lines)


def status(*, partnership: Partnership = None, as_json: AsJson = False) -> None:
    """Who has replied, who has not, and why."""
    with open_database() as database:
        only = (
            database.read_now(partnership_ids, partnership=partnership, now=now())
            if partnership
            else None
        )
        found = database.read_now(boards, partnerships=only, now=now())
    shown = ReviewStatus(now=now(), access=None, boards=tuple(found))
    if as_json:
        print_json(plain.boards(shown))
        return
    for board in found:
        _print(message(board_blocks(shown, board)))
        print()
    if not found:
        print("Nothing is being asked. vigil campaign list shows whether a campaign is open.")


def digest(
    *,
    facilitator: Annotated[
        str | None, typer.Option(help="Only this facilitator, by name or Slack id.")
    ] = None,
    week: Annotated[
        str | None, typer.Option(help="As the digest of that week would be, such as 2026-W43.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Each facilitator's digest as it would be now, or was to be on that week's Monday."""
    at = now() if week is None else london(_monday(week))
    with open_database() as database:
        people = database.read_now(facilitators, named=facilitator, now=at)
        found = [
            (name, database.read_now(notices.digest, person_id=person_id, now=at))
            for person_id, name in people
        ]
    if as_json:
        print_json([{"facilitator": name} | plain.digest(content) for name, content in found])
        return
    for name, content in found:
        print(f"To {name}")
        _print(digest_view(content))
        print()
    if not found:
        raise VigilError(
            f"No facilitator is called {facilitator!r}."
            if facilitator
            else "No facilitator is on the roster."
        )


def _monday(week: str) -> date:
    try:
        year, number = week.split("-W")
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        raise VigilError(f"--week is {week!r}. Write it as 2026-W43.") from None


def _print(shown: Message) -> None:
    print(unescape(shown.whole_text))
