/** The sign-in and role rungs of status: how often, one after the other, and that a password that is refused is tried once. */
import { expect, it } from "vitest";
import { pacedSignIn } from "../../../../../../main/providers/exchange/remoting/paced-sign-in.ts";
import type { OpenRemoteShell, RemoteShell } from "../../../../../../main/powershell/types.ts";
import type { ProviderContext } from "../../../../../../main/providers/provider.ts";
import { succeed } from "../../../../../../shared/fault.ts";
import { systemClock } from "../../../store/support.ts";
import { configuration, contextWith, failed, fakeShells, PASSWORD, transportError, type FakeServer } from "../remote.ts";

const EXA = "exa.contoso.lab";
const EXB = "exb.contoso.lab";
const MINUTE = 60_000;
const wrong: FakeServer = { open: [{ ok: false, error: transportError(1326, "LogonFailure") }] };

function status(servers: Readonly<Record<string, FakeServer>> = {}, shells?: OpenRemoteShell, changes: Partial<ProviderContext> = {}) {
  const fake = fakeShells(servers);
  let now = 0;
  const clock = { ...systemClock, now: () => 1_000_000 + now, elapsed: () => now };
  const { context, logger } = contextWith(shells ?? fake.shells, { clock, ...changes });
  const check = async (server: string, more: Partial<ProviderContext> = {}, spentMs = 0) => {
    const rungs = await pacedSignIn(server, configuration, { ...context, ...more }, { isReached: true, spentMs });
    expect(rungs.map(({ rung }) => rung)).toEqual(["sign-in", "role"]);
    return rungs.map(({ outcome, climbedAt }) => {
      const what = outcome.state === "skipped" ? outcome.why : outcome.state === "failed" ? outcome.fault.kind : outcome.state;
      return climbedAt === undefined ? what : `${what}, of before`;
    });
  };
  return { fake, check, context, logger, pass: (ms: number) => (now += ms), opened: () => fake.servers("open-session").length };
}

it("opens a session, asks what is offered, and removes it", async () => {
  const { check, fake } = status();
  expect(await check(EXB)).toEqual(["passed", "passed"]);
  expect(fake.calls.map(({ script }) => script)).toEqual(["open-session", "offered-commands", "close-session"]);
  expect(fake.left()).toBe(0);
});

it("signs in again after a quarter of an hour, and at once for a person", async () => {
  const { check, pass, opened } = status();
  await check(EXB);
  pass(15 * MINUTE - 1);
  expect(await check(EXB)).toEqual(["passed, of before", "passed, of before"]);
  expect(opened()).toBe(1);
  expect(await check(EXB, { asked: true })).toEqual(["passed", "passed"]);
  pass(15 * MINUTE);
  expect(await check(EXB)).toEqual(["passed", "passed"]);
  expect(opened()).toBe(3);
});

it("does not try what failed again to make sure of it, and comes back to who was not reached after half a minute", async () => {
  const { check, pass, opened } = status({ [EXB]: { open: [{ ok: false, error: transportError(-2144108526, "CannotConnect") }, { ok: true }] } });
  expect(await check(EXB)).toEqual(["unreachable", "earlier-rung"]);
  for (let seconds = 2; seconds < 30; seconds += 2) {
    pass(2_000);
    expect(await check(EXB)).toEqual(["unreachable, of before", "earlier-rung, of before"]);
  }
  expect(opened()).toBe(1);
  pass(2_000);
  expect(await check(EXB)).toEqual(["passed", "passed"]);
});

it("tries a wrong password once for all servers, until the secrets change or a person asks", async () => {
  const { check, pass, opened } = status({ [EXA]: wrong, [EXB]: wrong });
  expect(await check(EXB)).toEqual(["sign-in", "earlier-rung"]);
  expect(await check(EXA)).toEqual(["sign-in, of before", "earlier-rung"]);
  pass(24 * 60 * MINUTE);
  expect(await check(EXA)).toEqual(["sign-in, of before", "earlier-rung"]);
  expect(opened()).toBe(1);
  // A person checks all servers.
  await Promise.all([check(EXA, { asked: true }), check(EXB, { asked: true })]);
  pass(MINUTE / 2);
  await check(EXB, { asked: true });
  expect(opened()).toBe(2);
  // The memory of a configuration ends with its secrets.
  await check(EXB, { memory: new Map() });
  expect(opened()).toBe(3);
});

it("tries it once also where all servers are checked at the same time, and goes on once it is right", async () => {
  const { check, opened, pass } = status({ [EXA]: wrong, [EXB]: { open: [...(wrong.open ?? []), { ok: true }] } });
  await Promise.all([check(EXB), check(EXA)]);
  expect(opened()).toBe(1);
  pass(MINUTE);
  expect(await check(EXB, { asked: true })).toEqual(["passed", "passed"]);
  expect(await check(EXB)).toEqual(["passed, of before", "passed, of before"]);
});

