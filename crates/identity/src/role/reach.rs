//! Which records a role sees of each noun: all, those of its members' teams, or their own.
//!
//! Invariant: owners see everything, and nobody lets others see more than they see themselves.

use std::collections::BTreeMap;

use kernel::{Change, Error, Event, FieldRights, MemberId, Noun, Reach, Result, Role, Span, error::Fields};
use serde_json::json;
use store::{Tx, sql};

use super::field;

/// What the role sees of every noun.
pub async fn of(tx: &mut Tx, role: Role) -> Result<BTreeMap<Noun, Span>> {
    let mut spans: BTreeMap<Noun, Span> = Noun::ALL.iter().map(|noun| (*noun, Span::All)).collect();
    if role == Role::Owner {
        return Ok(spans);
    }
    let query = sql!("SELECT noun, span FROM role_reach WHERE tenant_id = {} AND role = {}", tx.tenant_id(), role);
    let tuned: Vec<(String, Span)> = tx.all(query).await?;
    spans.extend(tuned.into_iter().filter_map(|(noun, span)| Some((noun.parse::<Noun>().ok()?, span))));
    Ok(spans)
}

/// The reach of a member of a role that has been tuned so.
pub(crate) async fn reach_of(
    tx: &mut Tx,
    role: Role,
    member: MemberId,
    spans: BTreeMap<Noun, Span>,
    fields: FieldRights,
) -> Result<Reach> {
    if role == Role::Owner {
        return Ok(Reach::whole());
    }
    let peers = if spans.values().any(|span| *span == Span::Team) { peers(tx, member).await? } else { Vec::new() };
    Ok(Reach::of(member, peers, spans, fields))
}

/// Who is in a team with the member.
async fn peers(tx: &mut Tx, member: MemberId) -> Result<Vec<MemberId>> {
    let query = sql!(
        "SELECT DISTINCT other.member_id FROM team_member AS mine JOIN team_member AS other \
         ON other.tenant_id = mine.tenant_id AND other.team_id = mine.team_id \
         WHERE mine.tenant_id = {} AND mine.member_id = {}",
        tx.tenant_id(),
        member
    );
    Ok(tx.all::<(MemberId,)>(query).await?.into_iter().map(|(id,)| id).collect())
}

/// Is `span` wider than what the caller sees?
fn beyond_own(tx: &Tx, noun: Noun, span: Span) -> bool {
    let own = tx.caller().reach.span(noun);
    // The order of spans is from the widest to the narrowest.
    span < own
}

/// Does the role see more of any noun than the caller, or may it do more with a field?
pub(crate) async fn sees_more(tx: &mut Tx, role: Role) -> Result<bool> {
    if tx.caller().reach.narrowed().is_none() {
        return Ok(false);
    }
    let spans = of(tx, role).await?;
    let beyond = spans.into_iter().any(|(noun, span)| beyond_own(tx, noun, span));
    Ok(beyond || field::may_more(tx, role).await?)
}

/// Sets how far a role sees; None puts a noun back to what the product says, which is everything.
pub async fn tune_reach(tx: &mut Tx, role: Role, changes: &BTreeMap<Noun, Option<Span>>) -> Result<()> {
    if role == Role::Owner {
        return Err(Error::conflict("owner_fixed", "Owners see everything, and this cannot be changed."));
    }
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let before = of(tx, role).await?;
    let mut fields = Fields::default();
    for (noun, span) in changes {
        if beyond_own(tx, *noun, span.unwrap_or(Span::All)) {
            fields.refuse(
                noun.name(),
                "reach_above_own",
                "You do not see that much yourself, so you cannot let others.",
            );
        }
    }
    fields.finish()?;
    for (noun, span) in changes {
        tx.execute(match span.filter(|span| *span != Span::All) {
            Some(span) => sql!(
                "INSERT INTO role_reach (tenant_id, role, noun, span, updated_at) VALUES ({}, {}, {}, {}, {}) \
                 ON CONFLICT (tenant_id, role, noun) DO UPDATE SET span = excluded.span, updated_at = excluded.updated_at",
                tenant,
                role,
                *noun,
                span,
                now
            ),
            None => sql!("DELETE FROM role_reach WHERE tenant_id = {} AND role = {} AND noun = {}", tenant, role, *noun),
        })
        .await?;
    }
    let after = of(tx, role).await?;
    let change = Change {
        action: "role.tune",
        subject: role.name().to_owned(),
        before: Some(json!({ "reach": before })),
        after: Some(json!({ "reach": after })),
    };
    tx.audit(change).await?;
    tx.emit(Event::new("role.tuned", tenant).data(json!({ "role": role }))).await?;
    Ok(())
}
