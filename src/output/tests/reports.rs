//! Reports at two widths, and as an HTML page.

use insta::assert_snapshot;

use super::super::test_terminal::TestTerminal;
use super::super::*;
use crate::domain::group_counts::GroupKey;
use crate::domain::report::tests::{row, scope, some};
use crate::domain::report::{Report, ReportCollector, ReportPage};
use crate::domain::vocabulary::Breakdown;

fn report(by: Breakdown) -> Report {
    let mut report = Report::new(scope(by, None, None, 2_100));
    let (rows, handovers) = some();
    rows.iter().for_each(|row| report.ticket(row));
    handovers.iter().for_each(|one| report.transfer(one));
    report.finish()
}

#[test]
fn a_report_at_80_columns_tells_the_time_that_passed() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 0);
    let printed = terminal.shows(&report(Breakdown::Priority));
    assert!(printed.lines().all(|line| untrusted::width(line) <= 80));
    assert_snapshot!(printed, @"
    All time until 2026-03-29 12:00, UTC

    Tickets
    PRIO  OPENED  RESOLVED  CLOSED  OPEN  OVERDUE  MEDIAN AGE  OLDEST
    P1         2         2       2     0        0           -       -
    P2         2         2       1     1        0      54d 4h  54d 4h
    P3         1         0       0     1        1       4d 4h   4d 4h
    none       2         2       2     0        0           -       -
    all        7         6       5     2        1      29d 4h  54d 4h

    First response, elapsed (working time: with --json, or on a wider terminal)
    PRIO  MET  MISSED  LATE  RECL  NONE  SHARE MET           MEAN  MEDIAN     P90
    P1      1       0     0     1     0  ██████████ 100 %  1h 30m  1h 30m  2h 42m
    P2      1       1     0     0     0  █████░░░░░  50 %      2h      2h  2h 48m
    P3      0       1     1     0     0  ░░░░░░░░░░   0 %       -       -       -
    none    0       0     0     0     1  -                      -       -       -
    all     2       2     1     1     1  █████░░░░░  50 %  1h 45m      2h      3h

    Resolution, elapsed (working time: with --json, or on a wider terminal)
    PRIO  MET  MISSED  LATE  RECL  NONE  SHARE MET            MEAN   MEDIAN     P90
    P1      1       0     0     1     0  ██████████ 100 %  22h 30m  22h 30m  1d 12h
    P2      1       1     0     0     0  █████░░░░░  50 %    1d 6h    1d 6h   1d 6h
    P3      0       1     1     0     0  ░░░░░░░░░░   0 %        -        -       -
    none    0       0     0     0     1  -                      2h       2h      2h
    all     2       2     1     1     1  █████░░░░░  50 %  21h 24m    1d 6h  1d 12h

    Quality
    PRIO  REOPENED  FIRST LINE  L1->L2  L1->L3  BACK  RATED  RATING
    P1         0 %       100 %       0       0     0      1     5.0
    P2        50 %        50 %       2       1     2      1     2.0
    P3           -           -       0       0     0      0       -
    none       0 %       100 %       0       0     0      0       -
    all       17 %        80 %       2       1     2      2     3.5

    Against the published targets
    first response within 1h  ████░░░░░░  40 %  2 of 5
    first response within 3h  ████████░░  80 %  4 of 5
    mean time to resolution   ✓ met             21h 24m of 1d
    ");
}

