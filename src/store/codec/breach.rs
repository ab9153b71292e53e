//! The facts about a breach of personal data as bodies, and back. Names of
//! regimes and stages, words, times and numbers are in the body; free and
//! personal texts are stored beside it.

use std::collections::BTreeMap;

use super::super::StoreError;
use super::body::{Body, Draft, span, word};
use super::canonical::Json;
use crate::domain::breach::details::{Details, LISTS, NumberRange, TEXTS};
use crate::domain::breach::fact::{BreachFact, Decided, Notification};
use crate::domain::breach::severity::{Score, Scores};
use crate::domain::breach::terms::{Terms, Trigger, Unless, Within};
use crate::domain::event::Answer;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{Nature, Recipient, Risk, Role};

/// Writes the entries of a fact.
pub(super) fn draft(fact: &BreachFact, to: &mut Draft) {
    match fact {
        BreachFact::Opened {
            role,
            policy,
            terms,
        } => {
            to.put("role", role.as_str());
            to.put("policy", i64::from(*policy));
            to.put("terms", Json::List(terms.iter().map(write_terms).collect()));
        }
        BreachFact::Described { details, note: _ } => {
            to.words("natures", details.natures.iter().map(|one| one.as_str()));
            to.time("happened_from", details.happened_from);
            to.time("happened_to", details.happened_to);
            to.time("detected", details.detected);
            put_range(to, "persons", details.persons);
            put_range(to, "records", details.records);
        }
        BreachFact::BecameAware(decided) | BreachFact::Classified(decided) => {
            to.time("time", Some(decided.at));
        }
        BreachFact::Contained { at, measure: _ } => to.time("time", Some(*at)),
        BreachFact::Assessed {
            policy,
            answers,
            scores,
        } => {
            to.put("policy", i64::from(*policy));
            to.words("answers", answers.iter().map(|one| one.key.as_str()));
            to.put("context", scores.context.0);
            to.put("identification", scores.identification.0);
            to.put("circumstances", scores.circumstances.0);
        }
        BreachFact::RiskDecided { risk, .. } => to.put("risk", risk.as_str()),
        BreachFact::Notified(sent) => {
            to.put("obligation", i64::from(sent.obligation));
            to.put("name", sent.name.as_str());
            to.time("time", Some(sent.at));
            to.put(
                "more_follows",
                sent.more_follows.then_some(Json::Bool(true)),
            );
        }
        BreachFact::NotRequired {
            obligation, name, ..
        } => {
            to.put("obligation", i64::from(*obligation));
            to.put("name", name.as_str());
        }
        BreachFact::Warned {
            obligation,
            name,
            before,
            due,
        } => {
            to.put("obligation", i64::from(*obligation));
            to.put("name", name.as_str());
            to.span("before", *before);
            to.time("due", Some(*due));
        }
        BreachFact::Closed { left_open, .. } => to.numbers("left_open", left_open),
        BreachFact::Reopened { .. } => {}
    }
}

fn put_range(to: &mut Draft, key: &str, range: Option<NumberRange>) {
    let number = |number| Json::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let list = range.map(|range| Json::List(vec![number(range.min), number(range.max)]));
    to.put(key, list);
}

fn map(entries: Vec<(&str, Option<Json>)>) -> Json {
    let entries = entries.into_iter();
    let present = entries.filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Json::Map(present.collect::<BTreeMap<_, _>>())
}

