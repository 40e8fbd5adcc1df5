//! The guardian's link and the form that asks for one, over HTTP: with the secret alone, and nothing by looking.

use anyhow::{Context, ensure};
use reqwest::{Method, StatusCode, header};
use uuid::Uuid;

use super::{
    guardian::from_16,
    world::{World, at_once, choose, worlds},
};
use crate::http::Site;

const PAGE: &str = "text/html,application/xhtml+xml";

async fn shown(site: &Site, path: &str, cookie: Option<&str>) -> anyhow::Result<(StatusCode, String)> {
    let answer = site.ask(Method::GET, path, cookie).header(header::ACCEPT, PAGE).send().await?;
    Ok((answer.status(), answer.text().await?))
}

async fn sent(
    site: &Site,
    act: &str,
    page: &str,
    cookie: Option<&str>,
    fields: &[(&str, &str)],
) -> anyhow::Result<(StatusCode, String, String)> {
    let answer = site
        .ask(Method::POST, act, cookie)
        .header(header::ACCEPT, PAGE)
        .header(header::REFERER, format!("http://{}{page}", site.address))
        .form(fields)
        .send()
        .await?;
    let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
    Ok((answer.status(), to, answer.text().await?))
}

async fn answered(site: &Site, id: &str, secret: &str, answer: &str) -> anyhow::Result<(StatusCode, String, String)> {
    let fields = [("id", id), ("secret", secret), ("answer", answer)];
    sent(site, "/api/applications/answer-guardian", &format!("/accord/{id}?cle={secret}"), None, &fields).await
}

/// Everything that is kept, but for what is counted of tries.
async fn kept(world: &World, site: &Site) -> anyhow::Result<String> {
    let (rows, id) = (site.rows().await?, world.ids(world.only_mission().await?).await?);
    let states = world.states(world.only_mission().await?).await?;
    Ok(format!("{rows:?} {id:?} {states:?}"))
}

#[tokio::test]
async fn only_the_secret_opens_it_and_only_a_button_answers() -> anyhow::Result<()> {
    for world in worlds().await? {
        let site = Site::serve(world.backend.clone()).await?;
        let (mission, slots) = world.mission("Colis du marché", from_16(at_once(&[(48, 3, 2)]))).await?;
        let young = world.young("sacha").await?;
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        let (id, secret) = (id.to_string(), world.link_of("sacha").await?);
        let before = kept(&world, &site).await?;
        for wrong in ["", "0", &"0".repeat(64), &secret[1..]] {
            let (status, html) = shown(&site, &format!("/accord/{id}?cle={wrong}"), None).await?;
            ensure!(status == StatusCode::NOT_FOUND && !html.contains("sacha"), "{status} with {wrong:?}");
            let answer = answered(&site, &id, wrong, "give").await?;
            assert_eq!(answer.0, StatusCode::NOT_FOUND, "with {wrong:?}");
        }
        let other = Uuid::now_v7().to_string();
        assert_eq!(shown(&site, &format!("/accord/{other}?cle={secret}"), None).await?.0, StatusCode::NOT_FOUND);
        let link = format!("/accord/{id}?cle={secret}");
        for _ in 0..2 {
            let (status, html) = shown(&site, &link, None).await?;
            ensure!(status == StatusCode::OK, "{status} {html}");
            for word in
                ["sacha", "Colis du marché", "Les Voisins", "La Seyne-sur-Mer", "Porter des gants.", "Je refuse"]
            {
                ensure!(html.contains(word), "{word} is not on the page");
            }
            ensure!(!html.contains("Martin") && !html.contains("ville.example"), "more than a first name");
        }
        let odd = answered(&site, &id, &secret, "").await?;
        ensure!(odd.0 == StatusCode::UNPROCESSABLE_ENTITY, "{}", odd.0);
        assert_eq!(kept(&world, &site).await?, before, "nothing by looking");

        let (status, to, _) = answered(&site, &id, &secret, "give").await?;
        ensure!(status == StatusCode::SEE_OTHER && to.starts_with(&link), "{status} {to}");
        assert_eq!(world.states(mission).await?, ["accepted"]);
        let after = kept(&world, &site).await?;
        let (status, _, _) = answered(&site, &id, &secret, "give").await?;
        assert_eq!(
            (status, kept(&world, &site).await?),
            (StatusCode::SEE_OTHER, after.clone()),
            "a replay is nothing new"
        );
        let refused = answered(&site, &id, &secret, "refuse").await?;
        ensure!(refused.0 == StatusCode::CONFLICT && refused.2.contains("role=\"alert\""), "{}", refused.0);
        assert_eq!(kept(&world, &site).await?, after);
        let (_, html) = shown(&site, &link, None).await?;
        ensure!(html.contains("Je retire mon accord") && !html.contains("Je refuse"));
        assert_eq!(answered(&site, &id, &secret, "withdraw").await?.0, StatusCode::SEE_OTHER);
        let (status, html) = shown(&site, &link, None).await?;
        ensure!(status == StatusCode::OK && !html.contains("answer-guardian"), "nothing left to answer");
        assert_eq!(world.states(mission).await?, ["withdrawn"]);
    }
    Ok(())
}

