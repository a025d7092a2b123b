"""gaps and webhooks"""

from alembic import op
import sqlalchemy as sa

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('gap',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('named_by', sa.String(length=8), nullable=False, comment='words or model'),
    sa.Column('state', sa.String(length=8), nullable=False, comment='open, drafted, closed or reopened'),
    sa.Column('article_id', sa.String(length=120), nullable=True, comment='of the draft that was begun for it'),
    sa.Column('locale', sa.String(length=8), nullable=True),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked', sa.String(length=120), nullable=True, comment='what its wordings were last put to: knowledge version and threshold'),
    sa.Column('answered', sa.Integer(), server_default='0', nullable=False, comment='of those wordings'),
    sa.Column('asked', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gap'))
    )
    op.create_table('gap_cursor',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False, comment='always 1'),
    sa.Column('read_to', sa.DateTime(timezone=True), nullable=False, comment='conversations changed before then were read'),
    sa.Column('version', sa.Integer(), nullable=False, comment='grows with each look; two at once do not mix'),
    sa.Column('stale', sa.Boolean(), nullable=False, comment='questions changed since they were last grouped'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gap_cursor'))
    )
    op.create_table('webhook',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('url', sa.String(length=2000), nullable=False),
    sa.Column('salt', sa.String(length=64), nullable=False, comment="its secret is made of this and the server's key; kept nowhere"),
    sa.Column('state', sa.String(length=8), nullable=False, comment='active or disabled'),
    sa.Column('reason', sa.String(length=500), nullable=True, comment='why it is disabled'),
    sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True, comment='the first failure after the last success'),
    sa.Column('created_by', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook'))
    )
    op.create_table('gap_question',
    sa.Column('conversation_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('visitor_id', sa.String(length=64), nullable=False),
    sa.Column('audience', sa.String(length=8), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('text', sa.Text(), nullable=False, comment='what was asked, redacted, as it stands alone'),
    sa.Column('cause', sa.String(length=16), nullable=False, comment='abstained, handed_off, unclear, unhelpful or asked_twice'),
    sa.Column('handed_off', sa.Boolean(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False, comment='what agents replied, redacted'),
    sa.Column('topic', sa.String(length=120), nullable=False),
    sa.Column('covered_by', sa.String(length=120), nullable=True, comment='the live article that says what agents answered'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('gap_id', sa.Integer(), nullable=True, comment='none: not grouped yet'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_gap_question_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['gap_id'], ['gap.id'], name=op.f('fk_gap_question_gap_id_gap')),
    sa.PrimaryKeyConstraint('conversation_id', 'seq', name=op.f('pk_gap_question'))
    )
    with op.batch_alter_table('gap_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gap_question_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_gap_question_gap_id'), ['gap_id'], unique=False)

    op.create_table('webhook_delivery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('webhook_id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.String(length=80), nullable=False, comment='the same at each attempt'),
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=9), nullable=False, comment='pending, delivered or failed'),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('next_at', sa.Float(), nullable=False, comment="seconds since the epoch, by the database's clock"),
    sa.Column('lease', sa.String(length=32), nullable=True, comment="the sender's token; the outcome is written only under it"),
    sa.Column('lease_until', sa.Float(), nullable=True),
    sa.Column('status', sa.Integer(), nullable=True, comment='what the receiver last answered'),
    sa.Column('error', sa.String(length=300), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['webhook_id'], ['webhook.id'], name=op.f('fk_webhook_delivery_webhook_id_webhook')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook_delivery')),
    sa.UniqueConstraint('webhook_id', 'message_id', name=op.f('uq_webhook_delivery_webhook_id_message_id'))
    )
    with op.batch_alter_table('webhook_delivery', schema=None) as batch_op:
        batch_op.create_index('ix_webhook_delivery_pending', ['next_at'], unique=False, sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))

    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_updated_at'), ['updated_at'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conversation_updated_at'))

    with op.batch_alter_table('webhook_delivery', schema=None) as batch_op:
        batch_op.drop_index('ix_webhook_delivery_pending', sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))

    op.drop_table('webhook_delivery')
    with op.batch_alter_table('gap_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gap_question_gap_id'))
        batch_op.drop_index(batch_op.f('ix_gap_question_at'))

    op.drop_table('gap_question')
    op.drop_table('webhook')
    op.drop_table('gap_cursor')
    op.drop_table('gap')
