//! The network edits the checklist: what follows in open files, and what stays in decided ones.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    error::{AppError, Conflict, Problem},
    reviews::{
        ChecklistAnswer, Decision, Reviews,
        items::{ItemForm, ItemLine},
    },
};
use uuid::Uuid;

use super::world::{INSEE, World, worlds};

impl World {
    pub async fn network(&self) -> anyhow::Result<Actor> {
        let id = self.person("reseau").await?;
        self.grant(id, "network_admin", None, None).await?;
        self.actor(id).await
    }

    async fn item(&self, network: &Actor, label: &str) -> anyhow::Result<ItemLine> {
        let items = self.backend.checklist_items(network).await?.items;
        items.into_iter().find(|line| line.form.label_fr == label || line.form.code == label).context("an item")
    }

    /// The codes of a file, with what is answered.
    async fn codes(&self, id: domain::ids::ReviewId) -> anyhow::Result<Vec<(String, String)>> {
        let file = self.backend.file(&self.actor(self.ana).await?, INSEE, id).await?;
        Ok(file.checklist.into_iter().map(|line| (line.code, line.answer)).collect())
    }
}

fn item(label: &str, scope: &str) -> ItemForm {
    ItemForm {
        scope: scope.to_owned(),
        label_fr: label.to_owned(),
        label_en: label.to_owned(),
        mandatory: "yes".to_owned(),
        ..ItemForm::default()
    }
}

fn retired(form: ItemForm) -> ItemForm {
    ItemForm { retired: "yes".to_owned(), ..form }
}

#[tokio::test]
async fn a_new_mandatory_item_stops_the_green_lights_of_its_domain_alone_until_it_is_retired() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, network) = (w.actor(w.ana).await?, w.network().await?);
        let (_, review) = w.submitted("Distribuer des colis").await?;
        w.tick(w.ana, review).await?;
        let approve = || w.backend.decide(&ana, review, Decision::Approve, String::new());

        w.backend.save_checklist_item(&network, item("Les colis sont fermés", "domain:food-aid")).await?;
        assert_eq!(approve().await, Err(Conflict::ChecklistIncomplete.into()));
        let line = w.item(&network, "Les colis sont fermés").await?;
        assert_eq!(line.form.code, "les-colis-sont-fermes");
        assert_eq!(w.codes(review).await?.last(), Some(&(line.form.code.clone(), String::new())), "it comes last");

        w.backend.save_checklist_item(&network, item("Le terrain est libre", "domain:sport")).await?;
        w.backend.save_checklist_item(&network, retired(line.form)).await?;
        approve().await?;
        assert_eq!(w.review(review).await?.status, "green_light");
    }
    Ok(())
}

#[tokio::test]
async fn a_decided_file_keeps_what_was_asked_and_answered() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, network) = (w.actor(w.ana).await?, w.network().await?);
        w.backend.save_checklist_item(&network, item("Les colis sont fermés", "domain:food-aid")).await?;
        let form = w.item(&network, "Les colis sont fermés").await?.form;
        let (_, decided) = w.submitted("Distribuer des colis").await?;
        w.tick(w.ana, decided).await?;
        w.backend.decide(&ana, decided, Decision::Approve, String::new()).await?;
        let before = w.codes(decided).await?;
        assert!(before.contains(&(form.code.clone(), "yes".to_owned())));

        w.backend.clock.advance(TimeDelta::minutes(1));
        let (_, open) = w.submitted("Trier des vêtements").await?;
        assert!(w.codes(open).await?.iter().any(|(code, _)| *code == form.code));
        w.backend.save_checklist_item(&network, retired(form.clone())).await?;
        let feasible = w.item(&network, "feasible").await?.form;
        w.backend.save_checklist_item(&network, retired(feasible.clone())).await?;
        w.backend.save_checklist_item(&network, item("Le local est ouvert", "")).await?;
        assert_eq!(w.codes(decided).await?, before, "neither less nor more");
        let codes: Vec<String> = w.codes(open).await?.into_iter().map(|(code, _)| code).collect();
        assert!(!codes.contains(&form.code) && !codes.contains(&feasible.code));
        assert!(codes.contains(&"le-local-est-ouvert".to_owned()));

        // A page that was opened before: what is asked no more is left out, the rest is kept.
        let answer = |code: &str| ChecklistAnswer {
            code: code.to_owned(),
            answer: "yes".to_owned(),
            ..ChecklistAnswer::default()
        };
        let old = vec![answer(&form.code), answer("feasible"), answer("safe")];
        assert_eq!(w.backend.answer(&ana, open, old, false).await?, 0);
        let answered = w.codes(open).await?.into_iter().filter(|(_, answer)| answer == "yes");
        assert_eq!(answered.map(|(code, _)| code).collect::<Vec<_>>(), ["safe"]);

        w.backend.save_checklist_item(&network, feasible).await?;
        assert!(w.codes(open).await?.iter().any(|(code, _)| code == "feasible"), "it comes back");
        let told = w.steps("checklist_item", Uuid::nil()).await?;
        let states: Vec<&str> = told.iter().map(|(state, _)| state.as_str()).collect();
        assert_eq!(states, ["asked", "retired", "retired", "asked", "asked"]);
        let last = told.last().and_then(|(_, reason)| reason.clone());
        assert_eq!(last.as_deref(), Some("feasible: retired «yes» → «»"));
    }
    Ok(())
}

