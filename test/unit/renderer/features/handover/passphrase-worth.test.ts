import { describe, expect, it } from "vitest";
import { passphraseWorth } from "../../../../../renderer/features/handover/passphrase-worth.ts";

describe("what a passphrase is worth", () => {
  it.each(["", "short", "kD9fXq2LmP7", "a-b-c-d-e", "äöüäöüäöüäö"])("is too little for fewer than 12 characters: %s", (text) => {
    expect(passphraseWorth(text)).toBe("too-short");
  });

  it.each([
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "123456789012345678901234567890",
    "abababababababababababababab",
    "qwertyuiopasdfgh",
    "password1234",
    "Passw0rd!Passw0rd!",
    "P@ssword2026!",
    "Summer2026!!",
    "contosomessaging",
    "Contoso-2026",
    "correct horse battery",
    "horse-horse-horse-horse-horse-horse-horse",
    "aaa-aaa-aaa-bbb-ccc-ddd",
    "            ",
    "1111-2222-3333-4444",
  ])("is little for what is guessed soon: %s", (text) => {
    expect(passphraseWorth(text)).toBe("weak");
  });

  it.each(["correct-horse-battery-staple", "correct horse battery staple mountain", "correcthorsebatterystaple", "2026-otter-Pelican-19"])("is fair: %s", (text) => {
    expect(passphraseWorth(text)).toBe("fair");
  });

  it.each(["correct-horse-battery-staple-mountain-velvet", "olive cactus ripple tunnel anchor gravity mimic", "k9Xq2LmP7zTd", "kD9f!q2LmP7z#w", "9f86d081884c7d659a2feaa0c55ad015", "über-straße-größe-mädchen-löwe-käse-hügel"])(
    "is strong: %s",
    (text) => {
      expect(passphraseWorth(text)).toBe("strong");
    },
  );

  it("counts a word of a list for no more than there are words in one, however long it is", () => {
    expect(passphraseWorth("extraordinarily-incomprehensible-misunderstanding")).toBe("weak");
  });
});
