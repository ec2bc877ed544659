/** Changes of the directory: one request each, and the answer as a fault where it is a refusal. */
import { AddRequest, Attribute, Change, DeleteRequest, ModifyRequest, StatusCodeParser } from "ldapts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { operation } from "./operation.ts";
import type { SearchContext } from "./search.ts";
import type { Attributes, AttributeChange, AttributeValues, DirectorySession } from "./types.ts";
import type { Wire } from "./wire.ts";
import { writeFault, type WriteKind } from "./write-faults.ts";

/** A controller answers a write in milliseconds; one that replicates urgently or runs a password filter may take long. */
const WRITE_TIMEOUT_MS = 60_000;

type Make = Parameters<Wire["ask"]>[0];

/** Where no answer came, it is not known whether the change was made: that stays `unreachable` or `cancelled`. */
async function write(context: SearchContext, kind: WriteKind, subject: string, make: Make): Promise<Result<null>> {
  const { wire, host, signal, deps } = context;
  const options = { socket: wire.socket, host, rung: "directory-search", subject, signal, clock: deps.clock, timeoutMs: WRITE_TIMEOUT_MS } as const;
  const answer = await operation(options, () => wire.ask(make));
  if (!answer.ok) return answer;
  if (answer.value.result.status === 0) return succeed(null);
  return fail(writeFault(StatusCodeParser.parse(answer.value.result), kind, host, subject));
}

/** All values of one attribute are octets: the library writes text and octets alike, but not both of one attribute. */
function attributeOf(type: string, values: AttributeValues): Attribute {
  return new Attribute({ type, values: values.map((value) => (typeof value === "string" ? Buffer.from(value, "utf8") : Buffer.from(value))) });
}

function present(attributes: Attributes): Attribute[] {
  return Object.entries(attributes).flatMap(([type, values]) => (values.length === 0 ? [] : [attributeOf(type, values)]));
}

function changeOf({ how, attribute, values }: AttributeChange): Change {
  return new Change({ operation: how, modification: attributeOf(attribute, values) });
}

/** The writing half of a session. */
export function createWrites(context: SearchContext): Pick<DirectorySession, "add" | "modify" | "remove"> {
  return {
    add: (dn, attributes) => write(context, "add", dn, (messageId) => new AddRequest({ messageId, dn, attributes: present(attributes) })),
    modify: (dn, changes) => write(context, "modify", dn, (messageId) => new ModifyRequest({ messageId, dn, changes: changes.map(changeOf) })),
    remove: (dn) => write(context, "remove", dn, (messageId) => new DeleteRequest({ messageId, dn })),
  };
}
