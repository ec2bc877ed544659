import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ageForm, readHeader } from "../../../../main/handover/age-header.ts";

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const base64 = (length: number, fill = 7) => Buffer.alloc(length, fill).toString("base64").replace(/=+$/, "");
const mac = `--- ${base64(32)}\n`;
const version = "age-encryption.org/v1\n";
const scrypt = (factor: string) => `-> scrypt ${base64(16)} ${factor}\n${base64(32)}\n`;
const x25519 = `-> X25519 ${base64(32)}\n${base64(32)}\n`;
const ssh = `-> ssh-ed25519 ${base64(4)} ${base64(32)}\n${base64(32)}\n`;
const sshRsa = `-> ssh-rsa ${base64(4)}\n${base64(48)}\n${base64(48)}\n${base64(48)}\n\n`;
const read = (...parts: readonly string[]) => readHeader(bytesOf(parts.join("")));

describe("the head of an age file", () => {
  const sound = version + scrypt("18") + mac;

  it("says that a passphrase opens it, with which work factor, and where it ends", () => {
    expect(read(sound, "payload \n\n\0\xff")).toEqual({ recipients: ["scrypt"], workFactor: 18, size: sound.length });
  });

  it.each(["1", "9", "20", "21", "30", "255"])("reads a work factor of %s", (factor) => {
    expect(read(version, scrypt(factor), mac)?.workFactor).toBe(Number(factor));
  });

  it("reads a work factor too large for a number as larger than any limit", () => {
    expect(read(version, scrypt("9".repeat(400)), mac)?.workFactor).toBe(Infinity);
  });

  it("names the recipients of a file that no passphrase opens", () => {
    expect(read(version, x25519, ssh, sshRsa, "-> Scrypt 18\n\n", "-> !grease\n\n", mac)).toMatchObject({ recipients: ["X25519", "ssh-ed25519", "ssh-rsa", "Scrypt", "!grease"], workFactor: null });
  });

  it("keeps its place behind bodies of full lines", () => {
    const text = version + sshRsa + x25519 + mac;
    expect(read(text, "more")?.size).toBe(text.length);
  });

  it.each([
    ["nothing", ""],
    ["another version", `age-encryption.org/v2\n${scrypt("18")}${mac}`],
    ["no version", scrypt("18") + mac],
    ["no recipient", version + mac],
    ["lines that end as in Windows", sound.replaceAll("\n", "\r\n")],
    ["one such line", sound.replace("v1\n", "v1\r\n")],
    ["a MAC without its line feed", sound.slice(0, -1)],
    ["a MAC of 31 bytes", `${version}${scrypt("18")}--- ${base64(31)}\n`],
    ["a MAC of 33 bytes", `${version}${scrypt("18")}--- ${base64(33)}\n`],
    ["no MAC", `${version}${scrypt("18")}---\n`],
    ["a MAC with padding", `${version}${scrypt("18")}--- ${base64(32)}=\n`],
    ["a MAC behind two spaces", `${version}${scrypt("18")}---  ${base64(32)}\n`],
    ["a MAC with a space behind", `${version}${scrypt("18")}--- ${base64(32)} \n`],
    ["a MAC with bits to spare", `${version}${scrypt("18")}--- ${base64(32).slice(0, -1)}d\n`],
    ["web base64", `${version}${scrypt("18")}--- ${base64(32, 0xff).replaceAll("/", "_")}\n`],
    ["a stanza without a type", `${version}-> \n${base64(32)}\n${mac}`],
    ["a stanza without a space", version + scrypt("18").replace("-> ", "->") + mac],
    ["two spaces between arguments", version + scrypt("18").replace(" 18", "  18") + mac],
    ["a space behind the arguments", version + scrypt("18 ") + mac],
    ["a control character in an argument", `${version}-> X255\t19 a\n\n${mac}`],
    ["a character that is not ASCII", `${version}-> X\xe9 a\n\n${mac}`],
    ["no body", `${version}-> X25519 a\n${mac}`],
    ["a body of full lines alone", `${version}-> X25519 a\n${base64(48)}\n${mac}`],
    ["a line of 65 characters in a body", `${version}-> X25519 a\n${base64(48)}A\n\n${mac}`],
    ["a body that goes on behind a short line", `${version}-> X25519 a\n${base64(20)}\n${base64(20)}\n${mac}`],
    ["an empty line between stanzas", `${version}${x25519}\n${ssh}${mac}`],
    ["two passphrases", version + scrypt("18") + scrypt("18") + mac],
    ["a key before a passphrase", version + x25519 + scrypt("18") + mac],
    ["a key behind a passphrase", version + scrypt("18") + x25519 + mac],
    ["scrypt without arguments", `${version}-> scrypt\n${base64(32)}\n${mac}`],
    ["scrypt without a work factor", `${version}-> scrypt ${base64(16)}\n${base64(32)}\n${mac}`],
    ["scrypt with an argument too many", version + scrypt("18 1") + mac],
    ["a salt of 15 bytes", `${version}-> scrypt ${base64(15)} 18\n${base64(32)}\n${mac}`],
    ["a salt of 17 bytes", `${version}-> scrypt ${base64(17)} 18\n${base64(32)}\n${mac}`],
    ["a wrapped key of 31 bytes", `${version}-> scrypt ${base64(16)} 18\n${base64(31)}\n${mac}`],
    ["a wrapped key of 48 bytes", `${version}-> scrypt ${base64(16)} 18\n${base64(48)}\n\n${mac}`],
    ...["0", "018", "+18", "-18", "0x12", "18a", "1e1", "18.0", "٣"].map((factor) => [`a work factor of ${factor}`, version + scrypt(factor) + mac]),
  ])("is damaged: %s", (_, text) => {
    expect(read(text, "payload")).toBeNull();
  });

  it("is damaged wherever it is cut off", () => {
    for (let length = 0; length < sound.length; length += 1) expect(readHeader(bytesOf(sound).subarray(0, length))).toBeNull();
  });

  it("with any one bit changed is no head, not one for a passphrase, or has another value where a value stands", () => {
    const bytes = bytesOf(sound);
    const factorAt = sound.indexOf(" 18\n") + 1;
    const isValue = (at: number) => at >= version.length + "-> scrypt ".length && /[A-Za-z0-9+/]/.test(sound[at] ?? "");
    const expected = (at: number, workFactor: number | null) => workFactor === null || (isValue(at) && (workFactor === 18 || at === factorAt || at === factorAt + 1));
    const changes = Array.from(bytes.keys()).flatMap((at) => [1, 2, 4, 8, 16, 32, 64, 128].map((bit) => ({ at, header: readHeader(bytes.map((byte, index) => (index === at ? byte ^ bit : byte))) })));
    expect(changes).toHaveLength(8 * sound.length);
    expect(changes.filter(({ at, header }) => !expected(at, header?.workFactor ?? null))).toEqual([]);
    expect(changes.filter(({ header }) => header !== null && header.size !== sound.length)).toEqual([]);
  });

  it("is read or refused, whatever the bytes are", () => {
    const pieces = fc.constantFrom(version, scrypt("18"), x25519, sshRsa, mac, "-> ", "--- ", "\n", " ", base64(48), "\r", "\xff");
    const texts = fc.array(fc.oneof(pieces, fc.string({ unit: "binary-ascii" })));
    const checked = fc.check(fc.property(texts, (parts) => read(version, ...parts)?.recipients.length !== 0));
    expect(checked).toMatchObject({ failed: false });
  });

  it("longer than a megabyte is not looked through to its end", () => {
    const many = Math.ceil((1024 * 1024) / x25519.length);
    expect(read(version, x25519.repeat(many - 2), mac)?.recipients).toHaveLength(many - 2);
    expect(read(version, x25519.repeat(many), mac)).toBeNull();
  });
});

