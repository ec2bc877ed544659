/** Groups and users of the Directory API: made, read and deleted by their address. */
import { randomBytes } from "node:crypto";
import { admin_directory_v1 as directory } from "@googleapis/admin/build/directory_v1.js";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { DirectoryObject, MailRequest } from "../../../shared/model/mail-object.ts";
import type { ProviderContext } from "../provider.ts";
import { GROUP_SCOPE, scopeName, USER_SCOPE, type GoogleWorkspaceConfiguration } from "./configuration.ts";
import { callGoogle } from "./fetch.ts";
import { isUser, nameParts } from "./naming.ts";
import { readKey, signIn } from "./session.ts";

/** What Google has under an address. */
export interface GoogleObject {
  /** The primary one, whichever of its addresses it was asked for by. */
  readonly email: string;
  readonly name: string;
  /** The `objectGUID` that a user was made for; null where nothing says. */
  readonly guid: string | null;
}

/** How the object in Active Directory is named among a user's ids elsewhere. */
const GUID_TYPE = "objectGUID";
/** One request at a time, and none again: whoever asked knows what follows from a failure. */
const ONCE = { retryConfig: { retry: 0 } } as const;
/** Google takes 8 to 100 ASCII characters as a password. */
const PASSWORD_OCTETS = 48;

/** The calls of one run. A token is asked for with the first call that needs its scope. */
export class GoogleObjects {
  readonly #configuration: GoogleWorkspaceConfiguration;
  readonly #context: ProviderContext;
  readonly #clients = new Map<string, directory.Admin>();

  constructor(configuration: GoogleWorkspaceConfiguration, context: ProviderContext) {
    this.#configuration = configuration;
    this.#context = context;
  }

  /** Signs in for what the request is about. Fails with `forbidden` and the scope's name where the delegation does not have it. */
  async ready(request: MailRequest, signal: AbortSignal): Promise<Result<null>> {
    const scope = isUser(request) ? USER_SCOPE : GROUP_SCOPE;
    if (this.#clients.has(scope)) return succeed(null);
    const key = await readKey(this.#context);
    if (!key.ok) return key;
    const auth = await signIn(this.#configuration, key.value, [scope], this.#of(signal));
    if (!auth.ok) return withScope(auth, scope);
    this.#clients.set(scope, new directory.Admin({ auth: auth.value }));
    return succeed(null);
  }

  /** What has the address, as its primary one or as another one; null for nobody. */
  async read(address: string, request: MailRequest, signal: AbortSignal): Promise<Result<GoogleObject | null>> {
    const found = await this.#call(request, signal, async (api): Promise<GoogleObject> => {
      if (!isUser(request)) {
        const { data } = await api.groups.get({ groupKey: address }, ONCE);
        return { email: data.email ?? "", name: data.name ?? "", guid: null };
      }
      const { data } = await api.users.get({ userKey: address }, ONCE);
      return { email: data.primaryEmail ?? "", name: data.name?.fullName ?? "", guid: guidIn(data.externalIds) };
    });
    return !found.ok && found.fault.kind === "object-refused" && found.fault.why === "object-missing" ? succeed(null) : found;
  }

  /** Makes a group, or a user with a password that nobody knows: the one of the directory was entered for it alone. */
  insert(address: string, request: MailRequest, { guid }: DirectoryObject, signal: AbortSignal): Promise<Result<null>> {
    return this.#call(request, signal, async (api) => {
      if (!isUser(request)) {
        await api.groups.insert({ requestBody: { email: address, name: request.name } }, ONCE);
        return null;
      }
      const externalIds = guid === null ? [] : [{ type: "custom", customType: GUID_TYPE, value: guid }];
      const password = randomBytes(PASSWORD_OCTETS).toString("base64url");
      await api.users.insert({ requestBody: { primaryEmail: address, name: nameParts(request.name), password, changePasswordAtNextLogin: true, externalIds } }, ONCE);
      return null;
    });
  }

  remove(address: string, request: MailRequest, signal: AbortSignal): Promise<Result<null>> {
    return this.#call(request, signal, async (api) => {
      if (isUser(request)) await api.users.delete({ userKey: address }, ONCE);
      else await api.groups.delete({ groupKey: address }, ONCE);
      return null;
    });
  }

  #of(signal: AbortSignal): ProviderContext {
    return { ...this.#context, signal };
  }

  async #call<T>(request: MailRequest, signal: AbortSignal, work: (api: directory.Admin) => Promise<T>): Promise<Result<T>> {
    const scope = isUser(request) ? USER_SCOPE : GROUP_SCOPE;
    const api = this.#clients.get(scope);
    if (api === undefined) throw new Error("Nobody has signed in for this");
    return withScope(await callGoogle("permissions", this.#of(signal), () => work(api), true), scope);
  }
}

/** Google says of a missing scope no more than that the client may not have what it asked for; and it was asked for one. */
function withScope<T>(result: Result<T>, scope: string): Result<T> {
  if (result.ok || result.fault.kind !== "sign-in" || result.fault.reason !== "delegation-missing") return result;
  const { detail } = result.fault;
  return fail({ kind: "forbidden", needs: [scopeName(scope)], ...(detail === undefined ? {} : { detail }) });
}

/** The library types a user's ids as anything. */
function guidIn(ids: unknown): string | null {
  if (!Array.isArray(ids)) return null;
  for (const id of ids as readonly unknown[]) {
    if (typeof id !== "object" || id === null || !("customType" in id) || id.customType !== GUID_TYPE) continue;
    return "value" in id && typeof id.value === "string" ? id.value : null;
  }
  return null;
}
