//! The team of an organisation: invited, joined, changed, left; what a helper does, and what not.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use chrono::Duration;
use domain::{
    access::Role,
    actor::{Actor, Grant},
    applications::{ApplicantFilter, ApplicationStatus, Applications},
    attendance::{Attendance, AttendanceForm, AttendanceLine, SheetOf},
    error::{AppError, Conflict, Problem},
    ids::{AccountId, OrganisationId, SlotId},
    messages::{Door, Messages},
    missions::Missions,
    network::Network,
    organisations::{OrganisationForm, OrganisationStatus, Organisations},
    planning::{ExtendForm, Planning, ReduceForm},
    reviews::Decision,
    team::Team,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use server::{
    applications::export,
    entity::{account, history, role_grant},
};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::{
    applications::world::{World, at_once, choose, form as offer, worlds},
    towns::site::{Site, form, sites},
};

const ADMIN: &str = "organisation_admin";
const HELPER: &str = "organisation_helper";

/// The secret of the last invitation to somebody.
async fn token(site: &Site, email: &str) -> String {
    let letters = site.letters().await;
    let letter = letters.iter().rfind(|letter| letter.recipient == email && letter.kind == "team_invitation").unwrap();
    letter.body_text.split("/invitation/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

async fn accept(site: &Site, actor: &Actor, token: &str) -> Result<bool, AppError> {
    site.backend.accept(actor, token, String::new(), String::new(), String::new()).await.map(|made| made.is_some())
}

/// Somebody with an account who was invited and accepted.
async fn joined(site: &Site, admin: &Actor, id: OrganisationId, email: &str, role: &str) -> Actor {
    let person = site.person(email).await;
    site.backend.invite_colleague(admin, id, email, role).await.unwrap();
    accept(site, &person, &token(site, email).await).await.unwrap();
    site.again(person.account.unwrap()).await
}

fn me(actor: &Actor) -> AccountId {
    actor.account.unwrap()
}

/// The roles held in an organisation, by account.
async fn roles(site: &Site, id: OrganisationId) -> Vec<(Uuid, String)> {
    let rows = role_grant::Entity::find().filter(role_grant::Column::OrganisationId.eq(id.0));
    rows.all(site.backend.store.read()).await.unwrap().into_iter().map(|row| (row.account_id, row.role)).collect()
}

/// The kinds of e-mails to somebody.
async fn kinds(site: &Site, email: &str) -> Vec<String> {
    site.mails().await.into_iter().filter(|(_, to)| to == email).map(|(kind, _)| kind).collect()
}

#[tokio::test]
async fn a_colleague_without_an_account_joins_by_their_own_link() {
    for site in sites().await {
        let backend = &site.backend;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        backend.invite_colleague(&admin, id, " Lou@Mains.example ", HELPER).await.unwrap();
        let token = token(&site, "lou@mains.example").await;
        let visitor = Actor::default();
        let page = backend.invitation(&visitor, &token).await.unwrap();
        assert_eq!((page.email.as_str(), page.has_account, page.helper), ("lou@mains.example", false, true));
        assert_eq!(page.organisation, Some((id, "Les Mains tendues".to_owned())));
        let lines = backend.team(&admin, id).await.unwrap().invitations;
        assert_eq!((lines.len(), lines[0].role, lines[0].expired), (1, Role::OrganisationHelper, false));
        let password = "quatre tortues violettes".to_owned();
        let made = backend.accept(&visitor, &token, "Lou".to_owned(), "Roux".to_owned(), password).await.unwrap();
        assert!(made.is_some(), "they are signed in");
        let again = accept(&site, &visitor, &token).await;
        assert_eq!(again, Err(Conflict::LinkExpired.into()), "once");
        let page = backend.team(&admin, id).await.unwrap();
        assert!(page.invitations.is_empty());
        let names: Vec<_> = page.members.iter().map(|member| (member.name.as_str(), member.role)).collect();
        assert_eq!(names, [("Prune ines", Role::OrganisationAdmin), ("Lou Roux", Role::OrganisationHelper)]);
        assert_eq!(page.acts.first().map(|act| (act.about.as_str(), act.to.as_str())), Some(("Lou Roux", HELPER)));
        assert_eq!(kinds(&site, "ines@mains.example").await.last().map(String::as_str), Some("team_joined"));
        let lou = site.again(page.members[1].id).await;
        assert_eq!(lou.grants, [Grant::OrganisationHelper(id)]);
        let theirs = backend.team(&lou, id).await.unwrap();
        assert_eq!((theirs.role, theirs.invitations.len(), theirs.acts.len()), (Role::OrganisationHelper, 0, 0));
        assert!(theirs.members.iter().all(|member| member.email.is_none()), "e-mails are the admins' to see");
    }
}

#[tokio::test]
async fn an_invitation_is_one_persons_until_it_is_taken_back_sent_again_or_over() {
    for site in sites().await {
        let backend = &site.backend;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        let (luc, eve) = (site.person("luc@ville.example").await, site.person("eve@ville.example").await);
        let invite = async |role: &str| backend.invite_colleague(&admin, id, "luc@ville.example", role).await;
        invite(HELPER).await.unwrap();
        let first = token(&site, "luc@ville.example").await;
        assert_eq!(accept(&site, &eve, &first).await, Err(AppError::Denied), "it is not hers");
        assert_eq!(accept(&site, &Actor::default(), &first).await, Err(AppError::SignInFirst));
        let line = backend.team(&admin, id).await.unwrap().invitations.remove(0);
        backend.invite_again(&admin, id, line.id).await.unwrap();
        assert_eq!(accept(&site, &luc, &first).await, Err(Conflict::LinkExpired.into()), "the later one counts");
        assert_eq!(backend.invite_again(&admin, id, line.id).await, Err(Conflict::NotInThisState.into()));
        let line = backend.team(&admin, id).await.unwrap().invitations.remove(0);
        backend.take_back(&admin, id, line.id).await.unwrap();
        assert_eq!(backend.take_back(&admin, id, line.id).await, Err(Conflict::NotInThisState.into()));
        let second = token(&site, "luc@ville.example").await;
        assert_eq!(accept(&site, &luc, &second).await, Err(Conflict::LinkExpired.into()));
        invite(HELPER).await.unwrap();
        backend.clock.advance(Duration::days(14));
        let third = token(&site, "luc@ville.example").await;
        assert_eq!(accept(&site, &luc, &third).await, Err(Conflict::LinkExpired.into()));
        let line = backend.team(&admin, id).await.unwrap().invitations.remove(0);
        assert!(line.expired);
        backend.invite_again(&admin, id, line.id).await.unwrap();
        let last = token(&site, "luc@ville.example").await;
        assert_eq!(accept(&site, &luc, &last).await, Ok(false));
        assert_eq!(invite(ADMIN).await, Err(AppError::field("email", Problem::AlreadyInTeam)));
        let wrong = async |email: &str, role: &str| backend.invite_colleague(&admin, id, email, role).await;
        assert_eq!(wrong("luc", HELPER).await, Err(AppError::field("email", Problem::NotAnEmail)));
        assert_eq!(wrong("zoe@ville.example", "").await, Err(AppError::field("role", Problem::Required)));
        assert_eq!(wrong("zoe@ville.example", "coordinator").await, Err(AppError::field("role", Problem::NotAChoice)));
    }
}

#[tokio::test]
async fn who_was_invited_to_more_rises_and_nobody_falls() {
    for site in sites().await {
        let backend = &site.backend;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        let luc = site.person("luc@ville.example").await;
        backend.invite_colleague(&admin, id, "luc@ville.example", ADMIN).await.unwrap();
        let high = token(&site, "luc@ville.example").await;
        // Given the role meanwhile, by somebody else's act.
        let luc = site.grant(&luc, Grant::OrganisationHelper(id)).await;
        accept(&site, &luc, &high).await.unwrap();
        assert_eq!(site.again(me(&luc)).await.grants, [Grant::OrganisationAdmin(id)]);
        let zoe = site.person("zoe@ville.example").await;
        backend.invite_colleague(&admin, id, "zoe@ville.example", HELPER).await.unwrap();
        let low = token(&site, "zoe@ville.example").await;
        let zoe = site.grant(&zoe, Grant::OrganisationAdmin(id)).await;
        accept(&site, &zoe, &low).await.unwrap();
        assert_eq!(site.again(me(&zoe)).await.grants, [Grant::OrganisationAdmin(id)]);
    }
}

/// Whoever may invite no more brings nobody in, not even themselves under another address.
#[tokio::test]
async fn what_somebody_sent_goes_with_them() {
    for site in sites().await {
        let backend = &site.backend;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        let eve = joined(&site, &admin, id, "eve@ville.example", ADMIN).await;
        let again = site.person("eve2@ville.example").await;
        backend.invite_colleague(&eve, id, "eve2@ville.example", ADMIN).await.unwrap();
        let link = token(&site, "eve2@ville.example").await;
        backend.invite_colleague(&admin, id, "luc@ville.example", HELPER).await.unwrap();
        backend.remove_colleague(&admin, id, me(&eve)).await.unwrap();
        assert_eq!(accept(&site, &again, &link).await, Err(Conflict::LinkExpired.into()));
        let waiting: Vec<String> =
            backend.team(&admin, id).await.unwrap().invitations.into_iter().map(|line| line.email).collect();
        assert_eq!(waiting, ["luc@ville.example"], "what others sent stays");
    }
}

#[tokio::test]
async fn roles_change_and_everybody_concerned_is_told() {
    for site in sites().await {
        let backend = &site.backend;
        let (ines, id) = site.submitted("ines@mains.example", form()).await;
        let lou = joined(&site, &ines, id, "lou@mains.example", HELPER).await;
        let alone = Err(AppError::Conflict(Conflict::LastAdmin));
        assert_eq!(backend.leave_team(&ines, id, None).await, alone);
        assert_eq!(backend.change_role(&ines, id, me(&ines), HELPER).await, alone);
        backend.change_role(&ines, id, me(&lou), ADMIN).await.unwrap();
        assert_eq!(kinds(&site, "lou@mains.example").await, ["team_invitation", "team_role"]);
        backend.change_role(&ines, id, me(&lou), ADMIN).await.unwrap();
        assert_eq!(kinds(&site, "lou@mains.example").await.len(), 2, "what does not change is not told");
        let lou = site.again(me(&lou)).await;
        backend.remove_colleague(&lou, id, me(&ines)).await.unwrap();
        assert_eq!(kinds(&site, "ines@mains.example").await.last().map(String::as_str), Some("team_removed"));
        let gone = backend.invite_colleague(&ines, id, "zoe@ville.example", HELPER).await;
        assert_eq!(gone, Err(AppError::NotFound), "the right is read again inside the transaction");
        let zoe = joined(&site, &lou, id, "zoe@mains.example", HELPER).await;
        backend.leave_team(&lou, id, Some(me(&zoe))).await.unwrap();
        assert_eq!(roles(&site, id).await, [(me(&zoe).0, ADMIN.to_owned())]);
        let told = kinds(&site, "zoe@mains.example").await;
        assert_eq!(told, ["team_invitation", "team_role", "team_left"]);
        let said = history::Entity::find().filter(history::Column::Subject.eq("team"));
        let said: Vec<_> = said.all(backend.store.read()).await.unwrap().into_iter().map(|row| row.to_state).collect();
        assert_eq!(said, [HELPER, ADMIN, "removed", HELPER, ADMIN, "left"]);
    }
}

#[tokio::test]
async fn a_helper_leaves_and_does_nothing_else_with_the_team() {
    for site in sites().await {
        let backend = &site.backend;
        let (ines, id) = site.submitted("ines@mains.example", form()).await;
        let lou = joined(&site, &ines, id, "lou@mains.example", HELPER).await;
        let missing = Err(AppError::NotFound);
        assert_eq!(backend.invite_colleague(&lou, id, "zoe@ville.example", HELPER).await, missing);
        assert_eq!(backend.change_role(&lou, id, me(&lou), ADMIN).await, missing);
        assert_eq!(backend.remove_colleague(&lou, id, me(&ines)).await, missing);
        assert_eq!(backend.leave_team(&lou, id, Some(me(&ines))).await, missing);
        backend.invite_colleague(&ines, id, "zoe@ville.example", HELPER).await.unwrap();
        let line = backend.team(&ines, id).await.unwrap().invitations.remove(0);
        assert_eq!(backend.take_back(&lou, id, line.id).await, missing);
        assert_eq!(backend.invite_again(&lou, id, line.id).await, missing);
        backend.leave_team(&lou, id, None).await.unwrap();
        assert_eq!(roles(&site, id).await, [(me(&ines).0, ADMIN.to_owned())]);
        assert_eq!(kinds(&site, "ines@mains.example").await.last().map(String::as_str), Some("team_left"));
        let lou = site.again(me(&lou)).await;
        assert_eq!(backend.team(&lou, id).await, Err(AppError::NotFound));
    }
}

#[tokio::test]
async fn a_team_is_its_own_and_does_not_exist_for_others() {
    for site in sites().await {
        let backend = &site.backend;
        let (ines, id) = site.submitted("ines@mains.example", form()).await;
        let other = OrganisationForm { rna: "W831234568".to_owned(), name: "Les Amis".to_owned(), ..form() };
        let (paul, theirs) = site.submitted("paul@amis.example", other).await;
        let lou = joined(&site, &ines, id, "lou@mains.example", HELPER).await;
        backend.invite_colleague(&ines, id, "zoe@ville.example", HELPER).await.unwrap();
        let line = backend.team(&ines, id).await.unwrap().invitations.remove(0);
        let cora = site.coordinator("cora@ville.example", "83126").await;
        let missing = Err(AppError::NotFound);
        for stranger in [&paul, &cora] {
            assert_eq!(backend.team(stranger, id).await, Err(AppError::NotFound));
            assert_eq!(backend.invite_colleague(stranger, id, "ami@ville.example", ADMIN).await, missing);
            assert_eq!(backend.change_role(stranger, id, me(&lou), ADMIN).await, missing);
            assert_eq!(backend.remove_colleague(stranger, id, me(&lou)).await, missing);
            assert_eq!(backend.leave_team(stranger, id, None).await, missing);
        }
        // Through the door of one's own organisation neither.
        assert_eq!(backend.invite_again(&paul, theirs, line.id).await, missing);
        assert_eq!(backend.take_back(&paul, theirs, line.id).await, Err(Conflict::NotInThisState.into()));
        assert_eq!(backend.change_role(&paul, theirs, me(&lou), ADMIN).await, missing);
        assert_eq!(backend.remove_colleague(&paul, theirs, me(&lou)).await, missing);
        assert_eq!(backend.leave_team(&paul, theirs, Some(me(&lou))).await, missing);
        // One person may be in several.
        backend.invite_colleague(&paul, theirs, "lou@mains.example", ADMIN).await.unwrap();
        accept(&site, &lou, &token(&site, "lou@mains.example").await).await.unwrap();
        let lou = site.again(me(&lou)).await;
        assert_eq!(
            (lou.role_in(id), lou.role_in(theirs)),
            (Some(Role::OrganisationHelper), Some(Role::OrganisationAdmin))
        );
        let seen = domain::accounts::Accounts::me(backend, &lou).await.unwrap().unwrap();
        assert_eq!(seen.organisations.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [theirs, id]);
    }
}

#[tokio::test]
async fn what_is_suspended_invites_nobody_and_its_team_can_still_change() {
    for site in sites().await {
        let backend = &site.backend;
        let cora = site.coordinator("cora@ville.example", "83126").await;
        let (ines, id) = site.submitted("ines@mains.example", form()).await;
        site.approve(&cora, id).await;
        let lou = joined(&site, &ines, id, "lou@mains.example", HELPER).await;
        backend.invite_colleague(&ines, id, "zoe@ville.example", HELPER).await.unwrap();
        Organisations::decide(backend, &cora, id, Decision::Suspend, "Contrôle en cours.".to_owned()).await.unwrap();
        let page = backend.team(&ines, id).await.unwrap();
        assert_eq!(page.status, OrganisationStatus::Suspended);
        let refused = Err(AppError::Conflict(Conflict::NoInvitations));
        assert_eq!(backend.invite_colleague(&ines, id, "max@ville.example", HELPER).await, refused);
        assert_eq!(backend.invite_again(&ines, id, page.invitations[0].id).await, refused);
        backend.take_back(&ines, id, page.invitations[0].id).await.unwrap();
        backend.leave_team(&ines, id, Some(me(&lou))).await.unwrap();
        assert_eq!(roles(&site, id).await, [(me(&lou).0, ADMIN.to_owned())]);
    }
}

#[tokio::test]
async fn an_account_that_is_disabled_keeps_no_organisation() {
    for site in sites().await {
        let backend = &site.backend;
        let (ines, id) = site.submitted("ines@mains.example", form()).await;
        let lou = joined(&site, &ines, id, "lou@mains.example", ADMIN).await;
        let row = account::Entity::find_by_id(me(&lou).0).one(backend.store.read()).await.unwrap().unwrap();
        let mut row = row.into_active_model();
        row.disabled_at = Set(Some(site.now()));
        row.update(backend.store.read()).await.unwrap();
        assert_eq!(backend.leave_team(&ines, id, None).await, Err(Conflict::LastAdmin.into()));
        assert_eq!(backend.team(&ines, id).await.unwrap().members.len(), 1);
    }
}

/// What two do at once: both wait for the same moment.
async fn together(
    one: impl Future<Output = Result<(), AppError>> + Send + 'static,
    other: impl Future<Output = Result<(), AppError>> + Send + 'static,
) -> [Result<(), AppError>; 2] {
    let start = Arc::new(Barrier::new(2));
    let again = start.clone();
    let one = tokio::spawn(async move {
        start.wait().await;
        one.await
    });
    let other = tokio::spawn(async move {
        again.wait().await;
        other.await
    });
    [one.await.unwrap(), other.await.unwrap()]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_admins_who_leave_at_once_do_not_leave_it_alone() {
    for site in sites().await {
        for round in 0..8 {
            let rna = format!("W83123{round:04}");
            let chosen = OrganisationForm { rna, name: format!("Les Mains {round}"), ..form() };
            let (ines, id) = site.submitted(&format!("ines{round}@mains.example"), chosen).await;
            let lou = joined(&site, &ines, id, &format!("lou{round}@mains.example"), ADMIN).await;
            let (here, there) = (site.backend.clone(), site.backend.clone());
            // Both leave, each takes the other out, or each steps down: one of them may.
            let (mine, theirs) = (me(&ines), me(&lou));
            let came = match round % 3 {
                0 => {
                    together(async move { here.leave_team(&ines, id, None).await }, async move {
                        there.leave_team(&lou, id, None).await
                    })
                    .await
                }
                1 => {
                    together(async move { here.remove_colleague(&ines, id, theirs).await }, async move {
                        there.remove_colleague(&lou, id, mine).await
                    })
                    .await
                }
                _ => {
                    together(async move { here.change_role(&ines, id, mine, HELPER).await }, async move {
                        there.change_role(&lou, id, theirs, HELPER).await
                    })
                    .await
                }
            };
            assert_eq!(came.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{round}: {came:?}");
            let admins = roles(&site, id).await.into_iter().filter(|(_, role)| role == ADMIN).count();
            assert_eq!(admins, 1, "{round}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_link_lets_one_in_once_and_not_after_it_was_taken_back() {
    for site in sites().await {
        let (ines, id) = site.submitted("ines@mains.example", form()).await;
        for round in 0..6 {
            let email = format!("lou{round}@mains.example");
            let lou = site.person(&email).await;
            site.backend.invite_colleague(&ines, id, &email, HELPER).await.unwrap();
            let line = site.backend.team(&ines, id).await.unwrap().invitations.remove(0);
            let (here, there, secret) = (site.backend.clone(), site.backend.clone(), token(&site, &email).await);
            let (admin, guest) = (ines.clone(), lou.clone());
            let came = together(
                async move {
                    let none = String::new();
                    here.accept(&guest, &secret, none.clone(), none.clone(), none).await.map(drop)
                },
                async move { there.take_back(&admin, id, line.id).await },
            )
            .await;
            assert_eq!(came.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{came:?}");
            let inside = roles(&site, id).await.iter().any(|(account, _)| *account == me(&lou).0);
            assert_eq!(inside, came[0].is_ok());
        }
    }
}

/// Somebody who helps the organisation.
async fn helper(world: &World, name: &str) -> anyhow::Result<Actor> {
    let id = world.person(name, None).await?;
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let grant = role_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(id),
        role: Set(HELPER.to_owned()),
        municipality_id: Set(None),
        organisation_id: Set(Some(world.organisation)),
        granted_by: Set(Some(world.admin)),
        granted_at: Set(world.now()),
        scope: Set(world.organisation.to_string()),
    };
    role_grant::Entity::insert(grant).exec_without_returning(&tx).await?;
    tx.commit().await?;
    world.actor(id).await
}

#[tokio::test]
async fn a_helper_answers_writes_and_notes_who_came() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, hugo) = (&world.backend, helper(&world, "hugo").await?);
        let (mission, slots) = world.mission("Colis du marché", choose(&[(48, 3, 2)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        backend.apply(&ada, mission, offer(&slots)).await?;
        assert_eq!(world.mails("hugo").await?, ["application_received"], "who answers is told");
        let list = backend.of_mission(&hugo, world.of(), mission).await?;
        assert!(list.helper && list.applicants.len() == 1);
        let first = world.ids(mission).await?.remove(0);
        let answer = Applications::decide(backend, &hugo, mission, vec![first], true, String::new()).await?;
        assert_eq!(answer.done, 1);
        backend.apply(&ben, mission, offer(&slots)).await?;
        let second = world.ids(mission).await?.remove(1);
        Applications::decide(backend, &hugo, mission, vec![second], false, "Complet.".to_owned()).await?;
        assert_eq!(world.states(mission).await?, ["accepted", "declined"]);
        let door = Door::Organisation(world.of(), mission);
        Messages::write(backend, &hugo, first, door, "À demain.".to_owned(), None).await?;
        assert!(world.mails("ada").await?.contains(&"message_received".to_owned()));
        let space = backend.space(&hugo, world.of()).await?;
        assert!(space.helper && space.missions.len() == 1 && space.form.description.is_empty());
        backend.agenda(&hugo, world.of()).await?;
        backend.clock.advance(Duration::hours(52));
        let of = SheetOf { organisation: world.of(), mission, slot: SlotId(slots[0]) };
        assert!(backend.sheet(&hugo, of).await?.helper);
        let line = AttendanceLine {
            application: first.to_string(),
            mark: "present".to_owned(),
            hours: "3".to_owned(),
            ..AttendanceLine::default()
        };
        backend.validate(&hugo, of, AttendanceForm { lines: vec![line], thanks: String::new() }).await?;
        assert_eq!(world.states(mission).await?[0], ApplicationStatus::Attended.as_str());
    }
    Ok(())
}

#[tokio::test]
async fn and_nothing_else() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, hugo) = (&world.backend, helper(&world, "hugo").await?);
        let (mission, slots) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        let (slot, of) = (SlotId(*slots.first().context("a slot")?), world.of());
        let missing = Err(AppError::NotFound);
        assert_eq!(Missions::create(backend, &hugo, of, None).await.map(drop), missing);
        assert_eq!(backend.editor(&hugo, mission).await.map(drop), missing);
        assert_eq!(backend.cancel(&hugo, mission, "La salle est fermée.".to_owned()).await, missing);
        assert_eq!(backend.cancel_slot(&hugo, mission, slot, "La salle est fermée.".to_owned()).await, missing);
        assert_eq!(backend.close(&hugo, mission).await, missing);
        assert_eq!(backend.reducing(&hugo, mission, slot, "1").await.map(drop), missing);
        let fewer = ReduceForm { places: "1".to_owned(), ..ReduceForm::default() };
        assert_eq!(backend.reduce_slot(&hugo, mission, slot, fewer).await, missing);
        let more = ExtendForm { places: "9".to_owned(), last_date: String::new() };
        assert_eq!(backend.extend_slot(&hugo, mission, slot, more).await, missing);
        assert_eq!(Organisations::save(backend, &hugo, of, form()).await, missing);
        assert_eq!(Organisations::submit(backend, &hugo, of).await, missing);
        assert_eq!(Organisations::write(backend, &hugo, of, "Bonjour".to_owned()).await, missing);
        let table = export::table(backend, &hugo, of, mission, ApplicantFilter::default()).await;
        assert!(matches!(table, Err(server::error::Error::Told(AppError::NotFound))));
        assert!(
            export::table(backend, &world.of_organisation().await?, of, mission, ApplicantFilter::default())
                .await
                .is_ok()
        );
    }
    Ok(())
}
