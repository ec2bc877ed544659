/** How Microsoft Graph refuses ("Microsoft Graph error responses and resource types"). */
import { randomUUID } from "node:crypto";
import type { CloudAnswer } from "./cloud-host.ts";

export interface RefusalDetail {
  readonly code: string;
  readonly message: string;
  readonly target: string;
}

export function refuse(status: number, code: string, message: string, details: readonly RefusalDetail[] = []): CloudAnswer {
  const id = randomUUID();
  const innerError = { date: new Date().toISOString().slice(0, 19), "request-id": id, "client-request-id": id };
  return { status, body: { error: { code, message, ...(details.length === 0 ? {} : { details }), innerError } } };
}
