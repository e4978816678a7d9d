"""Logs: one JSON object a line on standard error, with ids and never words."""

import json
import logging
import sys

from typing_extensions import override

#: Keyed facts that a line may carry; anything else handed to a logger stays out.
_FACTS = (
    "notice_id",
    "kind",
    "state",
    "slack_error",
    "method",
    "reference",
    "action_id",
    "team_id",
    "error_type",
    "reason",
    "beat",
    "seconds",
)


class _JsonLine(logging.Formatter):
    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        line |= {
            fact: value for fact in _FACTS if (value := getattr(record, fact, None)) is not None
        }
        if record.exc_info and record.exc_info[1] is not None:
            error = _cause(record.exc_info[1])
            line["error_type"] = type(error).__name__
            line["where"] = _places(error)
        return json.dumps(line)


def _event(record: logging.LogRecord) -> str:
    """Our own messages; a library's can hold an exception's text, and so what somebody typed."""
    return record.getMessage() if record.name.startswith("vigil") else "a message of a library"


def _cause(error: BaseException) -> BaseException:
    """What went wrong, out of the groups that tasks put it into."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _places(error: BaseException) -> list[str]:
    """The traceback as file and line: an exception's text can hold what somebody typed."""
    found = []
    frame = error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        found.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{frame.tb_lineno} {code.co_name}")
        frame = frame.tb_next
    return found


def start_logging(level: str) -> None:
    """Log from now on; libraries that would log what people typed only from warnings up."""
    line = logging.StreamHandler(sys.stderr)
    line.setFormatter(_JsonLine())
    logging.basicConfig(level=logging.WARNING, handlers=[line], force=True)
    logging.getLogger("vigil").setLevel(level)
    for library in ("slack_bolt", "slack_sdk", "apscheduler", "sqlalchemy", "aiohttp"):
        logging.getLogger(library).setLevel(logging.ERROR)
    # it tells of each attempt to connect; bot.socket_mode tells once, when the connection goes and when it is back
    logging.getLogger("slack_sdk.socket_mode").setLevel(logging.CRITICAL)
