//! Offering help, and what becomes of it.

mod answers;
mod apply;
mod calendar;
mod changed;
mod doors;
mod durable;
mod ends;
mod guardian;
mod guardian_link;
mod months;
mod more_slots;
mod need;
mod one_slot;
mod opening;
mod pages;
mod pass;
mod pauses;
mod race;
mod reminders;
mod rush;
mod turned;
mod waiting;
pub mod world;
