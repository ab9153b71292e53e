//! Copies between every two engines: equal there and back, and one store that can
//! be used whatever happens in between.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::super::port::CopyTarget;
use super::super::sql::driver::Value;
use super::super::sql::marks::Marks;
use super::super::{AccessMode, Location, SqliteProvider, Transaction};
use super::tables::TABLES;
use super::*;
use crate::domain::alarms::{AlarmCount, AlarmText};
use crate::domain::event::TicketId;
use crate::domain::hooks::{HookOwner, HookRule};
use crate::domain::mail::identifiers::TicketToken;
use crate::domain::mail::incoming::{IncomingMail, MailId, Undeliverable};
use crate::domain::mail::outgoing::OutgoingMail;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::query::Query;
use crate::domain::search::query::SearchQuery;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{MailState, NoticeKind, NoticeLanguage, OutboxState};
use crate::testing::postgres_server;
use crate::testing::store::fixtures::{
    at, desk_with_known, environment, every_fact, faults, keyed, next, opening, parse,
    policy_version, save, set,
};

/// A place where there is nothing yet, and what must outlive it.
struct Place {
    provider: Box<dyn StoreProvider>,
    _home: Box<dyn Any>,
}

fn file() -> Option<Place> {
    let home = tempfile::tempdir().unwrap();
    let location = Location {
        path: home.path().join("desk.db"),
        explicit: true,
    };
    Some(Place {
        provider: Box::new(SqliteProvider::new(location, environment())),
        _home: Box::new(home),
    })
}

#[cfg(feature = "postgres")]
fn database() -> Option<Place> {
    use super::super::{PostgresProvider, Process};
    let database = postgres_server::shared().ok()?.database(None);
    let process = Process {
        env: |_| None,
        user: None,
        now: at(0),
    };
    let url = database.url();
    Some(Place {
        provider: Box::new(PostgresProvider::new(url.clone(), url, process)),
        _home: Box::new(database),
    })
}

#[cfg(not(feature = "postgres"))]
fn database() -> Option<Place> {
    let _ = postgres_server::shared();
    None
}

type NewPlace = fn() -> Option<Place>;

/// The ways between two engines.
const WAYS: [(NewPlace, NewPlace); 4] = [
    (file, file),
    (file, database),
    (database, file),
    (database, database),
];

/// Runs a test on each way of which both engines are there.
fn on_each_way(test: impl Fn(&dyn StoreProvider, &dyn StoreProvider)) {
    for (from, to) in WAYS {
        if let (Some(from), Some(to)) = (from(), to()) {
            test(from.provider.as_ref(), to.provider.as_ref());
        }
    }
}

fn opened(provider: &dyn StoreProvider) -> Box<dyn Store> {
    provider.open(AccessMode::Write).unwrap().unwrap()
}

fn copied(
    from: &dyn StoreProvider,
    to: &dyn StoreProvider,
    kind: CopyKind,
    of_moved: bool,
) -> Result<CopyReport, StoreError> {
    let source = opened(from);
    let request = CopyRequest {
        kind,
        of_moved,
        from: &from.location(),
        now: at(1000),
        parse,
        observe: &mut |_| {},
    };
    copy(source.as_ref(), to, request)
}

fn moved(from: &dyn StoreProvider, to: &dyn StoreProvider) -> Result<CopyReport, StoreError> {
    copied(from, to, CopyKind::Move, false)
}

