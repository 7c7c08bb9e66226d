//! How far a caller sees: which records of a noun, beyond holding the permission to read them, and which of their fields.
//!
//! Invariant: [`Reach::whole`] is what the product itself and owners have; everybody else's is worked out at the door
//! from the role as it is tuned. Who is narrowed sees at least what is theirs.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{Error, FieldRight, FieldRights, MemberId, field_right::fields_hidden};

crate::states! {
    /// The nouns whose records have an owner, or somebody who answers for them.
    pub enum Noun {
        Company = "company",
        Contact = "contact",
        Deal = "deal",
        Lead = "lead",
        /// Records of all custom objects.
        Record = "custom_record",
        Activity = "activity",
    }
}

crate::states! {
    /// Which records of a noun a role sees.
    pub enum Span {
        /// Every record.
        All = "all",
        /// Those of the members of one's teams, and one's own.
        Team = "team",
        /// One's own.
        Own = "own",
    }
}

/// The reach of one caller. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach(Option<Arc<Narrowed>>);

/// Who is narrowed, and to whose records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrowed {
    pub member: MemberId,
    /// The member and everybody in one of its teams; never empty.
    pub peers: Vec<MemberId>,
    /// The nouns that are narrowed, and how; what is not named is seen whole.
    pub spans: BTreeMap<Noun, Span>,
    /// What is taken of single fields.
    #[serde(default)]
    pub fields: FieldRights,
}

impl Narrowed {
    pub fn span(&self, noun: Noun) -> Span {
        self.spans.get(&noun).copied().unwrap_or(Span::All)
    }
}

impl Reach {
    /// Sees everything.
    pub fn whole() -> Self {
        Self(None)
    }

    /// Sees what `spans` leave of each noun, and `fields` of each record.
    pub fn of(
        member: MemberId,
        mut peers: Vec<MemberId>,
        mut spans: BTreeMap<Noun, Span>,
        fields: FieldRights,
    ) -> Self {
        spans.retain(|_, span| *span != Span::All);
        if spans.is_empty() && fields.is_empty() {
            return Self::whole();
        }
        peers.push(member);
        peers.sort_unstable();
        peers.dedup();
        Self(Some(Arc::new(Narrowed { member, peers, spans, fields })))
    }

    /// None: nothing is narrowed.
    pub fn narrowed(&self) -> Option<&Narrowed> {
        self.0.as_deref()
    }

    /// What was written of it.
    pub fn read(narrowed: Option<Narrowed>) -> Self {
        narrowed.map_or_else(Self::whole, |Narrowed { member, peers, spans, fields }| {
            Self::of(member, peers, spans, fields)
        })
    }

    /// Are there records it does not see?
    pub fn narrows_records(&self) -> bool {
        self.narrowed().is_some_and(|narrowed| !narrowed.spans.is_empty())
    }

    /// What is taken of a field; None: nothing.
    pub fn field(&self, object: &str, field: &str) -> Option<FieldRight> {
        self.narrowed()?.fields.of(object, field)
    }

    /// Refuses who is not shown a field of such records, where all of them are needed.
    pub fn must_see_every_field(&self, object: &str) -> Result<(), Error> {
        match self.narrowed() {
            Some(narrowed) if narrowed.fields.hides_some(object) => Err(fields_hidden()),
            _ => Ok(()),
        }
    }

    pub fn span(&self, noun: Noun) -> Span {
        self.narrowed().map_or(Span::All, |narrowed| narrowed.span(noun))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sees_all_of_everything_is_not_narrowed() {
        let me = MemberId::new();
        assert_eq!(
            Reach::of(me, vec![], BTreeMap::from([(Noun::Deal, Span::All)]), FieldRights::default()),
            Reach::whole()
        );
    }

    #[test]
    fn who_is_narrowed_is_among_the_peers_and_is_read_back_as_written() {
        let (me, other) = (MemberId::new(), MemberId::new());
        let reach = Reach::of(me, vec![other], BTreeMap::from([(Noun::Deal, Span::Team)]), FieldRights::default());
        let narrowed = reach.narrowed().unwrap();
        assert!(narrowed.peers.contains(&me) && narrowed.peers.contains(&other));
        assert_eq!((reach.span(Noun::Deal), reach.span(Noun::Lead)), (Span::Team, Span::All));
        let written = serde_json::to_string(narrowed).unwrap();
        assert_eq!(Reach::read(serde_json::from_str(&written).unwrap()), reach);
    }

    #[test]
    fn who_is_not_shown_a_field_sees_every_record() {
        let mut fields = FieldRights::default();
        fields.set("contact", "email", FieldRight::Hidden);
        let reach = Reach::of(MemberId::new(), vec![], BTreeMap::new(), fields);
        assert!(reach.narrowed().is_some() && !reach.narrows_records());
        assert_eq!(
            (reach.field("contact", "email"), reach.field("contact", "phone")),
            (Some(FieldRight::Hidden), None)
        );
        assert!(reach.must_see_every_field("contact").is_err() && reach.must_see_every_field("deal").is_ok());
    }
}
