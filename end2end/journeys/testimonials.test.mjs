// What volunteers say, on the demonstration data: one writes, is sent back with a reason, mends it, is read by everybody and takes
// it back; the organisation answers; two coordinators act at once. With and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const TOWN = "/coordination/83126";
const t = texts("fr");
const stage = demonstration();

/** The addresses that links of the page lead to. */
const hrefs = (person, start) => person.page.locator(`main a[href^="${start}"]`).evaluateAll((all) => all.map((link) => link.getAttribute("href")));

/** Somewhere to write: a mission that one came to, whose page everybody sees. */
async function somewhere(person) {
  await person.open("/mon-espace");
  await person.follow(t("testimonials.own_title"));
  await person.sees(t("testimonials.own_title"));
  for (const own of await hrefs(person, "/mon-espace/temoignages/")) {
    const mission = own.replace("/mon-espace/temoignages", "/missions");
    if ((await person.page.request.get(`${stage.server.url}${mission}`)).ok()) return { own, mission };
  }
  return assert.fail("a mission to tell of");
}

async function write(person, own, text) {
  await person.open(own);
  await person.sees(t("testimonials.write_title"));
  await person.fill(t("testimonials.text"), text);
  await person.tick(t("testimonials.a_volunteer"));
  await person.tick(t("testimonials.consent"));
}

/** The page of the text that begins so, from the coordinators' list. */
async function find(person, text) {
  await person.open(TOWN);
  await person.follow(new RegExp(`^\\s*${t("testimonials.desk_title")}`));
  await person.sees(t("testimonials.desk_title"));
  await person.open(await person.page.locator("main a", { hasText: text.slice(0, 60) }).first().getAttribute("href"));
  // A space that does not break is any space to whoever looks for a heading.
  await person.sees(new RegExp(`^${t("testimonials.file_title", { mission: "" }).replace(/\s/g, "\\s?")}`));
}

describe("testimonials", () => {
  for (const scripts of [false, true]) {
    test(`one is written, sent back, mended, read by everybody and taken back, ${scripts ? "with" : "without"} scripts`, async () => {
      const about = scripts ? "avec" : "sans";
      const named = `Une belle matinée ${about} Madame Prune, du troisième étage, qui nous a tous fait rire.`;
      const mended = `Une belle matinée ${about} des voisins qui nous ont tous fait rire, malgré la pluie.`;
      const [volunteer, coordinator, visitor] = [await stage.enter("volontaire", { scripts }), await stage.enter("coordination", { scripts, width: 1280 }), await stage.enter(null, { scripts })];
      const { own, mission } = await somewhere(volunteer);

      const phone = "Appelez-moi au 06 39 98 12 34 si vous hésitez encore à venir aider.";
      await write(volunteer, own, phone);
      const refused = await volunteer.isRefused(t("testimonials.send"));
      assert.ok(refused.includes(t("problems.contact_details").slice(0, 40)), refused);
      assert.equal(await volunteer.labelled(t("testimonials.text")).inputValue(), phone, "what was typed is kept");
      await volunteer.fill(t("testimonials.text"), named);
      await volunteer.press(t("testimonials.send"));
      await volunteer.reads(t("notices.submitted"));
      await volunteer.reads(t("testimonials.next_waiting"));

      await visitor.open(mission);
      await visitor.doesNotRead(named);
      await find(coordinator, named);
      await coordinator.unfold(t("testimonials.refuse"));
      await coordinator.tick(t("testimonials.why_names"));
      await coordinator.press(t("testimonials.refuse"));
      await coordinator.reads(t("notices.saved"));

      await volunteer.open(own);
      await volunteer.reads(t("testimonials.next_refused"));
      await volunteer.reads(t("testimonials.why_names"));
      await volunteer.fill(t("testimonials.text"), mended);
      await volunteer.tick(t("testimonials.consent"));
      await volunteer.press(t("testimonials.send"));
      await volunteer.reads(t("testimonials.next_waiting"));

      await find(coordinator, mended);
      await coordinator.press(t("testimonials.publish"));
      await coordinator.reads(t("notices.saved"));
      await visitor.open(`${mission}?lu=1`);
      await visitor.reads(mended);
      await visitor.reads(t("testimonials.a_volunteer"));
      await visitor.looksRight();
      assert.equal(await visitor.open(`${mission}/temoignages`), 200);
      await visitor.sees(t("testimonials.heading"));
      await visitor.reads(mended);

      await volunteer.open(own);
      await volunteer.reads(t("testimonials.next_published"));
      await volunteer.unfold(t("testimonials.withdraw"));
      await volunteer.press(t("testimonials.withdraw_confirm"));
      await volunteer.reads(t("testimonials.next_withdrawn"));
      await visitor.open(`${mission}?lu=2`);
      await visitor.doesNotRead(mended);
      for (const person of [volunteer, coordinator, visitor]) await person.leave();
    });
  }

  test("an organisation answers once the town has read it, and reports", async () => {
    const [admin, coordinator] = [await stage.enter("association"), await stage.enter("coordination", { width: 1280 })];
    await admin.open("/mon-espace");
    const space = (await hrefs(admin, "/organisation/")).find((href) => /^\/organisation\/[0-9a-f-]{36}$/.test(href));
    await admin.open(space);
    await admin.follow(t("testimonials.theirs_title"));
    await admin.sees(t("testimonials.theirs_title"));
    const said = await admin.page.locator("article blockquote").first().innerText();
    await admin.unfold(t("testimonials.reply"));
    await admin.fill(t("testimonials.your_reply"), "Merci d’être venue, et à bientôt !");
    await admin.press(t("testimonials.reply_send"));
    await admin.reads(t("testimonials.waiting"));
    await admin.unfold(t("testimonials.report"));
    await admin.fill(t("common.reason"), "Cela ne s’est pas passé ainsi.");
    await admin.press(t("testimonials.report_confirm"));
    await admin.reads(t("testimonials.reported"));

    await find(coordinator, said);
    await coordinator.press(t("testimonials.publish_reply"));
    await coordinator.reads(t("notices.saved"));
    await find(coordinator, said);
    await coordinator.unfold(t("testimonials.keep"));
    await coordinator.fill(t("testimonials.word"), "C’est l’avis de cette personne : il reste.");
    await coordinator.press(t("testimonials.keep"));
    await coordinator.reads(t("notices.saved"));
    await admin.open(`${space}/temoignages`);
    await admin.doesNotRead(t("testimonials.reported"));
    await admin.leave();
    await coordinator.leave();
  });

  test("of two coordinators the second sees what happened", async () => {
    const [one, other] = [await stage.enter("coordination", { width: 1280 }), await stage.enter("coordination")];
    await one.open(`${TOWN}/temoignages`);
    const waiting = await one.page.locator("tr", { hasText: t("testimonials.awaits_text") }).getByRole("link").first().getAttribute("href");
    await one.open(waiting);
    await other.open(waiting);
    await one.press(t("testimonials.publish"));
    await one.reads(t("notices.saved"));
    await other.unfold(t("testimonials.refuse"));
    await other.tick(t("testimonials.why_off_topic"));
    await other.press(t("testimonials.refuse"));
    await other.reads(/Entre-temps/);
    await other.reads(t("testimonials.published"));
    await one.leave();
    await other.leave();
  });
});
