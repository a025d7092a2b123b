"""the desk: sign-in, availability, due times, labels, mentions, saved replies, steps, audit"""

from alembic import op
import sqlalchemy as sa

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


# Labels said at resolve were kept as JSON in the hand-off: true and false became words, and "does not apply" came.
WORDS = {True: 'yes', False: 'no'}

REFUSE_SQLITE = """
CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END
"""
REFUSE_POSTGRES = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
"""


def upgrade() -> None:
    old = sa.table('handoff', sa.column('id', sa.Integer), sa.column('conversation_id', sa.String),
        sa.column('claimed_by', sa.Integer), sa.column('resolved_at', sa.DateTime(timezone=True)), sa.column('labels', sa.JSON))
    said = op.get_bind().execute(sa.select(old).where(old.c.resolved_at.is_not(None), old.c.claimed_by.is_not(None))).all()
    op.create_table('audit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False, comment='0 is the command line'),
    sa.Column('name', sa.String(length=120), nullable=False, comment='as it was then'),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('conversation_id', sa.String(length=36), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_conversation_id_id'), ['conversation_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_staff_id_id'), ['staff_id', 'id'], unique=False)

    op.create_table('availability',
    sa.Column('staff_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False, comment='online or away'),
    sa.Column('max_open', sa.Integer(), nullable=False, comment='conversations at once that `next` gives'),
    sa.Column('queues', sa.JSON(), nullable=False, comment='slugs; empty for all'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_availability_staff_id_staff')),
    sa.PrimaryKeyConstraint('staff_id', name=op.f('pk_availability'))
    )
    op.create_table('mention',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False, comment='note or transfer'),
    sa.Column('conversation_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False, comment='of the note'),
    sa.Column('staff_id', sa.Integer(), nullable=False, comment='who is mentioned'),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['staff.id'], name=op.f('fk_mention_by_id_staff')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_mention_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_mention_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mention'))
    )
    with op.batch_alter_table('mention', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mention_staff_id_id'), ['staff_id', 'id'], unique=False)

    op.create_table('saved_reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True, comment="none: everybody's"),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False, comment='with variables such as {{order_id}}'),
    sa.Column('shortcut', sa.String(length=40), nullable=True),
    sa.Column('locale', sa.String(length=8), nullable=True),
    sa.Column('queue', sa.String(length=120), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['staff.id'], name=op.f('fk_saved_reply_owner_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_reply'))
    )
    op.create_table('staff_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False, comment="sha256 of a link's random token"),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_link_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_staff_link_token_hash'))
    )
    with op.batch_alter_table('staff_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_link_staff_id'), ['staff_id'], unique=False)

    op.create_table('staff_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False, comment="sha256 of the cookie's random token"),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False, comment='of the last request, to a minute'),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False, comment='the latest end, however busy'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_session_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_staff_session_token_hash'))
    )
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_session_staff_id'), ['staff_id'], unique=False)

    op.create_table('step_tick',
    sa.Column('conversation_id', sa.String(length=36), nullable=False),
    sa.Column('article_id', sa.String(length=120), nullable=False),
    sa.Column('revision', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('step', sa.Integer(), autoincrement=False, nullable=False, comment='counts from 0'),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_step_tick_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_step_tick_staff_id_staff')),
    sa.PrimaryKeyConstraint('conversation_id', 'article_id', 'revision', 'step', name=op.f('pk_step_tick'))
    )
    label = op.create_table('label',
    sa.Column('handoff_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('conversation_id', sa.String(length=36), nullable=False),
    sa.Column('answer_seq', sa.Integer(), nullable=True, comment="the assistant's last answer of the episode, which bot_right is about"),
    sa.Column('bot_right', sa.String(length=4), nullable=True, comment='yes, no or na'),
    sa.Column('needed_person', sa.String(length=4), nullable=True, comment='yes or no'),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_label_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['handoff_id'], ['handoff.id'], name=op.f('fk_label_handoff_id_handoff')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_label_staff_id_staff')),
    sa.PrimaryKeyConstraint('handoff_id', name=op.f('pk_label'))
    )
    with op.batch_alter_table('label', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_label_conversation_id'), ['conversation_id'], unique=False)

    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin', sa.String(length=32), nullable=True, comment="keyed hash of an anonymous visitor's network; no address is kept"))

    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True, comment="for a person's word; none when it was given"))
        batch_op.add_column(sa.Column('due_at', sa.DateTime(timezone=True), nullable=True, comment="when that word is due, by the queue's opening hours"))
        batch_op.add_column(sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True, comment='when somebody last took it; a release keeps it'))
        batch_op.add_column(sa.Column('snoozed_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('assigned_to', sa.Integer(), nullable=True, comment='whom it was passed on to, until somebody takes it'))
        batch_op.create_index('ix_handoff_snoozed', ['snoozed_until'], unique=False, sqlite_where=sa.text('snoozed_until IS NOT NULL'), postgresql_where=sa.text('snoozed_until IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_handoff_conversation_id_id'), ['conversation_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_handoff_taken_at'), ['taken_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_handoff_assigned_to_staff'), 'staff', ['assigned_to'], ['id'])
        batch_op.drop_column('labels')

    labels = [
        {'handoff_id': row.id, 'conversation_id': row.conversation_id, 'staff_id': row.claimed_by, 'at': row.resolved_at,
         'bot_right': WORDS.get(row.labels.get('bot_was_right')), 'needed_person': WORDS.get(row.labels.get('needed_person'))}
        for row in said if row.labels and any(value is not None for value in row.labels.values())
    ]
    if labels:
        op.bulk_insert(label, labels)

    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('password_hash', sa.String(length=200), nullable=True, comment='argon2id, with its parameters; none until one is set'))

    if op.get_bind().dialect.name == 'sqlite':
        for verb in ('UPDATE', 'DELETE'):
            op.execute(REFUSE_SQLITE.format(verb=verb))
    else:
        op.execute(REFUSE_POSTGRES)


def downgrade() -> None:
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_column('password_hash')

    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('labels', sa.JSON(), nullable=True))
        batch_op.drop_constraint(batch_op.f('fk_handoff_assigned_to_staff'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_handoff_taken_at'))
        batch_op.drop_index(batch_op.f('ix_handoff_conversation_id_id'))
        batch_op.drop_index('ix_handoff_snoozed', sqlite_where=sa.text('snoozed_until IS NOT NULL'), postgresql_where=sa.text('snoozed_until IS NOT NULL'))
        batch_op.drop_column('assigned_to')
        batch_op.drop_column('snoozed_until')
        batch_op.drop_column('taken_at')
        batch_op.drop_column('due_at')
        batch_op.drop_column('waiting_since')

    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_column('origin')

    with op.batch_alter_table('label', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_label_conversation_id'))

    op.drop_table('label')
    op.drop_table('step_tick')
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_session_staff_id'))

    op.drop_table('staff_session')
    with op.batch_alter_table('staff_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_link_staff_id'))

    op.drop_table('staff_link')
    op.drop_table('saved_reply')
    with op.batch_alter_table('mention', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mention_staff_id_id'))

    op.drop_table('mention')
    op.drop_table('availability')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_staff_id_id'))
        batch_op.drop_index(batch_op.f('ix_audit_conversation_id_id'))

    op.drop_table('audit')
    if op.get_bind().dialect.name != 'sqlite':
        op.execute('DROP FUNCTION audit_append_only')
