// Starts the built program with its demo business on a free port and an empty data folder, and stops it at the end.
//
// E2E_PROGRAM names the program (default: where script/build puts it). E2E_URL names a server that runs already;
// then none is started. A panic in the program's log fails the run, whatever the pages showed.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 10_000;
const LOG = resolve(import.meta.dirname, "../results/omb.log");

/** A server of a story's own, whose clock it may move. */
export interface Server {
  url: string;
  /** Runs `omb` beside it, as its operator would. */
  omb: (...words: string[]) => string;
  stop: () => Promise<void>;
}

export default async function start(): Promise<() => Promise<void>> {
  if (process.env.E2E_URL) return async () => {};
  rmSync(LOG, { force: true });
  const server = await serve();
  process.env.E2E_URL = server.url;
  return server.stop;
}

/** Starts one on a free port and an empty folder; `settings` are added to its environment. */
export async function serve(settings: Record<string, string> = {}): Promise<Server> {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), "omb-e2e-"));
  const url = `http://127.0.0.1:${port}`;
  const omb = spawn(program(), ["serve", "--demo"], {
    cwd: data,
    env: { ...environment(port, data), ...settings },
    stdio: ["ignore", log(), log()],
  });
  const failed = new Promise<never>((_, reject) => {
    omb.once("error", (error) => reject(new Error(`${program()} cannot be started: ${error.message}`)));
    omb.once("exit", (code) => reject(new Error(`omb ended with ${code} before it was ready:\n${tail()}`)));
  });
  try {
    await Promise.race([ready(url), failed]);
  } catch (error) {
    omb.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
  failed.catch(() => {});
  const beside = (...words: string[]) => execFileSync(program(), words, { cwd: data, env: environment(port, data), encoding: "utf8" });
  return { url, omb: beside, stop: () => stop(omb, data) };
}

function program(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const target = process.env.CARGO_TARGET_DIR ?? join(cache, "omb/target");
  return process.env.E2E_PROGRAM ?? join(target, "debug/omb");
}

/** What the machine's own settings say about databases and mail must not reach a story. */
function environment(port: number, data: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => name !== "DATABASE_URL" && !name.startsWith("OMB_"));
  return { ...Object.fromEntries(kept), OMB_LISTEN: `127.0.0.1:${port}`, OMB_DATA_DIR: join(data, "data") };
}

function log(): number {
  mkdirSync(resolve(LOG, ".."), { recursive: true });
  return openSync(LOG, "a");
}

function tail(): string {
  return readFileSync(LOG, "utf8").split("\n").slice(-30).join("\n");
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? found(address.port) : failed(new Error("no port"))));
    });
  });
}

async function ready(url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error(`omb was not ready within ${READY_WITHIN_MS} ms:\n${tail()}`);
}

async function stop(omb: ChildProcess, data: string): Promise<void> {
  const ended = new Promise((done) => omb.once("exit", done));
  if (omb.exitCode !== null || omb.signalCode !== null) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`omb ended with ${omb.exitCode ?? omb.signalCode} during the journeys:\n${tail()}`);
  }
  omb.kill("SIGTERM");
  const late = setTimeout(() => omb.kill("SIGKILL"), STOPPED_WITHIN_MS);
  await ended;
  clearTimeout(late);
  rmSync(data, { recursive: true, force: true });
  if (omb.signalCode === "SIGKILL") throw new Error(`omb did not stop within ${STOPPED_WITHIN_MS} ms of being asked`);
  if (readFileSync(LOG, "utf8").includes("panicked at")) throw new Error(`omb panicked; its log is ${LOG}`);
}
