import { describe, expect, it } from "vitest";
import { firstPassword } from "../../../../../renderer/features/mail-objects/first-password.ts";

const many = Array.from({ length: 2_000 }, firstPassword);

describe("a first password", () => {
  it("has sixteen characters of every class, and none that looks like another", () => {
    for (const password of many) {
      expect(password).toHaveLength(16);
      for (const of of [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(password).toMatch(of);
      expect(password).not.toMatch(/[0O1lI|'"`\s]/);
    }
  });

  it("is another one each time, and has no place of its own for a class", () => {
    expect(new Set(many).size).toBe(many.length);
    for (let at = 0; at < 16; at += 1) expect(new Set(many.map((password) => /[A-Z]/.test(password.charAt(at)))).size).toBe(2);
  });
});
