//! The templates of the policy.

use super::Output;
use super::printer::Printer;
use super::published::policy as published;
use super::style::table_layout::{Cell, TableLayout};
use crate::domain::policy::templates::Template;
use crate::error::Error;

/// The templates of the policy, in its order.
pub(crate) struct Templates(pub(crate) Vec<Template>);

impl Templates {
    fn published(&self) -> impl Iterator<Item = published::Template<'_>> {
        self.0.iter().map(Into::into)
    }
}

impl Output for Templates {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return to.note("the policy has no templates; see desk help opening");
        }
        let row = |template: &Template| {
            let category = template.category.as_ref();
            let keys = template.questions.iter();
            let keys: Vec<&str> = keys.map(|question| question.key.as_str()).collect();
            let optional = |text: Option<&str>| text.map_or_else(Cell::none, Cell::untrusted);
            vec![
                Cell::untrusted(&template.name),
                optional(template.kind.map(|kind| kind.as_str())),
                optional(category.map(|path| path.as_str())),
                optional(Some(keys.join(", ").as_str()).filter(|keys| !keys.is_empty())),
                optional(template.resolution.as_ref().map(|_| "yes")),
                optional(template.title.as_deref()),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        let heads = ["TEMPLATE", "KIND", "CATEGORY", "ASKS", "RESOLVES", "TITLE"];
        to.rows(TableLayout::new(heads), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut all = self.0.iter();
        all.try_for_each(|one| to.text(&format!("{}\n", one.name)))
    }
}
