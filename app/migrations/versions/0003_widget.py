"""site tokens that were used"""

from alembic import op
import sqlalchemy as sa

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('site_token',
    sa.Column('jti_hash', sa.String(length=64), nullable=False, comment="sha256 of the token's jti"),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False, comment='after this the token is refused anyway'),
    sa.PrimaryKeyConstraint('jti_hash', name=op.f('pk_site_token'))
    )
    with op.batch_alter_table('site_token', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_site_token_expires_at'), ['expires_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('site_token', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_site_token_expires_at'))

    op.drop_table('site_token')
