//! Supplies: what missions need, reserve, hand out and give back, to the last mask.

mod pages;
mod reserve;
mod sheet;
mod week;
mod world;
