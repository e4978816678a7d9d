"""`vigil campaign`."""

from typing import Annotated

import typer

from bot.commands.common import AsJson, now, open_database, print_json
from bot.views import words
from jobs.campaign_files import load_campaigns
from storage.database import Database
from storage.queries import campaigns
from storage.queries.campaigns import CampaignLine

app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The campaign, such as october-review.")]
Year = Annotated[
    int | None, typer.Option(help="The school year's first year; this one unless told.")
]
Partnership = Annotated[
    str | None, typer.Option(help="Only this partnership, by its name or a part of it.")
]


@app.command("list")
def list_campaigns(*, as_json: AsJson = False) -> None:
    """The year's campaigns, and how far they are."""
    with open_database() as database:
        _keep(database)
        lines = database.read_now(campaigns.campaigns)
    if as_json:
        print_json(lines)
        return
    for line in lines:
        print(f"{line.key}  {line.school_year}  {line.title}: {_state(line)}")


def _state(line: CampaignLine) -> str:
    asked = f"{_partnerships(line.partnerships)} asked"
    if line.closed_at is not None:
        return f"closed at {words.moment(line.closed_at)}"
    if line.opened_at is not None:
        return f"open since {words.moment(line.opened_at)}, {asked}"
    return f"draft, {asked}" if line.partnerships else "draft, nobody is asked yet"


@app.command("open")
def open_campaign(
    name: Name, *, year: Year = None, partnership: Partnership = None, as_json: AsJson = False
) -> None:
    """Start the asking, in one partnership or in all."""
    with open_database() as database:
        _keep(database)
        opened = database.write_now(
            campaigns.open_campaign,
            key=name,
            year=year or campaigns.school_year(now()),
            partnership=partnership,
            now=now(),
        )
    if as_json:
        print_json({"partnerships": opened})
    elif opened:
        print(f"{_partnerships(opened)} asked from now on. vigil preview shows what will be sent.")
    else:
        print(
            "Nothing new is asked: every partnership on the roster is asked already, or there is none yet."
        )


@app.command("close")
def close_campaign(
    name: Name, *, year: Year = None, partnership: Partnership = None, as_json: AsJson = False
) -> None:
    """End the asking, in one partnership or in all; what was said stays."""
    with open_database() as database:
        closed = database.write_now(
            campaigns.close_campaign,
            key=name,
            year=year or campaigns.school_year(now()),
            partnership=partnership,
            now=now(),
        )
    if as_json:
        print_json({"partnerships": closed})
    else:
        print(f"{_partnerships(closed)} no longer asked.")


def _partnerships(count: int) -> str:
    return words.counted(count, "partnership is", "partnerships are")


def _keep(database: Database) -> None:
    database.write_now(campaigns.keep_definitions, definitions=load_campaigns(), now=now())
