"""Customers, their identity keys and timeline, leads, and the record a case comes from."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'

CHANNELS = (
    ('web', '官网', 'Web site'), ('fair', '展会', 'Trade fair'), ('partner', '合作伙伴', 'Partner'),
    ('referral', '转介绍', 'Referral'), ('phone', '来电', 'Phone'),
    ('visit', '陌生拜访', 'Cold visit'), ('import', '批量导入', 'Import'), ('other', '其他', 'Other'),
)


def upgrade() -> None:
    _customers()
    _what_happened()
    _leads()
    op.add_column('cases', sa.Column('source_ref', sa.String(length=64), nullable=True))
    op.create_index('ix_cases_source_ref', 'cases', ['source_ref', 'confidence'])
    op.create_index(op.f('ix_reuses_source_ref'), 'reuses', ['source_ref'])
    _channels()


def _customers() -> None:
    op.create_table('customers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('aliases', sa.JSON(), nullable=False),
    sa.Column('credit_code', sa.String(length=18), nullable=True),
    sa.Column('phone', sa.String(length=80), nullable=False),
    sa.Column('industry', sa.String(length=64), nullable=True),
    sa.Column('region', sa.String(length=64), nullable=True),
    sa.Column('employees', sa.Integer(), nullable=True),
    sa.Column('website', sa.String(length=200), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('tier', sa.String(length=1), nullable=False),
    sa.Column('segment', sa.String(length=8), nullable=False),
    sa.Column('next_contact_on', sa.Date(), nullable=True),
    sa.Column('introduced_by_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('owned_since', sa.DateTime(), nullable=False),
    sa.Column('customer_since', sa.Date(), nullable=True),
    sa.Column('renewal_on', sa.Date(), nullable=True),
    sa.Column('last_activity_at', sa.DateTime(), nullable=False),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.Column('is_sample', sa.Boolean(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_customers_created_by_id')),
    sa.ForeignKeyConstraint(['introduced_by_id'], ['customers.id'], name=op.f('fk_customers_introduced_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_customers_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customers')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_customers_customer_since'), 'customers', ['customer_since'])
    op.create_index('ix_customers_active', 'customers', [
        'voided_at', 'last_activity_at', 'id', 'owner_id', 'tier', 'segment', 'industry', 'region',
        'next_contact_on'])
    op.create_index('ix_customers_due', 'customers', ['owner_id', 'next_contact_on'])
    op.create_index('ix_customers_introduced_by', 'customers', ['introduced_by_id'])
    op.create_index(op.f('ix_customers_name'), 'customers', ['name'])
    op.create_index('ix_customers_named', 'customers', ['voided_at', 'name', 'id'])
    op.create_index('ix_customers_newest', 'customers', ['voided_at', 'created_at', 'id'])
    op.create_index('ix_customers_next', 'customers',
                    ['voided_at', 'next_contact_on', 'id', 'owner_id'])
    op.create_index('ix_customers_owner', 'customers', ['owner_id', 'voided_at', 'last_activity_at'])
    op.create_table('contacts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('job_title', sa.String(length=80), nullable=False),
    sa.Column('phone', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('wechat', sa.String(length=80), nullable=False),
    sa.Column('decision_role', sa.String(length=24), nullable=False),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('birth_month', sa.Integer(), nullable=True),
    sa.Column('birth_day', sa.Integer(), nullable=True),
    sa.Column('preferences', sa.Text(), nullable=False),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_contacts_created_by_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_contacts_customer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contacts')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_contacts_birthday', 'contacts', ['birth_month', 'birth_day'])
    op.create_index('ix_contacts_customer', 'contacts', ['customer_id', 'id'])
    op.create_index(op.f('ix_contacts_name'), 'contacts', ['name'])
    op.create_table('customer_people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=16), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_customer_people_customer_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_customer_people_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_people')),
    sa.UniqueConstraint('customer_id', 'person_id', 'part', name=op.f('uq_customer_people_customer_id_person_id_part'))
    )
    op.create_index('ix_customer_people_person', 'customer_people',
                    ['person_id', 'customer_id', 'part'])
    op.create_table('customer_words',
    sa.Column('customer_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_customer_words_customer_id')),
    sa.PrimaryKeyConstraint('customer_id', name=op.f('pk_customer_words'))
    )


def _what_happened() -> None:
    value = sa.String(length=160).with_variant(sa.String(length=160, collation='C'), 'postgresql')
    op.create_table('identity_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('value', value, nullable=False),
    sa.Column('region', sa.String(length=80), nullable=False),
    sa.Column('branch', sa.String(length=80), nullable=False),
    sa.Column('sound', sa.String(length=80), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_identity_keys_customer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_keys')),
    sa.UniqueConstraint('kind', 'value', 'region', 'branch', name=op.f('uq_identity_keys_kind_value_region_branch'))
    )
    op.create_index('ix_identity_keys_customer', 'identity_keys', ['customer_id'])
    op.create_index('ix_identity_keys_sound', 'identity_keys', ['sound'])
    op.create_table('timeline_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_timeline_entries_actor_id')),
    sa.ForeignKeyConstraint(['corrects_id'], ['timeline_entries.id'], name=op.f('fk_timeline_entries_corrects_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_timeline_entries_customer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timeline_entries')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_timeline_choices', 'timeline_entries',
                    ['customer_id', 'actor_id', 'lead_id'])
    op.create_index('ix_timeline_corrects', 'timeline_entries', ['corrects_id'],
                    sqlite_where=sa.text('corrects_id IS NOT NULL'),
                    postgresql_where=sa.text('corrects_id IS NOT NULL'))
    op.create_index('ix_timeline_customer', 'timeline_entries', ['customer_id', 'at', 'id'])
    op.create_index('ix_timeline_lead', 'timeline_entries', ['lead_id', 'at', 'id'])
    op.create_index('ix_timeline_subject', 'timeline_entries', ['subject'])


def _leads() -> None:
    op.create_table('leads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('channel', sa.String(length=64), nullable=False),
    sa.Column('product', sa.String(length=64), nullable=True),
    sa.Column('industry', sa.String(length=64), nullable=True),
    sa.Column('region', sa.String(length=64), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('competitors', sa.JSON(), nullable=False),
    sa.Column('amount', sa.Numeric(precision=14, scale=2), nullable=True),
    sa.Column('contract_amount', sa.Numeric(precision=14, scale=2), nullable=True),
    sa.Column('margin', sa.Numeric(precision=14, scale=2), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('expected_close', sa.Date(), nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('owned_since', sa.DateTime(), nullable=False),
    sa.Column('former_owner_id', sa.Integer(), nullable=True),
    sa.Column('response_due_at', sa.DateTime(), nullable=True),
    sa.Column('responded_at', sa.DateTime(), nullable=True),
    sa.Column('idle_warned_at', sa.DateTime(), nullable=True),
    sa.Column('stage', sa.String(length=64), nullable=False),
    sa.Column('stage_since', sa.DateTime(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('lost_reason', sa.String(length=64), nullable=True),
    sa.Column('closing_note', sa.String(length=500), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('score_parts', sa.JSON(), nullable=False),
    sa.Column('next_step', sa.String(length=200), nullable=False),
    sa.Column('next_step_at', sa.DateTime(), nullable=True),
    sa.Column('last_activity_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('is_sample', sa.Boolean(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_leads_contact_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_leads_created_by_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_leads_customer_id')),
    sa.ForeignKeyConstraint(['former_owner_id'], ['users.id'], name=op.f('fk_leads_former_owner_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_leads_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leads')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_leads_active', 'leads',
                    ['status', 'last_activity_at', 'id', 'customer_id', 'owner_id'])
    op.create_index('ix_leads_closed', 'leads', ['closed_at', 'status', 'owner_id'])
    op.create_index('ix_leads_customer', 'leads', ['customer_id', 'id'])
    op.create_index('ix_leads_due', 'leads',
                    ['status', 'next_step_at', 'owner_id', 'customer_id'])
    op.create_index('ix_leads_owner_active', 'leads',
                    ['owner_id', 'status', 'last_activity_at', 'id'])
    op.create_index('ix_leads_score', 'leads', ['status', 'score', 'id'])
    op.create_index('ix_leads_close', 'leads', ['status', 'expected_close', 'id'])
    op.create_index('ix_leads_amount', 'leads', ['status', 'amount', 'id'])
    op.create_index('ix_leads_counted', 'leads', [
        'status', 'stage', 'currency', 'amount', 'owner_id', 'customer_id', 'product', 'channel',
        'industry', 'region', 'score', 'last_activity_at', 'next_step_at', 'title',
    ])
    op.create_index('ix_leads_idle', 'leads', [
        'status', 'idle_warned_at', 'last_activity_at', 'owner_id', 'stage',
    ])
    op.create_index(op.f('ix_leads_import_id'), 'leads', ['import_id'])
    op.create_index('ix_leads_newest', 'leads',
                    ['status', 'created_at', 'id', 'customer_id', 'owner_id'])
    op.create_index('ix_leads_next_step', 'leads', ['owner_id', 'next_step_at'])
    op.create_index('ix_leads_owner', 'leads',
                    ['owner_id', 'status', 'stage', 'amount', 'currency'])
    op.create_index('ix_leads_owner_response', 'leads', [
        'owner_id', 'response_due_at', 'status',
    ])
    op.create_index('ix_leads_pool', 'leads', [
        'owner_id', 'status', 'owned_since', 'id', 'industry', 'region', 'channel', 'product',
    ])
    op.create_index('ix_leads_pool_score', 'leads', [
        'owner_id', 'status', 'score', 'id', 'industry', 'region', 'channel', 'product',
    ])
    op.create_index('ix_leads_response', 'leads', ['response_due_at'])
    op.create_index('ix_leads_stage', 'leads', ['status', 'stage', 'amount', 'id'])
    op.create_table('lead_moves',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('from_stage', sa.String(length=64), nullable=True),
    sa.Column('to_stage', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('stayed_seconds', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('passed_reason', sa.String(length=500), nullable=False),
    sa.Column('lacked', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_lead_moves_actor_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_lead_moves_lead_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_moves'))
    )
    op.create_index('ix_lead_moves_at', 'lead_moves',
                    ['at', 'from_stage', 'to_stage', 'stayed_seconds'])
    op.create_index('ix_lead_moves_lead', 'lead_moves', ['lead_id', 'id'])


def _channels() -> None:
    """A portal that has its lists already gets this one too; a new one is given all of them."""
    terms = sa.table('terms', *map(sa.column, (
        'list', 'code', 'label_zh', 'label_en', 'position', 'active')))
    found = op.get_bind().execute(sa.select(sa.func.count()).select_from(terms)).scalar()
    if found:
        op.bulk_insert(terms, [
            {'list': 'channel', 'code': code, 'label_zh': zh, 'label_en': en, 'position': number,
             'active': True}
            for number, (code, zh, en) in enumerate(CHANNELS, start=1)
        ])
