//! When two records are likely the same: a tree of comparisons joined by "all of" and "any of", which each tenant may
//! write anew for contacts and for companies.
//!
//! A comparison holds only where both records say something. Two companies with different tax ids are never the same,
//! whatever the tree says.

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Noun, likeness, profile::Profile};

kernel::states! {
    /// What is compared.
    pub enum Compared {
        Name = "name",
        Email = "email",
        Phone = "phone",
        TaxId = "tax_id",
        Domain = "domain",
        Linkedin = "linkedin",
        Street = "street",
        City = "city",
        PostalCode = "postal_code",
        BirthDate = "birth_date",
        Company = "company",
    }
}

impl Compared {
    /// The column of the record it is read from.
    pub const fn column(self) -> &'static str {
        match self {
            Compared::Name => "name",
            Compared::Company => "company_id",
            Compared::Linkedin => "linkedin_url",
            other => other.name(),
        }
    }
}

/// A tree: exactly one of `all`, `any`, `same` and `alike` (with `at_least`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "any": [{ "same": "email" }, { "all": [{ "alike": "name", "at_least": 90 }, { "same": "phone" }] }] }))]
pub struct Rule {
    /// All of these hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    pub all: Option<Vec<Rule>>,
    /// At least one of these holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    pub any: Option<Vec<Rule>>,
    /// Both have a value of this that is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same: Option<Compared>,
    /// Their values of this are alike: `name`, `street` or `city`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alike: Option<Compared>,
    /// Percent, 50 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u8>,
}

/// Why two records are held to be the same: never a value, only how alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    pub field: Compared,
    /// Percent; 100: the same.
    pub likeness: u8,
}

/// Comparisons and groups a tree may have, and how deep it may go.
const MOST: usize = 60;
const DEEPEST: usize = 6;

pub fn all(rules: Vec<Rule>) -> Rule {
    Rule { all: Some(rules), ..Rule::default() }
}

pub fn any(rules: Vec<Rule>) -> Rule {
    Rule { any: Some(rules), ..Rule::default() }
}

pub fn same(field: Compared) -> Rule {
    Rule { same: Some(field), ..Rule::default() }
}

pub fn alike(field: Compared, at_least: u8) -> Rule {
    Rule { alike: Some(field), at_least: Some(at_least), ..Rule::default() }
}

impl Rule {
    /// What we suggest.
    pub fn suggested(noun: Noun) -> Rule {
        use Compared::{BirthDate, City, Company, Domain, Email, Linkedin, Name, Phone, PostalCode, Street, TaxId};
        let place = || any(vec![same(PostalCode), alike(City, 85)]);
        match noun {
            Noun::Contact => any(vec![
                same(Email),
                same(Linkedin),
                all(vec![same(Phone), alike(Name, 75)]),
                all(vec![same(Company), alike(Name, 92)]),
                all(vec![same(BirthDate), alike(Name, 80)]),
                all(vec![same(BirthDate), alike(Street, 70), alike(Name, 50)]),
                all(vec![same(BirthDate), place(), alike(Name, 50)]),
                all(vec![alike(Street, 70), place(), alike(Name, 80)]),
                all(vec![same(PostalCode), alike(City, 85), alike(Name, 85)]),
            ]),
            Noun::Company => any(vec![
                same(TaxId),
                same(Domain),
                same(Linkedin),
                alike(Name, 96),
                all(vec![any(vec![same(Phone), same(Email), alike(Street, 85), place()]), alike(Name, 85)]),
            ]),
        }
    }

    /// Refuses a tree that could not be meant.
    pub fn check(&self, noun: Noun) -> Result<()> {
        let mut size = 0;
        self.check_at("rule", noun, 0, &mut size)
    }

