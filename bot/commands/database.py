"""`vigil database`."""

import typer

from bot.commands.common import AsJson, print_json
from bot.settings import load_settings
from storage.database import HEAD, Database
from storage.upgrade import upgrade as migrate

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """Look after the database."""


@app.command("upgrade")
def upgrade(*, as_json: AsJson = False) -> None:
    """Bring the database to the schema of this version."""
    database = Database(load_settings().database_url)
    migrate(database)
    database.dispose()
    if as_json:
        print_json({"schema": HEAD})
    else:
        print(f"The database has the schema {HEAD}.")
