/** A fault on one line, for standard error. The console's own sentences, with next steps, are in its pages. */
import type { Fault } from "../../../shared/fault.ts";

export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case "invalid":
      return `Not valid: ${fault.issues.map((issue) => `${issue.path.join(".") || "document"} (${issue.code})`).join(", ")}`;
    case "wrong-password":
      return `The password does not open the ${fault.subject} file.`;
    case "sign-in":
      return `Sign-in was refused: ${fault.reason}${aside(fault.detail)}`;
    case "forbidden":
      return `Permission is missing: ${fault.needs.join(", ")}${aside(fault.detail)}`;
    case "unreachable":
      return `${fault.host ?? "The server"} cannot be reached (${fault.rung}): ${fault.reason}${aside(fault.detail)}`;
    case "throttled":
      return `The service asks to wait${fault.until === null ? "" : ` until ${new Date(fault.until).toISOString()}`}.`;
    case "timeout":
      return `No answer within ${fault.afterMs} ms (${fault.phase}).`;
    case "conflict":
      return `${fault.by || "Somebody"} saved revision ${fault.revision} meanwhile: ${fault.changes.join(", ")}`;
    case "not-found":
      return `There is no such ${fault.what}${aside(fault.detail)}`;
    case "unsupported":
      return `Not supported: ${fault.why}${aside(fault.detail)}`;
    case "unreadable":
      return `Cannot be read: ${fault.what}${aside(fault.detail)}`;
    case "not-stored":
      return `Nothing was stored: ${fault.why}`;
    case "cancelled":
      return "Cancelled.";
    case "internal":
      return `Something went wrong inside; the log has it under ${fault.incident}.`;
    default:
      return fault satisfies never;
  }
}

function aside(detail: string | undefined): string {
  return detail === undefined || detail === "" ? "" : ` (${detail})`;
}
