//! The page on which an organisation answers.

use domain::{
    applications::Applications,
    ids::MissionId,
    missions::{Missions, PeopleStep},
};

use crate::{
    applications::world::form,
    planning::volunteer,
    reviews::{
        pages::{Browser, location},
        world::{World, worlds},
    },
};

/// A mission for which these people wait, and the address of their list.
async fn waited_for(w: &World, names: &[&str]) -> anyhow::Result<(MissionId, String)> {
    let id = w.online("Distribuer des colis").await?;
    let people = PeopleStep {
        beneficiaries: vec!["families".to_owned()],
        safety_rules: "Porter des gants.".to_owned(),
        choice: "choose".to_owned(),
        ..PeopleStep::default()
    };
    w.backend.save_people(&w.actor(w.admin).await?, id, people).await?;
    let slot = w.published(id).await?.1.slots[0].id;
    for name in names {
        w.backend.apply(&volunteer(w, name).await?, id, form(&[slot])).await?;
    }
    Ok((id, app::routes::own_mission(w.organisation.into(), id, "candidatures")))
}

#[tokio::test]
async fn answers_say_how_many_were_sent_and_keep_what_was_asked_for() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (id, page) = waited_for(&w, &["ada", "ben"]).await?;
        let admin = w.actor(w.admin).await?;
        let list = w.backend.of_mission(&admin, w.organisation.into(), id).await?.applicants;
        let (organisation, mission) = (w.organisation.to_string(), id.to_string());
        let (ada, ben) = (list[0].id.to_string(), list[1].id.to_string());
        let browser = Browser::of(&w, w.admin).await?;
        let (_, html) = browser.page(&format!("{page}?statut=pending")).await?;
        assert!(html.contains(r#"name="asked[status]" value="pending""#), "carried through the form");
        let mut fields = vec![
            ("organisation", organisation.as_str()),
            ("mission", mission.as_str()),
            ("ids[]", ada.as_str()),
            ("answer", "accept"),
            ("asked[status]", "pending"),
            ("asked[template]", "a&b"),
        ];
        for (done, notice) in [(1, true), (0, false)] {
            let answer = browser.post(&page, "applications/decide", &fields).await?;
            let to = location(&answer)?.to_owned();
            assert!(to.contains(&format!("reponses={done}&")), "{to}");
            assert!(to.contains("&statut=pending&modele=a%26b"), "{to}");
            assert_eq!(to.contains("fait=reponses"), notice, "{to}");
            let (_, html) = browser.page(&to).await?;
            assert_eq!(html.contains("1 personne a reçu votre réponse"), notice);
            assert_eq!(html.contains("Aucune réponse n’est partie"), !notice);
        }
        fields[2].1 = ben.as_str();
        fields[3].1 = "decline";
        fields.push(("reason", "Nous sommes assez nombreux."));
        let answer = browser.post(&page, "applications/decide", &fields).await?;
        assert!(location(&answer)?.contains("reponses=1&"));
    }
    Ok(())
}

#[tokio::test]
async fn a_reason_is_asked_for_where_one_is_needed() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, page) = waited_for(&w, &["ada"]).await?;
        let (_, html) = Browser::of(&w, w.admin).await?.page(&page).await?;
        let fold = html.split("Décliner les personnes cochées").nth(1).unwrap_or_default();
        let fold = fold.split("Décliner et prévenir").next().unwrap_or_default();
        assert!(fold.contains("Nécessaire pour décliner") && !fold.contains("(facultatif)"), "{fold}");
    }
    Ok(())
}

