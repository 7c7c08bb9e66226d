//! The outbox: events written with the change, announced after the commit. Durable listeners get a job in the same
//! transaction; live ones (the browser) get a notice that something happened and read it for themselves.

use chrono::{DateTime, Utc};
use kernel::{Event, EventId, JobId, TenantId};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{FromRow, Row, Sql, Tx, error::Result, sql};

/// What a committed transaction tells.
#[derive(Debug, Clone)]
pub struct Committed {
    pub tenant_id: TenantId,
    /// Kind and subject of each event, in order.
    pub events: Vec<(&'static str, String)>,
    /// Were jobs enqueued?
    pub jobs: bool,
}

impl Committed {
    pub(crate) fn new(tenant_id: TenantId) -> Self {
        Self { tenant_id, events: Vec::new(), jobs: false }
    }
}

/// An event as a timeline shows it.
#[derive(Debug, Clone, Serialize)]
pub struct StoredEvent {
    pub id: EventId,
    pub kind: String,
    pub subject: String,
    pub data: Value,
    pub at: DateTime<Utc>,
    pub actor_kind: String,
    pub actor_id: Option<String>,
}

/// Which events of a timeline: all, unless it says otherwise.
#[derive(Debug, Clone, Default)]
pub struct WantedEvents {
    /// Nouns; when there are any, events of others are left out.
    pub nouns: Vec<&'static str>,
    /// Nouns whose events are left out.
    pub without: Vec<&'static str>,
    /// Those that this member caused, by id.
    pub member: Option<String>,
}

impl WantedEvents {
    fn is_all(&self) -> bool {
        self.nouns.is_empty() && self.without.is_empty() && self.member.is_none()
    }

    fn narrow(&self, mut query: Sql) -> Sql {
        for (nouns, begin) in [(&self.nouns, " AND ("), (&self.without, " AND NOT (")] {
            for (at, noun) in nouns.iter().enumerate() {
                query = query
                    .push(if at == 0 { begin } else { " OR " })
                    .push("linked.kind LIKE ")
                    .bind(format!("{noun}.%"));
            }
            query = query.push(if nouns.is_empty() { "" } else { ")" });
        }
        match &self.member {
            Some(id) => query.append(sql!(" AND linked.actor_kind = 'member' AND linked.actor_id = {}", id.clone())),
            None => query,
        }
    }
}

impl FromRow for StoredEvent {
    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self {
            id: row.take()?,
            kind: row.take()?,
            subject: row.take()?,
            data: row.take()?,
            at: row.take()?,
            actor_kind: row.take()?,
            actor_id: row.take()?,
        })
    }
}

impl Tx {
    /// Writes the event, links it to its subject and related records, and enqueues a job for each durable listener.
    pub async fn emit(&mut self, event: Event) -> Result<EventId> {
        let id = EventId::new();
        let (tenant, now, actor) = (self.tenant_id(), self.now, self.caller.actor);
        // PostgreSQL fills the moment in by itself; see `news`.
        let postgres = self.connection.is_postgres();
        let insert = Sql::new("INSERT INTO event (tenant_id, id, kind, subject, data, at, actor_kind, actor_id")
            .push(if postgres { "" } else { ", moment" })
            .append(sql!(
                ") VALUES ({}, {}, {}, {}, {}, {}, {}, {}",
                tenant,
                id,
                event.kind,
                event.subject.clone(),
                event.data.clone(),
                now,
                actor.kind(),
                actor.id(),
            ));
        let moment = if postgres {
            Sql::new(")")
        } else {
            // Above the clock, so that the place of an erased last event is not taken again.
            sql!(
                ", max((SELECT coalesce(max(moment), 0) + 1 FROM event WHERE tenant_id = {}), {}))",
                tenant,
                now.timestamp_micros()
            )
        };
        self.defer(insert.append(moment));
        for record in std::iter::once(&event.subject).chain(&event.related) {
            self.defer(sql!(
                "INSERT INTO event_link (tenant_id, record, event_id) VALUES ({}, {}, {}) ON CONFLICT DO NOTHING",
                tenant,
                record.clone(),
                id
            ));
        }
        for job in self.store.clone().listeners(event.kind) {
            let payload = json!({ "event_id": id, "kind": event.kind, "subject": event.subject, "data": event.data });
            self.enqueue_row(JobId::new(), job, payload, None, 10, now).await?;
        }
        self.defer(sql!(
            "INSERT INTO job (tenant_id, id, kind, payload, unique_key, state, run_at, attempts, max_attempts, \
             actor_kind, actor_id, request_id, created_at) \
             SELECT event_subscriber.tenant_id, {}, event_subscriber.job, {}, NULL, 'waiting', {}, 0, 10, {}, {}, {}, {} \
             FROM event_subscriber WHERE event_subscriber.tenant_id = {}",
            JobId::new(),
            json!({ "event_id": id, "related": event.related }),
            now,
            actor.kind(),
            actor.id(),
            self.caller.origin.request_id.clone(),
            now,
            tenant
        ));
        self.committed.events.push((event.kind, event.subject));
        Ok(id)
    }

    /// From now on each event of this tenant enqueues `job` with its `event_id` and `related` records, in the transaction of the event. A
    /// tenant has one such job at most.
    pub async fn hear_all(&mut self, job: &'static str) -> Result<()> {
        let subscribe = sql!(
            "INSERT INTO event_subscriber (tenant_id, job) VALUES ({}, {}) ON CONFLICT DO NOTHING",
            self.tenant_id(),
            job
        );
        self.execute(subscribe).await.map(|_| ())
    }

    /// Ends [`Tx::hear_all`].
    pub async fn hear_none(&mut self, job: &'static str) -> Result<()> {
        let end = sql!("DELETE FROM event_subscriber WHERE tenant_id = {} AND job = {}", self.tenant_id(), job);
        self.execute(end).await.map(|_| ())
    }

    /// An event as it was written.
    pub async fn event(&mut self, id: EventId) -> Result<Option<StoredEvent>> {
        let query = sql!(
            "SELECT id, kind, subject, data, at, actor_kind, actor_id FROM event WHERE tenant_id = {} AND id = {}",
            self.tenant_id(),
            id
        );
        self.optional(query).await
    }

    /// The timeline of a record, or of several that are one now, newest first, behind `before` if given.
    pub async fn timeline(
        &mut self,
        records: Vec<String>,
        wanted: &WantedEvents,
        before: Option<EventId>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>> {
        let query = sql!(
            "SELECT event.id, event.kind, event.subject, event.data, event.at, event.actor_kind, event.actor_id \
             FROM (SELECT DISTINCT event_link.event_id FROM event_link"
        );
        // Without a filter the links alone say which events they are.
        let query = query.push(if wanted.is_all() {
            ""
        } else {
            " JOIN event AS linked ON linked.tenant_id = event_link.tenant_id AND linked.id = event_link.event_id"
        });
        let query = query
            .append(sql!(" WHERE event_link.tenant_id = {} AND event_link.record IN ", self.tenant_id()))
            .bind_list(records)
            .and_if("event_link.event_id <", before);
        let mut query = wanted
            .narrow(query)
            .push(" ORDER BY event_link.event_id DESC LIMIT ")
            .bind(i64::from(limit))
            .push(") shown JOIN event ON event.id = shown.event_id AND event.tenant_id = ")
            .bind(self.tenant_id());
        query = query.push(" ORDER BY event.id DESC");
        self.all(query).await
    }
}