#[tokio::test]
async fn the_form_asks_who_needs_a_guardian_and_keeps_what_was_typed() -> anyhow::Result<()> {
    for world in worlds().await? {
        let site = Site::serve(world.backend.clone()).await?;
        let (mission, slots) = world.mission("Colis du marché", from_16(choose(&[(48, 3, 2)]))).await?;
        let (young, grown) = (world.young("sacha").await?, world.volunteer("camille").await?);
        let cookie = async |actor: &domain::actor::Actor| {
            let token = world.session(actor.account.context("signed in")?).await?;
            anyhow::Ok(format!("renfort={token}"))
        };
        let (young, grown) = (cookie(&young).await?, cookie(&grown).await?);
        let page = format!("/missions/{mission}/proposer");
        let asks = |html: &str| html.contains("name=\"form[guardian]\"");
        ensure!(asks(&shown(&site, &page, Some(&young)).await?.1), "who needs one is asked");
        ensure!(!asks(&shown(&site, &page, Some(&grown)).await?.1), "an adult is not");
        let (mission, slot) = (mission.to_string(), slots[0].to_string());
        let mut fields = vec![
            ("mission", mission.as_str()),
            ("form[slots][]", slot.as_str()),
            ("form[message]", "Je viens à vélo."),
            ("form[acknowledged]", "yes"),
            ("form[guardian]", "papa@"),
        ];
        let act = "/api/applications/apply";
        let (status, _, html) = sent(&site, act, &page, Some(&young), &fields).await?;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        ensure!(html.contains("Je viens à vélo.") && html.contains("value=\"papa@\""), "what was typed is lost");
        ensure!(html.contains("href=\"#guardian"), "the sentence leads to the field");
        fields.pop();
        let (status, _, html) = sent(&site, act, &page, Some(&young), &fields).await?;
        ensure!(status == StatusCode::UNPROCESSABLE_ENTITY && asks(&html), "{status}");
        fields.push(("form[guardian]", "papa@ville.example"));
        let (status, to, _) = sent(&site, act, &page, Some(&young), &fields).await?;
        ensure!(status == StatusCode::SEE_OTHER && to.starts_with("/mon-espace"), "{status} {to}");
        let (_, html) = shown(&site, "/mon-espace", Some(&young)).await?;
        ensure!(html.contains("ask-guardian") && html.contains("papa@ville.example"), "the link can be sent again");
        // Of the page that visitors share, nothing is anybody's own.
        let public = format!("/api/missions/page?id={mission}");
        let mine = site.ask(Method::GET, &public, Some(&young)).send().await?.bytes().await?;
        let theirs = site.ask(Method::GET, &public, None).send().await?.bytes().await?;
        ensure!(mine != theirs && site.ask(Method::GET, &public, None).send().await?.bytes().await? == theirs);
    }
    Ok(())
}