#[tokio::test]
async fn everybody_who_is_shown_is_ticked_at_once() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, page) = waited_for(&w, &["ada", "ben"]).await?;
        let browser = Browser::of(&w, w.admin).await?;
        let ticked = |html: &str| {
            let boxes = html.split("<input").filter(|part| part.contains("name=\"ids[]\""));
            boxes.filter(|part| part.split('>').next().is_some_and(|tag| tag.contains(" checked"))).count()
        };
        let (_, html) = browser.page(&format!("{page}?statut=pending")).await?;
        assert_eq!(ticked(&html), 0);
        assert!(html.replace("&amp;", "&").contains("?cocher=tout&statut=pending"), "the way to tick them all");
        let (_, html) = browser.page(&format!("{page}?cocher=tout&statut=pending")).await?;
        assert_eq!(ticked(&html), 2, "those who wait, and nobody in the message to several");
        assert!(html.contains("Ne cocher personne"));
    }
    Ok(())
}

#[tokio::test]
async fn texts_to_answer_with_are_found_before_anybody_applies() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, page) = waited_for(&w, &[]).await?;
        let browser = Browser::of(&w, w.admin).await?;
        let texts = app::routes::answer_templates(w.organisation.into());
        for page in [page, app::routes::organisation_space(w.organisation.into())] {
            assert!(browser.page(&page).await?.1.contains(&texts), "{page}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_table_answers_as_the_list_does_and_keeps_its_order() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (id, page) = waited_for(&w, &["ada", "ben"]).await?;
        let list = w.backend.of_mission(&w.actor(w.admin).await?, w.organisation.into(), id).await?.applicants;
        let browser = Browser::of(&w, w.admin).await?;
        let read =
            async |query: &str| anyhow::Ok(browser.page(&format!("{page}{query}")).await?.1.replace("&amp;", "&"));
        let html = read("?statut=pending").await?;
        assert!(html.contains("?statut=pending&vue=tableau\"") && !html.contains("<table"), "the way to the table");
        for (query, first, then, sorted) in [
            ("?statut=pending&vue=tableau&tri=nom", "ada", "ben", "ascending"),
            ("?statut=pending&vue=tableau&tri=nom&sens=desc", "ben", "ada", "descending"),
            ("?statut=pending&vue=tableau&tri=date&sens=desc", "ben", "ada", "descending"),
        ] {
            let html = read(query).await?;
            let table = html.split("<table").nth(1).unwrap_or_default().split("</table>").next().unwrap_or_default();
            let row = |name: &str| table.find(&format!("scope=\"row\">{name}"));
            assert!(row(first).is_some() && row(first) < row(then), "{query}: {table}");
            assert_eq!(table.matches("aria-sort=").count(), 1, "{query}");
            assert!(table.contains(&format!("aria-sort=\"{sorted}\"")), "{query}");
            assert_eq!(table.matches("name=\"ids[]\"").count(), 2, "a box for each who waits");
            assert!(table.contains("?statut=pending&vue=tableau&tri=etat"), "headers keep the filter");
            assert!(!table.contains('@'), "no contact details");
        }
        let html = read("?vue=tableau&tri=email&sens=desc").await?;
        assert!(html.contains("<table") && !html.contains("aria-sort"), "no such order");
        let (organisation, mission) = (w.organisation.to_string(), id.to_string());
        let (ada, ben) = (list[0].id.to_string(), list[1].id.to_string());
        let table = [("asked[view]", "tableau"), ("asked[sort]", "nom"), ("asked[way]", "desc")];
        let which = [("organisation", organisation.as_str()), ("mission", mission.as_str())];
        let mut fields = [&which[..], &table, &[("answer", "accept"), ("ids[]", ada.as_str())]].concat();
        let answer = browser.post(&page, "applications/decide", &fields).await?;
        let to = location(&answer)?;
        assert!(to.contains("&vue=tableau&tri=nom&sens=desc") && to.contains("reponses=1"), "{to}");
        fields.truncate(which.len() + table.len());
        fields.extend([("body", "Bonjour."), ("ids[]", ben.as_str())]);
        let answer = browser.post(&page, "messages/write-to-some", &fields).await?;
        let to = location(&answer)?;
        assert!(to.contains("?vue=tableau&tri=nom&sens=desc&fait=messages"), "{to}");
    }
    Ok(())
}
