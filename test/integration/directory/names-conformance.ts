/** Whatever a name holds: it is in the directory exactly as it was given, or it was refused with a reason and is not there. */
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nameIssues } from "../../../main/directory/new-entry.ts";
import { hostileName, knownNames } from "../../lab/hostile-names.ts";
import type { Subject } from "./subject.ts";
import { bare, contactNamed, openWriter, taken, type Writer } from "./writes-support.ts";

/** How often; each name is written, read and deleted. */
const RUNS = 300;

/** `spoiled`: names that this directory itself does not keep as they were given. */
export function namesConformance(name: string, start: () => Promise<Subject>, spoiled: RegExp | null = null): void {
  describe(`${name} keeps names as they are`, () => {
    let writer: Writer;
    beforeAll(async () => {
      writer = await openWriter(start);
    });
    afterAll(() => writer.dispose());

    /** What became of a name: `kept`, or why it was not taken. */
    const fateOf = async (given: string): Promise<string> => {
      const { objects } = writer;
      const request = contactNamed(given);
      const made = await objects.create(request, bare);
      if (!made.ok) {
        expect(made.fault).toMatchObject({ kind: expect.stringMatching(/^(invalid|object-refused)$/) });
        expect(taken(await objects.locate(request))).toBeNull();
        return made.fault.kind;
      }
      const read = taken(await objects.read(made.value, ["cn", "name", "displayName"]));
      expect(read?.attributes).toMatchObject({ cn: [given], name: [given], displayname: [given] });
      expect(taken(await objects.locate(request))).toEqual(made.value);
      const found = taken(await objects.find(given));
      expect(found.objects.map(({ identity }) => identity)).toContain(made.value.identity);
      taken(await objects.remove(made.value));
      return "kept";
    };

    test.each(knownNames.map((each) => [JSON.stringify(each), each]))("%s", async (_shown, given) => {
      const refused = nameIssues(contactNamed(given)).length > 0;
      expect(await fateOf(given)).toBe(refused ? "invalid" : "kept");
    });

    test("and ldapsearch reads the same", async () => {
      const given = String.raw`a "b" #c, \d+e=f;g<h>i $(x) ` + "😀";
      const made = await writer.make(contactNamed(given));
      expect(await writer.seen(made.identity, ["cn", "displayName"])).toMatchObject({ cn: [given], displayName: [given] });
      taken(await writer.objects.remove(made));
    });

    test(`${RUNS} random names`, async () => {
      const fates = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(hostileName.filter((given) => spoiled?.test(given) !== true), async (given) => {
          const fate = await fateOf(given);
          fates.set(fate, (fates.get(fate) ?? 0) + 1);
        }),
        // A name that failed may stand there still, so that smaller ones would fail for another reason.
        { numRuns: RUNS, endOnFailure: true },
      );
      // Neither side is empty: a rule that refused everything would pass, too.
      expect(fates.get("kept") ?? 0).toBeGreaterThan(RUNS / 10);
    });
  });
}
