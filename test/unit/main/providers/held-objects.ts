/** Objects with attributes in memory, which change as Active Directory changes them, for what providers write. */
import type { AttributeChange, DirectoryObjects } from "../../../../main/directory/types.ts";
import { fail, succeed, type Fault, type Result } from "../../../../shared/fault.ts";
import type { DirectoryObject, MailRequest } from "../../../../shared/model/mail-object.ts";

export const held: DirectoryObject = { identity: "CN=Sales,OU=Groups,DC=contoso,DC=lab", guid: "5f0c2a0e-7d1b-4c7e-9a54-2f1f4d6b8c31", controller: "dc1.contoso.lab" };

const SINGLE = ["mail", "mailnickname", "targetaddress"];

export interface HeldObjects {
  readonly objects: DirectoryObjects;
  /** By attribute name in lower case; null once the object is gone. */
  values: Record<string, readonly string[]> | null;
  /** What the next read or change answers instead. */
  readonly answers: { read?: Fault; modify?: Fault };
  readonly changes: AttributeChange[][];
}

/** Adding what is there and deleting what is not is refused: RFC 4511, 4.6, results 20 and 16 (MS-ADTS, 3.1.1.5.3.1.2). Values are equal without case. */
function changed(values: Record<string, readonly string[]>, { how, attribute, values: given }: AttributeChange): Result<null> {
  const name = attribute.toLowerCase();
  const before = values[name] ?? [];
  const has = (text: string) => before.some((value) => value.toLowerCase() === text.toLowerCase());
  const texts = given.map(String);
  const clash = how === "add" && (texts.some(has) || (SINGLE.includes(name) && before.length > 0));
  if (clash || (how === "delete" && !texts.every(has))) return fail({ kind: "object-refused", why: "value-not-allowed", detail: clash ? "LDAP 20" : "LDAP 16" });
  const after = how === "add" ? [...before, ...texts] : how === "delete" ? before.filter((value) => !texts.some((text) => text.toLowerCase() === value.toLowerCase())) : texts;
  if (after.length > 0) values[name] = after;
  else delete values[name];
  return succeed(null);
}

export function holdObjects(attributes: Readonly<Record<string, readonly string[]>> = {}): HeldObjects {
  const notAsked = () => Promise.reject(new Error("not asked of it"));
  const it: HeldObjects = {
    values: { ...attributes },
    answers: {},
    changes: [],
    objects: {
      controller: held.controller,
      containers: notAsked,
      find: notAsked,
      called: notAsked,
      conflicts: notAsked,
      nameOf: () => held.identity,
      create: notAsked,
      locate: notAsked,
      remove: notAsked,
      close: () => Promise.resolve(),
      read(object) {
        if (it.answers.read !== undefined) return Promise.resolve(fail(it.answers.read));
        return Promise.resolve(succeed(it.values === null ? null : { dn: object.identity, attributes: { ...it.values } }));
      },
      modify(_object, changes) {
        if (it.answers.modify !== undefined) return Promise.resolve(fail(it.answers.modify));
        it.changes.push([...changes]);
        const copy = { ...it.values };
        for (const change of changes) {
          const answer = changed(copy, change);
          if (!answer.ok) return Promise.resolve(answer);
        }
        it.values = copy;
        return Promise.resolve(succeed(null));
      },
    },
  };
  return it;
}

/** A request for a mail-enabled group, with whatever is different about it. */
export function requestOf(change: Partial<MailRequest> = {}): MailRequest {
  return {
    action: "create",
    type: "distribution-group",
    name: "Sales",
    container: "OU=Groups,DC=contoso,DC=lab",
    identity: null,
    alias: "sales",
    address: null,
    externalAddress: null,
    accountName: "sales",
    ...change,
  };
}
