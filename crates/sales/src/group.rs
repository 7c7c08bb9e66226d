//! A company with all that belong to it, and what each of them and the whole of them amount to: people, open deals, what
//! was invoiced and what of it is open. It stands here and not with companies, which know no prices.
//!
//! Invariant: a figure is the sum of what the company's own records say, and a total that of the company and all below it;
//! currencies are not added to each other. What the caller may not read is null, not nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use axum::extract::State;
use crm::{
    company::{self, Company, CompanyId, ReadCompanies, group, lineage},
    name::Ref,
};
use edge::{App, Json, May, Path};
use kernel::{Caller, Currency, Money, Result};
use serde::Serialize;
use store::{Store, Tx, sql};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// A group of companies, from one of them downwards.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyGroupView {
    /// Those above it, the topmost first.
    pub ancestors: Vec<Ref<CompanyId>>,
    /// The company itself and those below it, each before those that belong to it; at most 500.
    pub companies: Vec<GroupedCompany>,
    /// How many there are below it.
    #[schema(example = 4)]
    pub below: i64,
    /// Levels of a tree, at most.
    #[schema(example = 10)]
    pub deepest: i64,
}

/// A company of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupedCompany {
    pub id: CompanyId,
    #[schema(example = "Talleres Aurora")]
    pub name: String,
    /// None: the one that was asked about.
    pub parent_id: Option<CompanyId>,
    /// 0: the one that was asked about.
    #[schema(example = 1)]
    pub depth: i64,
    /// How many belong to it, all levels counted.
    #[schema(example = 3)]
    pub below: i64,
    /// Of itself alone.
    pub own: GroupFigures,
    /// Of itself and all below it.
    pub total: GroupFigures,
}

/// What companies amount to. A part the caller may not read is null.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupFigures {
    #[schema(example = 12)]
    pub contacts: Option<i64>,
    #[schema(example = 2)]
    pub open_deals: Option<i64>,
    /// By currency.
    pub open_deals_amount: Option<Vec<Money>>,
    /// What was invoiced, less what was credited, without taxes, by currency.
    pub revenue: Option<Vec<Money>>,
    /// Invoices that are not paid in full.
    #[schema(example = 1)]
    pub open_invoices: Option<i64>,
    /// What is still to be paid of them, by currency.
    pub open_invoices_amount: Option<Vec<Money>>,
}

/// Companies of a group that are told one by one.
const MOST: usize = 500;

/// Sums while they are made.
#[derive(Debug, Clone, Default)]
struct Sums {
    contacts: i64,
    open_deals: i64,
    deals: BTreeMap<&'static str, Money>,
    revenue: BTreeMap<&'static str, Money>,
    open_invoices: i64,
    owed: BTreeMap<&'static str, Money>,
}

fn add(sums: &mut BTreeMap<&'static str, Money>, amount: Money) {
    let sum = sums.entry(amount.currency.code()).or_insert(Money::zero(amount.currency));
    *sum = Money::new(sum.minor.saturating_add(amount.minor), amount.currency);
}

impl Sums {
    fn join(&mut self, other: &Sums) {
        self.contacts += other.contacts;
        self.open_deals += other.open_deals;
        self.open_invoices += other.open_invoices;
        for (mine, theirs) in
            [(&mut self.deals, &other.deals), (&mut self.revenue, &other.revenue), (&mut self.owed, &other.owed)]
        {
            theirs.values().for_each(|amount| add(mine, *amount));
        }
    }

    fn shown(&self, sees: Sees) -> GroupFigures {
        let list = |amounts: &BTreeMap<&'static str, Money>| amounts.values().copied().collect::<Vec<_>>();
        GroupFigures {
            contacts: sees.contacts.then_some(self.contacts),
            open_deals: sees.deals.then_some(self.open_deals),
            open_deals_amount: (sees.deals && sees.amounts).then(|| list(&self.deals)),
            revenue: (sees.invoices && sees.amounts).then(|| list(&self.revenue)),
            open_invoices: sees.invoices.then_some(self.open_invoices),
            open_invoices_amount: (sees.invoices && sees.amounts).then(|| list(&self.owed)),
        }
    }
}

/// What the caller may read.
#[derive(Debug, Clone, Copy)]
struct Sees {
    contacts: bool,
    deals: bool,
    invoices: bool,
    amounts: bool,
}

impl Sees {
    fn of(caller: &Caller) -> Sees {
        let holds = |permission| caller.holds(permission);
        Sees {
            contacts: holds("contact.read"),
            deals: holds("deal.read"),
            invoices: holds("invoice.read"),
            amounts: caller.sees_amounts(),
        }
    }
}

