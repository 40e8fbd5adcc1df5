//! The schema and its reference data, step by step, for SQLite and PostgreSQL alike.

pub use sea_orm_migration::prelude::*;

mod m20261123_000001_accounts;
mod m20261123_000002_network;
mod m20261123_000003_organisations;
mod m20261123_000004_reference;
mod m20261123_000005_missions;
mod m20261123_000006_reviews;
mod m20261123_000007_applications;
mod m20261123_000008_history_and_outbox;
mod m20261123_000009_search;
mod m20261123_000010_reference_data;
mod m20261124_000011_session;
mod m20261124_000012_review_file;
mod m20261124_000014_letters;
mod m20261125_000015_equipment;
mod m20261125_000016_equipment_needs;
mod m20261125_000017_crisis;
mod m20261125_000018_partners;
mod m20261125_000019_organisation_reviews;
mod m20261125_000020_ideas;
mod m20261125_000021_figures;
mod m20261127_000022_waiting;
mod m20261127_000023_attendance;
mod m20261127_000024_calendar;
mod m20261127_000025_guardian;
mod m20261127_000026_messages;
mod m20261127_000027_templates;
mod m20261127_000028_profiles;
mod m20261127_000029_alerts;
mod m20261127_000030_slot_batches;
mod m20261127_000031_mission_copies;
mod m20261127_000032_alerts_told;
mod m20261127_000033_reminders_and_favourites;
mod m20261127_000034_teams;
mod m20261127_000036_telltales;
mod m20261128_000037_cover;
mod m20261128_000038_testimonials;
mod m20261128_000039_slot_answers;
mod m20261128_000040_opening;
mod m20261128_000043_changed_details_and_thanks;
mod m20261128_000045_network_requests;
mod m20261128_000046_review_items;
mod m20261128_000047_letter_silence;
mod m20261128_000048_checklist_items;
mod tables;

/// Every migration, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_accounts::Migration),
            Box::new(m20261123_000002_network::Migration),
            Box::new(m20261123_000003_organisations::Migration),
            Box::new(m20261123_000004_reference::Migration),
            Box::new(m20261123_000005_missions::Migration),
            Box::new(m20261123_000006_reviews::Migration),
            Box::new(m20261123_000007_applications::Migration),
            Box::new(m20261123_000008_history_and_outbox::Migration),
            Box::new(m20261123_000009_search::Migration),
            Box::new(m20261123_000010_reference_data::Migration),
            Box::new(m20261124_000011_session::Migration),
            Box::new(m20261124_000012_review_file::Migration),
            Box::new(m20261124_000014_letters::Migration),
            Box::new(m20261125_000015_equipment::Migration),
            Box::new(m20261125_000016_equipment_needs::Migration),
            Box::new(m20261125_000017_crisis::Migration),
            Box::new(m20261125_000018_partners::Migration),
            Box::new(m20261125_000019_organisation_reviews::Migration),
            Box::new(m20261125_000020_ideas::Migration),
            Box::new(m20261125_000021_figures::Migration),
            Box::new(m20261127_000022_waiting::Migration),
            Box::new(m20261127_000023_attendance::Migration),
            Box::new(m20261127_000024_calendar::Migration),
            Box::new(m20261127_000025_guardian::Migration),
            Box::new(m20261127_000026_messages::Migration),
            Box::new(m20261127_000027_templates::Migration),
            Box::new(m20261127_000028_profiles::Migration),
            Box::new(m20261127_000029_alerts::Migration),
            Box::new(m20261127_000030_slot_batches::Migration),
            Box::new(m20261127_000031_mission_copies::Migration),
            Box::new(m20261127_000032_alerts_told::Migration),
            Box::new(m20261127_000033_reminders_and_favourites::Migration),
            Box::new(m20261127_000034_teams::Migration),
            Box::new(m20261127_000036_telltales::Migration),
            Box::new(m20261128_000037_cover::Migration),
            Box::new(m20261128_000038_testimonials::Migration),
            Box::new(m20261128_000039_slot_answers::Migration),
            Box::new(m20261128_000040_opening::Migration),
            Box::new(m20261128_000043_changed_details_and_thanks::Migration),
            Box::new(m20261128_000045_network_requests::Migration),
            Box::new(m20261128_000046_review_items::Migration),
            Box::new(m20261128_000047_letter_silence::Migration),
            Box::new(m20261128_000048_checklist_items::Migration),
        ]
    }
}
