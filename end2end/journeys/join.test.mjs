// A duplicate is joined to the mission that is online: the coordinator, both organisations, and a volunteer.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { Person } from "../lib/person.mjs";
import { startServer } from "../lib/server.mjs";
import { link, startSmtp } from "../lib/smtp.mjs";
import { texts } from "../lib/texts.mjs";

const PASSWORD = "demonstration-2020";
const QUEUE = "/coordination/83126";
const t = texts("fr");
let browser, server, smtp;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
});
beforeEach(async () => {
  smtp = await startSmtp();
  server = await startServer({ env: { SMTP_URL: smtp.url } });
});
afterEach(async () => {
  await server.stop();
  await smtp.stop();
});

async function enter(email, { scripts, width }) {
  const person = await Person.enter(browser, server.url, { width, language: "fr", scripts }, t);
  await person.signIn(email, PASSWORD);
  if (scripts) await person.page.waitForURL(/mon-espace/);
  return person;
}

/** Opens the first file that nobody has and that may be the duplicate of a mission online; answers the other's address. */
async function fileWithDuplicate(person) {
  await person.open(`${QUEUE}?onglet=sans-personne`);
  const files = await person.page.locator("[data-line]").evaluateAll((all) => all.map((a) => a.href));
  for (const file of files.reverse()) {
    await person.open(file);
    const online = person.page.locator("table.data tr").filter({ has: person.page.locator('th a[href^="/missions/"]') });
    if ((await online.count()) === 0) continue;
    const compare = online.first().getByRole("link", { name: new RegExp(`^${t("reviews.compare")} `) });
    return { file, compare: new URL(await compare.getAttribute("href"), server.url).href };
  }
  throw new Error("No file has a likely duplicate online");
}

/** Moves the focus on with the tab key until it is there. */
async function tabTo(person, target) {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((it) => it === document.activeElement)) return;
    await person.page.keyboard.press("Tab");
  }
  throw new Error("The keyboard does not lead there");
}

async function answerAll(person) {
  const items = await person.page.locator(".checklist fieldset").count();
  for (let item = 0; item < items; item += 1) {
    await person.page.locator(`[id="answers.${item}.answer"]`).check({ force: true });
  }
  await person.press(t("reviews.save_checklist"));
}

describe("joining a duplicate", () => {
  for (const scripts of [true, false]) {
    test(`from the file to the first applicant, ${scripts ? "by keyboard" : "without scripts"}`, async () => {
      const way = { scripts, width: scripts ? 1280 : 360 };
      const town = await enter("coordination@demo.example", way);
      const { file, compare } = await fileWithDuplicate(town);
      const joined = await town.page.locator("h1").innerText();
      await town.open(compare);
      await town.reads(t("partners.take_first"));
      const host = await town.page.locator('.summary a[href^="/missions/"]').first().getAttribute("href");
      await town.open(file);
      await town.press(t("reviews.take"));
      await town.open(compare);
      await town.page.getByText(t("partners.missing", { n: 10 }).split("{")[0].slice(0, 20)).first().waitFor();
      await town.open(file);
      await answerAll(town);

      await town.open(compare);
      await town.sees(t("reviews.compare_title"));
      await town.reads(t("partners.coming"));
      await town.isRefused(t("partners.join_submit"));
      if (scripts) {
        await tabTo(town, town.labelled(t("partners.reason")));
        await town.page.keyboard.type("La même aide, au même endroit.");
        await tabTo(town, town.page.getByRole("button", { name: t("partners.join_submit") }));
        await town.page.keyboard.press("Enter");
      } else {
        await town.fill(t("partners.reason"), "La même aide, au même endroit.");
        await town.press(t("partners.join_submit"));
      }
      await town.reads(t("notices.joined"));
      await town.open(file);
      await town.reads("La même aide, au même endroit.");

      // The public page names whoever answers.
      const visitor = await Person.enter(browser, server.url, { ...way, width: 360, language: "fr" }, t);
      await visitor.open(host);
      const names = await visitor.page.locator("h3 a").allInnerTexts();
      assert.equal(names.length, 2, `both organisations: ${names}`);
      await visitor.looksRight();
      const title = await visitor.page.locator("h1").innerText();

      // A volunteer chooses slots of one of them.
      const volunteer = await enter("volontaire@demo.example", { ...way, width: 360 });
      await volunteer.open(`${new URL(host, server.url).pathname.split("/").slice(0, 3).join("/")}/proposer`);
      await volunteer.reads(t("partners.each_answers"));
      const boxes = volunteer.page.locator('input[name="form[slots][]"]:not([disabled])');
      const groups = await boxes.evaluateAll((all) => all.map((box) => box.getAttribute("aria-describedby")));
      const theirs = groups.findIndex((group) => group !== groups[0]);
      assert.ok(theirs > 0, `two groups: ${groups}`);
      await boxes.nth(0).check({ force: true });
      await boxes.nth(theirs).check({ force: true });
      await volunteer.tick(t("applications.acknowledge"));
      await volunteer.isRefused(t("missions.apply"));
      await volunteer.reads(t("problems.one_organisation"));
      await boxes.nth(0).uncheck({ force: true });
      await volunteer.press(t("missions.apply"));
      await volunteer.page.waitForURL(/mon-espace/);
      await volunteer.reads(names[1]);

      // Its organisation is told, sees who it is, and nobody else's applicants.
      const ofJoining = (mail) => mail.subject.startsWith("Vos créneaux") && mail.subject.includes(title);
      // Letters leave in the order in which they were written: those of the day before this one.
      for (let tries = 0; tries < 400 && !smtp.mails.some(ofJoining); tries += 1) await town.page.waitForTimeout(50);
      const told = smtp.mails.findLast(ofJoining);
      assert.ok(told, `the partner is told: ${smtp.mails.map((mail) => mail.subject)}`);
      assert.ok(told.text.includes(joined));
      const partner = await enter(told.recipients[0], { ...way, width: 360 });
      await partner.open(link(told, "/candidatures"));
      await partner.sees(t("applications.answers_title"));
      assert.equal(await partner.page.locator(`.choices input[name="ids[]"]:visible, article.card h3`).count(), 1, "one applicant");
      await partner.unfold(t("missions.cancel_slot"));
      await partner.isRefused(t("missions.cancel_slot_confirm"));
      await partner.open(`/organisation/${link(told, "/candidatures").split("/")[4]}`);
      await partner.page.getByRole("row").filter({ hasText: title }).getByText(t("partners.partner_of", { organisation: names[0] })).waitFor();
      await Promise.all([town.leave(), visitor.leave(), volunteer.leave(), partner.leave()]);
    });
  }
});
