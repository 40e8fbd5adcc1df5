// Who came, hours that count, and a certificate that anyone can verify.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { demonstration } from "../lib/demo.mjs";
import { texts } from "../lib/texts.mjs";

const t = texts("fr");
const stage = demonstration();

/** Opens the first sheet that waits, from the organisation's space; the names on it. */
async function openSheet(person) {
  await person.open(await stage.ownOrganisation(person));
  const waiting = person.page.locator("section", { has: person.page.getByRole("heading", { name: t("attendance.to_note") }) });
  await person.open(await waiting.getByRole("link").first().getAttribute("href"));
  await person.sees(t("attendance.title"));
  const legends = await person.page.locator("fieldset.choices > legend").allInnerTexts();
  const before = t("attendance.mark", { name: "" });
  return legends.map((legend) => legend.replace(before, "").trim());
}

/** The answer about somebody. */
const answer = (person, name, mark) =>
  person.page.getByRole("group", { name: t("attendance.mark", { name }) }).getByLabel(t(`attendance.${mark}`)).check();

describe("attendance", () => {
  for (const scripts of [true, false]) {
    test(`people are noted and their hours validated, ${scripts ? "with" : "without"} scripts`, async () => {
      const person = await stage.enter("association", { scripts });
      const { page } = person;
      const names = await openSheet(person);
      assert.ok(names.length > 0, "somebody is expected");
      await answer(person, names[0], "late");
      await person.fill(t("attendance.hours", { name: names[0] }), "beaucoup");
      const refused = await person.isRefused(t("attendance.save"));
      assert.match(refused, new RegExp(t("problems.not_a_duration").slice(0, 20)));
      assert.equal(await person.labelled(t("attendance.hours", { name: names[0] })).inputValue(), "beaucoup");
      await person.fill(t("attendance.hours", { name: names[0] }), "1:15");
      await person.press(t("attendance.all_came"));
      await person.reads(t("notices.attendance_saved"));
      await page.locator("summary", { hasText: t("attendance.validate") }).click();
      await person.fill(t("attendance.thanks"), "Merci, à bientôt.");
      await person.press(t("attendance.validate_confirm"));
      await person.reads(t("notices.hours_validated"));
      await person.reads(t("attendance.all_validated"));
      await person.reads(/1\s?h\s?15/);
      assert.deepEqual(person.complaints, []);
    });
  }

  test("two admins of one organisation do not write over each other", async () => {
    const [one, other] = [await stage.enter("association"), await stage.enter("association", { width: 1280 })];
    const names = await openSheet(one);
    await openSheet(other);
    await answer(one, names[0], "present");
    await one.press(t("attendance.save"));
    await one.reads(t("notices.attendance_saved"));
    await answer(other, names[0], "absent");
    await other.press(t("attendance.save"));
    await other.reads(/entre-temps/);
    const group = other.page.getByRole("group", { name: t("attendance.mark", { name: names[0] }) });
    assert.ok(await group.getByLabel(t("attendance.present")).isChecked(), "what the first one noted is shown");
    assert.deepEqual([...one.complaints, ...other.complaints], []);
  });
});

