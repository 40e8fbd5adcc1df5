// A town invites the associations of its directory: from a file out of an office to the one that came.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { Person } from "../lib/person.mjs";
import { startServer } from "../lib/server.mjs";
import { link, startSmtp } from "../lib/smtp.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
let browser, server, smtp;
before(async () => {
  browser = await launch();
  smtp = await startSmtp();
  server = await startServer({ env: { SMTP_URL: smtp.url } });
});
after(async () => {
  await browser.close();
  await server.stop();
  await smtp.stop();
});

describe("letters to associations", () => {
  for (const scripts of [true, false]) {
    test(`from the directory to the association that comes, ${scripts ? "with" : "without"} scripts`, async () => {
      const way = { width: scripts ? 1280 : 360, language: "fr", scripts };
      const town = await Person.enter(browser, server.url, way, t);
      await town.signIn("coordination@demo.example", "demonstration-2020");
      if (scripts) await town.page.waitForURL(/mon-espace/);
      await town.open("/coordination/83126");
      await town.follow(t("letters.directory_title"));
      await town.sees(t("letters.directory_title"));

      // As a spreadsheet of an office writes it: Windows-1252, semicolons, a line that is no good.
      const name = scripts ? "Les Hélices solidaires" : "Les Échassiers";
      const email = `contact-${scripts}@helices.example`;
      const table = `Dénomination;Adresse électronique;Domaine\r\n"${name}";${email};Solidarité\r\nSans adresse;;\r\n`;
      await town.page.locator('input[type="file"]').setInputFiles({ name: "annuaire.csv", mimeType: "text/csv", buffer: Buffer.from(table, "latin1") });
      await Promise.all([town.page.waitForURL(/annuaire\/import/), town.page.getByRole("button", { name: t("letters.import_check") }).click()]);
      await town.settled();
      await town.sees(t("letters.preview_title"));
      await town.reads(name);
      await town.reads(t("letters.refused_title"));
      await town.press(t("letters.import_submit", { n: 1 }));
      await town.sees(t("letters.directory_title"));

      await town.follow(t("letters.see_letters"));
      await town.sees(t("letters.letters_title"));
      await town.press(t("letters.begin"));
      await town.page.waitForURL(/lettres\/[0-9a-f-]{36}/);
      await town.settled();
      await town.fill(t("letters.subject"), "Invitation à {associations}");
      await town.isRefused(t("letters.save_and_preview"));
      await town.fill(t("letters.subject"), "Invitation à {association}");
      await town.press(t("letters.save_and_preview"));
      await town.sees("Invitation à …");
      await town.page.getByText(/^Envoyer à/).click();
      await town.page.getByRole("button", { name: /^Oui, envoyer/ }).click();
      await town.page.getByRole("heading", { name: t("letters.recipients") }).waitFor();

      const letter = await smtp.mail(email, `Invitation à ${name}`);
      const guest = await Person.enter(browser, server.url, { ...way, width: 360 }, t);
      await guest.open(link(letter, "/lettre/"));
      await guest.sees(t("letters.welcome_title", { association: name }));
      await guest.press(t("letters.welcome_follow"));
      await town.page.reload();
      const line = town.page.getByRole("row").filter({ hasText: email });
      await line.getByText(t("letters.state_opened")).waitFor();
      await guest.open(link(letter, "/lettre/"));
      await guest.press(t("letters.welcome_stop"));
      await town.page.reload();
      await line.getByText(t("letters.state_stopped")).waitFor();
      await Promise.all([town.leave(), guest.leave()]);
    });
  }
});
