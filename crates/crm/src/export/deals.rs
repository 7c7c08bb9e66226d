//! Deals as rows.

use axum::{extract::State, response::Response};
use edge::{App, May};
use kernel::{MemberId, Result, Uuid, id::Id};
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Exported, PAGE, as_csv, as_workbook, moment, named, own};
use crate::{
    company::CompanyId,
    contact::ContactId,
    deal::{Deal, ExportDeals, lost::LostReasonId},
    field::custom::{CustomField, CustomObject},
    name::{self, Names},
    pipeline::{PipelineId, StageId},
};

#[derive(Clone)]
struct Deals;

impl Exported for Deals {
    type May = ExportDeals;
    const TABLE: &'static str = "deal";
    const ACTION: &'static str = "deal.export";
    const HEADER: &'static [&'static str] = &[
        "name",
        "company",
        "contact",
        "pipeline",
        "stage",
        "state",
        "amount",
        "currency",
        "expected_close",
        "owner",
        "lost_for",
        "lost_reason",
        "created_at",
        "closed_at",
    ];
    const AMOUNTS: &'static [&'static str] = &["amount"];

    fn file(&self) -> &str {
        "deals"
    }

    fn object(&self) -> CustomObject {
        CustomObject::Deal
    }

    async fn page(&self, tx: &mut Tx, after: Uuid, fields: &[CustomField]) -> Result<(Vec<Vec<String>>, Option<Uuid>)> {
        let query = tx.select::<Deal>().push(" AND deal.deleted_at IS NULL").and("deal.id >", after);
        let deals: Vec<Deal> = tx.all(query.push(" ORDER BY deal.id LIMIT ").bind(PAGE)).await?;
        let last = deals.last().map(|deal| deal.id.uuid());
        let related = Related::load(tx, &deals).await?;
        let names = named(tx, deals.iter().map(|deal| &deal.custom.0)).await?;
        let whole = |deal: Deal| -> Vec<String> {
            let own = own(fields, &deal.custom.0, &names);
            row(deal, &related).into_iter().chain(own).collect()
        };
        Ok((deals.into_iter().map(whole).collect(), last))
    }
}

/// The names a page of deals refers to.
struct Related {
    companies: Names<CompanyId>,
    contacts: Names<ContactId>,
    pipelines: Names<PipelineId>,
    stages: Names<StageId>,
    owners: Names<MemberId>,
    reasons: Names<LostReasonId>,
}

impl Related {
    async fn load(tx: &mut Tx, deals: &[Deal]) -> Result<Self> {
        Ok(Self {
            companies: name::companies(tx, deals.iter().map(|deal| deal.company_id)).await?,
            contacts: name::contacts(tx, deals.iter().map(|deal| deal.contact_id)).await?,
            pipelines: name::pipelines(tx, deals.iter().map(|deal| Some(deal.pipeline_id))).await?,
            stages: name::stages(tx, deals.iter().map(|deal| Some(deal.stage_id))).await?,
            owners: name::members(tx, deals.iter().map(|deal| deal.owner_id)).await?,
            reasons: name::lost_reasons(tx, deals.iter().map(|deal| deal.lost_reason_id)).await?,
        })
    }
}

fn row(deal: Deal, related: &Related) -> Vec<String> {
    let amount = deal.amount().decimal().to_string();
    let cells = [
        Some(deal.name),
        deal.company_id.and_then(|id| related.companies.name(id)),
        deal.contact_id.and_then(|id| related.contacts.name(id)),
        related.pipelines.name(deal.pipeline_id),
        related.stages.name(deal.stage_id),
        Some(deal.state.to_string()),
        Some(amount),
        Some(deal.currency.to_string()),
        deal.expected_close.map(|day| day.to_string()),
        deal.owner_id.and_then(|id| related.owners.name(id)),
        deal.lost_reason_id.and_then(|id| related.reasons.name(id)),
        deal.lost_reason,
        Some(moment(deal.created_at)),
        deal.closed_at.map(moment),
    ];
    cells.into_iter().map(Option::unwrap_or_default).collect()
}

#[utoipa::path(get, path = "/api/v1/deals/export.csv", operation_id = "deal_export", tag = "deals",
    responses((status = 200, description = "Every deal", content_type = "text/csv", body = String)))]
async fn deal_export(May(can): May<ExportDeals>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(as_csv(Deals, store, can).await?)
}

#[utoipa::path(get, path = "/api/v1/deals/export.xlsx", operation_id = "deal_export_workbook", tag = "deals",
    responses((status = 200, description = "Every deal, as a workbook", body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn deal_export_workbook(May(can): May<ExportDeals>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(as_workbook(Deals, store, can).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(deal_export)).routes(routes!(deal_export_workbook))
}
