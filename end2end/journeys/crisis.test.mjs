// A town in a crisis: measures are drafted, previewed and switched on, people follow them, then they are lifted.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const DRAFT = "Nouveau confinement";
const stage = demonstration();

/** Tab by tab to what bears these words, then Enter: nothing but the keyboard. */
async function byKeyboard(person, words, most = 120) {
  const { page } = person;
  for (let tab = 0; tab < most; tab += 1) {
    const here = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (here === words) {
      await page.keyboard.press("Enter");
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`${words} is out of reach of the keyboard`);
}

/** Writes new measures: the form is refused until the banner says something, and keeps what was typed. */
async function draft(town, name) {
  await town.follow(t("crisis.prepare"));
  await town.sees(t("crisis.new_title"));
  await town.fill(t("crisis.name_label"), name);
  const told = await town.isRefused(t("crisis.save"));
  assert.match(told, new RegExp(t("fields.banner")));
  assert.equal(await town.labelled(t("crisis.name_label")).inputValue(), name, "what was typed is kept");
  await town.fill(t("crisis.banner_fr_label"), "Restez chez vous ce soir.");
  await town.press(t("crisis.save"));
  await town.sees(name);
}

/** The figure above some words of the preview. */
async function figure(person, key) {
  const words = new RegExp(`^(${t(key, { n: 1 })}|${t(key, { n: 2 })})$`);
  const line = person.page.locator(".figure").filter({ has: person.page.locator("dt", { hasText: words }) });
  return Number((await line.locator("dd").innerText()).replace(/\D/g, ""));
}

describe("crisis measures", () => {
  for (const scripts of [true, false]) {
    test(`from the draft to the end, ${scripts ? "by keyboard, with" : "on a phone, without"} scripts`, async () => {
      const way = { width: scripts ? 1280 : 360, language: "fr", scripts };
      const visitor = await stage.enter(null, { ...way, width: 360 });
      await visitor.open("/missions?commune=83126&domaine=culture");
      const mission = await visitor.page.locator(".mission-card a").first().getAttribute("href");
      assert.equal(await visitor.open(mission), 200);

      const town = await stage.enter("coordination", way);
      await town.open("/coordination/83126");
      await town.follow(t("crisis.queue_link"));
      await town.sees(t("crisis.title"));
      const name = scripts ? "Confinement du soir" : DRAFT;
      if (scripts) await draft(town, name);
      else {
        await town.follow(name);
        await town.sees(name);
      }
      await town.reads(t("crisis.preview_lead"));
      const suspended = await figure(town, "crisis.number_suspended");
      const asked = await figure(town, "crisis.number_acknowledge");
      assert.ok(suspended > 0 && asked > 0, `${suspended} missions, ${asked} volunteers`);
      if (scripts) await byKeyboard(town, t("crisis.switch_on"));
      else await town.press(t("crisis.switch_on"));
      await town.reads(t("notices.measures_on"));
      await town.reads(t("crisis.holds_title"));
      await town.looksRight();
      assert.equal(await figure(town, "crisis.number_suspended"), suspended, "as it was previewed");

      const banner = scripts ? "Restez chez vous ce soir." : "seules les missions indispensables continuent";
      visitor.refusals += 1;
      assert.equal(await visitor.open(mission), 404, "offline");
      visitor.refusals -= 1;
      for (const page of ["/", "/missions", "/communes/83126"]) {
        await visitor.open(page);
        await visitor.reads(banner);
        await visitor.looksRight();
      }
      await visitor.follow(t("crisis.read_more"));
      await visitor.sees(t("crisis.title"));
      await visitor.reads(name);

      const volunteer = await stage.enter("volontaire", { ...way, width: 360 });
      await volunteer.open("/mon-espace");
      await volunteer.reads(t("crisis.ack_title"));
      await volunteer.looksRight();
      await volunteer.press(t("crisis.ack_submit"));
      await volunteer.reads(t("notices.rules_acknowledged"));
      await volunteer.doesNotRead(t("crisis.ack_title"));

      await town.page.reload();
      await town.settled();
      assert.equal(await figure(town, "crisis.number_acknowledged"), 1);
      assert.equal(await figure(town, "crisis.number_acknowledge"), asked - 1);
      await town.open("/coordination/83126");
      await town.reads(t("crisis.queue_offline", { n: suspended }));
      await town.open("/coordination/83126/mesures");
      await town.sees(t("crisis.title"));
      await town.reads(t("crisis.offline_title"));
      await town.follow(name);
      await town.sees(name);
      if (scripts) {
        await byKeyboard(town, t("crisis.lift"));
        await byKeyboard(town, t("crisis.lift_confirm"));
      } else {
        await town.unfold(t("crisis.lift"));
        await town.press(t("crisis.lift_confirm"));
      }
      await town.reads(t("notices.measures_lifted"));
      await town.reads(t("crisis.suspended_were"));
      await town.looksRight();
      assert.equal(await visitor.open(mission), 200, "online again");
      await visitor.doesNotRead(banner);
      await Promise.all([town.leave(), visitor.leave(), volunteer.leave()]);
    });
  }

  test("the network's measures stand on every page", async () => {
    const way = { width: 1280, language: "fr", scripts: true };
    const network = await stage.enter("reseau", way);
    await network.open("/reseau");
    await network.follow(t("crisis.title"));
    await network.sees(t("crisis.title"));
    await draft(network, "Plan du réseau");
    await network.press(t("crisis.switch_on"));
    await network.reads(t("notices.measures_on"));
    const visitor = await stage.enter(null, { ...way, width: 360 });
    for (const page of ["/", "/aide", "/connexion", "/communes/83126"]) {
      await visitor.open(page);
      await visitor.reads("Restez chez vous ce soir.");
      await visitor.looksRight();
    }
    await network.unfold(t("crisis.lift"));
    await network.press(t("crisis.lift_confirm"));
    await network.reads(t("notices.measures_lifted"));
    await Promise.all([network.leave(), visitor.leave()]);
  });
});
