"""Who is owed a reminder in a schedule, and what each message has to hold."""

from bot.workspace.people import WorkspacePerson
from storage.areas import all_areas
from storage.queries.roster import RosterPost
from tests.factories import post

#: They answer alone for a partner and reply while things go wrong: their messages become receipts.
REPLIERS = {"U0LEEDS": "West Yorkshire Police", "U0KENT": "Kent Police"}
_AREAS = {"U0LEEDS": "Leeds", "U0KENT": "Kent"}
#: The seventh of every twenty answers for all 32 metropolitan boroughs.
_EVERY, _WHICH = 20, 7
#: In the plan, and deactivated in Slack: what they are owed ends as failed.
GONE = "U0GONE"


def roster(people: int) -> list[RosterPost]:
    """Posts of so many people, the repliers among them, and of one who is gone."""
    boroughs = [area for area in all_areas() if area.police == "Metropolitan Police"]
    posts = [post(GONE), *(post(user, area=area) for user, area in _AREAS.items())]
    for number in range(people - len(_AREAS)):
        user = f"U{number:05}"
        if number % _EVERY == _WHICH:
            posts += [post(user, area=area.name, body=area.police) for area in boroughs]
        else:
            posts.append(post(user))
    return posts


def duties(posts: list[RosterPost]) -> dict[str, set[str]]:
    """The partnerships that each person's one message has to name."""
    found: dict[str, set[str]] = {}
    for each in posts:
        if each.slack_user_id != GONE:
            found.setdefault(each.slack_user_id, set()).add(each.partnership.name)
    return found


def in_slack(posts: list[RosterPost]) -> tuple[WorkspacePerson, ...]:
    """The same people as the workspace knows them."""
    users = dict.fromkeys(each.slack_user_id for each in posts)
    return tuple(
        WorkspacePerson(user_id=user, name=f"Respondent {user}", email="", deleted=user == GONE)
        for user in users
    )
