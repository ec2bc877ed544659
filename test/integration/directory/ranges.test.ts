/** What Samba does not do: the limit of 1,000 entries and attributes in parts. The practice directory does both. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { startPractice, type PracticeOrganisation } from "../../../main/practice/index.ts";
import { gather } from "../../../main/directory/gather.ts";
import type { DirectorySession } from "../../../main/directory/types.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { connectionTo, listExchange, open, systemClock } from "./subject.ts";

const account = { username: "svc-mail@contoso.lab", password: PRACTICE_PASSWORD };
let folder: string;
let practice: PracticeOrganisation;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ranges-"));
  practice = await startPractice({ dataDirectory: folder, clock: systemClock, logger: silentLogger });
});
afterAll(async () => {
  await practice.dispose();
  await rm(folder, { recursive: true });
});

const site = () => ({ domain: "contoso.lab", resolver: practice.resolver, dnsServer: null });
const authority = () => practice.resolver.authorities[0] ?? "";

async function within<T>(work: (session: DirectorySession) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const { opened } = await open(site(), connectionTo(site(), authority()), account, signal);
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  const result = await work(opened.value);
  await opened.value.close();
  return result;
}

test("a group of more members than one answer holds is read whole", async () => {
  const found = await within((session) => gather(session.search({ base: "DC=contoso,DC=lab", filter: "(cn=All Staff)", attributes: ["cn", "member"] })));
  const members = found.ok ? (found.value.entries[0]?.attributes["member"] ?? []) : [];
  expect(members).toHaveLength(1600);
  expect(new Set(members).size).toBe(1600);
});

test("more people than one page holds are all found", async () => {
  const pages: number[] = [];
  const found = await within((session) => gather(session.search({ base: "OU=People,DC=contoso,DC=lab", filter: "(objectCategory=user)", attributes: ["cn"] }), (total) => pages.push(total)));
  expect(found.ok && found.value.entries.length).toBe(1600);
  expect(pages).toEqual([500, 1000, 1500, 1600]);
});

test("1,002 servers are listed completely where the limit is enforced", async () => {
  await practice.port.run("thousand", null, null);
  const listing = await listExchange(site(), authority(), account, "2016");
  expect(listing.ok && listing.value.servers.length).toBe(1002);
});

test("aborting in the middle of a search ends it and the connection", async () => {
  const stop = new AbortController();
  const found = await within(
    (session) => gather(session.search({ base: "OU=People,DC=contoso,DC=lab", filter: "(objectCategory=user)", attributes: ["cn"] }), () => stop.abort()),
    stop.signal,
  );
  expect(found).toEqual({ ok: false, fault: { kind: "cancelled" } });
});

test("a controller that stops in the middle is a lost connection, not a crash", async () => {
  const found = await within(async (session) => {
    await practice.port.run("down", "directory", null);
    return gather(session.search({ base: "OU=People,DC=contoso,DC=lab", filter: "(cn=*)", attributes: ["cn"] }));
  });
  await practice.port.run("up", "directory", null);
  expect(found).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "directory-search", reason: "connection-reset" } });
});
