"""Duties handed over, leavers, what people wish, and what was typed taken out again.

Known kinds and reasons are CHECK constraints. The columns' defaults serve the rows that are there already, and go
again: the models give every new row its values.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = (
    "kind IN ('reminder', 'digest', 'offer', 'changed_dates', 'escalation', 'undelivered', 'handover',"
    " 'left')"
)
_REASONS = (
    "reason IN ('done', 'replied', 'overtaken', 'meets_next_step', 'before_opening', 'campaign_closed',"
    " 'post_ended', 'partner_ended', 'step_withdrawn', 'opened', 'past', 'told_already', 'refused_by_slack',"
    " 'person_unreachable', 'token_refused', 'no_answer', 'outcome_unknown', 'away', 'stopped', 'in_digest',"
    " 'snoozed', 'handed_over', 'less_often')"
)
_SUBJECT = (
    "(kind IN ('reminder', 'changed_dates', 'escalation'))"
    " = (round_id IS NOT NULL AND partner_id IS NOT NULL)"
    " AND (kind = 'offer') = (campaign_id IS NOT NULL)"
    " AND (kind IN ('undelivered', 'handover', 'left')) = (about_post_id IS NOT NULL)"
)
_POST_KINDS = "kind IN ('respondent', 'deputy', 'lead', 'observer', 'facilitator', 'administrator', 'invited')"
_POST_SCOPE = (
    "(partner_id IS NOT NULL) = (kind IN ('respondent', 'deputy', 'invited'))"
    " AND (partnership_id IS NOT NULL) = (kind IN ('lead', 'observer'))"
    " AND (sector_key IS NOT NULL) = (kind = 'facilitator')"
    " AND (region IS NULL OR kind = 'facilitator')"
)


def upgrade() -> None:
    _change_people()
    _change_posts()
    _change_prompts()
    for table in ("reply", "return_revision"):
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column("withdrawn_at", UTCDateTime(), nullable=True))
            changed.add_column(sa.Column("withdrawn_by", sa.Integer(), nullable=True))
            changed.create_foreign_key(
                op.f(f"fk_{table}_withdrawn_by"), "person", ["withdrawn_by"], ["id"]
            )
    _create_handovers()
    _create_audit()


def _change_people() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("hour", sa.Integer(), nullable=False, server_default="9"))
        person.add_column(
            sa.Column("reminding", sa.String(), nullable=False, server_default="standard")
        )
        person.add_column(sa.Column("home_opened_at", UTCDateTime(), nullable=True))
        person.create_check_constraint(
            op.f("ck_person_hour_in_office_hours"), "hour >= 9 AND hour < 17"
        )
        person.create_check_constraint(
            op.f("ck_person_reminding_known"), "reminding IN ('light', 'standard', 'active')"
        )
    with op.batch_alter_table("person") as person:
        person.alter_column("hour", server_default=None)
        person.alter_column("reminding", server_default=None)


def _change_posts() -> None:
    op.drop_index("uq_post_held_once", "post")  # SQLite copies the table and would lose it
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("added_by", sa.Integer(), nullable=True))
        post.create_foreign_key(op.f("fk_post_added_by"), "person", ["added_by"], ["id"])
        for name, says in (
            ("ck_post_kind_known", _POST_KINDS),
            ("ck_post_kind_has_its_scope", _POST_SCOPE),
        ):
            post.drop_constraint(op.f(name), type_="check")
            post.create_check_constraint(op.f(name), says)
    op.create_index(
        "uq_post_held_once",
        "post",
        [
            "person_id",
            "kind",
            sa.literal_column("coalesce(partner_id, 0)"),
            sa.literal_column("coalesce(partnership_id, 0)"),
            sa.literal_column("coalesce(sector_key, '')"),
            sa.literal_column("coalesce(region, '')"),
            "valid_from",
        ],
        unique=True,
    )


def _change_prompts() -> None:
    with op.batch_alter_table("notice") as notice:
        notice.drop_constraint(op.f("ck_notice_kind_known"), type_="check")
        notice.create_check_constraint(op.f("ck_notice_kind_known"), _KINDS)
    with op.batch_alter_table("prompt") as prompt:
        for name, says in (
            ("ck_prompt_kind_known", _KINDS),
            ("ck_prompt_reason_known", _REASONS),
            ("ck_prompt_kind_has_its_subject", _SUBJECT),
        ):
            prompt.drop_constraint(op.f(name), type_="check")
            prompt.create_check_constraint(op.f(name), says)


def _create_handovers() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("invited_post_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("taken_post_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('agreed', 'declined', 'withdrawn')", name=op.f("ck_handover_answer_known")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_handover_an_answer_has_its_time"),
        ),
        sa.CheckConstraint(
            "taken_post_id IS NULL OR answer = 'agreed'",
            name=op.f("ck_handover_taken_only_when_agreed"),
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_handover_post_id")),
        sa.ForeignKeyConstraint(
            ["invited_post_id"], ["post.id"], name=op.f("fk_handover_invited_post_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_handover_round_id")),
        sa.ForeignKeyConstraint(
            ["taken_post_id"], ["post.id"], name=op.f("fk_handover_taken_post_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index("ix_handover_post_id", "handover", ["post_id"], unique=False)
    op.create_index("ix_handover_invited_post_id", "handover", ["invited_post_id"], unique=False)
    op.create_index(
        "uq_handover_one_at_a_time",
        "handover",
        ["post_id", sa.literal_column("coalesce(round_id, 0)")],
        unique=True,
        postgresql_where=sa.text("answer IS NULL"),
        sqlite_where=sa.text("answer IS NULL"),
    )


def _create_audit() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("participation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "deed IN ('post_ended', 'post_taken_over', 'reply_withdrawn', 'return_withdrawn')",
            name=op.f("ck_audit_entry_deed_known"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_audit_entry_{of}_id")
            )
            for of in ("person", "post", "round", "partner", "participation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
