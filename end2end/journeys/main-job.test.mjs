// From an empty database to a volunteer with a place: the network opens a town, the town approves an organisation, the
// organisation proposes a mission, the town gives its green light, volunteers apply and are answered; and everybody is
// told by e-mail. On a phone and on a desk, with scripts and without, in both languages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { Person } from "../lib/person.mjs";
import { binary, startServer } from "../lib/server.mjs";
import { link, startSmtp } from "../lib/smtp.mjs";
import { texts } from "../lib/texts.mjs";

const WAYS = [
  { width: 360, language: "fr", scripts: true, database: "sqlite" },
  { width: 1280, language: "en", scripts: true, database: "postgres" },
  { width: 360, language: "en", scripts: false, database: "postgres" },
  { width: 1280, language: "fr", scripts: false, database: "sqlite" },
];
const PASSWORD = "quatre chevaux violets";
const TITLE = "Préparer les colis du samedi";
const DESCRIPTION = "Trier les denrées, remplir les colis, accueillir les familles et ranger la salle. ".repeat(2);
const PRESENTATION = "Nous réunissons des voisins qui préparent et distribuent des colis alimentaires. ".repeat(4);

/** A day so many days from now, as a date field takes it. */
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const bornYearsAgo = (years) => `${new Date().getFullYear() - years}-01-15`;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const chosen = process.env.WAY ? [WAYS[Number(process.env.WAY)]] : WAYS;
for (const way of chosen) {
  const name = `${way.width} px, ${way.language}, ${way.scripts ? "with" : "without"} scripts`;
  describe(name, () => journey(way));
}

