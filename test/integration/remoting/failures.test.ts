/**
 * How servers fail, and what the product makes of it: its own scripts and its own classification, once over PowerShell's real remoting to
 * NoLanguage endpoints and once over the stand-in of the practice organisation, held to the same expectations.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { EXA, EXB, remotingWorld, wanted, type ShellKind, type World } from "../../lab/exchange-remoting/world.ts";

const signal = new AbortController().signal;

/** A server's state, the outcome, and whether the change was made. */
const rows = [
  ["up", { state: "succeeded", already: false, address: "sales@contoso.lab" }, true],
  ["down", { state: "not-reached", fault: { kind: "unreachable" } }, false],
  ["refuse", { state: "not-reached", fault: { kind: "unreachable" } }, false],
  ["refuses-sessions", { state: "not-reached", fault: { kind: "unreachable" } }, false],
  ["session-limit", { state: "not-reached", fault: { kind: "throttled" } }, false],
  ["throttled", { state: "not-reached", fault: { kind: "throttled" } }, false],
  ["fails-before", { state: "unanswered", fault: { kind: "unreachable" } }, false],
  ["fails-after", { state: "unanswered", fault: { kind: "unreachable" } }, true],
  ["role-missing", { state: "refused", fault: { kind: "object-refused", why: "command-missing" } }, false],
  ["already-enabled", { state: "succeeded", already: true, address: "sales@contoso.lab" }, true],
  ["wrong-password", { state: "refused", fault: { kind: "sign-in", reason: "wrong-credentials" } }, false],
  ["address-taken", { state: "refused", fault: { kind: "object-refused", why: "address-taken" } }, false],
  ["not-seen", { state: "not-seen", fault: { kind: "object-refused", why: "object-missing" } }, false],
] as const;

const kinds: readonly (readonly [kind: ShellKind, isHere: boolean])[] = [
  ["the stand-in shell", true],
  ["the stand-in in this process", true],
  ["real remoting", powershellHere !== null && process.platform !== "win32"],
];

for (const [kind, isHere] of kinds) {
  describe.skipIf(!isHere)(`over ${kind} (${powershellWords})`, () => {
    let world: World;
    beforeAll(async () => {
      world = await remotingWorld(kind);
    });
    afterAll(() => world.close());
    afterEach(() => {
      for (const server of [EXA, EXB]) world.set(server, "up");
    });

    test.each(rows)("a server that is %s", async (state, outcome, isMade) => {
      const object = world.group("Sales");
      world.set(EXB, state);
      const run = world.run();
      const request = wanted("Sales");
      expect(await run.ask(EXB, request, object, signal)).toMatchObject(outcome);
      expect(world.directory.read(object.identity)["proxyaddresses"]).toEqual(isMade ? ["SMTP:sales@contoso.lab"] : undefined);
      expect(await run.look(request, object, signal)).toMatchObject({ state: isMade ? "found" : "missing" });
      await run.close();
      expect(world.sessions()).toEqual([]);
    });

    test("a wrong password is tried once, whatever servers there are", async () => {
      const object = world.group("Sales");
      const run = world.run({ password: "not it" });
      const before = world.asked.length;
      for (const server of [EXB, EXA]) expect(await run.ask(server, wanted("Sales"), object, signal)).toMatchObject({ state: "refused", fault: { kind: "sign-in", reason: "wrong-credentials" } });
      await run.close();
      expect(world.asked.slice(before)).toEqual([`open ${EXB}`]);
      expect(world.logger.lines.join("\n")).not.toContain("not it");
    });

    test("an account without the role has a session and no command in it", async () => {
      const object = world.group("Sales");
      const run = world.run({ username: "CONTOSO\\svc-unprivileged" });
      expect(await run.ask(EXB, wanted("Sales"), object, signal)).toMatchObject({ state: "refused", fault: { why: "command-missing" } });
      await run.close();
      expect(world.sessions()).toEqual([]);
    });

    test("one session serves many commands, and goes with the run", async () => {
      const run = world.run();
      const before = world.asked.length;
      for (const name of ["One", "Two", "Three"]) expect(await run.ask(EXB, wanted(name), world.group(name), signal)).toMatchObject({ state: "succeeded" });
      expect(world.sessions()).toHaveLength(1);
      await run.close();
      expect(world.asked.slice(before)).toEqual([`open ${EXB}`, ...Array.from({ length: 3 }, () => `call ${EXB}`), `close ${EXB}`]);
      expect(world.sessions()).toEqual([]);
    });

    test("a server that dies in the middle of a run is asked anew in a session of its own", async () => {
      const run = world.run();
      expect(await run.ask(EXB, wanted("One"), world.group("One"), signal)).toMatchObject({ state: "succeeded" });
      world.set(EXB, "fails-before");
      expect(await run.ask(EXB, wanted("Two"), world.group("Two"), signal)).toMatchObject({ state: "unanswered" });
      world.set(EXB, "up");
      expect(await run.ask(EXB, wanted("Two"), world.group("Two"), signal)).toMatchObject({ state: "succeeded" });
      await run.close();
      expect(world.sessions()).toEqual([]);
    });

    test("a cancelled command ends the shell at once; the server keeps the session no longer than it is idle", async () => {
      const stop = new AbortController();
      const run = world.run();
      expect(await run.ask(EXB, wanted("One"), world.group("One"), signal)).toMatchObject({ state: "succeeded" });
      world.set(EXB, "hangs");
      const before = world.asked.length;
      const hanging = run.ask(EXB, wanted("Two"), world.group("Two"), stop.signal);
      await expect.poll(() => world.asked.slice(before), { timeout: 60_000 }).toContain(`call ${EXB}`);
      stop.abort();
      expect(await hanging).toMatchObject({ state: "unanswered", fault: { kind: "cancelled" } });
      await run.close();
      // Nobody can tell a server of the end of a process that was killed.
      expect(world.sessions()).toHaveLength(1);
    });

    test("names of every kind arrive as they are", async () => {
      const run = world.run();
      for (const name of ['Q"uote\'s', "$(throw 'x')`n", "semi; colon & pipe |", "Größe 東京 😀", "2026-11-26T10:00:00Z", "‏rtl", "=equals", "a\\,b"]) {
        const object = world.group(name.replaceAll(",", String.raw`\,`));
        expect(await run.ask(EXB, wanted(name, { alias: "hostile" }), object, signal)).toMatchObject({ state: "succeeded" });
        expect(world.directory.read(object.identity)["mailnickname"]).toEqual(["hostile"]);
        expect(await run.ask(EXB, wanted(name, { action: "disable" }), object, signal)).toMatchObject({ state: "succeeded" });
        expect(world.directory.read(object.identity)["mailnickname"]).toBeUndefined();
      }
      await run.close();
    });
  });
}
