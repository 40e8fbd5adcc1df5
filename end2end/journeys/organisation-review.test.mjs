// The coordinators' file on an organisation, on the demonstration data: what looks the same, what is asked point by point,
// by keyboard alone, and by two; with and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const LIST = "/coordination/83126/organisations";
const t = texts("fr");
const stage = demonstration();
const coordinator = ({ width = 1280, email = "coordination", ...way } = {}) => stage.enter(email, { width, ...way });

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());

describe("an organisation that looks like another", () => {
  for (const scripts of [false, true]) {
    test(`is told apart with a reason, ${scripts ? "with" : "without"} scripts`, async () => {
      const person = await coordinator({ scripts, width: 360 });
      await person.open(LIST);
      await person.page.getByRole("link", { name: /^Association « / }).click();
      await person.reads(t("organisations.look_alikes"));
      await person.unfold(t("organisations.not_the_same"));
      await person.isRefused(t("organisations.not_the_same"));
      // Once is enough, the last time.
      if (scripts) {
        await person.fill(t("common.reason"), "Une section du même réseau.");
        await person.press(t("organisations.not_the_same"));
        await person.reads(t("notices.not_the_same"));
        await person.reads(t("reviews.dismissed_list"));
      }
      await person.looksRight();
      await person.leave();
    });
  }
});

test("a doubtful name is said why, and what is asked goes back point by point", async () => {
  const person = await coordinator({ width: 360 });
  await person.open(LIST);
  await person.page.getByRole("link", { name: "Parti pour Tamaris" }).click();
  await person.sees("Parti pour Tamaris");
  await person.reads(t("organisations.found_word", { word: "parti" }));
  await person.press(t("reviews.take"));
  await person.reads(t("notices.taken"));
  const party = person.page.locator(".checklist fieldset").filter({ hasText: t("organisations.found_word", { word: "parti" }) });
  const question = await party.locator("legend").innerText();
  await party.getByLabel(t("common.no"), { exact: true }).check({ force: true });
  await person.unfold(t("organisations.decide_changes"));
  await person.fill(question, "Êtes-vous liés à un parti ? Envoyez vos statuts.");
  await person.press(t("organisations.decide_changes"));
  await person.reads(t("notices.changes_requested"));
  await person.leave();
});

test("by the keyboard alone: from the list to the approval, then the next organisation", async () => {
  const person = await coordinator();
  const { page } = person;
  await person.open(`${LIST}?onglet=sans-personne`);
  await person.sees(t("organisations.list_title"));
  const keys = page.keyboard;
  await keys.press("j");
  const name = await focused(page);
  await keys.press("Enter");
  await person.sees(name);
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
    for (let tab = 0; tab < 6 && (await focused(page)) !== `answers.${item + 1}.answer`; tab += 1) await keys.press("Tab");
  }
  await person.reads(t("reviews.nothing_missing"));
  await page.locator("h1").focus();
  await keys.press("v");
  assert.equal(await focused(page), t("organisations.decide_approve"));
  await keys.press("Enter");
  await person.reads(t("notices.approved"));
  assert.notEqual(page.url().split("?")[0], here.split("?")[0], "on to the next file");
  await keys.press("q");
  await person.sees(t("organisations.list_title"));
  await person.leave();
});

test("a colleague is told who has the file, and overwrites nothing", async () => {
  const network = await coordinator({ email: "reseau@demo.example" });
  await network.open("/reseau/communes/83126");
  const emails = (await network.page.locator("main").innerText()).match(/[\w.-]+@[\w.-]+\.example/g);
  await network.open(LIST);
  await network.sees(t("organisations.list_title"));
  await network.leave();
  const one = await coordinator();
  const other = await coordinator({ email: emails.find((email) => /^(?!coordination@|vie-)/.test(email)) });
  await one.open(`${LIST}?onglet=sans-personne`);
  const file = await one.page.locator("[data-line]").last().getAttribute("href");
  await other.open(file);
  await one.open(file);
  await one.press(t("reviews.take"));
  await other.page.locator('[id="answers.0.no"]').check({ force: true });
  other.refusals += 1;
  await other.press(t("reviews.save_checklist"));
  await other.reads(t("problems.taken_by_another"));
  await other.page.getByText(t("reviews.news")).waitFor({ timeout: 30_000 });
  other.refusals -= 1;
  await one.press(t("reviews.release"));
  await one.reads(t("notices.released"));
  await Promise.all([one.leave(), other.leave()]);
});
