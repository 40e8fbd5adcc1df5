//! Pages of letters to associations.

mod directory;
mod import;
mod letter;
mod list;
mod welcome;

pub use directory::DirectoryPage;
pub use import::ImportPage;
pub use letter::TownLetterPage;
pub use list::TownLettersPage;
pub use welcome::WelcomePage;
