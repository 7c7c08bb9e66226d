//! Lanes by counting, and by slots that are held as long as a test wants; no clock decides anything here.

use std::future::Future;

use futures::{FutureExt, future::BoxFuture};

use super::*;

type Entering<'l> = BoxFuture<'l, Result<Slot<u8>, Full>>;

fn lane(slots: usize, share: usize, line: usize) -> Lane<u8> {
    Lane::new(Width { slots, share, line, wait: Duration::from_secs(3600) })
}

/// Gets in line, or in, by being polled once.
fn begin(lane: &Lane<u8>, group: u8) -> (Entering<'_>, Option<Result<Slot<u8>, Full>>) {
    let mut entering = lane.enter(group).boxed();
    let now = poll(&mut entering);
    (entering, now)
}

fn poll<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Option<T> {
    future.now_or_never()
}

#[tokio::test]
async fn never_more_are_in_work_than_there_are_slots_nor_more_wait_than_the_line_is_long() {
    let lane = lane(4, 4, 3);
    let held: Vec<_> = (0..4).map(|_| begin(&lane, 1).1.unwrap().unwrap()).collect();
    let mut waiting: Vec<_> = (0..3).map(|_| begin(&lane, 1).0).collect();
    assert!(matches!(begin(&lane, 1).1, Some(Err(Full))), "the line is full: sent away at once");
    assert_eq!(lane.load(), (4, 3, 1));
    drop(held);
    for one in &mut waiting {
        drop(poll(one).unwrap().unwrap());
    }
    assert_eq!(lane.load(), (0, 0, 1));
    assert_eq!(lane.groups(), 0, "nobody is remembered");
}

#[tokio::test]
async fn one_group_leaves_room_for_another_whatever_it_asks() {
    let lane = lane(4, 3, 8);
    let mut greedy: Vec<_> = (0..10).map(|_| begin(&lane, 1)).collect();
    let in_work = greedy.iter().filter(|(_, now)| now.is_some()).count();
    assert_eq!(in_work, 3);
    let quiet = begin(&lane, 2).1.expect("a slot is free for another").unwrap();
    assert_eq!(lane.load().0, 4);
    drop(quiet);
    assert_eq!(lane.load().0, 3, "the free slot is kept for others");
    greedy.clear();
    assert_eq!(lane.load(), (0, 0, 0));
}

#[tokio::test]
async fn a_free_slot_goes_to_the_group_with_the_fewest_in_work() {
    let lane = lane(2, 2, 8);
    let (first, second) = (begin(&lane, 1).1.unwrap().unwrap(), begin(&lane, 1).1.unwrap().unwrap());
    let mut greedy: Vec<_> = (0..4).map(|_| begin(&lane, 1).0).collect();
    let mut quiet = begin(&lane, 2).0;
    drop(first);
    assert!(greedy.iter_mut().all(|one| poll(one).is_none()), "others came first but have more in work");
    let quiet = poll(&mut quiet).expect("its turn").unwrap();
    drop(second);
    let given: Vec<_> = greedy.iter_mut().filter_map(poll).collect();
    assert_eq!(given.len(), 1);
    drop((given, quiet));
}

#[tokio::test]
async fn in_a_full_line_the_longest_part_gives_way() {
    let lane = lane(1, 1, 3);
    let held = begin(&lane, 1).1.unwrap().unwrap();
    let mut greedy: Vec<_> = (0..3).map(|_| begin(&lane, 1).0).collect();
    let (mut quiet, now) = begin(&lane, 2);
    assert!(now.is_none(), "it waits");
    assert!(matches!(poll(&mut greedy[2]), Some(Err(Full))), "the newest of the longest part was sent away");
    assert!(poll(&mut greedy[0]).is_none() && poll(&mut greedy[1]).is_none());
    assert_eq!(lane.load(), (1, 3, 1));
    drop(held);
    drop(poll(&mut greedy[0]).or_else(|| poll(&mut quiet)).unwrap().unwrap());
}

#[tokio::test]
async fn who_gives_up_waiting_leaves_nothing_behind() {
    let lane = lane(1, 1, 8);
    let held = begin(&lane, 1).1.unwrap().unwrap();
    let (gone, stays) = (begin(&lane, 1).0, begin(&lane, 2).0);
    drop(gone);
    assert_eq!(lane.load(), (1, 1, 0));
    let mut given_and_gone = begin(&lane, 3).0;
    drop(held);
    drop(stays);
    drop(poll(&mut given_and_gone).expect("the slot was passed on by the one that left with it").unwrap());
    assert_eq!((lane.load(), lane.groups()), ((0, 0, 0), 0));
}

#[tokio::test]
async fn nobody_waits_longer_than_the_lane_allows() {
    let lane = Lane::new(Width { wait: Duration::from_millis(5), ..Width::of(1) });
    let _held = lane.enter(1_u8).await.unwrap();
    assert!(matches!(lane.enter(2).await, Err(Full)));
    assert_eq!(lane.load(), (1, 0, 1));
}
