import { assert, constantFrom, nat, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { subscriptionStates, type Subscription } from "../../../../shared/model/subscription.ts";
import { bringsMailbox, freeSeats, inOrder, missingSeats, ownedSeats } from "../../../../shared/rules/subscription.ts";

const count = nat(1_000_000);
const seats = record({ enabled: count, warning: count, suspended: count, lockedOut: count, used: count });
const state = constantFrom(...subscriptionStates);

function subscription(part: Partial<Subscription>): Subscription {
  return { id: "1", partNumber: "ENTERPRISEPACK", state: "enabled", isForUsers: true, seats: { enabled: 10, warning: 0, suspended: 0, lockedOut: 0, used: 4 }, plans: [], ...part };
}

const plan = (name: string) => ({ id: name, name, state: "success", isForUsers: true }) as const;

describe("seats", () => {
  it("that are owned are used, free or too few, and what is suspended counts for nothing", () => {
    assert(
      property(state, seats, (each, units) => {
        const asked = { state: each, seats: units };
        const [free, missing] = [freeSeats(asked), missingSeats(asked)];
        expect(Math.min(free, missing)).toBe(0);
        expect(free - missing).toBe(["enabled", "warning"].includes(each) ? ownedSeats(units) - units.used : 0);
        expect(freeSeats({ ...asked, seats: { ...units, suspended: 0, lockedOut: 0 } })).toBe(free);
      }),
    );
  });

  it("of one that has just ended still count", () => {
    expect(freeSeats(subscription({ state: "warning", seats: { enabled: 0, warning: 10, suspended: 0, lockedOut: 0, used: 4 } }))).toBe(6);
  });
});

describe("a mailbox", () => {
  it("comes with a plan that is one, and not with an archive, the foundation, a plan of the tenant or one that is switched off", () => {
    expect(bringsMailbox(subscription({ plans: [plan("TEAMS1"), plan("EXCHANGE_S_STANDARD")] }))).toBe(true);
    for (const name of ["EXCHANGE_S_FOUNDATION", "EXCHANGE_S_ARCHIVE_ADDON", "EXCHANGE_S", "exchange_s_standard"]) expect(bringsMailbox(subscription({ plans: [plan(name)] }))).toBe(false);
    expect(bringsMailbox(subscription({ plans: [{ ...plan("EXCHANGE_S_STANDARD"), isForUsers: false }] }))).toBe(false);
    expect(bringsMailbox(subscription({ plans: [{ ...plan("EXCHANGE_S_STANDARD"), state: "disabled" }] }))).toBe(false);
  });
});

it("those for users come first, each by its part number, and none is lost", () => {
  const mixed = [subscription({ partNumber: "B" }), subscription({ partNumber: "A", isForUsers: false }), subscription({ partNumber: "C" }), subscription({ partNumber: "A" })];
  expect(inOrder(mixed).map(({ partNumber, isForUsers }) => `${partNumber}${isForUsers ? "" : " of the tenant"}`)).toEqual(["A", "B", "C", "A of the tenant"]);
});