/// The group of a company that is there.
pub async fn group(tx: &mut Tx, top: &Company) -> Result<CompanyGroupView> {
    let sees = Sees::of(tx.caller());
    let below = group::descendants(tx, top.id).await?;
    let own = sums(tx, top.id, sees).await?;
    let above = group::ancestors(tx, top.id).await?;
    let mut children: HashMap<CompanyId, Vec<(CompanyId, String)>> = HashMap::new();
    let count = i64::try_from(below.len()).unwrap_or(i64::MAX);
    // What stands between may be out of the caller's sight: then it hangs on the one that was asked about.
    let seen: HashSet<CompanyId> = below.iter().map(|company| company.id).collect();
    for company in below {
        let parent = company.parent.filter(|parent| seen.contains(parent)).unwrap_or(top.id);
        children.entry(parent).or_default().push((company.id, company.name));
    }
    let mut companies = ordered(top, &children);
    let totals = totals(&companies, &own);
    companies.truncate(MOST);
    let none = Sums::default();
    let companies = companies.into_iter().map(|Placed { id, name, parent_id, depth }| GroupedCompany {
        own: own.get(&id).unwrap_or(&none).shown(sees),
        total: totals.get(&id).map_or(&none, |(sums, _)| sums).shown(sees),
        below: totals.get(&id).map_or(0, |(_, below)| *below),
        id,
        name,
        parent_id,
        depth,
    });
    Ok(CompanyGroupView {
        ancestors: above.into_iter().map(|(id, name)| Ref { id, name }).collect(),
        companies: companies.collect(),
        below: count,
        deepest: i64::try_from(lineage::DEEPEST).unwrap_or(i64::MAX),
    })
}

/// A company and its place.
struct Placed {
    id: CompanyId,
    name: String,
    parent_id: Option<CompanyId>,
    depth: i64,
}

/// Each before those below it.
fn ordered(top: &Company, children: &HashMap<CompanyId, Vec<(CompanyId, String)>>) -> Vec<Placed> {
    let mut waiting = vec![Placed { id: top.id, name: top.name.clone(), parent_id: None, depth: 0 }];
    let mut placed = Vec::new();
    while let Some(company) = waiting.pop() {
        let (id, depth) = (company.id, company.depth + 1);
        placed.push(company);
        for (child, name) in children.get(&id).into_iter().flatten().rev() {
            waiting.push(Placed { id: *child, name: name.clone(), parent_id: Some(id), depth });
        }
    }
    placed
}

/// What each and all below it amount to, and how many those are.
fn totals(placed: &[Placed], own: &HashMap<CompanyId, Sums>) -> HashMap<CompanyId, (Sums, i64)> {
    let start = |company: &Placed| (company.id, (own.get(&company.id).cloned().unwrap_or_default(), 0));
    let mut totals: HashMap<CompanyId, (Sums, i64)> = placed.iter().map(start).collect();
    // From below: what is complete goes to the one above.
    for company in placed.iter().rev() {
        let Some(parent) = company.parent_id else { continue };
        let Some((sums, below)) = totals.get(&company.id).cloned() else { continue };
        if let Some(above) = totals.get_mut(&parent) {
            above.0.join(&sums);
            above.1 += below + 1;
        }
    }
    totals
}

/// What the records of each of them say.
async fn sums(tx: &mut Tx, top: CompanyId, sees: Sees) -> Result<HashMap<CompanyId, Sums>> {
    let mut sums: HashMap<CompanyId, Sums> = HashMap::new();
    if sees.contacts {
        for (company, count) in group::contacts(tx, top).await? {
            sums.entry(company).or_default().contacts = count;
        }
    }
    if sees.deals {
        for (company, count, amount) in group::open_deals(tx, top).await? {
            let of = sums.entry(company).or_default();
            of.open_deals += count;
            add(&mut of.deals, amount);
        }
    }
    if sees.invoices {
        for (company, currency, net, owed, open) in invoices(tx, top).await? {
            let of = sums.entry(company).or_default();
            of.open_invoices += open;
            add(&mut of.revenue, Money::new(net.unwrap_or_default(), currency));
            if open > 0 {
                add(&mut of.owed, Money::new(owed.unwrap_or_default(), currency));
            }
        }
    }
    Ok(sums)
}

/// Company, currency, net of all issued, what is open, and of how many.
type Invoiced = (CompanyId, Currency, Option<i64>, Option<i64>, i64);

async fn invoices(tx: &mut Tx, top: CompanyId) -> Result<Vec<Invoiced>> {
    let query = sql!(
        "SELECT company_id, currency, \
         CAST(sum(CAST(totals ->> 'net' AS BIGINT) * CASE kind WHEN 'credit_note' THEN -1 ELSE 1 END) AS BIGINT), \
         CAST(sum(CASE WHEN settled_minor < payable_minor THEN payable_minor - settled_minor ELSE 0 END) AS BIGINT), \
         count(CASE WHEN settled_minor < payable_minor THEN 1 END) \
         FROM invoice WHERE tenant_id = {} AND state = 'issued' AND company_id",
        tx.tenant_id()
    );
    Ok(tx.all(group::within(tx, query, top).push(" GROUP BY company_id, currency")).await?)
}

#[utoipa::path(get, path = "/api/v1/companies/{id}/group", operation_id = "company_group_figures", tag = "companies", params(("id" = CompanyId, Path)),
    responses((status = 200, description = "The company and those below it, with what they amount to", body = CompanyGroupView)))]
async fn company_group_figures(
    May(can): May<ReadCompanies>,
    State(store): State<Store>,
    Path(id): Path<CompanyId>,
) -> edge::Result<Json<CompanyGroupView>> {
    let mut tx = store.read(&can).await?;
    let top = company::living(&mut tx, id).await?;
    Ok(Json(group(&mut tx, &top).await?))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(company_group_figures))
}
