//! Reads questions with known answers, from tab-separated lines, CSV or
//! JSON Lines. They measure search quality.

use super::json_lines;
use super::table::read_table;
use crate::domain::search::evaluation::EvaluationQuery;

/// Names of the question and the answer column; the first one found is used.
const QUESTION_COLUMNS: [&str; 4] = ["question", "query", "text", "symptom"];
const ANSWER_COLUMNS: [&str; 9] = [
    "answers",
    "answer",
    "relevant",
    "relevant_id",
    "relevant_ids",
    "category",
    "ticket",
    "ids",
    "id",
];

/// Parses a file of questions. Several answers to a question are separated by
/// commas.
///
/// # Errors
/// What is wrong, with the line.
pub(crate) fn parse_questions(file: &str) -> Result<Vec<EvaluationQuery>, String> {
    let first = file.lines().find(|line| !line.trim().is_empty());
    let questions = match first {
        Some(line) if line.contains('\t') && !json_lines::is_json_lines(file.as_bytes()) => {
            tabbed(file)?
        }
        Some(_) => cells(file)?,
        None => Vec::new(),
    };
    if questions.is_empty() {
        return Err("no questions found".to_owned());
    }
    Ok(questions)
}

fn tabbed(file: &str) -> Result<Vec<EvaluationQuery>, String> {
    let mut questions = Vec::new();
    for (number, line) in (1_u64..).zip(file.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let (asked, answered) = line
            .rsplit_once('\t')
            .ok_or_else(|| format!("line {number} has no tab between question and answers"))?;
        if !(questions.is_empty() && is_header(asked, answered)) {
            questions.push(question(number, asked, answered)?);
        }
    }
    Ok(questions)
}

fn cells(file: &str) -> Result<Vec<EvaluationQuery>, String> {
    let mut table = read_table(file.as_bytes(), None, &mut Vec::new())?;
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            table
                .header
                .iter()
                .position(|column| column.to_lowercase() == **name)
        })
    };
    let mut questions = Vec::new();
    let (asked, answered) = match (find(&QUESTION_COLUMNS), find(&ANSWER_COLUMNS)) {
        (Some(asked), Some(answered)) => (asked, answered),
        _ if json_lines::is_json_lines(file.as_bytes()) => {
            return Err("objects need the keys 'question' and 'answers'".to_owned());
        }
        _ => {
            let last = table.header.len() - 1;
            if last == 0 {
                return Err("line 1 has no tab between question and answers".to_owned());
            }
            questions.push(question(1, &table.header[0], &table.header[last])?);
            (0, last)
        }
    };
    while let Some((line, record)) = table.next()? {
        let record = record.map_err(|fault| format!("line {line}: {fault}"))?;
        let cell = |at: usize| {
            let cell = record.get(at).unwrap_or_default();
            String::from_utf8_lossy(cell).into_owned()
        };
        questions.push(question(line, &cell(asked), &cell(answered))?);
    }
    Ok(questions)
}

fn is_header(asked: &str, answered: &str) -> bool {
    let is = |names: &[&str], name: &str| names.contains(&name.trim().to_lowercase().as_str());
    is(&QUESTION_COLUMNS, asked) && is(&ANSWER_COLUMNS, answered)
}

fn question(line: u64, asked: &str, answered: &str) -> Result<EvaluationQuery, String> {
    let answers = answered.split(',').map(str::trim);
    let answers: Vec<String> = answers
        .filter(|answer| !answer.is_empty())
        .map(str::to_owned)
        .collect();
    if asked.trim().is_empty() {
        return Err(format!("line {line} has no question"));
    }
    if answers.is_empty() {
        return Err(format!("line {line} has no answers"));
    }
    Ok(EvaluationQuery {
        text: asked.trim().to_owned(),
        relevant: answers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Vec<(String, Vec<String>)> {
        let all = parse_questions(file).unwrap();
        all.into_iter()
            .map(|one| (one.text, one.relevant))
            .collect()
    }

    #[test]
    fn every_format_gives_the_same_questions() {
        let wanted = [
            ("why, \"so\" slow".to_owned(), vec!["7".to_owned()]),
            (
                "no mail".to_owned(),
                vec!["INC1".to_owned(), "8".to_owned()],
            ),
        ];
        for file in [
            "why, \"so\" slow\t7\n\nno mail\tINC1, 8\n",
            "query\trelevant\nwhy, \"so\" slow\t7\r\nno mail\tINC1,8",
            "\"why, \"\"so\"\" slow\",7\nno mail,\"INC1,8\"\n",
            "id,question\n7,\"why, \"\"so\"\" slow\"\n\"INC1,8\",no mail\n",
            "{\"query\":\"why, \\\"so\\\" slow\",\"relevant\":7}\n{\"query\":\"no mail\",\"relevant\":[\"INC1\",8]}\n",
        ] {
            assert_eq!(read(file), wanted, "{file}");
        }
    }

    #[test]
    fn an_invalid_question_is_reported_with_its_line() {
        for (file, fault) in [
            ("", "no questions found"),
            ("\n \n", "no questions found"),
            ("question\tanswers\n", "no questions found"),
            (
                "a\t1\nb\n",
                "line 2 has no tab between question and answers",
            ),
            ("a\nb\n", "line 1 has no tab between question and answers"),
            ("a\t\n", "line 1 has no answers"),
            ("\t1\n", "line 1 has no question"),
            (
                "{\"query\":\"a\"}\n",
                "objects need the keys 'question' and 'answers'",
            ),
        ] {
            assert_eq!(parse_questions(file).unwrap_err(), fault, "{file:?}");
        }
    }
}
