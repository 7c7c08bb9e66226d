//! Payment instructions.

use crate::einvoice::xml::{Element, Needed};
use crate::einvoice::{Account, AccountNumber, Card, Mandate, Payment, ReadError};

const MEANS: &str = "SpecifiedTradeSettlementPaymentMeans";

pub(super) fn payment(settlement: &Element) -> Result<Option<Payment>, ReadError> {
    let Some(first) = settlement.at(MEANS) else { return Ok(None) };
    let all = || settlement.all(MEANS);
    let means = first.code("TypeCode").and_then(|code| code.or_missing("TypeCode"));
    let mandate = Mandate {
        reference: settlement.text("SpecifiedTradePaymentTerms/DirectDebitMandateID"),
        creditor: settlement.text("CreditorReferenceID"),
        account: all().find_map(|means| means.text("PayerPartyDebtorFinancialAccount/IBANID")),
    };
    Ok(Some(Payment {
        means: means.map_err(|error| error.within(MEANS))?,
        means_text: first.text("Information"),
        remittance: settlement.text("PaymentReference"),
        accounts: all().filter_map(account).collect(),
        card: all().find_map(card),
        mandate: (mandate != Mandate::default()).then_some(mandate),
    }))
}

fn account(means: &Element) -> Option<Account> {
    let account = means.at("PayeePartyCreditorFinancialAccount")?;
    Some(Account {
        number: AccountNumber::from(account.text("IBANID").or_else(|| account.text("ProprietaryID"))?),
        name: account.text("AccountName"),
        bic: means.text("PayeeSpecifiedCreditorFinancialInstitution/BICID"),
    })
}

fn card(means: &Element) -> Option<Card> {
    let card = means.at("ApplicableTradeSettlementFinancialCard")?;
    Some(Card { number: card.text("ID")?, holder: card.text("CardholderName") })
}
