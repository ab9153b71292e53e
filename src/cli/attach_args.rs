//! Files that are attached to what a command writes.

use std::fs::{File, Metadata, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::{ContentSink, NewFile};
use crate::domain::media_type;
use crate::error::Error;

/// How much of a file is read at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// Files to keep with what is written.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct AttachArgs {
    /// Attach a file; can be repeated
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    attach: Vec<PathBuf>,
}

impl AttachArgs {
    pub(crate) const fn is_empty(&self) -> bool {
        self.attach.is_empty()
    }

    /// Finds the files.
    ///
    /// # Errors
    /// [`Error::Usage`] for what is not a file that can be read.
    pub(crate) fn files(&self) -> Result<Vec<Box<dyn NewFile>>, Error> {
        let files = self.attach.iter().map(|path| {
            let file: Box<dyn NewFile> = Box::new(LocalFile::find(path)?);
            Ok(file)
        });
        files.collect()
    }
}

/// A file of this machine.
struct LocalFile {
    path: PathBuf,
    name: String,
    /// What tells that it is still the same: device, inode, size and last change.
    identity: Identity,
}

type Identity = (u64, u64, u64, i64, i64);

fn identity(of: &Metadata) -> Identity {
    (of.dev(), of.ino(), of.len(), of.mtime(), of.mtime_nsec())
}

impl LocalFile {
    fn find(path: &Path) -> Result<Self, Error> {
        let (_, metadata) = open(path)?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self {
            path: path.to_owned(),
            name: name.to_string_lossy().into_owned(),
            identity: identity(&metadata),
        })
    }
}

fn refused(path: &Path, why: &str) -> Error {
    Error::usage(
        format!("cannot attach {}: {why}", path.display()),
        "give the path of a file, or attach a copy of it",
    )
}

/// Opens a regular file. Without the flag, opening a pipe waits until somebody
/// writes to it.
fn open(path: &Path) -> Result<(File, Metadata), Error> {
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags)
        .open(path)
        .map_err(|fault| refused(path, &fault.to_string()))?;
    let metadata = file
        .metadata()
        .map_err(|fault| refused(path, &fault.to_string()))?;
    if metadata.is_dir() {
        return Err(refused(path, "it is a directory"));
    }
    if !metadata.is_file() {
        return Err(refused(path, "it is not a regular file"));
    }
    Ok((file, metadata))
}

impl NewFile for LocalFile {
    fn name(&self) -> &str {
        &self.name
    }

    fn media_type(&self) -> &str {
        media_type::of_name(&self.name)
    }

    fn read(&self, take: &mut ContentSink<'_>) -> Result<(), Error> {
        let (mut file, metadata) = open(&self.path)?;
        let changed = || refused(&self.path, "it changed while it was read");
        if identity(&metadata) != self.identity {
            return Err(changed());
        }
        let mut piece = vec![0; PIECE];
        loop {
            let count = file
                .read(&mut piece)
                .map_err(|fault| refused(&self.path, &fault.to_string()))?;
            if count == 0 {
                break;
            }
            take(piece.get(..count).unwrap_or_default())?;
        }
        let now = file
            .metadata()
            .map_err(|fault| refused(&self.path, &fault.to_string()))?;
        if identity(&now) != self.identity {
            return Err(changed());
        }
        Ok(())
    }
}
