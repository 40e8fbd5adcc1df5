//! Every state × every action × every role, against lists written out here by hand.

use domain::{
    access::{Refusal, Role},
    applications::{ApplicationAction, ApplicationStatus, ConsentAction, ConsentStatus},
    crisis::{MeasuresAction, MeasuresStatus, Scope},
    ideas::{IdeaAction, IdeaStatus},
    ids::MunicipalityId,
    letters::{LetterAction, LetterStatus},
    missions::{MissionAction, MissionStatus, VersionAction, VersionStatus},
    organisations::{OrganisationAction, OrganisationStatus},
    reviews::{ReviewAction, ReviewStatus},
    testimonials::{ReplyAction, ReplyStatus, TestimonialAction, TestimonialStatus},
};

/// `from action to roles`, one a line; roles by their first letters: v, g, o, c, n, s; h for helpers.
const ORGANISATION: &str = "
    draft             submit          submitted         o
    changes_requested submit          submitted         o
    submitted         request_changes changes_requested c
    submitted         approve         approved          c
    submitted         refuse          refused           c
    approved          suspend         suspended         c
    suspended         reinstate       approved          c";

const MISSION: &str = "
    draft             submit          submitted         o
    draft             cancel          cancelled         o
    submitted         green_light     published         c
    submitted         request_changes changes_requested c
    submitted         refuse          refused           c
    submitted         cancel          cancelled         o
    changes_requested submit          submitted         o
    changes_requested cancel          cancelled         o
    published         suspend         suspended         cs
    published         close           closed            os
    published         cancel          cancelled         o
    suspended         resume          published         cs
    suspended         cancel          cancelled         o";

const VERSION: &str = "
    draft             submit          submitted         o
    changes_requested submit          submitted         o
    submitted         approve         approved          c
    submitted         request_changes changes_requested c
    submitted         refuse          refused           c
    approved          supersede       superseded        s";

const REVIEW: &str = "
    waiting   take             in_review         c
    in_review take_over        in_review         c
    in_review hand_over        in_review         c
    in_review release          waiting           c
    in_review give_green_light green_light       c
    in_review request_changes  changes_requested c
    in_review refuse           refused           c
    waiting   drop            refused           s
    in_review drop            refused           s";

const APPLICATION: &str = "
    pending    accept               accepted  ohs
    pending    decline              declined  ohs
    pending    withdraw             withdrawn vg
    pending    queue                waitlisted s
    accepted   withdraw             withdrawn vg
    accepted   cancel               cancelled os
    accepted   mark_attended        attended  ohs
    accepted   mark_absent          absent    ohs
    waitlisted offer                offered   s
    offered    take_offer           accepted  v
    offered    take_offer_to_choose pending   v
    offered    expire               expired   s
    offered    withdraw             withdrawn vg";

const CONSENT: &str = "
    asked give     given     g
    asked refuse   refused   g
    given withdraw withdrawn g";

const LETTER: &str = "
    draft send   sent     c
    sent  remind reminded c";

const IDEA: &str = "
    new                 answer answered            c
    answered            answer answered            c
    turned_into_mission answer turned_into_mission c
    new                 reply  new                 -
    answered            reply  new                 -
    turned_into_mission reply  turned_into_mission -
    new                 turn   turned_into_mission c
    answered            turn   turned_into_mission c
    new                 close  closed              cs
    answered            close  closed              cs";

const MEASURES: &str = "
    draft     schedule  scheduled cn
    draft     switch_on in_force  cn
    scheduled begin     in_force  s
    scheduled call_off  draft     cn
    scheduled end       ended     s
    in_force  amend     in_force  cn
    in_force  lift      lifted    cn
    in_force  end       ended     s";

const TESTIMONIAL: &str = "
    draft      save      draft      v
    draft      send      waiting    v
    draft      take_down draft      c
    draft      withdraw  withdrawn  vs
    waiting    send      waiting    v
    waiting    publish   published  c
    waiting    refuse    refused    c
    waiting    take_down waiting    c
    waiting    withdraw  withdrawn  vs
    published  save      draft      v
    published  send      waiting    v
    published  take_down taken_down c
    published  withdraw  withdrawn  vs
    refused    save      draft      v
    refused    send      waiting    v
    refused    take_down refused    c
    refused    withdraw  withdrawn  vs
    taken_down save      draft      v
    taken_down send      waiting    v
    taken_down withdraw  withdrawn  vs
    withdrawn  save      draft      v
    withdrawn  send      waiting    v";

const REPLY: &str = "
    waiting publish published c
    waiting refuse  refused   c
    refused send    waiting   o";

fn letter(role: Role) -> char {
    match role {
        Role::Visitor => '-',
        Role::Volunteer => 'v',
        Role::Guardian => 'g',
        Role::OrganisationAdmin => 'o',
        Role::OrganisationHelper => 'h',
        Role::Coordinator => 'c',
        Role::NetworkAdmin => 'n',
        Role::System => 's',
    }
}

fn expected(list: &str, from: &str, action: &str, role: Role) -> Result<String, Refusal> {
    let mut rows = list.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    match rows.find(|row| row.len() == 4 && row[0] == from && row[1] == action) {
        None => Err(Refusal::NotFromHere),
        Some(row) if row[3].contains(letter(role)) => Ok(row[2].to_owned()),
        Some(_) => Err(Refusal::NotByYou),
    }
}

