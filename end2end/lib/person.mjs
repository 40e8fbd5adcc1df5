// Somebody in front of the site: reads headings, fills in fields by their labels, presses buttons by their names.
import assert from "node:assert/strict";
import { axe, hydrated, visitor } from "./browser.mjs";

export class Person {
  /**
   * A person with a browser of their own. `way` is `{ width, language, scripts }`; `t` reads the site's texts.
   * Every page they see is checked once: axe finds nothing (where scripts run), nothing is wider than the screen.
   */
  static async enter(browser, url, way, t) {
    const context = await visitor(browser, url, {
      viewport: { width: way.width, height: way.width < 600 ? 740 : 800 },
      locale: way.language === "fr" ? "fr-FR" : "en-GB",
      javaScriptEnabled: way.scripts,
      isMobile: way.width < 600,
      hasTouch: way.width < 600,
    });
    return new Person(context, await context.newPage(), way, t);
  }

  constructor(context, page, way, t) {
    Object.assign(this, { context, page, way, t, checked: new Set(), complaints: [], requests: [] });
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      const expected = this.refusals > 0 && /status of 4\d\d/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !expected && !/was preloaded using link preload/.test(message.text()))
        this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    this.underWay = new Set();
    page.on("request", (request) => {
      this.requests.push(new URL(request.url()).pathname);
      if (request.resourceType() === "fetch") this.underWay.add(request);
    });
    page.on("response", (response) => this.underWay.delete(response.request()));
    page.on("requestfailed", (request) => this.underWay.delete(request));
    this.refusals = 0;
  }

  /** Goes to an address, typed or followed from a letter. */
  async open(address) {
    const answer = await this.page.goto(address);
    await this.settled();
    return answer.status();
  }

  /** Nothing is typed before the page's program has taken over, where one runs. */
  async settled() {
    if (this.way.scripts) await hydrated(this.page);
  }

  /** The page with this main heading is shown, and well made. */
  async sees(title) {
    await this.page.getByRole("heading", { level: 1, name: title, exact: typeof title === "string" }).waitFor();
    await this.settled();
    await this.looksRight();
  }

  /** These words are on the page. */
  async reads(words) {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor();
  }

  async doesNotRead(words) {
    assert.equal(await this.page.getByText(words).filter({ visible: true }).count(), 0, `${words} on ${this.page.url()}`);
  }

  async looksRight() {
    const kind = this.page.url().replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}/g, "*");
    if (this.checked.has(kind)) return;
    this.checked.add(kind);
    const [content, screen] = await this.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert.ok(content <= screen, `${kind} is ${content} px wide on a screen of ${screen}`);
    assert.equal(await this.page.locator("h1").count(), 1, `one main heading on ${kind}`);
    if (!this.way.scripts) return;
    // The program that takes over writes the title again.
    await this.page.waitForFunction(() => document.title !== "");
    assert.deepEqual(await axe(this.page), [], `axe on ${kind}`);
  }

  /** Types into the field with this label. */
  async fill(label, value) {
    await this.labelled(label).fill(value);
  }

  async choose(label, value) {
    await this.labelled(label).selectOption(value);
  }

  /** Ticks a box or picks an answer. */
  async tick(label) {
    await this.labelled(label).check();
  }

  labelled(label) {
    const start = typeof label === "string" ? new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s/g, "\\s")}`) : label;
    return this.page.getByLabel(start).filter({ visible: true }).first();
  }

  /** Presses a button; where scripts run, its answer has come when this returns. */
  async press(name) {
    const button = this.page.getByRole("button", { name, exact: true }).filter({ visible: true }).first();
    const reloads = !this.way.scripts || (await button.evaluate((it) => it.form?.dataset.anew !== undefined));
    if (reloads) {
      await Promise.all([this.page.waitForEvent("domcontentloaded"), button.click()]);
      await this.settled();
      return;
    }
    const answered = this.page.waitForResponse((answer) => answer.request().method() === "POST");
    await button.click();
    await answered;
    await this.page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    await this.quiet();
  }

  /** Waits until the page answers yes. Playwright's own `waitForFunction` takes any promise for one. */
  async until(asks) {
    for (let round = 0; round < 200; round += 1) {
      if (await this.page.evaluate(asks)) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`Never: ${asks}`);
  }

  /** Waits until the page has asked for nothing during 150 ms, or for 5 s: what an act changed is then shown. */
  async quiet() {
    for (let calm = 0, rounds = 0; calm < 3 && rounds < 100; rounds += 1) {
      await this.page.waitForTimeout(50);
      calm = this.underWay.size === 0 ? calm + 1 : 0;
    }
  }

  /** Presses a button whose form is refused: the summary says so, and takes the focus. */
  async isRefused(name) {
    this.refusals += 1;
    await this.press(name);
    const summary = this.page.getByRole("alert").filter({ hasText: this.t("common.form_refused") });
    await summary.waitFor();
    await this.settled();
    if (this.way.scripts) assert.deepEqual(await axe(this.page), [], `axe on the refused form of ${this.page.url()}`);
    const text = await summary.innerText();
    this.refusals -= 1;
    return text;
  }

  /** Follows a link. */
  async follow(name) {
    const link = this.page.getByRole("link", { name, exact: typeof name === "string" }).filter({ visible: true }).first();
    if (this.way.scripts) await link.click();
    else await Promise.all([this.page.waitForEvent("domcontentloaded"), link.click()]);
  }

  /** Opens what is folded away. */
  async unfold(name) {
    await this.page.locator("summary").filter({ hasText: name }).filter({ visible: true }).first().click();
  }

  /** The part of the site where scripts sign in: the same for everybody. */
  async signIn(email, password) {
    await this.open("/connexion");
    await this.fill(this.t("accounts.email"), email);
    await this.fill(this.t("accounts.password"), password);
    await this.press(this.t("accounts.sign_in_submit"));
  }

  /** Leaves; fails when the browser complained. */
  async leave() {
    await this.context.close();
    assert.deepEqual(this.complaints, [], "the browser complained");
  }
}
