"""Four scenes of one partnership, Birmingham's: its first day, before and after a deadline, and in the summer."""

from datetime import date, datetime
from pathlib import Path

from bot.sample.scene import Said, Scene
from bot.workspace.people import Step
from jobs.roster import read_roster
from storage.answers import Answers
from storage.clock import LONDON
from storage.queries.roster import RosterPost
from storage.vocabulary import Audience

ROSTER = Path(__file__).with_name("roster.csv")
COUNCIL, HEALTH, POLICE, LEAD = "U0COUNCIL", "U0HEALTH", "U0POLICE", "U0LEAD"
_BODIES = {
    COUNCIL: "Birmingham council",
    HEALTH: "Birmingham and Solihull Integrated Care Board",
    POLICE: "West Midlands Police",
}
_DONE = {"OQ1": "signed_off", "OQ2": "already_done", "OQ4": "shared"}


def _posts() -> list[RosterPost]:
    return read_roster(ROSTER, today=date(2026, 9, 7), known_emails={})


def _at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def _said(
    at: datetime, user: str, answers: Answers, audience: Audience = Audience.FACILITATORS
) -> Said:
    return Said(at=at, user=user, body=_BODIES[user], answers=answers, audience=audience)


FIRST_DAY = Scene(
    key="first-day",
    title="The first day",
    summary="Birmingham, 8:55am on Monday 7 September 2026. The October review has just opened, and nobody has been asked yet.",
    begins_at=_at(2026, 9, 7, 8, 55),
    opens_at=_at(2026, 9, 7, 8, 55),
    posts=_posts,
    you=POLICE,
    steps=(
        Step(
            text="You are the police respondent in Birmingham. Press ‘To the next notice’ beside the clock: Vigil’s first reminder comes six weeks before the deadline.",
            user=POLICE,
        ),
        Step(
            text="Press ‘Reply’ in the reminder, choose an answer to each question and send it. The reminder becomes your receipt, and can be changed.",
            user=POLICE,
        ),
        Step(
            text="Now be the business manager, who leads the partnership. Type /review-status: it says who has replied and who has not.",
            user=LEAD,
        ),
        Step(
            text="Be the police facilitator and press ‘To Monday 9am’. The weekly digest says what has changed in the region.",
            user="U0FACPO",
        ),
        Step(
            text="That is all of Vigil in four moves. Each person’s ‘Home’ shows the same at any time. There are more scenes under ‘Scenes’.",
        ),
    ),
)

THREE_DAYS_BEFORE = Scene(
    key="three-days-before",
    title="Three days before the deadline",
    summary="Birmingham, 8:55am on Tuesday 20 October 2026. The council is done, health is at risk and the police are on their way. The deadline is Friday.",
    begins_at=_at(2026, 9, 7, 8, 55),
    opens_at=_at(2026, 10, 20, 8, 55),
    posts=_posts,
    you=LEAD,
    said=(
        _said(_at(2026, 9, 15), POLICE, {"OQ1": "under_way", "OQ2": "on_track", "OQ4": "drafting"}),
        _said(
            _at(2026, 10, 5, 11),
            HEALTH,
            {
                "OQ1": "under_way",
                "OQ2": "at_risk",
                "OQ4": "drafting",
                "OQ5": ["capacity"],
                "OQ6": "We would like to hear how others reach independent schools.",
            },
        ),
        _said(_at(2026, 10, 8, 15), COUNCIL, _DONE),
    ),
    steps=(
        Step(
            text="You lead the partnership. Type /review-status: one partner is done, one is on its way and one is at risk, with what it asks for.",
            user=LEAD,
        ),
        Step(
            text="Be the health respondent. The reminder of last week asks ‘Still so?’: press ‘Still so’ to confirm in one press, or change the reply.",
            user=HEALTH,
        ),
        Step(
            text="Press ‘To the next notice’. On Friday, the day of the deadline, only those who are not done are reminded: ‘Coming up’ and ‘What has happened’ say so.",
        ),
        Step(
            text="Be the health facilitator and press ‘To Monday 9am’. What health asks for is in the digest, as health allowed.",
            user="U0FACHE",
        ),
    ),
)

SILENT_PARTNER = Scene(
    key="silent-partner",
    title="One silent partner",
    summary="Birmingham, 8:55am on Friday 6 November 2026. The deadline was two weeks ago. The council and health are done; the police have never replied.",
    begins_at=_at(2026, 9, 7, 8, 55),
    opens_at=_at(2026, 11, 6, 8, 55),
    posts=_posts,
    you=LEAD,
    said=(
        _said(_at(2026, 10, 1, 11), COUNCIL, _DONE),
        _said(_at(2026, 10, 19, 15), HEALTH, _DONE),
    ),
    steps=(
        Step(
            text="You lead the partnership. On Monday Vigil told you that the police have not replied. Type /review-status: it says who is done, and when the police were asked last.",
            user=LEAD,
        ),
        Step(
            text="Be the police respondent and read back: each reminder said what was owed and by when, in office hours, and none came in the half-term.",
            user=POLICE,
        ),
        Step(
            text="Press ‘To the next notice’ for the last reminder. Then reply: late replies are taken until 31 December, and the others are not asked again.",
            user=POLICE,
        ),
        Step(
            text="Be the police facilitator and press ‘To Monday 9am’: the digest says who is overdue, and who replied late.",
            user="U0FACPO",
        ),
    ),
)

SUMMER = Scene(
    key="summer-second-week",
    title="The second week of summer",
    summary="Birmingham, 8:55am on Monday 2 August 2027. In the holiday each partner answers six questions a week, and a topic. Last week the police had a serious concern.",
    begins_at=_at(2027, 7, 12),
    opens_at=_at(2027, 8, 2, 8, 55),
    posts=_posts,
    you=COUNCIL,
    campaign="summer-vigilance",
    said=(
        _said(_at(2027, 7, 19), COUNCIL, {"SQ1": "yes", "SQ2": "full", "SQ3": "same"}),
        _said(_at(2027, 7, 19, 11), HEALTH, {"SQ1": "yes", "SQ2": "gap_covered", "SQ3": "fewer"}),
        _said(_at(2027, 7, 20), POLICE, {"SQ1": "yes", "SQ2": "full", "SQ5": ["online"]}),
        _said(
            _at(2027, 7, 26),
            COUNCIL,
            {"SQ1": "yes", "SQ2": "full", "SQ3": "more", "SQ5": ["online"]},
        ),
        _said(
            _at(2027, 7, 29, 14),
            POLICE,
            {
                "SQ1": "serious_concern",
                "SQ2": "gap_not_covered",
                "SQ3": "more",
                "SQ5": ["exploitation", "missing"],
                "SQ6": "We need a weekend rota that all three partners share.",
            },
            Audience.PARTNERSHIP,
        ),
    ),
    steps=(
        Step(
            text="You answer for the council. Press ‘To the next notice’: it is Monday at 9am, and this week’s check comes, with last week’s answers to start from.",
            user=COUNCIL,
        ),
        Step(
            text="Press ‘Reply’, change what has changed and send it. A second, short screen asks about this week’s topic; it can be closed.",
            user=COUNCIL,
        ),
        Step(
            text="Be the business manager and type /review-status: health did not reply last week, and the police had a serious concern for the partnership only.",
            user=LEAD,
        ),
        Step(
            text="Be the police facilitator and press ‘To Monday 9am’: the digest counts the concern, and keeps the words that were for the partnership only.",
            user="U0FACPO",
        ),
    ),
)
