"""The campaigns that ship with Vigil: one TOML file each, checked when it is read.

docs/campaigns.md describes the format.
"""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from storage.definitions import Definition
from storage.errors import FileRefused

FOLDER = Path(__file__).parent / "campaigns"


def load_campaigns(folder: Path = FOLDER) -> list[Definition]:
    """Every campaign in the folder, in the order of the file names.

    Raises:
        FileRefused: a file is not valid; each problem is a sentence with the file, the line and the place.
    """
    definitions, problems = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            text = path.read_text(encoding="utf-8")
            definitions.append(Definition.model_validate(tomllib.loads(text)))
        except UnicodeDecodeError:
            problems.append(f"{path.name}: this is not a text in UTF-8. Save it as UTF-8.")
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{path.name}: this is not valid TOML: {error}. Correct it there.")
        except ValidationError as error:
            problems += [
                _sentence(path, text, detail["loc"], detail["msg"]) for detail in error.errors()
            ]
    if problems:
        raise FileRefused(problems)
    return definitions


def _sentence(path: Path, text: str, place: Sequence[int | str], message: str) -> str:
    where = ".".join(map(str, place)) or "the file"
    told = message.removeprefix("Value error, ")
    return f"{path.name} line {line_of(text, place)}: {where}: {told}. Correct it there."


def line_of(text: str, place: Sequence[int | str]) -> int:
    """The line (from 1) on which a place in a TOML file stands, or the nearest that encloses it.

    `place` is as pydantic gives it: keys, and the number (from 0) of each [[table]] or list item.
    """
    lines = text.splitlines()
    found, start, table = 1, 0, ""
    for number, part in enumerate(place):
        if isinstance(part, int):
            continue
        path = f"{table}.{part}" if table else part
        following = place[number + 1] if number + 1 < len(place) else None
        heading = _heading(lines, path, following if isinstance(following, int) else 0, start)
        if heading is not None:
            found, start, table = heading + 1, heading, path
        elif (line := _assignment(lines, part, start)) is not None:
            found = line + 1
    return found


def _heading(lines: list[str], path: str, number: int, start: int) -> int | None:
    """The line of the number-th [path] or [[path]] from `start` on."""
    pattern = re.compile(rf"\s*\[\[?\s*{re.escape(path)}\s*\]\]?")
    headings = [index for index, line in enumerate(lines) if index >= start and pattern.match(line)]
    return headings[number] if number < len(headings) else None


def _assignment(lines: list[str], key: str, start: int) -> int | None:
    """The first line from `start` on that sets this key, before the next table begins."""
    pattern = re.compile(rf'\s*"?{re.escape(key)}"?\s*=')
    for index in range(start, len(lines)):
        if index > start and lines[index].lstrip().startswith("["):
            return None
        if pattern.match(lines[index]):
            return index
    return None
