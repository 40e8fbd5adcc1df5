//! The gallery of components, for the demonstration: each in its states, in the light and the dark theme, on one page.

mod acts;
mod lists;
mod page;
mod samples;
mod states;
mod supplies;

pub use page::GalleryPage;
