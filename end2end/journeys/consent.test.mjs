// Somebody of sixteen offers help: nothing is reserved before a parent consents by the link of an e-mail, the organisation
// sees that and nothing more, and the parent can take it back. With and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const stage = demonstration();
const PASSWORD = "trois girafes patientes";

/** An account of somebody of sixteen, its address confirmed. */
async function register(person, email) {
  await person.open("/inscription?pour=aider");
  await person.fill(t("accounts.given_name"), "Lou");
  await person.fill(t("accounts.family_name"), "Jeune");
  await person.fill(t("accounts.birth_date"), `${new Date().getFullYear() - 17}-12-31`);
  await person.fill(t("accounts.email"), email);
  await person.fill(t("accounts.password"), PASSWORD);
  await person.press(t("accounts.register_submit"));
  await person.open(await stage.letter(person, email, "/confirmer/"));
  await person.press(t("accounts.confirm_submit"));
  await person.reads(t("notices.confirmed"));
}

/** The first mission that takes people of sixteen, on the page where one applies. */
async function open(person) {
  await person.open("/missions?commune=83126");
  const missions = await person.page.locator('main h3 a[href^="/missions/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  for (const address of missions) {
    await person.open(address);
    if ((await person.page.getByRole("link", { name: t("missions.apply"), exact: true }).filter({ visible: true }).count()) === 0) continue;
    const title = (await person.page.locator("h1").innerText()).trim();
    await person.follow(t("missions.apply"));
    await person.sees(t("applications.title_for", { mission: title }));
    if ((await person.page.getByLabel(new RegExp(t("applications.guardian"))).count()) > 0) return title;
  }
  return assert.fail("no mission takes people of sixteen");
}

for (const scripts of [true, false]) {
  test(`a parent consents, then takes it back, ${scripts ? "with" : "without"} scripts`, async () => {
    const [young, parent] = [`lou.${scripts}@jeune.example`, `parent.${scripts}@jeune.example`];
    const lou = await stage.enter(null, { scripts });
    await register(lou, young);
    const title = await open(lou);
    await lou.page.locator('input[name="form[slots][]"]').first().check();
    await lou.tick(t("applications.acknowledge"));
    await lou.fill(t("applications.guardian"), young);
    await lou.isRefused(t("missions.apply"));
    await lou.fill(t("applications.guardian"), parent);
    await lou.press(t("missions.apply"));
    await lou.reads(t("notices.guardian_awaited"));
    await lou.reads(t("applications.consent_awaited"));

    const guardian = await stage.enter(null, { scripts });
    const link = await stage.letter(guardian, parent, "/accord/");
    // Twice: a scanner opens links, and nothing comes of it.
    await guardian.open(link);
    await lou.open("/mon-espace");
    await lou.reads(t("applications.consent_awaited"));
    await guardian.open(link);
    await guardian.sees(t("guardian.asked_title", { name: "Lou" }));
    await guardian.reads(title);
    await guardian.press(t("guardian.consent"));
    await guardian.reads(t("notices.consent_given"));
    await lou.open("/mon-espace");
    await lou.reads(t("applications.consent_given"));

    await guardian.open(link);
    await guardian.press(t("guardian.withdraw"));
    await guardian.reads(t("notices.consent_withdrawn"));
    await guardian.sees(t("guardian.withdrawn_title", { name: "Lou" }));
    await lou.open("/mon-espace");
    await lou.reads(t("applications.consent_withdrawn"));
    assert.equal(await guardian.open(link.replace(/cle=.{8}/, "cle=AAAAAAAA")), 404, "a wrong key opens nothing");
    guardian.complaints.length = 0;
    await Promise.all([lou.leave(), guardian.leave()]);
  });
}

describe("nobody under sixteen", () => {
  test("is kept: the form says so, and keeps what was typed", async () => {
    const child = await stage.enter(null);
    await child.open("/inscription?pour=aider");
    await child.fill(t("accounts.given_name"), "Mo");
    await child.fill(t("accounts.family_name"), "Petit");
    await child.fill(t("accounts.birth_date"), `${new Date().getFullYear() - 15}-12-31`);
    await child.fill(t("accounts.email"), "mo@jeune.example");
    await child.fill(t("accounts.password"), PASSWORD);
    await child.isRefused(t("accounts.register_submit"));
    assert.equal(await child.labelled(t("accounts.given_name")).inputValue(), "Mo");
    await child.leave();
  });
});