describe("the form of an age file", () => {
  const armour = "-----BEGIN AGE ENCRYPTED FILE-----";

  it.each([
    [version, "binary"],
    [`${version}whatever comes then`, "binary"],
    [armour, "armoured"],
    [`${armour}\r\nYWdl`, "armoured"],
    [` \t\r\n\v\f${armour}\n`, "armoured"],
    ["", null],
    ["age-encryption.org/v1", null],
    ["age-encryption.org/v1\r\n", null],
    ["age-encryption.org/v10\n", null],
    [` ${version}`, null],
    [armour.toLowerCase(), null],
    ["-----BEGIN AGE ENCRYPTED FILE----", null],
    [`x${armour}`, null],
    ['{"stores":[]}', null],
  ])("%j: %s", (text, form) => {
    expect(ageForm(bytesOf(text))).toBe(form);
  });

  it("is looked for behind a kilobyte of white space, and no further", () => {
    expect(ageForm(bytesOf(`${" ".repeat(1024)}${armour}\n`))).toBe("armoured");
    expect(ageForm(bytesOf(`${" ".repeat(1025)}${armour}\n`))).toBeNull();
  });

  it("is told of a view alone, whatever lies around it", () => {
    const around = bytesOf(`xx${version}`);
    expect(ageForm(around.subarray(2))).toBe("binary");
    expect(ageForm(around.subarray(2, 10))).toBeNull();
  });
});