#[test]
fn a_report_at_120_columns_tells_working_time_too() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(120), 0);
    let printed = terminal.shows(&report(Breakdown::Month));
    assert!(printed.lines().all(|line| untrusted::width(line) <= 120));
    assert_snapshot!(printed, @"
    All time until 2026-03-29 12:00, UTC

    Tickets
    MONTH    OPENED  RESOLVED  CLOSED  OPEN  OVERDUE  MEDIAN AGE   OLDEST
    2026-01       2         2       2     0        0           -        -
    2026-02       1         1       0     1        0     25d 15h  25d 15h
    2026-03       4         3       3     2        1      29d 4h   54d 4h
    all           7         6       5     2        1      29d 4h   54d 4h

    First response
    MONTH    MET  MISSED  LATE  RECL  NONE  SHARE MET      MEAN  MEDIAN     P90  WORKING MEAN  WORKING MEDIAN  WORKING P90
    2026-01    1       1     0     0     0  ███░░  50 %  1h 30m  1h 30m  2h 42m        1h 30m          1h 30m       2h 42m
    2026-02    1       0     0     0     0  █████ 100 %      1h      1h      1h            1h              1h           1h
    2026-03    0       1     1     1     1  ░░░░░   0 %      3h      3h      3h            3h              3h           3h
    all        2       2     1     1     1  ███░░  50 %  1h 45m      2h      3h        1h 45m              2h           3h

    Resolution
    MONTH    MET  MISSED  LATE  RECL  NONE  SHARE MET       MEAN   MEDIAN     P90  WORKING MEAN  WORKING MEDIAN  WORKING P90
    2026-01    1       1     0     0     0  ███░░  50 %  17h 30m  17h 30m   1d 3h       17h 30m         17h 30m        1d 3h
    2026-02    1       0     0     0     0  █████ 100 %    1d 6h    1d 6h   1d 6h           20h             20h          20h
    2026-03    0       1     1     1     1  ░░░░░   0 %      21h      21h  1d 12h        1d 16h          1d 16h       1d 16h
    all        2       2     1     1     1  ███░░  50 %  21h 24m    1d 6h  1d 12h       23h 45m           1d 1h       1d 13h

    Quality
    MONTH    REOPENED  FIRST LINE  L1->L2  L1->L3  BACK  RATED  RATING
    2026-01      50 %       100 %       0       0     0      2     3.5
    2026-02       0 %         0 %       1       0     1      0       -
    2026-03       0 %       100 %       1       1     1      0       -
    all          17 %        80 %       2       1     2      2     3.5

    Against the published targets
    first response within 1h  ████░░░░░░  40 %  2 of 5
    first response within 3h  ████████░░  80 %  4 of 5
    mean time to resolution   ✓ met             21h 24m of 1d
    ");
}

#[test]
fn an_empty_report_is_a_note_on_stderr() {
    let report = Report::new(scope(Breakdown::Month, None, None, 0)).finish();
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 0);
    let view = report;
    assert_snapshot!(terminal.shows(&view), @"
    --- stderr
    nothing happened in this time
    ");
}

/// The page of a report in which a tier, a category and an agent are hostile.
fn page() -> String {
    let mut page = ReportPage::new(scope(Breakdown::Assignee, None, None, 2_100));
    let (mut rows, mut handovers) = some();
    let hostile = "<script>alert('x' & \"y\")</script>\u{202e}";
    for row in &mut rows {
        row.assignee = Some(crate::domain::people::Agent::from_stored(hostile));
    }
    handovers[0].to = crate::domain::people::Tier::from_stored(hostile);
    rows.iter().for_each(|row| page.ticket(row));
    handovers.iter().for_each(|one| page.transfer(one));
    report_page(&page.finish())
}

/// Names of the elements that are open at the end of the page, each of which
/// should have been closed.
fn unclosed(page: &str) -> Vec<&str> {
    let mut open = Vec::new();
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap();
        let name = tag.split_whitespace().next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !tag.ends_with('/') && !["!doctype", "meta"].contains(&name) {
            open.push(name);
        }
    }
    open
}

#[test]
fn the_page_is_well_formed_and_fetches_and_runs_nothing() {
    let page = page();
    assert!(page.starts_with("<!doctype html>\n"));
    assert_eq!(unclosed(&page), Vec::<&str>::new());
    assert_eq!(page.matches("<svg ").count(), 4);
    for never in [
        "<script", "http:", "https:", "src=", "href=", "url(", "@import", "\u{202e}",
    ] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("&lt;script&gt;alert('x' &amp; &quot;y&quot;)&lt;/script&gt;\\u{202e}"));
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("@media print"));
}

#[test]
fn the_page_has_no_titles_and_no_requesters() {
    let mut page = ReportPage::new(scope(Breakdown::Kind, None, None, 2_100));
    let mut one = row(1, &crate::domain::report::tests::TicketTimes::default());
    one.title = "SECRET".to_owned();
    one.requester.name = Some("SECRET".to_owned());
    page.ticket(&one);
    let page = page.finish();
    assert!(
        page.report
            .groups
            .contains_key(&GroupKey::Named("incident".to_owned()))
    );
    assert!(!report_page(&page).contains("SECRET"));
}

#[test]
fn the_page_of_an_empty_report_is_well_formed() {
    let empty = ReportPage::new(scope(Breakdown::Kind, None, None, 0)).finish();
    assert_eq!(unclosed(&report_page(&empty)), Vec::<&str>::new());
}