/// A desk with something in every table.
fn fill(store: &dyn Store, seed: u64) {
    let tickets = desk_with_known(seed, 6);
    for history in &tickets {
        save(store, history);
    }
    set(store, &policy_version(2, "warnings = [80]"));
    let mut history = keyed(7);
    for fact in every_fact().into_iter().skip(1) {
        history.push(next(&history, fact));
    }
    save(store, &history);
    let mut txn = store.begin(AccessMode::Write).unwrap();
    let times = AlarmCount {
        count: 3,
        first: at(1),
        last: at(9),
    };
    let text = AlarmText {
        text: "disk full \u{fc}".to_owned(),
        times,
    };
    txn.put_alarms(TicketId(7), times, &[text]).unwrap();
    let large: Vec<u8> = (0..600_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    for raw in [b"Subject: a\r\n\r\n\0\xff".as_slice(), &large] {
        let mail = txn.add_mail(raw, at(2)).unwrap().mail;
        let mail = IncomingMail {
            state: MailState::Quarantined,
            ticket: Some(TicketId(1)),
            sender: Some("mia@example.org".to_owned()),
            ..mail
        };
        txn.update_mail(&mail).unwrap();
        let id = format!("{}@b", mail.id.0);
        txn.add_message_ids(mail.id, &[id], &[b"x"]).unwrap();
        txn.add_references(mail.id, &["c@d", "e@f"]).unwrap();
    }
    txn.erase_mail(MailId(1)).unwrap();
    let about = Undeliverable {
        since: at(3),
        reason: Some("no such user".to_owned()),
    };
    txn.put_undeliverable("ole@example.org", &about).unwrap();
    for (n, state) in (1..).zip([OutboxState::Queued, OutboxState::Held, OutboxState::Queued]) {
        let mail = mail(txn.as_mut(), 7, n);
        txn.queue_mail(&mail, state, at(4)).unwrap();
    }
    txn.claim_mail(3, "a process", at(5)).unwrap().unwrap();
    txn.keep_clock_time(at(6)).unwrap();
    let rule = HookRule {
        owner: HookOwner::System,
        hook: "chat".to_owned(),
        on: Vec::new(),
        conditions: Some(Vec::new()),
    };
    txn.set_hooks(Rc::new([rule]));
    let history = opening(8, "Printer");
    let policies = PolicyHistory::from_versions(txn.policy_versions().unwrap(), parse).unwrap();
    let row = Summary::new(&Ticket::replay(&history).unwrap(), &policies);
    assert_eq!(txn.next_id().unwrap(), row.id);
    txn.save(0, &history, &row).unwrap();
    txn.commit().unwrap();
    assert_eq!(faults(store), Vec::<String>::new());
}

/// A mail that tells of the opening of a ticket of [`keyed`].
fn mail(txn: &mut dyn Transaction, ticket: i64, n: i64) -> OutgoingMail {
    let ticket = TicketId(ticket);
    let token = txn.mail_token(ticket, at(4)).unwrap();
    let kind = NoticeKind::Acknowledged;
    OutgoingMail {
        ticket,
        event: 1,
        kind,
        recipient: "mia@example.org".to_owned(),
        language: NoticeLanguage::German,
        message_id: TicketToken { ticket, token }.message_id(kind, &n.to_string(), "desk@x.org"),
        subject: "\u{dc}ber".to_owned(),
        body: "one\ntwo".to_owned(),
        headers: vec![("A".to_owned(), "b".to_owned())],
        calendar: (n == 1).then(|| "BEGIN:VCALENDAR".to_owned()),
        bounce_to: None,
    }
}

/// Every row of a store, by table.
fn dump(store: &dyn Store) -> BTreeMap<String, Vec<Vec<Value>>> {
    let db = store.tables().snapshot().unwrap();
    let mut all = BTreeMap::new();
    let mut read = |name: &str, columns: &[&str], statement: &str| {
        let mut rows = Vec::new();
        db.query(statement, &[], &mut |row| {
            let values = columns.iter().map(|name| Ok(row.value(name)?.into()));
            rows.push(values.collect::<Result<Vec<Value>, StoreError>>()?);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        all.insert(name.to_owned(), rows);
    };
    for table in TABLES {
        let key = table.columns[..table.key].join(", ");
        let columns = table.columns.join(", ");
        let statement = format!("SELECT {columns} FROM {} ORDER BY {key}", table.name);
        read(table.name, table.columns, &statement);
    }
    use super::super::sql::ticket_row::column_names;
    let columns: Vec<&str> = column_names().collect();
    let statement = super::super::sql::statements::select_tickets("ORDER BY id");
    read("ticket", &columns, &statement);
    read(
        "counter",
        &["name", "value"],
        super::super::sql::statements::COUNTERS,
    );
    let statement = "SELECT name, value FROM meta WHERE name IN \
         ('store', 'created', 'genesis', 'clock') ORDER BY name";
    read("meta", &["name", "value"], statement);
    all
}

/// The tickets that some searches find, in their order.
fn found(store: &dyn Store) -> Vec<Vec<TicketId>> {
    let txn = store.begin(AccessMode::Read).unwrap();
    let words = ["vpn", "drucker", "Mia Roth", "\"paper\"", "mai"];
    let search = |typed: &&str| {
        let search = SearchQuery::parse(typed);
        let hits = txn.search(search, true, &Query::all(), at(0)).unwrap().hits;
        let mut ids: Vec<_> = hits.into_iter().map(|hit| hit.ticket).collect();
        ids.sort();
        ids
    };
    words.iter().map(search).collect()
}

fn marks_of(store: &dyn Store) -> Marks {
    marks::read(&store.tables().snapshot().unwrap()).unwrap()
}

#[test]
fn a_desk_is_the_same_there_and_back() {
    for seed in [1, 2, 3] {
        on_each_way(|from, to| {
            from.init(None).unwrap();
            let source = opened(from);
            fill(source.as_ref(), seed);
            let expected = dump(source.as_ref());
            for (name, rows) in &expected {
                assert!(!rows.is_empty(), "nothing in {name}");
            }
            let finds = found(source.as_ref());
            let head = source.verify(None, parse).unwrap().head;
            drop(source);
            let report = moved(from, to).unwrap();
            assert_eq!((report.tickets, &report.head), (8, &head));
            let there = opened(to);
            assert_eq!(dump(there.as_ref()), expected);
            assert_eq!(found(there.as_ref()), finds);
            assert_eq!(marks_of(there.as_ref()), Marks::default());
            drop(there);
            let last = file().unwrap();
            moved(to, last.provider.as_ref()).unwrap();
            let back = opened(last.provider.as_ref());
            assert_eq!(dump(back.as_ref()), expected);
            assert_eq!(found(back.as_ref()), finds);
            assert_eq!(faults(back.as_ref()), Vec::<String>::new());
            // And it goes on: numbers follow those that were copied.
            let mut txn = back.begin(AccessMode::Write).unwrap();
            assert_eq!(txn.next_id().unwrap(), TicketId(9));
            let mail = mail(txn.as_mut(), 7, 4);
            let queued = txn.queue_mail(&mail, OutboxState::Queued, at(9));
            assert_eq!(queued.unwrap(), 4);
        });
    }
}

#[test]
fn a_changed_row_would_be_seen() {
    let place = file().unwrap();
    place.provider.init(None).unwrap();
    let store = opened(place.provider.as_ref());
    fill(store.as_ref(), 1);
    let before = dump(store.as_ref());
    let db = store.tables().locked().unwrap();
    db.execute("UPDATE alarm SET count = count + 1", &[])
        .unwrap();
    db.commit().unwrap();
    assert_ne!(dump(store.as_ref()), before);
}

#[test]
fn a_store_that_was_moved_is_read_and_not_written() {
    on_each_way(|from, to| {
        from.init(None).unwrap();
        let source = opened(from);
        save(source.as_ref(), &keyed(1));
        moved(from, to).unwrap();
        // Also by a process that opened it before.
        for mode in [AccessMode::Write, AccessMode::WriteTickets] {
            let fault = source.begin(mode).err().unwrap();
            assert_eq!((fault.exit_code(), fault.code()), (5, "store_moved"));
            assert!(fault.to_string().contains(&to.location()), "{fault}");
        }
        let txn = source.begin(AccessMode::Read).unwrap();
        assert!(txn.summary(TicketId(1)).unwrap().is_some());
        drop(txn);
        let again = opened(from);
        assert_eq!(faults(again.as_ref()), Vec::<String>::new());
        assert!(from.warning().unwrap().message.contains(&to.location()));
        // The copy goes on, and has no such mark.
        save(opened(to).as_ref(), &keyed(2));
        assert!(to.warning().is_none());

        let fault = moved(from, to).unwrap_err();
        assert_eq!(fault.code(), "store_moved");
        let beside = file().unwrap();
        let beside = beside.provider.as_ref();
        let fault = copied(from, beside, CopyKind::Beside, false).unwrap_err();
        assert_eq!(fault.code(), "store_moved");
        let report = copied(from, beside, CopyKind::Move, true).unwrap();
        assert_eq!(report.tickets, 1);
        assert_eq!(
            marks_of(opened(from).as_ref()).moved,
            Some(beside.location())
        );
    });
}

#[test]
fn a_copy_beside_the_store_holds_its_mail() {
    on_each_way(|from, to| {
        from.init(None).unwrap();
        let source = opened(from);
        fill(source.as_ref(), 5);
        let report = copied(from, to, CopyKind::Beside, false).unwrap();
        assert_eq!(report.held_mails, 2);
        assert_eq!(marks_of(source.as_ref()), Marks::default());
        let copy = opened(to);
        let mut txn = copy.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.next_mail(at(2000)).unwrap(), None);
        assert!(txn.abandoned_mail(at(2000)).unwrap().is_empty());
        assert!(txn.holds_mail().unwrap());
        txn.next_id().unwrap();
        drop(txn);
        assert_eq!(faults(copy.as_ref()), Vec::<String>::new());
        let txn = source.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.next_mail(at(2000)).unwrap(), Some(1));
        assert!(!txn.holds_mail().unwrap());
    });
}

#[test]
fn a_store_is_not_moved_while_it_sends() {
    on_each_way(|from, to| {
        from.init(None).unwrap();
        let source = opened(from);
        save(source.as_ref(), &keyed(1));
        let mut txn = source.begin(AccessMode::Write).unwrap();
        let mail = mail(txn.as_mut(), 1, 1);
        let id = txn.queue_mail(&mail, OutboxState::Queued, at(4)).unwrap();
        txn.claim_mail(id, "a process", at(1001)).unwrap().unwrap();
        txn.commit().unwrap();
        let fault = moved(from, to).unwrap_err();
        assert_eq!((fault.exit_code(), fault.code()), (4, "busy"));
        // Until the process is taken to be dead.
        let mut txn = source.begin(AccessMode::Write).unwrap();
        assert!(txn.begin_handing(id, "a process", at(999)).unwrap());
        txn.commit().unwrap();
        moved(from, to).unwrap();
        // What became of the mail is then as unknown as ever.
        let copy = opened(to);
        let txn = copy.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.abandoned_mail(at(1000)).unwrap().len(), 1);
        assert_eq!(txn.next_mail(at(2000)).unwrap(), None);
    });
}

