import { beforeEach, describe, expect, it } from "vitest";
import { provideClient } from "../../../../renderer/host/client.ts";
import { holdFile } from "../../../../renderer/host/send-file.ts";
import { progress } from "../../../../shared/contract/progress.ts";
import { fail, succeed, type Result } from "../../../../shared/result.ts";
import { FILE_LIMITS, FILE_PART } from "../../../../shared/rules/file-limits.ts";
import { standInClient } from "../stand-in-client.ts";

let calls: string[];
let parts: { readonly at: number; readonly base64: string }[];
/** What each part is answered with. */
let answer: () => Result<null>;

beforeEach(() => {
  [calls, parts, answer] = [[], [], () => succeed(null)];
  async function* receive() {
    try {
      yield progress("transfer", { detail: "t" });
      yield { type: "done", result: succeed({ file: "token", name: "list.txt", size: 1 }) };
    } finally {
      calls.push("over");
    }
  }
  provideClient(
    standInClient({
      "files.receive": () => {
        calls.push("receive");
        return receive();
      },
      "files.part": (part) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the client was given by the code under test
        parts.push(part as (typeof parts)[number]);
        return answer();
      },
    }),
  );
});

const long = () => new File([new Uint8Array(2 * FILE_PART + 5)], "list.txt");

describe("a file that is sent", () => {
  it("goes in parts, one behind the other, and comes to main whole", async () => {
    const sent: number[] = [];
    expect(await holdFile(long(), "aliases", { onSent: (bytes) => sent.push(bytes) })).toMatchObject({ ok: true, value: { file: "token" } });
    expect(parts.map(({ at }) => at)).toEqual([0, FILE_PART, 2 * FILE_PART]);
    expect(parts.reduce((sum, { base64 }) => sum + atob(base64).length, 0)).toBe(2 * FILE_PART + 5);
    expect(sent.at(-1)).toBe(2 * FILE_PART + 5);
  });

  it("and is too large is refused before anything is sent", async () => {
    const file = Object.defineProperty(long(), "size", { value: FILE_LIMITS.certificate + 1 });
    expect(await holdFile(file, "certificate")).toMatchObject({ ok: false, fault: { kind: "unreadable", what: "too-large", most: FILE_LIMITS.certificate } });
    expect(calls).toEqual([]);
  });

  it("and was shortened meanwhile is no file, and its transfer is over", async () => {
    const file = Object.defineProperty(long(), "size", { value: 3 * FILE_PART });
    expect(await holdFile(file, "aliases")).toEqual(fail({ kind: "unreadable", what: "file-unreadable" }));
    expect(calls).toEqual(["receive", "over"]);
  });

  it("and of which a part is refused is no file, and no further part is sent", async () => {
    answer = () => fail({ kind: "not-found", what: "transfer" });
    expect(await holdFile(long(), "aliases")).toEqual(fail({ kind: "not-found", what: "transfer" }));
    expect(parts).toHaveLength(1);
    expect(calls).toEqual(["receive", "over"]);
  });
});
