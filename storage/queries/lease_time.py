"""The one clock that leases are told by."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, select

from storage.clock import machine_now


def lease_time(session: Session) -> datetime:
    """Machine time as every process sees it: the server's on PostgreSQL, this machine's on SQLite.

    Machines' clocks differ: one that is ahead would take over what another is still sending.
    """
    if session.get_bind().dialect.name == "sqlite":
        return machine_now()
    told: datetime = session.exec(select(func.clock_timestamp())).one()
    return told
