//! Handing out and taking back, volunteer by volunteer. Each act is one row whose number the page showed: the same button
//! pressed twice, on one page or on two, acts once.

use std::collections::BTreeMap;

use domain::{
    access::Role,
    actor::{Actor, Locale},
    equipment::{Act, Use},
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::{AccountId, ApplicationId, MissionId, MunicipalityId, SlotId},
    supplies::{HandOutForm, Signature, TakeBackForm, TakenBack, needs::spread},
    team::Duty,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::{
    plan,
    queries::{self, HandedOver},
    reserve::{free_of, hold_stock, movement},
    sheet::{self, Found},
};
use crate::{
    backend::Backend,
    entity::{application, depot, equipment_movement, handout, mission},
    equipment::ledger,
    error::{Result, Told, told},
    missions::partners,
    store::{Step, Work},
};

/// A volunteer on a slot, the mission held until the end of the transaction.
struct Counter {
    found: Found,
    application: application::Model,
    me: AccountId,
    /// In which quality: coordinators draw on the free stock too.
    role: Role,
    /// Codes that the sheet knows.
    codes: Vec<String>,
}

impl Counter {
    /// Finds the volunteer for whoever may write in the sheet.
    ///
    /// # Errors
    /// `NotFound` for anybody else.
    async fn hold(work: &Work, slot: SlotId, id: ApplicationId) -> Result<Self> {
        let missing = || told(AppError::NotFound);
        let me = work.actor.signed_in().map_err(told)?;
        let found = sheet::find(&work.tx, slot).await?;
        let role = role(&work.actor, &found).ok_or_else(missing)?;
        let held = mission::Entity::find_by_id(found.mission.id).lock_exclusive().one(&work.tx).await?;
        let found = Found { mission: held.ok_or_else(missing)?, ..found };
        // The coordination hands out to everybody of the mission, an organisation to those whom it answers for.
        let theirs = match role {
            Role::Coordinator => Condition::all().add(application::Column::MissionId.eq(found.mission.id)),
            _ => partners::answered_by(&found.mission, found.holder()),
        };
        let application =
            application::Entity::find_by_id(id.0).filter(theirs).one(&work.tx).await?.ok_or_else(missing)?;
        let mut codes: Vec<String> =
            sheet::needs(&work.tx, &found.mission).await?.into_iter().map(|need| need.code).collect();
        let handed = queries::handed(&work.tx, &[found.mission.id]).await?;
        codes.extend(handed.into_keys().filter(|(of, ..)| *of == slot.0).map(|(_, _, code)| code));
        Ok(Self { found, application, me, role, codes })
    }

    const fn usage(&self) -> Use {
        Use {
            mission: MissionId(self.found.mission.id),
            slot: Some(SlotId(self.found.slot.id)),
            application: Some(ApplicationId(self.application.id)),
            volunteer: Some(AccountId(self.application.volunteer_id)),
        }
    }
}

/// In which quality somebody writes in a sheet: for an organisation, that which holds the slot.
fn role(actor: &Actor, found: &Found) -> Option<Role> {
    if actor.coordinates(MunicipalityId(found.mission.municipality_id)) {
        Some(Role::Coordinator)
    } else if actor.may(found.holder(), Duty::Equipment) {
        Some(Role::OrganisationAdmin)
    } else {
        None
    }
}

/// What became of an act: new, or the one that was done a moment ago.
#[derive(PartialEq, Eq)]
enum Entry {
    New,
    Same,
}

/// Writes the act, if it is the one after those that the page showed.
///
/// # Errors
/// `ChangedMeanwhile` when somebody else was faster.
async fn enter(
    work: &Work,
    counter: &Counter,
    (kind, lines, seen): (&str, String, u32),
    signature: Option<Signature>,
) -> Result<Entry> {
    let of_person = handout::Entity::find()
        .filter(handout::Column::SlotId.eq(counter.found.slot.id))
        .filter(handout::Column::ApplicationId.eq(counter.application.id));
    let number =
        i32::try_from(seen).ok().and_then(|seen| seen.checked_add(1)).ok_or_else(|| told(AppError::Malformed))?;
    let done = of_person.clone().filter(handout::Column::Number.eq(number)).one(&work.tx).await?;
    if let Some(done) = done {
        let same = (done.kind.as_str(), &done.lines, done.recorded_by) == (kind, &lines, counter.me.0);
        return if same { Ok(Entry::Same) } else { Err(told(Conflict::ChangedMeanwhile)) };
    }
    if of_person.count(&work.tx).await? != u64::from(seen) {
        return Err(told(Conflict::ChangedMeanwhile));
    }
    handout::ActiveModel {
        id: Set(Uuid::now_v7()),
        mission_id: Set(counter.found.mission.id),
        slot_id: Set(counter.found.slot.id),
        application_id: Set(counter.application.id),
        number: Set(number),
        kind: Set(kind.to_owned()),
        lines: Set(lines),
        signature: Set(signature.map(String::from)),
        signature_until: Set(sheet::signatures_until(&counter.found.slot)),
        recorded_by: Set(counter.me.0),
        recorded_at: Set(work.now),
    }
    .insert(&work.tx)
    .await?;
    work.record(Step {
        subject: "application",
        id: counter.application.id,
        municipality: Some(MunicipalityId(counter.found.mission.municipality_id)),
        from: None,
        to: if kind == HANDED_OUT { "equipment_issued" } else { "equipment_returned" },
        reason: None,
    })
    .await?;
    Ok(Entry::New)
}

const HANDED_OUT: &str = "handed_out";
const TAKEN_BACK: &str = "taken_back";

/// Notes what a volunteer is handed.
pub async fn hand_out(
    backend: &Backend,
    actor: &Actor,
    slot: SlotId,
    id: ApplicationId,
    form: HandOutForm,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let counter = Counter::hold(&work, slot, id).await?;
    let (mut lines, signature) = form.read(&counter.codes).told()?;
    lines.sort_unstable();
    let said = serde_json::to_string(&lines)?;
    if enter(&work, &counter, (HANDED_OUT, said, form.seen), signature).await? == Entry::Same {
        return Ok(());
    }
    let comes = sheet::applications(&work.tx, counter.found.slot.id).await?;
    let comes = comes.iter().any(|row| row.id == counter.application.id && sheet::is_expected(row));
    if !comes || !sheet::takes_place(&counter.found) {
        return Err(told(Conflict::NotInThisState));
    }
    issue(&work, &counter, &form, &lines).await?;
    work.commit().await
}

/// Takes units out of the depots: first what is reserved for the mission, then, for a coordinator, what is free.
async fn issue(work: &Work, counter: &Counter, form: &HandOutForm, lines: &[(String, u32)]) -> Result<()> {
    let (mission, town) = (&counter.found.mission, MunicipalityId(counter.found.mission.municipality_id));
    let codes: Vec<String> = lines.iter().map(|(code, _)| code.clone()).collect();
    hold_stock(work, town, &codes).await?;
    let reserved = queries::reserved(&work.tx, &[mission.id]).await?;
    let stock = match counter.role {
        Role::Coordinator => queries::stocks(&work.tx, town.0, None).await?,
        _ => Vec::new(),
    };
    let (mut errors, mut movements) = (FieldErrors::default(), Vec::new());
    for (code, units) in lines {
        let promised = reserved.iter().filter(|((_, kind, _), _)| kind == code);
        let promised = promised.map(|((_, _, depot), units)| (*depot, *units));
        let free = stock.iter().filter(|(_, row)| row.type_code == *code).map(|(_, row)| (row.depot_id, free_of(row)));
        let places: Vec<(Uuid, u32)> = promised.chain(free).collect();
        let there: u32 = places.iter().map(|(_, units)| units).sum();
        if there < *units {
            let field = form.lines.iter().position(|line| line.code == *code).unwrap_or_default();
            errors.add(format!("lines.{field}.quantity"), Problem::NotEnoughFree { free: there });
        }
        let mut from: BTreeMap<Uuid, u32> = BTreeMap::new();
        for (depot, some) in spread(*units, places) {
            *from.entry(depot).or_default() += some;
        }
        let issued = |quantity| Act::Issued(quantity, counter.usage());
        movements.extend(from.into_iter().filter_map(|(depot, some)| movement(depot, code, some, issued)));
    }
    errors.into_result().told()?;
    ledger::post_all(work, town, movements).await
}

/// Notes what comes back from a volunteer, and what is lost.
pub async fn take_back(
    backend: &Backend,
    actor: &Actor,
    slot: SlotId,
    id: ApplicationId,
    form: TakeBackForm,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let counter = Counter::hold(&work, slot, id).await?;
    let (mut lines, reason) = form.read(&counter.codes).told()?;
    lines.sort_unstable_by(|one, other| one.code.cmp(&other.code));
    let kept: Vec<(&str, u32, u32)> = lines.iter().map(|line| (line.code.as_str(), line.returned, line.lost)).collect();
    let said = serde_json::to_string(&(kept, &reason))?;
    if enter(&work, &counter, (TAKEN_BACK, said, form.seen), None).await? == Entry::Same {
        return Ok(());
    }
    let handed = queries::handed(&work.tx, &[counter.found.mission.id]).await?;
    let mut errors = FieldErrors::default();
    for line in &lines {
        let field = form.lines.iter().position(|typed| typed.code == line.code).unwrap_or_default();
        let key = (counter.found.slot.id, counter.application.id, line.code.clone());
        let held = handed.get(&key).copied().unwrap_or_default().held();
        if line.returned.saturating_add(line.lost) > held {
            let name = if line.returned > 0 { "returned" } else { "lost" };
            errors.add(format!("lines.{field}.{name}"), Problem::OutOfRange { min: 0, max: i64::from(held) });
        }
    }
    errors.into_result().told()?;
    back(&work, &counter, &lines, (&reason, handed)).await?;
    work.commit().await
}

/// Puts what came back into its depot, and keeps of it what the mission's next slots need.
async fn back(
    work: &Work,
    counter: &Counter,
    lines: &[TakenBack],
    (reason, mut handed): (&str, HandedOver),
) -> Result<()> {
    let (mission, town) = (&counter.found.mission, MunicipalityId(counter.found.mission.municipality_id));
    let codes: Vec<String> = lines.iter().map(|line| line.code.clone()).collect();
    hold_stock(work, town, &codes).await?;
    for line in lines {
        let key = (counter.found.slot.id, counter.application.id, line.code.clone());
        handed.entry(key).or_default().returned += line.returned;
    }
    let kinds = queries::kinds(&work.tx, Locale::Fr).await?;
    let wanted = plan::wanted(&work.tx, mission, &kinds, &handed, work.now).await?;
    let reserved = queries::reserved(&work.tx, &[mission.id]).await?;
    let mut movements = Vec::new();
    for line in lines {
        let depot = depot_of(work, counter, &line.code).await?;
        let returned = |quantity| Act::Returned(quantity, counter.usage());
        movements.extend(movement(depot, &line.code, line.returned, returned));
        let lost = |quantity| Act::LostInUse(quantity, counter.usage());
        movements.extend(movement(depot, &line.code, line.lost, lost).map(|lost| lost.because(reason)));
        let kept = queries::reserved_of(&reserved, mission.id, &line.code);
        let lacking = wanted.get(&line.code).copied().unwrap_or_default().saturating_sub(kept);
        let again = |quantity| Act::Reserved(quantity, MissionId(mission.id));
        movements.extend(movement(depot, &line.code, lacking.min(line.returned), again));
    }
    ledger::post_all(work, town, movements).await
}

/// The depot that the volunteer's units came from, while it is open; else the town's first.
async fn depot_of(work: &Work, counter: &Counter, code: &str) -> Result<Uuid> {
    use equipment_movement::Column;
    let from = equipment_movement::Entity::find()
        .filter(Column::SlotId.eq(counter.found.slot.id))
        .filter(Column::ApplicationId.eq(counter.application.id))
        .filter(Column::TypeCode.eq(code))
        .filter(Column::Kind.eq("issued"))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .one(&work.tx)
        .await?
        .map(|row| row.depot_id);
    let open = depot::Entity::find()
        .filter(depot::Column::MunicipalityId.eq(counter.found.mission.municipality_id))
        .filter(depot::Column::ClosedAt.is_null())
        .order_by_asc(depot::Column::Name)
        .all(&work.tx)
        .await?;
    let same = from.filter(|id| open.iter().any(|row| row.id == *id));
    same.or_else(|| open.first().map(|row| row.id)).ok_or_else(|| told(Conflict::NotInThisState))
}
