// The team of an organisation, on the demonstration data: a colleague is invited and joins by the letter's link, without an
// account; a helper sees what volunteers need and nothing else; roles change; one hands over and leaves. And fewer places
// than people hold. With and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const stage = demonstration();

describe("the team", () => {
  for (const scripts of [false, true]) {
    test(`takes in a colleague without an account, ${scripts ? "with" : "without"} scripts`, async () => {
      const email = `ami.${scripts ? "avec" : "sans"}@voisins.example`;
      const admin = await stage.enter("association", { scripts });
      const space = await stage.ownOrganisation(admin);
      await admin.open(space);
      await admin.follow(t("team.link"));
      await admin.sees(t("team.title"));
      await admin.fill(t("team.email"), "pas une adresse");
      await admin.isRefused(t("team.invite_submit"));
      await admin.fill(t("team.email"), email);
      await admin.press(t("team.invite_submit"));
      await admin.reads(t("notices.invited"));
      await admin.reads(email);

      const guest = await stage.enter(null, { scripts });
      await guest.open(await stage.letter(guest, email, "/invitation/"));
      await guest.fill(t("accounts.given_name"), "Dominique");
      await guest.fill(t("accounts.family_name"), scripts ? "Avec" : "Sans");
      await guest.fill(t("accounts.password"), "quatre tortues violettes");
      await guest.press(t("network.invitation_join"));
      await guest.page.waitForURL(new RegExp(`${space}(\\?|$)`));
      await guest.settled();
      await guest.looksRight();
      await guest.doesNotRead(t("organisations.propose"));
      assert.equal(await guest.open(`${space}/modifier`), 404, "a helper has no form of the organisation");
      guest.complaints.length = 0;

      // Rises, and hands nothing over that is not theirs.
      await admin.open(`${space}/equipe`);
      const name = `Dominique ${scripts ? "Avec" : "Sans"}`;
      await admin.unfold(t("team.make_admin", { name }));
      await admin.press(t("team.make_confirm"));
      await admin.reads(t("notices.role_changed"));
      await guest.open(`${space}/equipe`);
      await guest.sees(t("team.title"));
      await guest.unfold(t("team.leave"));
      await guest.press(t("team.leave_confirm"));
      await guest.page.waitForURL(/mon-espace/);
      await guest.reads(t("notices.team_left"));
      assert.equal(await guest.open(`${space}/equipe`), 404);
      guest.complaints.length = 0;
      await admin.leave();
      await guest.leave();
    });
  }

  test("keeps its only admin until somebody is named", async () => {
    const admin = await stage.enter("association");
    const space = await stage.ownOrganisation(admin);
    await admin.open(`${space}/equipe`);
    await admin.unfold(t("team.leave"));
    await admin.isRefused(t("team.leave_confirm"));
    await admin.reads(t("problems.last_admin"));
    await admin.leave();
  });

  test("has helpers who see the volunteers and nothing else", async () => {
    const helper = await stage.enter("equipe");
    const space = await stage.ownOrganisation(helper);
    await helper.open(space);
    await helper.looksRight();
    await helper.doesNotRead(t("organisations.presentation"));
    await helper.page.locator('a[href$="/candidatures"]').first().click();
    await helper.sees(t("applications.answers_title"));
    await helper.doesNotRead(t("applications.export"));
    await helper.open(`${space}/equipe`);
    await helper.sees(t("team.title"));
    await helper.doesNotRead(t("team.invite"));
    await helper.leave();
  });
});

describe("fewer places", () => {
  test("are taken from whom the organisation chooses, with a reason", async () => {
    const admin = await stage.enter("association");
    const space = await stage.ownOrganisation(admin);
    await admin.open(space);
    const missions = await admin.page.locator(`a[href^="${space}/missions/"][href$="/candidatures"]`).evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    let found;
    for (const href of new Set(missions)) {
      await admin.open(href.replace(/candidatures$/, "relecture"));
      const links = await admin.page.locator('a[href$="/places"]').evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      for (const link of links) {
        await admin.open(`${link}?places=1`);
        if ((await admin.page.locator('input[type="checkbox"]:checked').count()) > 0) {
          found = link;
          break;
        }
      }
      if (found) break;
    }
    assert.ok(found, "a slot that people have");
    await admin.sees(t("planning.reduce_title"));
    await admin.isRefused(t("planning.reduce_confirm"));
    await admin.fill(t("common.reason"), "Le camion est en panne.");
    await admin.press(t("planning.reduce_confirm"));
    await admin.reads(t("notices.places_reduced"));
    await admin.open(`${found}?places=1`);
    await admin.reads(t("planning.reduce_closed"));
    await admin.leave();
  });
});
