//! Communes of France.
/// The table.
#[derive(Debug)]
pub struct Communes;
/// One commune.
#[derive(Debug)]
pub struct Commune;
impl Commune {
    /// INSEE code.
    pub fn code(&self) -> &str {
        ""
    }
}
impl Communes {
    /// The embedded table.
    pub fn embedded() -> &'static Self {
        &Self
    }
    /// By code.
    pub fn by_insee(&self, _: &str) -> Option<&Commune> {
        None
    }
    /// By beginning.
    pub fn complete(&self, _: &str, _: usize) -> Vec<&Commune> {
        Vec::new()
    }
}
