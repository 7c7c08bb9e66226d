//! Why the caller sees a record: the permission, and each way by which its reach opens it (docs/access.md).
//!
//! Invariant: it tells of nothing the caller does not see; a record out of reach is answered as one that nobody has.

use axum::extract::State;
use edge::{App, Json, May, Path};
use kernel::{Error, FieldRight, MemberId, Result, Role, TeamId};
use serde::Serialize;
use store::{Store, Tx, Way, sql};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    field::custom::CustomObject,
    name, record,
    subject::{Subject, permission},
    timeline::ReadTimeline,
};

/// Why the caller sees a record.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sight {
    /// What lets the caller read records of this kind.
    #[schema(example = "deal.read")]
    pub permission: &'static str,
    /// The role that holds it, where a member asks.
    pub role: Option<Role>,
    /// Are amounts of money shown?
    pub amounts: bool,
    /// How many fields of such records are not shown.
    pub fields_hidden: usize,
    /// How many are shown and not changed.
    pub fields_read_only: usize,
    /// Each of them alone would open it.
    pub ways: Vec<SightWay>,
}

/// One way by which the caller comes to see a record.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct SightWay {
    pub kind: SightKind,
    /// Whose it is, and in what sense.
    pub member: Option<name::Ref<MemberId>>,
    #[schema(example = "owner")]
    pub sense: Option<&'static str>,
    /// The teams that member is in with the caller, by name.
    pub teams: Vec<String>,
    /// The record that leads to it.
    pub record: Option<LeadingRecord>,
}

/// A record that leads to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeadingRecord {
    #[schema(example = "com_019abc0123457def8123456789abcdef")]
    pub id: String,
    /// Null where the caller may not read records of its kind.
    pub name: Option<String>,
}

/// What opens a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SightKind {
    /// The role sees every record of this kind.
    #[default]
    Everything,
    /// It is the caller's own.
    Own,
    /// It is that of somebody in one of the caller's teams.
    Team,
    /// It belongs to a record that the caller sees.
    Record,
}

/// Why the caller sees the record.
pub async fn sight(tx: &mut Tx, subject: Subject) -> Result<Sight> {
    let written = subject.to_string();
    let permission = permission(&written).filter(|held| tx.caller().holds(held)).ok_or_else(unknown)?;
    subject.name(tx).await?;
    let (prefix, id) = (&written[..3], subject.uuid());
    let mut ways = Vec::new();
    for way in tx.ways(prefix, id).await?.unwrap_or_else(|| vec![Way::Everything]) {
        ways.push(told(tx, way).await?);
    }
    let role = match tx.caller().member_id() {
        Some(member) => {
            let query = sql!("SELECT role FROM member WHERE tenant_id = {} AND id = {}", tx.tenant_id(), member);
            tx.optional::<(Role,)>(query).await?.map(|(role,)| role)
        }
        None => None,
    };
    let taken = taken(tx, subject).await?;
    let count = |right| taken.iter().filter(|one| **one == right).count();
    Ok(Sight {
        permission,
        role,
        amounts: tx.caller().sees_amounts(),
        fields_hidden: count(FieldRight::Hidden),
        fields_read_only: count(FieldRight::ReadOnly),
        ways,
    })
}

/// What is taken of the fields of such records.
async fn taken(tx: &mut Tx, subject: Subject) -> Result<Vec<FieldRight>> {
    let object = match subject {
        Subject::Company(_) => CustomObject::Company,
        Subject::Contact(_) => CustomObject::Contact,
        Subject::Deal(_) => CustomObject::Deal,
        Subject::Lead(_) => CustomObject::Lead,
        Subject::Record(id) => CustomObject::Own(record::one(tx, id, false).await?.object_id),
        _ => return Ok(Vec::new()),
    };
    let narrowed = tx.caller().reach.narrowed();
    Ok(narrowed.map(|narrowed| narrowed.fields.taken(&object.to_string()).collect()).unwrap_or_default())
}

async fn told(tx: &mut Tx, way: Way) -> Result<SightWay> {
    Ok(match way {
        Way::Everything => SightWay::default(),
        Way::Owner { column, member } => {
            let own = me(tx) == Some(member);
            SightWay {
                kind: if own { SightKind::Own } else { SightKind::Team },
                member: Some(name::members(tx, [Some(member)]).await?.of(member)),
                sense: Some(column.trim_end_matches("_id")),
                teams: if own { Vec::new() } else { shared_teams(tx, member).await? },
                ..SightWay::default()
            }
        }
        Way::Record { id } => {
            let name = match Subject::parse(&id) {
                Some(subject) => match subject.name(tx).await {
                    Err(Error::NotFound { .. }) => None,
                    named => Some(named?),
                },
                None => None,
            };
            SightWay { kind: SightKind::Record, record: Some(LeadingRecord { id, name }), ..SightWay::default() }
        }
    })
}

/// Whose reach it is: a key has that of its maker.
fn me(tx: &Tx) -> Option<MemberId> {
    tx.caller().reach.narrowed().map(|narrowed| narrowed.member)
}

/// The teams a member is in with the caller.
async fn shared_teams(tx: &mut Tx, member: MemberId) -> Result<Vec<String>> {
    let Some(me) = me(tx) else { return Ok(Vec::new()) };
    let query = sql!(
        "SELECT team.id, team.name FROM team_member AS mine JOIN team_member AS other \
         ON other.tenant_id = mine.tenant_id AND other.team_id = mine.team_id JOIN team \
         ON team.tenant_id = mine.tenant_id AND team.id = mine.team_id \
         WHERE mine.tenant_id = {} AND mine.member_id = {} AND other.member_id = {} ORDER BY team.name_folded",
        tx.tenant_id(),
        me,
        member
    );
    Ok(tx.all::<(TeamId, String)>(query).await?.into_iter().map(|(_, name)| name).collect())
}

fn unknown() -> Error {
    Error::not_found("record")
}

#[utoipa::path(get, path = "/api/v1/access/{record}", operation_id = "access_explain", tag = "timeline",
    params(("record" = String, Path, description = "A company, contact, deal, lead, quote, invoice or record of an own object",
        example = "com_019abc0123457def8123456789abcdef")),
    responses((status = 200, description = "Why the caller sees this record", body = Sight)))]
async fn access_explain(
    May(can): May<ReadTimeline>,
    State(store): State<Store>,
    Path(record): Path<String>,
) -> edge::Result<Json<Sight>> {
    let mut tx = store.read(&can).await?;
    let subject = Subject::parse(&record).ok_or_else(unknown)?;
    Ok(Json(sight(&mut tx, subject).await?))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(access_explain))
}
