// What every page owes its readers, on the demonstration data.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, hydrated, launch, visit, visitor } from "../lib/browser.mjs";
import { Person } from "../lib/person.mjs";
import { startServer } from "../lib/server.mjs";
import { texts } from "../lib/texts.mjs";

const PASSWORD = "demonstration-2020";
const t = texts("fr");
let browser, server;
before(async () => {
  browser = await launch();
  server = await startServer();
});
after(async () => {
  await browser.close();
  await server.stop();
});

/** The pages that a page links to, on this site, without their query; what leads to a file is marked as external. */
const links = (page) =>
  page.evaluate(() => [...new Set([...document.querySelectorAll('a[href]:not([rel~="external"])')].map((a) => new URL(a.href)).filter((url) => url.origin === location.origin).map((url) => url.pathname))]);

describe("every page that a person can reach", () => {
  const people = [
    { who: null, width: 360 },
    { who: "volontaire", width: 360 },
    { who: "association", width: 1280 },
    { who: "equipe", width: 360 },
    { who: "coordination", width: 1280 },
    { who: "reseau", width: 1280 },
  ];
  for (const { who, width } of people) {
    test(`${who ?? "a visitor"}: answers, is well made, hydrates without a word`, async () => {
      const person = await Person.enter(browser, server.url, { width, language: "fr", scripts: true }, t);
      if (who) {
        await person.signIn(`${who}@demo.example`, PASSWORD);
        await person.page.waitForURL(/mon-espace/);
      }
      // One page of each kind: those that differ by their ids alone look alike.
      const kind = (path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}(\/[a-z0-9-]+)?$/, "*").replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "*").replace(/(communes\/)\d{5}(\/[a-z-]+)?$/, "$1*").replace(/\/\d{5}(?=\/|$)/, "/*");
      const waiting = ["/", "/missions", "/mon-espace"].filter((path) => who || path !== "/mon-espace");
      const seen = new Set(waiting.map(kind));
      let count = 0;
      while (waiting.length > 0 && count < 60) {
        const path = waiting.shift();
        assert.equal(await person.open(path), 200, path);
        await person.looksRight();
        count += 1;
        for (const next of await links(person.page)) {
          if (seen.has(kind(next)) || /^\/(demo|flux|api)/.test(next)) continue;
          seen.add(kind(next));
          waiting.push(next);
        }
      }
      assert.ok(count >= (who ? 8 : 6), `only ${count} pages`);
      await person.leave();
    });
  }
});

test("what does not exist says so, with its status", async () => {
  const context = await visitor(browser, server.url);
  await visit(context, async (page) => {
    for (const path of ["/nulle-part", "/missions/00000000-0000-7000-8000-000000000000", "/communes/00000", "/missions/x"]) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 404, path);
      await page.getByRole("heading", { level: 1, name: t("common.not_found_title") }).waitFor();
      await hydrated(page);
      assert.deepEqual(await axe(page), [], path);
    }
  }, { expected: [/status of 404/] });
  await context.close();
});

test("a town is completed while it is typed; the next letter cancels the question before", async () => {
  const person = await Person.enter(browser, server.url, { width: 360, language: "fr", scripts: true }, t);
  await person.signIn("volontaire@demo.example", PASSWORD);
  await person.page.waitForURL(/mon-espace/);
  await person.open("/mon-espace/profil");
  const cancelled = [];
  person.page.on("requestfailed", (request) => cancelled.push(request.url()));
  await person.page.route("**/api/search/communes*", async (route) => {
    await new Promise((wake) => setTimeout(wake, 300));
    await route.continue().catch(() => {});
  });
  const field = person.labelled(t("accounts.my_town"));
  await field.fill("");
  await field.pressSequentially("Ollioul", { delay: 60 });
  await person.page.waitForFunction(() => document.querySelector("#communes option")?.value === "Ollioules");
  assert.ok(cancelled.length > 0, "no question was cancelled");
  await person.leave();
});

test("the language is chosen on any page, and kept", async () => {
  const person = await Person.enter(browser, server.url, { width: 360, language: "fr", scripts: true }, t);
  await person.open("/missions");
  await person.press("English");
  await person.sees(texts("en")("search.title"));
  assert.equal(new URL(person.page.url()).pathname, "/missions");
  assert.equal(await person.page.locator("html").getAttribute("lang"), "en");
  await person.open("/");
  await person.sees(texts("en")("search.home_title"));
  await person.leave();
});

test("the keyboard alone reaches the content, then a mission", async () => {
  const person = await Person.enter(browser, server.url, { width: 1280, language: "fr", scripts: true }, t);
  await person.open("/");
  await person.page.keyboard.press("Tab");
  assert.equal(await person.page.evaluate(() => document.activeElement.textContent), t("frame.skip"));
  await person.page.keyboard.press("Enter");
  assert.equal(await person.page.evaluate(() => document.activeElement.id), "contenu");
  const link = person.page.locator("main article a").first();
  for (let presses = 0; presses < 60 && !(await link.evaluate((it) => it === document.activeElement)); presses += 1) {
    await person.page.keyboard.press("Tab");
  }
  const shown = await link.evaluate((it) => getComputedStyle(it, "::after").outlineStyle);
  assert.notEqual(shown, "none", "the focus is seen");
  await person.page.keyboard.press("Enter");
  await person.page.waitForURL(/\/missions\/[0-9a-f-]{36}/);
  await person.leave();
});

test("the summary of what was refused leads to the field", async () => {
  for (const scripts of [true, false]) {
    const person = await Person.enter(browser, server.url, { width: 360, language: "fr", scripts }, t);
    await person.open("/inscription");
    await person.isRefused(t("accounts.register_submit"));
    if (scripts) assert.ok(await person.page.evaluate(() => document.activeElement.matches(".error-summary")), "it takes the focus");
    await person.page.locator(".error-summary").getByRole("link", { name: t("fields.birth_date") }).click();
    assert.equal(await person.page.evaluate(() => document.activeElement.id), "birth_date");
    assert.ok(await person.page.locator("#birth_date").getAttribute("aria-describedby"));
    await person.leave();
  }
});

test("a volunteer's phone loads no other space; an organisation's admin loads hers when she goes there", async () => {
  const chunks = (person) => person.requests.filter((path) => /split_.*_chunk/.test(path));
  const person = await Person.enter(browser, server.url, { width: 360, language: "fr", scripts: true }, t);
  for (const path of ["/", "/missions", "/inscription", "/connexion"]) await person.open(path);
  await person.signIn("association@demo.example", PASSWORD);
  await person.page.waitForURL(/mon-espace/);
  await person.settled();
  assert.deepEqual(chunks(person), []);
  await person.page.locator('main a[href^="/organisation/"]').first().click();
  await person.reads(t("organisations.missions"));
  assert.ok(chunks(person).some((path) => /organisation_chunk/.test(path)));
  assert.ok(!chunks(person).some((path) => /coordination_chunk|network_chunk/.test(path)));
  await person.leave();
});

test("pages answer on a machine with one processor", async () => {
  // With a single worker a page that awaits data never ends (leptos issue 4647).
  const pinned = await startServer({ oneCpu: true });
  try {
    const paths = ["/", "/missions", "/missions?mots=colis", "/connexion", "/communes/83126"];
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const answer = await fetch(pinned.url + paths[index % paths.length], { signal: AbortSignal.timeout(25_000) });
        return [answer.status, (await answer.text()).includes("</main>")];
      }),
    );
    assert.ok(answers.every(([status, whole]) => status === 200 && whole), JSON.stringify(answers.find(([status]) => status !== 200)));
  } finally {
    await pinned.stop();
  }
});
