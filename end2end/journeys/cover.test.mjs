// Asking for cover, on the demonstration data: an organisation sees how many volunteers fit a slot and never who, writes to them,
// and is told what it asked before; a volunteer is led to the slot, and ends it by one press. With and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const ASK = /^Écrire à /;
const stage = demonstration();

const hrefs = (person, selector) =>
  person.page.locator(selector).evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute("href")))]);

/** The slots of an organisation for which cover may be asked: those of its week, then those of its missions' pages. */
async function slotsThatLack(person) {
  const space = await stage.ownOrganisation(person);
  await person.open(space);
  const found = await hrefs(person, 'main a[href$="/renfort"]');
  for (const page of await hrefs(person, `a[href^="${space}/missions/"][href$="/candidatures"]`)) {
    await person.open(page);
    found.push(...(await hrefs(person, 'main a[href$="/renfort"]')));
  }
  return [...new Set(found)];
}

describe("asking for cover", () => {
  for (const scripts of [false, true]) {
    const how = scripts ? "with scripts" : "without scripts";

    test(`an organisation writes to those who fit, ${how}`, async () => {
      const admin = await stage.enter("association", { scripts });
      let asked;
      for (const href of await slotsThatLack(admin)) {
        assert.equal(await admin.open(href), 200);
        await admin.sees(t("cover.title"));
        if ((await admin.page.getByRole("button", { name: ASK }).count()) > 0) {
          asked = href;
          break;
        }
      }
      assert.ok(asked, "a slot for which somebody can be asked");
      await admin.reads(t("cover.before"));
      await admin.fill(t("cover.word"), "Appelez le 06 39 98 12 34");
      await admin.isRefused(ASK);
      assert.equal(await admin.labelled(t("cover.word")).inputValue(), "Appelez le 06 39 98 12 34", "what was typed is kept");
      await admin.fill(t("cover.word"), `Il nous manque deux bras, ${how}.`);
      await admin.press(ASK);
      await admin.reads(t("notices.cover_asked"));
      await admin.reads(t("problems.cover_today"));
      assert.equal(await admin.page.getByRole("button", { name: ASK }).count(), 0, "once a day");
      await admin.looksRight();
      const mission = asked.match(/missions\/([0-9a-f-]{36})/)[1];
      await admin.open(asked.replace(/creneaux\/.*$/, "relecture"));
      await admin.unfold(t("common.history"));
      await admin.reads(t("history.cover_asked"));

      // One of those who were written to: the letter leads to the slot, and its last link to the button that ends it.
      const volunteer = await stage.enter(null, { scripts });
      await volunteer.open("/demo/courrier");
      const subject = t("mails.cover_asked_subject", { mission: "" }).trim();
      await volunteer.open(await volunteer.page.locator('main a[href^="/demo/courrier/"]').filter({ hasText: subject }).first().getAttribute("href"));
      await volunteer.reads(`Il nous manque deux bras, ${how}.`);
      const slot = asked.match(/creneaux\/([0-9a-f-]{36})/)[1];
      const [place] = await hrefs(volunteer, 'a[href*="/missions/"]');
      const [stop] = await hrefs(volunteer, 'a[href*="/renfort/"]');
      assert.ok(place.includes(mission) && place.endsWith(`#${slot}`), place);
      assert.equal(await volunteer.open(place), 200);
      assert.ok(await volunteer.page.locator(`[id="${slot}"]`).isVisible(), "the slot");
      await volunteer.open(stop);
      await volunteer.sees(t("cover.stop_title"));
      await volunteer.press(t("cover.stop"));
      await volunteer.reads(t("notices.cover_stopped"));
      await volunteer.open(stop);
      await volunteer.reads(t("cover.stop_unknown"));
      await volunteer.leave();
      await admin.leave();
    });

    test(`a volunteer agrees in the profile, and takes it back, ${how}`, async () => {
      const volunteer = await stage.enter("volontaire", { scripts });
      const box = () => volunteer.page.locator('input[name="form[cover]"]');
      await volunteer.open("/mon-espace/profil");
      await volunteer.reads(t("cover.profile_hint"));
      for (const agrees of [false, true]) {
        await box().setChecked(agrees);
        await volunteer.press(t("common.save"));
        await volunteer.reads(t("notices.saved"));
        await volunteer.open("/mon-espace/profil");
        assert.equal(await box().isChecked(), agrees);
      }
      await volunteer.leave();
    });
  }

  test("what was asked before is said, as a number", async () => {
    const admin = await stage.enter("association", { width: 1280 });
    let before = 0;
    for (const href of await slotsThatLack(admin)) {
      await admin.open(href);
      before += await admin.page.locator("li").filter({ hasText: /\d volontaires|moins de 3 volontaires/ }).count();
    }
    assert.ok(before > 0, "a slot for which cover was asked");
    await admin.leave();
  });

  test("a helper does not ask", async () => {
    const admin = await stage.enter("association");
    const [href] = await slotsThatLack(admin);
    await admin.leave();
    const helper = await stage.enter("equipe");
    assert.deepEqual(await slotsThatLack(helper), []);
    assert.equal(await helper.open(href), 404);
    helper.complaints.length = 0;
    await helper.leave();
  });
});
