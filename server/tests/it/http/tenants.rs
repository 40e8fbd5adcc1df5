//! What belongs to another tenant does not exist: whoever asks for it by its id is told «not found», and nothing is
//! written.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use domain::certificates::CertificateNumber;
use reqwest::{Method, StatusCode, header};
use server::http::access::FUNCTIONS;
use uuid::Uuid;

use super::{
    access::functions,
    elsewhere::{STRANGERS, Things, things},
    fresh, run,
};

/// Functions that take no id of a tenant's thing: of oneself, of everybody, or by a secret that is the right itself.
const NO_FOREIGN_ID: &[&str] = &[
    "/api/accounts/me",
    "/api/accounts/language",
    "/api/accounts/register",
    "/api/accounts/resend-confirmation",
    "/api/accounts/confirm-email",
    "/api/accounts/sign-in",
    "/api/accounts/sign-out",
    "/api/accounts/request-reset",
    "/api/accounts/reset-password",
    "/api/applications/mine",
    "/api/applications/month",
    "/api/attendance/given",
    "/api/certificates/own",
    "/api/certificates/issue",
    "/api/certificates/verify",
    "/api/applications/calendar",
    "/api/missions/templates",
    "/api/search/home",
    "/api/search/missions",
    // Towns that are open are public.
    "/api/search/town",
    "/api/search/communes",
    "/api/mailbox/list",
    // One creates in any open town.
    "/api/organisations/create",
    "/api/network/open-towns",
    "/api/network/towns",
    "/api/network/invitation",
    "/api/network/accept",
    "/api/letters/welcome",
    "/api/letters/follow",
    "/api/letters/prefilled",
    "/api/letters/unsubscribe",
    // Towns that are open are public, and anybody writes to them.
    "/api/ideas/welcome",
    "/api/ideas/send",
    "/api/ideas/exchange",
    "/api/ideas/reply",
    "/api/crisis/banners",
    "/api/crisis/public",
    // One's own; parts of towns are public.
    "/api/profiles/own",
    "/api/profiles/save",
    "/api/alerts/list",
    // By the secret of an e-mail's link.
    "/api/alerts/stopping",
    "/api/alerts/stop",
    "/api/profiles/erase",
    // By the secret of an e-mail's link.
    "/api/cover/stopping",
    "/api/cover/stop",
    // Leaving out what one does not keep does nothing.
    "/api/favourites/list",
    "/api/favourites/leave",
    "/api/suggestions/list",
    "/api/suggestions/switch",
    "/api/testimonials/own",
];

