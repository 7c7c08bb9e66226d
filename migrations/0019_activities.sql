-- What people do for customers and mean to do: calls, meetings, tasks; what each member is told of.

CREATE TABLE activity (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT,
    -- Calls.
    direction TEXT,
    outcome TEXT,
    duration_minutes BIGINT,
    -- When a call was or a meeting is.
    starts_at TIMESTAMPTZ,
    ends_at TIMESTAMPTZ,
    place TEXT,
    -- A task is due on a day or at a moment, not both.
    due_on DATE,
    due_at TIMESTAMPTZ,
    priority TEXT,
    remind_at TIMESTAMPTZ,
    -- What lists sort by: when it is, or is due; an undated one comes last.
    stands_at TIMESTAMPTZ NOT NULL,
    assignee_id UUID,
    author_id UUID,
    completed_at TIMESTAMPTZ,
    completed_by UUID,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT activity_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT activity_kind_check CHECK (kind IN ('call', 'meeting', 'task')),
    CONSTRAINT activity_due_check CHECK (due_on IS NULL OR due_at IS NULL),
    CONSTRAINT activity_assignee_fkey FOREIGN KEY (tenant_id, assignee_id) REFERENCES member (tenant_id, id),
    CONSTRAINT activity_author_fkey FOREIGN KEY (tenant_id, author_id) REFERENCES member (tenant_id, id),
    CONSTRAINT activity_completed_by_fkey FOREIGN KEY (tenant_id, completed_by) REFERENCES member (tenant_id, id)
);
CREATE INDEX activity_created_idx ON activity (tenant_id, created_at, id);
CREATE INDEX activity_stands_idx ON activity (tenant_id, stands_at, id);
CREATE INDEX activity_open_idx ON activity (tenant_id, assignee_id, stands_at, id) WHERE completed_at IS NULL AND deleted_at IS NULL;

-- The records an activity is about, and who takes part in it.
CREATE TABLE activity_link (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    activity_id UUID NOT NULL,
    -- `about` or `with`.
    role TEXT NOT NULL,
    -- The prefix of the record's id, by which rights are asked.
    noun TEXT NOT NULL,
    record TEXT NOT NULL,
    CONSTRAINT activity_link_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT activity_link_activity_fkey FOREIGN KEY (tenant_id, activity_id) REFERENCES activity (tenant_id, id)
);
CREATE INDEX activity_link_activity_idx ON activity_link (tenant_id, activity_id, id);
CREATE INDEX activity_link_record_idx ON activity_link (tenant_id, record, activity_id);

CREATE TABLE notification (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    kind TEXT NOT NULL,
    -- The activity or the note.
    subject TEXT NOT NULL,
    -- What it is told of once: the same occasion is not told again.
    occasion TEXT NOT NULL,
    -- The member who caused it.
    actor_id UUID,
    read_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT notification_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT notification_member_id_occasion_key UNIQUE (tenant_id, member_id, occasion),
    CONSTRAINT notification_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id),
    CONSTRAINT notification_actor_fkey FOREIGN KEY (tenant_id, actor_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX notification_member_idx ON notification (tenant_id, member_id, created_at, id);
CREATE INDEX notification_unread_idx ON notification (tenant_id, member_id, id) WHERE read_at IS NULL;

-- How a member wants to be told, and the zone in which their days begin. Without a row: by mail too, in the company's zone.
CREATE TABLE notification_setting (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    mail_reminders BOOLEAN NOT NULL,
    mail_mentions BOOLEAN NOT NULL,
    mail_assignments BOOLEAN NOT NULL,
    time_zone TEXT,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT notification_setting_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT notification_setting_member_fkey FOREIGN KEY (tenant_id, id) REFERENCES member (tenant_id, id)
);

-- Who edited a note last, and when; empty while it stands as it was written.
ALTER TABLE note ADD COLUMN edited_at TIMESTAMPTZ;
ALTER TABLE note ADD COLUMN edited_by UUID;
