import { describe, expect, it } from "vitest";
import { createDoor } from "../../../../../main/hosts/loopback/door.ts";

function doorAt(time: { now: number }) {
  return createDoor({ now: () => time.now, elapsed: () => time.now, after: () => () => undefined, random: () => 0 });
}

describe("createDoor", () => {
  it("swaps the code once", () => {
    const door = doorAt({ now: 0 });
    const first = door.swap(door.code);
    expect(first).toHaveProperty("token");
    expect("token" in first && door.admits(first.token)).toBe(true);
    expect(door.swap(door.code)).toEqual({ refused: "used" });
  });

  it("keeps the code valid for as long as it is not used", () => {
    const time = { now: 0 };
    const door = doorAt(time);
    time.now = 9 * 60 * 60 * 1000;
    expect(door.swap(door.code)).toHaveProperty("token");
  });

  it("admits nothing but what it handed out", () => {
    const door = doorAt({ now: 0 });
    for (const guess of ["", door.code, "undefined", "x".repeat(10_000)]) expect(door.admits(guess)).toBe(false);
  });

  it("refuses every try, the right one too, after five wrong ones within a second", () => {
    const time = { now: 0 };
    const door = doorAt(time);
    for (let number = 0; number < 5; number += 1) expect(door.swap(`guess ${number}`)).toEqual({ refused: "wrong" });
    expect(door.swap(door.code)).toEqual({ refused: "too-many" });
    time.now = 1001;
    expect(door.swap(door.code)).toHaveProperty("token");
  });

  it("makes a new code on renewal and forgets the old one", () => {
    const door = doorAt({ now: 0 });
    const old = door.code;
    const fresh = door.renew();
    expect(fresh).not.toBe(old);
    expect(door.swap(old)).toEqual({ refused: "wrong" });
    expect(door.swap(fresh)).toHaveProperty("token");
  });

  it("lets each tab that was invited in once, within half a minute, and leaves the printed code as it is", () => {
    const time = { now: 0 };
    const door = doorAt(time);
    const [one, two, late] = [door.invite(), door.invite(), door.invite()];
    expect(new Set([door.code, one, two, late]).size).toBe(4);
    expect(door.swap(one)).toHaveProperty("token");
    expect(door.swap(one)).toEqual({ refused: "used" });
    time.now = 29_999;
    expect(door.swap(two)).toHaveProperty("token");
    time.now = 30_000;
    expect(door.swap(late)).toEqual({ refused: "wrong" });
    expect(door.swap(door.code)).toHaveProperty("token");
  });

  it("keeps no more than a few invitations that nobody takes", () => {
    const door = doorAt({ now: 0 });
    const invited = Array.from({ length: 9 }, () => door.invite());
    expect(door.swap(invited[0] ?? "")).toEqual({ refused: "wrong" });
    for (const code of invited.slice(1)) expect(door.swap(code)).toHaveProperty("token");
  });

  it("forgets no invitation when another address is printed", () => {
    const door = doorAt({ now: 0 });
    const invited = door.invite();
    door.renew();
    expect(door.swap(invited)).toHaveProperty("token");
  });

  it("admits a granted token without any code", () => {
    const door = doorAt({ now: 0 });
    expect(door.admits(door.grant())).toBe(true);
  });

  it("makes secrets of 256 bits that differ", () => {
    const codes = new Set(Array.from({ length: 100 }, () => doorAt({ now: 0 }).code));
    expect(codes.size).toBe(100);
    for (const code of codes) expect(Buffer.from(code, "base64url")).toHaveLength(32);
  });
});
