//! A calendar as RFC 5545 has it. Times are UTC, so that no rules of time zones stand in it.

use app::i18n::{Texts, k::mails as m};
use chrono::{DateTime, SubsecRound, TimeZone, Utc};
use domain::{
    actor::Locale,
    missions::{MissionStatus, SlotKind, SlotLine},
};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::Entry;

/// Writes applications as a calendar: an event for each dated slot. An open period has no hours, and stands in the space alone.
pub fn write(locale: Locale, public_url: &str, entries: &[Entry]) -> String {
    let t = Texts(locale);
    let mut calendar = Calendar::empty();
    let head = [
        ("VERSION", "2.0"),
        ("PRODID", "-//Renfort//Renfort//FR"),
        ("CALSCALE", "GREGORIAN"),
        ("X-WR-CALNAME", t.get(m::CALENDAR_NAME)),
        ("X-WR-TIMEZONE", "Europe/Paris"),
        // How often it is worth asking: RFC 7986, section 5.7, and what older programs read instead.
        ("X-PUBLISHED-TTL", "PT1H"),
    ];
    for (key, value) in head {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(Property::new("REFRESH-INTERVAL", "PT1H").add_parameter("VALUE", "DURATION").done());
    for entry in entries {
        let dated = entry.own.slots.iter().filter(|slot| slot.kind == SlotKind::Dated);
        for slot in dated {
            calendar.push(event(t, public_url, entry, slot));
        }
    }
    calendar.to_string()
}

fn event(t: Texts, public_url: &str, entry: &Entry, slot: &SlotLine) -> Event {
    let own = &entry.own;
    let page = format!("{public_url}{}", app::routes::mission(own.mission.0, &own.mission.1));
    let space = format!("{public_url}{}", app::routes::MY_SPACE);
    let status = status(entry, slot);
    let facts = [("organisation", own.organisation.as_str()), ("page", page.as_str()), ("space", space.as_str())];
    let text = match status {
        EventStatus::Cancelled => m::CALENDAR_CANCELLED,
        EventStatus::Tentative => m::CALENDAR_SUSPENDED,
        EventStatus::Confirmed => m::CALENDAR_TEXT,
    };
    let place = if own.address.is_empty() {
        t.get(m::REMINDER_REMOTE).to_owned()
    } else {
        domain::missions::place(&own.address, None, &own.town.name)
    };
    let modified = entry.modified.trunc_subsecs(0);
    let mut event = Event::new();
    event
        .uid(&format!("{}.{}", own.id, slot.id))
        // Without a METHOD, DTSTAMP says when the event last changed: RFC 5545, section 3.8.7.2.
        .timestamp(modified)
        .last_modified(modified)
        .sequence(sequence(modified))
        .status(status)
        .starts(slot.starts_at)
        .ends(slot.ends_at)
        .summary(&plain(&own.mission.2))
        .location(&plain(&place))
        .description(&plain(&t.with(text, &facts)))
        .url(&page);
    event.done()
}

fn status(entry: &Entry, slot: &SlotLine) -> EventStatus {
    // What had begun by then took place.
    let off = entry.off_since.is_some_and(|at| at <= slot.starts_at);
    if slot.cancelled || off || entry.off.contains(&slot.id) {
        EventStatus::Cancelled
    } else if slot.ends_at > entry.now
        && (entry.own.mission_status == MissionStatus::Suspended || entry.suspended.contains(&slot.id))
    {
        EventStatus::Tentative
    } else {
        EventStatus::Confirmed
    }
}

/// A number that only grows, and stays the same while nothing changes: seconds since 2020.
fn sequence(modified: DateTime<Utc>) -> u32 {
    let since = Utc.with_ymd_and_hms(2020, 1, 1, 0, 0, 0).single().unwrap_or_default();
    // The type of the standard is a signed one of 32 bits.
    u32::try_from((modified - since).num_seconds().clamp(0, i32::MAX.into())).unwrap_or_default()
}

/// Text without what RFC 5545 has no way to write: control characters other than ends of lines.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect()
}
