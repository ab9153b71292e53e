//! Files that are kept with tickets.

use std::cell::Cell;

use super::{TestStore, titled};
use crate::app::attachments::{ContentSink, NewFile};
use crate::domain::event::{Fact, TicketId};
use crate::domain::mail::message::MailAttachment;
use crate::error::Error;
use crate::testing::ticket_story::{note, reply};

fn received(name: Option<&str>, bytes: &[u8]) -> Box<dyn NewFile> {
    Box::new(MailAttachment {
        name: name.map(str::to_owned),
        media_type: "image/png".to_owned(),
        content_id: None,
        bytes: bytes.to_vec(),
    })
}

fn content(store: &TestStore, number: u32) -> Vec<u8> {
    store.run(None, None, |desk| {
        let file = desk.attachment(TicketId(1), number).unwrap();
        let mut all = Vec::new();
        desk.content(&file, &mut |bytes| {
            all.extend_from_slice(bytes);
            Ok(())
        })
        .unwrap();
        all
    })
}

#[test]
fn files_come_with_what_was_written_and_keep_no_path() {
    let store = TestStore::new();
    store.open("9:00", "VPN drops");
    let large: Vec<u8> = (0..600_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let files = [
        received(Some("../../etc/passwd"), b"one"),
        received(Some("C:\\tmp\\a\nb.txt"), &large),
        received(None, b""),
    ];
    let done = store.at("9:10", |desk| {
        let files = desk.measure(&files).unwrap();
        desk.execute_with_files(TicketId(1), &reply("see them"), &files)
            .unwrap()
    });
    let names: Vec<String> = done
        .events
        .iter()
        .filter_map(|event| {
            if let Fact::Attached(file) = &event.fact {
                Some(file.name.clone())
            } else {
                None
            }
        })
        .collect();
    assert_eq!(names, ["passwd", "a b.txt", "unnamed"]);
    let files = store.page(1).ticket.attachments;
    assert_eq!(
        files.iter().map(|file| file.number).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert!(
        files
            .iter()
            .all(|file| file.event == files[0].event && file.event.is_some())
    );
    assert_eq!(content(&store, 1), b"one");
    assert_eq!(content(&store, 2), large);
    assert_eq!(content(&store, 3), b"");
}

/// A file that has another content each time that it is read.
struct Growing(Cell<u8>);

impl NewFile for Growing {
    fn name(&self) -> &str {
        "growing.log"
    }

    fn media_type(&self) -> &str {
        "text/plain"
    }

    fn read(&self, take: &mut ContentSink<'_>) -> Result<(), Error> {
        self.0.set(self.0.get() + 1);
        take(&vec![b'x'; usize::from(self.0.get())])
    }
}

#[test]
fn a_file_that_changes_leaves_nothing_behind() {
    let store = TestStore::new();
    let update = store.open("9:00", "VPN drops");
    let files: [Box<dyn NewFile>; 2] = [
        received(Some("a.png"), b"one"),
        Box::new(Growing(Cell::new(0))),
    ];
    let refused = store.at("9:10", |desk| {
        let files = desk.measure(&files).unwrap();
        desk.execute_with_files(TicketId(1), &note("see them"), &files)
    });
    assert!(matches!(refused, Err(Error::Usage { .. })));
    assert_eq!(store.page(1).ticket.n, update.after.n);
    let opened = store.at("9:20", |desk| {
        let files = desk.measure(&files[1..]).unwrap();
        desk.open(&titled("Printer"), &files)
    });
    assert!(opened.is_err());
    assert_eq!(store.open("9:30", "Mail").after.id, TicketId(2));
}
