//! What stands in the fields of the page: from the address that led here, or from what was sent.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use chrono::{DateTime, Utc};
use edge::Connection;
use leads::lead::Utm;

use super::open::Opened;
use crate::{
    attachment::receive::Arrived,
    form::{Form, field::FieldKind},
    guard::{Seen, Via},
    submission::take::Sent,
};

/// Names of the page's own, which no field has.
pub(super) const UTM: [&str; 5] = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];
/// The field that people do not see.
pub(super) const TRAP: &str = "hp_homepage";

/// What stands in the page, by name.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub values: BTreeMap<String, String>,
}

impl Typed {
    /// As the address says; where somebody comes from is the page that led or framed here, unless the address says so.
    pub fn prefilled(pairs: Vec<(String, String)>, headers: &HeaderMap) -> Self {
        let mut typed = Self::sent(pairs);
        for own in ["consent", "consent_number", "once", "stamp", "proof", TRAP] {
            typed.values.remove(own);
        }
        let from = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
        if let Some(from) = from.filter(|from| from.starts_with("http") && from.len() <= 1_000) {
            typed.values.entry("landing_page".into()).or_insert_with(|| from.to_owned());
        }
        typed
    }

    /// A page that nobody has been shown: with a number and a stamp of its own.
    pub fn fresh(mut self, opened: &Opened, now: DateTime<Utc>) -> Self {
        let once = kernel::Uuid::now_v7().simple().to_string();
        if let Some(stamp) = opened.stamp(&once, now) {
            self.values.insert("stamp".into(), stamp);
        }
        self.values.insert("once".into(), once);
        self
    }

    /// As it was sent; of several of one name the last counts.
    pub fn sent(pairs: Vec<(String, String)>) -> Self {
        Self { values: pairs.into_iter().collect() }
    }

    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// What the guard looks at besides; `site` is the other site whose form it was.
    pub fn seen(&self, connection: &Connection, headers: &HeaderMap, site: Option<&str>) -> Seen {
        let short = |name: &str| Some(self.get(name)).filter(|v| !v.is_empty() && v.len() <= 100).map(str::to_owned);
        Seen {
            via: Via::Page,
            ip: connection.origin.ip,
            browser: headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site"),
            foreign: site.is_some(),
            trap: !self.get(TRAP).trim().is_empty(),
            once: short("once"),
            stamp: short("stamp"),
            proof: short("proof"),
        }
    }

    /// What the form asks for of it. What is too long of what nobody typed is cut, so that nobody is refused for it.
    pub fn as_sent(&self, form: &Form, page: String, seen: Seen, files: &[Arrived]) -> Sent {
        let typed = form.fields.0.iter().filter(|f| f.kind != FieldKind::File);
        let asked = typed.filter_map(|f| Some((f.key.clone(), self.values.get(&f.key)?.clone())));
        let hidden = |name: &str, most: usize| {
            let plain: String = self.get(name).chars().filter(|c| !c.is_control()).take(most).collect();
            Some(plain).filter(|text| !text.trim().is_empty())
        };
        let utm = |name: &str| hidden(name, 200);
        let values: BTreeMap<String, String> = asked.collect();
        // The same page sent again with something else in it is another sending.
        let once = hidden("once", 64).map(|once| {
            let with: Vec<String> = files.iter().map(|file| file.upload.sha256()).collect();
            let what = format!("{values:?}{}{}", self.get("consent"), with.concat());
            format!("page:{once}:{}", &leads::lead::consent::digest(&what)[..16])
        });
        Sent {
            values,
            files: BTreeMap::new(),
            consent: (!self.get("consent").is_empty()).then(|| self.get("consent_number").parse().unwrap_or(0)),
            utm: Utm {
                source: utm("utm_source"),
                medium: utm("utm_medium"),
                campaign: utm("utm_campaign"),
                term: utm("utm_term"),
                content: utm("utm_content"),
            },
            landing_page: hidden("landing_page", 1_000),
            once,
            page,
            seen,
        }
        .with(files)
    }
}
