//! Offering help, and what becomes of it.

mod answers;
mod apply;
mod calendar;
mod doors;
mod durable;
mod ends;
mod guardian;
mod guardian_link;
mod months;
mod more_slots;
mod need;
mod one_slot;
mod pages;
mod pass;
mod race;
mod reminders;
mod rush;
mod waiting;
pub mod world;
