//! Pages of ideas; their addresses are in `crate::spaces`.

mod exchange;
mod file;
mod list;
mod new;

pub use exchange::ExchangePage;
pub use file::TownIdeaPage;
pub use list::TownIdeasPage;
pub use new::NewIdeaPage;
