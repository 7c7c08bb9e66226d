//! Where the leads of a period came from, how many became customers, and what was won of them.

use std::collections::BTreeMap;

use kernel::{Currency, Result};
use store::{Tx, sql};

use super::{
    ReportColumn, ReportRow, ReportUnit, Wanted, column,
    money::{self, Sums},
    percent,
};
use crate::deal::DealState;

#[derive(Default)]
struct Found {
    leads: i64,
    converted: i64,
    won: Sums,
}

pub(super) async fn count(tx: &mut Tx, wanted: &Wanted) -> Result<(Vec<ReportColumn>, Vec<ReportRow>)> {
    let (tenant, (from, below)) = (tx.tenant_id(), wanted.span);
    let leads = sql!(
        "SELECT source, status, count(*) FROM lead WHERE tenant_id = {} AND deleted_at IS NULL \
         AND created_at >= {} AND created_at < {}",
        tenant,
        from,
        below
    );
    let leads = wanted.narrow(tx, leads.and_if("owner_id =", wanted.owner), "lead.id").push(" GROUP BY source, status");
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for (source, status, count) in tx.all::<(String, String, i64)>(leads).await? {
        let of = found.entry(source).or_default();
        of.leads += count;
        of.converted += if status == "converted" { count } else { 0 };
    }
    let won = sql!(
        "SELECT lead.source, deal.currency, count(*), sum(deal.amount_minor) FROM lead JOIN deal \
         ON deal.tenant_id = lead.tenant_id AND deal.id = lead.deal_id \
         WHERE lead.tenant_id = {} AND lead.deleted_at IS NULL AND lead.created_at >= {} AND lead.created_at < {} \
         AND deal.state = {} AND deal.deleted_at IS NULL",
        tenant,
        from,
        below,
        DealState::Won
    );
    let won = wanted
        .narrow(tx, won.and_if("lead.owner_id =", wanted.owner), "lead.id")
        .push(" GROUP BY lead.source, deal.currency");
    for (source, currency, deals, minor) in tx.all::<(String, Currency, i64, i64)>(won).await? {
        found.entry(source).or_default().won.add(deals, currency, minor, 0);
    }
    let currencies = money::currencies(found.values().map(|of| &of.won));
    let row = |(source, of): (&String, &Found)| {
        let counted = [
            Some(of.leads.to_string()),
            Some(of.converted.to_string()),
            percent(of.converted, of.leads),
            Some(of.won.deals.to_string()),
        ];
        let values = counted.into_iter().chain(money::values(&of.won, &currencies, false)).collect();
        ReportRow { label: Some(source.clone()), id: None, special: None, values }
    };
    let mut rows: Vec<(i64, ReportRow)> = found.iter().map(|of| (of.1.leads, row(of))).collect();
    rows.sort_by_key(|(leads, _)| std::cmp::Reverse(*leads));
    let counted = [
        column("leads", ReportUnit::Count),
        column("converted", ReportUnit::Count),
        column("of_all", ReportUnit::Percent),
        column("won", ReportUnit::Count),
    ];
    let columns = counted.into_iter().chain(money::columns(&["amount"], &currencies)).collect();
    Ok((columns, rows.into_iter().map(|(_, row)| row).collect()))
}
