//! A fault and what to do about it.

use std::fmt;

/// Something that a validator refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule by its official name, such as `BR-S-02`.
    pub rule: String,
    /// The business term or group it is about, such as `BT-31`.
    pub term: &'static str,
    /// The line it is about, counted from zero; `None` when it is about the document.
    pub line: Option<usize>,
    fix: Fix,
}

impl Fault {
    /// Stable code of what to do.
    pub fn code(&self) -> &'static str {
        self.fix.0
    }

    /// Where it is: `lines[2].BT-153`, `BT-31`.
    pub fn path(&self) -> String {
        match self.line {
            Some(line) => format!("lines[{line}].{}", self.term),
            None => self.term.to_owned(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "Line {}: ", line + 1)?;
        }
        f.write_str(self.fix.1)
    }
}

/// Faults as they are found.
#[derive(Default)]
pub(super) struct Faults(pub(super) Vec<Fault>);

impl Faults {
    /// One about the document.
    pub(super) fn add(&mut self, rule: impl Into<String>, term: &'static str, fix: Fix) {
        self.0.push(Fault { rule: rule.into(), term, line: None, fix });
    }

    /// One about a line.
    pub(super) fn on_line(&mut self, line: usize, rule: impl Into<String>, term: &'static str, fix: Fix) {
        self.0.push(Fault { rule: rule.into(), term, line: Some(line), fix });
    }
}

/// A code and what to do in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fix(&'static str, &'static str);

macro_rules! fixes {
    ($($name:ident $code:literal $sentence:literal;)*) => {
        $(pub(super) const $name: Fix = Fix(concat!("einvoice_", $code), $sentence);)*
        /// Every code, for the test that they are apart.
        #[cfg(test)]
        pub(in crate::einvoice) const CODES: &[&str] = &[$(concat!("einvoice_", $code)),*];
    };
}

fixes! {
    NUMBER "number" "Give the invoice a number.";
    CURRENCY "currency" "Choose a currency that is legal tender.";
    DECIMALS "decimals" "Round to two decimals: an electronic invoice has no more, whatever the currency.";
    PERIOD_EMPTY "period_empty" "Enter the first or the last day of the period, or leave the period out.";
    PERIOD_ORDER "period_order" "Let the period end on or after the day it starts.";
    DUE "due" "Enter a due date or payment terms.";
    NOTE_SUBJECT "note_subject" "Use a subject code of three capital letters, or none.";
    PRECEDING "preceding" "Enter the number of the invoice that is corrected.";
    NO_LINES "no_lines" "Add at least one line.";
    SELLER_NAME "seller_name" "Enter the name of the issuing company.";
    BUYER_NAME "buyer_name" "Enter the name of the customer.";
    PAYEE_NAME "payee_name" "Enter the name of who is paid.";
    COUNTRY "country" "Enter the country of the address, by its two letters.";
    ADDRESS_SCHEME "address_scheme" "Say what kind of electronic address it is, by a code of the EAS list.";
    ID_SCHEME "id_scheme" "Use a scheme of the ISO 6523 list for the identifier, such as 0002 for a SIREN.";
    SELLER_ID "seller_id" "Enter the VAT number or another registration of the issuing company.";
    VAT_PREFIX "vat_prefix" "Begin the VAT number with the two letters of its country; EL for Greece.";
    BUYER_IDS "buyer_ids" "Leave one identifier of the customer.";
    MEANS "means" "Choose how it is paid from the list.";
    ACCOUNT "account" "Enter the account to pay to, or choose another way to pay.";
    CARD_NUMBER "card_number" "Keep at most the first six and last four digits of the card number, and nothing else.";
    MANDATE "mandate" "Enter the reference of the direct debit mandate.";
    REASON "reason" "Say why it is taken off or added.";
    REASON_CODE "reason_code" "Choose the reason from the list, or write it in words.";
    PERCENT "percent" "Give percentage and base amount together, and let them give the amount.";
    SUM "sum" "Compute the totals again: they do not add up.";
    BREAKDOWN "breakdown" "Compute the tax table again: each tax category of the lines needs its row.";
    TAX_AMOUNT "tax_amount" "Compute the tax again: it is not its base times its rate.";
    RATE "rate" "Set a rate that the tax category allows.";
    SELLER_VAT "seller_vat" "Enter the VAT number of the issuing company; this tax category needs it.";
    BUYER_VAT "buyer_vat" "Enter the VAT number of the customer; this tax category needs it.";
    NO_VAT_IDS "no_vat_ids" "Leave out the VAT numbers, or choose another tax category than outside the scope.";
    NOT_MIXED "not_mixed" "Put what is outside the scope of VAT on an invoice of its own.";
    EXEMPTION "exemption" "Say why no tax is charged.";
    NO_EXEMPTION "no_exemption" "Leave out the reason for not charging tax: this category has none.";
    EXEMPTION_CODE "exemption_code" "Choose the reason for not charging tax from the VATEX list, or write it in words.";
    DELIVERY_DATE "delivery_date" "Enter the day of delivery or the period.";
    DELIVERY_COUNTRY "delivery_country" "Enter the country the goods were delivered to.";
    LINE_ID "line_id" "Number the line.";
    ITEM_NAME "item_name" "Say what the line is for.";
    UNIT "unit" "Choose a unit from the list.";
    PRICE "price" "Enter a price that is not below zero; to give back, make the quantity negative.";
    BASE_QUANTITY "base_quantity" "Let the price be for a quantity above zero.";
    LINE_NET "line_net" "Compute the line again: quantity times price and its discounts do not give its net amount.";
    REFERENCE "reference" "Enter the customer's reference or order number.";
    SELLER_ADDRESS "seller_address" "Enter the electronic address of the issuing company.";
    BUYER_ADDRESS "buyer_address" "Enter the electronic address of the customer.";
    NOTES "notes" "Leave one note.";
    ACCOUNTING_CURRENCY "accounting_currency" "Leave out the tax in another currency: it is the invoice's own.";
    ACCOUNTING_SIGN "accounting_sign" "Give both tax totals the same sign.";
    LINE_PERIOD "line_period" "Let the period of the line lie within that of the invoice.";
    KIND "kind" "Choose another type of document: this receiver does not take it.";
    BUYER_REFERENCE "buyer_reference" "Enter the customer's reference (Leitweg-ID).";
    PAYMENT "payment" "Say how it is paid.";
    PAYMENT_GROUPS "payment_groups" "Give only the particulars of the way it is paid: account, card or mandate.";
    CONTACT "contact" "Enter name, telephone and email of a contact of the issuing company.";
    PLACE "place" "Enter city and post code of the address.";
    PROFILE "profile" "Use the profile EN 16931 for a PDF with an electronic invoice.";
    IBAN "iban" "Check the IBAN: a payment of SEPA needs one.";
    CREDITOR "creditor" "Enter creditor identifier and debited account of the direct debit.";
}
