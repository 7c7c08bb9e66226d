//! A lane: at most so many requests in work, a short line before it, and turns between groups (tenants).
//!
//! Invariants: never more than `slots` in work, nor more than `share` of one group, so that there is always room for
//! another to begin at once. A free slot goes to the waiting group that has the fewest in work. The line is never
//! longer than `line`; when it is full, the group with the longest part of it gives way to one with a shorter part. Who
//! gives up waiting, or is dropped, leaves nothing behind.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::sync::oneshot;

/// How wide a lane is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Width {
    /// Requests in work at once; at least 1.
    pub slots: usize,
    /// Of these, how many of one group; at least 1.
    pub share: usize,
    /// Requests that may wait.
    pub line: usize,
    /// How long each may.
    pub wait: Duration,
}

impl Width {
    /// Three quarters of the slots for one group, twice as many waiting as in work, for a second.
    pub fn of(slots: usize) -> Self {
        let slots = slots.max(1);
        Self { slots, share: (slots * 3).div_ceil(4), line: slots * 2, wait: Duration::from_secs(1) }
    }
}

/// A lane for groups named by `G`. Cheap to clone.
pub struct Lane<G: Eq + Hash + Copy> {
    inner: Arc<Inner<G>>,
}

struct Inner<G: Eq + Hash + Copy> {
    width: Width,
    state: Mutex<State<G>>,
    shed: AtomicU64,
}

struct State<G: Eq + Hash + Copy> {
    held: usize,
    waiting: usize,
    /// Counts arrivals: the order of the line.
    arrivals: u64,
    groups: HashMap<G, Group<G>>,
}

struct Group<G: Eq + Hash + Copy> {
    held: usize,
    line: VecDeque<(u64, oneshot::Sender<Slot<G>>)>,
}

/// A place in work; given up when dropped.
pub struct Slot<G: Eq + Hash + Copy> {
    lane: Lane<G>,
    group: G,
}

/// A place in the line; given up when dropped.
struct Place<'l, G: Eq + Hash + Copy> {
    lane: &'l Lane<G>,
    group: G,
    arrival: u64,
}

/// The lane is full and so is the line before it, or the wait was too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

impl<G: Eq + Hash + Copy> Clone for Lane<G> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<G: Eq + Hash + Copy> Lane<G> {
    pub fn new(width: Width) -> Self {
        let state = State { held: 0, waiting: 0, arrivals: 0, groups: HashMap::new() };
        Self { inner: Arc::new(Inner { width, state: Mutex::new(state), shed: AtomicU64::new(0) }) }
    }

    /// Waits for a slot, no longer than the lane allows.
    pub async fn enter(&self, group: G) -> Result<Slot<G>, Full> {
        let entered = self.wait(group).await;
        if entered.is_err() {
            self.inner.shed.fetch_add(1, Ordering::Relaxed);
        }
        entered
    }

    async fn wait(&self, group: G) -> Result<Slot<G>, Full> {
        let (arrival, given) = {
            let mut state = self.state();
            let width = self.inner.width;
            let here = state.groups.get(&group);
            let (held, mine) = here.map_or((0, 0), |g| (g.held, g.line.len()));
            if state.held < width.slots && held < width.share && mine == 0 {
                state.hold(group);
                return Ok(Slot { lane: self.clone(), group });
            }
            if state.waiting >= width.line && !state.give_way(mine) {
                return Err(Full);
            }
            state.line_up(group)
        };
        let _place = Place { lane: self, group, arrival };
        match tokio::time::timeout(self.inner.width.wait, given).await {
            Ok(Ok(slot)) => Ok(slot),
            // Had to give way, or waited in vain.
            Ok(Err(_)) | Err(_) => Err(Full),
        }
    }

    /// How many are in work, how many wait, how many were sent away so far.
    pub fn load(&self) -> (usize, usize, u64) {
        let state = self.state();
        (state.held, state.waiting, self.inner.shed.load(Ordering::Relaxed))
    }

    /// Groups that have anything in work or in the line.
    pub fn groups(&self) -> usize {
        self.state().groups.len()
    }

    fn state(&self) -> MutexGuard<'_, State<G>> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands free slots to those whose turn it is. One who has given up meanwhile drops the slot, which comes back here.
    fn hand_out(&self, given: Vec<(G, oneshot::Sender<Slot<G>>)>) {
        for (group, to) in given {
            drop(to.send(Slot { lane: self.clone(), group }));
        }
    }
}

impl<G: Eq + Hash + Copy> State<G> {
    fn group(&mut self, group: G) -> &mut Group<G> {
        self.groups.entry(group).or_insert_with(|| Group { held: 0, line: VecDeque::new() })
    }

    fn hold(&mut self, group: G) {
        self.held += 1;
        self.group(group).held += 1;
    }

    fn line_up(&mut self, group: G) -> (u64, oneshot::Receiver<Slot<G>>) {
        let (give, given) = oneshot::channel();
        self.arrivals += 1;
        self.waiting += 1;
        let arrival = self.arrivals;
        self.group(group).line.push_back((arrival, give));
        (arrival, given)
    }

    /// Sends away the last of the longest part of the line, if that is longer than `mine` will be.
    fn give_way(&mut self, mine: usize) -> bool {
        let Some(longest) = self.groups.values_mut().max_by_key(|g| g.line.len()) else { return false };
        if longest.line.len() <= mine + 1 {
            return false;
        }
        longest.line.pop_back();
        self.waiting -= 1;
        true
    }

    fn next(&mut self, width: Width) -> Vec<(G, oneshot::Sender<Slot<G>>)> {
        let mut given = Vec::new();
        while self.held < width.slots {
            let ready = self.groups.iter().filter(|(_, g)| g.held < width.share && !g.line.is_empty());
            let first = |g: &Group<G>| g.line.front().map_or(u64::MAX, |(arrival, _)| *arrival);
            let Some(group) = ready.min_by_key(|(_, g)| (g.held, first(g))).map(|(group, _)| *group) else { break };
            let Some((_, to)) = self.group(group).line.pop_front() else { break };
            self.waiting -= 1;
            self.hold(group);
            given.push((group, to));
        }
        given
    }

    fn forget_if_gone(&mut self, group: G) {
        if self.groups.get(&group).is_some_and(|g| g.held == 0 && g.line.is_empty()) {
            self.groups.remove(&group);
        }
    }
}

impl<G: Eq + Hash + Copy> Drop for Slot<G> {
    fn drop(&mut self) {
        let given = {
            let mut state = self.lane.state();
            state.held -= 1;
            state.group(self.group).held -= 1;
            state.forget_if_gone(self.group);
            state.next(self.lane.inner.width)
        };
        self.lane.hand_out(given);
    }
}

impl<G: Eq + Hash + Copy> Drop for Place<'_, G> {
    fn drop(&mut self) {
        let mut state = self.lane.state();
        let line = &mut state.group(self.group).line;
        let before = line.len();
        line.retain(|(arrival, _)| *arrival != self.arrival);
        let left = before - line.len();
        state.waiting -= left;
        state.forget_if_gone(self.group);
    }
}

#[cfg(test)]
mod tests;
