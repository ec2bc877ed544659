// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConsoleClient } from "../../../../renderer/host/client.ts";
import { watchForBugs } from "../../../../renderer/shell/page-bugs.ts";
import { pageBugSchema, type PageBug } from "../../../../shared/contract/app.ts";
import { standInClient } from "../stand-in-client.ts";

const told: PageBug[] = [];
let connect: (client: ConsoleClient) => void = () => {};
let stop = () => {};

const client = (answer: () => null = () => null) =>
  standInClient({
    "app.reportBug": (bug) => {
      told.push(pageBugSchema.parse(bug));
      return answer();
    },
  });

/** As the browser tells the page, which jsdom does not: `reason` is what was thrown. */
function reject(reason: unknown): void {
  window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason }));
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  told.length = 0;
  const connected = new Promise<ConsoleClient>((resolve) => {
    connect = resolve;
  });
  stop = watchForBugs(connected);
});
afterEach(() => stop());

describe("a bug of the page", () => {
  it("is told with its kind and places, and without its message", async () => {
    connect(client());
    reject(new TypeError("Cannot read Pa55word! of undefined"));
    window.dispatchEvent(new ErrorEvent("error", { error: new RangeError("Pa55word!") }));
    await settled();
    expect(told.map(({ met, name }) => [met, name])).toEqual([
      ["rejection", "TypeError"],
      ["error", "RangeError"],
    ]);
    expect(told[0]?.stack).toMatch(/^\s+at .*page-bugs\.test\.ts/);
    expect(JSON.stringify(told)).not.toContain("Pa55word!");
  });

  it("is told without a line of its message that looks like a place", async () => {
    connect(client());
    reject(new Error("no such entry:\n    at Pa55word!"));
    await settled();
    expect(told[0]?.stack).toMatch(/^\s+at .*page-bugs\.test\.ts/);
    expect(JSON.stringify(told)).not.toContain("Pa55word!");
  });

  it("is told with its places as Firefox writes them", async () => {
    connect(client());
    reject(Object.assign(new Error("Pa55word!"), { stack: "save@http://127.0.0.1/assets/index.js:1:2\n" }));
    await settled();
    expect(told).toEqual([{ met: "rejection", name: "Error", stack: "save@http://127.0.0.1/assets/index.js:1:2" }]);
  });

  it("waits for the connection", async () => {
    reject(new Error("early"));
    await settled();
    expect(told).toEqual([]);
    connect(client());
    await settled();
    expect(told).toHaveLength(1);
  });

  it("is told once, and never more than twenty", async () => {
    connect(client());
    const same = new Error("again");
    reject(same);
    reject(same);
    await settled();
    expect(told).toHaveLength(1);
    for (let index = 0; index < 40; index += 1) reject(Object.assign(new Error("x"), { name: `Error${index}` }));
    await settled();
    expect(told).toHaveLength(20);
  });

  it("that cannot be told is no further bug", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    connect(
      client(() => {
        throw new Error("the connection is away");
      }),
    );
    reject("a text");
    await settled();
    process.off("unhandledRejection", unhandled);
    expect(told).toEqual([{ met: "rejection", name: "string", stack: "" }]);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("is nothing that the browser notices without an error", async () => {
    connect(client());
    window.dispatchEvent(new ErrorEvent("error", { message: "ResizeObserver loop completed with undelivered notifications." }));
    await settled();
    expect(told).toEqual([]);
  });
});