function journey(way) {
  const t = texts(way.language);
  let smtp, server, people;
  before(async () => {
    smtp = await startSmtp();
    const database = process.env.TEST_POSTGRES_URL ? way.database : "sqlite";
    server = await startServer({ demo: false, database, env: { SMTP_URL: smtp.url } });
    people = {};
    for (const who of ["network", "coordinator", "admin", "volunteer", "second"]) {
      people[who] = await Person.enter(browser, server.url, way, t);
    }
  });
  after(async () => {
    await server.stop();
    await smtp.stop();
  });
  // One step stands on the others.
  let broken = false;
  const step = (name, act) =>
    test(name, async () => {
      assert.ok(!broken, "a step before this one failed");
      broken = true;
      await act();
      broken = false;
    });
  const mail = (who, key, facts) => smtp.mail(`${who}@exemple.org`, t(`mails.${key}_subject`, facts));

  step("the network admin opens a town and invites its coordinator", async () => {
    const { network, coordinator } = people;
    const printed = execFileSync(
      binary,
      ["create-admin", "--email", "reseau@exemple.org", "--given-name", "Rose", "--family-name", "Réseau"],
      { env: { ...process.env, DATABASE_URL: server.database, PUBLIC_URL: server.url }, encoding: "utf8" },
    );
    await network.open(printed.match(/https?:\/\/\S+/)[0]);
    await network.sees(t("accounts.new_password_title"));
    await network.fill(t("accounts.new_password"), PASSWORD);
    await network.press(t("accounts.new_password_submit"));
    await network.sees(t("accounts.sign_in_title"));
    await network.signIn("reseau@exemple.org", PASSWORD);
    // The account was made in French, from the command line.
    await network.page.waitForURL(/mon-espace/);
    if (way.language === "en") await network.press("English");
    await network.sees(t("applications.hello", { name: "Rose" }));

    await network.open("/reseau");
    await network.sees(t("network.title"));
    await network.reads(t("network.no_town"));
    await network.follow(t("network.open_town"));
    await network.sees(t("network.open_town"));
    await network.fill(t("network.insee"), "83999");
    await network.isRefused(t("network.open_submit"));
    assert.equal(await network.labelled(t("network.insee")).inputValue(), "83999");
    await network.fill(t("network.insee"), "83126");
    await network.press(t("network.open_submit"));
    await network.sees("La Seyne-sur-Mer");
    await network.fill(t("network.invite_email"), "coordination@exemple.org");
    await network.press(t("network.invite_submit"));
    await network.reads(t("notices.invited"));

    const letter = await smtp.mail("coordination@exemple.org", "La Seyne-sur-Mer");
    await coordinator.open(link(letter, "/invitation/"));
    await coordinator.sees(t("network.invitation_title", { town: "La Seyne-sur-Mer" }));
    await coordinator.fill(t("accounts.given_name"), "Coline");
    await coordinator.fill(t("accounts.family_name"), "Coord");
    await coordinator.fill(t("accounts.password"), PASSWORD);
    await coordinator.press(t("network.invitation_join"));
    await coordinator.page.waitForURL(/\/coordination\/83126/);
    await coordinator.sees(t("reviews.queue_title", { town: "La Seyne-sur-Mer" }));
    await coordinator.follow(t("reviews.settings"));
    await coordinator.sees(t("network.settings_title"));
    await coordinator.fill(t("network.neighbourhoods_field"), "Centre-ville\nBerthe\nLes Sablettes");
    await coordinator.press(t("common.save"));
    await coordinator.reads(t("notices.saved"));
  });

  async function register(person, given, email, helping) {
    await person.open(`/inscription?pour=${helping ? "aider" : "organisation"}`);
    await person.sees(t("accounts.register_title"));
    await person.fill(t("accounts.given_name"), given);
    await person.fill(t("accounts.family_name"), "Durand");
    if (helping) await person.fill(t("accounts.birth_date"), bornYearsAgo(30));
    await person.fill(t("accounts.email"), `${email}@exemple.org`);
    await person.fill(t("accounts.password"), PASSWORD);
    await person.press(t("accounts.register_submit"));
    await person.sees(t("accounts.check_mail_title"));
    await person.open(link(await mail(email, "confirm_email"), "/confirmer/"));
    await person.sees(t("accounts.confirm_title"));
    await person.press(t("accounts.confirm_submit"));
    await person.reads(t("notices.confirmed"));
  }

  step("an association joins", async () => {
    const { admin, coordinator } = people;
    await admin.open("/");
    await admin.sees(t("search.home_title"));
    // Too short, too young and nothing at all: each field says so, and keeps what was typed.
    await admin.open("/inscription?pour=organisation");
    await admin.fill(t("accounts.given_name"), "Alma");
    await admin.fill(t("accounts.password"), "court");
    const summary = await admin.isRefused(t("accounts.register_submit"));
    assert.ok(summary.includes(t("accounts.email")), summary);
    assert.equal(await admin.labelled(t("accounts.given_name")).inputValue(), "Alma");
    await register(admin, "Alma", "association", false);

    await admin.open("/organisation/nouvelle");
    await admin.sees(t("organisations.new_title"));
    await admin.fill(t("organisations.name"), "Les Colis du port");
    await admin.choose(t("organisations.legal_form"), "association");
    await admin.fill(t("organisations.rna"), "W83");
    await admin.choose(t("organisations.town"), "83126");
    await admin.isRefused(t("organisations.new_submit"));
    await admin.fill(t("organisations.rna"), "W831234567");
    await admin.press(t("organisations.new_submit"));
    await admin.sees("Les Colis du port");
    await admin.follow(t("organisations.complete"));
    await admin.sees(t("organisations.edit_title"));
    await admin.fill(t("organisations.description"), PRESENTATION);
    await admin.press(t("common.save"));
    await admin.sees("Les Colis du port");
    await admin.press(t("organisations.send"));
    await admin.reads(t("notices.submitted"));
    await mail("association", "organisation_submitted", { organisation: "Les Colis du port" });

    await mail("coordination", "organisation_to_review", { organisation: "Les Colis du port" });
    await coordinator.open("/coordination/83126/organisations");
    await coordinator.sees(t("organisations.list_title"));
    await coordinator.follow("Les Colis du port");
    await coordinator.sees("Les Colis du port");
    await coordinator.press(t("reviews.take"));
    await coordinator.reads(t("notices.taken"));
    await coordinator.unfold(t("organisations.decide_changes"));
    await coordinator.fill(t("reviews.changes_reason"), "Précisez le quartier où vous agissez.");
    await coordinator.press(t("organisations.decide_changes"));
    await coordinator.reads(t("notices.changes_requested"));
    const asked = await mail("association", "organisation_changes", { organisation: "Les Colis du port" });
    assert.match(asked.text, /Précisez le quartier/);

    await admin.open(link(asked, "/organisation/"));
    await admin.reads("Précisez le quartier où vous agissez.");
    await admin.press(t("organisations.send_again"));
    await admin.reads(t("notices.submitted"));
    await coordinator.open(coordinator.page.url().split("?")[0]);
    await coordinator.press(t("reviews.take"));
    const items = await coordinator.page.locator(".checklist fieldset").count();
    for (let item = 0; item < items; item += 1) await coordinator.page.locator(`[id="answers.${item}.answer"]`).check({ force: true });
    await coordinator.press(t("organisations.decide_approve"));
    await coordinator.reads(t("notices.approved"));
    await mail("association", "organisation_approved", { organisation: "Les Colis du port" });
  });

  async function proposeMission(admin, home, { title, places, choose, template }) {
    await admin.open(home);
    await admin.follow(t("organisations.propose"));
    await admin.sees(t("missions.new_title"));
    if (template) await admin.page.locator('input[name="template"]').first().check();
    await admin.press(t("common.continue"));
    await admin.sees(t("missions.text_title"));
    await admin.choose(t("missions.domain"), "food-aid");
    await admin.fill(t("missions.title"), title);
    await admin.fill(t("missions.goal"), "Remettre des colis aux familles les plus démunies.");
    await admin.fill(t("missions.description"), DESCRIPTION);
    await admin.press(t("missions.save_continue"));
    await admin.sees(t("missions.place_title"));
    await admin.fill(t("missions.address"), "12 rue du Marché");
    await admin.choose(t("missions.neighbourhood"), { label: "Berthe" });
    await admin.press(t("missions.save_continue"));
    await admin.sees(t("missions.slots_title"));
    await admin.fill(t("missions.date"), day(9));
    await admin.fill(t("missions.start"), "09:00");
    await admin.fill(t("missions.end"), "12:00");
    await admin.fill(t("missions.places_wanted"), String(places));
    await admin.press(t("missions.add_slot"));
    await admin.reads(t("notices.slot_added"));
    await admin.fill(t("missions.date"), day(10));
    await admin.fill(t("missions.start"), "14:00");
    await admin.fill(t("missions.end"), "17:00");
    await admin.fill(t("missions.places_wanted"), "3");
    await admin.press(t("missions.add_slot"));
    await admin.page.getByText(t("missions.places", { n: 3 })).waitFor();
    await admin.follow(t("common.continue"));
    await admin.sees(t("missions.people_title"));
    await admin.page.locator('input[name="form[beneficiaries][]"]').first().check();
    await admin.fill(t("missions.safety"), "Porter des gants.\nSuivre les consignes.");
    await admin.tick(choose ? t("missions.accept_choose") : t("missions.accept_at_once"));
    await admin.fill(t("missions.practical"), "Demandez Alma à l’accueil.");
    await admin.press(t("missions.save_continue"));
    await admin.sees(title);
  }

  step("it proposes a mission", async () => {
    const { admin } = people;
    const home = admin.page.url().split("?")[0];
    // Nothing filled in: what is missing is listed, with links.
    await admin.open(home);
    await admin.follow(t("organisations.propose"));
    await admin.sees(t("missions.new_title"));
    await admin.press(t("common.continue"));
    await admin.sees(t("missions.text_title"));
    await admin.follow(t("missions.step_review"));
    await admin.reads(t("missions.still_missing"));
    const missing = await admin.isRefused(t("missions.submit"));
    for (const field of ["title", "goal", "description", "domain", "address", "beneficiaries", "safety_rules", "slots"]) {
      assert.ok(missing.includes(t(`fields.${field}`)), `${field} in ${missing}`);
    }

    await proposeMission(admin, home, { title: TITLE, places: 1, choose: false, template: true });
    await admin.reads(t("missions.as_seen"));
    await admin.press(t("missions.submit"));
    await admin.reads(t("notices.submitted"));
    await mail("association", "mission_submitted", { mission: TITLE });
    await admin.open("/missions");
    await admin.doesNotRead(TITLE);
    people.home = home;
  });

  async function giveGreenLight(coordinator, title) {
    await coordinator.open("/coordination/83126");
    await coordinator.sees(t("reviews.queue_title", { town: "La Seyne-sur-Mer" }));
    await coordinator.follow(title);
    await coordinator.sees(title);
    await coordinator.press(t("reviews.take"));
    await coordinator.reads(t("notices.taken"));
    await coordinator.isRefused(t("reviews.give_green_light"));
    const items = coordinator.page.locator(".checklist fieldset");
    for (let index = 0; index < (await items.count()); index += 1) {
      await items.nth(index).getByText(t("common.yes"), { exact: true }).click();
    }
    await coordinator.press(t("reviews.save_checklist"));
    await coordinator.reads(t("notices.saved"));
    await coordinator.press(t("reviews.give_green_light"));
    await coordinator.reads(t("notices.green_light"));
  }

  step("the coordinator asks for changes, then gives the green light", async () => {
    const { admin, coordinator } = people;
    await mail("coordination", "mission_to_review", { mission: TITLE });
    await coordinator.open("/coordination/83126");
    await coordinator.follow(TITLE);
    await coordinator.sees(TITLE);
    await coordinator.press(t("reviews.take"));
    await coordinator.reads(t("notices.taken"));
    await coordinator.fill(t("reviews.message"), "Y aura-t-il un encadrant sur place ?");
    await coordinator.press(t("reviews.send"));
    await coordinator.reads(t("notices.message_sent"));
    await coordinator.unfold(t("reviews.request_changes"));
    await coordinator.isRefused(t("reviews.request_changes"));
    await coordinator.fill(t("reviews.changes_reason"), "Dites qui encadre les volontaires.");
    await coordinator.press(t("reviews.request_changes"));
    await coordinator.reads(t("notices.changes_requested"));
    const asked = await mail("association", "mission_changes", { mission: TITLE });
    assert.match(asked.text, /Dites qui encadre/);

    await admin.open(link(asked, "/missions/"));
    await admin.reads("Dites qui encadre les volontaires.");
    await admin.reads("Y aura-t-il un encadrant sur place ?");
    await admin.follow(t("missions.step_text"));
    await admin.sees(t("missions.text_title"));
    await admin.fill(t("missions.description"), `${DESCRIPTION}Une salariée de l’association encadre les volontaires.`);
    await admin.press(t("missions.save_continue"));
    await admin.sees(t("missions.place_title"));
    await admin.follow(t("missions.step_review"));
    await admin.sees(TITLE);
    await admin.press(t("missions.submit"));
    await admin.reads(t("notices.submitted"));

    await giveGreenLight(coordinator, TITLE);
    const told = await mail("association", "mission_green_light", { mission: TITLE });
    assert.ok(told.html.includes(TITLE.slice(-10)), "the letter has an HTML part");
  });

  async function applyTo(person, title, slots) {
    await person.open("/missions");
    await person.sees(t("search.title"));
    await person.fill(t("search.words"), "colis");
    await person.page.getByRole("button", { name: t("search.submit") }).filter({ visible: true }).first().click();
    await person.page.waitForURL(/colis/);
    await person.follow(title);
    await person.sees(title);
    await person.follow(t("missions.apply"));
  }

  step("a volunteer finds it and applies; the slot is full for the next one", async () => {
    const { volunteer, second } = people;
    await volunteer.open("/inscription?pour=aider");
    await volunteer.fill(t("accounts.birth_date"), bornYearsAgo(15));
    await volunteer.fill(t("accounts.email"), "jeune@exemple.org");
    const refused = await volunteer.isRefused(t("accounts.register_submit"));
    assert.ok(refused.includes(t("accounts.birth_date")), refused);

    await register(volunteer, "Vera", "volontaire", true);
    await applyTo(volunteer, TITLE);
    await volunteer.sees(t("applications.title_for", { mission: TITLE }));
    if (way.width === 360) {
      const top = (name) => volunteer.page.locator(name).boundingBox();
      const [action, bar] = [await top(".actionbar"), await top(".bottombar")];
      assert.ok(action.y + action.height <= bar.y + 1, "the main action stands above the bar, not under it");
    }
    await volunteer.page.locator('input[name="form[slots][]"]').first().check();
    await volunteer.isRefused(t("missions.apply"));
    await volunteer.tick(t("applications.acknowledge"));
    await volunteer.fill(t("applications.message"), "Je viens à pied.");
    await volunteer.press(t("missions.apply"));
    await volunteer.sees(t("applications.hello", { name: "Vera" }));
    await volunteer.reads(t("applications.accepted"));
    await volunteer.reads("Demandez Alma à l’accueil.");
    await mail("volontaire", "application_accepted", { mission: TITLE });
    await mail("association", "application_received", { mission: TITLE });

    await register(second, "Sami", "second", true);
    await applyTo(second, TITLE);
    await second.sees(t("applications.title_for", { mission: TITLE }));
    await second.reads(t("missions.full_waiting"));
    await second.page.locator('input[name="form[slots][]"]').first().check();
    await second.tick(t("applications.acknowledge"));
    await second.press(t("missions.apply"));
    await second.sees(t("applications.hello", { name: "Sami" }));
    await second.reads(t("applications.position", { n: 1 }));
    await mail("second", "waiting_list_joined", { mission: TITLE });
  });

  step("the volunteer withdraws, the place is held for the next one, who takes it and gives it back", async () => {
    const { volunteer, second } = people;
    await volunteer.open("/mon-espace");
    await volunteer.unfold(t("applications.withdraw"));
    await volunteer.press(t("applications.withdraw_confirm"));
    await volunteer.reads(t("notices.withdrawn"));
    await mail("association", "application_withdrawn", { mission: TITLE });

    const place = link(await mail("second", "place_offered", { mission: TITLE }), "/place/");
    await second.open("/mon-espace");
    await second.follow(t("applications.answer_offer"));
    await second.sees(t("applications.offer_title"));
    await second.open(place);
    await second.sees(t("applications.offer_title"));
    await second.press(t("applications.offer_take"));
    await second.sees(t("applications.offer_taken_title"));
    await second.reads(t("notices.place_taken"));
    await mail("second", "application_accepted", { mission: TITLE });
    await second.open("/mon-espace");
    await second.unfold(t("applications.withdraw"));
    await second.press(t("applications.withdraw_confirm"));
    await second.reads(t("notices.withdrawn"));

    await volunteer.open("/missions");
    await volunteer.follow(TITLE);
    await volunteer.reads(t("search.places_left", { n: 1 }));
    await applyTo(second, TITLE);
    await second.page.locator('input[name="form[slots][]"]').nth(1).check();
    await second.tick(t("applications.acknowledge"));
    await second.press(t("missions.apply"));
    await second.reads(t("applications.accepted"));
  });

  step("the organisation answers, several at once", async () => {
    const { admin, coordinator, volunteer, second } = people;
    const title = "Choisir les bénévoles du marché";
    await proposeMission(admin, people.home, { title, places: 2, choose: true, template: false });
    await admin.press(t("missions.submit"));
    await admin.reads(t("notices.submitted"));
    await giveGreenLight(coordinator, title);
    const mission = link(await mail("association", "mission_green_light", { mission: title }), "/missions/");
    const id = mission.match(/missions\/([0-9a-f-]{36})/)[1];
    for (const person of [volunteer, second]) {
      await person.open(`/missions/${id}/proposer`);
      await person.page.locator('input[name="form[slots][]"]').first().check();
      await person.tick(t("applications.acknowledge"));
      await person.press(t("missions.apply"));
      await person.reads(t("applications.pending"));
    }
    await admin.open(`${people.home}/missions/${id}/candidatures`);
    await admin.sees(new RegExp(t("applications.answers_title")));
    await admin.tick(/Vera/);
    await admin.press(t("applications.accept"));
    await admin.reads(t("notices.answered"));
    await mail("volontaire", "application_accepted", { mission: title });
    await admin.tick(/Sami/);
    await admin.unfold(t("applications.decline"));
    await admin.fill(t("common.reason"), "L’équipe est au complet ce jour-là.");
    await admin.press(t("applications.decline_confirm"));
    await admin.reads("L’équipe est au complet ce jour-là.");
    const declined = await mail("second", "application_declined", { mission: title });
    assert.match(declined.text, /au complet ce jour-là/);
  });

  step("a slot, then the whole mission is cancelled: each person concerned is told", async () => {
    const { admin, second } = people;
    await admin.open(people.home);
    await admin.follow(TITLE);
    await admin.sees(TITLE);
    await admin.unfold(t("missions.cancel_slot"));
    await admin.isRefused(t("missions.cancel_slot_confirm"));
    await admin.fill(t("common.reason"), "La salle est en travaux.");
    await admin.press(t("missions.cancel_slot_confirm"));
    await admin.reads(t("notices.slot_cancelled"));
    await admin.unfold(t("missions.cancel"));
    await admin.page.locator("details[open]").getByLabel(t("common.reason")).filter({ visible: true }).last().fill("Le marché est annulé.");
    await admin.press(t("missions.cancel_confirm"));
    await admin.reads(t("notices.cancelled"));
    const told = await mail("second", "mission_cancelled", { mission: TITLE });
    assert.match(told.text, /Le marché est annulé/);
    await second.open("/mon-espace");
    await second.reads("Le marché est annulé.");
  });

  step("the network sees the town with its figures; a lost password is found again", async () => {
    const { network, volunteer } = people;
    await network.open("/reseau");
    await network.sees(t("network.title"));
    await network.reads("La Seyne-sur-Mer");
    await volunteer.open("/mot-de-passe-oublie");
    await volunteer.sees(t("accounts.lost_title"));
    await volunteer.fill(t("accounts.email"), "volontaire@exemple.org");
    await volunteer.press(t("accounts.lost_submit"));
    await volunteer.sees(t("accounts.lost_sent_title"));
    await volunteer.open(link(await mail("volontaire", "reset_password"), "/mot-de-passe/"));
    await volunteer.fill(t("accounts.new_password"), "trois girafes bleues");
    await volunteer.press(t("accounts.new_password_submit"));
    await volunteer.reads(t("notices.password_changed"));
    await volunteer.signIn("volontaire@exemple.org", "trois girafes bleues");
    await volunteer.sees(t("applications.hello", { name: "Vera" }));
  });

  step("nothing went wrong in any browser, and a volunteer loaded no other space", async () => {
    if (way.scripts) {
      const parts = people.volunteer.requests.filter((path) => /(organisation|coordination|network)_chunk/.test(path));
      assert.deepEqual(parts, []);
    }
    for (const who of ["network", "coordinator", "admin", "volunteer", "second"]) await people[who].leave();
  });
}
