//! A card as a row of contacts.

use super::property::Property;

/// Names that an import knows.
pub(super) const HEADER: [&str; 20] = [
    "external_id",
    "full_name",
    "given_name",
    "family_name",
    "email",
    "phone",
    "job_title",
    "linkedin_url",
    "company_name",
    "company_website",
    "street",
    "address_2",
    "city",
    "region",
    "postal_code",
    "country",
    "birth_date",
    "language",
    "tags",
    "notes",
];

/// Hosts where many have a page: an address there is nobody's website, and by it all companies would be taken for one.
const SHARED: [&str; 9] = [
    "linkedin.com",
    "facebook.com",
    "instagram.com",
    "twitter.com",
    "x.com",
    "youtube.com",
    "xing.com",
    "wa.me",
    "t.me",
];

/// The longest id an import takes, in characters; a longer one says nothing to people either.
const LONGEST_ID: usize = 120;

/// The cells of a card; None for one that is no person: an empty one, or a group of others.
pub(super) fn cells(card: &[Property]) -> Option<Vec<String>> {
    let is_group = |property: &Property| {
        matches!(property.name.as_str(), "KIND" | "X-ADDRESSBOOKSERVER-KIND")
            && property.value.eq_ignore_ascii_case("group")
    };
    if card.is_empty() || card.iter().any(is_group) {
        return None;
    }
    let mut notes: Vec<String> = named(card, "NOTE").iter().map(|note| note.text()).collect();
    let name = best(card, "N").map(|name| name.parts(';')).unwrap_or_default();
    let part = |at: usize| name.get(at).cloned().unwrap_or_default();
    let (family, given) = (part(0), joined([part(1), part(2)], " "));
    let emails: Vec<String> = named(card, "EMAIL").iter().map(|email| bare(&email.text(), "mailto:")).collect();
    let (faxes, phones): (Vec<_>, Vec<_>) =
        named(card, "TEL").into_iter().partition(|tel| tel.is("FAX") && !tel.is("VOICE"));
    notes.extend(faxes.iter().map(|fax| format!("Fax: {}", number(fax))));
    let phones: Vec<String> = phones.into_iter().map(number).filter(|phone| !phone.is_empty()).collect();
    let mut firm = best(card, "ORG").map(|org| org.parts(';')).unwrap_or_default().into_iter();
    let company = firm.next().unwrap_or_default();
    notes.extend(firm.filter(|unit| !unit.is_empty()));
    let mut titles = [named(card, "TITLE"), named(card, "ROLE")].concat().into_iter().map(Property::text);
    let title = titles.next().unwrap_or_default();
    notes.extend(titles);
    let linkedin = linkedin(card);
    let website = website(card, &company, &linkedin, &mut notes);
    let [street, second, city, region, postal_code, country] = address(card, &mut notes);
    let named_by_all = best(card, "FN").map(Property::text).unwrap_or_default();
    let reached = emails.iter().chain(&phones).any(|known| is_same(known, &named_by_all));
    let is_firm = named_by_all == company && !(emails.is_empty() && phones.is_empty());
    let full = if !given.is_empty() || !family.is_empty() || reached || is_firm { String::new() } else { named_by_all };
    let tags: Vec<String> = named(card, "CATEGORIES").iter().flat_map(|list| list.parts(',')).collect();
    let birth_date = birthday(card, &mut notes);
    let language = best(card, "LANG").map(Property::text).unwrap_or_default();
    let cells = [
        id(card),
        full,
        given,
        family,
        joined(emails, "; "),
        joined(phones, "; "),
        title,
        linkedin,
        company,
        website,
        street,
        second,
        city,
        region,
        postal_code,
        country,
        birth_date,
        language,
        joined(tags, "\n"),
        joined(notes, "\n"),
    ];
    Some(cells.into())
}

/// The properties of a name, the most preferred first.
fn named<'c>(card: &'c [Property], name: &str) -> Vec<&'c Property> {
    let mut found: Vec<&Property> =
        card.iter().filter(|property| property.name == name && !property.value.trim().is_empty()).collect();
    found.sort_by_key(|property| property.rank);
    found
}

