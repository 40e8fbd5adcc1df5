//! Files that a town asks the network to decide.

use domain::{
    actor::Actor,
    error::{AppError, Conflict, Problem},
    ids::AccountId,
    network::{self, AskedFile},
    reviews::{Decision, Reviews as _},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use server::entity::municipality;
use uuid::Uuid;

use super::{
    conflict,
    world::{INSEE, World, begin, worlds},
};

impl World {
    /// An admin of the network.
    async fn network_admin(&self, name: &str) -> anyhow::Result<Uuid> {
        let id = self.person(name).await?;
        self.grant(id, "network_admin", None, None).await?;
        Ok(id)
    }

    /// Both coordinators are of the organisation's team: nobody of the town may decide.
    async fn all_are_party(&self) -> anyhow::Result<Actor> {
        self.grant(self.ana, "organisation_admin", None, Some(self.organisation)).await?;
        self.grant(self.bob, "organisation_helper", None, Some(self.organisation)).await?;
        self.actor(self.ana).await
    }

    async fn asked(&self, who: &Actor) -> Result<Vec<AskedFile>, AppError> {
        network::Network::asked_files(&self.backend, who).await
    }
}

#[tokio::test]
async fn the_network_decides_where_nobody_of_the_town_may() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let someone = w.network_admin("network").await?;
        let network = w.actor(someone).await?;
        w.grant(w.ana, "organisation_admin", None, Some(w.organisation)).await?;
        let ana = w.actor(w.ana).await?;
        let ask = || w.backend.ask_network(&ana, review, "Merci de décider.".to_owned());
        assert!(!w.backend.file(&ana, INSEE, review).await?.network.may_ask, "Bob may decide");
        assert_eq!(ask().await, conflict(Conflict::NotInThisState));
        w.grant(w.bob, "organisation_helper", None, Some(w.organisation)).await?;
        w.backend.take(&ana, review, None).await?;
        assert!(w.backend.file(&ana, INSEE, review).await?.network.may_ask);
        assert_eq!(w.backend.take(&network, review, None).await, Err(AppError::NotFound), "nobody asked yet");
        ask().await?;
        assert_eq!(ask().await, conflict(Conflict::NotInThisState), "asked already");
        let row = w.review(review).await?;
        assert_eq!((row.status.as_str(), row.taken_by), ("waiting", None), "back in the queue");
        assert_eq!(w.mails("network").await?, ["network_asked"]);
        assert_eq!(w.asked(&ana).await, Err(AppError::NotFound));
        let files = w.asked(&network).await?;
        assert_eq!(files.len(), 1);
        assert_eq!((files[0].request.by.as_str(), files[0].request.word.as_str()), ("ana Test", "Merci de décider."));
        let file = w.backend.file(&network, INSEE, review).await?;
        assert!(file.may_act && file.network.stands_in && !file.four_eyes && file.colleagues.is_empty());

        w.tick(someone, review).await?;
        assert!(!w.backend.file(&ana, INSEE, review).await?.network.may_recall);
        assert_eq!(w.backend.recall(&ana, review).await, conflict(Conflict::TakenByAnother));
        w.backend.decide(&network, review, Decision::Approve, String::new()).await?;
        assert_eq!(w.mission(mission).await?.status, "published");
        let states: Vec<String> = w.steps("review", review.0).await?.into_iter().map(|step| step.0).collect();
        let asked = ["waiting", "in_review", "network_asked", "waiting"];
        let decided = ["in_review", "checklist_saved", "green_light", "network_decided"];
        assert_eq!(states, [asked, decided].concat());
        assert!(w.asked(&network).await?.is_empty());
        let after = w.backend.write(&network, review, "Encore un mot.".to_owned(), None).await;
        assert_eq!(after, Err(AppError::NotFound), "the exchange is the town's again");
    }
    Ok(())
}

/// A network whose only admin wrote the mission can decide nothing: nobody is sent to it.
#[tokio::test]
async fn where_nobody_of_the_network_may_decide_it_is_not_asked() -> anyhow::Result<()> {
    for w in worlds().await? {
        let author = w.network_admin("author").await?;
        let mission = w.draft("Distribuer des colis", author).await?;
        let (review, ana) = (w.submit(mission).await?, w.all_are_party().await?);
        assert!(!w.backend.file(&ana, INSEE, review).await?.network.may_ask);
        let asked = w.backend.ask_network(&ana, review, String::new()).await;
        assert_eq!(asked, conflict(Conflict::NotInThisState));
        w.network_admin("network").await?;
        assert!(w.backend.file(&ana, INSEE, review).await?.network.may_ask);
    }
    Ok(())
}