#[test]
fn nothing_is_copied_over_a_store_or_from_a_damaged_one() {
    on_each_way(|from, to| {
        from.init(None).unwrap();
        let source = opened(from);
        save(source.as_ref(), &keyed(1));
        to.init(None).unwrap();
        let target = opened(to);
        save(target.as_ref(), &keyed(1));
        let before = dump(target.as_ref());
        for kind in [CopyKind::Move, CopyKind::Beside, CopyKind::Backup] {
            let fault = copied(from, to, kind, false).unwrap_err();
            assert_eq!(fault.code(), "store_exists", "{fault}");
        }
        assert_eq!(dump(target.as_ref()), before);
        let db = source.tables().locked().unwrap();
        db.execute("UPDATE field SET value = 'x' WHERE path = 'title'", &[])
            .unwrap();
        db.commit().unwrap();
        let other = file().unwrap();
        let fault = moved(from, other.provider.as_ref()).unwrap_err();
        assert_eq!(fault.code(), "store_damaged");
        assert!(!other.provider.exists());
        assert_eq!(marks_of(source.as_ref()), Marks::default());
    });
}

/// A provider of which a step fails, as if the process ended there.
struct Ending<'a> {
    real: &'a dyn StoreProvider,
    /// Whether it ends before the copy is published, or after the source was marked.
    before_publishing: bool,
    reached: RefCell<bool>,
}

