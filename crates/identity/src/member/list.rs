//! Members with the names and addresses of their accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{AccountId, MemberId, Page, PageRequest, Result, Role};
use serde::Serialize;
use store::{Sort, SortKind, Tx, sql};
use utoipa::ToSchema;

use super::{Member, MemberState, may_touch};
use crate::{permissions::ManageMembers, role::RoleTable, text};

const SORTS: &[Sort] = &[Sort::ascending("joined_at", "joined_at", SortKind::Time)];

/// A member as the others see them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MemberView {
    pub id: MemberId,
    pub version: i64,
    #[schema(example = "Ana Ruiz")]
    pub name: String,
    #[schema(example = "ana@example.com")]
    pub email: String,
    pub role: Role,
    /// Where the picture is, if there is one; the address changes with the picture.
    pub picture_url: Option<String>,
    pub joined_at: DateTime<Utc>,
    /// When they last did something here.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Is this the caller?
    pub is_me: bool,
    /// `change_role` and `remove`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

/// The active members; `q` looks at name and address.
pub async fn list(tx: &mut Tx, roles: RoleTable, page: &PageRequest) -> Result<Page<MemberView>> {
    let mut select = tx.select::<Member>().and("member.state =", MemberState::Active);
    if let Some(q) = page.text() {
        select = select
            .push(" AND member.account_id IN (SELECT account.id FROM account WHERE account.email_folded LIKE ")
            .bind(containing(&q.to_lowercase()))
            .push(" ESCAPE '!'");
        // A text without letters or digits folds to nothing, which every name contains.
        let folded = text::folded(q);
        if !folded.is_empty() {
            select = select.push(" OR account.name_folded LIKE ").bind(containing(&folded)).push(" ESCAPE '!'");
        }
        select = select.push(")");
    }
    let members = tx.page::<Member>(select, SORTS, page).await?;
    Ok(Page { items: views(tx, roles, members.items).await?, next_cursor: members.next_cursor })
}

/// One active member.
pub async fn get(tx: &mut Tx, roles: RoleTable, id: MemberId) -> Result<MemberView> {
    let member: Member = tx.get(id).await?;
    let found = if member.state == MemberState::Active { views(tx, roles, vec![member]).await?.pop() } else { None };
    found.ok_or_else(|| kernel::Error::not_found("member"))
}

fn containing(text: &str) -> String {
    let escaped = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}

type Person = (String, String, Option<DateTime<Utc>>);

async fn views(tx: &mut Tx, roles: RoleTable, members: Vec<Member>) -> Result<Vec<MemberView>> {
    let people = people(tx, &members).await?;
    let touchable = touchable(tx, roles, &members).await?;
    let me = tx.caller().member_id();
    let owners = sql!(
        "SELECT count(*) FROM member WHERE tenant_id = {} AND role = {} AND state = {}",
        tx.tenant_id(),
        Role::Owner,
        MemberState::Active
    );
    let owners = tx.count(owners).await?;
    let view = |member: Member| {
        let (name, email, last_seen_at) = people.get(&member.account_id).cloned().unwrap_or_default();
        let last_owner = member.role == Role::Owner && owners < 2;
        let may = touchable.contains(&member.role) && !last_owner;
        MemberView {
            id: member.id,
            version: member.version,
            name,
            email,
            role: member.role,
            picture_url: picture_url(&member),
            joined_at: member.joined_at,
            last_seen_at,
            is_me: me == Some(member.id),
            actions: if may { vec!["change_role", "remove"] } else { Vec::new() },
        }
    };
    Ok(members.into_iter().map(view).collect())
}

/// The roles whose holders this caller may change or remove.
async fn touchable(tx: &mut Tx, roles: RoleTable, members: &[Member]) -> Result<Vec<Role>> {
    let mut found = Vec::new();
    if !tx.caller().holds(<ManageMembers as kernel::Permission>::NAME) {
        return Ok(found);
    }
    for role in Role::ALL.into_iter().filter(|role| members.iter().any(|m| m.role == *role)) {
        if may_touch(tx, roles, role).await? {
            found.push(role);
        }
    }
    Ok(found)
}

async fn people(tx: &mut Tx, members: &[Member]) -> Result<HashMap<AccountId, Person>> {
    let tenant = tx.tenant_id();
    let query = sql!(
        "SELECT account.id, account.name, account.email, \
         (SELECT max(session.last_seen_at) FROM session WHERE session.tenant_id = {} AND session.account_id = account.id) \
         FROM account WHERE account.id IN ",
        tenant
    );
    let rows: Vec<(AccountId, String, String, Option<DateTime<Utc>>)> =
        tx.all(query.bind_list(members.iter().map(|m| m.account_id))).await?;
    Ok(rows.into_iter().map(|(id, name, email, seen)| (id, (name, email, seen))).collect())
}

/// The address of a member's picture, which names the picture too so that a new one is fetched anew.
pub(crate) fn picture_url(member: &Member) -> Option<String> {
    let picture = member.picture_id?;
    Some(format!("/api/v1/members/{}/picture?v={picture}", member.id))
}
