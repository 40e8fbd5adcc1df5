// A volunteer and an organisation write to each other; what is abused is reported to the town, which reads that and nothing
// else. With and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const stage = demonstration();

/** Offers help for a mission of the demo's association; answers the mission's title. */
async function apply(person, taken) {
  await person.open("/mon-espace/favoris");
  const missions = await person.page.locator('main h3 a[href^="/missions/"]').evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.textContent.trim()]));
  for (const [address, title] of missions.filter(([, title]) => !taken.has(title))) {
    await person.open(address);
    const door = person.page.getByRole("link", { name: t("missions.apply"), exact: true }).filter({ visible: true });
    if ((await door.count()) === 0) continue;
    taken.add(title);
    await person.follow(t("missions.apply"));
    await person.sees(t("applications.title_for", { mission: title }));
    await person.page.locator('input[name="form[slots][]"]').last().check();
    await person.tick(t("applications.acknowledge"));
    await person.press(t("missions.apply"));
    await person.page.waitForURL(/mon-espace/);
    return title;
  }
  return assert.fail("no mission takes the volunteer");
}

describe("messages", () => {
  const taken = new Set();
  for (const scripts of [true, false]) {
    test(`are written, answered, reported and read by the town, ${scripts ? "with" : "without"} scripts`, async () => {
      const volunteer = await stage.enter("volontaire", { scripts });
      const title = await apply(volunteer, taken);
      await volunteer.open("/mon-espace");
      const own = volunteer.page.locator("article", { hasText: title });
      await volunteer.open(await own.getByRole("link", { name: new RegExp(`^${t("messages.link")}`) }).first().getAttribute("href"));
      await volunteer.sees(t("messages.title", { name: "L’Épicerie du port" }));
      await volunteer.isRefused(t("messages.send"));
      await volunteer.fill(t("messages.body"), "Où faut-il <b>sonner</b> ?");
      await volunteer.press(t("messages.send"));
      await volunteer.reads(t("notices.message_sent"));
      await volunteer.reads("Où faut-il <b>sonner</b> ?");
      const exchange = volunteer.page.url().split("?")[0];

      const admin = await stage.enter("association", { scripts });
      const door = await stage.letter(admin, "association@demo.example", "/candidatures/");
      await admin.doesNotRead("sonner");
      await admin.open(door);
      await admin.reads("Où faut-il <b>sonner</b> ?");
      await admin.press(t("messages.mark_read"));
      await admin.reads(t("notices.marked_read"));
      await admin.fill(t("messages.body"), "À la porte verte. Apportez donc votre carte bancaire.");
      await admin.press(t("messages.send"));
      await admin.reads(t("notices.message_sent"));

      await volunteer.open(exchange);
      await volunteer.reads(/carte bancaire/);
      await volunteer.unfold(t("messages.report"));
      await volunteer.isRefused(t("messages.report_confirm"));
      await volunteer.fill(t("common.reason"), "On me demande ma carte bancaire.");
      await volunteer.press(t("messages.report_confirm"));
      await volunteer.reads(t("notices.reported"));
      await volunteer.leave();

      const town = await stage.enter("coordination", { scripts, width: scripts ? 1280 : 360 });
      await town.open("/coordination/83126/signalements");
      await town.sees(t("messages.reports_title"));
      await town.page.getByRole("row").filter({ hasText: title }).filter({ hasText: t("messages.report_open") }).getByRole("link").first().click();
      await town.sees(t("messages.report_title", { mission: title }));
      await town.reads("On me demande ma carte bancaire.");
      await town.doesNotRead(/porte verte/);
      await town.press(t("messages.open"));
      await town.reads(/porte verte/);
      await town.fill(t("messages.word"), "Nous avons appelé l’association : ne donnez rien.");
      await town.press(t("messages.close"));
      await town.reads(t("notices.report_closed"));
      await stage.letter(town, "volontaire@demo.example", "/candidatures/");
      await town.reads(/ne donnez rien/);
      await Promise.all([admin.leave(), town.leave()]);
    });
  }
});