fn ended() -> StoreError {
    StoreError::Failed {
        detail: "the process ended".to_owned(),
    }
}

struct EndingCopy<'a>(Box<dyn CopyTarget + 'a>);

impl CopyTarget for EndingCopy<'_> {
    fn index(&self) -> &dyn super::super::sql::search_index::SearchIndex {
        self.0.index()
    }

    fn executor(&self) -> Result<Executor<'_>, StoreError> {
        self.0.executor()
    }

    fn settle(&self, db: &Executor<'_>) -> Result<(), StoreError> {
        self.0.settle(db)
    }

    fn verify(&self, parse: PolicyParser) -> Result<Verification, StoreError> {
        self.0.verify(parse)
    }

    fn publish(self: Box<Self>) -> Result<(), StoreError> {
        self.0.publish()?;
        Err(ended())
    }
}

impl StoreProvider for Ending<'_> {
    fn location(&self) -> String {
        self.real.location()
    }

    fn exists(&self) -> bool {
        self.real.exists()
    }

    fn open(&self, mode: AccessMode) -> Result<Option<Box<dyn Store>>, StoreError> {
        self.real.open(mode)
    }

    fn was_created(&self) -> bool {
        false
    }

    fn warning(&self) -> Option<super::super::port::StoreWarning> {
        None
    }

    fn init(&self, group: Option<&super::super::Group>) -> Result<std::path::PathBuf, StoreError> {
        self.real.init(group)
    }

    fn copy_target(&self, kind: CopyKind) -> Result<Box<dyn CopyTarget + '_>, StoreError> {
        let copy = self.real.copy_target(kind)?;
        self.reached.replace(true);
        match self.before_publishing {
            true => Ok(Box::new(EndingCopy(copy))),
            false => Ok(copy),
        }
    }

    fn unfinished_copy(&self) -> Result<Option<Box<dyn Store>>, StoreError> {
        match *self.reached.borrow() {
            true => Err(ended()),
            false => self.real.unfinished_copy(),
        }
    }

    fn remove_unfinished(&self) -> Result<(), StoreError> {
        self.real.remove_unfinished()
    }

    fn file_restore(&self) -> Option<&dyn super::super::FileRestore> {
        None
    }

    fn health(&self) -> super::super::port::StoreHealth {
        self.real.health()
    }

    fn remove_leftovers(
        &self,
        files: &[std::path::PathBuf],
    ) -> Result<Vec<std::path::PathBuf>, StoreError> {
        self.real.remove_leftovers(files)
    }
}

