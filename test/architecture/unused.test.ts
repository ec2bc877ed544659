/** Nothing is allowed or exported that nobody uses. */
import { describe, expect, it } from "vitest";
import { rooms } from "./boundaries.ts";
import { unusedExports } from "./exports.ts";
import { readSources } from "./sources.ts";
import { unusedEntries } from "./unused-rows.ts";

const sources = readSources();

/** Ways in for tests alone, each with the reason. */
const forTests: readonly (readonly [name: string, why: string])[] = [
  ["renderer/host/client.ts: provideClient", "puts a stand-in in place of the wire"],
  ["main/network/service-query.ts: parseServiceAnswer", "takes answers damaged bit by bit"],
  ["main/aliases/address.ts: localPartIssue", "holds the rules against the vectors of others"],
];

const known = forTests.map(([name]) => name);

describe("the boundary table", () => {
  it("allows nothing that nobody does", () => {
    expect(unusedEntries(rooms, sources)).toEqual([]);
  });

  it("would be found to allow too much", () => {
    const planted = { folder: "main/empty-room", imports: ["main/store"], packages: ["zod"] };
    const table = [...rooms.filter(({ folder }) => folder !== "preload"), { folder: "preload", imports: ["shared/channel.ts", "main/store"], packages: ["electron", "zod"] }, planted];
    expect(unusedEntries(table, sources)).toEqual([
      "preload imports nothing from main/store",
      "preload does not use zod",
      "main/empty-room holds nothing",
      "main/empty-room imports nothing from main/store",
      "main/empty-room does not use zod",
    ]);
  });
});

describe("exports", () => {
  it("are all used by the product", () => {
    expect(unusedExports(sources)).toEqual(expect.arrayContaining(known));
    expect(unusedExports(sources).filter((name) => !known.includes(name))).toEqual([]);
  });

  it("would be found when only a comment or a test uses them", () => {
    const planted = new Map([
      ["main/planted.ts", "/** Not {@link lonely}. */\nexport const lonely = 1;\nexport const used = 2;\nexport const own = 3;\nexport const other = own;\n"],
      ["main/app.ts", 'import { used as mine } from "./planted.ts";\nexport { other } from "./planted.ts";\nmine();\n'],
      ["test/unit/main/planted.test.ts", 'import { lonely } from "../../../main/planted.ts";\n'],
    ]);
    expect(unusedExports(planted)).toEqual(["main/planted.ts: lonely"]);
  });
});