#[tokio::test]
async fn a_request_opens_the_file_to_nobody_else() -> anyhow::Result<()> {
    for w in worlds().await? {
        let author = w.network_admin("author").await?;
        let mission = w.draft("Distribuer des colis", author).await?;
        let review = w.submit(mission).await?;
        let (ana, someone) = (w.all_are_party().await?, w.network_admin("network").await?);
        let (network, author) = (w.actor(someone).await?, w.actor(author).await?);
        let (other, stranger) = (Uuid::now_v7(), w.person("stranger").await?);
        w.add_town(other, "13055").await?;
        w.grant(stranger, "coordinator", Some(other), None).await?;
        let stranger = w.actor(stranger).await?;
        assert_eq!(w.backend.recall(&ana, review).await, conflict(Conflict::NotInThisState), "nothing was asked");
        let long = w.backend.ask_network(&ana, review, "a".repeat(501)).await;
        assert_eq!(long, Err(AppError::field("word", Problem::TooLong { max: 500 })));
        w.backend.ask_network(&ana, review, String::new()).await?;
        assert!(w.mails("author").await?.is_empty(), "who wrote it is not asked");
        for who in [&stranger, &network] {
            assert_eq!(w.backend.ask_network(who, review, String::new()).await, Err(AppError::NotFound));
            assert_eq!(w.backend.recall(who, review).await, Err(AppError::NotFound));
        }
        assert_eq!(w.backend.take(&stranger, review, None).await, Err(AppError::NotFound));
        assert!(!w.backend.file(&author, INSEE, review).await?.may_act);
        assert_eq!(w.backend.take(&author, review, None).await, conflict(Conflict::FourEyes));
        let own = w.backend.decide(&author, review, Decision::Refuse, "Une raison".to_owned()).await;
        assert_eq!(own, conflict(Conflict::FourEyes));

        w.backend.recall(&ana, review).await?;
        assert_eq!(w.backend.take(&network, review, None).await, Err(AppError::NotFound), "no longer asked");
        w.backend.ask_network(&ana, review, String::new()).await?;
        w.backend.take(&network, review, None).await?;
        w.backend.decide(&network, review, Decision::RequestChanges, "Précisez le lieu".to_owned()).await?;
        let states: Vec<String> = w.steps("review", review.0).await?.into_iter().map(|step| step.0).collect();
        assert!(states.ends_with(&["changes_requested".to_owned(), "network_decided".to_owned()]), "{states:?}");
        assert!(states.contains(&"network_recalled".to_owned()));
    }
    Ok(())
}

/// Who may decide by the town's own setting does not ask, and the setting is nobody's of the network.
#[tokio::test]
async fn where_the_town_allows_it_the_network_is_not_asked() -> anyhow::Result<()> {
    for w in worlds().await? {
        let author = w.network_admin("author").await?;
        let mission = w.draft("Distribuer des colis", author).await?;
        let (review, ana) = (w.submit(mission).await?, w.all_are_party().await?);
        let tx = begin(&w.backend.store).await?;
        municipality::ActiveModel { id: Set(w.town), self_review_allowed: Set(true), ..Default::default() }
            .update(&tx)
            .await?;
        tx.commit().await?;
        assert!(!w.backend.file(&ana, INSEE, review).await?.network.may_ask);
        let asked = w.backend.ask_network(&ana, review, String::new()).await;
        assert_eq!(asked, conflict(Conflict::NotInThisState));
        let author = w.actor(author).await?;
        assert!(w.backend.file(&author, INSEE, review).await?.four_eyes);
        assert_eq!(w.backend.take(&author, review, None).await, Err(AppError::NotFound));
    }
    Ok(())
}

#[tokio::test]
async fn a_review_goes_back_to_the_queue_with_the_role_of_who_had_it() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ((_, review), (_, kept)) =
            (w.submitted("Distribuer des colis").await?, w.submitted("Faire les courses").await?);
        let network = w.network_admin("network").await?;
        let network = w.actor(network).await?;
        w.backend.take(&w.actor(w.ana).await?, review, None).await?;
        w.backend.take(&w.actor(w.bob).await?, kept, None).await?;
        network::Network::end_coordinator(&w.backend, &network, INSEE, AccountId(w.ana), false).await?;
        let (back, other) = (w.review(review).await?, w.review(kept).await?);
        assert_eq!((back.status.as_str(), back.taken_by, back.taken_at), ("waiting", None, None));
        assert_eq!((other.status.as_str(), other.taken_by), ("in_review", Some(w.bob)));
        let states: Vec<String> = w.steps("review", review.0).await?.into_iter().map(|step| step.0).collect();
        assert_eq!(states, ["waiting", "in_review", "waiting"]);
    }
    Ok(())
}
