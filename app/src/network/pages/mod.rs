//! Pages of the network.

mod asked;
mod invitation;
mod new_town;
mod settings;
mod town;
mod towns;

pub use asked::AskedFiles;
pub use invitation::Invitation;
pub use new_town::NewTown;
pub use settings::TownSettings;
pub use town::NetworkTown;
pub use towns::Towns;
