//! The network edits the words that the system looks for.

use domain::{
    error::{AppError, Problem},
    reviews::{Finding, Reviews, signs::SignsForm},
};
use uuid::Uuid;

use super::world::{INSEE, World, worlds};

fn form(code: &str, add: &str, remove: &[&str]) -> SignsForm {
    SignsForm {
        code: code.to_owned(),
        add: add.to_owned(),
        remove: remove.iter().map(|word| (*word).to_owned()).collect(),
    }
}

impl World {
    /// The words of a file that tell of a danger.
    async fn dangers(&self, id: domain::ids::ReviewId) -> anyhow::Result<Vec<String>> {
        let file = self.backend.file(&self.actor(self.ana).await?, INSEE, id).await?;
        let found = file.checklist.into_iter().find_map(|line| match line.finding {
            Some(Finding::Safety(safety)) => Some(safety.dangers),
            _ => None,
        });
        Ok(found.unwrap_or_default().into_iter().flat_map(|(_, words)| words).collect())
    }

    async fn signs_of(&self, actor: &domain::actor::Actor, code: &str) -> anyhow::Result<Vec<String>> {
        let lists = self.backend.signs(actor).await?.lists;
        Ok(lists.into_iter().filter(|list| list.code == code).flat_map(|list| list.words).collect())
    }
}

#[tokio::test]
async fn a_word_is_looked_for_from_its_addition_to_its_removal() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, network) = (w.actor(w.ana).await?, w.network().await?);
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let told = "ranger la salle".to_owned();
        assert!(!w.dangers(review).await?.contains(&told));
        w.backend.save_signs(&network, form("height", "Ranger la salle", &[])).await?;
        assert!(w.dangers(review).await?.contains(&told));
        let twice = w.backend.save_signs(&network, form("height", "ranger, la SALLE", &[])).await;
        assert_eq!(twice, Err(AppError::field("add", Problem::NameTaken)));
        w.backend.save_signs(&network, form("height", "", &["ranger la salle"])).await?;
        assert!(!w.dangers(review).await?.contains(&told));
        let steps = w.steps("telltale", Uuid::nil()).await?;
        let reasons: Vec<&str> = steps.iter().filter_map(|(_, reason)| reason.as_deref()).collect();
        assert_eq!(reasons, ["height: + «ranger la salle»", "height: - «ranger la salle»"]);

        assert_eq!(w.backend.signs(&ana).await.err(), Some(AppError::NotFound));
        assert_eq!(w.backend.save_signs(&ana, form("height", "grue", &[])).await, Err(AppError::NotFound));
        for unknown in ["rocket", "name-rocket"] {
            let refused = w.backend.save_signs(&network, form(unknown, "fusée", &[])).await;
            assert_eq!(refused, Err(AppError::NotFound), "{unknown}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn words_of_names_are_rows_of_their_own() -> anyhow::Result<()> {
    for w in worlds().await? {
        let network = w.network().await?;
        let before = w.signs_of(&network, "name-party").await?;
        assert!(before.contains(&"parti".to_owned()));
        w.backend.save_signs(&network, form("name-party", "Tractage", &["parti"])).await?;
        let after = w.signs_of(&network, "name-party").await?;
        assert!(after.contains(&"tractage".to_owned()) && !after.contains(&"parti".to_owned()));
        assert_eq!(after.len(), before.len());
        let steps = w.steps("doubtful_word", Uuid::nil()).await?;
        assert_eq!(steps.last().and_then(|(_, told)| told.as_deref()), Some("name-party: + «tractage», - «parti»"));
    }
    Ok(())
}
