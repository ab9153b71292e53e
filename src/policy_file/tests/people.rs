//! Levels and the matrix, tiers and agents, categories.

use super::{faults, lines, parsed};
use crate::domain::category::Category;
use crate::policy_file::personal_parts;

#[test]
fn a_desk_can_have_its_own_levels() {
    let policy = parsed(
        r#"
[levels]
impact = ["Everybody", "few"]
urgency = ["now", "soon", "later"]
[matrix]
few = ["P3", 4, 5]
everybody = [1, 2, 3]
"#,
    );
    let matrix = policy.policy.matrix;
    assert_eq!(matrix.impact, ["everybody", "few"]);
    assert_eq!(matrix.cells, [[1, 2, 3], [3, 4, 5]]);
}

#[test]
fn levels_of_the_same_number_keep_the_built_in_matrix() {
    let policy = parsed("levels.impact = [\"a\", \"b\", \"c\"]").policy;
    assert_eq!(policy.matrix.cells[0], [1, 2, 3]);
}

#[test]
fn levels_have_two_to_five_distinct_names() {
    insta::assert_snapshot!(faults(r#"
[levels]
impact = ["high"]
urgency = ["now", "NOW", "very soon", "3", 4]
"#), @"
    line 3: levels.impact: write a list of 2 to 5 names, the highest first, not 1
    line 4: levels.urgency: 'now' is listed twice
    line 4: levels.urgency: 'very soon' cannot be the name of a level: use at most 40 letters, digits and - _ .
    line 4: levels.urgency: '3' would be read as a position on the scale: use a word
    line 4: levels.urgency: it is an integer; write a name in quotes
    ");
    insta::assert_snapshot!(faults("[levels]\nimpact = ['a', 'b']"), @"line 1: levels: the built-in matrix has 3 rows of 3 cells: write a [matrix] of 2 rows with 3 cells each");
}

#[test]
fn a_matrix_has_a_cell_for_every_pair() {
    insta::assert_snapshot!(faults(r#"
[matrix]
high = [1, 2]
medum = [2, 3, 4]
low = [0, "P10", "high"]
"#), @"
    line 2: matrix: there is no row for 'medium'
    line 3: matrix.high: it has 2 cells and needs 3: one for each of high, medium, low
    line 4: matrix.medum: unknown impact level 'medum': did you mean 'medium'? accepted: high, medium, low
    line 5: matrix.low: write a whole number from 1 to 9
    line 5: matrix.low: 'P10' is not a priority; write P1 to P9
    line 5: matrix.low: 'high' is not a priority; write P1 to P9
    ");
}

#[test]
fn tiers_are_distinct_and_agents_refer_to_them() {
    insta::assert_snapshot!(faults(r#"
tiers = ["L1", "l1", "second line", "L3"]
[agents]
anna = "L2"
"j doe" = "L1"
desk = "L1"
j.doe = "L1"
bert = { tier = "L3", name = "" }
" bert" = {}
"#), @r#"
    line 2: tiers: 'l1' is listed twice
    line 2: tiers: 'second line' cannot be the name of a tier: use at most 40 letters, digits and - _ .
    line 5: agents."j doe": 'j doe' is not a name for an agent; use letters, digits and . _ - @ +, without spaces, such as anna or j.doe
    line 6: agents.desk: the name 'desk' is reserved for the program; choose another name for the agent
    line 7: agents.j.doe: unknown key 'doe': accepted: tier, name, login, email; write a name with a dot in quotes, such as "j.doe"
    line 8: agents.bert.name: the name is empty
    line 9: agents." bert": 'bert' is listed twice
    "#);
    insta::assert_snapshot!(faults("tiers = []"), @r#"line 1: tiers: it is empty; write a list of names from first line to last, such as ["L1", "L2"]"#);
    insta::assert_snapshot!(faults("tiers = ['first', 'second']\nagents.anna = 'frist'"), @"
    line 1: tiers: the built-in escalation P1 -> L3 needs the tier L3: write [[escalations]] with clock, percent, from and to, with priority and to, or with unassigned_for and to, or escalations = [] for none
    line 2: agents.anna: unknown tier 'frist': did you mean 'first'? accepted: first, second
    ");
}

#[test]
fn the_names_and_logins_of_agents_are_personal_parts() {
    let parts = |text: &str| {
        let parts = personal_parts(text).into_iter();
        parts.map(|part| text[part].to_owned()).collect::<Vec<_>>()
    };
    let text = r#"
tiers = ["L1"]
agents.eve = "L1"
[agents.dora]
login = "dora-d"
tier = "L1"
name = '''Dora'''
email = "dora@example.org"
"#;
    assert_eq!(
        parts(text),
        ["eve", "dora", "dora-d", "Dora", "dora@example.org"]
    );
    let text = r#"
[agents]
anna = "L1"
"b.c@example.org" = { tier = "L1", name = "B \" C", login = 'bc' }
'd' = { name = "" }
[categories.anna]
title = "anna"
"#;
    assert_eq!(
        parts(text),
        ["anna", "b.c@example.org", "B \\\" C", "bc", "d"]
    );
    for nothing in ["", "agents = 3", "agents = [", "[agents]\nx = 1\nx = 2"] {
        assert_eq!(parts(nothing), Vec::<String>::new());
    }
}

#[test]
fn an_erased_part_leaves_a_policy_that_is_read() {
    let text = r#"
[agents]
"anna roth".tier = "L1"
[agents.x]
name = "Anna"
email = "anna@example.org"
"#
    .replace("anna roth", "anna");
    for part in personal_parts(&text) {
        let mut erased = text.clone();
        erased.replace_range(part, "erased-1");
        assert_eq!(parsed(&erased).policy.agents.len(), 2, "{erased}");
    }
}

#[test]
fn an_agent_has_a_login() {
    let policy = parsed("[agents]\nanna = { login = \"aroth\" }\nben = \"L1\"").policy;
    let logins: Vec<_> = policy
        .agents
        .iter()
        .map(|agent| agent.login.as_deref())
        .collect();
    assert_eq!(logins, [Some("aroth"), None]);
}

#[test]
fn an_agent_has_a_mail_address_of_their_own() {
    let text = "[agents]\nanna = { email = \"anna@example.org\" }\nben = \"L1\"";
    let policy = parsed(text).policy;
    let (anna, ben) = (&policy.agents[0].agent, &policy.agents[1].agent);
    assert_eq!(policy.email_of(anna), Some("anna@example.org"));
    assert_eq!(policy.email_of(ben), None);
    assert_eq!(policy.agent_with_email("Anna@Example.org"), Some(anna));
    insta::assert_snapshot!(faults(r#"
[agents]
anna = { email = "anna@example.org" }
ben = { email = "ANNA@example.org" }
carla = { email = "carla" }
"#), @r#"
    line 4: agents.ben: another agent has the address 'ANNA@example.org' too
    line 5: agents.carla.email: 'carla' is not a mail address such as "anna@example.org"
    "#);
}

#[test]
fn tiers_are_accepted_in_any_case() {
    let policy = parsed("agents.anna = 'l2'").policy;
    assert_eq!(policy.agents[0].tier.as_ref().unwrap().as_str(), "L2");
}

#[test]
fn ancestors_of_a_category_are_added() {
    let read = parsed(
        r#"
[categories."Network/VPN/client"]
questions = ["Which version?", "Which version, exactly?", { key = "os", text = "Which system?" }, "Which version"]
[categories.network]
title = "Network"
"#,
    );
    let tree = &read.policy.categories;
    let paths: Vec<&str> = tree.iter().map(|branch| branch.path.as_str()).collect();
    assert_eq!(paths, ["network/vpn", "network/vpn/client", "network"]);
    let keys: Vec<&str> = tree[1].questions.iter().map(|q| q.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "which-version",
            "which-version-exactly",
            "os",
            "which-version-2"
        ]
    );
    assert_eq!(lines(&read.notes), "");
}

#[test]
fn faults_of_categories_and_questions_are_reported() {
    insta::assert_snapshot!(faults(r#"
[categories."a//b"]
[categories.network]
title = ""
questions = ["", { key = "x y", text = "Who?" }, { key = "x" }, 3, { key = "k", text = "a" }, { key = "k", text = "b" }]
[categories.Network]
[[targets]]
response = "1h"
resolution = "4h"
[[targets]]
category = "netwrok"
response = "1h"
"#), @r#"
    line 2: categories."a//b": 'a//b' is not a category: write a path of one to five names joined by '/', such as network/vpn; names are letters, digits and - _ . + &
    line 4: categories.network.title: the title is empty
    line 5: categories.network.questions: the question is empty
    line 5: categories.network.questions.key: 'x y' cannot be the name of a question: use at most 40 letters, digits and - _ .
    line 5: categories.network.questions: a question needs a text
    line 5: categories.network.questions: it is an integer; write a text, or { key = "…", text = "…" }
    line 5: categories.network.questions: a second question with the key 'k'
    line 6: categories.Network: 'network' is listed twice
    "#);
}

#[test]
fn any_category_is_accepted_without_a_category_tree() {
    let text =
        "[[targets]]\nresponse='1h'\nresolution='2h'\n[[targets]]\ncategory='a/b'\nresponse='1m'";
    let policy = parsed(text).policy;
    assert_eq!(
        policy.targets[1].category,
        Some(Category::from_stored("a/b"))
    );
}
