"""The command line: `vigil`. Every command's mistakes are plain sentences, and exit status 1."""

import sys

import typer

from bot.commands import campaign, check, database, importing, look, run, term_dates
from storage.errors import VigilError

app = typer.Typer(
    name="vigil",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Asks England's local safeguarding partnerships for their half-term review, in Slack.",
)
app.command("run")(run.run)
app.command("workspace")(run.workspace)
app.command("check")(check.check)
app.command("manifest")(check.print_manifest)
app.command("term-dates")(term_dates.show)
importing.app.command("term-dates")(term_dates.take)
app.command("preview")(look.preview)
app.command("status")(look.status)
app.command("digest")(look.digest)
app.add_typer(importing.app, name="import", help="Take in a file, all of it or nothing.")
app.add_typer(
    campaign.app, name="campaign", help="The year's campaigns: list, open and close them."
)
app.add_typer(database.app, name="database", help="Look after the database.")


def main() -> None:
    """The console script."""
    try:
        app()
    except VigilError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
