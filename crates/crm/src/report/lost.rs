//! Why deals were lost in a period: by the reasons the workspace keeps; what was only written in words stands together.

use std::collections::BTreeMap;

use kernel::{Currency, Result};
use store::{Tx, sql};

use super::{
    ReportColumn, ReportRow, ReportUnit, Wanted, column,
    money::{self, Sums},
};
use crate::{
    deal::{DealState, lost::LostReasonId},
    name,
};

pub(super) async fn count(tx: &mut Tx, wanted: &Wanted) -> Result<(Vec<ReportColumn>, Vec<ReportRow>)> {
    let query = sql!(
        "SELECT lost_reason_id, currency, count(*), sum(amount_minor) FROM deal WHERE tenant_id = {} AND pipeline_id = {} \
         AND state = {} AND deleted_at IS NULL AND closed_at >= {} AND closed_at < {}",
        tx.tenant_id(),
        wanted.pipeline.id,
        DealState::Lost,
        wanted.span.0,
        wanted.span.1
    );
    let query = wanted
        .narrow(tx, query.and_if("owner_id =", wanted.owner), "deal.id")
        .push(" GROUP BY lost_reason_id, currency");
    let found: Vec<(Option<LostReasonId>, Currency, i64, i64)> = tx.all(query).await?;
    let names = name::lost_reasons(tx, found.iter().map(|(id, ..)| *id)).await?;
    let mut sums: BTreeMap<Option<LostReasonId>, Sums> = BTreeMap::new();
    for (reason, currency, deals, minor) in found {
        sums.entry(reason).or_default().add(deals, currency, minor, 0);
    }
    let currencies = money::currencies(sums.values());
    let row = |(reason, sums): (Option<LostReasonId>, &Sums)| ReportRow {
        label: reason.and_then(|id| names.name(id)),
        id: reason.map(|id| id.to_string()),
        special: reason.is_none().then(|| "none".to_owned()),
        values: std::iter::once(Some(sums.deals.to_string())).chain(money::values(sums, &currencies, false)).collect(),
    };
    let mut rows: Vec<(i64, ReportRow)> =
        sums.iter().map(|(reason, sums)| (sums.deals, row((*reason, sums)))).collect();
    rows.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.label.cmp(&b.label)));
    let counted = std::iter::once(column("deals", ReportUnit::Count));
    let columns = counted.chain(money::columns(&["amount"], &currencies)).collect();
    Ok((columns, rows.into_iter().map(|(_, row)| row).collect()))
}
