/** Which attributes hold bytes and which text, asked of the directory's own schema once a session. */
import { EqualityFilter, OrFilter, SearchRequest } from "ldapts";
import { succeed, type Result } from "../../shared/fault.ts";
import type { Answer } from "./wire.ts";

/**
 * Syntaxes whose values are bytes (MS-ADTS 3.1.1.2.2.2): octet string and replica link, security descriptor, SID. Every
 * other one is text or written as text.
 */
const BINARY: readonly string[] = ["2.5.5.10", "2.5.5.15", "2.5.5.17"];
/** Names in one question; a schema has thousands. */
const MOST_NAMES = 200;

export interface Syntaxes {
  /** Learns what is not known yet of these attributes (lower case, without options). */
  learn(names: Iterable<string>): Promise<Result<null>>;
  /** Whether an attribute holds bytes. One that the schema does not have is text. */
  isBinary(name: string): boolean;
}

/** `ask` runs a search on the session's connection; `schema` is the schema partition's name, null where there is none. */
export function createSyntaxes(schema: string | null, ask: (make: (messageId: number) => SearchRequest) => Promise<Result<Answer>>): Syntaxes {
  const binary = new Map<string, boolean>();

  const question = (messageId: number, baseDN: string, names: readonly string[]) =>
    new SearchRequest({
      messageId,
      baseDN,
      scope: "one",
      filter: new OrFilter({ filters: names.map((value) => new EqualityFilter({ attribute: "lDAPDisplayName", value })) }),
      attributes: ["lDAPDisplayName", "attributeSyntax"],
    });

  return {
    isBinary: (name) => binary.get(name) ?? false,
    learn: async (names) => {
      if (schema === null) return succeed(null);
      const unknown = [...new Set(names)].filter((name) => !binary.has(name));
      while (unknown.length > 0) {
        const asked = unknown.splice(0, MOST_NAMES);
        const answer = await ask((messageId) => question(messageId, schema, asked));
        if (!answer.ok) return answer;
        for (const name of asked) binary.set(name, false);
        for (const { attributes } of answer.value.entries) {
          const first = (type: string) => attributes.find((each) => each.type.toLowerCase() === type)?.parsedBuffers[0]?.toString("utf8");
          binary.set((first("ldapdisplayname") ?? "").toLowerCase(), BINARY.includes(first("attributesyntax") ?? ""));
        }
      }
      return succeed(null);
    },
  };
}
