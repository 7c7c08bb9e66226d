//! Whatever is moved where, the board's order is that of a plain list in which the same moves were made.

use proptest::test_runner::{Config, TestRunner};
use store::Tx;

use crate::{
    deal::{
        Deal, DealId,
        create::{NewDeal, create},
        place::move_to,
    },
    pipeline::{StageId, ensure_first},
    tests::desks,
};

const DEALS: usize = 6;
const STAGES: usize = 2;

/// Which deal, into which stage, behind which of those standing there (counted from the top; 0 is the top).
type Move = (usize, usize, usize);

async fn order(tx: &mut Tx, stage: StageId) -> Vec<DealId> {
    let select = tx.select::<Deal>().and("deal.stage_id =", stage).push(" ORDER BY deal.position, deal.id");
    let deals: Vec<Deal> = tx.all(select).await.unwrap();
    let mut ranks: Vec<i64> = deals.iter().map(|deal| deal.position).collect();
    ranks.dedup();
    assert_eq!(ranks.len(), deals.len(), "two deals of one stage have one rank");
    deals.into_iter().map(|deal| deal.id).collect()
}

async fn deal(tx: &mut Tx, name: usize) -> DealId {
    let input = NewDeal {
        name: format!("Deal {name}"),
        company_id: None,
        contact_id: None,
        pipeline_id: None,
        stage_id: None,
        amount: None,
        expected_close: None,
        owner_id: None,
        custom: Default::default(),
    };
    create(tx, input).await.unwrap().id
}

/// Makes the moves in the database and in the model, and compares after each.
async fn replay(tx: &mut Tx, moves: &[Move]) {
    let stages: Vec<StageId> = ensure_first(tx).await.unwrap()[0].1.iter().map(|stage| stage.id).take(STAGES).collect();
    let mut model: Vec<Vec<DealId>> = vec![Vec::new(); STAGES];
    let mut deals = Vec::new();
    for name in 0..DEALS {
        deals.push(deal(tx, name).await);
        model[0].insert(0, deals[name]);
    }
    for (which, stage, behind) in moves {
        let id = deals[*which];
        for column in &mut model {
            column.retain(|other| *other != id);
        }
        let column = &mut model[*stage];
        let at = (*behind).min(column.len());
        let after = at.checked_sub(1).map(|above| column[above]);
        column.insert(at, id);
        let before: Deal = tx.get(id).await.unwrap();
        move_to(tx, before, stages[*stage], after).await.unwrap();
        for (stage, column) in stages.iter().zip(&model) {
            assert_eq!(&order(tx, *stage).await, column);
        }
    }
}

#[test]
fn any_moves_keep_the_order_of_a_plain_list() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for desk in runtime.block_on(desks()) {
        let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
        let moves = proptest::collection::vec((0..DEALS, 0..STAGES, 0..DEALS), 0..20);
        let tried = runner.run(&moves, |moves| {
            // Never committed: every case begins with an empty board.
            runtime.block_on(async { replay(&mut desk.tx().await, &moves).await });
            Ok(())
        });
        tried.unwrap();
    }
}

/// Two neighbours swapped for ever use up the room between two ranks; the stage is then spread out, and nobody sees it.
#[tokio::test]
async fn a_stage_in_which_ranks_have_grown_together_is_spread_out() {
    for desk in desks().await {
        let swaps: Vec<Move> = (0..60).map(|i| (3 + i % 2, 0, 1)).collect();
        replay(&mut desk.tx().await, &swaps).await;
    }
}
