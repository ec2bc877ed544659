/** What the suites lean on that hold directories to how objects are made in them. */
import { expect } from "vitest";
import { openObjects } from "../../../main/directory/index.ts";
import type { DirectoryObjects, DirectorySession } from "../../../main/directory/types.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import type { DirectoryObject, MailRequest } from "../../../shared/model/mail-object.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { ldapSearch } from "./ldapsearch.ts";
import { connectionTo, open, systemClock, type Account, type Subject } from "./subject.ts";

export const DOMAIN_DN = "DC=contoso,DC=lab";
export const GROUPS = `OU=Groups,${DOMAIN_DN}`;
export const PEOPLE = `OU=People,${DOMAIN_DN}`;
export const PASSWORD = "First-Password-1";

const plain: MailRequest = { action: "create", type: "distribution-group", name: "", container: GROUPS, identity: null, alias: "", address: null, externalAddress: null, accountName: null };
export const groupNamed = (name: string): MailRequest => ({ ...plain, name, alias: name.toLowerCase(), accountName: name });
export const userNamed = (name: string): MailRequest => ({ ...groupNamed(name), type: "mailbox", container: PEOPLE });
export const contactNamed = (name: string): MailRequest => ({ ...groupNamed(name), type: "mail-contact", container: PEOPLE, accountName: null });
/** Without a password and further attributes. */
export const bare = { password: null, attributes: {} };

export function taken<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

/** What a refusal looks like. */
export const refused = (why: Extract<Fault, { kind: "object-refused" }>["why"]) => ({ ok: false, fault: { kind: "object-refused", why } });
export const forbidden = (need: string) => ({ ok: false, fault: { kind: "forbidden", needs: [need] } });

/** Opens the subject's objects as the product does. */
export function openFor(subject: Subject, account: Account = subject.accounts.mail, changes: Parameters<typeof connectionTo>[2] = {}, controller?: string) {
  const deps = { resolver: subject.resolver, clock: systemClock, logger: silentLogger };
  return openObjects(connectionTo(subject, subject.authorityPem, changes), { ...account, signal: new AbortController().signal, ...(controller === undefined ? {} : { controller }) }, deps);
}

export interface Writer {
  readonly subject: Subject;
  readonly objects: DirectoryObjects;
  /** Works in a session of its own. */
  session<T>(work: (opened: DirectorySession) => Promise<T>, account?: Account): Promise<T>;
  /** As a program reads an entry that shares no code with the product. */
  seen(dn: string, attributes: readonly string[]): Promise<Readonly<Record<string, readonly string[]>> | null>;
  make(request: MailRequest, details?: Parameters<DirectoryObjects["create"]>[1]): Promise<DirectoryObject>;
  dispose(): Promise<void>;
}

export async function openWriter(start: () => Promise<Subject>): Promise<Writer> {
  const subject = await start();
  const objects = taken(await openFor(subject));
  expect(objects.controller).toBe(subject.controller);
  return {
    subject,
    objects,
    session: async (work, account = subject.accounts.mail) => {
      const opened = taken((await open(subject, connectionTo(subject, subject.authorityPem), account)).opened);
      const result = await work(opened);
      await opened.close();
      return result;
    },
    seen: async (dn, attributes) => {
      const { entries } = await ldapSearch({ url: subject.urls.ldaps, account: subject.accounts.mail, base: dn, scope: "base", filter: "(objectClass=*)", attributes });
      return entries[0] ?? null;
    },
    make: async (request, details = bare) => taken(await objects.create(request, details)),
    dispose: async () => {
      await objects.close();
      await subject.dispose();
    },
  };
}
