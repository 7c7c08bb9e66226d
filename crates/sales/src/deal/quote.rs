//! From a deal to the draft of a quote: its customer and its lines, with the taxes the issuer's country suggests.

use crm::{company::Company, deal::Deal};
use fiscal::totals::{Discount, Tax};
use kernel::{Language, Result};
use store::Tx;

use super::{DealLine, line::Recurring, lines};
use crate::{
    document::DocumentLine,
    entity,
    quote::{
        Quote,
        create::{NewQuote, create, today},
    },
    words::WORDS,
};

/// A new draft each time: a deal may be offered in more ways than one.
pub async fn quote(tx: &mut Tx, deal: &Deal) -> Result<Quote> {
    deal.must_be_live()?;
    let entity = entity::default(tx).await?;
    let company: Option<Company> = match deal.company_id {
        Some(id) => tx.beyond_fields("a quote is in its customer's language").find(id).await?,
        None => None,
    };
    let language = company.and_then(|company| company.language).unwrap_or(entity.language);
    let presets = fiscal::tax_preset::presets(&entity.country, today(tx).await?);
    let taxes: Vec<Tax> = presets.into_iter().filter(|preset| preset.suggested).map(|preset| preset.tax).collect();
    let offered = lines(tx, deal).await?.lines.0;
    let input = NewQuote {
        title: deal.name.clone(),
        company_id: deal.company_id,
        contact_id: deal.contact_id,
        deal_id: Some(deal.id),
        language: Some(language),
        currency: Some(deal.currency),
        prices_include_tax: false,
        allowance: None,
        lines: offered.into_iter().map(|line| document_line(line, &taxes, language)).collect(),
        valid_until: None,
        terms: None,
        notes: None,
        reference: None,
    };
    create(tx, input).await
}

fn document_line(line: DealLine, taxes: &[Tax], language: Language) -> DocumentLine {
    let rhythm = match line.recurring {
        Recurring::Once => None,
        Recurring::Monthly => Some(WORDS.text(language, "line-monthly", &[])),
        Recurring::Yearly => Some(WORDS.text(language, "line-yearly", &[])),
    };
    let details: Vec<String> = line.description.into_iter().chain(rhythm).collect();
    DocumentLine {
        description: line.name,
        details: (!details.is_empty()).then(|| details.join("\n")),
        quantity: line.quantity,
        unit: line.unit,
        unit_price: line.unit_price,
        discount: line.discount_percent.map(Discount::Percent),
        taxes: taxes.to_vec(),
    }
}
