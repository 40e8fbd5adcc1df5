//! Who waits for an answer when the organisation begins to accept at once is not overtaken by whoever comes next.

use domain::{
    actor::Actor,
    applications::{ApplicationStatus, Applications},
    ids::MissionId,
    missions::{Missions, PeopleStep},
};

use super::world::{World, at_once, choose, form, worlds};

impl World {
    /// Its organisation accepts at once from now on.
    pub async fn accepts_at_once(&self, mission: MissionId) -> anyhow::Result<()> {
        let step = PeopleStep {
            beneficiaries: vec!["families".to_owned()],
            safety_rules: "Porter des gants.".to_owned(),
            choice: "at_once".to_owned(),
            ..PeopleStep::default()
        };
        Ok(self.backend.save_people(&self.of_organisation().await?, mission, step).await?)
    }

    /// Volunteers who ask for a slot, one after the other.
    async fn ask(&self, names: &[&str], mission: MissionId, slot: uuid::Uuid) -> anyhow::Result<Vec<Actor>> {
        let mut people = Vec::new();
        for name in names {
            let person = self.volunteer(name).await?;
            self.backend.apply(&person, mission, form(&[slot])).await?;
            people.push(person);
        }
        Ok(people)
    }
}

#[tokio::test]
async fn those_who_wait_are_accepted_in_their_order() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, slots) = w.mission("Choisir", choose(&[(72, 3, 2)])).await?;
        w.ask(&["ada", "ben", "cleo"], mission, slots[0]).await?;
        assert_eq!(w.states(mission).await?, ["pending", "pending", "pending"]);
        w.accepts_at_once(mission).await?;
        assert_eq!(w.states(mission).await?, ["accepted", "accepted", "waitlisted"]);
        assert_eq!(w.taken(slots[0]).await?, 2);
        assert_eq!(w.mails("ben").await?, ["application_sent", "application_accepted"]);
        assert_eq!(w.mails("cleo").await?, ["application_sent", "waiting_list_joined"]);
        assert_eq!(w.story(w.ids(mission).await?[2].0).await?, ["pending", "waitlisted"]);
        let dan = w.volunteer("dan").await?;
        assert_eq!(w.backend.apply(&dan, mission, form(&slots)).await, Ok(ApplicationStatus::Waitlisted));
        w.accepts_at_once(mission).await?;
        assert_eq!(w.states(mission).await?, ["accepted", "accepted", "waitlisted", "waitlisted"], "saved again");
    }
    Ok(())
}

#[tokio::test]
async fn the_list_comes_after_those_who_wait_for_an_answer() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, slots) = w.mission("Choisir", choose(&[(72, 3, 1)])).await?;
        let people = w.ask(&["ada", "ben"], mission, slots[0]).await?;
        let (admin, ids) = (w.of_organisation().await?, w.ids(mission).await?);
        w.backend.decide(&admin, mission, vec![ids[0]], true, String::new()).await?;
        w.ask(&["cleo"], mission, slots[0]).await?;
        w.backend.withdraw(&people[0], ids[0]).await?;
        assert_eq!(w.states(mission).await?, ["withdrawn", "pending", "waitlisted"]);
        w.accepts_at_once(mission).await?;
        assert_eq!(w.states(mission).await?, ["withdrawn", "accepted", "waitlisted"]);
        assert_eq!(w.taken(slots[0]).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn who_cannot_come_keeps_nobody_else_waiting() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, slots) = w.mission("Choisir", choose(&[(72, 3, 1)])).await?;
        let people = w.ask(&["ada", "ben"], mission, slots[0]).await?;
        let (other, at_that_time) = w.mission("Au même moment", at_once(&[(73, 3, 1)])).await?;
        w.backend.apply(&people[0], other, form(&at_that_time)).await?;
        w.accepts_at_once(mission).await?;
        assert_eq!(w.states(mission).await?, ["pending", "accepted"]);
    }
    Ok(())
}

#[tokio::test]
async fn a_free_slot_beside_a_full_one_is_not_passed_on_to_who_came_later() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, slots) = w.mission("Choisir", choose(&[(72, 3, 1), (240, 3, 1)])).await?;
        w.ask(&["ada"], mission, slots[0]).await?;
        let (admin, ids) = (w.of_organisation().await?, w.ids(mission).await?);
        let ben = w.volunteer("ben").await?;
        w.backend.apply(&ben, mission, form(&slots)).await?;
        w.ask(&["cleo"], mission, slots[1]).await?;
        w.backend.decide(&admin, mission, vec![ids[0]], true, String::new()).await?;
        assert_eq!(w.states(mission).await?, ["accepted", "pending", "pending"]);
        w.accepts_at_once(mission).await?;
        assert_eq!(w.states(mission).await?, ["accepted", "offered", "waitlisted"]);
        assert_eq!((w.taken(slots[0]).await?, w.taken(slots[1]).await?), (1, 1));
    }
    Ok(())
}