#[tokio::test]
async fn the_network_alone_edits_and_what_the_system_finds_stays_with_its_item() -> anyhow::Result<()> {
    for w in worlds().await? {
        let network = w.network().await?;
        let save = |who: Actor, form: ItemForm| {
            let backend = &w.backend;
            async move { backend.save_checklist_item(&who, form).await }
        };
        for who in [w.ana, w.admin] {
            let who = w.actor(who).await?;
            assert_eq!(w.backend.checklist_items(&who).await.err(), Some(AppError::NotFound));
            assert_eq!(save(who, item("Le local est ouvert", "")).await, Err(AppError::NotFound));
        }
        let unknown = ItemForm { code: "rocket".to_owned(), ..item("La fusée est prête", "") };
        assert_eq!(save(network.clone(), unknown).await, Err(AppError::NotFound));
        let no_choice = |field: &str| Err(AppError::field(field, Problem::NotAChoice));
        assert_eq!(save(network.clone(), item("La fusée est prête", "domain:space")).await, no_choice("scope"));

        let duplicates = w.item(&network, "no-duplicate").await?;
        assert!(duplicates.stays && duplicates.keeps_scope);
        assert_eq!(save(network.clone(), retired(duplicates.form.clone())).await, no_choice("retired"));
        let moved = |form: ItemForm| ItemForm { scope: "domain:sport".to_owned(), ..form };
        assert_eq!(save(network.clone(), moved(duplicates.form.clone())).await, no_choice("scope"));
        let group = w.item(&network, "crisis-group").await?.form;
        assert_eq!(save(network.clone(), moved(group)).await, no_choice("scope"));
        // Nor is anything put where the system looks for an answer itself: it could never leave.
        let feasible = w.item(&network, "feasible").await?.form;
        let bound = ItemForm { scope: "crisis:group".to_owned(), ..feasible };
        assert_eq!(save(network.clone(), bound).await, no_choice("scope"));
        assert_eq!(save(network.clone(), item("Le groupe est petit", "crisis:domain")).await, no_choice("scope"));
        let reworded = ItemForm { hint_fr: "Comparez d’abord.".to_owned(), ..duplicates.form.clone() };
        save(network.clone(), reworded).await?;
        let kept = w.item(&network, "no-duplicate").await?;
        assert_eq!((kept.form.hint_fr.as_str(), kept.stays), ("Comparez d’abord.", true));

        let taken = Err(AppError::field("label_fr", Problem::NameTaken));
        let label = duplicates.form.label_fr.to_uppercase();
        assert_eq!(save(network.clone(), item(&label, "")).await, taken);
        // Another domain may ask the same: under a code of its own.
        save(network.clone(), item("Le local est ouvert", "domain:sport")).await?;
        save(network.clone(), item("Le local est ouvert", "domain:food-aid")).await?;
        let items = w.backend.checklist_items(&network).await?.items;
        let of = |scope: &str| {
            items.iter().find(|line| line.form.scope == scope && line.form.label_fr == "Le local est ouvert")
        };
        assert_eq!(of("domain:sport").map(|line| line.form.code.as_str()), Some("le-local-est-ouvert"));
        assert_eq!(of("domain:food-aid").map(|line| line.form.code.as_str()), Some("le-local-est-ouvert-2"));
    }
    Ok(())
}
