"""`vigil import`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import AsJson, now, open_database, print_json, today
from bot.views import words
from jobs.roster import TEMPLATE, read_roster
from storage.database import Database
from storage.errors import VigilError
from storage.queries.people import team_ids
from storage.queries.roster import apply_roster, emails_by_slack_user

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """Take in a file, all of it or nothing."""


@app.command("roster")
def roster(
    file: Annotated[Path | None, typer.Argument(help="A CSV file, a row for each post.")] = None,
    *,
    template: Annotated[
        bool, typer.Option("--template", help="Print an example and stop.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only look whether the file is right.")
    ] = False,
    workspace: Annotated[
        str | None, typer.Option(help="The Slack team id, where there are several.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in who holds which post."""
    if template:
        print(TEMPLATE, end="")
        return
    if file is None:
        raise VigilError(
            "Name the file: vigil import roster FILE. vigil import roster --template prints an example."
        )
    with open_database() as database:
        team_id = workspace or _only_workspace(database)
        emails = database.read_now(emails_by_slack_user, team_id=team_id)
        posts = read_roster(file, today=today(), known_emails=emails)
        if check:
            print(
                f"{file.name} is right: {words.counted(len(posts), 'post', 'posts')}. Nothing was imported."
            )
            return
        done = database.write_now(
            apply_roster, team_id=team_id, posts=posts, today=today(), now=now()
        )
    if as_json:
        print_json(done)
    else:
        new = [
            words.counted(done.posts, "post", "posts"),
            words.counted(done.people, "person", "people"),
            words.counted(done.partnerships, "partnership", "partnerships"),
        ]
        print(
            f"Imported {file.name}: {words.counted(len(posts), 'post', 'posts')}. New: {words.listed(new, at_most=3)}."
        )
        if done.left:
            print(
                f"Not given back: {words.counted(done.left, 'post', 'posts')}, as those named have left."
                " To give one back, write a first day from tomorrow on."
            )


def _only_workspace(database: Database) -> str:
    known = database.read_now(team_ids)
    if len(known) == 1:
        return known[0]
    if not known:
        raise VigilError(
            "No Slack workspace is known yet. Run vigil check, which asks Slack, or give --workspace with the team id."
        )
    raise VigilError(
        f"Several Slack workspaces are known. Give --workspace with one of: {', '.join(known)}."
    )
