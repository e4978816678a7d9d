"""What is measured of delivery, for Prometheus. Counts and seconds, never words."""

from collections.abc import Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from storage.vocabulary import NoticeState

REGISTRY: Final = CollectorRegistry()

NOTICES: Final = Counter(
    "vigil_notices",
    "Messages by how they ended, and those whose outcome was unknown for a time.",
    ["kind", "outcome"],
    registry=REGISTRY,
)
SKIPPED: Final = Counter(
    "vigil_prompts_skipped",
    "Due prompts that were not sent, by reason.",
    ["reason"],
    registry=REGISTRY,
)
LATENESS: Final = Histogram(
    "vigil_lateness_seconds",
    "How long after its due time a message was sent (story time).",
    buckets=(1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400),
    registry=REGISTRY,
)
SLACK_ERRORS: Final = Counter(
    "vigil_slack_errors",
    "Calls of Slack that did not go well, by call and Slack's word for why.",
    ["call", "error"],
    registry=REGISTRY,
)
DUE: Final = Gauge("vigil_prompts_due", "Prompts that are due and not yet sent.", registry=REGISTRY)
UNSETTLED: Final = Gauge(
    "vigil_notices_unsettled", "Messages on their way, by state.", ["state"], registry=REGISTRY
)
QUEUE_AGE: Final = Gauge(
    "vigil_queue_age_seconds",
    "How long the oldest due prompt has been due (story time).",
    registry=REGISTRY,
)
DATABASE_ANSWERS: Final = Gauge(
    "vigil_database_answers",
    "1 where the database answered this scrape, else 0; what is read from it is NaN then.",
    registry=REGISTRY,
)


def show_queue(
    *, due: float, age: float, unsettled: Mapping[NoticeState, float], answers: bool
) -> None:
    """What was read from the database for this scrape; NaN for what could not be read (0 would say all is sent)."""
    DATABASE_ANSWERS.set(answers)
    DUE.set(due)
    QUEUE_AGE.set(age)
    for state, count in unsettled.items():
        UNSETTLED.labels(state).set(count)
