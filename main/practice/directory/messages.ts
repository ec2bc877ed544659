/** LDAP messages (RFC 4511): requests decoded, responses encoded. */
import { Ber, BerWriter, PagedResultsControl, ProtocolOperation } from "ldapts";
import type { Answer } from "./answers.ts";
import { Elements, integerOf, MalformedError, type Element } from "./elements.ts";
import { decodeFilter, type Filter } from "./filter.ts";

export interface RequestControl {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Buffer | null;
}

export interface SearchRequest {
  readonly kind: "search";
  readonly base: string;
  readonly scope: "base" | "one" | "sub";
  /** 0 is none. */
  readonly sizeLimit: number;
  readonly typesOnly: boolean;
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

/** An attribute as it was sent. */
export interface SentAttribute {
  readonly name: string;
  readonly values: readonly Buffer[];
}

export interface AddRequest {
  readonly kind: "add";
  readonly dn: string;
  readonly attributes: readonly SentAttribute[];
}

export interface ModifyRequest {
  readonly kind: "modify";
  readonly dn: string;
  readonly changes: readonly (SentAttribute & { readonly how: "add" | "delete" | "replace" })[];
}

export type Request =
  | { readonly kind: "bind"; readonly version: number; readonly name: string; readonly password: string | null }
  | { readonly kind: "unbind" }
  | { readonly kind: "abandon"; readonly id: number }
  | SearchRequest
  | { readonly kind: "compare"; readonly dn: string; readonly attribute: string; readonly value: Buffer }
  | { readonly kind: "extended"; readonly oid: string }
  | AddRequest
  | ModifyRequest
  | { readonly kind: "delete"; readonly dn: string }
  /** A renaming, which the practice directory refuses. */
  | { readonly kind: "rename" };

export interface Incoming {
  readonly id: number;
  readonly request: Request;
  readonly controls: readonly RequestControl[];
}

const SIMPLE = Ber.Context;
const SCOPES = ["base", "one", "sub"] as const;

const HOW = ["add", "delete", "replace"] as const;

function decodeAttribute(elements: Elements): SentAttribute {
  const name = elements.text();
  const set = new Elements(elements.next(ProtocolOperation.LBER_SET).content);
  const values: Buffer[] = [];
  while (!set.done) values.push(Buffer.from(set.next(Ber.OctetString).content));
  return { name, values };
}

function decodeAdd(elements: Elements): Request {
  const dn = elements.text();
  const list = new Elements(elements.next(Ber.Sequence | Ber.Constructor).content);
  const attributes: SentAttribute[] = [];
  while (!list.done) attributes.push(decodeAttribute(new Elements(list.next(Ber.Sequence | Ber.Constructor).content)));
  return { kind: "add", dn, attributes };
}

function decodeModify(elements: Elements): Request {
  const dn = elements.text();
  const list = new Elements(elements.next(Ber.Sequence | Ber.Constructor).content);
  const changes: ModifyRequest["changes"][number][] = [];
  while (!list.done) {
    const change = new Elements(list.next(Ber.Sequence | Ber.Constructor).content);
    const how = HOW[change.integer(Ber.Enumeration)];
    if (how === undefined) throw new MalformedError("unknown change");
    changes.push({ how, ...decodeAttribute(new Elements(change.next(Ber.Sequence | Ber.Constructor).content)) });
  }
  return { kind: "modify", dn, changes };
}

function decodeBind(elements: Elements): Request {
  const version = elements.integer();
  const name = elements.text();
  const { tag, content } = elements.next();
  return { kind: "bind", version, name, password: tag === SIMPLE ? content.toString("utf8") : null };
}

function decodeSearch(elements: Elements): Request {
  const base = elements.text();
  const scope = SCOPES[elements.integer(Ber.Enumeration)];
  if (scope === undefined) throw new MalformedError("unknown scope");
  elements.integer(Ber.Enumeration);
  const sizeLimit = elements.integer();
  elements.integer();
  const typesOnly = elements.flag();
  const filter = decodeFilter(elements.next());
  const selection = new Elements(elements.next(Ber.Sequence | Ber.Constructor).content);
  const attributes: string[] = [];
  while (!selection.done) attributes.push(selection.text());
  if (sizeLimit < 0) throw new MalformedError("negative size limit");
  return { kind: "search", base, scope, sizeLimit, typesOnly, filter, attributes };
}

function decodeCompare(elements: Elements): Request {
  const dn = elements.text();
  const assertion = new Elements(elements.next(Ber.Sequence | Ber.Constructor).content);
  return { kind: "compare", dn, attribute: assertion.text().toLowerCase(), value: assertion.next(Ber.OctetString).content };
}

function decodeRequest({ tag, content }: Element): Request {
  const elements = new Elements(content);
  switch (tag) {
    case ProtocolOperation.LDAP_REQ_BIND:
      return decodeBind(elements);
    case ProtocolOperation.LDAP_REQ_UNBIND:
      return { kind: "unbind" };
    case ProtocolOperation.LDAP_REQ_ABANDON:
      return { kind: "abandon", id: integerOf(content) };
    case ProtocolOperation.LDAP_REQ_SEARCH:
      return decodeSearch(elements);
    case ProtocolOperation.LDAP_REQ_COMPARE:
      return decodeCompare(elements);
    case ProtocolOperation.LDAP_REQ_EXTENSION:
      return { kind: "extended", oid: elements.text(0x80) };
    case ProtocolOperation.LDAP_REQ_ADD:
      return decodeAdd(elements);
    case ProtocolOperation.LDAP_REQ_MODIFY:
      return decodeModify(elements);
    case ProtocolOperation.LDAP_REQ_DELETE:
      return { kind: "delete", dn: content.toString("utf8") };
    case ProtocolOperation.LDAP_REQ_MODRDN:
      return { kind: "rename" };
    default:
      throw new MalformedError("unknown operation");
  }
}

function decodeControls(content: Buffer): readonly RequestControl[] {
  const elements = new Elements(content);
  const controls: RequestControl[] = [];
  while (!elements.done) {
    const control = new Elements(elements.next(Ber.Sequence | Ber.Constructor).content);
    const oid = control.text();
    const critical = control.peek() === Ber.Boolean && control.flag();
    controls.push({ oid, critical, value: control.done ? null : control.next(Ber.OctetString).content });
  }
  return controls;
}

/** Decodes the content of one message; throws {@link MalformedError}. */
export function decodeMessage(content: Buffer): Incoming {
  const elements = new Elements(content);
  const id = elements.integer();
  if (id < 0) throw new MalformedError("negative message number");
  const request = decodeRequest(elements.next());
  const controls = elements.peek() === ProtocolOperation.LDAP_CONTROLS ? decodeControls(elements.next().content) : [];
  return { id, request, controls };
}

/** Decodes the value of a paged results control (RFC 2696). */
export function decodePaging(value: Buffer): { readonly size: number; readonly cookie: Buffer } {
  const elements = new Elements(new Elements(value).next(Ber.Sequence | Ber.Constructor).content);
  return { size: elements.integer(), cookie: elements.next(Ber.OctetString).content };
}

function message(id: number, size: number, write: (writer: BerWriter) => void): Buffer {
  // Room for the whole message at once: the writer does not look for room when it widens a long length.
  const writer = new BerWriter({ size: size + 256 });
  writer.startSequence();
  writer.writeInt(id);
  write(writer);
  writer.endSequence();
  return writer.buffer;
}

export interface ResultExtras {
  /** Paging answer: the cookie of the next page, empty after the last. */
  readonly cookie?: Buffer;
  /** `responseName` of an extended response. */
  readonly oid?: string;
  /** `response` value of an extended response. */
  readonly value?: string;
}

/** A result message; `tag` is the operation's response tag. */
export function encodeResult(id: number, tag: number, answer: Answer, extras: ResultExtras = {}): Buffer {
  const size = [answer.matched, answer.message, ...(answer.referrals ?? []), extras.value].reduce((sum, text) => sum + Buffer.byteLength(text ?? "") + 8, 0);
  return message(id, size, (writer) => {
    writer.startSequence(tag);
    writer.writeEnumeration(answer.code);
    writer.writeString(answer.matched ?? "");
    writer.writeString(answer.message ?? "");
    if (answer.referrals !== undefined) {
      writer.startSequence(0xa3);
      writer.writeStringArray([...answer.referrals]);
      writer.endSequence();
    }
    if (extras.oid !== undefined) writer.writeString(extras.oid, 0x8a);
    if (extras.value !== undefined) writer.writeString(extras.value, 0x8b);
    writer.endSequence();
    if (extras.cookie !== undefined) {
      writer.startSequence(ProtocolOperation.LDAP_CONTROLS);
      // Active Directory does not estimate: the total is always 0.
      new PagedResultsControl({ value: { size: 0, cookie: extras.cookie } }).write(writer);
      writer.endSequence();
    }
  });
}

export interface ReturnedAttribute {
  readonly name: string;
  readonly values: readonly Buffer[];
}

export function encodeEntry(id: number, dn: string, attributes: readonly ReturnedAttribute[]): Buffer {
  const sizeOf = ({ name, values }: ReturnedAttribute) => name.length + 24 + values.reduce((sum, value) => sum + value.length + 6, 0);
  const size = Buffer.byteLength(dn) + attributes.reduce((sum, attribute) => sum + sizeOf(attribute), 0);
  return message(id, size, (writer) => {
    writer.startSequence(ProtocolOperation.LDAP_RES_SEARCH_ENTRY);
    writer.writeString(dn);
    writer.startSequence();
    for (const { name, values } of attributes) {
      writer.startSequence();
      writer.writeString(name);
      writer.startSequence(ProtocolOperation.LBER_SET);
      for (const value of values) writer.writeBuffer(value, Ber.OctetString);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
    writer.endSequence();
  });
}

/** A search continuation reference. */
export function encodeReference(id: number, uri: string): Buffer {
  return message(id, Buffer.byteLength(uri), (writer) => {
    writer.startSequence(ProtocolOperation.LDAP_RES_SEARCH_REF);
    writer.writeString(uri);
    writer.endSequence();
  });
}
