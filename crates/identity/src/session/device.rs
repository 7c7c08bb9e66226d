//! What a user agent says about the device: a browser and a system, as far as it plainly says so. It is shown to the
//! person whose session it is, and tells a new device from a known one; nothing is decided by it.

/// Order matters: later names stand inside the agents of earlier ones (Edge says Chrome, Chrome says Safari).
const BROWSERS: &[(&str, &str)] = &[
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// A browser and its system; None where the agent does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device<'a> {
    pub browser: Option<&'a str>,
    pub system: Option<&'a str>,
}

impl<'a> Device<'a> {
    pub fn read(agent: &'a str) -> Self {
        let named =
            |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
        // A program names itself first, as in `curl/8.5`.
        let program =
            agent.split(['/', ' ']).next().filter(|name| !name.is_empty() && *name != "Mozilla" && name.len() <= 40);
        Self { browser: named(BROWSERS).or(program), system: named(SYSTEMS) }
    }

    /// `Firefox, Windows`; None when nothing is known.
    pub fn label(self) -> Option<String> {
        match (self.browser, self.system) {
            (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
            (one, other) => one.or(other).map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_are_told_apart() {
        for (agent, label) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
                Some("Firefox, Windows"),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                Some("Safari, macOS"),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
                Some("Edge, Linux"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1",
                Some("Chrome, iPhone"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
                Some("Chrome, Android"),
            ),
            ("curl/8.5.0", Some("curl")),
            ("Mozilla/5.0", None),
            ("", None),
        ] {
            assert_eq!(Device::read(agent).label().as_deref(), label, "{agent}");
        }
    }
}
