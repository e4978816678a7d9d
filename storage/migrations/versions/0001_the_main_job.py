"""The main job: who is asked, what is planned and sent, and what they replied."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_version")),
        sa.UniqueConstraint(
            "campaign_key", "version", name=op.f("uq_campaign_version_campaign_key_version")
        ),
    )
    op.create_table(
        "partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_partnership_ends_after_it_starts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
        sa.UniqueConstraint("name", name=op.f("uq_partnership_name")),
    )
    op.create_index("ix_partnership_region", "partnership", ["region"], unique=False)

    op.create_table(
        "plan_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_request")),
    )
    op.create_table(
        "sector",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sector")),
    )
    op.create_table(
        "term_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("la_code", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "certainty IN ('council', 'lead')", name=op.f("ck_term_date_certainty_known")
        ),
        sa.CheckConstraint(
            "event IN ('october half-term', 'summer holiday')",
            name=op.f("ck_term_date_event_known"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_term_date_ends_after_it_starts")),
        sa.CheckConstraint(
            "last_day < starts_on", name=op.f("ck_term_date_last_day_before_it_starts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_date")),
    )
    op.create_index(
        "ix_term_date_school_year_la_code", "term_date", ["school_year", "la_code"], unique=False
    )

    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("team_id", name=op.f("uq_workspace_team_id")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed')", name=op.f("ck_campaign_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["campaign_version.id"], name=op.f("fk_campaign_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("key", "school_year", name=op.f("uq_campaign_key_school_year")),
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("sector_key", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_partner_ends_after_it_starts"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partner_partnership_id")
        ),
        sa.ForeignKeyConstraint(["sector_key"], ["sector.key"], name=op.f("fk_partner_sector_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint(
            "partnership_id",
            "sector_key",
            "body",
            name=op.f("uq_partner_partnership_id_sector_key_body"),
        ),
    )
    op.create_table(
        "partnership_area",
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("la_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_area_partnership_id")
        ),
        sa.PrimaryKeyConstraint("partnership_id", "la_code", name=op.f("pk_partnership_area")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("slack_user_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("dm_channel", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_person_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("workspace_id", "email", name=op.f("uq_person_workspace_id_email")),
        sa.UniqueConstraint(
            "workspace_id", "slack_user_id", name=op.f("uq_person_workspace_id_slack_user_id")
        ),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("as_of", UTCDateTime(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("message_ts", sa.String(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('reminder', 'digest', 'offer', 'changed_dates')",
            name=op.f("ck_notice_kind_known"),
        ),
        sa.CheckConstraint(
            "state <> 'sent' OR (channel IS NOT NULL AND message_ts IS NOT NULL)",
            name=op.f("ck_notice_sent_is_somewhere"),
        ),
        sa.CheckConstraint(
            "state IN ('claimed', 'waiting', 'unknown', 'sent', 'skipped', 'failed')",
            name=op.f("ck_notice_state_known"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(
        "ix_notice_outdated",
        "notice",
        ["id"],
        unique=False,
        postgresql_where=sa.text("changes > shown"),
        sqlite_where=sa.text("changes > shown"),
    )
    op.create_index("ix_notice_person_id", "notice", ["person_id"], unique=False)
    op.create_index(
        "ix_notice_unsettled",
        "notice",
        ["lease_until"],
        unique=False,
        postgresql_where=sa.text("state IN ('claimed', 'waiting', 'unknown')"),
        sqlite_where=sa.text("state IN ('claimed', 'waiting', 'unknown')"),
    )

    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed')", name=op.f("ck_participation_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_participation_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_participation_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint(
            "campaign_id",
            "partnership_id",
            name=op.f("uq_participation_campaign_id_partnership_id"),
        ),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("partnership_id", sa.Integer(), nullable=True),
        sa.Column("sector_key", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(partner_id IS NOT NULL) = (kind IN ('respondent', 'deputy')) AND (partnership_id IS NOT NULL) = (kind IN ('lead', 'observer')) AND (sector_key IS NOT NULL) = (kind = 'facilitator') AND (region IS NULL OR kind = 'facilitator')",
            name=op.f("ck_post_kind_has_its_scope"),
        ),
        sa.CheckConstraint(
            "kind IN ('respondent', 'deputy', 'lead', 'observer', 'facilitator', 'administrator')",
            name=op.f("ck_post_kind_known"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_post_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_post_partner_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_post_partnership_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_person_id")),
        sa.ForeignKeyConstraint(["sector_key"], ["sector.key"], name=op.f("fk_post_sector_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index("ix_post_partner_id", "post", ["partner_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("deadline_day", sa.Date(), nullable=False),
        sa.Column("late_until", sa.Date(), nullable=False),
        sa.Column("quiet_from", sa.Date(), nullable=True),
        sa.Column("quiet_to", sa.Date(), nullable=True),
        sa.Column("week", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "certainty IN ('council', 'lead', 'estimated')", name=op.f("ck_round_certainty_known")
        ),
        sa.CheckConstraint(
            "(quiet_from IS NULL) = (quiet_to IS NULL)",
            name=op.f("ck_round_quiet_days_have_both_ends"),
        ),
        sa.CheckConstraint(
            "deadline_day >= opens_on", name=op.f("ck_round_deadline_after_opening")
        ),
        sa.CheckConstraint("late_until >= deadline_day", name=op.f("ck_round_late_after_deadline")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_round_participation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("participation_id", "key", name=op.f("uq_round_participation_id_key")),
    )
    op.create_table(
        "prompt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("deadline_told", sa.Date(), nullable=True),
        sa.Column("planned_for", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("useful_until", UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("notice_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(kind IN ('reminder', 'changed_dates')) = (round_id IS NOT NULL AND partner_id IS NOT NULL) AND (kind = 'offer') = (campaign_id IS NOT NULL)",
            name=op.f("ck_prompt_kind_has_its_subject"),
        ),
        sa.CheckConstraint(
            "(state IN ('planned', 'claimed', 'sent')) = (reason IS NULL)",
            name=op.f("ck_prompt_an_unsent_end_has_a_reason"),
        ),
        sa.CheckConstraint(
            "kind IN ('reminder', 'digest', 'offer', 'changed_dates')",
            name=op.f("ck_prompt_kind_known"),
        ),
        sa.CheckConstraint(
            "reason IN ('done', 'replied', 'overtaken', 'meets_next_step', 'before_opening', 'campaign_closed', 'post_ended', 'partner_ended', 'step_withdrawn', 'opened', 'past', 'told_already', 'refused_by_slack')",
            name=op.f("ck_prompt_reason_known"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'claimed', 'sent', 'skipped', 'cancelled', 'failed')",
            name=op.f("ck_prompt_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('claimed', 'sent') OR notice_id IS NOT NULL",
            name=op.f("ck_prompt_sent_by_a_notice"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_prompt_campaign_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_prompt_notice_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_prompt_partner_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_prompt_post_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_prompt_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt")),
        sa.UniqueConstraint("key", name=op.f("uq_prompt_key")),
    )
    op.create_index(
        "ix_prompt_due",
        "prompt",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'planned'"),
        sqlite_where=sa.text("state = 'planned'"),
    )
    op.create_index("ix_prompt_notice_id", "prompt", ["notice_id"], unique=False)
    op.create_index("ix_prompt_post_id", "prompt", ["post_id"], unique=False)
    op.create_index(
        "ix_prompt_round_id_partner_id", "prompt", ["round_id", "partner_id"], unique=False
    )

    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("is_confirmation", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UTCDateTime(), nullable=False),
        sa.Column("submission", sa.String(), nullable=False),
        sa.CheckConstraint(
            "audience IN ('partnership', 'facilitators')", name=op.f("ck_reply_audience_known")
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_reply_partner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reply_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_reply_round_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["campaign_version.id"], name=op.f("fk_reply_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint(
            "round_id", "partner_id", "revision", name=op.f("uq_reply_round_id_partner_id_revision")
        ),
        sa.UniqueConstraint("submission", name=op.f("uq_reply_submission")),
    )
    # Expression indexes are not seen by Alembic's comparison.
    op.create_index(
        "uq_post_held_once",
        "post",
        [
            "person_id",
            "kind",
            sa.text("coalesce(partner_id, 0)"),
            sa.text("coalesce(partnership_id, 0)"),
            sa.text("coalesce(sector_key, '')"),
            sa.text("coalesce(region, '')"),
            "valid_from",
        ],
        unique=True,
    )
    op.bulk_insert(
        sa.table("sector", sa.column("key"), sa.column("name"), sa.column("position")),
        [
            {"key": "local_government", "name": "Local government", "position": 1},
            {"key": "health", "name": "Health", "position": 2},
            {"key": "police", "name": "Police", "position": 3},
        ],
    )
