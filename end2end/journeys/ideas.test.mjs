// An association without an account tells a town of its idea; the town answers, makes a draft of it, and the association
// takes over.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { Person } from "../lib/person.mjs";
import { startServer } from "../lib/server.mjs";
import { link, startSmtp } from "../lib/smtp.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const TOWN = "La Seyne-sur-Mer";
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

describe("ideas", () => {
  for (const scripts of [true, false]) {
    test(`from a visitor's idea to the association's draft, ${scripts ? "with" : "without"} scripts`, async () => {
      const way = { width: 360, language: "fr", scripts };
      const name = scripts ? "Les Échassiers du port" : "La Boîte à outils";
      const email = `odile-${scripts}@idees.example`;
      const visitor = await Person.enter(browser, server.url, way, t);
      await visitor.open("/communes/83126");
      await visitor.follow(t("search.tell_idea"));
      await visitor.sees(t("ideas.new_title"));
      await visitor.fill(t("ideas.what"), "Réparer.");
      await visitor.fill(t("ideas.association"), name);
      await visitor.isRefused(t("ideas.submit"));
      assert.equal(await visitor.labelled(t("ideas.association")).inputValue(), name);
      await visitor.fill(t("ideas.what"), "Réparer des vélos avec les enfants. Mon numéro : 06 39 98 12 34.");
      await visitor.fill(t("ideas.whom"), "Les enfants de Berthe");
      await visitor.fill(t("ideas.contact_name"), "Odile Prune");
      await visitor.fill(t("ideas.email"), email);
      await visitor.press(t("ideas.submit"));
      await visitor.reads(t("notices.idea_sent"));
      const received = await smtp.mail(email, t("mails.idea_received_subject", { town: TOWN }));

      const town = await Person.enter(browser, server.url, { ...way, width: scripts ? 1280 : 360 }, t);
      await town.signIn("coordination@demo.example", "demonstration-2020");
      if (scripts) await town.page.waitForURL(/mon-espace/);
      await town.open("/coordination/83126");
      await town.follow(t("ideas.list_title"));
      await town.sees(t("ideas.list_title"));
      await town.page.getByRole("row").filter({ hasText: name }).getByRole("link").click();
      await town.sees("Réparer des vélos avec les enfants");
      await town.reads(email);
      await town.isRefused(t("ideas.answer_submit"));
      await town.fill(t("ideas.answer"), "Bonjour, quel jour pensez-vous venir ?");
      await town.press(t("ideas.answer_submit"));
      await town.reads(t("notices.idea_answered"));
      await smtp.mail(email, t("mails.idea_answered_subject", { town: TOWN }));

      await visitor.open(link(received, "/idee/"));
      await visitor.sees(t("ideas.exchange_title"));
      await visitor.reads("Bonjour, quel jour pensez-vous venir ?");
      await visitor.fill(t("ideas.reply"), "Le mercredi après-midi.");
      await visitor.press(t("ideas.reply_submit"));
      await visitor.reads("Le mercredi après-midi.");

      await town.page.reload();
      await town.settled();
      await town.reads("Le mercredi après-midi.");
      await town.unfold(t("ideas.turn"));
      await town.press(t("ideas.turn_submit"));
      await town.reads(t("notices.idea_turned"));
      await town.reads(t("ideas.draft_of", { organisation: name }));

      const invitation = await smtp.mail(email, t("mails.idea_invitation_subject"));
      await visitor.open(link(invitation, "/invitation/"));
      await visitor.sees(t("network.invitation_organisation_title", { organisation: name }));
      await visitor.fill(t("accounts.given_name"), "Odile");
      await visitor.fill(t("accounts.family_name"), "Prune");
      await visitor.fill(t("accounts.password"), "huit grandes girafes violettes");
      await visitor.press(t("network.invitation_join"));
      if (scripts) await visitor.page.waitForURL(/\/organisation\//);
      await visitor.sees(name);
      await visitor.follow("Réparer des vélos avec les enfants");
      await visitor.sees(t("missions.text_title"));
      const description = await visitor.labelled(t("missions.description")).inputValue();
      assert.match(description, /Les enfants de Berthe/);
      assert.doesNotMatch(description, /06 39/);
      await Promise.all([town.leave(), visitor.leave()]);
    });
  }
});
