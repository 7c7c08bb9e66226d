//! A lead: somebody who may become a customer.

pub mod assign;
mod bulk;
pub mod consent;
pub mod convert;
pub mod create;
pub mod delete;
pub(crate) mod export;
mod import;
pub mod likely;
pub mod list;
pub(crate) mod routes;
pub mod update;
pub mod view;

use chrono::{DateTime, Utc};
pub use crm::subject::LeadId;
use crm::{
    company::CompanyId,
    contact::ContactId,
    deal::DealId,
    field::custom::{
        Values,
        lead::{self as custom, LeadValues},
    },
};
use kernel::{Error, Event, Json, Language, MemberId, Result, permissions};
use serde::{Deserialize, Serialize};
use store::Tx;
use utoipa::ToSchema;

use crate::setting::rule::ScoreReason;
use consent::ConsentReceipt;

kernel::states! {
    /// How far a lead is.
    pub enum LeadStatus {
        New = "new",
        Working = "working",
        Qualified = "qualified",
        /// Will not become a customer, with a reason.
        Disqualified = "disqualified",
        /// Has become a contact, and what else was chosen. The end.
        Converted = "converted",
    }
}

permissions! {
    /// See leads, with their scores and how those are made.
    pub ReadLeads = "lead.read": [Administrator, Sales, Marketing, Support, ReadOnly];
    /// Make, change and assign leads.
    pub EditLeads = "lead.edit": [Administrator, Sales, Marketing];
    /// Turn leads into contacts, companies and deals: with the right to make those.
    pub ConvertLeads = "lead.convert": [Administrator, Sales];
    /// Take all leads along as a file.
    pub ExportLeads = "lead.export": [Administrator];
    /// Delete leads and bring them back.
    pub DeleteLeads = "lead.delete": [Administrator, Sales];
    /// Say how leads are scored and whose they become.
    pub ManageLeads = "lead.manage": [Administrator];
}

/// Where somebody came from, as the address of the page said it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Utm {
    #[schema(example = "newsletter")]
    pub source: Option<String>,
    #[schema(example = "email")]
    pub medium: Option<String>,
    #[schema(example = "spring-2027")]
    pub campaign: Option<String>,
    pub term: Option<String>,
    pub content: Option<String>,
}

/// A question of one's own and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadAnswer {
    #[schema(example = "How many vans do you have?")]
    pub question: String,
    #[schema(example = "12")]
    pub answer: String,
}

store::record! {
    /// A lead as stored.
    pub struct Lead in lead {
        id: LeadId,
        version: i64,
        given_name: Option<String>,
        family_name: Option<String>,
        company_name: Option<String>,
        /// What lists call it: the names, else the company, the address, the number.
        name: String,
        #[serde(skip_serializing)]
        name_folded: String,
        /// In lower case.
        email: Option<String>,
        /// E.164.
        phone: Option<String>,
        /// ISO 3166-1 alpha-2.
        country: Option<String>,
        language: Option<Language>,
        message: Option<String>,
        source: String,
        utm: Json<Utm>,
        landing_page: Option<String>,
        answers: Json<Vec<LeadAnswer>>,
        status: LeadStatus,
        disqualified_reason: Option<String>,
        owner_id: Option<MemberId>,
        consent: Option<Json<ConsentReceipt>>,
        /// The sum of the points of `score_reasons`.
        score: i64,
        score_reasons: Json<Vec<ScoreReason>>,
        contact_id: Option<ContactId>,
        company_id: Option<CompanyId>,
        deal_id: Option<DealId>,
        converted_at: Option<DateTime<Utc>>,
        converted_by: Option<MemberId>,
        /// Values of the tenant's own fields, by key.
        custom: Json<Values>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Lead {
    /// Refuses work on what is deleted, or has become something else.
    pub(crate) fn must_be_open(&self) -> Result<()> {
        if self.deleted_at.is_some() {
            return Err(Error::conflict("lead_deleted", "This lead has been deleted. Bring it back first."));
        }
        if self.status == LeadStatus::Converted {
            return Err(Error::conflict(
                "lead_converted",
                "This lead has been converted already. Go on with its contact.",
            ));
        }
        Ok(())
    }
}

pub(crate) async fn index(tx: &mut Tx, lead: &Lead) -> Result<()> {
    let lead = &tx.with_every_field(lead).await?;
    let values = LeadValues {
        id: lead.id,
        version: lead.version,
        name: lead.name.clone(),
        company_name: lead.company_name.clone(),
        email: lead.email.clone(),
        phone: lead.phone.clone(),
        custom: lead.custom.clone(),
        deleted_at: lead.deleted_at,
        updated_at: lead.updated_at,
    };
    custom::index(tx, &values).await
}

pub(crate) fn event(kind: &'static str, lead: &Lead) -> Event {
    Event::new(kind, lead.id)
}
