/** Names for the mail part and the account that a person's or group's name suggests. */
import transliterate from "@sindresorhus/transliterate";
import type { MailObjectType } from "../../shared/model/mail-object.ts";
import { isUserType } from "../../shared/rules/mail-types.ts";

/** Longest `sAMAccountName` of a user (Microsoft, "SAM-Account-Name attribute": 20 for old clients). */
const ACCOUNT_LENGTH = 20;

/** What a name says in ASCII letters, digits, dots, dashes and underscores; empty where nothing of it can be said so. */
function plain(name: string): string {
  return transliterate(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, ".")
    .replaceAll(/\.{2,}/g, ".")
    .replaceAll(/^[.-]+|[.-]+$/g, "");
}

function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[.-]+$/, "");
}

/**
 * The nth proposal for a name, from 1: the second and further ones end with their number. Transliterated, because an alias of other
 * letters is taken by few systems; empty where a name has none that could be.
 */
export function propose(type: MailObjectType, name: string, aliasLength: number, nth = 1): { readonly alias: string; readonly accountName: string } {
  const base = plain(name);
  const ending = nth === 1 || base === "" ? "" : String(nth);
  return {
    alias: cut(base, aliasLength - ending.length) + ending,
    accountName: cut(base, (isUserType(type) ? ACCOUNT_LENGTH : aliasLength) - ending.length) + ending,
  };
}