fn write_terms(terms: &Terms) -> Json {
    let Terms {
        regime,
        stage,
        to,
        basis: _,
        limits,
        unless,
        is_own_span,
        warnings,
        zone,
    } = terms;
    let limit = |(trigger, within): &(Trigger, Within)| {
        let (span, months) = match within {
            Within::Time(span) => (Some(span.num_milliseconds().into()), None),
            Within::Months(months) => (None, Some(i64::from(*months).into())),
        };
        map(vec![
            ("from", Some(Json::Text(trigger.to_string()))),
            ("span", span),
            ("months", months),
        ])
    };
    let yes = |is_so: bool| is_so.then_some(Json::Bool(true));
    let warnings = warnings
        .iter()
        .map(|before| before.num_milliseconds().into());
    map(vec![
        ("regime", Some(regime.as_str().into())),
        ("stage", Some(stage.as_str().into())),
        ("to", Some(to.as_str().into())),
        (
            "limits",
            Some(Json::List(limits.iter().map(limit).collect())),
        ),
        (RISK_UNLIKELY, yes(*unless == Some(Unless::RiskUnlikely))),
        ("own", yes(*is_own_span)),
        ("warnings", Some(Json::List(warnings.collect()))),
        ("zone", Some(zone.name().into())),
    ])
}

/// The entry of terms that do not bind if a risk is unlikely.
const RISK_UNLIKELY: &str = "unless_risk_unlikely";

/// Reads a fact; `None` for a kind that is not one about a breach.
///
/// # Errors
/// [`StoreError::Damaged`] for an unknown word, and for a missing entry.
pub(super) fn read(kind: &str, from: &Body) -> Result<Option<BreachFact>, StoreError> {
    let decided = || {
        Ok::<_, StoreError>(Decided {
            at: from.time("time")?,
            by: from.text("by")?,
            reason: from.maybe_text("reason"),
        })
    };
    Ok(Some(match kind {
        "breach-opened" => BreachFact::Opened {
            role: from.word("role", Role::parse)?,
            policy: from.int("policy")?,
            terms: terms(from)?,
        },
        "breach-described" => BreachFact::Described {
            details: Box::new(details(from)?),
            note: from.maybe_text("note"),
        },
        "breach-aware" => BreachFact::BecameAware(decided()?),
        "breach-classified" => BreachFact::Classified(decided()?),
        "breach-contained" => BreachFact::Contained {
            at: from.time("time")?,
            measure: from.text("measure")?,
        },
        "breach-assessed" => BreachFact::Assessed {
            policy: from.int("policy")?,
            answers: answers(from)?,
            scores: Scores {
                context: Score(from.int("context")?),
                identification: Score(from.int("identification")?),
                circumstances: Score(from.int("circumstances")?),
            },
        },
        "breach-risk-decided" => BreachFact::RiskDecided {
            risk: from.word("risk", Risk::parse)?,
            by: from.text("by")?,
            reason: from.text("reason")?,
        },
        "breach-notified" => BreachFact::Notified(Notification {
            obligation: from.int("obligation")?,
            name: from.name("name")?.to_owned(),
            at: from.time("time")?,
            how: from.text("how")?,
            by: from.text("by")?,
            reference: from.maybe_text("reference"),
            delay: from.maybe_text("delay"),
            note: from.maybe_text("note"),
            more_follows: from.maybe_bool("more_follows"),
        }),
        "breach-not-required" => BreachFact::NotRequired {
            obligation: from.int("obligation")?,
            name: from.name("name")?.to_owned(),
            by: from.text("by")?,
            reason: from.text("reason")?,
        },
        "breach-warned" => BreachFact::Warned {
            obligation: from.int("obligation")?,
            name: from.name("name")?.to_owned(),
            before: from.maybe_span("before")?,
            due: from.time("due")?,
        },
        "breach-closed" => BreachFact::Closed {
            lessons: from.text("lessons")?,
            left_open: numbers(from, "left_open")?,
            reason: from.maybe_text("reason"),
        },
        "breach-reopened" => BreachFact::Reopened {
            reason: from.text("reason")?,
        },
        _ => return Ok(None),
    }))
}

fn numbers(from: &Body, key: &str) -> Result<Vec<u32>, StoreError> {
    let list = from.entry(key).and_then(Json::as_list).unwrap_or_default();
    let number = |one: &Json| one.as_int().and_then(|number| u32::try_from(number).ok());
    let numbers = list.iter().map(|one| number(one).ok_or_else(|| wrong(key)));
    numbers.collect()
}