#[test]
fn a_copy_that_was_interrupted_is_not_used_and_is_finished_by_the_same_command() {
    for before_publishing in [true, false] {
        on_each_way(|from, to| {
            from.init(None).unwrap();
            let source = opened(from);
            fill(source.as_ref(), 4);
            let ending = Ending {
                real: to,
                before_publishing,
                reached: RefCell::new(false),
            };
            let fault = moved(from, &ending).unwrap_err();
            assert_eq!(fault.to_string(), ended().to_string());
            for mode in [AccessMode::Read, AccessMode::Write] {
                let fault = to.open(mode).err().unwrap();
                assert_eq!((fault.exit_code(), fault.code()), (5, "store_unfinished"));
            }
            if before_publishing {
                // The store goes on, and the copy is made anew.
                save(source.as_ref(), &keyed(9));
            } else {
                assert!(source.begin(AccessMode::Write).is_err());
            }
            let expected = dump(source.as_ref());
            drop(source);
            // Nobody else may take the place.
            let other = file().unwrap();
            other.provider.init(None).unwrap();
            let fault = moved(other.provider.as_ref(), to).unwrap_err();
            assert_eq!(fault.code(), "store_exists");

            let report = moved(from, to).unwrap();
            assert_eq!(report.resumed, !before_publishing);
            assert_eq!(report.tickets, if before_publishing { 9 } else { 8 });
            let copy = opened(to);
            assert_eq!(dump(copy.as_ref()), expected);
            assert_eq!(faults(copy.as_ref()), Vec::<String>::new());
            assert_eq!(marks_of(opened(from).as_ref()).moved, Some(to.location()));
        });
    }
}

#[test]
fn a_writer_waits_while_the_store_is_copied_and_is_refused_afterwards() {
    on_each_way(|from, to| {
        from.init(None).unwrap();
        let source = opened(from);
        save(source.as_ref(), &keyed(1));
        let db = source.tables().locked().unwrap();
        // A reader is not kept out.
        let reader = opened(from);
        let txn = reader.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.last_id().unwrap(), TicketId(1));
        drop(txn);
        drop(db);
        moved(from, to).unwrap();
        assert!(reader.begin(AccessMode::WriteTickets).is_err());
    });
}
