//! Which pairs are worth comparing. Comparing everybody with everybody grows with the square; instead each record is
//! put under keys that two of the same are likely to share, and only those under one key are compared.
//!
//! A pair that shares several keys is compared once. Under a key that very many share (a first name's beginning in one
//! town), each is compared with its neighbours in the order of names only.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{
    profile::Profile,
    rule::{Reason, Rule},
};

/// So many under one key are all compared with each other.
const CROWD: usize = 60;
/// In a crowd, with how many behind it each is compared.
const NEIGHBOURS: usize = 12;

/// Two records by their place in the list, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub first: usize,
    pub second: usize,
    pub reasons: Vec<Reason>,
}

fn key(kind: u8, parts: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, parts).hash(&mut hasher);
    hasher.finish()
}

fn beginning(text: &str, letters: usize) -> &str {
    text.char_indices().nth(letters).map_or(text, |(at, _)| &text[..at])
}

/// The keys of one record.
fn keys(profile: &Profile) -> Vec<u64> {
    let mut keys = Vec::with_capacity(24);
    for (kind, values) in [(1, &profile.emails), (2, &profile.phones)] {
        keys.extend(values.iter().map(|value| key(kind, &[value])));
    }
    for (kind, value) in [(3, &profile.tax_id), (4, &profile.domain), (5, &profile.linkedin)] {
        keys.extend(value.iter().map(|value| key(kind, &[value])));
    }
    if let Some(day) = profile.birth_date {
        keys.push(key(6, &[&day.to_string()]));
    }
    for name in [&profile.name, &profile.other_name] {
        if name.is_empty() {
            continue;
        }
        let mut sorted: Vec<&str> = name.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        keys.push(key(7, &[&sorted.concat()]));
        keys.push(key(8, &[&skeleton(&sorted.concat())]));
        keys.push(key(9, &[&name.concat()]));
        for word in name {
            let start = beginning(word, 2);
            let places = [(10, profile.postal_code.as_str()), (11, beginning(&profile.city, 4))];
            keys.extend(
                places.into_iter().filter(|(_, place)| !place.is_empty()).map(|(k, place)| key(k, &[place, start])),
            );
            if !profile.street.is_empty() {
                keys.push(key(13, &[&skeleton(&profile.street), start]));
                keys.push(key(14, &[beginning(&profile.street, 9), start]));
            }
            if let Some(company) = &profile.company {
                keys.push(key(12, &[&company.to_string(), beginning(word, 3)]));
            }
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The consonants, each run of one once: what misspelling leaves.
fn skeleton(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        if !"aeiouyhw".contains(c) && !kept.ends_with(c) {
            kept.push(c);
        }
    }
    kept
}

/// The pairs of a list that the rule holds for, in the order of the list. `progress` is told now and then how far it is,
/// in percent.
pub fn pairs(profiles: &[Profile], rule: &Rule, mut progress: impl FnMut(u8)) -> Vec<Found> {
    let of_each: Vec<Vec<u64>> = profiles.iter().map(keys).collect();
    let mut under: Vec<(u64, u32)> = Vec::with_capacity(of_each.iter().map(Vec::len).sum());
    for (at, keys) in of_each.iter().enumerate() {
        under.extend(keys.iter().map(|key| (*key, u32::try_from(at).unwrap_or(u32::MAX))));
    }
    under.sort_unstable();
    let blocks: Vec<&[(u64, u32)]> = under.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1).collect();
    let crowded: HashSet<u64> = blocks.iter().filter(|block| block.len() > CROWD).map(|block| block[0].0).collect();
    let mut found = Vec::new();
    let mut in_crowds = HashSet::new();
    let mut compare = |a: usize, b: usize| {
        let (first, second) = (a.min(b), a.max(b));
        let reasons = rule.reasons(&profiles[first], &profiles[second]);
        found.extend(reasons.map(|reasons| Found { first, second, reasons }));
    };
    for (done, block) in blocks.iter().enumerate() {
        if done % 4096 == 0 {
            progress(u8::try_from(done * 100 / blocks.len()).unwrap_or(100));
        }
        let shared = block[0].0;
        let mut members: Vec<usize> = block.iter().map(|(_, at)| *at as usize).collect();
        if members.len() > CROWD {
            members.sort_by(|a, b| {
                (&profiles[*a].name, &profiles[*a].street).cmp(&(&profiles[*b].name, &profiles[*b].street))
            });
            for (at, one) in members.iter().enumerate() {
                for other in members[at + 1..].iter().take(NEIGHBOURS) {
                    if lowest_common(&of_each[*one], &of_each[*other], &crowded).is_none()
                        && in_crowds.insert((*one.min(other), *one.max(other)))
                    {
                        compare(*one, *other);
                    }
                }
            }
            continue;
        }
        for (at, one) in members.iter().enumerate() {
            for other in &members[at + 1..] {
                if lowest_common(&of_each[*one], &of_each[*other], &crowded) == Some(shared) {
                    compare(*one, *other);
                }
            }
        }
    }
    progress(100);
    found.sort_by_key(|pair| (pair.first, pair.second));
    found
}

/// The lowest key that both have and no crowd shares: the one under which the pair is compared.
fn lowest_common(a: &[u64], b: &[u64], crowded: &HashSet<u64>) -> Option<u64> {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal if crowded.contains(x) => (i, j) = (i + 1, j + 1),
            std::cmp::Ordering::Equal => return Some(*x),
        }
    }
    None
}
