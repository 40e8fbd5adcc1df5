// Renfort's server for one journey: its own port, its own empty or demonstration database, gone at the end.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const clone = fileURLToPath(new URL("../../", import.meta.url));
/** The server's program. */
export const binary = process.env.SERVER_BIN ?? join(clone, "target/server");

/**
 * Starts a server and waits until it can serve.
 * `demo` fills the demonstration data; `database` is "sqlite" or "postgres" (then TEST_POSTGRES_URL names the cluster);
 * `env` adds settings, as `{ SMTP_URL: smtp.url }`; `oneCpu` pins it to one processor.
 * `halt` takes it off the network, `resume` brings it back with what it had.
 */
export async function startServer({ demo = true, database = process.env.E2E_DATABASE ?? "sqlite", env = {}, oneCpu = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "renfort-"));
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const address = database === "postgres" ? createDatabase() : `sqlite://${join(folder, "renfort.db")}`;
  const [command, ...prefix] = oneCpu ? ["taskset", "--cpu-list", "0", binary] : [binary];
  let child, log = "";
  const resume = async () => {
    child = spawn(command, [...prefix, "serve", ...(demo ? ["--demo"] : [])], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        TZ: "Europe/Paris",
        DATABASE_URL: address,
        LISTEN: listen,
        PUBLIC_URL: url,
        SITE_ROOT: join(clone, "target/site"),
        MAIL_DIR: join(folder, "mails"),
        ...env,
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log += chunk));
    child.on("error", (error) => (log += `${binary}: ${error.message} (cargo xtask build makes it)`));
    await ready(url, child);
  };
  const halt = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await once(child, "exit");
      clearTimeout(late);
    }
  };
  const stop = async () => {
    await halt();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await resume();
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${log}`);
  }
  return { url, folder, database: address, mails: join(folder, "mails"), log: () => log, halt, resume, stop };
}

async function ready(url, child) {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) throw new Error("The server stopped");
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error("The server was not ready within a minute");
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

// Not dropped at the end: the cluster itself is.
function createDatabase() {
  const cluster = process.env.TEST_POSTGRES_URL;
  if (!cluster) throw new Error("TEST_POSTGRES_URL names no PostgreSQL cluster");
  const name = `journey_${randomBytes(8).toString("hex")}`;
  execFileSync("psql", [cluster, "--quiet", "--command", `CREATE DATABASE ${name}`]);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}
