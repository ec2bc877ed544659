/** One word for one thing: what a person reads is searched for the other words that things are known by. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { english } from "../../../../renderer/text/english/index.ts";
import { providers } from "../../../../renderer/text/english/providers/index.ts";

const renderer = path.resolve(import.meta.dirname, "../../../../renderer");

/** What seals a handover file is no password of an account, and has a word of its own. */
const OF_HANDOVER = /^(?:handover|faults\.(?:wrong-password-handover|unreadable-(?:sealed-for-others|sealed-to-another-key|too-many-recipients))(?:-next)?$|issues\.passphrase-)/;

/** A word that is not used, and the console's own; where it is the own word of another thing. */
const OTHER_WORDS: readonly (readonly [other: RegExp, own: string, but?: RegExp])[] = [
  [/\busernames?\b/i, "user name"],
  [/(?<!the )\blog(?:ged|s|ging)?[- ]?(?:in|on)\b(?! hours| rights)/i, "sign in"],
  [/\bsign[- ]?on\b/i, "sign in"],
  [/\b\d+ ?(?:[kKMG]B)\b|\b(?:mega|kilo|giga)bytes?\b/i, "MiB"],
  [/\be-mail\b/i, "email"],
  [/\bmailservers?\b|\bExchange servers?\b/, "mail server"],
  [/\bid[- ]stores?\b|\bidentity-stores?\b|\bdirectory stores?\b(?<!Active Directory stores?)/i, "identity store"],
  [/\bhostnames?\b/i, "host name"],
  [/\bfingerprints?\b/i, "thumbprint"],
  [/\bpass ?phrases?\b/i, "password", OF_HANDOVER],
  [/\bclick(?:ed|s|ing)?\b/i, "choose"],
  [/\bcheck ?box(?:es)?\b/i, "tick"],
  [/\bregex(?:es|p)?\b/i, "regular expression"],
];

interface Found {
  readonly where: string;
  readonly own: string;
}

function otherWords(texts: object, where = ""): readonly Found[] {
  return Object.entries(texts).flatMap(([key, text]: [string, unknown]) => {
    const place = where === "" ? key : `${where}.${key}`;
    if (typeof text === "object" && text !== null) return otherWords(text, place);
    return typeof text === "string" ? OTHER_WORDS.flatMap(([other, own, but]) => (other.test(text) && but?.test(place) !== true ? [{ where: place, own }] : [])) : [];
  });
}

describe("the words of the pages", () => {
  it("are one for each thing", () => {
    expect(otherWords({ ...english, providers })).toEqual([]);
  });

  it.each([
    ["Enter your username.", "user name"],
    ["Log in again.", "sign in"],
    ["You are logged on.", "sign in"],
    ["At most 10 MB.", "MiB"],
    ["The e-mail address", "email"],
    ["No Exchange server answers.", "mail server"],
    ["The directory store", "identity store"],
    ["Check the hostname.", "host name"],
    ["Compare the fingerprint.", "thumbprint"],
    ["The passphrase", "password"],
    ["Click Save.", "choose"],
    ["The checkbox", "tick"],
    ["A regex", "regular expression"],
  ])("would not be in %j", (text, own) => {
    expect(otherWords({ page: { planted: text } })).toEqual([{ where: "page.planted", own }]);
  });

  it.each(["User name", "Widen the account's logon hours.", "1 MiB", "Email address", "An Active Directory store", "Signed in"])("may be %j", (text) => {
    expect(otherWords({ text })).toEqual([]);
  });
});

/** Calls that write a date or a number in a form of their own. */
const OWN_FORMS = /\.toLocale(?:Date|Time)?String\(|Intl\.(?:DateTime|Number|RelativeTime)Format/;

it("dates and numbers get their form in one place", () => {
  const files = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  expect(files.filter((file) => OWN_FORMS.test(readFileSync(path.join(renderer, file), "utf8")))).toEqual([path.join("text", "format.ts")]);
  expect(OWN_FORMS.test("count.toLocaleString('en')")).toBe(true);
});
