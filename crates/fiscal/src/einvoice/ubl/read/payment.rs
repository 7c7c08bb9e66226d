//! Payment instructions.

use super::super::NOT_DEFINED;
use super::party::creditor;
use crate::einvoice::xml::{Element, Needed};
use crate::einvoice::{Account, AccountNumber, Card, Mandate, Payment, ReadError, Text};

pub(super) fn payment(root: &Element) -> Result<Option<Payment>, ReadError> {
    let Some(first) = root.at("PaymentMeans") else { return Ok(None) };
    let all = || root.all("PaymentMeans");
    let means = first.code("PaymentMeansCode").and_then(|code| code.or_missing("PaymentMeansCode"));
    let payment = Payment {
        means: means.map_err(|error| error.within("PaymentMeans"))?,
        means_text: first.at("PaymentMeansCode").and_then(|code| code.attribute("name")).and_then(Text::some),
        remittance: all().find_map(|means| means.text("PaymentID")),
        accounts: all().filter_map(account).collect(),
        card: all().find_map(card),
        mandate: mandate(root),
    };
    let is_nothing = payment.means == NOT_DEFINED
        && payment.means_text.is_none()
        && payment.remittance.is_none()
        && payment.accounts.is_empty()
        && payment.card.is_none()
        && payment.mandate.is_none();
    // How a credit note without instructions carries its due date.
    let is_carrier = is_nothing && first.at("PaymentDueDate").is_some();
    Ok((!is_carrier).then_some(payment))
}

fn account(means: &Element) -> Option<Account> {
    let account = means.at("PayeeFinancialAccount")?;
    Some(Account {
        number: AccountNumber::from(account.text("ID")?),
        name: account.text("Name"),
        bic: account.text("FinancialInstitutionBranch/ID"),
    })
}

fn card(means: &Element) -> Option<Card> {
    let card = means.at("CardAccount")?;
    Some(Card { number: card.text("PrimaryAccountNumberID")?, holder: card.text("HolderName") })
}

fn mandate(root: &Element) -> Option<Mandate> {
    let mandates = || root.all("PaymentMeans").filter_map(|means| means.at("PaymentMandate"));
    let mandate = Mandate {
        reference: mandates().find_map(|mandate| mandate.text("ID")),
        creditor: creditor(root),
        account: mandates().find_map(|mandate| mandate.text("PayerFinancialAccount/ID")),
    };
    (mandate != Mandate::default()).then_some(mandate)
}
