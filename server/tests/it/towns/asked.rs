use domain::{
    actor::Grant,
    error::AppError,
    network::Network,
    organisations::{OrganisationReviews, OrganisationStatus, Organisations},
    reviews::Decision,
};

use super::site::sites;

#[tokio::test]
async fn the_network_decides_on_an_organisation_of_the_only_coordinator() {
    for site in sites().await {
        let backend = &site.backend;
        let (both, id) = site.party().await;
        let person = site.person("reseau@metropole.example").await;
        let network = site.grant(&person, Grant::NetworkAdmin).await;
        let elsewhere = site.coordinator("paul@toulon.example", "83137").await;
        let file = Organisations::file(backend, &both, "83126", id).await.unwrap();
        assert!(file.network.may_ask);
        let submission = file.submission.unwrap().id;
        assert_eq!(backend.take(&network, submission, None).await, Err(AppError::NotFound), "nobody asked yet");
        for who in [&network, &elsewhere] {
            assert_eq!(backend.ask_network(who, submission, String::new()).await, Err(AppError::NotFound));
        }
        assert_eq!(backend.ask_network(&both, submission, "Merci.".to_owned()).await, Ok(id));
        let mail = ("network_asked".to_owned(), "reseau@metropole.example".to_owned());
        assert!(site.mails().await.contains(&mail));
        let asked = backend.asked_files(&network).await.unwrap();
        assert_eq!((asked.len(), asked[0].organisation.0, asked[0].mission.is_none()), (1, id, true));
        assert_eq!(backend.recall(&elsewhere, submission).await, Err(AppError::NotFound));
        site.approve(&network, id).await;
        let file = Organisations::file(backend, &both, "83126", id).await.unwrap();
        assert_eq!(file.space.status, OrganisationStatus::Approved);
        assert!(file.history.iter().any(|line| line.to == "network_decided"));
        let suspended = backend.decide(&network, id, Decision::Suspend, "Pourquoi pas".to_owned()).await;
        assert_eq!(suspended, Err(AppError::NotFound), "what is decided is the town's again");
        assert!(backend.asked_files(&network).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_request_about_an_organisation_is_taken_back() {
    for site in sites().await {
        let backend = &site.backend;
        let (both, id) = site.party().await;
        let person = site.person("reseau@metropole.example").await;
        let network = site.grant(&person, Grant::NetworkAdmin).await;
        let submission = site.taken(&both, id).await;
        backend.ask_network(&both, submission, String::new()).await.unwrap();
        assert_eq!(backend.recall(&both, submission).await, Ok(id));
        assert_eq!(backend.take(&network, submission, None).await, Err(AppError::NotFound));
        let refused = backend.decide(&network, id, Decision::Refuse, "Une bonne raison".to_owned()).await;
        assert_eq!(refused, Err(AppError::NotFound));
        assert!(backend.asked_files(&network).await.unwrap().is_empty());
    }
}
