// A coordinator's Monday morning, on the demonstration data: by keyboard alone, with colleagues, and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const QUEUE = "/coordination/83126";
const t = texts("fr");
const stage = demonstration();
const coordinator = ({ width = 1280, email = "coordination", ...way } = {}) => stage.enter(email, { width, ...way });

/** The file of this mission, which nobody has and which resembles no other: the few pairs are for the tests on pairs. */
async function freeFile(person, title) {
  await person.open(`${QUEUE}?onglet=sans-personne`);
  return person.page.locator("[data-line]").filter({ hasText: title }).getAttribute("href");
}

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());

test("by the keyboard alone: from the queue to the green light, then the next file", async () => {
  const person = await coordinator();
  const { page } = person;
  await person.open(`${QUEUE}?onglet=sans-personne`);
  await person.sees(t("reviews.queue_title", { town: "La Seyne-sur-Mer" }));
  const keys = page.keyboard;
  await keys.press("j");
  await keys.press("j");
  await keys.press("k");
  const title = await focused(page);
  await keys.press("Enter");
  await page.waitForURL(/dossiers/);
  await person.sees(title);
  const here = page.url();

  await keys.press("t");
  assert.equal(await focused(page), t("reviews.take"));
  await keys.press("Enter");
  await person.reads(t("notices.taken"));
  await person.quiet();
  await keys.press("c");
  assert.equal(await focused(page), "answers.0.answer");
  const items = await page.locator(".checklist fieldset").count();
  for (let item = 0; item < items; item += 1) {
    await keys.press("Space");
    // Past the note, to the first answer of the next item.
    for (let tab = 0; tab < 6 && (await focused(page)) !== `answers.${item + 1}.answer`; tab += 1) await keys.press("Tab");
  }
  await person.reads(t("reviews.nothing_missing"));
  await page.locator("h1").focus();
  await keys.press("v");
  assert.equal(await focused(page), t("reviews.give_green_light"));
  await keys.press("Enter");
  await person.reads(t("notices.green_light"));
  assert.notEqual(page.url().split("?")[0], here.split("?")[0], "on to the next file");

  await person.quiet();
  const second = page.url().split("?")[0];
  await keys.press("s");
  await page.waitForURL((url) => !url.href.startsWith(second));
  await person.quiet();
  await keys.press("p");
  await page.waitForURL((url) => url.href.startsWith(second));
  await person.quiet();
  await keys.press("q");
  await person.sees(t("reviews.queue_title", { town: "La Seyne-sur-Mer" }));

  // Whoever speaks to the computer turns the keys off; the next page knows.
  await keys.press("?");
  await keys.press("Space");
  await page.reload();
  await person.settled();
  await keys.press("j");
  assert.equal(await page.evaluate(() => document.activeElement.hasAttribute("data-line")), false);
  await person.leave();
});

test("what is missing is said as answers are ticked, and what is typed outlives the page", async () => {
  const person = await coordinator({ width: 360 });
  await person.open(await freeFile(person, "Peindre une fresque"));
  await person.press(t("reviews.take"));
  await person.looksRight();
  const missing = async () => (await person.page.locator("#manque").innerText()).trim();
  const before = Number((await missing()).match(/\d+/)[0]);
  await person.page.locator('[id="answers.0.answer"]').check({ force: true });
  await person.page.locator('[id="answers.1.no"]').check({ force: true });
  assert.equal(Number((await missing()).match(/\d+/)[0]), before - 2);
  assert.ok((await missing()).includes(t("reviews.stands_against", { n: 1 })));
  await person.unfold(t("reviews.request_changes"));
  const question = await person.page.locator(".checklist fieldset").nth(1).locator("legend").innerText();
  await person.fill(question, "Précisez qui assure les volontaires.");
  await person.page.reload();
  await person.settled();
  // Put back once the part of the page for coordinators has come.
  await person.page.locator('[id="answers.0.answer"]:checked').waitFor({ state: "attached" });
  assert.equal(Number((await missing()).match(/\d+/)[0]), before - 2);
  await person.unfold(t("reviews.request_changes"));
  await person.fill(question, "Précisez qui assure les volontaires.");
  await person.press(t("reviews.request_changes"));
  await person.reads(t("notices.changes_requested"));
  await person.leave();
});

