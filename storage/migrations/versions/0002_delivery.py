"""Delivery that is tried again and escalates; absences; leads who stop reminders.

Known kinds and reasons are CHECK constraints. The columns' defaults serve the rows that are there already, and go
again: the models give every new row its values.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('reminder', 'digest', 'offer', 'changed_dates', 'escalation', 'undelivered')"
_REASONS = (
    "reason IN ('done', 'replied', 'overtaken', 'meets_next_step', 'before_opening', 'campaign_closed',"
    " 'post_ended', 'partner_ended', 'step_withdrawn', 'opened', 'past', 'told_already', 'refused_by_slack',"
    " 'person_unreachable', 'token_refused', 'no_answer', 'outcome_unknown', 'away', 'stopped', 'in_digest')"
)
_SUBJECT = (
    "(kind IN ('reminder', 'changed_dates', 'escalation'))"
    " = (round_id IS NOT NULL AND partner_id IS NOT NULL)"
    " AND (kind = 'offer') = (campaign_id IS NOT NULL)"
    " AND (kind = 'undelivered') = (about_post_id IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_absence_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_absence_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_person_id", "absence", ["person_id"], unique=False)
    op.create_table(
        "reminder_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("stopped_by", sa.Integer(), nullable=False),
        sa.Column("stopped_at", UTCDateTime(), nullable=False),
        sa.Column("resumed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_reminder_stop_partner_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_reminder_stop_round_id")),
        sa.ForeignKeyConstraint(
            ["stopped_by"], ["person.id"], name=op.f("fk_reminder_stop_stopped_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_stop")),
    )
    op.create_index(
        "uq_reminder_stop_stands_once",
        "reminder_stop",
        ["round_id", "partner_id"],
        unique=True,
        postgresql_where=sa.text("resumed_at IS NULL"),
        sqlite_where=sa.text("resumed_at IS NULL"),
    )
    with op.batch_alter_table("notice") as notice:
        notice.add_column(sa.Column("looked_back_to", sa.String(), nullable=True))
        notice.drop_constraint(op.f("ck_notice_kind_known"), type_="check")
        notice.create_check_constraint(op.f("ck_notice_kind_known"), _KINDS)
    with op.batch_alter_table("prompt") as prompt:
        prompt.add_column(sa.Column("about_post_id", sa.Integer(), nullable=True))
        prompt.add_column(
            sa.Column("only_if_silent", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        prompt.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        prompt.create_foreign_key(
            op.f("fk_prompt_about_post_id"), "post", ["about_post_id"], ["id"]
        )
        for name, says in (
            ("ck_prompt_kind_known", _KINDS),
            ("ck_prompt_reason_known", _REASONS),
            ("ck_prompt_kind_has_its_subject", _SUBJECT),
        ):
            prompt.drop_constraint(op.f(name), type_="check")
            prompt.create_check_constraint(op.f(name), says)
    with op.batch_alter_table("prompt") as prompt:
        prompt.alter_column("only_if_silent", server_default=None)
        prompt.alter_column("attempts", server_default=None)
