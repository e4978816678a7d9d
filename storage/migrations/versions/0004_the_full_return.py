"""The full return: its drafts, what was sent for signature, and the signatures."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "return_draft",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "audience IN ('partnership', 'facilitators')",
            name=op.f("ck_return_draft_audience_known"),
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_return_draft_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_return_draft_person_id")
        ),
        sa.PrimaryKeyConstraint("participation_id", name=op.f("pk_return_draft")),
    )
    op.create_table(
        "return_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UTCDateTime(), nullable=False),
        sa.Column("submission", sa.String(), nullable=False),
        sa.CheckConstraint(
            "audience IN ('partnership', 'facilitators')",
            name=op.f("ck_return_revision_audience_known"),
        ),
        sa.CheckConstraint(
            "revision >= 1", name=op.f("ck_return_revision_revision_counts_from_one")
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_return_revision_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_return_revision_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["campaign_version.id"], name=op.f("fk_return_revision_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_revision")),
        sa.UniqueConstraint(
            "participation_id",
            "revision",
            name=op.f("uq_return_revision_participation_id_revision"),
        ),
        sa.UniqueConstraint("submission", name=op.f("uq_return_revision_submission")),
    )
    op.create_table(
        "return_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", UTCDateTime(), nullable=False),
        sa.Column("submission", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_return_signature_partner_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_return_signature_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["return_revision.id"], name=op.f("fk_return_signature_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_signature")),
        sa.UniqueConstraint("submission", name=op.f("uq_return_signature_submission")),
    )
    op.create_index(
        "ix_return_signature_revision_id_partner_id",
        "return_signature",
        ["revision_id", "partner_id"],
        unique=False,
    )