type Calls = Vec<(&'static str, String)>;

/// The calls of features that have several.
const OF_FEATURES: [fn(&Things) -> Calls; 14] = [
    of_alerts,
    of_cover,
    of_messages,
    of_missions,
    of_planning,
    of_organisations,
    of_reviews,
    of_letters,
    of_equipment,
    of_supplies,
    of_team,
    of_testimonials,
    of_ideas,
    of_crisis,
];

/// Every call with the id of a thing elsewhere, otherwise as it should be.
fn calls(things: &Things) -> Vec<(&'static str, String)> {
    let Things {
        own_organisation, own_mission, own_draft, town, hidden_organisation, slot, application, letter, ..
    } = things;
    let mut calls = vec![
        ("/api/applications/withdraw", format!("id={application}")),
        ("/api/applications/leave-slot", format!("id={application}&slot={slot}")),
        ("/api/applications/offered", format!("id={application}&secret=")),
        ("/api/applications/offered", format!("id={application}&secret={}", "0".repeat(64))),
        ("/api/applications/answer-offer", format!("id={application}&secret=&answer=take")),
        ("/api/applications/guardian", format!("id={application}&secret=")),
        ("/api/applications/answer-guardian", format!("id={application}&secret={}&answer=give", "0".repeat(64))),
        ("/api/applications/ask-guardian", format!("id={application}&guardian=parent@ville.example")),
        (
            "/api/applications/decide",
            format!("organisation={own_organisation}&mission={own_mission}&ids[]={application}&answer=accept"),
        ),
        ("/api/attendance/sheet", format!("organisation={own_organisation}&mission={own_mission}&slot={slot}")),
        (
            "/api/attendance/note",
            format!(
                "organisation={own_organisation}&mission={own_mission}&slot={slot}&answer=save\
                 &form[lines][0][application]={application}&form[lines][0][mark]=present&form[lines][0][hours]=1"
            ),
        ),
        ("/api/attendance/say", format!("id={application}&slot={slot}&answer=was_there")),
        ("/api/attendance/to-note", format!("organisation={hidden_organisation}")),
        ("/api/certificates/revoke", format!("number={}", CertificateNumber::draw(7))),
        ("/api/missions/remove-slot", format!("id={own_draft}&slot={slot}")),
        ("/api/missions/cancel-slot", format!("id={own_mission}&slot={slot}&reason=La+salle+est+ferm%C3%A9e.")),
        ("/api/mailbox/letter", format!("id={letter}")),
        ("/api/organisations/page", format!("id={hidden_organisation}")),
        ("/api/organisations/of-municipality", format!("insee={town}&tab=all")),
        ("/api/network/asked-files", String::new()),
        ("/api/network/open", "insee=06088".to_owned()),
        ("/api/network/file", format!("insee={town}")),
        (
            "/api/network/save-settings",
            format!(
                "insee={town}&next=/&form[service_name]=Vie+associative&form[review_hours]=48&form[reminder_hours]=24&form[work_days][]=1"
            ),
        ),
        ("/api/network/invite", format!("insee={town}&email=ami@ville.example")),
        ("/api/network/revoke", format!("insee={town}&invitation={letter}")),
        ("/api/network/end-coordinator", format!("insee={town}&account={}&sure=yes", Uuid::nil())),
        ("/api/reviews/queue", format!("insee={town}&ask[tab]=open")),
        ("/api/figures/town", format!("insee={town}&ask[weeks]=4")),
        ("/api/figures/network", "ask[weeks]=4".to_owned()),
    ];
    for id in &things.hidden_missions {
        let form = format!("form[slots][]={slot}&form[message]=&form[acknowledged]=yes");
        calls.push(("/api/missions/page", format!("id={id}")));
        calls.push(("/api/applications/apply", format!("mission={id}&{form}")));
        calls.push(("/api/favourites/keep", format!("mission={id}")));
        calls.push(("/api/favourites/share", format!("mission={id}")));
    }
    calls.extend(OF_FEATURES.iter().flat_map(|of| of(things)));
    calls
}

/// Somebody else's saved search.
fn of_alerts(things: &Things) -> Vec<(&'static str, String)> {
    let alert = things.alert;
    vec![("/api/alerts/save", format!("id={alert}&form[pace]=daily")), ("/api/alerts/remove", format!("id={alert}"))]
}

/// On missions that one did not come to or that are not public, of other organisations and towns.
fn of_testimonials(things: &Things) -> Calls {
    let Things { own_organisation, organisation, town, missions, hidden_missions, .. } = things;
    let mut calls = vec![
        ("/api/testimonials/of-organisation", format!("organisation={organisation}")),
        ("/api/testimonials/of-town", format!("insee={town}")),
    ];
    for mission in hidden_missions {
        calls.push(("/api/testimonials/of-mission", format!("mission={mission}")));
    }
    for mission in missions {
        let form = "form[testimonial]=Une+matin%C3%A9e+simple+et+utile+avec+une+%C3%A9quipe+attentive.\
                    &form[signature]=volunteer&form[consent]=yes";
        calls.extend([
            ("/api/testimonials/mine", format!("mission={mission}")),
            ("/api/testimonials/write", format!("mission={mission}&{form}&answer=send")),
            ("/api/testimonials/withdraw", format!("mission={mission}")),
        ]);
    }
    for id in &things.testimonials {
        for organisation in [own_organisation, organisation] {
            let of = format!("organisation={organisation}&id={id}");
            calls.push(("/api/testimonials/reply", format!("{of}&body=Merci+!")));
            calls.push(("/api/testimonials/report", format!("{of}&reason=C%E2%80%99est+faux.")));
        }
        for insee in [town.as_str(), "83126"] {
            let of = format!("insee={insee}&id={id}");
            calls.push(("/api/testimonials/file", of.clone()));
            for act in ["publish", "keep&word=Non", "take_down&reason=insulting"] {
                calls.push(("/api/testimonials/decide", format!("{of}&seen=1&act={act}")));
            }
        }
    }
    calls
}

/// A slot of another's, in its own mission and in one's own.
fn of_cover(things: &Things) -> Calls {
    let (slot, missions) = (things.slot, things.missions.iter().chain([&things.own_mission]));
    let of = |mission: &Uuid| format!("mission={mission}&slot={slot}");
    missions.flat_map(|id| [("/api/cover/slot", of(id)), ("/api/cover/ask", of(id) + "&word=Merci.")]).collect()
}

/// Through the volunteer's door, the own organisation's and the other's; reports under both towns' addresses.
fn of_messages(things: &Things) -> Vec<(&'static str, String)> {
    let Things { own_organisation, own_mission, organisation, missions, application, slot, town, report, .. } = things;
    let mut calls = vec![
        ("/api/messages/own", format!("application={application}")),
        ("/api/applications/pass", format!("id={application}")),
        ("/api/applications/further", format!("id={application}")),
        ("/api/applications/add-slots", format!("id={application}&form[slots][]={slot}&form[acknowledged]=yes")),
        ("/api/applications/move-slot", format!("id={application}&form[from]={slot}&form[slots]={slot}")),
        ("/api/messages/reports", format!("insee={town}")),
    ];
    let doors = [
        String::new(),
        format!("&organisation={own_organisation}&mission={own_mission}"),
        format!("&organisation={own_organisation}&mission={}", missions[0]),
        format!("&organisation={organisation}&mission={}", missions[0]),
    ];
    for door in doors {
        let of = format!("application={application}{door}");
        if !door.is_empty() {
            calls.push(("/api/messages/of-applicant", of.clone()));
        }
        calls.extend([
            ("/api/messages/write", format!("{of}&body=Bonjour.")),
            ("/api/messages/mark-read", format!("{of}&seen=2026-11-23T08:00:00Z")),
            ("/api/messages/report", format!("{of}&reason=Il+le+faut.")),
        ]);
    }
    for (organisation, mission) in [(own_organisation, missions[0]), (organisation, missions[0])] {
        let of = format!("organisation={organisation}&mission={mission}");
        calls.push(("/api/messages/write-to-some", format!("{of}&ids[]={application}&body=Bonjour.")));
    }
    calls.extend([
        ("/api/messages/write-to-some", {
            format!("organisation={own_organisation}&mission={own_mission}&ids[]={application}&body=Bonjour.")
        }),
        ("/api/messages/templates", format!("organisation={organisation}")),
        ("/api/messages/save-template", format!("organisation={organisation}&id=new&name=Complet&body=Merci.")),
        ("/api/messages/remove-template", format!("organisation={organisation}&id={}", Uuid::nil())),
    ]);
    for insee in [town.as_str(), "83126"] {
        let of = format!("insee={insee}&id={report}");
        calls.extend([
            ("/api/messages/reported", of.clone()),
            ("/api/messages/open-reported", of.clone()),
            ("/api/messages/close-report", format!("{of}&word=Merci.")),
        ]);
    }
    calls
}

/// Another town's and the network's, under the own town's address, the other's and the network's.
fn of_crisis(things: &Things) -> Vec<(&'static str, String)> {
    const FORM: &str = "form[title]=Confinement&form[first_day]=2026-11-24&form[last_day]=2026-12-20&form[limit]=all\
        &form[banner_fr]=Restez+chez+vous.";
    let (town, mut calls) = (&things.town, Vec::new());
    for insee in [town.as_str(), ""] {
        calls.extend([
            ("/api/crisis/list", format!("insee={insee}")),
            ("/api/crisis/start", format!("insee={insee}")),
            ("/api/crisis/save", format!("insee={insee}&id=&{FORM}")),
        ]);
    }
    for id in &things.measures {
        for insee in [town.as_str(), "83126", ""] {
            let of = format!("insee={insee}&id={id}");
            calls.extend([
                ("/api/crisis/page", of.clone()),
                ("/api/crisis/save", format!("{of}&{FORM}")),
                ("/api/crisis/switch-on", format!("{of}&seen=x")),
                ("/api/crisis/amend", format!("{of}&{FORM}")),
                ("/api/crisis/call-off", of.clone()),
                ("/api/crisis/discard", of.clone()),
                ("/api/crisis/lift", of),
            ]);
        }
        calls.push(("/api/crisis/acknowledge", format!("id={id}&version=1")));
    }
    calls
}

/// Tuesdays of December.
const PATTERN: &str = "form[days][]=2&form[rhythm]=weekly&form[first_day]=2026-12-01&form[last_day]=2026-12-31\
    &form[start]=10:00&form[end]=12:00&form[places]=3";

/// A mission of another's, a slot of another's in one's own draft, an organisation of another's.
fn of_planning(things: &Things) -> Vec<(&'static str, String)> {
    let Things { own_draft, hidden_organisation, slot, .. } = things;
    let mut calls = vec![
        ("/api/planning/extend-slot", format!("mission={own_draft}&slot={slot}&form[places]=9")),
        ("/api/planning/reducing", format!("mission={own_draft}&slot={slot}&places=1")),
        ("/api/planning/reduce-slot", format!("mission={own_draft}&slot={slot}&form[places]=1")),
        ("/api/planning/remove-slots", format!("mission={own_draft}&batch={slot}")),
        ("/api/planning/agenda", format!("organisation={hidden_organisation}")),
    ];
    for id in &things.missions {
        calls.extend([
            ("/api/planning/pattern", format!("mission={id}&{PATTERN}")),
            ("/api/planning/add-slots", format!("mission={id}&{PATTERN}")),
            ("/api/planning/batches", format!("mission={id}")),
            ("/api/planning/remove-slots", format!("mission={id}&batch={slot}")),
            ("/api/planning/extend-slot", format!("mission={id}&slot={slot}&form[places]=9")),
            ("/api/planning/reducing", format!("mission={id}&slot={slot}&places=1")),
            ("/api/planning/reduce-slot", format!("mission={id}&slot={slot}&form[places]=1")),
            ("/api/planning/copy", format!("mission={id}&slots=moved")),
        ]);
    }
    calls
}

fn of_missions(things: &Things) -> Vec<(&'static str, String)> {
    let Things { own_organisation, organisation, slot, application, .. } = things;
    let mut calls = Vec::new();
    for id in &things.missions {
        let reason = "reason=La+salle+est+ferm%C3%A9e.";
        calls.extend([
            ("/api/applications/of-mission", format!("organisation={own_organisation}&mission={id}")),
            ("/api/applications/of-mission", format!("organisation={organisation}&mission={id}")),
            (
                "/api/applications/decide",
                format!("organisation={own_organisation}&mission={id}&ids[]={application}&answer=accept"),
            ),
            ("/api/missions/preview", format!("id={id}")),
            ("/api/missions/editor", format!("id={id}")),
            ("/api/missions/save-text", format!("id={id}&form[title]=Colis&form[domain]=food-aid")),
            ("/api/missions/save-place", format!("id={id}&form[place]=remote")),
            ("/api/missions/save-people", format!("id={id}&form[choice]=at_once")),
            (
                "/api/missions/add-slot",
                format!(
                    "id={id}&form[kind]=dated&form[date]=2026-12-20&form[start]=10:00&form[end]=12:00&form[places]=3"
                ),
            ),
            ("/api/missions/remove-slot", format!("id={id}&slot={slot}")),
            ("/api/missions/submit", format!("id={id}")),
            ("/api/missions/cancel", format!("id={id}&{reason}")),
            ("/api/missions/cancel-slot", format!("id={id}&slot={slot}&{reason}")),
            ("/api/missions/close", format!("id={id}")),
            ("/api/missions/write", format!("id={id}&body=Bonjour.")),
            ("/api/missions/answer-requests", format!("id={id}&answers[point-{slot}]=Fait.")),
        ]);
    }
    calls
}

fn of_organisations(things: &Things) -> Vec<(&'static str, String)> {
    let Things { town, organisation, hidden_organisation, .. } = things;
    let mut calls = vec![("/api/missions/create", format!("organisation={}&template=", Uuid::nil()))];
    for id in [organisation, hidden_organisation] {
        calls.extend([
            ("/api/missions/create", format!("organisation={id}&template=")),
            (
                "/api/organisations/save",
                format!(
                    "id={id}&form[name]=Les+Voisins&form[legal_form]=association&form[rna]=W831000001&form[town]={town}"
                ),
            ),
            ("/api/organisations/submit", format!("id={id}")),
            ("/api/organisations/space", format!("id={id}")),
            ("/api/organisations/write-to-town", format!("id={id}&body=Bonjour.")),
            ("/api/organisations/answer-requests", format!("id={id}")),
        ]);
        // Under the own town's address as well as under the other's.
        for insee in [town.as_str(), "83126"] {
            calls.extend([
                ("/api/organisations/file", format!("insee={insee}&id={id}")),
                ("/api/organisations/decide", format!("insee={insee}&id={id}&decision=suspend&reason=Il+le+faut.")),
                ("/api/organisations/write-to-organisation", format!("insee={insee}&id={id}&body=Bonjour.")),
                ("/api/organisations/news", format!("insee={insee}&id={id}&after=2020-01-01T00:00:00Z")),
            ]);
        }
    }
    calls.extend(of_submissions(things));
    calls
}

/// The team of another's, by its own address.
fn of_team(things: &Things) -> Vec<(&'static str, String)> {
    let Things { organisation, hidden_organisation, letter, .. } = things;
    let mut calls = Vec::new();
    for id in [organisation, hidden_organisation] {
        let of = format!("organisation={id}");
        calls.extend([
            ("/api/team/page", format!("id={id}")),
            ("/api/team/invite", format!("{of}&email=ami@ville.example&role=organisation_helper")),
            ("/api/team/invite-again", format!("{of}&invitation={letter}")),
            ("/api/team/take-back", format!("{of}&invitation={letter}")),
            ("/api/team/change-role", format!("{of}&colleague={letter}&role=organisation_admin")),
            ("/api/team/remove", format!("{of}&colleague={letter}")),
            ("/api/team/leave", of),
        ]);
    }
    calls
}

fn of_submissions(things: &Things) -> Vec<(&'static str, String)> {
    let mut calls = Vec::new();
    for id in &things.submissions {
        let of = format!("insee={}&id={id}", things.town);
        let asked = format!("insee={}&id={}&submission={id}", things.town, things.own_organisation);
        calls.extend([
            ("/api/organisations/take", of.clone()),
            ("/api/organisations/release", of.clone()),
            ("/api/organisations/answer", of.clone()),
            ("/api/organisations/dismiss", format!("{of}&other={}&reason=Une+autre.", things.own_organisation)),
            ("/api/organisations/decide", format!("{asked}&decision=request_changes&reason=Il+le+faut.")),
            ("/api/organisations/ask-network", format!("{of}&word=Merci.")),
            ("/api/organisations/recall", of.clone()),
        ]);
    }
    calls
}

fn of_reviews(things: &Things) -> Vec<(&'static str, String)> {
    let item = "form[label_fr]=Gants&form[label_en]=Gloves".to_owned();
    let lists = vec![
        ("/api/reviews/items", String::new()),
        ("/api/reviews/save-item", item),
        ("/api/reviews/signs", String::new()),
        ("/api/reviews/save-signs", "form[code]=height&form[add]=trampoline".to_owned()),
    ];
    let (town, mut calls) = (&things.town, lists);
    for id in &things.reviews {
        for insee in [town.as_str(), "83126"] {
            calls.extend([
                ("/api/reviews/file", format!("insee={insee}&id={id}")),
                ("/api/reviews/take", format!("insee={insee}&id={id}")),
                ("/api/reviews/release", format!("insee={insee}&id={id}")),
                ("/api/reviews/news", format!("insee={insee}&id={id}&after=2020-01-01T00:00:00Z")),
                ("/api/reviews/compare", format!("insee={insee}&id={id}&other={}", things.own_mission)),
                (
                    "/api/reviews/dismiss",
                    format!("insee={insee}&id={id}&other={}&reason=Autre+public.", things.own_mission),
                ),
                ("/api/reviews/hand-over", format!("insee={insee}&id={id}&to={}&word=", Uuid::nil())),
                ("/api/reviews/answer", format!("insee={insee}&id={id}")),
                ("/api/reviews/write", format!("insee={insee}&id={id}&body=Bonjour.")),
                ("/api/reviews/ask-network", format!("insee={insee}&id={id}&word=Merci.")),
                ("/api/reviews/recall", format!("insee={insee}&id={id}")),
            ]);
        }
        let join = format!("id={id}&other={}&seen=x&reason=La+m%C3%AAme+aide.&next=/", things.own_mission);
        calls.push(("/api/reviews/join", join));
        calls.push(("/api/reviews/decide", format!("id={id}&decision=refuse&reason=Il+le+faut.&next=/")));
    }
    calls
}

/// Under the own town's address as well as under the other's.
fn of_letters(things: &Things) -> Vec<(&'static str, String)> {
    let Things { town, association_letter, entry, import, .. } = things;
    let mut calls = vec![
        ("/api/letters/directory", format!("insee={town}&words=&page=1")),
        ("/api/letters/check", format!("insee={town}&text=nom;mail%0ALoin;loin@asso.example")),
        ("/api/letters/list", format!("insee={town}")),
        ("/api/letters/begin", format!("insee={town}")),
    ];
    for insee in [town.as_str(), "83126"] {
        let letter = format!("insee={insee}&id={association_letter}");
        calls.extend([
            ("/api/letters/import-page", format!("insee={insee}&id={import}")),
            ("/api/letters/import", format!("insee={insee}&id={import}")),
            ("/api/letters/set-stopped", format!("insee={insee}&id={entry}&stopped=yes")),
            ("/api/letters/remove-entry", format!("insee={insee}&id={entry}")),
            ("/api/letters/letter", format!("{letter}&reader=")),
            ("/api/letters/save", format!("{letter}&subject=Bonjour&letter=Bonjour+{{association}},+venez+nous+voir.")),
            ("/api/letters/discard", letter.clone()),
            ("/api/letters/send", letter.clone()),
            ("/api/letters/remind", letter),
        ]);
    }
    calls
}

/// Under the own town's address as well as under the other's.
fn of_equipment(things: &Things) -> Vec<(&'static str, String)> {
    let Things { town, depot, count, delivery, .. } = things;
    let moved = "form[act]=receive&form[equipment]=gloves&form[quantity]=3";
    let line = "lines[0][code]=gloves&lines[0][expected]=0&lines[0][counted]=0";
    let mut calls = vec![
        ("/api/equipment/stock", format!("insee={town}")),
        ("/api/equipment/desk", format!("insee={town}")),
        ("/api/equipment/save-levels", format!("insee={town}&levels[0][code]=gloves&levels[0][level]=9")),
        ("/api/equipment/add-depot", format!("insee={town}&form[name]=Gymnase")),
        ("/api/equipment/ledger", format!("insee={town}&query[page]=1")),
        ("/api/equipment/check", format!("insee={town}&text=type;nombre%0Agloves;3")),
        ("/api/equipment/types", String::new()),
        (
            "/api/equipment/save-type",
            "form[label_fr]=Casque&form[label_en]=Helmet&form[unit_fr]=casque&form[unit_en]=helmet".to_owned(),
        ),
    ];
    for insee in [town.as_str(), "83126"] {
        calls.extend([
            ("/api/equipment/write-down", format!("insee={insee}&{moved}&form[depot]={depot}")),
            ("/api/equipment/depot", format!("insee={insee}&id={depot}")),
            ("/api/equipment/save-depot", format!("insee={insee}&id={depot}&form[name]=Gymnase")),
            ("/api/equipment/close-depot", format!("insee={insee}&id={depot}")),
            ("/api/equipment/count-sheet", format!("insee={insee}&depot={depot}")),
            ("/api/equipment/count", format!("insee={insee}&depot={depot}&{line}")),
            ("/api/equipment/count-page", format!("insee={insee}&id={count}")),
            ("/api/equipment/delivery", format!("insee={insee}&id={delivery}")),
            ("/api/equipment/import", format!("insee={insee}&id={delivery}")),
        ]);
    }
    calls
}

fn of_ideas(things: &Things) -> Vec<(&'static str, String)> {
    let Things { town, idea, .. } = things;
    let mut calls = vec![("/api/ideas/list", format!("insee={town}&tab=waiting"))];
    for insee in [town.as_str(), "83126"] {
        let of = format!("insee={insee}&id={idea}");
        calls.extend([
            ("/api/ideas/idea", of.clone()),
            ("/api/ideas/answer", format!("{of}&body=Bonjour.")),
            ("/api/ideas/close", format!("{of}&reason=Il+le+faut.")),
            ("/api/ideas/turn", format!("{of}&organisation=")),
        ]);
    }
    calls
}

fn of_supplies(things: &Things) -> Vec<(&'static str, String)> {
    let Things { town, slot, application, organisation, own_organisation, .. } = things;
    let mut calls = vec![
        ("/api/supplies/week", format!("insee={town}")),
        (
            "/api/supplies/hand-out",
            format!(
                "slot={slot}&application={application}&form[seen]=0&form[lines][0][code]=vest&form[lines][0][given]=yes&form[lines][0][quantity]=1"
            ),
        ),
        (
            "/api/supplies/take-back",
            format!(
                "slot={slot}&application={application}&form[seen]=1&form[lines][0][code]=vest&form[lines][0][returned]=1"
            ),
        ),
    ];
    for insee in [town.as_str(), "83126"] {
        calls.push(("/api/supplies/sheet", format!("insee={insee}&slot={slot}")));
        for id in &things.reviews {
            calls.push(("/api/supplies/reserve", format!("insee={insee}&id={id}")));
            calls.push(("/api/supplies/release", format!("insee={insee}&id={id}")));
        }
    }
    for mission in &things.missions {
        for organisation in [organisation, own_organisation] {
            let own = format!("organisation={organisation}&mission={mission}&slot={slot}");
            calls.push(("/api/supplies/own-sheet", own));
        }
    }
    calls
}

/// Every page with the id of a thing elsewhere.
fn pages(things: &Things) -> Vec<String> {
    let Things { own_organisation, town, organisation, hidden_organisation, .. } = things;
    let mut pages = vec![
        format!("/organisations/{hidden_organisation}"),
        format!("/organisations/{hidden_organisation}/x"),
        format!("/coordination/{town}"),
        format!("/coordination/{town}/organisations"),
        format!("/coordination/{town}/reglages"),
        format!("/coordination/{town}/annuaire"),
        format!("/coordination/{town}/lettres"),
        format!("/coordination/83126/lettres/{}", things.association_letter),
        format!("/coordination/{town}/lettres/{}", things.association_letter),
        format!("/coordination/83126/annuaire/import/{}", things.import),
        format!("/coordination/{town}/materiel/creneaux"),
        format!("/coordination/{town}/materiel/creneaux/{}", things.slot),
        format!("/coordination/83126/materiel/creneaux/{}", things.slot),
        format!("/coordination/{town}/chiffres"),
        format!("/coordination/{town}/chiffres.csv"),
        "/reseau/chiffres".to_owned(),
        "/reseau/chiffres.csv".to_owned(),
        format!("/coordination/{town}/idees"),
        format!("/coordination/83126/idees/{}", things.idea),
        format!("/coordination/{town}/idees/{}", things.idea),
        "/reseau".to_owned(),
        "/reseau/dossiers".to_owned(),
        "/reseau/communes/nouvelle".to_owned(),
        format!("/reseau/communes/{town}"),
        format!("/coordination/{town}/mesures"),
        format!("/coordination/{town}/mesures/nouvelles"),
        "/reseau/mesures".to_owned(),
        "/reseau/mesures/nouvelles".to_owned(),
        format!("/demo/courrier/{}", things.letter),
        format!("/demo/courrier/{}/html", things.letter),
    ];
    pages.extend(pages_of_messages(things));
    pages.extend(pages_of_testimonials(things));
    pages.extend(pages_of_equipment(things));
    for id in &things.measures {
        pages.extend(
            ["coordination/83126", &format!("coordination/{town}"), "reseau"].map(|at| format!("/{at}/mesures/{id}")),
        );
    }
    for id in &things.hidden_missions {
        pages.extend([format!("/missions/{id}"), format!("/missions/{id}/x"), format!("/missions/{id}/proposer")]);
    }
    for mission in &things.missions {
        for organisation in [own_organisation, organisation] {
            for page in ["texte", "lieu", "creneaux", "public", "relecture", "candidatures"] {
                pages.push(format!("/organisation/{organisation}/missions/{mission}/{page}"));
            }
            pages.push(format!("/organisation/{organisation}/missions/{mission}/creneaux/{}/materiel", things.slot));
        }
    }
    pages.extend(pages_of_organisations(things));
    for id in &things.reviews {
        for insee in [town, "83126"] {
            let file = format!("/coordination/{insee}/dossiers/{id}");
            pages.extend([format!("{file}/comparer/{}", things.own_mission), format!("{file}/dossier.pdf"), file]);
        }
    }
    pages
}

fn pages_of_messages(things: &Things) -> Vec<String> {
    let Things { own_organisation, own_mission, organisation, town, report, application, .. } = things;
    let mut pages = vec![
        format!("/coordination/{town}/signalements"),
        format!("/coordination/83126/signalements/{report}"),
        format!("/coordination/{town}/signalements/{report}"),
        format!("/mon-espace/candidatures/{application}/messages"),
        format!("/organisation/{own_organisation}/missions/{own_mission}/candidatures/{application}"),
    ];
    for mission in &things.missions {
        let of = |organisation| format!("/organisation/{organisation}/missions/{mission}/candidatures/{application}");
        pages.extend([of(own_organisation), of(organisation)]);
    }
    pages
}

fn pages_of_testimonials(things: &Things) -> Vec<String> {
    let Things { town, organisation, missions, hidden_missions, .. } = things;
    let mut pages =
        vec![format!("/organisation/{organisation}/temoignages"), format!("/coordination/{town}/temoignages")];
    pages.extend(hidden_missions.iter().map(|mission| format!("/missions/{mission}/temoignages")));
    pages.extend(missions.iter().map(|mission| format!("/mon-espace/temoignages/{mission}")));
    for id in &things.testimonials {
        pages.extend([town.as_str(), "83126"].map(|insee| format!("/coordination/{insee}/temoignages/{id}")));
    }
    pages
}

fn pages_of_organisations(things: &Things) -> Vec<String> {
    let Things { town, organisation, hidden_organisation, .. } = things;
    let mut pages = Vec::new();
    for id in [organisation, hidden_organisation] {
        pages.extend([
            format!("/organisation/{id}"),
            format!("/organisation/{id}/modifier"),
            format!("/organisation/{id}/reponses-types"),
            format!("/organisation/{id}/missions/nouvelle"),
            format!("/coordination/{town}/organisations/{id}"),
            format!("/coordination/83126/organisations/{id}"),
        ]);
    }
    pages
}

fn pages_of_equipment(things: &Things) -> Vec<String> {
    let Things { town, .. } = things;
    let mut pages = ["/reseau/materiel", "/reseau/listes", "/reseau/signes"].map(str::to_owned).to_vec();
    for page in ["", "/saisie", "/seuils", "/mouvements", "/import", "/stock.csv", "/mouvements.csv"] {
        pages.push(format!("/coordination/{town}/materiel{page}"));
    }
    for insee in [town.as_str(), "83126"] {
        let (stock, Things { depot, count, delivery, .. }) = (format!("/coordination/{insee}/materiel"), things);
        pages.extend([
            format!("{stock}/depots/{depot}"),
            format!("{stock}/depots/{depot}/inventaire"),
            format!("{stock}/inventaires/{count}"),
            format!("{stock}/import/{delivery}"),
        ]);
    }
    pages
}

#[test]
fn every_function_is_tried_or_takes_no_id_of_others() -> anyhow::Result<()> {
    run(async {
        let sites = fresh().await?;
        let tried: BTreeSet<&str> = calls(&things(&sites[0]).await?).into_iter().map(|(path, _)| path).collect();
        let harmless: BTreeSet<&str> = NO_FOREIGN_ID.iter().copied().collect();
        assert_eq!(tried.intersection(&harmless).count(), 0);
        let table: BTreeSet<&str> = FUNCTIONS.iter().map(|(path, _)| *path).collect();
        assert_eq!(tried.union(&harmless).copied().collect::<BTreeSet<_>>(), table);
        Ok(())
    })
}

#[test]
fn what_is_elsewhere_is_not_found_and_not_touched() -> anyhow::Result<()> {
    run(async {
        let methods = functions();
        for site in fresh().await? {
            let (things, engine) = (things(&site).await?, site.engine());
            for email in STRANGERS {
                let cookie = site.cookie(Some(email)).await?;
                let before = site.rows().await?;
                let mut wrong = Vec::new();
                for (path, fields) in calls(&things) {
                    let method = methods.get(path).context(path)?.clone();
                    let request = if method == Method::GET {
                        site.ask(method, &format!("{path}?{fields}"), cookie.as_deref())
                    } else {
                        let form = "application/x-www-form-urlencoded";
                        site.ask(method, path, cookie.as_deref())
                            .header(header::CONTENT_TYPE, form)
                            .body(fields.clone())
                    };
                    let status = request.header(header::ACCEPT, "application/json").send().await?.status();
                    if status != StatusCode::NOT_FOUND {
                        wrong.push(format!("{email} {path} {fields}: {status}"));
                    }
                }
                for path in pages(&things) {
                    let request = site.ask(Method::GET, &path, cookie.as_deref()).header(header::ACCEPT, "text/html");
                    let status = request.send().await?.status();
                    if status != StatusCode::NOT_FOUND {
                        wrong.push(format!("{email} {path}: {status}"));
                    }
                }
                ensure!(wrong.is_empty(), "{engine:?}:\n{}", wrong.join("\n"));
                assert_eq!(site.rows().await?, before, "{engine:?} {email}");
            }
        }
        Ok(())
    })
}
