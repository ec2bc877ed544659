/** The accounts of a practice domain, and what signing in with each answers. */
import { dnKey, domainDn } from "./names.ts";

/** Opens nothing but the practice organisation, which listens on loopback alone. */
export const PRACTICE_PASSWORD = "Practice-Makes-Perfect-1";

export type AccountState = "fine" | "password-expired" | "disabled" | "must-change" | "locked" | "expired";

interface AccountPlan {
  readonly name: string;
  readonly description: string;
  readonly state: AccountState;
  /** Whether the Exchange organisation may be read. */
  readonly reader: boolean;
  /** Whether objects may be made, changed and deleted below {@link delegatedUnits}. */
  readonly writer: boolean;
}

/** The organisational units in which the messaging account was given full control, as an administrator delegates it. */
export const delegatedUnits: readonly string[] = ["People", "Groups"];

/** All have {@link PRACTICE_PASSWORD}. */
export const accountPlans: readonly AccountPlan[] = [
  { name: "svc-mail", description: "Messaging service account", state: "fine", reader: true, writer: true },
  { name: "svc-expired", description: "Account whose password has expired", state: "password-expired", reader: true, writer: false },
  { name: "svc-disabled", description: "Disabled account", state: "disabled", reader: true, writer: false },
  { name: "svc-mustchange", description: "Account that must change its password", state: "must-change", reader: true, writer: false },
  { name: "svc-locked", description: "Locked account", state: "locked", reader: true, writer: false },
  { name: "svc-ended", description: "Account that has expired", state: "expired", reader: true, writer: false },
  { name: "svc-unprivileged", description: "Account without rights", state: "fine", reader: false, writer: false },
];

/** The `data` code of Active Directory's sign-in errors. */
const codes: Readonly<Record<Exclude<AccountState, "fine">, string>> = {
  "password-expired": "532",
  disabled: "533",
  "must-change": "773",
  locked: "775",
  expired: "701",
};
const WRONG_CREDENTIALS = "52e";
const ACCOUNT_RESTRICTION = "52f";
const NO_LOGON_SERVERS = "51f";

/** Who is signed in on a connection. */
export interface SignedIn {
  readonly name: string;
  readonly reader: boolean;
  readonly writer: boolean;
}

export type SignIn = { readonly ok: true; readonly identity: SignedIn } | { readonly ok: false; readonly code: string };

/** What the directory as a whole does to every sign-in, on command. */
export type SignInFailure = "wrong-password" | "locked" | "expired-password" | "restricted" | "no-logon-server" | null;

/**
 * Signs in as `user@domain`, `DOMAIN\user` (NetBIOS or DNS name) or a DN. A locked account is refused whatever the
 * password; the other states show only to who knows the password, as in Active Directory.
 */
export function signIn(
  domain: { readonly domain: string; readonly netbios: string },
  name: string,
  password: string,
  failure: SignInFailure,
): SignIn {
  const wanted = name.toLowerCase();
  const account = accountPlans.find((each) =>
    [
      `${each.name}@${domain.domain}`,
      `${domain.netbios.toLowerCase()}\\${each.name}`,
      `${domain.domain}\\${each.name}`,
    ].includes(wanted) || dnKey(name) === dnKey(`CN=${each.name},OU=Service Accounts,${domainDn(domain.domain)}`),
  );
  // A controller that does not reach the one it must ask says so before it looks at anything.
  if (failure === "no-logon-server") return { ok: false, code: NO_LOGON_SERVERS };
  if (account === undefined) return { ok: false, code: WRONG_CREDENTIALS };
  if (account.state === "locked" || failure === "locked") return { ok: false, code: codes.locked };
  if (password !== PRACTICE_PASSWORD || failure === "wrong-password") return { ok: false, code: WRONG_CREDENTIALS };
  if (failure === "restricted") return { ok: false, code: ACCOUNT_RESTRICTION };
  if (failure === "expired-password") return { ok: false, code: codes["password-expired"] };
  if (account.state !== "fine") return { ok: false, code: codes[account.state] };
  return { ok: true, identity: { name: `${domain.netbios}\\${account.name}`, reader: account.reader, writer: account.writer } };
}
