"""pictures of members of staff"""

from alembic import op
import sqlalchemy as sa

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('staff_picture',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('image', sa.LargeBinary(), nullable=False, comment='a small WebP that we made; never what was sent'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_picture_staff_id_staff')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_staff_picture')),
    sa.UniqueConstraint('staff_id', name=op.f('uq_staff_picture_staff_id'))
    )
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('picture', sa.String(length=40), nullable=True, comment='the random key of their picture, which its address is made of'))


def downgrade() -> None:
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_column('picture')

    op.drop_table('staff_picture')
