/** The clouds in the practice drawer: each failure has words, each is noticed by the product, and Reset heals all. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { say, sayIfKnown } from "../../../renderer/text/text.ts";
import { firstFailure } from "../../../main/network/climb.ts";
import { googleObjectStates } from "../../../main/practice/clouds/google-objects.ts";
import { graphBatchStates } from "../../../main/practice/clouds/graph-batch.ts";
import { graphObjectStates } from "../../../main/practice/clouds/graph-objects.ts";
import { graphSubscriptionStates } from "../../../main/practice/clouds/graph-subscriptions.ts";
import { openPractice, type Practice } from "../practice/support.ts";
import { checkGoogle, checkOffice365, openClouds, type Clouds } from "./support.ts";

const CLOUD_PARTS: readonly string[] = ["authority", "graph", "exchange-online", "google-token", "google-directory"];

let practice: Practice;
let clouds: Clouds;
beforeAll(async () => {
  practice = await openPractice();
  clouds = await openClouds();
});
afterAll(async () => {
  await practice.stop();
  await clouds.stop();
});

describe("the drawer", () => {
  it("has words for every verb and state of every cloud part", () => {
    const parts = practice.port.components().filter(({ id }) => CLOUD_PARTS.includes(id));
    expect(parts.map(({ id }) => id)).toEqual(CLOUD_PARTS);
    // A refusal by the far side's own name is called by that name: every administrator who looks for it knows it.
    const ownNames = /[A-Z]|_/;
    const keys = parts.flatMap(({ verbs }) => verbs.filter((verb) => !ownNames.test(verb)).flatMap((verb) => [`practice.verb-${verb}`, `practice.state-${verb}`]));
    expect(keys.filter((key) => sayIfKnown(key) === null)).toEqual([]);
    expect(say("practice.title")).not.toBe("");
  });

  it("shows the state that was set, tells whoever listens, and heals everything at once", async () => {
    let changes = 0;
    const stop = practice.port.onChange(() => {
      changes += 1;
    });
    for (const id of CLOUD_PARTS) await practice.does("down", id);
    expect(changes).toBe(CLOUD_PARTS.length);
    const states = () => practice.port.components().flatMap(({ id, state }) => (CLOUD_PARTS.includes(id) ? [state] : []));
    expect(new Set(states())).toEqual(new Set(["down"]));
    await practice.does("reset");
    expect(new Set(states())).toEqual(new Set(["up"]));
    stop();
  });

  it("refuses what a part cannot do", async () => {
    expect(await practice.port.run("delegation-missing", "graph", null)).toEqual({ ok: false, fault: { kind: "unsupported", why: "practice-verb", detail: "delegation-missing" } });
  });

  it("hands out files and form values with which every rung passes", () => {
    const facts = practice.port.facts();
    expect(facts.forms.map(({ provider }) => provider)).toEqual(expect.arrayContaining(["office365", "google-workspace"]));
    expect(facts.files.map(({ name }) => name)).toEqual(["practice-application.pfx", "practice-not-registered.pfx", "practice-google.p12"]);
  });
});

describe("each failure of each cloud part", () => {
  /** Slowness is no failure, a directory role is a remark, what is made wrong is noticed by whoever makes something (`google-objects`, `graph-objects`), seats by whoever asks for them (`subscriptions`), and batches by whoever sends one. */
  const harmless = new Set<string>(["up", "slow", "role-missing", ...googleObjectStates, ...graphObjectStates, ...graphSubscriptionStates, ...graphBatchStates]);

  it.each(CLOUD_PARTS)("is noticed: %s", async (part) => {
    const verbs = practice.port.components().find(({ id }) => id === part)?.verbs ?? [];
    const unnoticed: string[] = [];
    for (const verb of verbs.filter((each) => !harmless.has(each))) {
      await clouds.set(part, verb);
      const result = await (part.startsWith("google") ? checkGoogle : checkOffice365)(clouds, {});
      if (firstFailure(result.rungs) === null) unnoticed.push(verb);
    }
    await clouds.set(part, "up");
    expect(unnoticed).toEqual([]);
    const healed = await (part.startsWith("google") ? checkGoogle : checkOffice365)(clouds, {});
    expect(firstFailure(healed.rungs)).toBeNull();
  });
});