fn best<'c>(card: &'c [Property], name: &str) -> Option<&'c Property> {
    named(card, name).into_iter().next()
}

fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(between)
}

/// Our own cards say the id that was given from elsewhere; of others, theirs is it.
fn id(card: &[Property]) -> String {
    let ours = best(card, "PRODID").is_some_and(|by| by.value.contains("OMB Cloud"));
    let id = best(card, if ours { "X-OMB-EXTERNAL-ID" } else { "UID" }).map(Property::text).unwrap_or_default();
    if id.chars().count() > LONGEST_ID { String::new() } else { id }
}

fn bare(value: &str, scheme: &str) -> String {
    let value = value.trim();
    let has = value.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    if has { value[scheme.len()..].to_owned() } else { value.to_owned() }
}

/// RFC 3966 divides the number from its extension, which people write out, and from what only telephones need.
fn number(tel: &Property) -> String {
    let value = bare(&tel.text(), "tel:");
    let mut parts = value.split(';');
    let number = parts.next().unwrap_or_default().trim().to_owned();
    match parts.find_map(|part| part.strip_prefix("ext=")) {
        Some(extension) => format!("{number} ext. {extension}"),
        None => number,
    }
}

/// The company's, if the card names one and does not call it somebody's home.
fn website(card: &[Property], company: &str, linkedin: &str, notes: &mut Vec<String>) -> String {
    let mut website = String::new();
    for url in named(card, "URL") {
        let address = url.text().trim().to_owned();
        if address == linkedin {
            continue;
        }
        if website.is_empty() && !company.is_empty() && !url.is("HOME") && !is_shared(&address) {
            website = address;
        } else {
            notes.push(address);
        }
    }
    website
}

fn is_shared(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().to_ascii_lowercase();
    let below =
        |known: &&str| host.strip_suffix(*known).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    SHARED.iter().any(below)
}

/// The page of the person, under whichever property a program writes it.
fn linkedin(card: &[Property]) -> String {
    let said = ["X-SOCIALPROFILE", "SOCIALPROFILE", "URL"].into_iter().flat_map(|name| named(card, name));
    let mut said = said.map(|property| property.text().trim().to_owned());
    let is_page = |address: &String| {
        let address = address.to_ascii_lowercase();
        address.contains("linkedin.com/in/") || address.contains("linkedin.com/pub/")
    };
    said.find(is_page).unwrap_or_default()
}

/// Street, what stands beside it, town, region, postal code, country.
fn address(card: &[Property], notes: &mut Vec<String>) -> [String; 6] {
    let mut addresses = named(card, "ADR").into_iter().map(|address| address.parts(';'));
    let first = addresses.next().unwrap_or_default();
    let part = |at: usize| first.get(at).cloned().unwrap_or_default().replace('\n', ", ");
    notes.extend(addresses.map(|other| joined(other, ", ").replace('\n', ", ")).filter(|other| !other.is_empty()));
    [part(2), joined([part(1), part(0)], ", "), part(3), part(4), part(5), part(6)]
}

/// As ISO 8601. One without a year is no day of ours, and kept as a note.
fn birthday(card: &[Property], notes: &mut Vec<String>) -> String {
    let Some(said) = best(card, "BDAY").map(Property::text) else { return String::new() };
    let day = said.split(['T', ' ']).next().unwrap_or_default();
    let digits: String = day.chars().filter(char::is_ascii_digit).collect();
    let is_whole = digits.len() == 8 && !day.starts_with('-') && day.chars().all(|c| c.is_ascii_digit() || c == '-');
    if !is_whole {
        notes.push(format!("Birthday: {said}"));
        return String::new();
    }
    format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])
}

/// Is the name only the address or number again?
fn is_same(known: &str, name: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
    known.eq_ignore_ascii_case(name.trim()) || (!name.is_empty() && is_number(name) && digits(known) == digits(name))
}
