// The equipment of a mission, from its template to the last mask: stated, found short, reserved, handed out, given back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { Person } from "../lib/person.mjs";
import { startServer } from "../lib/server.mjs";
import { texts } from "../lib/texts.mjs";

const PASSWORD = "demonstration-2020";
const DESCRIPTION = "Préparer les colis, accueillir les familles à l’heure de leur rendez-vous, puis ranger la salle. ".repeat(3);
const t = texts("fr");
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
let browser, server;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function enter(who, way) {
  const person = await Person.enter(browser, server.url, { language: "fr", ...way }, t);
  await person.signIn(`${who}@demo.example`, PASSWORD);
  if (way.scripts) await person.page.waitForURL(/mon-espace/);
  return person;
}

/** The label of a number of a kind. */
const each = (label, unit) => t("supplies.per_volunteer_of", { label, unit });
const MASKS = each("Masque chirurgical", "masque");
const GLOVES = each("Gants jetables", "paire");

for (const way of [{ scripts: true, width: 1280 }, { scripts: true, width: 360 }, { scripts: false, width: 360 }]) {
  describe(`${way.scripts ? "with" : "without"} scripts, ${way.width} px wide`, () => {
    const number = way.scripts ? (way.width > 600 ? 1 : 2) : 3;
    const title = `Remettre les colis du matin ${number}`;
    const people = {};
    let sheet, broken = false;
    const step = (name, act) =>
      test(name, async () => {
        assert.ok(!broken, "a step before this one failed");
        broken = true;
        await act();
        broken = false;
      });
    // Each way with a stock of its own: what one reserves the next one would miss.
    before(async () => {
      server = await startServer();
    });
    after(async () => {
      for (const person of Object.values(people)) await person.context.close();
      await server.stop();
    });

    step("the template states the need, the treasurer changes it", async () => {
      const admin = (people.admin = await enter("association", way));
      await admin.open("/mon-espace");
      const home = await admin.page.locator('main a[href^="/organisation/"]').first().getAttribute("href");
      await admin.open(home);
      await admin.follow(t("organisations.propose"));
      await admin.sees(t("missions.new_title"));
      await admin.page.locator('input[name="template"][value="food-parcels"]').check();
      await admin.press(t("common.continue"));
      await admin.sees(t("missions.text_title"));
      await admin.fill(t("missions.title"), title);
      await admin.fill(t("missions.description"), DESCRIPTION);
      await admin.press(t("missions.save_continue"));
      await admin.sees(t("missions.place_title"));
      await admin.fill(t("missions.address"), "12 rue du Marché");
      await admin.press(t("missions.save_continue"));
      await admin.sees(t("missions.slots_title"));
      await admin.fill(t("missions.date"), day(3));
      await admin.fill(t("missions.start"), `0${number}:00`);
      await admin.fill(t("missions.end"), `0${number}:45`);
      await admin.fill(t("missions.places_wanted"), "9");
      await admin.press(t("missions.add_slot"));
      await admin.reads(t("notices.slot_added"));
      await admin.follow(t("common.continue"));
      await admin.sees(t("missions.people_title"));
      assert.equal(await admin.labelled(MASKS).inputValue(), "2", "prefilled by the template");
      assert.equal(await admin.labelled(GLOVES).inputValue(), "1");
      await admin.fill(MASKS, "500");
      const refused = await admin.isRefused(t("missions.save_continue"));
      assert.ok(refused.includes(t("problems.out_of_range", { min: 0, max: 100 })), refused);
      assert.equal(await admin.labelled(MASKS).inputValue(), "500", "what was typed is kept");
      await admin.fill(MASKS, "100");
      await admin.tick(t("missions.accept_at_once"));
      await admin.press(t("missions.save_continue"));
      await admin.sees(title);
      await admin.reads(/Masque chirurgical\s: 100 par personne/);
      await admin.press(t("missions.submit"));
      await admin.reads(t("notices.submitted"));
    });

    step("the review shows what is missing, reserves what is there, and the green light says what is short", async () => {
      const coordinator = (people.coordinator = await enter("coordination", way));
      await coordinator.open("/coordination/83126?onglet=sans-personne");
      await coordinator.follow(title);
      await coordinator.sees(title);
      const panel = coordinator.page.locator("#materiel");
      await panel.getByText(/^Il manque \d+/).first().waitFor();
      await coordinator.reads(/il manque du matériel\s: Masque chirurgical, \d+ sur 900/);
      await coordinator.press(t("supplies.reserve"));
      await coordinator.reads(t("notices.reserved"));
      await coordinator.press(t("reviews.take"));
      await coordinator.reads(t("notices.taken"));
      const items = coordinator.page.locator(".checklist fieldset");
      for (let index = 0; index < (await items.count()); index += 1) {
        await items.nth(index).getByText(t("common.yes"), { exact: true }).click();
      }
      const file = coordinator.page.url().split("?")[0];
      await coordinator.press(t("reviews.give_green_light"));
      await coordinator.reads(t("notices.green_light"));
      await coordinator.open(file);
      await coordinator.reads(t("history.equipment_reserved"));
      await coordinator.reads(t("history.equipment_short"));
    });

    step("a volunteer reads what is provided, and is accepted", async () => {
      const volunteer = (people.volunteer = await enter("volontaire", way));
      await volunteer.open(`/missions?mots=${encodeURIComponent("colis du matin")}`);
      await volunteer.follow(title);
      await volunteer.sees(title);
      await volunteer.reads(t("supplies.provided"));
      await volunteer.follow(t("missions.apply"));
      await volunteer.page.locator('input[name="form[slots][]"]').first().check();
      await volunteer.tick(t("applications.acknowledge"));
      await volunteer.press(t("missions.apply"));
      await volunteer.reads(t("notices.accepted"));
    });

    step("the organisation hands out what is reserved, once, and has it signed", async () => {
      const { admin } = people;
      await admin.open(admin.page.url().split("?")[0]);
      const link = admin.page.locator('a[href$="/materiel"]').first();
      await Promise.all([admin.page.waitForURL(/materiel$/), link.click()]);
      await admin.sees(t("supplies.sheet_title"));
      sheet = admin.page.url();
      const masks = admin.page.locator(".supplies__line").filter({ hasText: "Masque chirurgical" });
      assert.ok(await masks.getByRole("checkbox").isChecked());
      await masks.getByRole("spinbutton").fill("");
      await admin.isRefused(t("supplies.hand_out"));
      await admin.page.locator(".supplies__line").filter({ hasText: "Masque chirurgical" }).getByRole("spinbutton").fill("3");
      const pad = admin.page.locator(".signature__pad");
      assert.equal(await pad.count(), way.scripts ? 1 : 0, "nobody is asked to sign where it cannot be drawn");
      if (way.scripts) {
        await pad.scrollIntoViewIfNeeded();
        const box = await pad.boundingBox();
        const { mouse } = admin.page;
        await mouse.move(box.x + 20, box.y + 30);
        await mouse.down();
        for (const [x, y] of [[60, 60], [100, 25], [150, 80]]) await mouse.move(box.x + x, box.y + y, { steps: 4 });
        await mouse.up();
      }
      await admin.press(t("supplies.hand_out"));
      await admin.reads(t("notices.handed_out"));
      await admin.reads("A reçu 3 Masque chirurgical");
      if (way.scripts) await admin.page.locator(".signature__drawn path").waitFor();
      await admin.looksRight();
    });

    step("what comes back and what is lost is noted, with a reason", async () => {
      const { admin } = people;
      await admin.open(sheet);
      await admin.unfold(t("supplies.take_back"));
      const label = { label: "Masque chirurgical", unit: "masque" };
      await admin.fill(t("supplies.returned_of", label), "1");
      await admin.fill(t("supplies.lost_of", label), "1");
      const refused = await admin.isRefused(t("supplies.take_back_submit"));
      assert.ok(refused.includes(t("fields.reason")), refused);
      assert.equal(await admin.labelled(t("supplies.lost_of", label)).inputValue(), "1");
      await admin.fill(t("supplies.loss_reason"), "Tombé dans la rue");
      await admin.press(t("supplies.take_back_submit"));
      await admin.reads(t("notices.taken_back"));
      await admin.reads("A reçu 3 Masque chirurgical, rendu 1, perdu 1");
      await admin.leave();
      delete people.admin;
    });

    step("the coordination sees the week, the sheet and its list on paper", async () => {
      const { coordinator, volunteer } = people;
      await coordinator.open("/coordination/83126/materiel/creneaux");
      await coordinator.sees(t("supplies.week_title"));
      await coordinator.reads(t("supplies.short_title"));
      const slot = sheet.match(/creneaux\/([0-9a-f-]+)/)[1];
      await coordinator.open(`/coordination/83126/materiel/creneaux/${slot}`);
      await coordinator.sees(t("supplies.sheet_title"));
      await coordinator.reads("A reçu 3 Masque chirurgical, rendu 1, perdu 1");
      await coordinator.page.emulateMedia({ media: "print" });
      assert.ok(await coordinator.page.locator(".printed").isVisible(), "the list is printed");
      assert.equal(await coordinator.page.locator("form button").filter({ visible: true }).count(), 0, "no button is printed");
      await coordinator.page.emulateMedia({ media: "screen" });
      await coordinator.leave();
      delete people.coordinator;
      await volunteer.leave();
      delete people.volunteer;
    });
  });
}
