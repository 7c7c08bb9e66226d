//! A lead for rules to look at.

/// A lead with a number and a company, and nothing else.
pub(super) fn lead_with_a_phone_and_a_company() -> crate::lead::Lead {
    use crate::lead::{Lead, LeadId, LeadStatus};
    let now = kernel::Clock::system().now();
    Lead {
        id: LeadId::new(),
        version: 1,
        given_name: None,
        family_name: None,
        company_name: Some("Talleres Aurora".into()),
        name: "Talleres Aurora".into(),
        name_folded: "talleres aurora".into(),
        email: None,
        phone: Some("+34612345678".into()),
        country: None,
        language: None,
        message: None,
        source: "manual".into(),
        utm: kernel::Json::default(),
        landing_page: None,
        answers: kernel::Json::default(),
        status: LeadStatus::New,
        disqualified_reason: None,
        owner_id: None,
        consent: None,
        score: 0,
        score_reasons: kernel::Json::default(),
        contact_id: None,
        company_id: None,
        deal_id: None,
        converted_at: None,
        converted_by: None,
        custom: kernel::Json::default(),
        deleted_at: None,
        created_at: now,
        updated_at: now,
    }
}
