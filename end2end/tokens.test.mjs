// Contrast of every pair of style/contrast.json in both themes, and the shape of the style sheets.
// Run: node --test end2end/tokens.test.mjs
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const style = join(dirname(fileURLToPath(import.meta.url)), "..", "style");
const read = (name) => readFileSync(join(style, name), "utf8");
const tokens = read("tokens.css").replace(/\/\*[\s\S]*?\*\//g, "");
const { pairs } = JSON.parse(read("contrast.json"));

function block(selector) {
  const start = tokens.indexOf(selector);
  assert.ok(start >= 0, `tokens.css has no ${selector}`);
  const open = tokens.indexOf("{", start);
  const body = tokens.slice(open + 1, tokens.indexOf("}", open));
  return new Map([...body.matchAll(/([\w-]+)\s*:\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));
}

const light = block(':root, [data-theme="light"] {');
const system = block(':root:not([data-theme="light"])');
const chosen = block('[data-theme="dark"] {');
const hex = /^#[0-9a-f]{6}$/;

function luminance(colour) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test("the dark list of the system and the dark list of the person are one", () => {
  assert.deepEqual([...system], [...chosen]);
});

test("every colour has its dark counterpart, and no other name is dark only", () => {
  const colours = [...light].filter(([, value]) => hex.test(value)).map(([name]) => name);
  assert.ok(colours.length > 20);
  for (const name of colours) assert.match(chosen.get(name) ?? "missing", hex, `${name} in the dark list`);
  for (const name of chosen.keys()) assert.ok(light.has(name), `${name} is missing in the light list`);
});

for (const [theme, list] of [["light", light], ["dark", chosen]]) {
  test(`contrast, ${theme}`, () => {
    const failures = [];
    for (const [mark, ground, least] of pairs) {
      const [a, b] = [list.get(`--${mark}`), list.get(`--${ground}`)];
      assert.match(a ?? "", hex, `--${mark} (${theme})`);
      assert.match(b ?? "", hex, `--${ground} (${theme})`);
      const ratio = contrast(a, b);
      if (ratio < least) failures.push(`${mark} on ${ground}: ${ratio.toFixed(2)} < ${least}`);
    }
    assert.deepEqual(failures, []);
  });
}

test("green only says cleared", () => {
  for (const [theme, list] of [["light", light], ["dark", chosen]]) {
    for (const [name, value] of list) {
      if (!hex.test(value) || name.includes("cleared")) continue;
      const [r, g, b] = [1, 3, 5].map((at) => parseInt(value.slice(at, at + 2), 16));
      assert.ok(g - Math.max(r, b) < 12, `${name} (${theme}) is green: ${value}`);
    }
  }
});

const files = [
  "layers.css", "reset.css", "tokens.css", "base.css", "layout.css",
  ...readdirSync(join(style, "components")).filter((f) => f.endsWith(".css")).sort().map((f) => `components/${f}`),
  ...readdirSync(join(style, "features")).filter((f) => f.endsWith(".css")).sort().map((f) => `features/${f}`),
  "utilities.css", "print.css",
];
const layerOf = (file) =>
  file.startsWith("components/") ? "components" : file.startsWith("features/") ? "features"
    : file === "print.css" ? "utilities" : file.replace(".css", "");

test("main.css imports every file, in the order of the build", () => {
  assert.deepEqual([...read("main.css").matchAll(/@import "\.\/([^"]+)"/g)].map(([, name]) => name), files);
});

test("each file is one layer whose first and last line can be taken off for browsers without @layer", () => {
  for (const file of files.slice(1)) {
    const lines = read(file).trimEnd().split("\n");
    assert.equal(lines[0], `@layer ${layerOf(file)} {`, file);
    assert.equal(lines.at(-1), "}", file);
    assert.equal(read(file).split("@layer").length, 2, `${file}: one @layer`);
  }
});

test("colours outside tokens.css come from tokens, and nothing needs what old phones lack", () => {
  for (const file of files.filter((f) => f !== "tokens.css" && f !== "print.css")) {
    const css = read(file).replace(/\/\*[\s\S]*?\*\//g, "");
    assert.doesNotMatch(css, /:[^;{}]*#[0-9a-fA-F]{3,8}\b/, `${file}: a colour of its own`);
    assert.doesNotMatch(css, /:is\(|:where\(|oklch|color-mix|\binset:|data:|@import|@container/, file);
  }
  const used = files.flatMap((f) => [...read(f).matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => [f, name]));
  const local = new Set(files.flatMap((f) => [...read(f).matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name)));
  for (const [file, name] of used) assert.ok(local.has(name), `${file}: ${name} is not defined`);
});

test("small enough", () => {
  const size = files.reduce((sum, file) => sum + Buffer.byteLength(read(file)), 0);
  assert.ok(size <= 72 * 1024, `${size} bytes`);
});
