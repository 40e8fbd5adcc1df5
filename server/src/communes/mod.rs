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
    /// Name.
    pub fn name(&self) -> &str {
        ""
    }
    /// Department.
    pub fn department(&self) -> &str {
        ""
    }
    /// Postcodes.
    pub fn postcodes(&self) -> &str {
        ""
    }
    /// Inhabitants.
    pub fn population(&self) -> u32 {
        0
    }
    /// Degrees north.
    pub fn latitude(&self) -> Option<f64> {
        None
    }
    /// Degrees east.
    pub fn longitude(&self) -> Option<f64> {
        None
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
