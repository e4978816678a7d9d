"""A roster as a CSV file: who holds which post. Reads and checks; storing is for the database.

One row is one post. The partnership and its bodies follow from the area, by the reference data.
"""

from datetime import date
from pathlib import Path

from jobs.csv_file import Row, read_rows
from storage.area_names import find_area
from storage.areas import ReferencePartnership, partnership_of, regions
from storage.errors import AreaRefused, FileRefused
from storage.queries.roster import RosterPost
from storage.vocabulary import ANSWERING, OVERSEEING, PostKind

COLUMNS = (
    "slack_user_id",
    "email",
    "name",
    "post",
    "area",
    "sector",
    "body",
    "region",
    "starts",
    "ends",
)
#: Who is invited is asked in Slack.
_KINDS = tuple(kind for kind in PostKind if kind is not PostKind.INVITED)
SECTORS = ("local_government", "health", "police")
TEMPLATE = """\
slack_user_id,email,name,post,area,sector,body,region,starts,ends
U0POLICE01,police.respondent@west-midlands.example,"Police respondent, Birmingham",respondent,Birmingham,police,,,,
U0HEALTH01,health.respondent@birmingham-icb.example,"Health respondent, Birmingham",respondent,330,health,Birmingham and Solihull Integrated Care Board,,2026-09-01,
U0MANAGER1,business.manager@birmingham.example,"Business manager, Birmingham",lead,Birmingham,,,,,2027-08-31
U0FACIL001,police.facilitator@national.example,"Police facilitator, West Midlands",facilitator,,police,,West Midlands,,
"""


def read_roster(path: Path, *, today: date, known_emails: dict[str, str]) -> list[RosterPost]:
    """The posts in this file; `known_emails` says which e-mail each Slack user has already.

    Raises:
        FileRefused: with every problem found; nothing of the file is to be imported.
    """
    posts: list[RosterPost] = []
    problems: list[str] = []
    emails = dict(known_emails)
    for row in read_rows(path, columns=COLUMNS, command="vigil import roster"):
        post = _post(row, today=today)
        _check_one_email(row, emails)
        problems += row.problems
        if post is not None:
            posts.append(post)
    if not posts and not problems:
        problems.append(f"{path.name}: there is no row below the header. Add one for each post.")
    if problems:
        raise FileRefused(problems)
    return posts


def _check_one_email(row: Row, emails: dict[str, str]) -> None:
    user, email = row.cells["slack_user_id"], row.cells["email"].casefold()
    if not user or "@" not in email:
        row.wrong(
            "slack_user_id and email are both needed, such as U0123ABCD and name@council.gov.uk. Fill them in."
        )
    elif emails.setdefault(user, email).casefold() != email:
        row.wrong(
            f"the Slack user {user} has another e-mail already. One person has one e-mail: correct one of the two."
        )
    elif (
        next((other for other, known in emails.items() if known.casefold() == email), user) != user
    ):
        row.wrong(
            "another Slack user has this e-mail already. One person has one Slack user: correct one of the two."
        )


def _post(row: Row, *, today: date) -> RosterPost | None:
    cells = row.cells
    kind = _kind(row)
    starts, ends = _date(row, "starts"), _date(row, "ends")
    if ends is not None and ends < (starts or today):
        began = f"starts on {cells['starts']}" if starts else "would start today"
        row.wrong(
            f"this post {began} and ends before that, on {cells['ends']}. Correct one of the two dates."
        )
    if not cells["name"]:
        row.wrong("the name is missing. Fill it in.")
    if kind is None:
        return None
    partnership = _partnership(row, kind, on=starts or today)
    sector = _sector(row, kind)
    body = _body(row, partnership, sector, on=starts or today) if kind in ANSWERING else None
    region = _region(row, kind)
    _check_still_there(row, partnership, body, ends=ends, today=today)
    if row.problems:
        return None
    return RosterPost(
        slack_user_id=cells["slack_user_id"],
        email=cells["email"],
        name=cells["name"],
        kind=kind,
        partnership=partnership,
        sector_key=sector,
        body=body,
        region=region,
        valid_from=starts,
        valid_to=ends,
    )


def _kind(row: Row) -> PostKind | None:
    word = row.cells["post"].lower()
    if word in _KINDS:
        return PostKind(word)
    row.wrong(f"post is {row.cells['post']!r}. It must be one of: {', '.join(_KINDS)}.")
    return None


def _partnership(row: Row, kind: PostKind, *, on: date) -> ReferencePartnership | None:
    words = row.cells["area"]
    if kind not in (*ANSWERING, *OVERSEEING):
        if words:
            row.wrong(f"a post of {kind} has no area. Leave the cell empty.")
        return None
    try:
        return partnership_of(find_area(words), on=on)
    except AreaRefused as refused:
        row.wrong(str(refused))
        return None


def _sector(row: Row, kind: PostKind) -> str | None:
    word = row.cells["sector"].lower().replace(" ", "_")
    if kind not in (*ANSWERING, PostKind.FACILITATOR):
        if word:
            row.wrong(f"a post of {kind} has no sector. Leave the cell empty.")
        return None
    if word not in SECTORS:
        row.wrong(f"sector is {row.cells['sector']!r}. It must be one of: {', '.join(SECTORS)}.")
        return None
    return word


def _body(
    row: Row, partnership: ReferencePartnership | None, sector: str | None, *, on: date
) -> str | None:
    """The body that the row names, or the only one there is, in that partnership and sector on that day."""
    if partnership is None or sector is None:
        return None
    bodies = [each.body for each in partnership.bodies_on(on) if each.sector_key == sector]
    named = row.cells["body"].casefold()
    found = [body for body in bodies if body.casefold() == named] if named else bodies
    if len(found) == 1:
        return found[0]
    row.wrong(
        f"{partnership.name} has {'no such body' if named else 'several bodies'} in this sector"
        f" on {on}, when the post starts. body must be one of: {'; '.join(bodies)}."
    )
    return None


def _check_still_there(
    row: Row,
    partnership: ReferencePartnership | None,
    body: str | None,
    *,
    ends: date | None,
    today: date,
) -> None:
    """A post that is held today, at what the row does not name and has closed, would be asked nothing."""
    if partnership is None or (ends is not None and ends < today):
        return
    closed = {partnership.name: partnership.valid_to}
    if not row.cells["body"]:
        closed |= {each.body: each.valid_to for each in partnership.bodies() if each.body == body}
    for name, valid_to in closed.items():
        if valid_to is not None and valid_to < today:
            row.wrong(
                f"{name} ended on {valid_to}. Let this post end by then, and add a row for what"
                " came after."
            )
            return


def _region(row: Row, kind: PostKind) -> str | None:
    words = row.cells["region"]
    if not words:
        return None
    if kind is not PostKind.FACILITATOR:
        row.wrong(f"a post of {kind} has no region. Leave the cell empty.")
    found = next((region for region in regions() if region.casefold() == words.casefold()), None)
    if found is None:
        row.wrong(
            f"the region {words!r} is not known. Leave it empty for all England, or give one of: {', '.join(regions())}."
        )
    return found


def _date(row: Row, column: str) -> date | None:
    words = row.cells[column]
    if not words:
        return None
    iso = words if words[4:5] == "-" else "-".join(reversed(words.split("/")))
    try:
        return date.fromisoformat(iso)
    except ValueError:
        row.wrong(
            f"{column} is {words!r}. Write the date as 2026-09-01 or 01/09/2026, the day first."
        )
        return None
