// A town's equipment: a depot, a delivery, a loss, a count that differs, a level that is reached, tables in and out.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { Person } from "../lib/person.mjs";
import { startServer } from "../lib/server.mjs";
import { startSmtp } from "../lib/smtp.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const e = (key, values) => t(`equipment.${key}`, values);
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

/** The text of a file that a button gives. */
async function downloaded(person, name) {
  const [file] = await Promise.all([
    person.page.waitForEvent("download"),
    person.page.getByRole("button", { name, exact: true }).click(),
  ]);
  return readFile(await file.path(), "utf8");
}

describe("equipment of a town", () => {
  for (const scripts of [true, false]) {
    test(`is received, counted, watched and carried, ${scripts ? "with" : "without"} scripts`, async () => {
      const way = { width: scripts ? 1280 : 360, language: "fr", scripts };
      const town = await Person.enter(browser, server.url, way, t);
      await town.signIn("coordination@demo.example", "demonstration-2020");
      if (scripts) await town.page.waitForURL(/mon-espace/);
      await town.open("/coordination/83126");
      await town.follow(e("title"));
      await town.sees(e("title"));
      // Masks are scarce from the start: an icon and a word say so.
      await town.reads(e("low"));

      // A depot of one's own; a name that is taken is refused beside its field.
      const depot = scripts ? "Gymnase Langevin" : "Salle Brassens";
      await town.unfold(e("add_depot"));
      await town.fill(e("depot_name"), "hotel de ville");
      assert.match(await town.isRefused(e("add_depot")), /déjà pris/);
      await town.fill(e("depot_name"), depot);
      await town.fill(e("depot_address"), "2 allée des Platanes");
      await town.press(e("add_depot"));
      await town.sees(depot);
      await town.reads("2 allée des Platanes");
      await town.reads(e("depot_empty"));

      // Something comes in.
      await town.open("/coordination/83126/materiel");
      await town.follow(e("receive"));
      await town.sees(e("receive"));
      await town.choose(e("equipment"), "thermometer");
      await town.fill(e("quantity"), "beaucoup");
      await town.choose(e("depot"), { label: depot });
      await town.isRefused(e("write_receive"));
      assert.equal(await town.labelled(e("quantity")).inputValue(), "beaucoup", "what was typed is kept");
      await town.fill(e("quantity"), "12");
      await town.fill(e("reason_received"), "=Pharmacie du port");
      await town.press(e("write_receive"));
      await town.sees(e("title"));
      await town.reads(t("notices.movement_written"));

      // A count finds fewer: it asks why.
      await town.follow(depot);
      await town.sees(depot);
      await town.follow(e("count"));
      await town.sees(e("count_title", { depot }));
      const line = town.page.getByRole("group", { name: "Thermomètre sans contact" });
      await line.getByLabel(e("counted")).fill("3");
      await town.isRefused(e("save_count"));
      await line.getByLabel(e("reason_if_different")).fill("Prêtés au stade");
      await town.press(e("save_count"));
      await town.sees(new RegExp(`^Inventaire du .* ${depot}$`));
      await town.reads("−9");
      await town.reads("Prêtés au stade");

      // A level is set, and reached: the coordinators get one e-mail.
      await town.open("/coordination/83126/materiel/seuils");
      await town.sees(e("levels_title"));
      await town.fill(/^Thermomètre/, "5");
      await town.press(t("common.save"));
      await town.sees(e("title"));
      await town.follow(e("lose"));
      await town.sees(e("lose"));
      await town.choose(e("equipment"), "thermometer");
      await town.fill(e("quantity"), "9");
      await town.choose(e("depot"), { label: depot });
      await town.fill(e("reason_lost"), "Piles coulées");
      assert.match(await town.isRefused(e("write_lose")), /3 disponible/);
      await town.fill(e("quantity"), "3");
      await town.press(e("write_lose"));
      await town.sees(e("title"));
      if (!scripts) {
        // The first way left six at the town hall and five as the level.
        await town.follow(e("lose"));
        await town.choose(e("equipment"), "thermometer");
        await town.fill(e("quantity"), "2");
        await town.choose(e("depot"), { label: "Hôtel de ville" });
        await town.fill(e("reason_lost"), "Écran cassé");
        await town.press(e("write_lose"));
        await town.sees(e("title"));
        const letter = await smtp.mail("coordination@demo.example", "du matériel de protection va manquer");
        assert.match(JSON.stringify(letter), /Thermom/);
      }

      // The ledger tells all of it; the tables run nothing.
      await town.follow(e("see_ledger"));
      await town.sees(e("ledger_title"));
      await town.unfold(e("filters"));
      await town.choose(e("depot"), { label: depot });
      await Promise.all([town.page.waitForURL(/depot=/), town.page.getByRole("button", { name: e("show") }).click()]);
      await town.sees(e("ledger_title"));
      await town.reads("Piles coulées");
      const ledger = await downloaded(town, e("export"));
      assert.match(ledger, /Thermomètre sans contact/);
      assert.match(ledger, /;'=Pharmacie du port;/);
      assert.equal(ledger.trim().split("\r\n").length, 4, "the table is filtered as its page is");

      // A delivery from a table, as a spreadsheet of an office writes it.
      await town.open("/coordination/83126/materiel/import");
      await town.sees(e("import_title"));
      const table = `Désignation;Quantité;Dépôt\r\nVisière de protection;40;${depot}\r\nFusée;1;${depot}\r\n`;
      await town.page.locator('input[type="file"]').setInputFiles({ name: "livraison.csv", mimeType: "text/csv", buffer: Buffer.from(table, "latin1") });
      await town.fill(e("import_reason"), "Livraison de décembre");
      await Promise.all([town.page.waitForURL(/import\/[0-9a-f-]{36}/), town.page.getByRole("button", { name: e("import_check") }).click()]);
      await town.settled();
      await town.sees(e("preview_title"));
      await town.reads(e("unknown_equipment", { name: "Fusée" }));
      await town.press(e("import_submit", { n: 1 }));
      await town.sees(e("title"));
      const stock = await downloaded(town, e("export"));
      assert.ok(stock.includes(`Visière de protection;visor;visière;${depot};40;0;40;`), stock);

      // A depot is closed once it is empty.
      await town.follow(depot);
      await town.sees(depot);
      await town.unfold(e("close_depot"));
      await town.isRefused(e("close_depot"));
      await town.open("/coordination/83126/materiel");
      await town.follow(e("transfer"));
      await town.sees(e("transfer"));
      await town.choose(e("equipment"), "visor");
      await town.fill(e("quantity"), "40");
      await town.choose(e("from_depot"), { label: depot });
      await town.choose(e("destination"), { label: "Hôtel de ville" });
      await town.press(e("write_transfer"));
      await town.sees(e("title"));
      await town.follow(depot);
      await town.sees(depot);
      await town.unfold(e("close_depot"));
      await town.press(e("close_depot"));
      await town.sees(e("title"));
      await town.reads(e("closed"));
      await town.leave();
    });
  }

  test("is read by the network, which edits the types; nobody else sees where a depot is", async () => {
    const network = await Person.enter(browser, server.url, { width: 360, language: "fr", scripts: true }, t);
    await network.signIn("reseau@demo.example", "demonstration-2020");
    await network.page.waitForURL(/mon-espace/);
    await network.open("/coordination/83126/materiel");
    await network.sees(e("title"));
    await network.doesNotRead(e("receive"));
    await network.open("/reseau");
    await network.follow(e("types_title"));
    await network.sees(e("types_title"));
    await network.unfold(e("type_add"));
    await network.fill(e("type_label_fr"), "Brassard fluorescent");
    await network.fill(e("type_label_en"), "Fluorescent armband");
    await network.fill(e("type_unit_fr"), "brassard");
    await network.isRefused(t("common.save"));
    await network.fill(e("type_unit_en"), "armband");
    await network.press(t("common.save"));
    await network.reads(/Brassard fluorescent \(brassard/);
    await network.leave();

    const visitor = await Person.enter(browser, server.url, { width: 360, language: "fr", scripts: false }, t);
    await visitor.open("/coordination/83126/materiel/stock.csv");
    assert.match(visitor.page.url(), /connexion/);
    await visitor.leave();
  });
});
