/** The objects of a Microsoft Entra tenant, over Graph: Microsoft 365 groups and users. It has no containers and no controllers. */
import type { z } from "zod";
import { fail, succeed, type Fault, type Issue, type Result } from "../../../shared/fault.ts";
import type { DirectoryObject, MailRequest } from "../../../shared/model/mail-object.ts";
import { calledFirst, type Found } from "../../../shared/rules/called-first.ts";
import type { DirectoryEntry, DirectoryObjects } from "../../directory/types.ts";
import type { Office365Configuration } from "./configuration.ts";
import type { AskGraph } from "./graph-access.ts";
import { nextPath } from "./graph-call.ts";
import { entriesSchema, entryOf, entrySchema, foundOf, identityOf, isUnified, kindOf, NEEDS, SELECTED, type GraphEntry, type GraphKind } from "./graph-entries.ts";
import { signInName } from "./naming.ts";

/** Of a search. */
const MOST = 50;
/** Followed at most in one search. */
const MOST_PAGES = 10;
/** Waits before what was just made is deleted again where Graph does not show it yet, in milliseconds. */
const NOT_SHOWN_MS: readonly number[] = [1_000, 2_000, 4_000];

function refused(why: Extract<Fault, { kind: "object-refused" }>["why"]): Result<never> {
  return fail({ kind: "object-refused", why });
}

