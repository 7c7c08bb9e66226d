//! Turning a lead into a contact, the company it works for, and a deal: all of it in one transaction, or nothing.
//!
//! Invariant: the lead is locked first, so that of two who press at once the second is told that it has been done. What
//! is known of the lead (notes, story, consent, source) stays with it and is shown on what it has become; its own fields go
//! to those of what is made (`crm::field::custom::carry`), and stay with it too. A conversion is not taken back: what was
//! made can be deleted or merged as any other record.

use chrono::NaiveDate;
use crm::{
    company::{self, Company, CompanyId, EditCompanies, ReadCompanies},
    contact::{
        self, Contact, ContactId, EditContacts, ReadContacts,
        consent::{self, ConsentState, NewConsent},
    },
    deal::{self, Deal, EditDeals},
    field::custom::{CustomObject, Values, carry::carried},
    pipeline::{PipelineId, StageId},
};
use kernel::{Change, Error, Event, Money, Permission, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Lead, LeadStatus, consent::ConsentReceipt};

/// What becomes of a lead.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConvertLead {
    /// The contact that it is already; a new one is made unless given.
    pub contact_id: Option<ContactId>,
    /// The company that it is of already.
    pub company_id: Option<CompanyId>,
    /// Make a company of the lead's company name; where `company_id` is given it must be absent.
    #[serde(default)]
    pub new_company: bool,
    /// Values of the workspace's own fields for the new contact, before those that the lead has under the same key and kind:
    /// what contacts demand must be among them.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub contact_custom: Values,
    /// The same for the new company.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub company_custom: Values,
    /// Opens a deal; none unless given.
    pub deal: Option<LeadDeal>,
}

/// The deal to open.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadDeal {
    #[schema(example = "Fleet maintenance 2027")]
    pub name: String,
    /// The first pipeline unless given.
    #[serde(default)]
    pub pipeline_id: Option<PipelineId>,
    /// The pipeline's first stage unless given.
    #[serde(default)]
    pub stage_id: Option<StageId>,
    #[serde(default)]
    pub amount: Option<Money>,
    #[serde(default)]
    pub expected_close: Option<NaiveDate>,
    /// Values of the workspace's own fields.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: Values,
}

/// Whoever converts makes records, and needs the right to.
fn must_hold<P: Permission>(tx: &Tx) -> Result<()> {
    if tx.caller().holds(P::NAME) { Ok(()) } else { Err(Error::Forbidden { permission: P::NAME }) }
}

/// Converts a lead that the caller has locked.
pub async fn convert(tx: &mut Tx, before: Lead, into: ConvertLead) -> Result<Lead> {
    before.must_be_open()?;
    // What is not shown would be lost on the way.
    tx.caller().reach.must_see_every_field("lead")?;
    let company = company_of(tx, &before, &into).await?;
    let contact = contact_of(tx, &before, &into, company).await?;
    // A person who is known already may work for a company that is known too.
    let theirs = match contact.company_id.filter(|_| company.is_none()) {
        // One that the caller does not see cannot be written on a deal of theirs.
        Some(id) => tx.find::<Company>(id).await?.map(|seen| seen.id),
        None => None,
    };
    let company = company.or(theirs);
    let deal = match into.deal {
        Some(wanted) => Some(open(tx, &before, wanted, company, contact.id).await?),
        None => None,
    };
    agreed(tx, &before, &contact).await?;
    let after = Lead {
        status: LeadStatus::Converted,
        disqualified_reason: None,
        contact_id: Some(contact.id),
        company_id: company,
        deal_id: deal.as_ref().map(|deal| deal.id),
        converted_at: Some(tx.now()),
        converted_by: tx.caller().member_id(),
        ..before.clone()
    };
    let after = tx.update(&after).await?;
    tx.audit(Change::new("lead.convert", after.id).before(&before).after(&after)).await?;
    let converted = Event::new("lead.converted", after.id)
        .related_if(after.contact_id)
        .related_if(after.company_id)
        .related_if(after.deal_id);
    tx.emit(converted).await?;
    Ok(after)
}

/// What the lead agreed to, the contact has said: by each channel, in the words that were shown.
async fn agreed(tx: &mut Tx, lead: &Lead, contact: &Contact) -> Result<()> {
    let Some(receipt) = lead.consent.as_ref().map(|receipt| &receipt.0) else { return Ok(()) };
    if !receipt.channels.is_empty() {
        // Said of somebody who was there before, it is a change of them.
        must_hold::<EditContacts>(tx)?;
    }
    for channel in &receipt.channels {
        let said = NewConsent {
            channel: *channel,
            state: ConsentState::Granted,
            wording: Some(receipt.text.clone()),
            evidence: Some(evidence(receipt)),
            said_at: Some(receipt.given_at),
        };
        // What the contact has said since is later, and holds.
        let since = consent::current(&consent::history(tx, contact.id).await?);
        if since.get(channel).is_none_or(|entry| entry.said_at < receipt.given_at) {
            consent::record(tx, contact, said, &lead.id.to_string()).await?;
        }
    }
    Ok(())
}

