//! Teams, and how far callers see.

use std::collections::{BTreeMap, BTreeSet};

use edge::IfMatch;
use kernel::{Caller, FieldRights, Noun, Reach, Role, Span};

use super::change::{ChangeTeam, NewTeam, create, delete, update};
use crate::{
    role::reach::{of, tune_reach},
    tests::{ANA, World, code, worlds},
};

async fn narrow(world: &World, by: &std::sync::Arc<Caller>, role: Role, span: Span) {
    let mut tx = world.tx(by).await;
    tune_reach(&mut tx, role, &BTreeMap::from([(Noun::Deal, Some(span))])).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_owner_is_never_narrowed_and_the_table_says_what_each_role_sees() {
    for world in worlds().await {
        world.company(ANA).await;
        let ana = world.signed_in(ANA).await;
        narrow(&world, &ana, Role::Sales, Span::Own).await;
        let mut tx = world.tx(&ana).await;
        assert_eq!(of(&mut tx, Role::Sales).await.unwrap()[&Noun::Deal], Span::Own);
        assert_eq!(of(&mut tx, Role::Support).await.unwrap()[&Noun::Deal], Span::All);
        let refused = tune_reach(&mut tx, Role::Owner, &BTreeMap::from([(Noun::Deal, Some(Span::Own))])).await;
        assert_eq!(code(refused), "owner_fixed");
        assert_eq!(ana.reach, Reach::whole());
    }
}

#[tokio::test]
async fn nobody_lets_others_see_more_than_they_see_themselves() {
    for world in worlds().await {
        world.company(ANA).await;
        let ana = world.signed_in(ANA).await;
        let me = ana.member_id().unwrap();
        let part = std::sync::Arc::new(Caller {
            reach: Reach::of(me, vec![], BTreeMap::from([(Noun::Deal, Span::Team)]), FieldRights::default()),
            ..(*ana).clone()
        });
        let mut tx = world.tx(&part).await;
        for (span, passes) in
            [(None, false), (Some(Span::All), false), (Some(Span::Team), true), (Some(Span::Own), true)]
        {
            let tuned = tune_reach(&mut tx, Role::Sales, &BTreeMap::from([(Noun::Deal, span)])).await;
            assert_eq!(tuned.is_ok(), passes, "{span:?}");
            if !passes {
                assert_eq!(code(tuned), "reach_above_own");
            }
        }
        let team = create(&mut tx, NewTeam { name: "Levante".into(), members: BTreeSet::new() }).await;
        assert_eq!(code(team), "reach_above_own");
    }
}

#[tokio::test]
async fn a_team_is_made_changed_and_removed_with_a_trace() {
    for world in worlds().await {
        let tenant = world.company(ANA).await.tenant_id;
        let ana = world.signed_in(ANA).await;
        let me = ana.member_id().unwrap();
        let mut tx = world.tx(&ana).await;
        let team = create(&mut tx, NewTeam { name: " Levante ".into(), members: [me].into() }).await.unwrap();
        assert_eq!(team.name, "Levante");
        let again = create(&mut tx, NewTeam { name: "LEVANTE".into(), members: BTreeSet::new() }).await;
        assert_eq!(code(again), "taken");
        // On PostgreSQL a refusal by a constraint ends what a transaction can do.
        drop(tx);
        let mut tx = world.tx(&ana).await;
        let team = create(&mut tx, NewTeam { name: "Levante".into(), members: [me].into() }).await.unwrap();
        let strangers = ChangeTeam { name: None, members: Some([kernel::MemberId::new()].into()) };
        assert_eq!(code(update(&mut tx, team.id, IfMatch(1), strangers).await), "member_unknown");
        let empty = ChangeTeam { name: Some("Norte".into()), members: Some(BTreeSet::new()) };
        let team = update(&mut tx, team.id, IfMatch(1), empty).await.unwrap();
        delete(&mut tx, team.id).await.unwrap();
        tx.commit().await.unwrap();
        let trail = world.audit(tenant).await;
        let of_teams: Vec<&str> =
            trail.iter().map(String::as_str).filter(|action| action.starts_with("team.")).collect();
        assert_eq!(of_teams, ["team.create", "team.update", "team.delete"]);
    }
}
