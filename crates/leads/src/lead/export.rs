//! Leads taken along as a file, as contacts and companies are. What somebody agreed to stays: evidence is read where it
//! stands.

use axum::{extract::State, response::Response};
use crm::{
    export::{Exported, PAGE, as_csv, as_workbook, moment, own},
    field::custom::{CustomField, CustomObject, fill},
    name,
};
use edge::{App, May};
use kernel::{MemberId, Result, Uuid, id::Id};
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ExportLeads, Lead};

#[derive(Clone)]
struct Leads;

impl Exported for Leads {
    type May = ExportLeads;
    const TABLE: &'static str = "lead";
    const ACTION: &'static str = "lead.export";
    const HEADER: &'static [&'static str] = &[
        "given_name",
        "family_name",
        "company_name",
        "email",
        "phone",
        "country",
        "language",
        "status",
        "disqualified_reason",
        "score",
        "source",
        "campaign",
        "landing_page",
        "owner",
        "message",
        "answers",
        "created_at",
        "converted_at",
    ];

    fn file(&self) -> &str {
        "leads"
    }

    fn object(&self) -> CustomObject {
        CustomObject::Lead
    }

    async fn page(&self, tx: &mut Tx, after: Uuid, fields: &[CustomField]) -> Result<(Vec<Vec<String>>, Option<Uuid>)> {
        let query = tx.select::<Lead>().push(" AND lead.deleted_at IS NULL").and("lead.id >", after);
        let leads: Vec<Lead> = tx.all(query.push(" ORDER BY lead.id LIMIT ").bind(PAGE)).await?;
        let last = leads.last().map(|lead| lead.id.uuid());
        let owners = name::members(tx, leads.iter().map(|lead| lead.owner_id)).await?;
        let names = fill::names(tx, leads.iter().map(|lead| &lead.custom.0)).await?;
        let whole = |lead: Lead| -> Vec<String> {
            let own = own(fields, &lead.custom.0, &names);
            row(lead, &owners).into_iter().chain(own).collect()
        };
        Ok((leads.into_iter().map(whole).collect(), last))
    }
}

fn row(lead: Lead, owners: &name::Names<MemberId>) -> Vec<String> {
    let answers: Vec<String> = lead.answers.0.iter().map(|one| format!("{}: {}", one.question, one.answer)).collect();
    let cells = [
        lead.given_name,
        lead.family_name,
        lead.company_name,
        lead.email,
        lead.phone,
        lead.country,
        lead.language.map(|language| language.to_string()),
        Some(lead.status.to_string()),
        lead.disqualified_reason,
        Some(lead.score.to_string()),
        Some(lead.source),
        lead.utm.0.campaign,
        lead.landing_page,
        lead.owner_id.and_then(|owner| owners.name(owner)),
        lead.message,
        Some(answers.join("\n")),
        Some(moment(lead.created_at)),
        lead.converted_at.map(moment),
    ];
    cells.into_iter().map(Option::unwrap_or_default).collect()
}

#[utoipa::path(get, path = "/api/v1/leads/export.csv", operation_id = "lead_export", tag = "leads",
    responses((status = 200, description = "Every lead", content_type = "text/csv", body = String)))]
async fn lead_export(May(can): May<ExportLeads>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(as_csv(Leads, store, can).await?)
}

#[utoipa::path(get, path = "/api/v1/leads/export.xlsx", operation_id = "lead_export_workbook", tag = "leads",
    responses((status = 200, description = "Every lead, as a workbook", body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn lead_export_workbook(May(can): May<ExportLeads>, State(store): State<Store>) -> edge::Result<Response> {
    Ok(as_workbook(Leads, store, can).await?)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(lead_export)).routes(routes!(lead_export_workbook))
}
