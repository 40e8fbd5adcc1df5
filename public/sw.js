// Attendance without a network: the sheets that somebody opened, what these pages load, and what was noted on them while
// nothing could be sent. Everything else goes to the network as if this were not here. Names and phone numbers are on these
// sheets: they go when somebody signs in or out, and after three days. A note names nobody; it is its account's until it leaves.

const [SHEETS, FILES, NOTES] = ["sheets", "files", "notes"];
const SHEET = /^\/organisation\/([\da-f-]+)\/missions\/([\da-f-]+)\/creneaux\/([\da-f-]+)\/presences$/;
const [READ, NOTE, LEAVE] = ["/api/attendance/sheet", "/api/attendance/note", "/api/accounts/sign-out"];
/** Whoever accepts an invitation is signed in as well. */
const ENTER = ["/api/accounts/sign-in", "/api/network/accept"];
/** What pages ask of this program rather than of the server. */
const [WAITING, SEND] = ["/hors-ligne/attente", "/hors-ligne/envoi"];
/** What answers of our own pages are written in. */
const WIRE = "application/octet-stream";
const FORM = "application/x-www-form-urlencoded;charset=UTF-8";
/** Milliseconds. */
const KEPT_FOR = 3 * 24 * 3600 * 1000;
/** How long a bad network may take before what is kept is shown, milliseconds. */
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data)));
self.addEventListener("sync", (event) => event.waitUntil(send()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  const { pathname } = url;
  if (request.method === "POST") {
    if (pathname === NOTE) event.respondWith(note(request));
    else if (pathname === LEAVE) event.respondWith(leave(request));
    else if (ENTER.includes(pathname)) event.respondWith(enter(event));
  } else if (request.method === "GET") {
    if (pathname === WAITING) event.respondWith(waiting(url.searchParams.get("page"), url.searchParams.get("by")));
    else if (pathname === SEND) event.respondWith(send().then((told) => new Response(told.toString())));
    else if (SHEET.test(pathname)) event.respondWith(fresh(event, pathname, readOf(pathname)));
    else if (pathname === READ && SHEET.test(pageOf(url.searchParams))) {
      const page = pageOf(url.searchParams);
      event.respondWith(fresh(event, readOf(page), page));
    } else if (isFile(pathname)) event.respondWith(file(request));
  }
});

/** Where a note waits: nobody else's is shown on a phone that several people use, nor written over. */
const noteOf = (page, by) => `${page}?${new URLSearchParams({ by })}`;
const isFile = (path) => path.startsWith("/v/") || path.startsWith("/icons/");
const pageOf = (of) => `/organisation/${of.get("organisation")}/missions/${of.get("mission")}/creneaux/${of.get("slot")}/presences`;
function readOf(page) {
  const [, organisation, mission, slot] = SHEET.exec(page);
  return `${READ}?${new URLSearchParams({ organisation, mission, slot })}`;
}

/** Fetches a sheet as a page, or what its page asks for, to be kept. */
async function take(path) {
  const headers = path.startsWith(READ) ? { accept: WIRE } : { accept: "text/html" };
  const answer = await fetch(path, { headers });
  const sheets = await caches.open(SHEETS);
  await (answer.ok && !answer.redirected ? sheets.put(path, answer) : sheets.delete(path));
}

const isRecent = (answer) => Date.now() - Date.parse(answer.headers.get("date") ?? "") < KEPT_FOR;

/** A page was opened: it, what it asks for and the files that it loaded are kept. */
async function keep([page, ...urls]) {
  if (!SHEET.test(page)) return;
  const sheets = await caches.open(SHEETS);
  for (const kept of await sheets.keys()) {
    if (!isRecent(await sheets.match(kept))) await sheets.delete(kept);
  }
  for (const path of [page, readOf(page)]) if (!(await sheets.match(path))) await take(path).catch(() => {});
  const files = await caches.open(FILES);
  const wanted = urls.filter((url) => url.startsWith(self.location.origin) && isFile(new URL(url).pathname));
  const build = wanted.map((url) => new URL(url).pathname.split("/")[2]).find((_, index) => wanted[index].includes("/v/"));
  for (const { url } of await files.keys()) if (url.includes("/v/") && !url.includes(`/v/${build}/`)) await files.delete(url);
  for (const url of wanted) if (!(await files.match(url))) await files.add(url).catch(() => {});
}

/** The network's answer, kept for later with its other form; what is kept where the network does not answer. */
async function fresh(event, path, other) {
  const sheets = await caches.open(SHEETS);
  const found = await sheets.match(path, { ignoreVary: true });
  const kept = found && isRecent(found) ? found : undefined;
  try {
    const late = new Promise((_, fail) => kept && setTimeout(fail, PATIENCE));
    const answer = await Promise.race([fetch(event.request), late]);
    if (answer.ok && !answer.redirected) {
      const copy = answer.clone();
      event.waitUntil(sheets.put(path, copy).then(() => take(other)).catch(() => {}));
    } else if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) {
      event.waitUntil(Promise.all([sheets.delete(path), sheets.delete(other)]));
    }
    return answer;
  } catch {
    return kept ?? Response.error();
  }
}

async function file(request) {
  return (await (await caches.open(FILES)).match(request, { ignoreVary: true })) ?? fetch(request);
}

