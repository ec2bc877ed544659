import { describe, expect, it } from "vitest";
import { climb, type Climb } from "../../../../main/network/climb.ts";
import { fail, succeed, type Fault, type Result } from "../../../../shared/fault.ts";
import type { RungResult } from "../../../../shared/model/mail-server.ts";
import type { CheckMemory } from "../../../../shared/rules/pace.ts";
import { fakeClock } from "../monitor/support.ts";

const MINUTE = 60_000;
const paces = { "sign-in": { passedMs: 10 * MINUTE, refusedMs: 5 * MINUTE } };
const refused: Fault = { kind: "sign-in", reason: "refused" };
const away: Fault = { kind: "unreachable", rung: "tcp", reason: "refused" };

function bed() {
  const clock = fakeClock();
  const memory: CheckMemory = new Map();
  const heard: boolean[] = [];
  const check = async (signIn: Result<string>, options: { readonly network?: Fault; readonly asked?: boolean; readonly server?: string } = {}): Promise<readonly RungResult[]> => {
    const { network, asked = false, server = "a" } = options;
    const ladder: Climb = climb(clock, undefined, { paces, server, memory, asked });
    await ladder.step("tcp", () => Promise.resolve(network === undefined ? succeed(null) : fail(network)));
    await ladder.paced("sign-in", (afresh) => (heard.push(afresh), Promise.resolve(signIn)), (who) => who);
    await ladder.step("domain", () => Promise.resolve(succeed(null)));
    return ladder.rungs;
  };
  return { clock, check, heard };
}

describe("a rung with a pace", () => {
  it("stands for its pace with the moment it is from, and the rungs around it are climbed each time", async () => {
    const { clock, check, heard } = bed();
    const [, first] = await check(succeed("svc"));
    expect(first).toEqual({ rung: "sign-in", ms: 0, outcome: { state: "passed", answer: "svc" } });
    await clock.advance(9 * MINUTE);
    const [tcp, kept, domain] = await check(fail(refused));
    expect(kept).toEqual({ ...first, climbedAt: 0 });
    expect([tcp?.climbedAt, domain?.climbedAt]).toEqual([undefined, undefined]);
    await clock.advance(MINUTE);
    expect((await check(fail(refused)))[1]).toEqual({ rung: "sign-in", ms: 0, outcome: { state: "failed", fault: refused } });
    expect(heard).toEqual([false, false]);
  });

  it("keeps a refusal in the way of the rungs above it, and asks afresh after one", async () => {
    const { clock, check, heard } = bed();
    for (let times = 0; times < 3; times += 1) await check(fail(refused));
    const [, kept, above] = await check(succeed("svc"));
    expect(kept).toMatchObject({ climbedAt: 0, outcome: { state: "failed" } });
    expect(above?.outcome).toEqual({ state: "skipped", why: "earlier-rung" });
    await clock.advance(5 * MINUTE);
    expect((await check(succeed("svc")))[1]?.outcome.state).toBe("passed");
    expect(heard).toEqual([false, true, true, true]);
  });

  it("is climbed when a person asks", async () => {
    const { check, heard } = bed();
    await check(succeed("svc"));
    await check(succeed("svc"), { asked: true });
    expect(heard).toEqual([false, true]);
  });

  it("is climbed after the network below it was away and came back", async () => {
    const { clock, check, heard } = bed();
    await check(succeed("svc"));
    await clock.advance(MINUTE);
    expect((await check(succeed("svc"), { network: away }))[1]?.outcome).toEqual({ state: "skipped", why: "earlier-rung" });
    await check(succeed("svc"));
    expect(heard).toHaveLength(2);
  });

  it("forgets a climb that was cut off, and mixes no two servers", async () => {
    const { check, heard } = bed();
    await check(fail({ kind: "cancelled" }));
    await check(succeed("svc"));
    await check(succeed("svc"), { server: "b" });
    await check(succeed("svc"));
    expect(heard).toHaveLength(3);
  });
});

describe("a rung", () => {
  it("takes as long as it takes, whatever somebody does to the wall clock meanwhile", async () => {
    const clock = fakeClock();
    clock.jump(86_400_000);
    const ladder = climb(clock);
    await ladder.step("dns", async () => {
      await clock.advance(7);
      clock.jump(-21 * 86_400_000);
      return succeed(null);
    });
    expect(ladder.rungs).toEqual([{ rung: "dns", ms: 7, outcome: { state: "passed", answer: null } }]);
  });
});
