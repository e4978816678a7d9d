"""Somebody asks for another day, or says that they replied another way."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REASONS = (
    "reason IN ('done', 'replied', 'overtaken', 'meets_next_step', 'before_opening', 'campaign_closed',"
    " 'post_ended', 'partner_ended', 'step_withdrawn', 'opened', 'past', 'told_already', 'refused_by_slack',"
    " 'person_unreachable', 'token_refused', 'no_answer', 'outcome_unknown', 'away', 'stopped', 'in_digest',"
    " 'snoozed')"
)


def upgrade() -> None:
    op.create_table(
        "snooze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_snooze_partner_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_snooze_post_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_snooze_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snooze")),
    )
    op.create_index(
        "ix_snooze_round_id_partner_id", "snooze", ["round_id", "partner_id"], unique=False
    )
    with op.batch_alter_table("prompt") as prompt:
        prompt.drop_constraint(op.f("ck_prompt_reason_known"), type_="check")
        prompt.create_check_constraint(op.f("ck_prompt_reason_known"), _REASONS)
    with op.batch_alter_table("reply") as reply:
        reply.add_column(
            sa.Column("another_way", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("reply") as reply:
        reply.alter_column("another_way", server_default=None)
