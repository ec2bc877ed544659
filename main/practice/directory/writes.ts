/** Changes of the directory: made, or refused in Active Directory's order and words. */
import { randomBytes } from "node:crypto";
import { delegatedUnits, type SignedIn } from "./accounts.ts";
import * as answers from "./answers.ts";
import type { Answer } from "./answers.ts";
import type { AddRequest, ModifyRequest, SentAttribute } from "./messages.ts";
import { dnKey, escapeValue, leafOf } from "./names.ts";
import { generalizedTime } from "./root-dse.ts";
import { categoryDn, classChain, comparable } from "./schema.ts";
import { entryOf, type Entry, type Tree } from "./tree.ts";
import { accountProblem, classOf, nameProblem, passwordProblem, readAttribute, valueProblem, type Values } from "./write-rules.ts";
import type { Written } from "./written.ts";

export interface WriteState {
  readonly tree: Tree;
  readonly written: Written;
  readonly identity: SignedIn;
  readonly secure: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** ADS_UF_NORMAL_ACCOUNT with ACCOUNTDISABLE and PASSWD_NOTREQD: what a user without further words gets. */
const NEW_USER = "546";
const DISABLED = 2;
const NO_PASSWORD_NEEDED = 32;
const GLOBAL_SECURITY_GROUP = "-2147483646";

type Work = Map<string, readonly Buffer[]>;

function text(value: string | number): Buffer {
  return Buffer.from(String(value), "utf8");
}

/** Below a delegated unit, or the unit itself where something is made in it. */
function mayWrite({ identity, tree }: WriteState, dn: string, itself: boolean): boolean {
  const key = dnKey(dn) ?? "";
  const root = dnKey(tree.contexts[0] ?? "") ?? "";
  const units = delegatedUnits.map((unit) => `ou=${unit.toLowerCase()}\n${root}`);
  return identity.writer && units.some((unit) => key.endsWith(`\n${unit}`) || (itself && key === unit));
}

/** Why there is no entry of that name. */
function absent(tree: Tree, dn: string): Answer {
  if (dn.startsWith("<")) return answers.noSuchObject("");
  if (dnKey(dn) === null) return answers.badName(dn);
  return tree.contextOf(dn) === null ? answers.elsewhere("elsewhere.invalid", dn) : answers.noSuchObject(tree.nearest(dn) ?? "");
}

/** The attributes of a request by the schema's names, each once; or what is wrong with them. */
function readAll(sent: readonly SentAttribute[]): { readonly work: Work } | { readonly answer: Answer } {
  const work: Work = new Map();
  for (const { name, values } of sent) {
    const read = readAttribute(name, values);
    if ("answer" in read) return read;
    if (work.has(read.name)) return { answer: answers.valueExists(read.name) };
    if (values.length === 0) return { answer: answers.notOfTheSyntax };
    work.set(read.name, values);
  }
  return { work };
}

/** Members that are there, once each. */
function memberProblem(values: Values, tree: Tree): Answer | null {
  for (const name of ["member", "managedBy", "manager"]) {
    if (values.get(name)?.some((value) => tree.find(value.toString("utf8")) === null) === true) return answers.referenceMissing(name);
  }
  return null;
}

export function add(request: AddRequest, state: WriteState): Answer {
  const { tree, written, secure, now } = state;
  const leaf = leafOf(request.dn);
  // MS-ADTS 3.1.1.5.1.2: no zero, and no line feed, which the names of conflict objects have.
  if (leaf === null || leaf.value.includes("\0")) return answers.badName(request.dn);
  if (leaf.value.includes("\n")) return answers.namingViolation(request.dn, "wrong");
  const parent = tree.find(leaf.parent);
  if (parent === null) return absent(tree, leaf.parent);
  const read = readAll(request.attributes);
  if ("answer" in read) return read.answer;
  if (!mayWrite(state, parent.dn, true)) return answers.accessDenied;
  const { work } = read;
  const className = work.get("objectClass")?.at(-1)?.toString("utf8") ?? "";
  const dn = `${leaf.type.toUpperCase()}=${escapeValue(leaf.value)},${parent.dn}`;
  const named = nameProblem(className, leaf.type, parent, dn);
  if (named !== null) return named;
  const password = work.get("unicodePwd")?.[0];
  work.delete("unicodePwd");
  work.set(leaf.type.toLowerCase(), [text(leaf.value)]);
  if (className === "group" && !work.has("groupType")) work.set("groupType", [text(GLOBAL_SECURITY_GROUP)]);
  if (className === "user" && !work.has("userAccountControl")) work.set("userAccountControl", [text(NEW_USER)]);
  // Without an account name a random one is taken (MS-SAMR 3.1.1.8.4).
  if ((className === "group" || className === "user") && !work.has("sAMAccountName")) work.set("sAMAccountName", [text(`$${randomBytes(8).toString("hex").toUpperCase()}`)]);
  const wrong = valueProblem(className, work) ?? memberProblem(work, tree);
  if (wrong !== null) return wrong;
  if (tree.find(dn) !== null) return answers.entryExists;
  const account = accountProblem(className, work, null, tree) ?? passwordOf(className, work, password, secure);
  if (account !== null) return account;

  const owned: [string, readonly Buffer[]][] = [
    ["name", [text(leaf.value)]],
    ["distinguishedName", [text(dn)]],
    ["objectCategory", [text(categoryDn(className, tree.schema))]],
    ["objectGUID", [randomBytes(16)]],
    ["instanceType", [text(4)]],
    ["whenCreated", [text(generalizedTime(now))]],
  ];
  if (className === "group" || className === "user") owned.push(["objectSid", [Buffer.concat([Buffer.from([1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0]), randomBytes(16)])]]);
  if (className === "user" && !work.has("pwdLastSet")) owned.push(["pwdLastSet", [text(password === undefined ? 0 : fileTime(now))]]);
  const entry = stamped(dn, [["objectClass", classChain(className).map(text)], ...[...work].filter(([name]) => name !== "objectClass"), ...owned], state);
  written.put(tree, entry);
  link(entry, null, state);
  return answers.success;
}

/** A user that is enabled has a password. */
function passwordOf(className: string, work: Work, password: Buffer | undefined, secure: boolean): Answer | null {
  if (className !== "user") return null;
  const account = work.get("sAMAccountName")?.[0]?.toString("utf8") ?? "";
  if (password !== undefined) return passwordProblem(password, account, secure, "add");
  const control = Number(work.get("userAccountControl")?.[0]?.toString("latin1"));
  return (control & (DISABLED | NO_PASSWORD_NEEDED)) === 0 ? answers.passwordRefusedAtAdd : null;
}

/** 100-nanosecond steps since 1601. */
function fileTime(now: number): string {
  return ((BigInt(Math.floor(now)) + 11_644_473_600_000n) * 10_000n).toString();
}

/** An entry with the marks of this change. */
function stamped(dn: string, attributes: Iterable<readonly [string, readonly Buffer[]]>, { written, now }: WriteState): Entry {
  const number = written.nextNumber();
  const all = new Map(attributes);
  if (!all.has("uSNCreated")) all.set("uSNCreated", [text(number)]);
  return entryOf(dn, all.set("whenChanged", [text(generalizedTime(now))]).set("uSNChanged", [text(number)]));
}

function valuesOf(entry: Entry): Work {
  return new Map(entry.names.map((name) => [name, entry.values(name.toLowerCase())]));
}

export function modify(request: ModifyRequest, state: WriteState): Answer {
  const { tree, written, secure } = state;
  const entry = tree.find(request.dn);
  if (entry === null) return absent(tree, request.dn);
  const work = valuesOf(entry);
  let password: Buffer | undefined;
  for (const change of request.changes) {
    const read = readAttribute(change.name, change.values);
    if ("answer" in read) return read.answer;
    if (["cn", "ou", "name"].includes(read.name)) return { code: 67, message: "000020B1: UpdErr: DSID-030F1357, problem 6004 (CANT_ON_RDN), data 0\n\0" };
    if (read.name === "unicodePwd") {
      [password] = change.values;
      continue;
    }
    const changed = changedValues(read.name, work.get(read.name) ?? [], change);
    if ("answer" in changed) return changed.answer;
    work.set(read.name, changed.values);
  }
  if (!mayWrite(state, entry.dn, false)) return answers.insufficientAccess;
  const className = classOf(entry);
  const kept = new Map([...work].filter(([, values]) => values.length > 0));
  const wrong = valueProblem(className, kept) ?? memberProblem(kept, tree) ?? accountProblem(className, kept, entry, tree);
  if (wrong !== null) return wrong;
  const account = kept.get("sAMAccountName")?.[0]?.toString("utf8") ?? "";
  const refused = password === undefined ? null : passwordProblem(password, account, secure, "modify");
  if (refused !== null) return refused;
  const changed = stamped(entry.dn, kept, state);
  written.put(tree, changed);
  link(changed, entry, state);
  return answers.success;
}

function changedValues(name: string, before: readonly Buffer[], { how, values }: ModifyRequest["changes"][number]): { readonly values: readonly Buffer[] } | { readonly answer: Answer } {
  const lower = name.toLowerCase();
  const same = (one: Buffer) => (other: Buffer) => comparable(lower, one) === comparable(lower, other);
  if (how === "replace") return { values };
  if (how === "add") return values.some((value) => before.some(same(value))) ? { answer: answers.valueExists(name) } : { values: [...before, ...values] };
  if (before.length === 0 || values.some((value) => !before.some(same(value)))) return { answer: answers.noSuchValue(name) };
  return { values: values.length === 0 ? [] : before.filter((value) => !values.some(same(value))) };
}

export function remove(dn: string, state: WriteState): Answer {
  const { tree, written } = state;
  const entry = tree.find(dn);
  if (entry === null) return absent(tree, dn);
  if (!mayWrite(state, entry.dn, false)) return answers.accessDenied;
  if (tree.scope(entry, "one").length > 0) return answers.childrenExist;
  written.drop(tree, entry);
  link(null, entry, state);
  return answers.success;
}

/** Keeps `memberOf` of the members of a group, and `member` of the groups of what was deleted. */
function link(after: Entry | null, before: Entry | null, { tree, written }: WriteState): void {
  const members = (entry: Entry | null) => new Map((entry?.values("member") ?? []).map((value) => [dnKey(value.toString("utf8")), value]));
  const [now, then] = [members(after), members(before)];
  const group = (after ?? before)?.dn ?? "";
  const change = (dn: string, name: string, alter: (values: readonly Buffer[]) => readonly Buffer[]) => {
    const entry = tree.find(dn);
    if (entry === null) return;
    const values = valuesOf(entry);
    written.put(tree, entryOf(entry.dn, values.set(name, alter(values.get(name) ?? []))));
  };
  const without = (values: readonly Buffer[], dn: string) => values.filter((value) => dnKey(value.toString("utf8")) !== dnKey(dn));
  for (const [key, value] of now) if (!then.has(key)) change(value.toString("utf8"), "memberOf", (values) => [...without(values, group), text(group)]);
  for (const [key, value] of then) if (!now.has(key)) change(value.toString("utf8"), "memberOf", (values) => without(values, group));
  if (after !== null || before === null) return;
  for (const value of before.values("memberof")) change(value.toString("utf8"), "member", (values) => without(values, before.dn));
}
