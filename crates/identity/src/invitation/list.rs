//! The invitations that wait for an answer.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{MemberId, Page, PageRequest, Result, Role};
use serde::Serialize;
use store::{Sort, SortKind, Sql, Tx};
use utoipa::ToSchema;

use super::{Invitation, InvitationId, InvitationState};

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// A pending invitation.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    pub id: InvitationId,
    pub version: i64,
    #[schema(example = "luis@faroazul.example")]
    pub email: String,
    pub role: Role,
    /// Who invited; null when a program did.
    pub invited_by: Option<String>,
    pub created_at: DateTime<Utc>,
    pub sent_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Has the link run out? It can be sent again.
    pub expired: bool,
    pub actions: Vec<&'static str>,
}

/// The pending ones, newest first.
pub async fn list(tx: &mut Tx, page: &PageRequest) -> Result<Page<InvitationView>> {
    let select = tx.select::<Invitation>().and("invitation.state =", InvitationState::Pending);
    let found = tx.page::<Invitation>(select, SORTS, page).await?;
    Ok(Page { items: views(tx, found.items).await?, next_cursor: found.next_cursor })
}

pub(crate) async fn views(tx: &mut Tx, invitations: Vec<Invitation>) -> Result<Vec<InvitationView>> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let inviters = Sql::new("SELECT member.id, account.name FROM member JOIN account ON account.id = member.account_id WHERE member.tenant_id = ")
        .bind(tenant)
        .push(" AND member.id IN ")
        .bind_list(invitations.iter().filter_map(|invitation| invitation.invited_by));
    let names: HashMap<MemberId, String> = tx.all::<(MemberId, String)>(inviters).await?.into_iter().collect();
    let view = |invitation: Invitation| InvitationView {
        id: invitation.id,
        version: invitation.version,
        email: invitation.email,
        role: invitation.role,
        invited_by: invitation.invited_by.and_then(|id| names.get(&id).cloned()),
        created_at: invitation.created_at,
        sent_at: invitation.sent_at,
        expires_at: invitation.expires_at,
        expired: invitation.expires_at <= now,
        actions: vec!["resend", "revoke"],
    };
    Ok(invitations.into_iter().map(view).collect())
}
