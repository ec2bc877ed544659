/** What the practice tenant took, as its own server saw it: past the product, by the channels on which Node tells of every request. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";

/** A request that changes something, or a batch of such. */
export interface ChangingRequest {
  readonly path: string;
  readonly body: () => string;
  /** Settles once it was answered, or its connection is gone. */
  readonly over: Promise<void>;
}

export interface TenantLog {
  /** How often the licences of a user were changed by a request that was taken. */
  licensed(user: string): number;
  /** First passwords that were taken, by the sign-in name's account. */
  readonly passwords: ReadonlyMap<string, readonly string[]>;
  /** Hears requests that change something, at the tenant or at a mail server, as they come in. */
  hear: ((request: ChangingRequest) => void) | null;
  stop(): void;
}

const told = z.object({ request: z.custom<IncomingMessage>(), response: z.custom<ServerResponse>() });
const userSchema = z.object({ userPrincipalName: z.string(), passwordProfile: z.object({ password: z.string() }) });
const itemsSchema = z.object({ requests: z.array(z.object({ id: z.string(), method: z.string(), url: z.string() })) });
const answersSchema = z.object({ responses: z.array(z.object({ id: z.string(), status: z.number() })) });
const BATCH = "/v1.0/$batch";
const START = "http.server.request.start";

export function tenantLog(): TenantLog {
  const licences = new Map<string, number>();
  const passwords = new Map<string, string[]>();
  const keep = (path: string, body: string) => {
    const user = /^\/v1\.0\/users\/([^/]+)\/assignLicense$/.exec(path)?.[1];
    if (user !== undefined) licences.set(user, (licences.get(user) ?? 0) + 1);
    if (path !== "/v1.0/users") return;
    const { userPrincipalName, passwordProfile } = userSchema.parse(JSON.parse(body));
    const account = userPrincipalName.split("@")[0] ?? "";
    passwords.set(account, [...(passwords.get(account) ?? []), passwordProfile.password]);
  };
  const keepBatch = (body: string, answer: string) => {
    const { responses } = answersSchema.parse(JSON.parse(answer));
    for (const { id, url } of itemsSchema.parse(JSON.parse(body)).requests) {
      const status = responses.find((response) => response.id === id)?.status ?? 500;
      if (status < 300) keep(`/v1.0${url}`, body);
    }
  };
  const log: TenantLog = { licensed: (user) => licences.get(user) ?? 0, passwords, hear: null, stop: () => unsubscribe(START, onStart) };
  function onStart(message: unknown): void {
    const { request, response } = told.parse(message);
    if (request.method === "GET" || (request.headers.host ?? "").startsWith("login.")) return;
    const parts: Buffer[] = [];
    const push = request.push.bind(request);
    // Whoever listens to its data would take it from the server.
    request.push = (part: unknown, encoding?: BufferEncoding) => {
      if (Buffer.isBuffer(part)) parts.push(Buffer.from(part));
      return push(part, encoding);
    };
    const path = request.url ?? "";
    const body = () => Buffer.concat(parts).toString("utf8");
    let answer = "";
    const end = response.end.bind(response);
    response.end = (...given: unknown[]) => {
      const [chunk] = given;
      if (typeof chunk === "string") answer = chunk;
      return end(chunk);
    };
    const over = Promise.withResolvers<void>();
    response.on("close", () => over.resolve());
    response.on("finish", () => {
      if (response.statusCode < 300 && path === BATCH) keepBatch(body(), answer);
      else if (response.statusCode < 300) keep(path, body());
      over.resolve();
    });
    log.hear?.({ path, body, over: over.promise });
  }
  subscribe(START, onStart);
  return log;
}
