import { describe, expect, it } from "vitest";
import { Slots, type Claim } from "../../../../main/monitor/slots.ts";

const dead: Claim = { urgency: 1, slow: true };
const living: Claim = { urgency: 1, slow: false };
const unticked: Claim = { urgency: 2, slow: false };

/** Slots whose items run until they are told to end. */
function slots(size: number) {
  const started: string[] = [];
  const endings = new Map<string, () => void>();
  const made = new Slots<string>(size, (item) => {
    started.push(item);
    return new Promise((resolve) => {
      endings.set(item, resolve);
    });
  });
  const end = async (item: string) => {
    endings.get(item)?.();
    // One turn of the event loop until the slot is free again, and one until what follows has started.
    for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const add = (prefix: string, count: number, claim: Claim) => {
    for (let index = 0; index < count; index += 1) made.add(`${prefix}${index}`, claim);
  };
  return { made, started, end, add };
}

describe("slots", () => {
  it("keeps half for what is quick, however many dead servers wait", async () => {
    const { started, end, add } = slots(32);
    add("dead", 300, dead);
    expect(started).toHaveLength(16);
    add("living", 700, living);
    expect(started.filter((item) => item.startsWith("living"))).toHaveLength(16);
    await end("living0");
    expect(started.at(-1)).toBe("living16");
    await end("dead0");
    expect(started.filter((item) => item.startsWith("living"))).toHaveLength(18);
  });

  it("keeps a quarter for ticked servers, however many others wait", () => {
    const { started, add } = slots(32);
    add("unticked", 300, unticked);
    expect(started).toHaveLength(24);
    add("ticked", 4, living);
    expect(started.slice(24)).toEqual(["ticked0", "ticked1", "ticked2", "ticked3"]);
  });

  it("lets the dead without a tick have their turn among the dead with one", async () => {
    const { started, end, add } = slots(2);
    add("ticked", 8, dead);
    add("unticked", 2, { urgency: 2, slow: true });
    for (let index = 0; index < 6; index += 1) await end(started.at(-1) ?? "");
    expect(started).toEqual(["ticked0", "ticked1", "ticked2", "unticked0", "ticked3", "ticked4", "ticked5"]);
  });

  it("moves an item forward when it becomes more urgent, never back", async () => {
    const { made, started, end } = slots(1);
    made.add("runs", living);
    made.add("first", living);
    made.add("asked", unticked);
    made.add("asked", { urgency: 0, slow: false });
    made.add("asked", unticked);
    await end("runs");
    expect(started).toEqual(["runs", "asked"]);
    await end("asked");
    expect(started).toEqual(["runs", "asked", "first"]);
  });

  it("begins nothing any more once it closes, and has closed when what runs has ended", async () => {
    const { made, started, end, add } = slots(2);
    add("server", 5, living);
    let closed = false;
    const closing = made.close().then(() => (closed = true));
    await end("server0");
    expect([started, closed]).toEqual([["server0", "server1"], false]);
    await end("server1");
    await closing;
    expect(started).toEqual(["server0", "server1"]);
  });
});
