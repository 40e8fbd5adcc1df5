//! Organisations are reminded of hours that they have not validated.

use anyhow::{anyhow, ensure};
use domain::{applications::Applications, attendance::Attendance, planning::Planning};
use sea_orm::{EntityTrait, sea_query::Expr};
use server::{
    attendance::remind::remind,
    entity::{mission, organisation, outbox},
};

use crate::applications::world::{World, at_once, form, worlds};

async fn reminded(world: &World) -> anyhow::Result<usize> {
    remind(&world.backend).await.map_err(|error| anyhow!("{error:?}"))
}

/// The reminders that were queued for the admin, in order.
async fn letters(world: &World) -> anyhow::Result<Vec<outbox::Model>> {
    let mut letters = world.letters("admin").await?;
    letters.retain(|letter| letter.kind == "hours_to_validate");
    Ok(letters)
}

/// Where the one organisation and its missions stand.
async fn stand(world: &World, organisation: &str, missions: &str) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let status = Expr::value(organisation);
    organisation::Entity::update_many().col_expr(organisation::Column::Status, status).exec(&tx).await?;
    let status = Expr::value(missions);
    mission::Entity::update_many().col_expr(mission::Column::Status, status).exec(&tx).await?;
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn admins_get_one_letter_a_day_and_each_slot_is_told_of_once() -> anyhow::Result<()> {
    for world in worlds().await? {
        // Monday 08:30 in Paris. Two slots on Tuesday, one on Thursday, one to which nobody comes.
        let found = world.slot(&["ada", "ben"], &[(24, 3, 5), (30, 3, 5)]).await?;
        let (repas, slots) = world.mission("Repas", at_once(&[(72, 3, 5), (25, 3, 5)])).await?;
        let cleo = world.volunteer("cleo").await?;
        world.backend.apply(&cleo, repas, form(&slots[..1])).await?;
        for (hours, slots, so_far) in [(96, 0, 0), (24, 0, 0), (1, 2, 1), (6, 0, 1), (18, 0, 1), (24, 1, 2), (24, 0, 2)]
        {
            world.later(hours);
            assert_eq!(reminded(&world).await?, slots, "{:?} after {hours} more", world.engine());
            assert_eq!(reminded(&world).await?, 0, "never twice");
            assert_eq!(letters(&world).await?.len(), so_far);
        }
        let letters = letters(&world).await?;
        let lines = letters[0].body_text.matches("• Colis, ").count();
        ensure!(lines == 2 && letters[0].body_text.contains("2 personnes attendues"), "{}", letters[0].body_text);
        ensure!(letters[0].body_text.contains(&app::routes::organisation_space(world.of())));
        let sheet = app::routes::attendance(world.of(), repas, slots[0].into());
        ensure!(letters[1].body_text.contains(&sheet), "{}", letters[1].body_text);
        assert_eq!(world.story(found.slots[0]).await?, ["hours_reminded"]);
        assert_eq!(world.mails("ada").await?, ["application_accepted"], "volunteers are not told");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_settled_or_suspended_waits_for_nobody() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada"], &[(24, 3, 5), (30, 3, 5)]).await?;
        world.later(34);
        let waits = async || world.backend.agenda(&found.admin, world.of()).await.map(|agenda| agenda.to_validate);
        assert_eq!(waits().await?, 2, "{:?}: both are over", world.engine());
        let form = world.filled(&found, 0, &[("present", "")]).await?;
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        assert_eq!(waits().await?, 1, "{:?}: one is settled", world.engine());
        // Saturday 09:30.
        world.later(87);
        for (organisation, missions) in
            [("suspended", "published"), ("approved", "suspended"), ("approved", "cancelled")]
        {
            stand(&world, organisation, missions).await?;
            assert_eq!(reminded(&world).await?, 0, "{:?}: {organisation} {missions}", world.engine());
        }
        stand(&world, "approved", "closed").await?;
        assert_eq!(reminded(&world).await?, 1, "{:?}: the slot that is not validated", world.engine());
        let last = world.story(found.slots[0]).await?;
        assert_eq!(last, ["hours_validated"], "nobody is reminded of what is settled");
    }
    Ok(())
}

#[tokio::test]
async fn two_servers_send_one_letter_and_a_late_round_sends_none() -> anyhow::Result<()> {
    for world in worlds().await? {
        world.slot(&["ada"], &[(24, 3, 5), (24 * 20, 3, 5)]).await?;
        world.later(121);
        let (one, other) = tokio::join!(reminded(&world), reminded(&world));
        assert_eq!(one? + other?, 1, "{:?}", world.engine());
        assert_eq!(letters(&world).await?.len(), 1);
        world.later(24 * 40);
        assert_eq!(reminded(&world).await?, 0, "the other slot ended long ago: it is listed, but nobody is written to");
    }
    Ok(())
}
