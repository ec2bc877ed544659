import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { away, container, layMailBed, type MailBed } from "./mail-bed.ts";

const namesSchema = z.array(z.object({ id: z.string(), run: z.string(), request: z.object({ name: z.string() }) }));

let bed: MailBed;
beforeEach(async () => (bed = await layMailBed()));
afterEach(() => bed.bed.dispose());

const apply = (...names: readonly string[]) => bed.run(["apply", "-", "--store", "Contoso HQ", "--container", container], ["name", ...names].join("\n"));
const listed = async (...more: readonly string[]) => namesSchema.parse(JSON.parse((await bed.run(["journal", "--json", ...more])).out)).map(({ request }) => request.name);

describe("mail-objects journal", () => {
  it("says that nothing was done", async () => {
    expect(await bed.run(["journal"])).toEqual({ code: 0, out: "Nothing has been done with mail objects yet.\n", err: "" });
    expect((await bed.run(["journal", "--json"])).out).toBe("[]\n");
  });

  it("tells each object with everything that was tried, and what it is called", async () => {
    bed.far.answer = (server) => (server === "exb.contoso.lab" ? away : null);
    await apply("Sales");
    const { code, out } = await bed.run(["journal"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^\d{4}-\S+Z {2}Sales \(Distribution group\): Done$/m);
    expect(out).toMatch(/^ {2}1\. dc1\.contoso\.lab made the object in \d+ ms\.$/m);
    expect(out).toMatch(/^ {2}2\. exb\.contoso\.lab could not be reached \(.+, after \d+ ms\)\.$/m);
    expect(out).toMatch(/^ {2}3\. exa\.contoso\.lab did it in \d+ ms\.$/m);
    expect(out).toMatch(/^ {2}Entry [\da-f-]{36} of run [\da-f-]{36}, Contoso HQ, by \S+\.$/m);
  });

  it("lets no control character of a name reach the terminal", async () => {
    bed.far.answer = () => away;
    const { out } = await apply('"Sales\u001B[31m"');
    expect(out + (await bed.run(["journal"])).out).not.toContain("\u001B");
  });

  it("filters, and pages on to as many as are wanted", async () => {
    const names = Array.from({ length: 203 }, (_, index) => `Team ${index}`);
    bed.far.answer = (_server, name) => (name === "Team 7" ? away : null);
    await apply(...names);
    await apply("Sales");
    expect(await listed()).toHaveLength(20);
    expect(await listed("--limit", "2")).toEqual(["Sales", "Team 202"]);
    expect(await listed("--all")).toEqual(["Sales", ...names.toReversed()]);
    expect(await listed("--limit", "201")).toHaveLength(201);
    expect(await listed("--state", "half-done,failed")).toEqual(["Team 7"]);
    expect(await listed("--search", "team 20", "--store", "contoso hq", "--all")).toEqual(["Team 202", "Team 201", "Team 200", "Team 20"]);
    const [newest] = namesSchema.parse(JSON.parse((await bed.run(["journal", "--json", "--limit", "1"])).out));
    expect(await listed("--run", newest?.run ?? "")).toEqual(["Sales"]);
    expect((await bed.run(["journal", "--search", "nobody"])).out).toBe("Nothing in the journal passes the filters and the search.\n");
  });

  it.each([[["--state", "don"], 'There is no state "don": "done" is the nearest'], [["--limit", "0"], "--limit takes a number from 1."], [["--limit", "3", "--all"], "--limit and --all exclude each other."]])(
    "refuses %j",
    async (more, why) => {
      const { code, err } = await bed.run(["journal", ...more]);
      expect(code).toBe(2);
      expect(err).toContain(why);
    },
  );
});
