//! Names of the records that others refer to: one query per kind and page, never one per row.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use kernel::{ApiKeyId, Column, MemberId, Result, id::Id};
use serde::Serialize;
use store::{Sql, Tx};
use utoipa::ToSchema;

use crate::{
    company::CompanyId,
    contact::ContactId,
    deal::{DealId, lost::LostReasonId},
    pipeline::{PipelineId, StageId},
    record::CustomRecordId,
    subject::{InvoiceId, LeadId, QuoteId},
};

/// Another record by its id and its name as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Ref<I> {
    pub id: I,
    pub name: String,
}

/// The names found, by id.
#[derive(Debug)]
pub struct Names<I>(HashMap<I, String>);

impl<I: Id + Hash> Names<I> {
    /// The record with its name; foreign keys see to it that there is one.
    pub fn of(&self, id: I) -> Ref<I> {
        Ref { id, name: self.0.get(&id).cloned().unwrap_or_default() }
    }

    /// The same for an optional link.
    pub fn maybe(&self, id: Option<I>) -> Option<Ref<I>> {
        id.map(|id| self.of(id))
    }

    /// The name alone.
    pub fn name(&self, id: I) -> Option<String> {
        self.0.get(&id).cloned()
    }
}

pub async fn companies(tx: &mut Tx, ids: impl IntoIterator<Item = Option<CompanyId>>) -> Result<Names<CompanyId>> {
    let select = "SELECT company.id, company.name FROM company WHERE company.tenant_id = ";
    names(tx, select, " AND company.id IN ", ids).await
}

pub async fn contacts(tx: &mut Tx, ids: impl IntoIterator<Item = Option<ContactId>>) -> Result<Names<ContactId>> {
    let select = "SELECT contact.id, contact.display_name FROM contact WHERE contact.tenant_id = ";
    names(tx, select, " AND contact.id IN ", ids).await
}

pub async fn deals(tx: &mut Tx, ids: impl IntoIterator<Item = Option<DealId>>) -> Result<Names<DealId>> {
    let select = "SELECT deal.id, deal.name FROM deal WHERE deal.tenant_id = ";
    names(tx, select, " AND deal.id IN ", ids).await
}

pub async fn leads(tx: &mut Tx, ids: impl IntoIterator<Item = Option<LeadId>>) -> Result<Names<LeadId>> {
    let select = "SELECT lead.id, lead.name FROM lead WHERE lead.tenant_id = ";
    names(tx, select, " AND lead.id IN ", ids).await
}

/// By their numbers, or their titles until they have one.
pub async fn quotes(tx: &mut Tx, ids: impl IntoIterator<Item = Option<QuoteId>>) -> Result<Names<QuoteId>> {
    let select = "SELECT quote.id, coalesce(quote.number, quote.title) FROM quote WHERE quote.tenant_id = ";
    names(tx, select, " AND quote.id IN ", ids).await
}

/// By their numbers; a draft has none.
pub async fn invoices(tx: &mut Tx, ids: impl IntoIterator<Item = Option<InvoiceId>>) -> Result<Names<InvoiceId>> {
    let select = "SELECT invoice.id, coalesce(invoice.number, '') FROM invoice WHERE invoice.tenant_id = ";
    names(tx, select, " AND invoice.id IN ", ids).await
}

pub async fn records(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = Option<CustomRecordId>>,
) -> Result<Names<CustomRecordId>> {
    let select = "SELECT custom_record.id, custom_record.name FROM custom_record WHERE custom_record.tenant_id = ";
    names(tx, select, " AND custom_record.id IN ", ids).await
}

pub async fn lost_reasons(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = Option<LostReasonId>>,
) -> Result<Names<LostReasonId>> {
    let select = "SELECT lost_reason.id, lost_reason.label FROM lost_reason WHERE lost_reason.tenant_id = ";
    names(tx, select, " AND lost_reason.id IN ", ids).await
}

pub async fn pipelines(tx: &mut Tx, ids: impl IntoIterator<Item = Option<PipelineId>>) -> Result<Names<PipelineId>> {
    let select = "SELECT pipeline.id, pipeline.name FROM pipeline WHERE pipeline.tenant_id = ";
    names(tx, select, " AND pipeline.id IN ", ids).await
}

pub async fn stages(tx: &mut Tx, ids: impl IntoIterator<Item = Option<StageId>>) -> Result<Names<StageId>> {
    let select = "SELECT stage.id, stage.name FROM stage WHERE stage.tenant_id = ";
    names(tx, select, " AND stage.id IN ", ids).await
}

/// Members by the names of their accounts, also those who have left.
pub async fn members(tx: &mut Tx, ids: impl IntoIterator<Item = Option<MemberId>>) -> Result<Names<MemberId>> {
    let select = "SELECT member.id, account.name FROM member JOIN account ON account.id = member.account_id \
                  WHERE member.tenant_id = ";
    names(tx, select, " AND member.id IN ", ids).await
}

pub async fn api_keys(tx: &mut Tx, ids: impl IntoIterator<Item = Option<ApiKeyId>>) -> Result<Names<ApiKeyId>> {
    let select = "SELECT api_key.id, api_key.name FROM api_key WHERE api_key.tenant_id = ";
    names(tx, select, " AND api_key.id IN ", ids).await
}

async fn names<I: Id + Hash + Column>(
    tx: &mut Tx,
    select: &'static str,
    narrow: &'static str,
    ids: impl IntoIterator<Item = Option<I>>,
) -> Result<Names<I>> {
    let ids: HashSet<I> = ids.into_iter().flatten().collect();
    if ids.is_empty() {
        return Ok(Names(HashMap::new()));
    }
    let query = Sql::new(select).bind(tx.tenant_id()).push(narrow).bind_list(ids);
    let rows: Vec<(I, String)> = tx.all(query).await?;
    Ok(Names(rows.into_iter().collect()))
}