/** A text in a filter (OData 4, "URL Conventions", 5.1.1.6.1), as a part of an address. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export class GraphObjects implements DirectoryObjects {
  readonly controller = null;
  readonly #configuration: Office365Configuration;
  readonly #ask: AskGraph;
  readonly #pause: (ms: number) => Promise<void>;

  constructor(configuration: Office365Configuration, ask: AskGraph, pause: (ms: number) => Promise<void>) {
    this.#configuration = configuration;
    this.#ask = ask;
    this.#pause = pause;
  }

  containers(): Promise<Result<readonly never[]>> {
    return Promise.resolve(succeed([]));
  }

  find(text: string): Promise<Found> {
    return calledFirst(MOST, {
      begins: () => this.#search(text, (property) => `startswith(${property},${quoted(text)})`),
      called: () => this.called(text),
    });
  }

  /** A user's account is its sign-in name in whichever domain. */
  called(text: string): Promise<Found> {
    return this.#search(text, (property) => (property === "userPrincipalName" ? `${property} eq ${quoted(text)} or startswith(${property},${quoted(`${text}@`)})` : `${property} eq ${quoted(text)}`));
  }

  async #search(text: string, clauseOf: (property: string) => string): Promise<Found> {
    const held = `proxyAddresses/any(p:p eq ${quoted(`smtp:${text}`)})`;
    const names = ["displayName", "mail", "mailNickname"];
    const groups = await this.#list("groups", [...names.map(clauseOf), held]);
    if (!groups.ok) return groups;
    const users = await this.#list("users", [...[...names, "userPrincipalName"].map(clauseOf), held]);
    if (!users.ok) return users;
    const objects = [...groups.value.entries.map((entry) => foundOf("groups", entry)), ...users.value.entries.map((entry) => foundOf("users", entry))];
    return succeed({ objects: objects.slice(0, MOST), more: objects.length > MOST || groups.value.more || users.value.more });
  }

  async conflicts(request: MailRequest, address: string | null): Promise<Result<readonly Issue[]>> {
    if (request.action !== "create") return succeed([]);
    const issues: Issue[] = [];
    const note = (path: string, code: string) => {
      if (!issues.some((issue) => issue.code === code)) issues.push({ path: [path], code });
    };
    const upn = signInName(this.#configuration, request);
    for (const kind of ["groups", "users"] as const) {
      const alias = await this.#list(kind, [`mailNickname eq ${quoted(request.alias)}`]);
      if (!alias.ok) return alias;
      if (alias.value.entries.length > 0) note("alias", "alias-taken");
      const addressed = address === null ? succeed({ entries: [] }) : await this.#list(kind, [`proxyAddresses/any(p:p eq ${quoted(`smtp:${address}`)})`]);
      if (!addressed.ok) return addressed;
      if (addressed.value.entries.length > 0) note(request.address === null ? "alias" : "address", "address-taken");
    }
    if (request.type !== "mailbox") return succeed(issues);
    const user = await this.#one("users", upn);
    if (!user.ok) return user;
    if (user.value !== null) note("accountName", "account-name-taken");
    return succeed(issues);
  }

  nameOf(): null {
    return null;
  }

  create(request: MailRequest, { password }: { readonly password: string | null }): Promise<Result<DirectoryObject>> {
    if (request.type === "mail-contact") return Promise.resolve(refused("contacts-not-supported"));
    const named = { displayName: request.name, mailNickname: request.alias };
    if (request.type === "microsoft-365-group") {
      // Without a word about it everybody in the organisation could read the group (Graph: "Create group", visibility).
      return this.#make("groups", { ...named, groupTypes: ["Unified"], mailEnabled: true, securityEnabled: false, visibility: "Private" });
    }
    if (request.type !== "mailbox") return Promise.resolve(refused("type-not-supported"));
    if (password === null) return Promise.resolve(refused("password-policy"));
    return this.#make("users", { ...named, accountEnabled: true, userPrincipalName: signInName(this.#configuration, request), passwordProfile: { password, forceChangePasswordNextSignIn: true } }, [password]);
  }

  async locate(request: MailRequest): Promise<Result<DirectoryObject | null>> {
    for (let attempt = 0; ; attempt += 1) {
      const found = await this.#locateNow(request);
      // What was just made may not be shown for a while.
      const wait = NOT_SHOWN_MS[attempt];
      if (!found.ok || found.value !== null || wait === undefined) return found;
      await this.#pause(wait);
    }
  }

  async #locateNow(request: MailRequest): Promise<Result<DirectoryObject | null>> {
    const objectOf = (kind: GraphKind, { id }: GraphEntry): DirectoryObject => ({ identity: identityOf(kind, id), guid: id, controller: null });
    if (request.type === "mailbox") {
      const user = await this.#one("users", signInName(this.#configuration, request));
      return !user.ok ? user : succeed(user.value === null || user.value.displayName !== request.name ? null : objectOf("users", user.value));
    }
    const groups = await this.#list("groups", [`mailNickname eq ${quoted(request.alias)}`]);
    if (!groups.ok) return groups;
    const group = groups.value.entries.find((entry) => isUnified(entry) && entry.displayName === request.name);
    return succeed(group === undefined ? null : objectOf("groups", group));
  }

  async read({ identity }: DirectoryObject): Promise<Result<DirectoryEntry | null>> {
    const kind = kindOf(identity);
    if (kind === null) return succeed(null);
    const entry = await this.#one(kind, identity.slice(kind.length + 1));
    return !entry.ok ? entry : succeed(entry.value === null ? null : entryOf(kind, entry.value));
  }

  /** Mail comes with the object, or with a licence: nothing of it is written here. */
  modify(): Promise<Result<null>> {
    return Promise.resolve(refused("type-not-supported"));
  }

  async remove({ identity }: DirectoryObject): Promise<Result<null>> {
    const kind = kindOf(identity);
    if (kind === null) return refused("object-missing");
    for (let attempt = 0; ; attempt += 1) {
      const gone = await this.#ask({ method: "DELETE", path: `/v1.0/${identity}` }, NEEDS[kind]);
      if (gone.ok) return succeed(null);
      if (gone.fault.kind !== "object-refused" || gone.fault.why !== "object-missing") return gone;
      // What was just made may not be shown for a while, and would appear after it was called gone.
      const wait = NOT_SHOWN_MS[attempt];
      if (wait === undefined) return succeed(null);
      await this.#pause(wait);
    }
  }

  /** Tokens end by themselves. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async #make(kind: GraphKind, body: object, secrets: readonly string[] = []): Promise<Result<DirectoryObject>> {
    const made = await this.#decoded({ method: "POST", path: `/v1.0/${kind}`, body, secrets }, kind, entrySchema);
    return made.ok ? succeed({ identity: identityOf(kind, made.value.id), guid: made.value.id, controller: null }) : made;
  }

  async #one(kind: GraphKind, key: string): Promise<Result<GraphEntry | null>> {
    const found = await this.#decoded({ method: "GET", path: `/v1.0/${kind}/${encodeURIComponent(key)}?$select=${SELECTED[kind]}` }, kind, entrySchema);
    return !found.ok && found.fault.kind === "object-refused" && found.fault.why === "object-missing" ? succeed(null) : found;
  }

  /** Pages are followed: also one without anything on it may be followed by others (Microsoft: "Paging Microsoft Graph data in your app"). */
  async #list(kind: GraphKind, clauses: readonly string[]): Promise<Result<{ readonly entries: readonly GraphEntry[]; readonly more: boolean }>> {
    const query = `$filter=${encodeURIComponent(clauses.join(" or "))}&$count=true&$top=${MOST}&$select=${SELECTED[kind]}`;
    const entries: GraphEntry[] = [];
    let path: string | null = `/v1.0/${kind}?${query}`;
    for (let pages = 0; path !== null && pages < MOST_PAGES && entries.length < MOST; pages += 1) {
      const listed: Result<z.infer<typeof entriesSchema>> = await this.#decoded({ method: "GET", path }, kind, entriesSchema);
      if (!listed.ok) return listed;
      entries.push(...listed.value.value);
      path = nextPath(listed.value["@odata.nextLink"]);
    }
    return succeed({ entries, more: path !== null });
  }

  async #decoded<T>(call: Parameters<AskGraph>[0], kind: GraphKind, schema: z.ZodType<T>): Promise<Result<T>> {
    const answer = await this.#ask(call, NEEDS[kind]);
    if (!answer.ok) return answer;
    const decoded = schema.safeParse(answer.value);
    return decoded.success ? succeed(decoded.data) : fail({ kind: "unreachable", rung: "permissions", reason: "bad-status", detail: "200" });
  }
}
