import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import { describe, expect, it } from "vitest";
import { makeIdentity, readRecipient, recipientOf } from "../../../../main/handover/recipient.ts";

/** Of the age tool's own documentation (github.com/FiloSottile/age, README). */
const KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

describe("a public key that was pasted", () => {
  it.each([
    ["as it is", KEY],
    ["with blanks and a line's end around it", `  ${KEY}\r\n`],
    ["in quotes", `"${KEY}"`],
    ["in quotes of a sentence, with a blank inside", `“ ${KEY} ”`],
    ["in large letters, as a QR code has it", KEY.toUpperCase()],
  ])("is taken %s", async (_what, typed) => {
    expect(await readRecipient(typed)).toEqual({ ok: true, value: KEY });
  });

  it.each([
    ["required", "nothing", "  "],
    ["recipient-ssh", "a key of OpenSSH", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDErhxq2Bh3bP2gMhm1k1mVdQjLZz8Yw9CjvGmVh7w3k ann@laptop"],
    ["recipient-ssh", "one of a security key", "sk-ssh-ed25519@openssh.com AAAAGnNr"],
    ["recipient-mixed-case", "one with a large letter", KEY.replace("hjy", "hJy")],
    ["recipient-mistyped", "one with another letter", KEY.replace("hjy", "hjj")],
    ["recipient-mistyped", "one with two letters changed over", KEY.replace("z7", "7z")],
    ["recipient-incomplete", "a part of one", KEY.slice(0, 40)],
    ["recipient-incomplete", "one that is too long", `${KEY}q`],
    ["recipient-incomplete", "two", `${KEY} ${KEY}`],
    ["recipient-incomplete", "one with a character that none has", KEY.replace("hjy", "hby")],
    ["recipient-other-kind", "one of a plug-in", "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t"],
    ["recipient-other-kind", "a tagged one", "age1tag1qt8lw0ual6avlwmwatk888yqnmdamm7xfd0wak53ut6elz5c4swx2yqdj4e"],
    ["recipient-none", "a file's name", "contoso.pub"],
    ["recipient-none", "a mail address", "ann@contoso.lab"],
  ])("is refused as %s: %s", async (why, _what, typed) => {
    expect(await readRecipient(typed)).toEqual({ ok: false, why });
  });

  it("is refused where it is post-quantum", async () => {
    expect(await readRecipient(await identityToRecipient(await generateHybridIdentity()))).toEqual({ ok: false, why: "recipient-other-kind" });
  });

  it("is refused where it is a secret key, and the answer does not hold it", async () => {
    const secrets = [await generateX25519Identity(), await generateHybridIdentity()];
    const typed = secrets.flatMap((secret) => [secret, secret.toLowerCase(), ` "${secret}" `, `# created: today\n# public key: ${KEY}\n${secret}\n`]);
    for (const text of [...typed, "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA", "AGE-PLUGIN-YUBIKEY-1QQPSJZ"]) {
      expect(await readRecipient(text)).toEqual({ ok: false, why: "recipient-secret" });
    }
  });

  // Bech32 of 32 bytes of zero, the point of order one: its checksum holds.
  it("is refused where everybody could open what is sealed to it", async () => {
    expect(await readRecipient("age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z")).toEqual({ ok: false, why: "recipient-mistyped" });
  });

  it("that is as long as a page is refused at once", async () => {
    for (const text of ["a".repeat(1_000_000), `age1${"q".repeat(1_000_000)}`, `age1${"a-".repeat(500_000)}`]) expect(await readRecipient(text)).toMatchObject({ ok: false });
  });
});

describe("a key pair", () => {
  it("is a new one each time, and its public half is taken as one", async () => {
    const [one, other] = [await makeIdentity(), await makeIdentity()];
    expect(one).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/);
    expect(other).not.toBe(one);
    const key = await recipientOf(one);
    expect(await readRecipient(key)).toEqual({ ok: true, value: key });
  });
});
