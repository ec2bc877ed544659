/** A document of the toy provider, and what is said of one that is refused. */
import type { Issue, Result } from "../../../../shared/fault.ts";

export const toy = { provider: "toy", variant: "2013", values: { domain: "contoso.lab", username: "svc" } };
export const directory = { "directory.password": "Pa55word!" };
export const given = { ...directory, "messaging.password": 'qu"o\\te-ü' };

export function refusal(result: Result<unknown>): readonly Issue[] {
  if (result.ok || result.fault.kind !== "invalid") throw new Error(`not refused: ${JSON.stringify(result)}`);
  return result.fault.issues;
}

/** Place and code of each issue. */
export const codes = (result: Result<unknown>) => refusal(result).map(({ path, code }) => `${path.join("/")} ${code}`);
