//! The pages of figures.

mod network;
mod town;

pub use network::NetworkFiguresPage;
pub use town::TownFiguresPage;