fn wrong(key: &str) -> StoreError {
    StoreError::damaged(format!("an event's '{key}' cannot be read"))
}

fn answers(from: &Body) -> Result<Vec<Answer>, StoreError> {
    let read = |(index, key): (usize, &str)| {
        Ok(Answer {
            key: key.to_owned(),
            question: from.text(&format!("answers/{index}/question"))?,
            answer: from.text(&format!("answers/{index}/answer"))?,
        })
    };
    from.words("answers").enumerate().map(read).collect()
}

fn details(from: &Body) -> Result<Details, StoreError> {
    let natures = from.words("natures").map(|one| word(one, Nature::parse));
    Ok(Details {
        natures: natures.collect::<Result<_, _>>()?,
        happened_from: from.maybe_time("happened_from")?,
        happened_to: from.maybe_time("happened_to")?,
        detected: from.maybe_time("detected")?,
        persons: range(from, "persons")?,
        records: range(from, "records")?,
        ..Details::default()
    }
    .with_texts(
        TEXTS.map(|path| from.maybe_text(path)),
        LISTS.map(|path| from.texts(path)),
    ))
}

fn range(from: &Body, key: &str) -> Result<Option<NumberRange>, StoreError> {
    let Some(list) = from.entry(key).and_then(Json::as_list) else {
        return Ok(None);
    };
    let number = |one: &Json| one.as_int().and_then(|number| u64::try_from(number).ok());
    match list {
        [min, max] => {
            let range = number(min).zip(number(max));
            let (min, max) = range.ok_or_else(|| wrong(key))?;
            Ok(Some(NumberRange { min, max }))
        }
        [..] => Err(wrong(key)),
    }
}

fn terms(from: &Body) -> Result<Vec<Terms>, StoreError> {
    let list = from.entry("terms").and_then(Json::as_list);
    let list = list.ok_or_else(|| wrong("terms"))?;
    let read = |(index, one): (usize, &Json)| {
        let text = |key: &str| {
            one.get(key)
                .and_then(Json::as_text)
                .ok_or_else(|| wrong(key))
        };
        let is_so = |key: &str| one.get(key).and_then(Json::as_bool) == Some(true);
        let items = |key: &str| {
            let items = one.get(key).and_then(Json::as_list);
            items.ok_or_else(|| wrong(key))
        };
        let other = from.maybe_text(&format!("terms/{index}/unless"));
        let unless = match is_so(RISK_UNLIKELY) {
            true => Some(Unless::RiskUnlikely),
            false => other.map(Unless::Other),
        };
        let warnings = items("warnings")?.iter();
        let warnings = warnings.map(|one| span(one.as_int().ok_or_else(|| wrong("warnings"))?));
        Ok(Terms {
            regime: text("regime")?.to_owned(),
            stage: text("stage")?.to_owned(),
            to: word(text("to")?, Recipient::parse)?,
            basis: from.maybe_text(&format!("terms/{index}/basis")),
            limits: items("limits")?
                .iter()
                .map(limit)
                .collect::<Result<_, _>>()?,
            unless,
            is_own_span: is_so("own"),
            warnings: warnings.collect::<Result<_, _>>()?,
            zone: Zone::from_name(text("zone")?)
                .map_err(|fault| StoreError::damaged(fault.to_string()))?,
        })
    };
    list.iter().enumerate().map(read).collect()
}

fn limit(from: &Json) -> Result<(Trigger, Within), StoreError> {
    let trigger = from.get("from").and_then(Json::as_text);
    let trigger = trigger.and_then(Trigger::parse);
    let number = |key: &str| from.get(key).and_then(Json::as_int);
    let within = match (number("span"), number("months")) {
        (Some(ms), None) => Within::Time(span(ms)?),
        (None, Some(months)) => Within::Months(u32::try_from(months).map_err(|_| wrong("months"))?),
        (_, _) => return Err(wrong("limits")),
    };
    Ok((trigger.ok_or_else(|| wrong("limits"))?, within))
}
