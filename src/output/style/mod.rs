//! Text for people: safe output of untrusted text, colours, tables, pages.

pub(super) mod highlight;
pub(super) mod html_document;
pub(super) mod humanize;
pub(super) mod markdown_escape;
pub(super) mod page_writer;
pub(super) mod palette;
pub(super) mod table_layout;
pub(super) mod untrusted;
