//! stub
use super::*;
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) named: bool,
}
#[derive(Debug, Clone, Default)]
pub(crate) struct Surroundings {
    pub(crate) fs_magic: Option<i64>,
    pub(crate) free_bytes: Option<u64>,
}
pub(crate) struct Files {}
impl Files {
    pub(crate) fn new(_: Place, _: Surroundings) -> Self {
        Self {}
    }
    pub(crate) fn created(&self) -> Option<PathBuf> {
        None
    }
}
impl Keep for Files {
    fn path(&self) -> PathBuf {
        unimplemented!()
    }
    fn open(&self, _: Intent) -> Result<Option<Box<dyn Store>>, StoreError> {
        unimplemented!()
    }
    fn init(&self) -> Result<PathBuf, StoreError> {
        unimplemented!()
    }
    fn verify(&self, _: Option<&str>) -> Result<Verification, StoreError> {
        unimplemented!()
    }
    fn restore(&self, _: &Path) -> Result<PathBuf, StoreError> {
        unimplemented!()
    }
}
