//! A transaction that another one got in the way of is tried again from the
//! beginning, and does what it does once.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use chrono::TimeDelta;

use super::{TestStore, clock, titled};
use crate::app::recording::record;
use crate::app::ticket_commands::load;
use crate::app::{DeliveryRound, Desk, Hooks, TextSelection};
use crate::domain::decide::{self, Command};
use crate::domain::event::TicketId;
use crate::domain::hooks::{Hook, HookCall, HookOutcome, HookOwner, HookRule, HookRunner};
use crate::domain::people::{Agent, Requester};
use crate::domain::policy::versions::PolicyParser;
use crate::domain::privacy::hold::Held;
use crate::domain::store_copy::CopyKind;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{Relation, TextChoice};
use crate::error::Error;
use crate::policy_file;
use crate::store::{
    AccessMode, Environment, FileRestore, Group, Location, SqliteProvider, Store, StoreError,
    StoreProvider, Transaction, Verification,
};
use crate::testing::ticket_story::{moment, note};

/// Refuses the next transactions that write.
struct ContendedProvider {
    inner: SqliteProvider,
    refusals: Rc<Cell<u32>>,
}

struct ContendedStore {
    inner: Box<dyn Store>,
    refusals: Rc<Cell<u32>>,
}

impl StoreProvider for ContendedProvider {
    fn location(&self) -> String {
        self.inner.location()
    }

    fn exists(&self) -> bool {
        self.inner.exists()
    }

    fn open(&self, mode: AccessMode) -> Result<Option<Box<dyn Store>>, StoreError> {
        let refusals = &self.refusals;
        let contended = |inner| -> Box<dyn Store> {
            Box::new(ContendedStore {
                inner,
                refusals: Rc::clone(refusals),
            })
        };
        Ok(self.inner.open(mode)?.map(contended))
    }

    fn was_created(&self) -> bool {
        self.inner.was_created()
    }

    fn warning(&self) -> Option<crate::store::StoreWarning> {
        self.inner.warning()
    }

    fn init(&self, group: Option<&Group>) -> Result<PathBuf, StoreError> {
        self.inner.init(group)
    }

    fn copy_target(
        &self,
        kind: CopyKind,
    ) -> Result<Box<dyn crate::store::CopyTarget + '_>, StoreError> {
        self.inner.copy_target(kind)
    }

    fn unfinished_copy(&self) -> Result<Option<Box<dyn Store>>, StoreError> {
        self.inner.unfinished_copy()
    }

    fn remove_unfinished(&self) -> Result<(), StoreError> {
        self.inner.remove_unfinished()
    }

    fn file_restore(&self) -> Option<&dyn FileRestore> {
        self.inner.file_restore()
    }

    fn health(&self) -> crate::store::StoreHealth {
        self.inner.health()
    }

    fn remove_leftovers(&self, files: &[PathBuf]) -> Result<Vec<PathBuf>, StoreError> {
        self.inner.remove_leftovers(files)
    }
}

impl Store for ContendedStore {
    fn begin(&self, mode: AccessMode) -> Result<Box<dyn Transaction + '_>, StoreError> {
        if mode.writes() && self.refusals.get() > 0 {
            self.refusals.set(self.refusals.get() - 1);
            return Err(StoreError::Contended);
        }
        self.inner.begin(mode)
    }

    fn verify(
        &self,
        expected_head: Option<&str>,
        parse: PolicyParser,
    ) -> Result<Verification, StoreError> {
        self.inner.verify(expected_head, parse)
    }

    fn tables(&self) -> &dyn crate::store::Tables {
        self.inner.tables()
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.inner.flush()
    }

    fn file_store(&self) -> Option<&dyn crate::store::FileStore> {
        self.inner.file_store()
    }
}

