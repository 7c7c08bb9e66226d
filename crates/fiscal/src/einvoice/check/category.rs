//! VAT: the rules of each category. Their names share a pattern: BR-S-02 is for category S what BR-AE-02 is for AE.

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::xml::places;
use super::super::{Invoice, Side, Vat, VatRow};
use super::fault::{self, Faults};
use super::lists::is_exemption;
use crate::totals::Category;

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    for category in Category::ALL {
        let uses = Uses::of(invoice, category);
        if uses.any() {
            rows(invoice, category, faults);
            parties(invoice, category, &uses, faults);
        }
        rates(invoice, category, faults);
    }
    for row in &invoice.vat {
        breakdown(invoice, row, faults);
    }
    supply_within_union(invoice, faults);
    outside_scope(invoice, faults);
}

/// The name of a category in the rules; that of L and M is not their code.
fn prefix(category: Category) -> &'static str {
    match category {
        Category::K => "IC",
        Category::L => "AF",
        Category::M => "AG",
        other => other.as_str(),
    }
}

fn rule(category: Category, number: &str) -> String {
    format!("BR-{}-{number}", prefix(category))
}

/// Where a category is used.
struct Uses {
    line: bool,
    allowance: bool,
    charge: bool,
}

impl Uses {
    fn of(invoice: &Invoice, category: Category) -> Uses {
        let adjusted = |side: Side| {
            invoice.adjustments.iter().any(|row| row.adjustment.side == side && row.vat.category == category)
        };
        Uses {
            line: invoice.lines.iter().any(|line| line.vat.category == category),
            allowance: adjusted(Side::Allowance),
            charge: adjusted(Side::Charge),
        }
    }

    fn any(&self) -> bool {
        self.line || self.allowance || self.charge
    }

    /// The numbers of the rules of a kind that apply: for lines, allowances, charges.
    fn numbers(&self) -> impl Iterator<Item = &'static str> {
        let all = [(self.line, "02"), (self.allowance, "03"), (self.charge, "04")];
        all.into_iter().filter(|(used, _)| *used).map(|(_, number)| number)
    }
}

/// Each category has its row; only those that are charged may have several (-01).
fn rows(invoice: &Invoice, category: Category, faults: &mut Faults) {
    let count = invoice.vat.iter().filter(|row| row.vat.category == category).count();
    let may_repeat = matches!(category, Category::S | Category::L | Category::M);
    if count == 0 || (count > 1 && !may_repeat) {
        faults.add(rule(category, "01"), "BG-23", fault::BREAKDOWN);
    }
}

/// Which numbers of the parties a category demands (-02, -03, -04).
fn parties(invoice: &Invoice, category: Category, uses: &Uses, faults: &mut Faults) {
    use Category::{AE, G, K, O};
    let (seller, buyer) = (&invoice.seller, &invoice.buyer);
    for number in uses.numbers() {
        if category == O {
            if seller.vat_id.is_some() || buyer.vat_id.is_some() {
                faults.add(rule(category, number), "BT-31", fault::NO_VAT_IDS);
            }
            continue;
        }
        let has_seller = seller.vat_id.is_some() || (!matches!(category, K | G) && seller.tax_registration.is_some());
        if !has_seller {
            faults.add(rule(category, number), "BT-31", fault::SELLER_VAT);
        }
        let has_buyer = match category {
            AE => buyer.vat_id.is_some() || buyer.legal_id.is_some(),
            K => buyer.vat_id.is_some(),
            _ => true,
        };
        if !has_buyer {
            faults.add(rule(category, number), "BT-48", fault::BUYER_VAT);
        }
    }
}

/// Which rates a category allows (-05, -06, -07).
fn rates(invoice: &Invoice, category: Category, faults: &mut Faults) {
    let is_wrong = |vat: Vat| vat.category == category && !allows(vat);
    for (at, line) in invoice.lines.iter().enumerate() {
        if is_wrong(line.vat) {
            faults.on_line(at, rule(category, "05"), "BT-152", fault::RATE);
        }
    }
    for row in invoice.adjustments.iter().filter(|row| is_wrong(row.vat)) {
        let (number, term) = match row.adjustment.side {
            Side::Allowance => ("06", "BT-96"),
            Side::Charge => ("07", "BT-103"),
        };
        faults.add(rule(category, number), term, fault::RATE);
    }
}

