//! The result of a search evaluation: hit@1, hit@5 and MRR@10.

use super::Output;
use super::printer::Printer;
use super::published::search as published;
use super::style::humanize;
use crate::domain::search::evaluation::Evaluation;
use crate::error::Error;

impl Output for Evaluation {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let metrics = &self.metrics;
        to.text(&format!(
            "{}: hit@1 {:.3}, hit@5 {:.3}, MRR@10 {:.3}\n",
            humanize::plural(metrics.queries.into(), "question"),
            metrics.hit_1(),
            metrics.hit_5(),
            metrics.mrr_10()
        ))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::Evaluation::from(self))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list([published::Evaluation::from(self)])
    }
}
