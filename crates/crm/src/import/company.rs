//! The company of a row: one that is there already, or a new one. For a chunk, those that are there are asked for by a
//! few questions, and the new ones written together.

use std::collections::{HashMap, HashSet};

use kernel::{Result, Sealed, id::Id};
use store::{OnConstraint, Tx};

use crate::{
    company::{Company, CompanyId, document, find_like, living},
    field::custom::fill::{self, Filled},
};

/// A company that is there, as far as rows are compared with it.
#[derive(Debug, Clone)]
struct There {
    id: CompanyId,
    name: String,
    tax_id: Option<Sealed>,
}

/// Companies by what they are recognised by, in the order of [`find_like`].
#[derive(Debug, Default)]
pub struct Index {
    by_tax_id: HashMap<String, There>,
    by_domain: HashMap<String, There>,
    by_name: HashMap<String, There>,
}

/// The companies a chunk's rows may be about.
#[derive(Debug, Default)]
pub struct Companies {
    there: Index,
    /// To be made.
    new: Vec<(Company, Filled)>,
}

/// What a row's company came to.
pub struct Linked {
    pub id: CompanyId,
    pub name: String,
    /// Did it have to be made?
    pub new: bool,
}

/// The company that `wanted` is about, if the tenant has it. Two tax ids are two companies, whatever they are called.
pub async fn existing(tx: &mut Tx, wanted: &Company) -> Result<Option<Company>> {
    let mut whole = tx.beyond_reach("a company is not made twice; only that it exists is shown");
    let found = find_like(&mut whole, wanted.tax_id.as_ref(), wanted.domain.as_deref(), &wanted.name).await?;
    Ok(found.filter(|company| match (&company.tax_id, &wanted.tax_id) {
        (Some(theirs), Some(wanted)) => theirs == wanted,
        _ => true,
    }))
}

impl Index {
    /// The first one stays: it is the one that looking for it alone would find.
    /// What was merged is `kept` by another name.
    fn note(&mut self, company: &Company, kept: &Company) {
        let there = || There { id: kept.id, name: kept.name.clone(), tax_id: company.tax_id.clone() };
        if let Some(tax_id) = &company.tax_id {
            self.by_tax_id.entry(tax_id.reveal().to_owned()).or_insert_with(there);
        }
        if let Some(domain) = &company.domain {
            self.by_domain.entry(domain.clone()).or_insert_with(there);
        }
        self.by_name.entry(company.name_folded.clone()).or_insert_with(there);
    }

    fn by_tax_id(&self, company: &Company) -> Option<&There> {
        self.by_tax_id.get(company.tax_id.as_ref()?.reveal())
    }

    fn by_domain(&self, company: &Company) -> Option<&There> {
        self.by_domain.get(company.domain.as_ref()?)
    }
}

impl Companies {
    /// The live companies that share a tax id, a domain or a name with one of these.
    pub async fn load(tx: &mut Tx, wanted: &[&Company]) -> Result<Companies> {
        let mut whole = tx.beyond_reach("a company is not made twice because the one who imports does not see it");
        let tx = &mut *whole;
        let mut companies = Companies::default();
        let mut indexes = HashSet::new();
        for id in wanted.iter().filter_map(|company| company.tax_id.as_ref()) {
            indexes.insert(tx.blind_index("company", "tax_id", id.reveal()).await?);
        }
        let domains: HashSet<String> = wanted.iter().filter_map(|company| company.domain.clone()).collect();
        let names: HashSet<String> = wanted.iter().map(|company| company.name_folded.clone()).collect();
        let live = |tx: &Tx| {
            tx.select::<Company>().push(" AND (company.deleted_at IS NULL OR company.merged_into IS NOT NULL)")
        };
        let mut questions = Vec::new();
        if !indexes.is_empty() {
            questions.push(live(tx).push(" AND company.tax_id_index IN ").bind_list(indexes));
        }
        for (column, values) in [("company.domain", domains), ("company.name_folded", names)] {
            if !values.is_empty() {
                questions.push(tx.and_among(live(tx), column, values));
            }
        }
        for question in questions {
            let order = " ORDER BY company.deleted_at IS NOT NULL, company.id";
            for company in tx.all::<Company>(question.push(order)).await? {
                let kept = if company.merged_into.is_some() { living(tx, company.id).await? } else { company.clone() };
                if kept.deleted_at.is_none() {
                    companies.there.note(&company, &kept);
                }
            }
        }
        Ok(companies)
    }

    /// The company that a row is about, if there is one.
    pub fn peek(&self, wanted: &Company, carried: Option<&Index>) -> Option<CompanyId> {
        self.same(wanted, carried).map(|there| there.id)
    }

    fn same<'i>(&'i self, wanted: &Company, carried: Option<&'i Index>) -> Option<&'i There> {
        let both = || std::iter::once(&self.there).chain(carried);
        let known = both()
            .find_map(|index| index.by_tax_id(wanted))
            .or_else(|| both().find_map(|index| index.by_domain(wanted)))
            .or_else(|| both().find_map(|index| index.by_name.get(&wanted.name_folded)));
        // Two tax ids are two companies, whatever they are called.
        known.filter(|there| match (&there.tax_id, &wanted.tax_id) {
            (Some(theirs), Some(wanted)) => theirs == wanted,
            _ => true,
        })
    }

    /// The company of a row; a new one counts as being there for the rows behind it.
    /// `carried` are those that the chunks before would have made.
    pub fn link(&mut self, wanted: Company, custom: Filled, carried: Option<&Index>) -> Linked {
        let same = self.same(&wanted, carried);
        if let Some(there) = same {
            return Linked { id: there.id, name: there.name.clone(), new: false };
        }
        let linked = Linked { id: wanted.id, name: wanted.name.clone(), new: true };
        // Where a name or domain is taken by another company, the rows behind still find that one by it, as before.
        self.there.note(&wanted, &wanted);
        self.new.push((wanted, custom));
        linked
    }

    /// Leaves those that would be made to the chunks behind.
    pub fn carry(&self, carried: &mut Index) {
        for (company, _) in &self.new {
            carried.note(company, company);
        }
    }

    /// Writes those that had to be made.
    pub async fn write(self, tx: &mut Tx) -> Result<()> {
        let (companies, custom): (Vec<Company>, Vec<Filled>) = self.new.into_iter().unzip();
        tx.insert_all(&companies).await.on_constraint("company_tax_id_index_key", || {
            // Somebody has just made it; the chunk is repeated and finds it.
            kernel::Error::conflict("tax_id_taken", "A company with this tax id has just been made.")
        })?;
        let mut documents: Vec<_> = companies.iter().map(document).collect();
        let mut rows = Vec::new();
        for ((company, custom), document) in companies.iter().zip(&custom).zip(&mut documents) {
            document.text.extend(custom.words.iter().cloned());
            rows.extend(custom.rows(company.id.uuid()));
        }
        fill::put(tx, rows);
        Ok(tx.index_all(documents).await?)
    }
}