fn allows(vat: Vat) -> bool {
    match vat.category {
        Category::S => vat.rate > Decimal::ZERO,
        Category::L | Category::M => vat.rate >= Decimal::ZERO,
        _ => vat.rate.is_zero(),
    }
}

/// A row against the lines and adjustments of its category and rate (-08, -09, -10).
fn breakdown(invoice: &Invoice, row: &VatRow, faults: &mut Faults) {
    let vat = row.vat;
    let lines = invoice.lines.iter().filter(|line| line.vat == vat).map(|line| i128::from(line.net));
    let adjustments = invoice.adjustments.iter().filter(|of| of.vat == vat).map(|of| match of.adjustment.side {
        Side::Allowance => -i128::from(of.adjustment.amount),
        Side::Charge => i128::from(of.adjustment.amount),
    });
    if lines.chain(adjustments).sum::<i128>() != i128::from(row.base) {
        faults.add(rule(vat.category, "08"), "BT-116", fault::BREAKDOWN);
    }
    if !is_tax(invoice, row) {
        let name = if vat.rate.is_zero() { rule(vat.category, "09") } else { "BR-CO-17".to_owned() };
        faults.add(name, "BT-117", fault::TAX_AMOUNT);
    }
    let is_reasoned = row.exemption.is_some() || row.exemption_code.is_some();
    match vat.category {
        Category::S | Category::Z | Category::L | Category::M if is_reasoned => {
            faults.add(rule(vat.category, "10"), "BT-120", fault::NO_EXEMPTION);
        }
        Category::S | Category::Z | Category::L | Category::M => {}
        _ if !is_reasoned => faults.add(rule(vat.category, "10"), "BT-120", fault::EXEMPTION),
        _ => {}
    }
    if row.exemption_code.as_ref().is_some_and(|code| !is_exemption(code)) {
        faults.add("BR-CL-22", "BT-121", fault::EXEMPTION_CODE);
    }
}

/// Whether the tax is base times rate, as the official rules compute it: less than one unit of the currency beside it.
/// The room is for prices that include tax.
fn is_tax(invoice: &Invoice, row: &VatRow) -> bool {
    let scale = places(invoice.currency);
    let major = |minor: i64| Decimal::try_from_i128_with_scale(minor.into(), scale).ok();
    let difference = || {
        let tax = major(row.base)?.checked_mul(row.vat.rate)?.checked_div(Decimal::ONE_HUNDRED)?;
        tax.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).checked_sub(major(row.tax)?)
    };
    match row.vat.rate.is_zero() {
        true => row.tax == 0,
        false => difference().is_some_and(|difference| difference.abs() < Decimal::ONE),
    }
}

/// What a supply within the Union tells besides: when, and to which country (BR-IC-11, BR-IC-12).
fn supply_within_union(invoice: &Invoice, faults: &mut Faults) {
    if !invoice.vat.iter().any(|row| row.vat.category == Category::K) {
        return;
    }
    let delivery = invoice.delivery.as_ref();
    if delivery.and_then(|delivery| delivery.date).is_none() && invoice.period.is_none() {
        faults.add("BR-IC-11", "BT-72", fault::DELIVERY_DATE);
    }
    let to = delivery.and_then(|delivery| delivery.address.as_ref());
    if to.and_then(|address| address.country.as_ref()).is_none() {
        faults.add("BR-IC-12", "BT-80", fault::DELIVERY_COUNTRY);
    }
}

/// What is outside the scope stands alone (BR-O-11 to BR-O-14).
fn outside_scope(invoice: &Invoice, faults: &mut Faults) {
    let is_other = |vat: Vat| vat.category != Category::O;
    if !invoice.vat.iter().any(|row| !is_other(row.vat)) {
        return;
    }
    if invoice.vat.iter().any(|row| is_other(row.vat)) {
        faults.add("BR-O-11", "BG-23", fault::NOT_MIXED);
    }
    for (at, _) in invoice.lines.iter().enumerate().filter(|(_, line)| is_other(line.vat)) {
        faults.on_line(at, "BR-O-12", "BT-151", fault::NOT_MIXED);
    }
    for row in invoice.adjustments.iter().filter(|row| is_other(row.vat)) {
        match row.adjustment.side {
            Side::Allowance => faults.add("BR-O-13", "BT-95", fault::NOT_MIXED),
            Side::Charge => faults.add("BR-O-14", "BT-102", fault::NOT_MIXED),
        }
    }
}
