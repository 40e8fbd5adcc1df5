// The site's own texts, so that journeys look for what a person reads, in either language.
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const locales = fileURLToPath(new URL("../../app/locales/", import.meta.url));

/** `texts("fr")("network.town")`; what stands between braces comes from `facts`, the plural from `facts.n`. */
export function texts(language) {
  const folder = join(locales, language);
  const table = Object.fromEntries(
    readdirSync(folder).map((file) => [basename(file, ".json"), JSON.parse(readFileSync(join(folder, file), "utf8"))]),
  );
  const plural = new Intl.PluralRules(language);
  return (key, facts = {}) => {
    const [feature, name] = key.split(".");
    const entry = table[feature]?.[name];
    if (entry === undefined) throw new Error(`No text ${key} in ${language}`);
    const text = typeof entry === "string" ? entry : (entry[plural.select(facts.n)] ?? entry.other);
    return text.replace(/\{(\w+)\}/g, (_, fact) => String(facts[fact]));
  };
}
