//! The body as plain text and as HTML. Every value is text: nothing a user wrote becomes markup.

use std::fmt::Write;

use kernel::Language;

use super::Part;

/// Plain text: paragraphs parted by empty lines.
pub fn text(parts: &[Part], signature: Option<&str>) -> String {
    let mut blocks: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Button { label, url } => format!("{label}:\n{url}"),
            Part::Facts(facts) => {
                facts.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
            }
            Part::Quote(quote) => quote.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"),
        })
        .collect();
    blocks.extend(signature.map(|s| format!("-- \n{s}")));
    blocks.join("\n\n") + "\n"
}

const BODY: &str = "margin:0;padding:24px;background:#f4f5f7;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c2024";
const CARD: &str = "max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #e1e4e8;border-radius:8px;padding:32px;font-size:16px;line-height:1.5";
const BUTTON: &str = "display:inline-block;background:#1f4fd8;color:#ffffff;text-decoration:none;font-weight:600;padding:12px 20px;border-radius:6px";

/// HTML with inline styles, as mail programs need it.
pub fn html(parts: &[Part], signature: Option<&str>, language: Language, from: &str) -> String {
    let mut html = format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"></head>\
         <body style=\"{BODY}\"><div style=\"{CARD}\"><p style=\"margin:0 0 24px;font-weight:600;font-size:14px;color:#5b6470\">{}</p>",
        lines(from)
    );
    for part in parts {
        // Writing to a String cannot fail.
        let _ = match part {
            Part::Text(text) => write!(html, "<p style=\"margin:0 0 16px\">{}</p>", lines(text)),
            Part::Button { label, url } => write!(
                html,
                "<p style=\"margin:24px 0\"><a href=\"{0}\" style=\"{BUTTON}\">{1}</a></p>\
                 <p style=\"margin:0 0 16px;font-size:13px;color:#5b6470;word-break:break-all\">{0}</p>",
                lines(url),
                lines(label)
            ),
            Part::Facts(facts) => facts_html(&mut html, facts),
            Part::Quote(quote) => {
                write!(
                    html,
                    "<blockquote style=\"margin:0 0 16px;padding-left:16px;border-left:3px solid #c9ced6\">{}</blockquote>",
                    lines(quote)
                )
            }
        };
    }
    if let Some(signature) = signature {
        let _ = write!(html, "<p style=\"margin:24px 0 0;font-size:14px;color:#5b6470\">{}</p>", lines(signature));
    }
    html.push_str("</div></body></html>");
    html
}

fn facts_html(html: &mut String, facts: &[(String, String)]) -> std::fmt::Result {
    html.push_str("<table role=\"presentation\" style=\"width:100%;border-collapse:collapse;margin:0 0 16px\">");
    for (name, value) in facts {
        write!(
            html,
            "<tr><td style=\"padding:6px 12px 6px 0;color:#5b6470;vertical-align:top\">{}</td><td style=\"padding:6px 0;text-align:right;font-weight:600\">{}</td></tr>",
            lines(name),
            lines(value)
        )?;
    }
    html.push_str("</table>");
    Ok(())
}

/// Text for HTML, its line breaks kept.
fn lines(text: &str) -> String {
    edge::docs::escape(text).replace('\n', "<br>")
}
