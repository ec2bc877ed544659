/**
 * After each integration test nothing of the product is left: no socket, timer, thread, child or listener, and after each
 * file no program, temporary file or open file. Where a file's tests share what stands before the first of them, they
 * are looked at together when the last one is over.
 */
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect } from "vitest";
import { ownSurroundings } from "../lab/left-behind.ts";
import { moreThan, watchResources, type Held } from "../lab/resources.ts";

/** What is let go of takes a few turns of the event loop, and a program that was killed a moment. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 20;

/** Folders whose tests run built programs or the system's own for minutes: they are not held to it yet. */
const NOT_YET = /[\\/]integration[\\/](?:command-line|monitor|packaging|wine)[\\/]/;

const isHeld = !NOT_YET.test(expect.getState().testPath ?? "");
const surroundings = ownSurroundings();
const watch = watchResources();
const atStart = watch.held();
let before: Held = atStart;

async function expectNothing(left: () => readonly string[]): Promise<void> {
  for (let waited = 0; left().length > 0 && waited < PATIENCE_MS; waited += LOOK_MS) await wait(LOOK_MS);
  if (left().length > 0) throw new Error(`left behind:\n${left().join("\n")}`);
}

beforeEach(() => {
  before = watch.held();
});

afterEach(async () => {
  const isShared = before.size > 0;
  if (isHeld && !isShared) await expectNothing(() => moreThan(before, watch.held()));
});

afterAll(async () => {
  try {
    if (isHeld) await expectNothing(() => [...moreThan(atStart, watch.held()), ...surroundings.programs(), ...surroundings.files()]);
  } finally {
    watch.end();
    surroundings.remove();
  }
});
