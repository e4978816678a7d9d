"""Schedules of things that go wrong, each drawn from a seed: the same seed gives the same schedule."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tests.faults.databases import POSTGRESQL, SQLITE
from tests.faults.points import BEFORE_CALL, CALLS, POINTS, Halt

SIZES = (6, 15, 30, 60)
CROWD = 5000
#: A process that freezes between its last look at the clock and the call itself cannot know that its lease ran out
#: meanwhile (docs/adr/0012): nothing that Slack offers could stop that message.
_FREEZES = tuple(point for point in POINTS if point != ("chat.postMessage", BEFORE_CALL))
_KINDS = ("drop", "reset", "status", "slow", "ratelimited", "error")


@dataclass(frozen=True)
class Trouble:
    """What happens so many seconds after the start; `what` names a method of `play`, `given` its arguments."""

    at: float
    what: str
    given: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One world and what befalls it. `halts`: for each process, what stops it and those that take its place."""

    seed: int
    kind: str
    people: int
    halts: tuple[tuple[tuple[Halt, ...], ...], ...]
    ahead: timedelta
    channels: float
    over_http: bool
    speed: float
    jump: timedelta
    rate_limits: bool = True
    restricted_history: bool = False
    troubles: tuple[Trouble, ...] = field(default=())
    send_timeout: float = 1.5
    longest: float = 240.0

    @property
    def needs_server(self) -> bool:
        """Whether its database server is restarted, and so must be nobody else's."""
        return any(trouble.what == "restart" for trouble in self.troubles)

    @property
    def words(self) -> str:
        """What it is, in short."""
        kills = sum(len(each) for each in self.halts)
        what = ", ".join(dict.fromkeys(trouble.what for trouble in self.troubles))
        return (
            f"{self.kind}, processes {len(self.halts)}, people {self.people}, halts {kills},"
            f" {'history restricted, ' if self.restricted_history else ''}{what}"
        )


def draw(seed: int) -> Schedule:
    """The schedule of this seed."""
    rng = Random(seed)  # noqa: S311 - to be drawn again, not to be secret
    restricted = rng.random() < 0.03
    kind = rng.choice((SQLITE, POSTGRESQL))
    processes = 1 if restricted else rng.choice((1, 1, 2, 2, 3, 4))
    count = rng.randint(1, 2) if restricted else rng.randint(2, 7)
    speed = rng.choice((0.0, 0.0, 1.0, 60.0))
    return Schedule(
        seed=seed,
        kind=kind,
        people=SIZES[0] if restricted else rng.choice(SIZES),
        halts=tuple(_halts(rng) for _ in range(processes)),
        ahead=timedelta(minutes=rng.choice((0, 0, 0, 60))),
        channels=rng.choice((0.0, 0.7, 1.0)),
        over_http=rng.random() < 0.7,
        speed=speed,
        jump=timedelta(minutes=rng.randint(1, 60)),
        restricted_history=restricted,
        troubles=tuple(
            sorted((_trouble(rng, kind) for _ in range(count)), key=lambda each: each.at)
        ),
        longest=900 if restricted else 240,
    )


def _halts(rng: Random) -> tuple[tuple[Halt, ...], ...]:
    """Up to three processes one after the other, each stopped at one point."""
    return tuple((_halt(rng),) for _ in range(rng.choice((0, 1, 1, 2, 3))))


def _halt(rng: Random) -> Halt:
    freezes = rng.random() < 0.25
    return Halt(rng.choice(_FREEZES if freezes else POINTS), rng.randint(1, 6), freezes=freezes)


def _trouble(rng: Random, kind: str) -> Trouble:
    at = round(rng.uniform(0, 6), 2)
    databases = ["hold"] if kind == SQLITE else ["hold", "cut", "cut", "restart"]
    what = rng.choice(
        ["fault"] * 8 + ["kill", "freeze", "jump", "plan", "chatter"] + [rng.choice(databases)]
    )
    match what:
        case "fault":
            return Trouble(at, what, _fault(rng))
        case "kill" | "freeze":
            return Trouble(at, what, {"which": rng.randrange(4)})
        case "hold" | "restart":
            return Trouble(at, what, {"seconds": round(rng.uniform(0.2, 5), 1)})
        case _:
            return Trouble(at, what, {})


def _fault(rng: Random) -> dict[str, object]:
    """What the workspace does to calls. A call that it accepts late is one whose sender still waits for it."""
    kind = rng.choice(_KINDS)
    fault: dict[str, object] = {
        "kind": kind,
        "method": rng.choice((*CALLS, "chat.postMessage", "*")),
        "count": rng.randint(1, 12),
        "skip": rng.randint(0, 8),
    }
    match kind:
        case "ratelimited":
            fault |= {"retry_after": rng.randint(1, 3)}
        case "slow":
            accepted = rng.random() < 0.7
            seconds = rng.uniform(0.1, 4.0 if accepted else 1.2)
            fault |= {"accepted": accepted, "seconds": round(seconds, 2)}
        case "status":
            fault |= {"status": rng.choice((500, 502, 503)), "accepted": rng.random() < 0.5}
        case "error":
            fault |= {
                "error": rng.choice(("internal_error", "fatal_error")),
                "accepted": rng.random() < 0.5,
            }
        case _:
            fault |= {"accepted": rng.random() < 0.5}
    return fault


def with_a_crowd(seed: int) -> Schedule:
    """5,000 notices, four processes, and something wrong all the time; Slack's own limits would take a quarter of an hour."""
    rng = Random(seed)  # noqa: S311
    return Schedule(
        seed=seed,
        kind=POSTGRESQL,
        people=CROWD,
        halts=tuple(
            tuple((Halt(rng.choice(POINTS), rng.randint(5, 200)),) for _ in range(4))
            for _ in range(4)
        ),
        ahead=timedelta(0),
        channels=1.0,
        over_http=True,
        speed=1.0,
        jump=timedelta(minutes=10),
        rate_limits=False,
        troubles=tuple(sorted((_in_the_crowd(rng) for _ in range(60)), key=lambda each: each.at)),
        send_timeout=3.0,
        longest=900,
    )


def _in_the_crowd(rng: Random) -> Trouble:
    at = round(rng.uniform(0, 60), 2)
    what = rng.choice(["fault"] * 4 + ["kill", "freeze", "cut", "hold", "plan"])
    match what:
        case "fault":
            fault = _fault(rng) | {"count": rng.randint(1, 40), "skip": rng.randint(0, 50)}
            if fault["kind"] == "ratelimited":  # one storm slows everybody down for the rest
                fault |= {"method": "conversations.history"}
            return Trouble(at, what, fault)
        case "kill" | "freeze":
            return Trouble(at, what, {"which": rng.randrange(4)})
        case "hold":
            return Trouble(at, what, {"seconds": round(rng.uniform(0.2, 3), 1)})
        case _:
            return Trouble(at, what, {})
