"""imports: jobs, what they found, and where articles came from"""

from alembic import op
import sqlalchemy as sa

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('home', sa.String(length=64), nullable=False, comment='the data folder that holds its upload'),
    sa.Column('name', sa.Text(), nullable=False, comment="of the file as it was sent, or the sitemap's address"),
    sa.Column('sitemap', sa.Text(), nullable=False, comment='empty for an upload'),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False, comment='queued, running, done, failed or cut'),
    sa.Column('stage', sa.String(length=20), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('saved', sa.Integer(), nullable=False, comment='items that were accepted'),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False, comment='0 is the command line'),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_job'))
    )
    op.create_table('import_source',
    sa.Column('name_hash', sa.String(length=64), nullable=False, comment='sha256 of the name'),
    sa.Column('name', sa.Text(), nullable=False, comment='file, address, or a heading or question in it'),
    sa.Column('article_id', sa.String(length=120), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('source_hash', sa.String(length=64), nullable=False, comment='of what it said when it was last accepted'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name_hash', name=op.f('pk_import_source'))
    )
    with op.batch_alter_table('import_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_source_article_id_locale'), ['article_id', 'locale'], unique=False)

    op.create_table('import_item',
    sa.Column('job_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('article_id', sa.String(length=120), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('action', sa.String(length=8), nullable=False, comment='add, update, same or refused'),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False, comment='the whole Markdown file; empty when it is refused'),
    sa.Column('source_hash', sa.String(length=64), nullable=False, comment='of what the source itself says'),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['job_id'], ['import_job.id'], name=op.f('fk_import_item_job_id_import_job'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('job_id', 'position', name=op.f('pk_import_item'))
    )
    with op.batch_alter_table('import_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_item_job_id_action_position'), ['job_id', 'action', 'position'], unique=False)


def downgrade() -> None:
    op.drop_table('import_item')
    op.drop_table('import_source')
    op.drop_table('import_job')
