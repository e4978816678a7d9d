"""CSV files as councils send them: UTF-8, UTF-16 or Windows-1252, a byte order mark or none, blank rows."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from storage.errors import FileRefused


class Row:
    """One row, trimmed, with its problems said as sentences that name file and line."""

    def __init__(self, where: str, cells: dict[str, str]) -> None:
        self.where = where
        self.cells = cells
        self.problems: list[str] = []

    def wrong(self, sentence: str) -> None:
        """Note a problem; the sentence says what to do."""
        self.problems.append(f"{self.where}: {sentence}")


def read_rows(path: Path, *, columns: Sequence[str], command: str) -> Iterator[Row]:
    """Every row that is not blank.

    Raises:
        FileRefused: the file cannot be read, is no CSV, or has another header; `command` prints an example.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [(name or "").strip().lower() for name in reader.fieldnames or []]
        _check_header(path, header, columns, command)
        reader.fieldnames = header
        for cells in reader:
            where = f"{path.name} line {reader.line_num}"
            if None in cells or None in cells.values():
                problem = f"{where}: this row has not {len(columns)} cells. Put quotes around a cell with a comma in it."
                raise FileRefused([problem])
            if any(cell.strip() for cell in cells.values()):
                yield Row(where, {name: cell.strip() for name, cell in cells.items()})
    except csv.Error as error:
        # line_num still counts to the end of the row before
        where = f"{path.name} line {reader.line_num + 1}"
        problem = f"{where}: this is not valid CSV ({error}). Save the file as CSV again."
        raise FileRefused([problem]) from None


def _check_header(path: Path, header: Sequence[str], columns: Sequence[str], command: str) -> None:
    if list(header) == list(columns):
        return
    missing = ", ".join(name for name in columns if name not in header)
    unknown = ", ".join(name or "a column without a name" for name in header if name not in columns)
    parts = [f"missing: {missing}" if missing else "", f"not known: {unknown}" if unknown else ""]
    found = "; ".join(part for part in parts if part) or "the columns are in another order"
    problem = (
        f"{path.name} line 1: this is not the header that is needed ({found})."
        f" It must be: {','.join(columns)}. {command} --template prints an example."
    )
    raise FileRefused([problem])


def text_of(content: bytes) -> str:
    """The text of a file, in whichever of the encodings that councils' programs write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror
        problem = f"{path}: {reason}. Check the path."
        raise FileRefused([problem]) from None
    return text_of(content)
