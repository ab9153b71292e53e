//! HTML pages: one file without scripts or anything to fetch, for screens and for
//! paper.

use maud::{Markup, PreEscaped, html};

/// Returns a page with this title, style and body.
pub(crate) fn html_document(title: &str, css: &str, body: &Markup) -> String {
    let page = html! {
        (PreEscaped("<!doctype html>\n"))
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(css)) }
            }
            body { (body) }
        }
    };
    page.into_string() + "\n"
}
