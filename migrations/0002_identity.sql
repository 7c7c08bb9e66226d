-- Who may enter and what they may do there: accounts, tenants, members, roles, invitations, sessions, keys and links.
-- What is looked up before a tenant is known, by the digest of a secret or by an e-mail address, has no row-level
-- security; everything else has.

CREATE TABLE account (
    id UUID NOT NULL CONSTRAINT account_pkey PRIMARY KEY,
    version BIGINT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL CONSTRAINT account_email_folded_key UNIQUE,
    email_confirmed_at TIMESTAMPTZ,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    phone TEXT,
    language TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    password_changed_at TIMESTAMPTZ NOT NULL,
    business_use_confirmed_at TIMESTAMPTZ,
    age_confirmed_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

-- Secrets sent by mail that work once.
CREATE TABLE account_token (
    id UUID NOT NULL CONSTRAINT account_token_pkey PRIMARY KEY,
    account_id UUID NOT NULL CONSTRAINT account_token_account_fkey REFERENCES account (id),
    purpose TEXT NOT NULL CONSTRAINT account_token_purpose_check CHECK (purpose IN ('confirm_email', 'reset_password')),
    digest BYTEA NOT NULL CONSTRAINT account_token_digest_key UNIQUE,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX account_token_account_idx ON account_token (account_id, purpose, created_at);

-- What throttling counts. Addresses that belong to nobody are counted too, hence a digest and no reference.
CREATE TABLE sign_in_attempt (
    id UUID NOT NULL CONSTRAINT sign_in_attempt_pkey PRIMARY KEY,
    email_digest BYTEA NOT NULL,
    ip TEXT,
    device TEXT,
    succeeded BOOLEAN NOT NULL,
    at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sign_in_attempt_email_idx ON sign_in_attempt (email_digest, at);
CREATE INDEX sign_in_attempt_ip_idx ON sign_in_attempt (ip, at);

-- id repeats tenant_id, so that a tenant is a record like every other.
CREATE TABLE tenant (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    tax_id TEXT,
    tax_id_kind TEXT,
    tax_id_country TEXT,
    currency TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT tenant_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT tenant_id_check CHECK (id = tenant_id)
);

-- Which of our entities answers for the tenant's personal data, from when. A null entity is still to be identified.
CREATE TABLE tenant_controller (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    entity TEXT,
    effective_from DATE NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT tenant_controller_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT tenant_controller_effective_from_key UNIQUE (tenant_id, effective_from)
);

-- picture_id names a file; files come later in the schema's history, so it is no foreign key.
CREATE TABLE member (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    account_id UUID NOT NULL CONSTRAINT member_account_fkey REFERENCES account (id),
    role TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT member_state_check CHECK (state IN ('active', 'removed')),
    picture_id UUID,
    joined_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT member_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT member_account_id_key UNIQUE (tenant_id, account_id)
);

-- The tenants a person may enter: one row per active member.
CREATE TABLE account_tenant (
    tenant_id UUID NOT NULL,
    account_id UUID NOT NULL CONSTRAINT account_tenant_account_fkey REFERENCES account (id),
    member_id UUID NOT NULL,
    last_used_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT account_tenant_pkey PRIMARY KEY (tenant_id, account_id),
    CONSTRAINT account_tenant_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX account_tenant_account_idx ON account_tenant (account_id, last_used_at);

CREATE TABLE session (
    id UUID NOT NULL CONSTRAINT session_pkey PRIMARY KEY,
    tenant_id UUID NOT NULL,
    account_id UUID NOT NULL,
    digest BYTEA NOT NULL CONSTRAINT session_digest_key UNIQUE,
    ip TEXT,
    user_agent TEXT,
    device TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT session_account_tenant_fkey FOREIGN KEY (tenant_id, account_id)
        REFERENCES account_tenant (tenant_id, account_id)
);
CREATE INDEX session_account_idx ON session (account_id, last_seen_at);
CREATE INDEX session_tenant_idx ON session (tenant_id, account_id);

-- Where a tenant's table of roles differs from the product's.
CREATE TABLE role_grant (
    tenant_id UUID NOT NULL,
    role TEXT NOT NULL,
    permission TEXT NOT NULL,
    held BOOLEAN NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT role_grant_pkey PRIMARY KEY (tenant_id, role, permission)
);

CREATE TABLE invitation (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT invitation_state_check CHECK (state IN ('pending', 'accepted', 'revoked')),
    link_id UUID NOT NULL,
    invited_by UUID,
    member_id UUID,
    sent_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT invitation_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT invitation_invited_by_fkey FOREIGN KEY (tenant_id, invited_by) REFERENCES member (tenant_id, id),
    CONSTRAINT invitation_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);
CREATE UNIQUE INDEX invitation_email_folded_key ON invitation (tenant_id, email_folded) WHERE state = 'pending';

CREATE TABLE api_key (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    digest BYTEA NOT NULL CONSTRAINT api_key_digest_key UNIQUE,
    scopes JSONB NOT NULL,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    last_used_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT api_key_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_key_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);

-- Secret links given to people outside: each gives its holder only what stands in grants.
CREATE TABLE link (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    grants JSONB NOT NULL,
    digest BYTEA NOT NULL CONSTRAINT link_digest_key UNIQUE,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT link_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX link_subject_idx ON link (tenant_id, subject);