    fn check_at(&self, path: &str, noun: Noun, depth: usize, size: &mut usize) -> Result<()> {
        *size += 1;
        if *size > MOST || depth > DEEPEST {
            return Err(Error::invalid(
                "rule",
                "rule_too_large",
                "Use at most 60 comparisons, at most six groups deep.",
            ));
        }
        let said = [self.all.is_some(), self.any.is_some(), self.same.is_some(), self.alike.is_some()];
        if said.iter().filter(|said| **said).count() != 1 || self.at_least.is_some() != self.alike.is_some() {
            let sentence = "Say one of all, any, same, or alike with at_least.";
            return Err(Error::invalid(path, "rule_unclear", sentence));
        }
        for (name, group) in [("all", &self.all), ("any", &self.any)] {
            let Some(group) = group else { continue };
            if group.is_empty() {
                return Err(Error::invalid(path, "rule_empty", "Give this group at least one comparison."));
            }
            for (at, rule) in group.iter().enumerate() {
                rule.check_at(&format!("{path}.{name}.{at}"), noun, depth + 1, size)?;
            }
        }
        let fitting = |field: Compared| match field {
            Compared::TaxId | Compared::Domain => noun == Noun::Company,
            Compared::BirthDate | Compared::Company => noun == Noun::Contact,
            _ => true,
        };
        if self.same.or(self.alike).is_some_and(|field| !fitting(field)) {
            return Err(Error::invalid(path, "field_unfit", "Choose a field that these records have."));
        }
        let graded = [Compared::Name, Compared::Street, Compared::City];
        if self.alike.is_some_and(|field| !graded.contains(&field)) {
            return Err(Error::invalid(path, "field_not_graded", "Only name, street and city can be alike; use same."));
        }
        if self.at_least.is_some_and(|percent| !(50..=100).contains(&percent)) {
            return Err(Error::invalid(path, "percent_out_of_range", "Give a likeness from 50 to 100."));
        }
        Ok(())
    }

    /// Why the two are likely the same: what held, each field once. None when they are not.
    pub fn reasons(&self, a: &Profile, b: &Profile) -> Option<Vec<Reason>> {
        if let (Some(one), Some(other)) = (&a.tax_id, &b.tax_id)
            && one != other
        {
            return None;
        }
        let mut compare = Comparison { a, b, seen: [None; 11] };
        if !compare.holds(self) {
            return None;
        }
        let mut reasons = Vec::new();
        compare.gather(self, &mut reasons);
        reasons.sort_by_key(|reason| (reason.field, std::cmp::Reverse(reason.likeness)));
        reasons.dedup_by_key(|reason| reason.field);
        Some(reasons)
    }
}

/// The strength of a pair in percent: the strongest single identifier stands for itself, else the mean of what held.
pub fn score(reasons: &[Reason]) -> i64 {
    let telling = [Compared::Email, Compared::TaxId, Compared::Linkedin, Compared::Domain];
    if reasons.iter().any(|reason| telling.contains(&reason.field)) {
        return 100;
    }
    let sum: i64 = reasons.iter().map(|reason| i64::from(reason.likeness)).sum();
    sum / i64::try_from(reasons.len().max(1)).unwrap_or(1)
}

/// One pair, with what has been compared already.
struct Comparison<'p> {
    a: &'p Profile,
    b: &'p Profile,
    seen: [Option<Option<u8>>; 11],
}

impl Comparison<'_> {
    fn holds(&mut self, rule: &Rule) -> bool {
        if let Some(field) = rule.same {
            return self.likeness(field) == Some(100);
        }
        if let (Some(field), Some(least)) = (rule.alike, rule.at_least) {
            return self.likeness(field).is_some_and(|percent| percent >= least);
        }
        if let Some(group) = &rule.any {
            return group.iter().any(|rule| self.holds(rule));
        }
        // What is quick to compare first.
        let group = rule.all.as_deref().unwrap_or_default();
        let quick = |rule: &&Rule| rule.same.is_some_and(|field| field != Compared::Name);
        !group.is_empty()
            && group.iter().filter(quick).all(|rule| self.holds(rule))
            && group.iter().filter(|rule| !quick(rule)).all(|rule| self.holds(rule))
    }

    /// The comparisons of the branches that hold.
    fn gather(&mut self, rule: &Rule, reasons: &mut Vec<Reason>) {
        if !self.holds(rule) {
            return;
        }
        if let Some(field) = rule.same.or(rule.alike) {
            reasons.extend(self.likeness(field).map(|likeness| Reason { field, likeness }));
        }
        for rule in rule.all.iter().chain(&rule.any).flatten() {
            self.gather(rule, reasons);
        }
    }

    fn likeness(&mut self, field: Compared) -> Option<u8> {
        let known = &mut self.seen[field as usize];
        if known.is_none() {
            *known = Some(likeness_of(field, self.a, self.b));
        }
        known.flatten()
    }
}

