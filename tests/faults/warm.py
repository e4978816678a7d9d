"""What the server that forks the bot's processes does once, so that none of them has to.

A process of its own needs half a second for it; two hundred schedules start more than a thousand.
"""

import sqlalchemy.orm

import tests.faults.process  # noqa: F401 - all that a process imports at its start
from jobs.calendars import next_office_hours
from jobs.campaign_files import load_campaigns
from storage.clock import LONDON
from tests.factories import london

__import__("psycopg")
sqlalchemy.orm.configure_mappers()
load_campaigns()
next_office_hours(london(2026, 9, 12, 9), zone=LONDON)
