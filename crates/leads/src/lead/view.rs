//! A lead as the API shows it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use crm::{
    company::CompanyId,
    contact::ContactId,
    deal::DealId,
    field::custom::{Values, fill, view::named},
    name::{self, Names, Ref},
    subject::may_read,
};
use kernel::{Caller, Language, MemberId, Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{ConvertLeads, DeleteLeads, EditLeads, Lead, LeadAnswer, LeadId, LeadStatus, Utm, consent::ConsentReceipt};
use crate::setting::rule::ScoreReason;

#[derive(Debug, Serialize, ToSchema)]
pub struct LeadView {
    pub id: LeadId,
    pub version: i64,
    /// What lists call it.
    #[schema(example = "Lucía Prieto")]
    pub name: String,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub company_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub country: Option<String>,
    pub language: Option<Language>,
    pub message: Option<String>,
    pub source: String,
    pub utm: Utm,
    pub landing_page: Option<String>,
    pub answers: Vec<LeadAnswer>,
    pub status: LeadStatus,
    pub disqualified_reason: Option<String>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    pub consent: Option<ConsentReceipt>,
    /// The sum of the points of `score_reasons`.
    #[schema(example = 35)]
    pub score: i64,
    pub score_reasons: Vec<ScoreReason>,
    /// What it has become, as far as the caller may read it.
    pub contact: Option<Ref<ContactId>>,
    pub company: Option<Ref<CompanyId>>,
    pub deal: Option<Ref<DealId>>,
    pub converted_at: Option<DateTime<Utc>>,
    pub converted_by: Option<Ref<MemberId>>,
    /// Values of the workspace's own fields, by the keys that `GET /api/v1/custom-fields` lists.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>, example = json!({ "vans": "12" }))]
    pub custom: Values,
    /// Names of the people and records that `custom` points at, by id.
    #[schema(example = json!({}))]
    pub custom_names: BTreeMap<String, String>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `assign`, `convert`, `delete` and `restore`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

/// The names a page of leads refers to.
struct Related {
    members: Names<MemberId>,
    contacts: Names<ContactId>,
    companies: Names<CompanyId>,
    deals: Names<DealId>,
    /// What values of custom fields point at.
    custom: BTreeMap<String, String>,
}

impl Related {
    async fn load(tx: &mut Tx, leads: &[Lead]) -> Result<Self> {
        Ok(Self {
            members: name::members(tx, leads.iter().flat_map(|l| [l.owner_id, l.converted_by])).await?,
            contacts: name::contacts(tx, leads.iter().map(|l| l.contact_id)).await?,
            companies: name::companies(tx, leads.iter().map(|l| l.company_id)).await?,
            deals: name::deals(tx, leads.iter().map(|l| l.deal_id)).await?,
            custom: fill::names(tx, leads.iter().map(|l| &l.custom.0)).await?,
        })
    }
}

pub async fn view(tx: &mut Tx, lead: Lead) -> Result<LeadView> {
    let related = Related::load(tx, std::slice::from_ref(&lead)).await?;
    Ok(build(lead, &related, tx.caller()))
}

pub async fn views(tx: &mut Tx, leads: Vec<Lead>) -> Result<Vec<LeadView>> {
    let related = Related::load(tx, &leads).await?;
    Ok(leads.into_iter().map(|lead| build(lead, &related, tx.caller())).collect())
}

fn build(lead: Lead, related: &Related, caller: &Caller) -> LeadView {
    LeadView {
        actions: actions(&lead, caller),
        id: lead.id,
        version: lead.version,
        name: lead.name,
        given_name: lead.given_name,
        family_name: lead.family_name,
        company_name: lead.company_name,
        email: lead.email,
        phone: lead.phone,
        country: lead.country,
        language: lead.language,
        message: lead.message,
        source: lead.source,
        utm: lead.utm.0,
        landing_page: lead.landing_page,
        answers: lead.answers.0,
        status: lead.status,
        disqualified_reason: lead.disqualified_reason,
        owner: related.members.maybe(lead.owner_id),
        owner_id: lead.owner_id,
        consent: lead.consent.map(|receipt| receipt.0),
        score: lead.score,
        score_reasons: lead.score_reasons.0,
        contact: related.contacts.maybe(lead.contact_id).filter(|of| may_read(caller, &of.id.to_string())),
        company: related.companies.maybe(lead.company_id).filter(|of| may_read(caller, &of.id.to_string())),
        deal: related.deals.maybe(lead.deal_id).filter(|of| may_read(caller, &of.id.to_string())),
        converted_at: lead.converted_at,
        converted_by: related.members.maybe(lead.converted_by),
        custom_names: named(&lead.custom.0, &related.custom),
        custom: lead.custom.0,
        deleted_at: lead.deleted_at,
        created_at: lead.created_at,
        updated_at: lead.updated_at,
    }
}

fn actions(lead: &Lead, caller: &Caller) -> Vec<&'static str> {
    if lead.status == LeadStatus::Converted {
        return Vec::new();
    }
    let deleted = lead.deleted_at.is_some();
    let mut actions = Vec::new();
    if !deleted && caller.holds(EditLeads::NAME) {
        actions.extend(["update", "assign"]);
    }
    if !deleted && caller.holds(ConvertLeads::NAME) {
        actions.push("convert");
    }
    if caller.holds(DeleteLeads::NAME) {
        actions.push(if deleted { "restore" } else { "delete" });
    }
    actions
}