macro_rules! exhaustive {
    ($test:ident, $status:ty, $action:ty, $list:expr) => {
        #[test]
        fn $test() {
            let mut allowed = 0;
            for &from in <$status>::ALL {
                for &role in Role::ALL {
                    let open: Vec<$action> = from.actions(role).collect();
                    for &action in <$action>::ALL {
                        let found = from.apply(action, role).map(|to| to.as_str().to_owned());
                        assert_eq!(
                            found,
                            expected($list, from.as_str(), action.as_str(), role),
                            "{from} {action} {role}"
                        );
                        assert_eq!(open.contains(&action), found.is_ok(), "{from} {action} {role}");
                        allowed += usize::from(found.is_ok());
                    }
                }
            }
            let listed: usize = $list.lines().filter_map(|line| line.split_whitespace().nth(3)).map(str::len).sum();
            assert_eq!(allowed, listed, "a row of the list names no state or no action");
            assert_eq!(<$status>::TRANSITIONS.len(), $list.trim().lines().count(), "two rows for one state and action");
        }
    };
}

exhaustive!(organisation, OrganisationStatus, OrganisationAction, ORGANISATION);
exhaustive!(mission, MissionStatus, MissionAction, MISSION);
exhaustive!(version, VersionStatus, VersionAction, VERSION);
exhaustive!(review, ReviewStatus, ReviewAction, REVIEW);
exhaustive!(application, ApplicationStatus, ApplicationAction, APPLICATION);
exhaustive!(consent, ConsentStatus, ConsentAction, CONSENT);
exhaustive!(association_letter, LetterStatus, LetterAction, LETTER);
exhaustive!(crisis_measures, MeasuresStatus, MeasuresAction, MEASURES);
exhaustive!(testimonial, TestimonialStatus, TestimonialAction, TESTIMONIAL);
exhaustive!(testimonial_reply, ReplyStatus, ReplyAction, REPLY);

#[test]
fn measures_are_switched_on_by_whoever_answers_for_their_place() {
    let town = Scope::Town(MunicipalityId(uuid::Uuid::nil()));
    assert_eq!((town.writer(), Scope::Network.writer()), (Role::Coordinator, Role::NetworkAdmin));
    for row in MeasuresStatus::TRANSITIONS {
        let by_people = row.3.iter().all(|role| [town.writer(), Scope::Network.writer()].contains(role));
        assert!(by_people || row.3 == [Role::System], "{row:?}");
    }
}

#[test]
fn a_mission_is_first_published_only_by_a_green_light() {
    for row in MissionStatus::TRANSITIONS.iter().filter(|row| row.2 == MissionStatus::Published) {
        let by_green_light = row.1 == MissionAction::GreenLight && row.3 == [Role::Coordinator];
        let comes_back = row.0 == MissionStatus::Suspended && row.1 == MissionAction::Resume;
        assert!(by_green_light || comes_back, "{row:?}");
    }
}

#[test]
fn nobody_without_a_role_and_no_reader_does_anything() {
    for role in [Role::Visitor, Role::NetworkAdmin] {
        assert!(MissionStatus::ALL.iter().all(|status| status.actions(role).next().is_none()));
        assert!(OrganisationStatus::ALL.iter().all(|status| status.actions(role).next().is_none()));
        assert!(ApplicationStatus::ALL.iter().all(|status| status.actions(role).next().is_none()));
    }
}

#[test]
fn what_lives_and_what_holds_a_place() {
    let names = |keep: fn(ApplicationStatus) -> bool| -> Vec<&str> {
        ApplicationStatus::ALL.iter().filter(|status| keep(**status)).map(|status| status.as_str()).collect()
    };
    assert_eq!(names(ApplicationStatus::is_live), ["pending", "accepted", "waitlisted", "offered"]);
    assert_eq!(names(ApplicationStatus::holds_place), ["accepted", "offered"]);
    // What is not live is the end.
    for status in ApplicationStatus::ALL.iter().filter(|status| !status.is_live()) {
        assert!(Role::ALL.iter().all(|role| status.actions(*role).next().is_none()), "{status}");
    }
}

#[test]
fn further_slots_share_the_state_of_their_application() {
    for &status in ApplicationStatus::ALL {
        assert_eq!(status.takes_in(true), status == ApplicationStatus::Accepted, "{status}, at once");
        assert_eq!(status.takes_in(false), status == ApplicationStatus::Pending, "{status}, to be chosen");
    }
}

#[test]
fn names_are_stable_everywhere() {
    for &status in ApplicationStatus::ALL {
        assert_eq!(ApplicationStatus::parse(status.as_str()), Some(status));
        assert_eq!(serde_json::to_string(&status).unwrap(), format!("\"{status}\""));
        assert_eq!(serde_json::from_str::<ApplicationStatus>(&format!("\"{status}\"")).unwrap(), status);
    }
    assert_eq!(Role::parse("organisation_admin"), Some(Role::OrganisationAdmin));
    assert_eq!(Role::parse("OrganisationAdmin"), None);
    assert_eq!(Role::parse(""), None);
}
exhaustive!(idea, IdeaStatus, IdeaAction, IDEA);
