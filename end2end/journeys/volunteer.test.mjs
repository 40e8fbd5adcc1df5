// What a volunteer has beside her missions: those she keeps and passes on, her month, the code she shows on arrival, alerts
// and suggestions. With and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const stage = demonstration();

/** The missions of a town that are found, as [address, title]. */
async function found(person, query = "commune=83126") {
  await person.open(`/missions?${query}`);
  return person.page.locator('main h3 a[href^="/missions/"]').evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.textContent.trim()]));
}

for (const scripts of [true, false]) {
  describe(scripts ? "with scripts" : "without scripts", () => {
    test("a mission is kept, passed on, and given up again", async () => {
      const person = await stage.enter(scripts ? "volontaire" : null, { scripts });
      // One that is not among those that the demonstration keeps for her.
      const [mission, title] = (await found(person)).at(-1);
      await person.open(mission);
      await person.sees(title);
      if (scripts) await person.press(t("favourites.keep"));
      else {
        await person.follow(t("favourites.keep"));
        await person.fill(t("accounts.email"), "volontaire@demo.example");
        await person.fill(t("accounts.password"), "demonstration-2020");
        await person.press(t("accounts.sign_in_submit"));
        await person.sees(t("favourites.title"));
        await person.press(t("favourites.keep_this", { mission: title }));
      }
      await person.reads(t("notices.favourite_kept"));
      await person.reads(t("favourites.is_kept"));

      await person.follow(t("favourites.share"));
      await person.sees(t("favourites.share_title", { mission: title }));
      const address = await person.labelled(t("favourites.link")).inputValue();
      if (scripts) {
        await person.context.grantPermissions(["clipboard-read", "clipboard-write"]);
        await person.page.getByRole("button", { name: t("favourites.copy") }).click();
        await person.reads(t("favourites.copied"));
        assert.equal(await person.page.evaluate(() => navigator.clipboard.readText()), address);
      } else {
        assert.equal(await person.page.locator("main button").count(), 0, "no button that would do nothing");
      }
      const friend = await stage.enter(null, { scripts });
      await friend.open(address);
      await friend.sees(title);
      await friend.leave();

      await person.open("/mon-espace");
      await person.follow(t("favourites.title"));
      await person.press(t("favourites.leave", { mission: title }));
      await person.reads(t("notices.favourite_left"));
      await person.doesNotRead(title);
      await person.open(mission);
      await person.page.getByRole("button", { name: t("favourites.keep"), exact: true }).waitFor();
      await person.leave();
    });

    test("her month leads to her missions, and back to the list", async () => {
      const person = await stage.enter("volontaire", { scripts });
      await person.open("/mon-espace");
      const next = person.page.locator("article", { has: person.page.getByText(t("applications.accepted"), { exact: true }) }).first();
      const title = (await next.getByRole("heading").first().innerText()).trim();
      await person.open("/mon-espace/calendrier");
      await person.looksRight();
      const line = person.page.locator("main").getByRole("link", { name: title, exact: true }).filter({ visible: true });
      // Later months come last; the next mission is no more than two of them away.
      for (let turn = 0; turn < 3 && (await line.count()) === 0; turn += 1) {
        const here = person.page.url();
        await person.page.getByRole("link", { name: new RegExp(`^${t("applications.month_after", { month: "" })}\\S+ \\d{4}$`) }).last().click();
        await person.page.waitForURL((url) => url.href !== here);
        await person.quiet();
      }
      await line.first().click();
      await person.sees(title);
      await person.leave();
    });

    test("the code to show on arrival fits a phone", async () => {
      const person = await stage.enter("volontaire", { scripts });
      await person.open("/mon-espace");
      await person.follow(t("applications.pass_link"));
      await person.sees(t("applications.pass_title"));
      const box = await person.page.getByRole("img", { name: t("applications.pass_alt") }).first().boundingBox();
      assert.ok(box.width >= 160 && box.width <= 360 && Math.abs(box.width - box.height) < 1, JSON.stringify(box));
      await person.leave();
    });

    test("an alert begins with what was searched, changes its pace, and ends", async () => {
      const person = await stage.enter("volontaire", { scripts });
      await person.open("/missions?commune=83126&domaine=food-aid&mots=colis");
      await person.follow(t("search.alert"));
      await person.sees(t("alerts.title"));
      assert.equal(await person.labelled(t("search.words")).inputValue(), "colis");
      assert.equal(await person.labelled(t("search.town")).inputValue(), "83126");
      await person.fill(t("search.words"), "x".repeat(300));
      await person.isRefused(t("alerts.save"));
      const words = scripts ? "colis du matin" : "colis du soir";
      await person.fill(t("search.words"), words);
      await person.press(t("alerts.save"));
      await person.reads(t("notices.alert_saved"));
      const own = person.page.locator("article", { hasText: words });
      await own.getByText(t("alerts.daily"), { exact: true }).first().waitFor();
      await own.locator("summary").click();
      await own.getByLabel(t("alerts.weekly")).check();
      await Promise.all([
        person.page.waitForResponse((answer) => answer.request().method() === "POST"),
        own.getByRole("button", { name: t("alerts.save"), exact: true }).click(),
      ]);
      await own.locator("p", { hasText: new RegExp(`^${t("alerts.weekly")}$`) }).waitFor();
      await own.getByRole("button", { name: new RegExp(`^${t("alerts.remove", { search: "" }).trim()}`) }).click();
      await own.waitFor({ state: "detached" });
      await person.reads(t("notices.alert_removed"));
      await person.leave();
    });

    test("suggestions say why, and can be turned off", async () => {
      const person = await stage.enter("volontaire", { scripts });
      await person.open("/mon-espace/suggestions");
      await person.sees(t("suggestions.title"));
      await person.reads(t("suggestions.why"));
      await person.press(t("suggestions.turn_off"));
      await person.reads(t("suggestions.off"));
      await person.doesNotRead(t("suggestions.why"));
      await person.press(t("suggestions.turn_on"));
      await person.reads(t("suggestions.why"));
      await person.leave();
    });
  });
}
