// Figures of a town and of the network, and the file of a review on paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const FIGURES = "/coordination/83126/chiffres";
const t = texts("fr");
const stage = demonstration();

/** What a link gives to keep: its name and its bytes. */
async function kept(person, name) {
  const link = person.page.getByRole("link", { name }).filter({ visible: true }).first();
  const [download] = await Promise.all([person.page.waitForEvent("download"), link.click()]);
  return { name: download.suggestedFilename(), file: readFileSync(await download.path()) };
}

/** A table of semicolons as its rows. */
function table(file) {
  const text = file.toString("utf8");
  assert.equal(text.charCodeAt(0), 0xfeff, "a spreadsheet knows that it is UTF-8");
  return text.slice(1).trimEnd().split("\r\n").map((line) => line.split(";"));
}

/** The total that a chart's table says, column by column. */
const sums = (page, summary) =>
  page.locator("details", { has: page.locator("summary", { hasText: summary }) }).locator("tbody tr").evaluateAll((rows) =>
    rows.reduce((sum, row) => sum + [...row.querySelectorAll("td")].reduce((all, cell) => all + (parseInt(cell.textContent.replace(/\D/g, ""), 10) || 0), 0), 0),
  );

describe("figures of a town", () => {
  for (const scripts of [true, false]) {
    test(`the period is chosen, the table kept, ${scripts ? "with" : "without"} scripts`, async () => {
      const person = await stage.enter("coordination", { width: scripts ? 1280 : 360, scripts });
      const { page } = person;
      await person.open("/coordination/83126");
      await person.follow(t("figures.link"));
      await page.waitForURL(/chiffres$/);
      await person.sees(t("figures.title", { town: "La Seyne-sur-Mer" }));
      await person.reads(t("figures.in_period"));
      assert.ok((await page.getByRole("img").count()) >= 4, "charts that say what they are");

      await person.choose(t("figures.weeks"), "4");
      await Promise.all([page.waitForURL(/semaines=4/), page.getByRole("button", { name: t("figures.show") }).click()]);
      await person.settled();
      assert.equal(await page.locator("#semaines").inputValue(), "4");
      const { name, file } = await kept(person, t("figures.csv"));
      assert.match(name, /^chiffres-la-seyne-sur-mer-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
      const rows = table(file);
      assert.equal(rows.length, 6, "a head, four weeks, the whole");
      assert.equal(rows[0][0], t("figures.week"));
      const decided = rows.slice(1, 5).reduce((sum, row) => sum + Number(row[2]) + Number(row[3]) + Number(row[4]), 0);
      assert.equal(decided, await sums(page, t("figures.table_of", { title: t("figures.decisions") })), "the page and the file say the same");

      await page.locator("#du").fill("2026-05-31");
      await page.locator("#au").fill("2026-05-01");
      person.refusals += 1;
      await Promise.all([page.waitForURL(/du=2026-05-31/), page.getByRole("button", { name: t("figures.show") }).click()]);
      await person.settled();
      await page.getByRole("alert").filter({ hasText: t("common.form_refused") }).waitFor();
      assert.equal(await page.locator("#au").inputValue(), "2026-05-01", "what was typed is kept");
      await page.getByRole("alert").getByRole("link", { name: t("figures.to"), exact: true }).click();
      assert.equal(await page.evaluate(() => document.activeElement.id), "au");
      await person.leave();
    });
  }

  test("by the keyboard alone: from the field to a chart's numbers", async () => {
    const person = await stage.enter("coordination", { width: 1280 });
    const { page } = person;
    await person.open(FIGURES);
    await page.locator("#semaines").focus();
    const summary = page.locator("summary", { hasText: t("figures.table_of", { title: t("figures.decisions") }) });
    for (let presses = 0; presses < 20 && !(await summary.evaluate((it) => it === document.activeElement)); presses += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("columnheader", { name: t("figures.green_lights"), exact: true }).first().waitFor();
    await person.leave();
  });

  test("a year on a phone, in English", async () => {
    const person = await stage.enter("coordination", { width: 360 });
    await person.press("English");
    await person.open(`${FIGURES}?semaines=52`);
    await person.sees(texts("en")("figures.title", { town: "La Seyne-sur-Mer" }));
    await person.reads(texts("en")("figures.volunteers_chart"));
    // The language is the account's, whoever signs in next.
    await person.press("Français");
    await person.leave();
  });
});

describe("figures of the network", () => {
  for (const scripts of [true, false]) {
    test(`one line a town, which leads to its page, ${scripts ? "with" : "without"} scripts`, async () => {
      const person = await stage.enter("reseau", { width: scripts ? 360 : 1280, scripts });
      await person.open("/reseau");
      await person.follow(t("figures.link"));
      await person.sees(t("figures.network_title"));
      const rows = table((await kept(person, t("figures.csv"))).file);
      assert.equal(rows.length, 6, "a head, four towns, the whole");
      const seyne = rows.find((row) => row[0] === "La Seyne-sur-Mer");
      assert.equal(seyne[1], "INSEE 83126");
      await person.follow("La Seyne-sur-Mer");
      await person.sees(t("figures.title", { town: "La Seyne-sur-Mer" }));
      await person.leave();
    });
  }
});

describe("the file of a review", () => {
  for (const scripts of [true, false]) {
    test(`is kept as a PDF and printed, ${scripts ? "with" : "without"} scripts`, async () => {
      const person = await stage.enter("coordination", { width: scripts ? 1280 : 360, scripts });
      const { page } = person;
      await person.open("/coordination/83126?onglet=termines");
      await page.locator("[data-line]").first().click();
      await page.waitForURL(/dossiers/);
      await person.settled();
      const { name, file } = await kept(person, t("reviews.download_file"));
      assert.match(name, /^dossier-.*\.pdf$/);
      assert.ok(file.subarray(0, 5).equals(Buffer.from("%PDF-")) && file.length > 10_000);

      if (scripts) {
        await page.evaluate(() => {
          window.print = () => (window.printed = document.querySelectorAll("main details:not([open])").length);
        });
        await page.getByRole("link", { name: t("reviews.print_file") }).click();
        assert.equal(await page.evaluate(() => window.printed), 0, "everything is open");
      } else {
        const address = await page.getByRole("link", { name: t("reviews.print_file") }).getAttribute("href");
        const answer = await page.request.get(address);
        assert.equal(answer.headers()["content-disposition"], "inline");
      }
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator("main .btn").filter({ visible: true }).count(), 0, "nothing to press on paper");
      await person.leave();
    });
  }
});
