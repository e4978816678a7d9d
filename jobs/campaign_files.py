"""The campaigns that ship with Vigil: one TOML file each, checked when it is read."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from storage.definitions import Definition
from storage.errors import FileRefused

FOLDER = Path(__file__).parent / "campaigns"


def load_campaigns(folder: Path = FOLDER) -> list[Definition]:
    """Every campaign in the folder, in the order of the file names.

    Raises:
        FileRefused: a file is not valid; each problem is a sentence that names the file and the place.
    """
    definitions, problems = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            definitions.append(
                Definition.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
            )
        except UnicodeDecodeError:
            problems.append(f"{path.name}: this is not a text in UTF-8. Save it as UTF-8.")
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{path.name}: this is not valid TOML: {error}. Correct it there.")
        except ValidationError as error:
            problems += [
                f"{path.name}: {'.'.join(map(str, detail['loc'])) or 'the file'}: {detail['msg']}."
                for detail in error.errors()
            ]
    if problems:
        raise FileRefused(problems)
    return definitions
