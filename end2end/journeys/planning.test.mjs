// An organisation plans: slots that repeat are seen before they are made, and taken back together; a mission is copied. With
// and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const stage = demonstration();
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("planning", () => {
  for (const scripts of [true, false]) {
    test(`two evenings a week are added and taken back together, ${scripts ? "with" : "without"} scripts`, async () => {
      const admin = await stage.enter("association", { scripts });
      const space = await stage.ownOrganisation(admin);
      await admin.open(space);
      const drafts = admin.page.getByRole("row").filter({ hasText: t("missions.status_draft") });
      const draft = await drafts.nth(scripts ? 0 : 1).getByRole("link").first().getAttribute("href");
      await admin.open(draft.replace(/[^/]+$/, "creneaux"));
      await admin.sees(t("missions.slots_title"));
      const slots = await admin.page.locator(".slots > li").count();
      await admin.follow(t("planning.link"));
      await admin.sees(t("planning.title"));

      const preview = async () => {
        await admin.page.getByRole("button", { name: t("planning.preview"), exact: true }).click();
        await admin.page.waitForURL(/jours/);
        await admin.quiet();
        await admin.settled();
      };
      for (const weekday of ["mardi", "vendredi"]) await admin.tick(weekday);
      await admin.fill(t("planning.start"), "18:00");
      await admin.fill(t("planning.end"), "20:00");
      await admin.fill(t("planning.first_day"), day(60));
      await admin.fill(t("planning.last_day"), day(20));
      // What is asked wrongly answers 422, as a form does.
      admin.refusals += 1;
      await preview();
      await admin.page.locator('[aria-invalid="true"]').first().waitFor();
      assert.equal(await admin.labelled(t("planning.start")).inputValue(), "18:00", "what was typed is kept");
      // Four weeks: eight evenings, and one day more begins a fifth.
      await admin.fill(t("planning.first_day"), day(60));
      await admin.fill(t("planning.last_day"), day(87));
      await admin.fill(t("planning.places"), "4");
      await admin.labelled(t("planning.skip_holidays")).uncheck();
      await preview();
      await admin.reads(t("planning.result"));
      await admin.reads(t("planning.new", { n: 8 }));
      await admin.looksRight();
      await admin.press(t("planning.add", { n: 8 }));
      await admin.reads(t("notices.slots_added"));
      assert.equal(await admin.page.locator(".slots > li").count(), slots + 8);
      // Once more: all are there already, and nothing is left to add.
      await admin.page.goBack();
      await admin.open(admin.page.url());
      await admin.reads(t("planning.verdict_same"));
      assert.equal(await admin.page.getByRole("button", { name: t("planning.add", { n: 8 }) }).count(), 0);

      await admin.open(draft.replace(/[^/]+$/, "creneaux"));
      await admin.press(t("planning.undo", { n: 8 }));
      await admin.reads(t("notices.slots_removed"));
      assert.equal(await admin.page.locator(".slots > li").count(), slots);
      await admin.leave();
    });

    test(`a mission is copied with its slots, ${scripts ? "with" : "without"} scripts`, async () => {
      const admin = await stage.enter("association", { scripts });
      await admin.open(await stage.ownOrganisation(admin));
      const over = admin.page.getByRole("row").filter({ hasText: t("missions.status_closed") }).first();
      const title = (await over.getByRole("link").first().innerText()).trim();
      await over.getByRole("link").first().click();
      await admin.sees(title);
      await admin.reads(t("planning.over_title"));
      await admin.press(t("planning.copy_confirm"));
      await admin.reads(t("notices.copied"));
      await admin.reads(t("planning.is_copy"));
      await admin.open(admin.page.url().split("?")[0].replace(/[^/]+$/, "creneaux"));
      assert.ok((await admin.page.locator(".slots > li").count()) > 0, "its slots came along, moved to weeks ahead");
      await admin.leave();
    });
  }
});