test("the queue says what to look at first, and a pair is told apart by the keyboard alone", async () => {
  const person = await coordinator();
  const { page } = person;
  const double = page.getByRole("row").filter({ hasText: t("reviews.mark_duplicates", { n: 1 }) }).first();
  // A queue does not wait until every file was compared with the town.
  for (let look = 0; look < 20; look += 1) {
    await person.open(QUEUE);
    if ((await double.count()) > 0) break;
    await page.waitForTimeout(500);
  }
  await person.looksRight();
  await page.getByText(t("reviews.mark_unsupervised")).first().waitFor();
  for (const mark of ["reviews.mark_dangers", "reviews.mark_short"]) await page.getByText(t(mark, { list: "" }).trim()).first().waitFor();

  const keys = page.keyboard;
  await double.getByRole("link").first().focus();
  const title = await focused(page);
  await keys.press("Enter");
  await page.waitForURL(/dossiers/);
  await person.sees(title);
  const file = page.url();
  await person.quiet();
  await keys.press("d");
  await page.waitForURL(/comparer/);
  await person.sees(t("reviews.compare_title"));
  await person.quiet();
  await keys.press("f");
  await page.waitForURL(file);
  await person.quiet();
  await keys.press("d");
  await person.sees(t("reviews.compare_title"));
  await person.quiet();
  await keys.press("n");
  assert.equal(await focused(page), "reason");
  await keys.type("L’autre porte des repas, celle-ci des livres.");
  for (let tab = 0; tab < 4 && (await focused(page)) !== t("reviews.dismiss"); tab += 1) await keys.press("Tab");
  await keys.press("Enter");
  await person.reads("L’autre porte des repas, celle-ci des livres.");
  await person.open(QUEUE);
  await person.sees(t("reviews.queue_title", { town: "La Seyne-sur-Mer" }));
  const line = page.getByRole("row").filter({ hasText: title });
  assert.equal(await line.getByText(t("reviews.mark_duplicates", { n: 1 })).count(), 0, "what was told apart is no mark");
  await person.leave();
});

describe("likely duplicates", () => {
  for (const scripts of [true, false]) {
    test(`are read side by side and dismissed with a reason, ${scripts ? "with" : "without"} scripts`, async () => {
      const person = await coordinator({ scripts, width: scripts ? 1280 : 360 });
      const files = [];
      for (const tab of ["mes-dossiers", "sans-personne"]) {
        await person.open(`${QUEUE}?onglet=${tab}`);
        files.push(...(await person.page.locator("[data-line]").evaluateAll((all) => all.map((a) => a.href))));
      }
      const other = person.page.getByRole("link", { name: new RegExp(`^${t("reviews.compare")} `) }).first();
      const dismiss = person.page.getByRole("button", { name: t("reviews.dismiss"), exact: true });
      // The first one that was not dismissed before.
      for (const file of files) {
        await person.open(file);
        if ((await other.count()) === 0) continue;
        await Promise.all([person.page.waitForURL(/comparer/), other.click()]);
        await person.sees(t("reviews.compare_title"));
        if ((await dismiss.count()) > 0) break;
      }
      await person.isRefused(t("reviews.dismiss"));
      await person.fill(t("reviews.dismiss_reason"), "Un autre jour, pour un autre public.");
      await person.press(t("reviews.dismiss"));
      await person.reads(t("notices.dismissed"));
      await person.reads("Un autre jour, pour un autre public.");
      await person.leave();
    });
  }
});

test("a colleague sees who has a file, and gets it handed over", async () => {
  const network = await coordinator({ email: "reseau@demo.example" });
  await network.open("/reseau/communes/83126");
  const emails = (await network.page.locator("main").innerText()).match(/[\w.-]+@[\w.-]+\.example/g);
  const one = await coordinator();
  const other = await coordinator({ email: emails.find((email) => /^(?!coordination@|vie-)/.test(email)) });
  await network.leave();
  const file = await freeFile(one, "Coudre des costumes");
  await other.open(file);
  await other.fill(t("reviews.message"), "Je commence à écrire.");
  await one.open(file);
  await one.press(t("reviews.take"));
  // The open page of the other asks every 15 seconds.
  await other.page.getByText(t("reviews.news")).waitFor({ timeout: 30_000 });
  await other.page.getByRole("button", { name: t("reviews.news_reload") }).click();
  await other.page.getByText(t("reviews.news")).waitFor({ state: "hidden" });
  await other.quiet();
  assert.equal(await other.labelled(t("reviews.message")).inputValue(), "Je commence à écrire.");
  await one.unfold(t("reviews.hand_over"));
  await one.fill(t("reviews.word"), "Tu connais ce quartier.");
  await one.press(t("reviews.hand_over_submit"));
  await one.reads(t("notices.handed_over"));
  await other.open(file);
  await other.reads("Tu connais ce quartier.");
  await other.page.getByRole("button", { name: t("reviews.give_green_light") }).waitFor();
  await one.open(file);
  await one.press(t("reviews.take_over"));
  await one.reads(t("notices.taken"));
  await Promise.all([one.leave(), other.leave()]);
});

test("the queue is filtered by a plain address", async () => {
  for (const scripts of [true, false]) {
    const person = await coordinator({ scripts, width: 360 });
    await person.open(QUEUE);
    const all = await person.page.locator("[data-line]").count();
    await person.unfold(t("reviews.filters"));
    await person.page.locator("#filtre-domaine").selectOption("food-aid");
    await Promise.all([person.page.waitForURL(/domaine=food-aid/), person.page.getByRole("button", { name: t("reviews.filter") }).click()]);
    await person.page.waitForFunction((all) => document.querySelectorAll("[data-line]").length < all, all);
    await person.page.getByRole("link", { name: t("reviews.clear_filters") }).click();
    await person.page.waitForFunction((all) => document.querySelectorAll("[data-line]").length === all, all);
    await person.leave();
  }
});