/// Where it was given, and which words these were.
fn evidence(receipt: &ConsentReceipt) -> String {
    let from: String = receipt.given_from.chars().take(300).collect();
    format!("{from} (version {}, SHA-256 {})", receipt.version, receipt.digest)
}

async fn company_of(tx: &mut Tx, lead: &Lead, into: &ConvertLead) -> Result<Option<CompanyId>> {
    if into.company_id.is_some() {
        must_hold::<ReadCompanies>(tx)?;
        company::must_exist(tx, "company_id", into.company_id).await?;
    }
    if !into.new_company {
        only_new(&into.company_custom, "company_custom")?;
        return Ok(into.company_id);
    }
    if into.company_id.is_some() {
        return Err(Error::invalid("new_company", "company_twice", "Choose a company or make a new one, not both."));
    }
    let Some(name) = lead.company_name.clone() else {
        return Err(Error::invalid(
            "new_company",
            "company_unnamed",
            "The lead names no company. Write one down first.",
        ));
    };
    must_hold::<EditCompanies>(tx)?;
    let ours = (CustomObject::Lead, &lead.custom.0);
    let new = company::create::NewCompany {
        name,
        country: lead.country.clone(),
        language: lead.language,
        owner_id: lead.owner_id,
        custom: carried(tx, ours, CustomObject::Company, &into.company_custom).await?,
        ..company::create::NewCompany::default()
    };
    let made = company::create::create(tx, new, &lead.id.to_string()).await;
    let made: Company = made.map_err(|error| renamed(error, "custom.", "company_custom."))?;
    Ok(Some(made.id))
}

async fn contact_of(tx: &mut Tx, lead: &Lead, into: &ConvertLead, company: Option<CompanyId>) -> Result<Contact> {
    if let Some(id) = into.contact_id {
        only_new(&into.contact_custom, "contact_custom")?;
        must_hold::<ReadContacts>(tx)?;
        contact::must_exist(tx, "contact_id", Some(id)).await?;
        // Nobody refuses anything between reading what they said and writing down what the lead agreed to.
        return Ok(tx.get_locked(id).await?);
    }
    must_hold::<EditContacts>(tx)?;
    let ours = (CustomObject::Lead, &lead.custom.0);
    let mut new = contact::create::NewContact {
        company_id: company,
        given_name: lead.given_name.clone(),
        family_name: lead.family_name.clone(),
        email: lead.email.clone(),
        phone: lead.phone.clone(),
        country: lead.country.clone(),
        language: lead.language,
        owner_id: lead.owner_id,
        custom: carried(tx, ours, CustomObject::Contact, &into.contact_custom).await?,
        ..contact::create::NewContact::default()
    };
    if lead.given_name.is_none() && lead.family_name.is_none() && lead.email.is_none() && lead.phone.is_none() {
        // Only a company is known: the person goes by its name until theirs is.
        new.family_name = Some(lead.name.chars().take(120).collect());
    }
    let made = contact::create::create(tx, new, &lead.id.to_string()).await;
    made.map_err(|error| renamed(error, "custom.", "contact_custom."))
}

/// What is there already is changed where it stands, not by a conversion.
fn only_new(given: &Values, name: &str) -> Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    Err(Error::invalid(name, "only_new", "These are values of a new record. Change the one that is there by itself."))
}

/// The refusals of what begins with `from`, named as the request names them.
fn renamed(error: Error, from: &str, to: &str) -> Error {
    let Error::Invalid { mut fields } = error else { return error };
    for refused in &mut fields {
        if let Some(rest) = refused.field.strip_prefix(from) {
            refused.field = format!("{to}{rest}");
        }
    }
    Error::Invalid { fields }
}

async fn open(
    tx: &mut Tx,
    lead: &Lead,
    wanted: LeadDeal,
    company: Option<CompanyId>,
    contact: ContactId,
) -> Result<Deal> {
    must_hold::<EditDeals>(tx)?;
    let ours = (CustomObject::Lead, &lead.custom.0);
    let new = deal::create::NewDeal {
        name: wanted.name,
        company_id: company,
        contact_id: Some(contact),
        pipeline_id: wanted.pipeline_id,
        stage_id: wanted.stage_id,
        amount: wanted.amount,
        expected_close: wanted.expected_close,
        owner_id: lead.owner_id,
        custom: carried(tx, ours, CustomObject::Deal, &wanted.custom).await?,
    };
    deal::create::create(tx, new).await.map_err(|error| renamed(error, "", "deal."))
}
