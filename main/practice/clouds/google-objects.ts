/**
 * Groups and users of the Directory API. One address is one object's; what was made may not be shown for a while. Sources:
 * Google's Directory API reference; the refusals as github.com/googleapis/google-api-python-client/issues/949 (409),
 * google-api-nodejs-client/issues/166 and GAM-team/GAM/issues/1074 (404 of what was just made), 1986 (400) quote them.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { parseJson } from "../../../shared/json.ts";
import type { CloudAnswer, CloudRequest } from "./cloud-host.ts";

/** Failures with objects that a person can turn on. */
export const googleObjectStates = ["not-shown-yet", "user-limit", "fails-after", "answer-lost"] as const;

const SCOPE = "https://www.googleapis.com/auth/admin.directory.";
const email = z.string().regex(/^[A-Za-z0-9_'-]+(?:\.[A-Za-z0-9_'-]+)*@[a-z0-9.-]+$/i);
const groupSchema = z.object({ email, name: z.string().max(73).default(""), description: z.string().max(4096).default("") });
const part = z.string().min(1).max(60);
const userSchema = z.object({
  primaryEmail: email,
  name: z.object({ givenName: part, familyName: part }),
  /** ASCII, 8 to 100 characters. */
  password: z.string().regex(/^[ -~]{8,100}$/),
  externalIds: z.array(z.object({ type: z.string(), customType: z.string().optional(), value: z.string() })).default([]),
});

interface Held {
  readonly kind: "groups" | "users";
  readonly resource: Readonly<Record<string, unknown>>;
  /** It was made while what is new is not shown. */
  readonly isHidden: boolean;
}

function refuse(status: number, reason: string, message: string): CloudAnswer {
  return { status, body: { error: { code: status, message, errors: [{ message, domain: "global", reason }] } } };
}

function named(word: "groups" | "users", value: unknown): Readonly<Record<string, unknown>> | null {
  if (word === "groups") {
    const group = groupSchema.safeParse(value).data;
    return group === undefined ? null : { kind: "admin#directory#group", id: randomUUID().replaceAll("-", "").slice(0, 15), ...group, adminCreated: true, directMembersCount: "0" };
  }
  const user = userSchema.safeParse(value).data;
  if (user === undefined) return null;
  const { primaryEmail, name, externalIds } = user;
  return { kind: "admin#directory#user", id: String(Math.floor(Math.random() * 1e15)), primaryEmail, name: { ...name, fullName: `${name.givenName} ${name.familyName}` }, externalIds, isAdmin: false, suspended: false, agreedToTerms: false };
}

/** What was done, as the caller hears of it. */
function told(answer: CloudAnswer, state: string): CloudAnswer {
  if (state === "fails-after") return refuse(503, "backendError", "Service unavailable. Please try again");
  return state === "answer-lost" ? { ...answer, isLost: true } : answer;
}

export interface GoogleObjectStore {
  /** Answers for groups and users; null for another path. `scopes` are the token's. */
  answer(request: CloudRequest, scopes: readonly string[], state: string): CloudAnswer | null;
  clear(): void;
}

/** An empty Workspace. */
export function createGoogleObjects(domains: readonly string[]): GoogleObjectStore {
  const held = new Map<string, Held>();

  const insert = (kind: Held["kind"], body: string, state: string): CloudAnswer => {
    const resource = named(kind, parseJson(body));
    if (resource === null) return refuse(400, "invalid", kind === "groups" ? "Invalid Input: groupKey" : "Invalid Input: primary_user_email");
    const address = String(resource["email"] ?? resource["primaryEmail"]).toLowerCase();
    // As github.com/SCRT-HQ/PSGSuite/issues/191: another domain is refused without a word about it.
    if (!domains.includes(address.slice(address.indexOf("@") + 1))) return refuse(403, "forbidden", "Not Authorized to access this resource/api");
    if (held.has(address)) return refuse(409, "duplicate", "Entity already exists.");
    if (kind === "users" && state === "user-limit") return refuse(412, "limitExceeded", "Domain user limit reached.");
    held.set(address, { kind, resource, isHidden: state === "not-shown-yet" });
    return told({ status: 200, body: resource }, state);
  };

  return {
    clear: () => held.clear(),
    answer(request, scopes, state) {
      const [, kind, key] = /^\/admin\/directory\/v1\/(groups|users)(?:\/([^/]+))?$/.exec(request.url.pathname) ?? [];
      if (kind !== "groups" && kind !== "users") return null;
      if (!scopes.includes(`${SCOPE}${kind.slice(0, -1)}`)) return refuse(403, "insufficientPermissions", "Request had insufficient authentication scopes.");
      if (request.method === "POST" && key === undefined) return insert(kind, request.body, state);
      const address = decodeURIComponent(key ?? "").toLowerCase();
      const found = held.get(address);
      if (found?.kind !== kind || (found.isHidden && state === "not-shown-yet")) return refuse(404, "notFound", `Resource Not Found: ${kind === "groups" ? "groupKey" : "userKey"}`);
      if (request.method === "GET") return { status: 200, body: found.resource };
      if (request.method !== "DELETE") return refuse(404, "notFound", "Not Found");
      held.delete(address);
      return told({ status: 204, body: "" }, state);
    },
  };
}