it("signs in on one server at a time", async () => {
  const { check, fake } = status();
  await Promise.all(["a", "b", "c", "d"].map((name) => check(`${name}.contoso.lab`)));
  expect(fake.servers("open-session")).toHaveLength(4);
  expect(fake.most()).toBe(1);
});

it("says which role is missing: where nothing is offered, and where Exchange knows of none", async () => {
  const none = status({ [EXB]: { offered: [{ ok: true, offered: [] }] } });
  expect(await none.check(EXB)).toEqual(["passed", "forbidden"]);
  const some = status({ [EXB]: { offered: [{ ok: true, offered: ["Enable-DistributionGroup"] }] } });
  expect(await some.check(EXB)).toEqual(["passed", "passed"]);
  const refused = transportError(-2141974624, "IncorrectProtocolVersion", "[FailureCategory=AuthZ-CmdletAccessDeniedException] x");
  expect(await status({ [EXB]: { open: [{ ok: false, error: refused }] } }).check(EXB)).toEqual(["passed", "forbidden"]);
  expect(await status({ [EXB]: { offered: [failed(transportError(1726, "1726"), "Broken")] } }).check(EXB)).toEqual(["passed", "unreachable"]);
});

it("waits for a slow session no longer than a check may take, and shows it with the next one", async () => {
  let opens = (_value: unknown) => {};
  const slow: RemoteShell = {
    run: ({ script }) => (script.includes("open-session") ? new Promise((resolve) => (opens = () => resolve(succeed({ ok: true })))) : Promise.resolve(succeed(script.includes("offered") ? { ok: true, offered: ["Enable-Mailbox"] } : { ok: true }))),
    dispose: () => undefined,
  };
  const { check } = status({}, () => slow);
  expect(await check(EXB, {}, 7_000)).toEqual(["not-yet", "not-yet"]);
  expect(await check(EXB, {}, 7_000)).toEqual(["not-yet", "not-yet"]);
  opens(null);
  await expect.poll(() => check(EXB, {}, 7_000)).toEqual(["passed, of before", "passed, of before"]);
});

it("ends a sign-in with the check that waits for it", async () => {
  const stop = new AbortController();
  let heard: AbortSignal | undefined;
  const hanging: RemoteShell = {
    run: ({ signal }) => {
      heard = signal;
      return new Promise((resolve) => signal?.addEventListener("abort", () => resolve({ ok: false, fault: { kind: "cancelled" } })));
    },
    dispose: () => undefined,
  };
  const { check } = status({}, () => hanging);
  const checking = check(EXB, { signal: stop.signal });
  await expect.poll(() => heard).toBeDefined();
  stop.abort();
  await checking;
  expect(heard?.aborted).toBe(true);
});

it("says what it could not try, and never counts that against the server", async () => {
  expect(await status({}, undefined, { remoting: null }).check(EXB)).toEqual(["not-on-this-machine", "not-on-this-machine"]);
  const missing: RemoteShell = { run: () => Promise.resolve({ ok: false, fault: { kind: "unsupported", why: "powershell-missing" } }), dispose: () => undefined };
  expect(await status({}, () => missing).check(EXB)).toEqual(["not-on-this-machine", "not-on-this-machine"]);
  const { context } = status();
  const below = await pacedSignIn(EXB, configuration, context, { isReached: false, spentMs: 0 });
  expect(below.map(({ outcome }) => outcome)).toEqual([{ state: "skipped", why: "earlier-rung" }, { state: "skipped", why: "earlier-rung" }]);
  const noPassword = { isSet: () => false, text: () => Promise.resolve(succeed(null)), certificate: () => Promise.resolve(succeed(null)) };
  expect(await status({}, undefined, { secrets: noPassword }).check(EXB)).toEqual(["no-credentials", "no-credentials"]);
});

it("says the password nowhere", async () => {
  const { check, fake, logger } = status({ [EXB]: { open: [{ ok: false, error: transportError(1326, "LogonFailure", `${PASSWORD}?`) }] } });
  await check(EXB);
  expect(JSON.stringify([fake.calls, logger.lines])).not.toContain(PASSWORD);
});

it("ends what stands in the queue with what it was begun under, also after its check, and keeps nothing of that", async () => {
  const gate = Promise.withResolvers<null>();
  const own = fakeShells();
  const slow: OpenRemoteShell = (secrets) => {
    const shell = own.shells(secrets);
    return { run: (call) => gate.promise.then(() => shell.run(call)), dispose: () => shell.dispose() };
  };
  const { check } = status({}, slow);
  const ways = new AbortController();
  // Both checks have no time left to wait.
  expect(await Promise.all([check(EXA, { signal: ways.signal }, 7_000), check(EXB, { signal: ways.signal }, 7_000)])).toEqual([["not-yet", "not-yet"], ["not-yet", "not-yet"]]);
  ways.abort();
  gate.resolve(null);
  await new Promise((resolve) => setImmediate(resolve));
  expect(own.servers("open-session")).not.toContain(EXB);
  // Nothing was found out about either.
  expect(await check(EXB)).toEqual(["passed", "passed"]);
});
