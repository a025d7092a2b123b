"""the editors' work: drafts, comments, publishing jobs, who published what, where folders stand"""

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('draft',
    sa.Column('article_id', sa.String(length=120), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('text', sa.Text(), nullable=False, comment='the whole Markdown file, also while it does not parse'),
    sa.Column('version', sa.Integer(), nullable=False, comment='grows with each save; a writer names the one that was read'),
    sa.Column('base_revision', sa.Integer(), nullable=True, comment='the live revision that it began from; none for a new article'),
    sa.Column('status', sa.String(length=12), nullable=False, comment='draft, in_review or approved'),
    sa.Column('first_save', sa.Integer(), nullable=False, comment='of its saves: older ones are of earlier drafts'),
    sa.Column('source', sa.String(length=40), nullable=False, comment='console, import, gap, folder'),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=True, comment='0 is the command line; none a part of the program'),
    sa.Column('saved_by', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('article_id', 'locale', name=op.f('pk_draft'))
    )
    op.create_table('draft_comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.String(length=120), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False, comment='of the draft that it is about'),
    sa.Column('line', sa.Integer(), nullable=True, comment='of the text, counted from 1'),
    sa.Column('action', sa.String(length=8), nullable=True, comment='request, approve or reject, when it came with one'),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_comment'))
    )
    with op.batch_alter_table('draft_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_comment_article_id_locale_id'), ['article_id', 'locale', 'id'], unique=False)

    op.create_table('draft_save',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.String(length=120), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False, comment='base, saved, refused, undone, discarded or published'),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('undone', sa.Boolean(), nullable=False, comment='an undo went back behind it'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_save'))
    )
    with op.batch_alter_table('draft_save', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_save_article_id_locale_id'), ['article_id', 'locale', 'id'], unique=False)

    op.create_table('folder_conflict',
    sa.Column('article_id', sa.String(length=120), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False, comment='both_changed, both_added, removed_here or removed_there'),
    sa.Column('text', sa.Text(), nullable=True, comment='the file; none when it was removed'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('article_id', 'locale', name=op.f('pk_folder_conflict'))
    )
    op.create_table('folder_import',
    sa.Column('article_id', sa.String(length=120), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('path', sa.Text(), nullable=False, comment='within the folder'),
    sa.Column('content_hash', sa.String(length=64), nullable=False, comment='of the file at its last import'),
    sa.Column('exported_hash', sa.String(length=64), nullable=True, comment='of the file as we last wrote it'),
    sa.Column('exported_to', sa.Text(), nullable=True, comment='the folder that it was written to'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('article_id', 'locale', name=op.f('pk_folder_import'))
    )
    op.create_table('publish_job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False, comment='publish, rollback or ingest'),
    sa.Column('state', sa.String(length=12), nullable=False, comment='queued, running, blocked, done, failed, scheduled, cancelled'),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('request', sa.JSON(), nullable=False, comment='the texts to publish, as they were when it was asked for'),
    sa.Column('gate', sa.JSON(), nullable=True),
    sa.Column('publication', sa.Integer(), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('override_reason', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True, comment='not before'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('by_email', sa.String(length=254), nullable=False),
    sa.Column('lease', sa.String(length=64), nullable=True, comment="the runner's token; the outcome is written only under it"),
    sa.Column('lease_until', sa.Float(), nullable=True, comment="seconds since the epoch, by the database's clock"),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['publication'], ['publication.id'], name=op.f('fk_publish_job_publication_publication')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publish_job')),
    sa.UniqueConstraint('by_id', 'idempotency_key', name=op.f('uq_publish_job_by_id_idempotency_key'))
    )
    with op.batch_alter_table('publish_job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publish_job_state_at'), ['state', 'at'], unique=False)
        batch_op.create_index('uq_publish_job_running', ['state'], unique=True, sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"))

    op.create_table('publication_record',
    sa.Column('publication_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False, comment='publish, rollback, ingest or push'),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('gate', sa.JSON(), nullable=True),
    sa.Column('override_reason', sa.Text(), nullable=True),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True, comment='when those who wait for publications were told'),
    sa.ForeignKeyConstraint(['job_id'], ['publish_job.id'], name=op.f('fk_publication_record_job_id_publish_job')),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_publication_record_publication_id_publication')),
    sa.PrimaryKeyConstraint('publication_id', name=op.f('pk_publication_record'))
    )
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source', sa.Text(), nullable=True, comment='the file that was last written with this content, to the byte'))

    # What was live before came from folders: the next import of the same folder finds its own articles.
    op.execute("""
        INSERT INTO folder_import (article_id, locale, path, content_hash, at)
        SELECT revision.article_id, revision.locale, '', revision.content_hash, CURRENT_TIMESTAMP
        FROM revision JOIN live_revision ON live_revision.revision_id = revision.id
        WHERE live_revision.until IS NULL
    """)


def downgrade() -> None:
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.drop_column('source')

    op.drop_table('publication_record')
    with op.batch_alter_table('publish_job', schema=None) as batch_op:
        batch_op.drop_index('uq_publish_job_running', sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"))
        batch_op.drop_index(batch_op.f('ix_publish_job_state_at'))

    op.drop_table('publish_job')
    op.drop_table('folder_import')
    op.drop_table('folder_conflict')
    with op.batch_alter_table('draft_save', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_save_article_id_locale_id'))

    op.drop_table('draft_save')
    with op.batch_alter_table('draft_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_comment_article_id_locale_id'))

    op.drop_table('draft_comment')
    op.drop_table('draft')
