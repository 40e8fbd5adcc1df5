// A real browser for the journeys: the system's Chromium, in French, and pages that must not complain.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts the browser. The caller closes it. */
export function launch() {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find(existsSync);
  if (!executablePath) throw new Error("No Chromium found: install it, or set CHROMIUM_PATH");
  const args = [
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-dev-shm-usage",
  ];
  // Chromium refuses its sandbox to root.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath, args });
}

/** One person's browser: cookies of their own. `options` are Playwright's, as `{ javaScriptEnabled: false }`. */
export function visitor(browser, baseURL, options = {}) {
  return browser.newContext({ baseURL, locale: "fr-FR", timezoneId: "Europe/Paris", reducedMotion: "reduce", ...options });
}

/**
 * Opens a page, gives it to `journey`, closes it; fails when the page complained in between.
 * `expected` holds what may be said: texts or regular expressions, as /404/ on a page that shows one.
 */
export async function visit(context, journey, { expected = [] } = {}) {
  const page = await context.newPage();
  const complaints = [];
  const isExpected = (text) => expected.some((it) => (it instanceof RegExp ? it.test(text) : text.includes(it)));
  const complain = (text) => isExpected(text) || complaints.push(`${page.url()}: ${text}`);
  page.on("pageerror", (error) => complain(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    const text = `${message.text()} ${message.location().url ?? ""}`;
    if (message.type() === "error" || (message.type() === "warning" && !isHarmless(text))) complain(text);
  });
  try {
    const result = await journey(page);
    if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join("\n")}`);
    return result;
  } catch (error) {
    if (complaints.length > 0 && !error.message.startsWith("The browser")) error.message += `\nThe browser said:\n${complaints.join("\n")}`;
    throw error;
  } finally {
    await page.close();
  }
}

// Chromium's advice on timing, which depends on how busy the machine is.
function isHarmless(warning) {
  return /was preloaded using link preload but not used/.test(warning);
}

/** Waits until the page's own program has taken over from the HTML: nothing is typed or clicked before. */
export async function hydrated(page) {
  await page.waitForFunction(() => document.documentElement.dataset.hydrated !== undefined);
}

/** What axe finds against WCAG 2.2 A and AA, as lines that name the rule and the elements. */
export async function axe(page, { rules = {}, exclude = [] } = {}) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    ([rules, exclude]) =>
      window.axe.run({ exclude }, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        rules,
      }),
    [rules, exclude],
  );
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}