describe("attendance without a network", () => {
  /** What the browser keeps under a name. */
  const kept = (person, name) => person.page.evaluate(async (name) => (await (await caches.open(name)).keys()).length, name);
  /** Until the sheet, what it asks for and its files are kept. */
  const isKept = (person) =>
    person.until(async () => {
      const kept = async (name) => (await (await caches.open(name)).keys()).map((request) => request.url);
      const loaded = performance.getEntriesByType("resource").map((entry) => entry.name).filter((url) => url.includes("/v/"));
      const files = await kept("files");
      return navigator.serviceWorker.controller && (await kept("sheets")).length >= 2 && loaded.every((url) => files.includes(url));
    });
  const isChecked = async (person, name, mark) =>
    assert.ok(await person.page.getByRole("group", { name: t("attendance.mark", { name }) }).getByLabel(t(`attendance.${mark}`)).isChecked());

  test("what is noted leaves once, and what somebody else noted meanwhile stays", async () => {
    const [person, other] = [await stage.enter("association"), await stage.enter("association", { width: 1280 })];
    const names = await openSheet(person);
    const address = person.page.url();
    await isKept(person);

    await stage.server.halt();
    await answer(person, names[0], "late");
    await person.page.getByRole("button", { name: t("attendance.save"), exact: true }).click();
    await person.reads(t("attendance.unsent"));
    await person.page.reload();
    await person.settled();
    await person.reads(t("attendance.unsent"));
    await isChecked(person, names[0], "late");
    await stage.server.resume();
    await person.page.getByRole("button", { name: t("attendance.send_now") }).click();
    await person.page.getByText(t("attendance.unsent")).waitFor({ state: "detached" });
    await person.page.reload();
    await isChecked(person, names[0], "late");
    assert.equal(await kept(person, "notes"), 0);

    await isKept(person);
    await stage.server.halt();
    await answer(person, names[0], "present");
    await person.page.getByRole("button", { name: t("attendance.all_came"), exact: true }).click();
    await person.reads(t("attendance.unsent"));
    await stage.server.resume();
    await other.open(address);
    await answer(other, names[0], "absent");
    await other.press(t("attendance.save"));
    await other.reads(t("notices.attendance_saved"));
    await person.page.getByRole("button", { name: t("attendance.send_now") }).click();
    await person.reads(/entre-temps/);
    await isChecked(person, names[0], "absent");

    // The phone is lent to a colleague before the network is back: what waits is neither theirs to see nor sent as theirs.
    const as = async (who) => {
      await person.context.clearCookies();
      await person.signIn(`${who}@demo.example`, "demonstration-2020");
      await person.page.waitForURL(/mon-espace/);
    };
    await isKept(person);
    await stage.server.halt();
    await answer(person, names[1], "late");
    await person.page.getByRole("button", { name: t("attendance.save"), exact: true }).click();
    await person.reads(t("attendance.unsent"));
    await stage.server.resume();
    await as("equipe");
    await person.open(address);
    assert.equal(await person.page.evaluate(async () => (await fetch("/hors-ligne/envoi")).text()), "sent=0&refused=0");
    assert.equal(await kept(person, "notes"), 1);
    await person.doesNotRead(t("attendance.unsent"));
    await as("association");
    await person.until(async () => (await (await caches.open("notes")).keys()).length === 0);
    await person.open(address);
    await isChecked(person, names[1], "late");

    await person.open("/mon-espace");
    await person.page.locator("details.menu > summary").click();
    await person.press(t("frame.sign_out"));
    await person.until(async () => !(await caches.has("sheets")));
    const real = [...person.complaints, ...other.complaints].filter((complaint) => !/ERR_|Failed to fetch|status of 403/.test(complaint));
    assert.deepEqual(real, []);
  });
});

describe("certificates", () => {
  test("a volunteer makes one, a visitor verifies it, it is taken back", async () => {
    const person = await stage.enter("volontaire");
    await person.follow(t("attendance.see_hours"));
    await person.sees(t("attendance.my_title"));
    await person.press(t("certificates.issue"));
    await person.reads(t("notices.certificate_issued"));
    const link = person.page.getByRole("link", { name: t("certificates.download") }).first();
    const [download] = await Promise.all([person.page.waitForEvent("download"), link.click()]);
    const number = /RF(-[2-9A-Z]{4}){3}/.exec(download.suggestedFilename())[0];
    const file = readFileSync(await download.path());
    assert.equal(file.subarray(0, 5).toString(), "%PDF-");
    const visitor = await stage.enter(null, { scripts: false });
    await visitor.open("/attestations");
    await visitor.fill(t("certificates.number"), number.toLowerCase().replaceAll("-", " "));
    await Promise.all([visitor.page.waitForEvent("domcontentloaded"), visitor.page.getByRole("button", { name: t("certificates.check") }).click()]);
    await visitor.reads(t("certificates.valid"));
    await visitor.open("/attestations/RF-2345-6789-ABCD");
    await visitor.reads(t("certificates.unknown_title"));
    await person.page.locator("summary", { hasText: t("certificates.revoke") }).first().click();
    await person.press(t("certificates.revoke_confirm"));
    await person.reads(t("notices.certificate_revoked"));
    await visitor.open(`/attestations/${number}`);
    await visitor.reads(t("certificates.revoked_title"));
    assert.deepEqual([...person.complaints, ...visitor.complaints], []);
  });
});
