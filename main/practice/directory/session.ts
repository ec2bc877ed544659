/** What one connection has agreed on so far, and the answer to each of its requests. */
import type { Buffer } from "node:buffer";
import { ProtocolOperation } from "ldapts";
import { signIn, type SignInFailure, type SignedIn } from "./accounts.ts";
import * as answers from "./answers.ts";
import { matches } from "./filter.ts";
import { encodeResult, type Incoming, type Request } from "./messages.ts";
import { START_TLS, supportedControls, WHO_AM_I } from "./root-dse.ts";
import { search, type Cursors } from "./search.ts";
import type { Tree } from "./tree.ts";
import { add, modify, remove } from "./writes.ts";
import type { Written } from "./written.ts";

/** The directory as a session sees it; read anew for every request, so that changes and failures count at once. */
export interface DirectoryView {
  readonly tree: Tree;
  /** Where changes of the tree are kept. */
  readonly written: Written;
  readonly controller: { readonly host: string; readonly domain: string; readonly netbios: string };
  readonly signInFailure: SignInFailure;
  /** Whether there is one: without, StartTLS cannot be started. */
  readonly certificate: boolean;
  /** Refuses to sign in without TLS. */
  readonly hardened: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Outcome {
  readonly messages: readonly Buffer[];
  /** What the connection does once the messages are sent. */
  readonly next: "continue" | "start-tls" | "close";
}

export interface Session {
  answer(incoming: Incoming, secure: boolean): Outcome;
}

function goOn(...messages: readonly Buffer[]): Outcome {
  return { messages, next: "continue" };
}

type Change = Extract<Request, { readonly kind: "add" | "modify" | "delete" | "rename" }>;

const responses: Readonly<Record<Change["kind"], number>> = {
  add: ProtocolOperation.LDAP_RES_ADD,
  modify: ProtocolOperation.LDAP_RES_MODIFY,
  delete: ProtocolOperation.LDAP_RES_DELETE,
  rename: ProtocolOperation.LDAP_RES_MODRDN,
};

export function createSession(view: () => DirectoryView): Session {
  const cursors: Cursors = new Map();
  let identity: SignedIn | null = null;

  const bind = (request: Request & { kind: "bind" }, secure: boolean): answers.Answer => {
    // A failed sign-in leaves nobody signed in (RFC 4511, section 4.2.1).
    identity = null;
    cursors.clear();
    if (request.version !== 3) return answers.versionNotSupported;
    if (request.password === null) return answers.methodNotSupported;
    // A name without a password is nobody too (RFC 4513, section 5.1.2), and a domain controller allows it.
    if (request.password === "") return answers.success;
    const { hardened, controller, signInFailure } = view();
    if (hardened && !secure) return answers.protectionNeeded;
    const signedIn = signIn(controller, request.name, request.password, signInFailure);
    if (!signedIn.ok) return answers.credentialsRefused(signedIn.code);
    identity = signedIn.identity;
    return answers.success;
  };

  const extended = (id: number, oid: string, secure: boolean): Outcome => {
    const respond = (answer: answers.Answer, extras: { oid?: string; value?: string } = {}) =>
      encodeResult(id, ProtocolOperation.LDAP_RES_EXTENSION, answer, extras);
    if (oid === START_TLS) {
      if (!view().certificate) return goOn(respond(answers.tlsUnavailable, { oid }));
      return secure ? goOn(respond(answers.tlsAlreadyActive, { oid })) : { messages: [respond(answers.success, { oid })], next: "start-tls" };
    }
    if (oid === WHO_AM_I) return goOn(respond(answers.success, { value: identity === null ? "" : `u:${identity.name}` }));
    return goOn(respond(answers.unknownExtension));
  };

  const compare = (request: Request & { kind: "compare" }): answers.Answer => {
    if (identity === null) return answers.bindNeeded;
    const { tree } = view();
    const entry = tree.find(request.dn);
    if (entry === null) return answers.noSuchObject(tree.nearest(request.dn) ?? "");
    const equal = matches({ kind: "equal", attribute: request.attribute, value: request.value }, entry, tree);
    return equal === true ? answers.compareTrue : answers.compareFalse;
  };

  const change = (request: Change, secure: boolean): answers.Answer => {
    if (identity === null) return answers.bindNeeded;
    const { tree, written, now } = view();
    const state = { tree, written, identity, secure, now };
    if (request.kind === "add") return add(request, state);
    if (request.kind === "modify") return modify(request, state);
    return request.kind === "delete" ? remove(request.dn, state) : answers.accessDenied;
  };

  return {
    answer({ id, request, controls }, secure) {
      switch (request.kind) {
        case "unbind":
          return { messages: [], next: "close" };
        case "abandon":
          return goOn();
        case "bind":
          return goOn(encodeResult(id, ProtocolOperation.LDAP_RES_BIND, bind(request, secure)));
        case "extended":
          return extended(id, request.oid, secure);
        case "search": {
          const { tree, controller, now } = view();
          return goOn(...search(id, request, controls, { tree, controller, identity, cursors, now }));
        }
        case "compare":
          return goOn(encodeResult(id, ProtocolOperation.LDAP_RES_COMPARE, compare(request)));
        case "add":
        case "modify":
        case "delete":
        case "rename":
        default: {
          const unsupported = controls.some(({ critical, oid }) => critical && !supportedControls.includes(oid));
          return goOn(encodeResult(id, responses[request.kind], unsupported ? answers.controlNotSupported : change(request, secure)));
        }
      }
    },
  };
}

/** Notice of disconnection (RFC 4511, section 4.4.1): sent before a connection that spoke nonsense is closed. */
export function disconnection(): Buffer {
  return encodeResult(0, ProtocolOperation.LDAP_RES_EXTENSION, answers.decodingFailed, { oid: "1.3.6.1.4.1.1466.20036" });
}