/// Runs a use case in a store that refuses so many transactions before.
fn with_refusals(
    folder: &Path,
    refusals: u32,
    use_case: fn(&Desk<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let location = Location {
        path: folder.join("desk.db"),
        explicit: false,
    };
    let left = Rc::new(Cell::new(refusals));
    let provider = ContendedProvider {
        inner: SqliteProvider::new(
            location,
            Environment::new(clock(), crate::app::parse_policy),
        ),
        refusals: Rc::clone(&left),
    };
    let zone = Zone::utc();
    let actor = || Ok(Agent::parse("anna").unwrap());
    let mut desk = Desk::new(&zone, None, &actor, &|| None, clock, &provider);
    let (all, views) = ([hook()], BTreeMap::new());
    desk.hooks = Some(Hooks {
        all: &all,
        views: &views,
        within: &[],
        runner: &AlwaysTold,
    });
    let done = use_case(&desk);
    assert_eq!(left.get(), 0, "the use case does not write");
    done
}

/// A hook that is told of notes, and whose program always succeeds.
struct AlwaysTold;

impl HookRunner for AlwaysTold {
    fn run(&self, _hook: &Hook, _call: &HookCall<'_>) -> HookOutcome {
        HookOutcome::Delivered
    }

    fn claimant(&self) -> String {
        "test".to_owned()
    }

    fn is_gone(&self, _claimant: &str) -> bool {
        false
    }
}

fn hook() -> Hook {
    Hook {
        name: "chat".to_owned(),
        owner: HookOwner::System,
        run: vec!["/bin/true".to_owned()],
        on: vec!["logged".to_owned()],
        filter: None,
        timeout: TimeDelta::seconds(10),
        attempts: 5,
        only_sweep: false,
        env: Vec::new(),
    }
}

/// Adds a note that waits for the hook.
fn queue_for_hook(desk: &Desk<'_>) -> Result<(), Error> {
    let rule = HookRule {
        owner: hook().owner,
        hook: hook().name,
        on: hook().on,
        conditions: Some(Vec::new()),
    };
    desk.write_everything(desk.writer()?, |mut txn| {
        txn.set_hooks(Rc::new([rule.clone()]));
        let ticket = load(txn.as_ref(), TicketId(1))?;
        let policies = desk.policies_in(txn.as_ref())?;
        let events = decide::decide(&ticket, note("told"), &desk.ctx(&policies)?)?;
        record(txn.as_mut(), ticket, events, &policies)?;
        desk.commit(txn)
    })
}

type UseCase = fn(&Desk<'_>) -> Result<(), Error>;

/// Every way in which the desk writes.
const USE_CASES: &[(&str, UseCase)] = &[
    ("open", |desk| desk.open(&titled("printer"), &[]).map(drop)),
    ("command", |desk| {
        desk.execute(TicketId(1), &note("seen")).map(drop)
    }),
    ("command that may concern others", |desk| {
        let restrict = Command::Restrict {
            to: vec![Agent::parse("anna").unwrap()],
            reason: None,
        };
        desk.execute(TicketId(1), &restrict).map(drop)
    }),
    ("merge", |desk| {
        desk.merge(TicketId(2), TicketId(1)).map(drop)
    }),
    ("undo", |desk| desk.undo(TicketId(2)).map(drop)),
    ("link", |desk| {
        desk.link(TicketId(1), Relation::Parent, TicketId(2), false)
            .map(drop)
    }),
    ("policy set", |desk| {
        let text = "[agents]\nanna = {}\n";
        let parsed = policy_file::parse(text, 2, &|_| Err(String::new())).unwrap();
        desk.set_policy(text, &parsed, None).map(drop)
    }),
    ("policy apply", |desk| desk.apply_policy().map(drop)),
    ("hold", |desk| {
        desk.place_hold(&Held::Ticket(TicketId(1)), "asked for")
            .map(drop)
    }),
    ("reindex", |desk| desk.reindex()),
    ("mail", |desk| {
        let raw = b"From: mia@example.org\nTo: desk@example.org\nSubject: VPN\n\nIt drops.\n";
        desk.store_mail(raw).map(drop)
    }),
    ("limit", |desk| {
        desk.limit_processing("mia@example.org", "asked for")
            .map(drop)
    }),
    ("import", |desk| {
        let mut lines = EXPORT.iter().map(|line| Ok((*line).to_owned()));
        desk.import_store(&mut lines, false).map(drop)
    }),
    ("hooks", |desk| {
        let told = desk.deliver_hooks(DeliveryRound::Requested)?;
        assert_eq!(told.len(), 1, "nothing was told twice, nor nothing");
        Ok(())
    }),
    ("hook retried", |desk| desk.retry_delivery(1).map(drop)),
    ("hook dropped", |desk| desk.drop_delivery(1).map(drop)),
    ("erase", |desk| {
        let mia = Requester::parse("mia@example.org").unwrap();
        let found = desk.find_person(&mia, &mut |_, _| {})?;
        let texts = TextSelection::Choice(TextChoice::Certain);
        desk.erase_person(&found, &texts, "asked for").map(drop)
    }),
];

/// A head with a key, and a line that is refused.
const EXPORT: &[&str] = &[
    r#"{"desk":"export","form":1,"keys":["k"],"store":"0123456789abcdef"}"#,
    "no JSON",
];

/// The number of links of the chain.
fn links(store: &TestStore) -> i64 {
    store.run(None, None, |desk| {
        let txn = desk.read_everything().unwrap().unwrap();
        txn.last_link().unwrap()
    })
}

fn lived() -> TestStore {
    let store = TestStore::new();
    store.open("9:00", "VPN drops");
    store.open("9:01", "VPN drops too");
    super::CLOCK.set(moment("9:02"));
    store.run(Some("anna"), None, |desk| {
        desk.execute(TicketId(2), &note("a slip")).unwrap();
    });
    super::CLOCK.set(moment("9:10"));
    store.run(Some("anna"), None, queue_for_hook).unwrap();
    store
}

#[test]
fn every_use_case_is_tried_five_times_and_done_once() {
    for (name, use_case) in USE_CASES {
        let (plain, contended, refused) = (lived(), lived(), lived());
        let run =
            |store: &TestStore, refusals| with_refusals(store.folder.path(), refusals, *use_case);
        run(&plain, 0).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        run(&contended, 4).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(links(&contended), links(&plain), "{name}");
        let before = links(&refused);
        let fault = run(&refused, 5).unwrap_err();
        assert!(
            matches!(fault, Error::Store(StoreError::Contended)),
            "{name}: {fault}"
        );
        assert_eq!(fault.code(), 4);
        assert_eq!(links(&refused), before, "{name}");
    }
}

#[test]
fn what_is_committed_is_not_done_again() {
    let store = lived();
    let tries = Cell::new(0);
    let done = store.run(Some("anna"), None, |desk| {
        desk.write_everything(desk.writer()?, |txn| {
            tries.set(tries.get() + 1);
            desk.commit(txn)?;
            Err::<(), Error>(StoreError::Contended.into())
        })
    });
    assert!(matches!(done, Err(Error::Store(StoreError::Contended))));
    assert_eq!(tries.get(), 1);
}
