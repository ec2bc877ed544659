import { expect, it } from "vitest";
import { ServerOrder } from "../../../../main/mail-objects/server-order.ts";
import { manualClock } from "../store/support.ts";

it("puts a server last that could not be reached, twice as long each time it is found away again, and leaves none out", () => {
  const clock = manualClock(0);
  const order = new ServerOrder(["exb", "exa"], clock);
  for (const ms of [60_000, 120_000, 240_000, 480_000, 960_000, 960_000]) {
    expect(order.now()).toEqual(["exb", "exa"]);
    order.unreached("exb");
    clock.advance(ms - 1);
    expect(order.now()).toEqual(["exa", "exb"]);
    clock.advance(1);
  }
  order.unreached("exb");
  order.reached("exb");
  expect(order.now()).toEqual(["exb", "exa"]);
  order.unreached("exb");
  // Asked as the last one: that is no new finding.
  order.unreached("exb");
  clock.advance(60_000);
  expect(order.now()).toEqual(["exb", "exa"]);
});
