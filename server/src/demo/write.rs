//! Writes what was made, in one transaction.

use anyhow::anyhow;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use super::world::Rows;
use crate::{
    backend::Backend,
    entity::{
        account, alert, alert_mission, application, application_message, application_slot, application_thread,
        association_letter, attendance, cover_letter, cover_request, crisis_measures, crisis_suspension, depot,
        directory_entry, equipment_count, equipment_count_line, equipment_level, equipment_movement, equipment_stock,
        favourite, history, idea, idea_link, idea_message, invitation, letter_recipient, message_report, mission,
        mission_partner, mission_version, municipality, neighbourhood, network, organisation, organisation_answer,
        organisation_request, organisation_review, review, review_answer, role_grant, slot, slot_batch,
        slot_batch_slot, testimonial, thread_message, volunteer, volunteer_profile,
    },
    missions::index,
};

/// Rows a statement: SQLite takes 32 766 parameters, PostgreSQL 65 535, and the widest table has 27 columns.
const CHUNK: usize = 500;

/// Writes everything.
pub async fn all(backend: &Backend, rows: Rows) -> anyhow::Result<()> {
    let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    put::<network::Entity>(&tx, rows.networks).await?;
    put::<municipality::Entity>(&tx, rows.towns).await?;
    put::<neighbourhood::Entity>(&tx, rows.neighbourhoods).await?;
    put::<account::Entity>(&tx, rows.accounts).await?;
    put::<volunteer::Entity>(&tx, rows.volunteers).await?;
    put::<volunteer_profile::Entity>(&tx, rows.profiles).await?;
    put::<organisation::Entity>(&tx, rows.organisations).await?;
    put::<role_grant::Entity>(&tx, rows.grants).await?;
    put::<invitation::Entity>(&tx, rows.invitations).await?;
    missions(&tx, rows.missions).await?;
    put::<mission_version::Entity>(&tx, rows.versions).await?;
    put::<slot::Entity>(&tx, rows.slots).await?;
    put::<review::Entity>(&tx, rows.reviews).await?;
    put::<review_answer::Entity>(&tx, rows.answers).await?;
    put::<thread_message::Entity>(&tx, rows.messages).await?;
    put::<application::Entity>(&tx, rows.applications).await?;
    put::<application_slot::Entity>(&tx, rows.application_slots).await?;
    put::<attendance::Entity>(&tx, rows.attendance).await?;
    put::<application_thread::Entity>(&tx, rows.application_threads).await?;
    put::<application_message::Entity>(&tx, rows.application_messages).await?;
    put::<message_report::Entity>(&tx, rows.message_reports).await?;
    put::<history::Entity>(&tx, rows.history).await?;
    put::<directory_entry::Entity>(&tx, rows.directory).await?;
    put::<association_letter::Entity>(&tx, rows.letters).await?;
    put::<letter_recipient::Entity>(&tx, rows.recipients).await?;
    put::<depot::Entity>(&tx, rows.depots).await?;
    put::<equipment_stock::Entity>(&tx, rows.equipment_stock).await?;
    put::<equipment_level::Entity>(&tx, rows.equipment_levels).await?;
    put::<equipment_movement::Entity>(&tx, rows.equipment_movements).await?;
    put::<equipment_count::Entity>(&tx, rows.equipment_counts).await?;
    put::<equipment_count_line::Entity>(&tx, rows.equipment_count_lines).await?;
    put::<mission_partner::Entity>(&tx, rows.partners).await?;
    put::<alert::Entity>(&tx, rows.alerts).await?;
    put::<alert_mission::Entity>(&tx, rows.alert_missions).await?;
    put::<favourite::Entity>(&tx, rows.favourites).await?;
    put::<cover_request::Entity>(&tx, rows.cover_requests).await?;
    put::<cover_letter::Entity>(&tx, rows.cover_letters).await?;
    put::<organisation_review::Entity>(&tx, rows.organisation_reviews).await?;
    put::<organisation_answer::Entity>(&tx, rows.organisation_answers).await?;
    put::<organisation_request::Entity>(&tx, rows.organisation_requests).await?;
    put::<idea::Entity>(&tx, rows.ideas).await?;
    put::<idea_message::Entity>(&tx, rows.idea_messages).await?;
    put::<idea_link::Entity>(&tx, rows.idea_links).await?;
    put::<crisis_measures::Entity>(&tx, rows.measures).await?;
    put::<crisis_suspension::Entity>(&tx, rows.suspensions).await?;
    put::<slot_batch::Entity>(&tx, rows.slot_batches).await?;
    put::<slot_batch_slot::Entity>(&tx, rows.slot_batch_slots).await?;
    put::<testimonial::Entity>(&tx, rows.testimonials).await?;
    Ok(tx.commit().await?)
}

/// Missions, and what a search finds them by.
async fn missions(tx: &DatabaseTransaction, rows: Vec<mission::Model>) -> anyhow::Result<()> {
    let found: Vec<_> =
        rows.iter().filter(|row| !row.search_text.is_empty()).map(|row| (row.id, row.search_text.clone())).collect();
    put::<mission::Entity>(tx, rows).await?;
    for (id, body) in found {
        index::put(tx, id, &body).await.map_err(|error| anyhow!("{error:?}"))?;
    }
    Ok(())
}

async fn put<E>(tx: &DatabaseTransaction, rows: Vec<E::Model>) -> anyhow::Result<()>
where
    E: EntityTrait,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let chunk: Vec<E::ActiveModel> = rows.by_ref().take(CHUNK).collect();
        E::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}