/// None where one of them says nothing, or neither the same nor comparable by degrees.
pub fn likeness_of(field: Compared, a: &Profile, b: &Profile) -> Option<u8> {
    fn one<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> Option<u8> {
        (a.is_some() && a == b).then_some(100)
    }
    fn list(a: &[String], b: &[String]) -> Option<u8> {
        a.iter().any(|value| b.contains(value)).then_some(100)
    }
    match field {
        Compared::Name => {
            let ways = [
                (&a.name, &b.name),
                (&a.other_name, &b.other_name),
                (&a.name, &b.other_name),
                (&a.other_name, &b.name),
            ];
            ways.into_iter().filter_map(|(a, b)| likeness::names(a, b)).max()
        }
        Compared::Email => list(&a.emails, &b.emails),
        Compared::Phone => list(&a.phones, &b.phones),
        Compared::TaxId => one(&a.tax_id, &b.tax_id),
        Compared::Domain => one(&a.domain, &b.domain),
        Compared::Linkedin => one(&a.linkedin, &b.linkedin),
        Compared::Street => likeness::lines(&a.street, &b.street),
        Compared::City => likeness::lines(&a.city, &b.city),
        Compared::PostalCode => (!a.postal_code.is_empty() && a.postal_code == b.postal_code).then_some(100),
        Compared::BirthDate => one(&a.birth_date, &b.birth_date),
        Compared::Company => one(&a.company, &b.company),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(rule: serde_json::Value) -> Rule {
        serde_json::from_value(rule).unwrap()
    }

    #[test]
    fn what_we_suggest_is_accepted_and_survives_the_wire() {
        for noun in [Noun::Contact, Noun::Company] {
            let rule = Rule::suggested(noun);
            rule.check(noun).unwrap();
            assert_eq!(parse(serde_json::to_value(&rule).unwrap()), rule);
        }
    }

    #[test]
    fn a_tree_that_cannot_be_meant_is_refused_by_its_place() {
        let deep = (0..9).fold(json!({ "same": "email" }), |inner, _| json!({ "all": [inner] }));
        for (rule, field, code) in [
            (json!({}), "rule", "rule_unclear"),
            (json!({ "same": "email", "any": [] }), "rule", "rule_unclear"),
            (json!({ "any": [] }), "rule", "rule_empty"),
            (json!({ "any": [{ "all": [{ "alike": "name" }] }] }), "rule.any.0.all.0", "rule_unclear"),
            (json!({ "alike": "email", "at_least": 90 }), "rule", "field_not_graded"),
            (json!({ "alike": "name", "at_least": 20 }), "rule", "percent_out_of_range"),
            (json!({ "same": "tax_id" }), "rule", "field_unfit"),
            (deep, "rule", "rule_too_large"),
            (json!({ "any": vec![json!({ "same": "email" }); 80] }), "rule", "rule_too_large"),
        ] {
            let Err(Error::Invalid { fields }) = parse(rule.clone()).check(Noun::Contact) else { panic!("{rule}") };
            assert_eq!((fields[0].field.as_str(), fields[0].code.as_str()), (field, code), "{rule}");
        }
    }

    #[test]
    fn and_and_or_mean_what_they_say_and_reasons_name_what_held() {
        let person = |name: &str, phone: &str| Profile {
            name: super::super::form::words(name),
            phones: vec![phone.to_owned()],
            ..Profile::default()
        };
        let (a, b) = (person("Ana Ruiz", "+341"), person("Ana Ruis", "+341"));
        let and = all(vec![alike(Compared::Name, 90), same(Compared::Phone)]);
        let found = and.reasons(&a, &b).unwrap();
        assert_eq!(found.iter().map(|r| r.field).collect::<Vec<_>>(), [Compared::Name, Compared::Phone]);
        assert!(found[0].likeness < 100 && found[1].likeness == 100);
        assert_eq!(and.reasons(&a, &person("Ana Ruis", "+342")), None);
        let or = any(vec![same(Compared::Email), same(Compared::Phone)]);
        assert_eq!(or.reasons(&a, &b).unwrap(), [Reason { field: Compared::Phone, likeness: 100 }]);
        assert_eq!(or.reasons(&a, &person("Ana Ruiz", "+343")), None);
        // What is not there is not the same.
        assert_eq!(same(Compared::BirthDate).reasons(&a, &b), None);
        let taxed = |id: &str| Profile { tax_id: Some(id.into()), ..person("Aurora", "+34") };
        assert!(or.reasons(&taxed("A1"), &taxed("A1")).is_some());
        assert_eq!(or.reasons(&taxed("A1"), &taxed("A2")), None);
    }
}