/** Keeps what was noted, then sends it: a phone that is locked while a bad network takes its time loses nothing. */
async function note(request) {
  const fields = new URLSearchParams(await request.clone().text());
  const page = pageOf(fields);
  const own = noteOf(page, fields.get("by"));
  const notes = await caches.open(NOTES);
  // Hours are validated with a network alone: whoever does sees what everybody noted.
  if (fields.get("answer") === "validate") {
    const answer = await fetch(request);
    if (answer.ok) await notes.delete(own);
    return answer;
  }
  const kept = await notes.match(own);
  const before = ["waiting", "refused"].includes(kept?.headers.get("x-state")) ? await kept.text() : undefined;
  const body = asNoted(fields, new URLSearchParams(before)).toString();
  await notes.put(own, new Response(body, { headers: { "x-state": "waiting" } }));
  try {
    const late = new Promise((_, fail) => setTimeout(fail, PATIENCE));
    const { method, headers, referrer } = request;
    // What waited already leaves with it; so does what the server would have said of it.
    const sent = before ? fetch(request.url, { method, headers, referrer, body, redirect: "manual" }) : fetch(request);
    const answer = await Promise.race([sent, late]);
    // A server that is not well is no better than no network.
    if (answer.status === 429 || answer.status >= 500) throw answer;
    const mine = (await (await notes.match(own))?.text()) === body;
    if (mine && answer.ok) await notes.delete(own);
    // Where it leads is not told here, to the sheet or to signing in: its page sends again, which is written once.
    else if (mine && answer.type !== "opaqueredirect" && !isLater(answer.status)) {
      await (before ? notes.put(own, new Response(before, { headers: kept.headers })) : notes.delete(own));
    }
    return answer;
  } catch {
    self.registration.sync?.register("notes").catch(() => {});
    const wire = request.headers.get("accept") === WIRE;
    return wire ? new Response(null, { headers: { location: page } }) : Response.redirect(page, 303);
  }
}

/** Whether the same note may be taken later: by another session, or by a server that is well again. */
const isLater = (status) => [401, 403, 429].includes(status) || status >= 500;

/** The lines of a form: what each is called, by application. */
const linesOf = (fields) =>
  new Map([...fields].filter(([name]) => name.endsWith("[application]")).map(([name, of]) => [of, name.slice(0, -"[application]".length)]));

/** Person by person, for the page to show: «all the others came», and what waits already of whom this page says nothing. */
function asNoted(fields, before) {
  const waits = linesOf(before);
  for (const [of, line] of linesOf(fields)) {
    if (fields.get(`${line}[mark]`)) continue;
    const was = waits.get(of);
    if (was && before.get(`${was}[mark]`)) {
      for (const field of ["mark", "hours", "seen"]) fields.set(`${line}[${field}]`, before.get(`${was}[${field}]`) ?? "");
    } else if (fields.get("answer") === "rest" && !fields.get(`${line}[left]`)) {
      fields.set(`${line}[mark]`, "present");
    }
  }
  fields.set("answer", "save");
  return fields;
}

/** What waits on a sheet, of what somebody noted; or what became of it, which is told once. */
async function waiting(page, by) {
  const notes = await caches.open(NOTES);
  const kept = page && (await notes.match(noteOf(page, by)));
  if (kept?.headers.get("x-state") === "changed") await notes.delete(noteOf(page, by));
  return kept ? new Response(await kept.text(), { headers: kept.headers }) : new Response(null, { status: 204 });
}

/**
 * Sends what waits, once: `sent` sheets, `refused` sheets. Where somebody else had noted people meanwhile, how many is kept for
 * the sheet's page: the browser sends by itself, too. The server writes a note once that comes twice, and as whoever noted it: it
 * waits until they are signed in again.
 */
function send() {
  return navigator.locks.request("notes", async () => {
    const [notes, told] = [await caches.open(NOTES), { sent: 0, refused: 0 }];
    for (const own of await notes.keys()) {
      const kept = await notes.match(own);
      if (kept.headers.get("x-state") !== "waiting") continue;
      const body = await kept.text();
      // Noted before its sheet opens: it leaves then.
      if (Number(new URLSearchParams(body).get("form[opens]")) > Date.now()) continue;
      const answer = await fetch(NOTE, { method: "POST", headers: { accept: WIRE, "content-type": FORM }, body }).catch(() => null);
      if (!answer) break;
      // What was noted while this was on its way leaves on the next round.
      if ((await (await notes.match(own))?.text()) !== body) continue;
      if (answer.ok) {
        const changed = /changees=(\d+)/.exec(answer.headers.get("location"))?.[1];
        await (changed ? notes.put(own, new Response(changed, { headers: { "x-state": "changed" } })) : notes.delete(own));
        told.sent += 1;
      } else if (!isLater(answer.status)) {
        await notes.put(own, new Response(body, { headers: { "x-state": "refused" } }));
        told.refused += 1;
      }
    }
    return new URLSearchParams(told);
  });
}

const isDone = (answer) => answer.ok || answer.type === "opaqueredirect";

/** Whoever comes next finds no sheet; what waits for somebody else is theirs to send. */
async function leave(request) {
  await send();
  const answer = await fetch(request);
  if (isDone(answer)) await caches.delete(SHEETS);
  return answer;
}

/** Whoever comes finds no sheet of anybody else; what waited for them leaves. */
async function enter(event) {
  const answer = await fetch(event.request);
  if (isDone(answer)) {
    await caches.delete(SHEETS);
    event.waitUntil(send());
  }
  return answer;
}
