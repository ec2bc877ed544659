import { describe, expect, it } from "vitest";
import { all, get, rowsOf, run, takeSteps, takeStepsInTime, together, type Answer, type Statement } from "../../../../main/store/steps.ts";

/** A database that answers what is planned and keeps what it was asked. */
function planned(...answers: (Partial<Answer> | Error)[]) {
  const asked: Statement[] = [];
  const ask = (statement: Statement): Answer => {
    asked.push(statement);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return { rows: [], count: 0, ...answer };
  };
  return { asked, ask };
}

describe("steps", () => {
  it("are taken one after the other, each with what it answers", () => {
    const { asked, ask } = planned({ rows: [{ id: "a" }, { id: "b" }] }, { rows: [{ n: 7 }] }, {}, { count: 3 });
    function* work() {
      const rows = yield* all("SELECT id FROM t WHERE x = ?", 1);
      const first = yield* get("SELECT n FROM t WHERE id = ?", String(rows[1]?.["id"]));
      const none = yield* get("SELECT n FROM u");
      return [first?.["n"], none, yield* run("DELETE FROM t")];
    }
    expect(takeSteps(work(), ask)).toEqual([7, null, 3]);
    expect(asked.map(({ sql, parameters, wants }) => [sql, ...parameters, wants])).toEqual([
      ["SELECT id FROM t WHERE x = ?", 1, "all"],
      ["SELECT n FROM t WHERE id = ?", "b", "first"],
      ["SELECT n FROM u", "first"],
      ["DELETE FROM t", "count"],
    ]);
  });

  it("are told of a statement that fails where they asked it, and may go on", () => {
    const { ask } = planned(new Error("locked"), { rows: [{ n: 1 }] });
    function* work() {
      try {
        yield* run("UPDATE t SET n = 1");
      } catch (error) {
        return [error instanceof Error && error.message, yield* get("SELECT n FROM t")];
      }
      return null;
    }
    expect(takeSteps(work(), ask)).toEqual(["locked", { n: 1 }]);
  });

  it("end with the error that they do not catch", () => {
    const { asked, ask } = planned(new Error("disk full"));
    function* work() {
      yield* run("UPDATE t SET n = 1");
      yield* run("UPDATE t SET n = 2");
    }
    expect(() => takeSteps(work(), ask)).toThrow("disk full");
    expect(asked).toHaveLength(1);
  });
});

describe("statements together", () => {
  it("are answered each for itself, in their order, and nothing is asked where there is nothing", () => {
    const { asked, ask } = planned({ rows: [{ id: "a" }] }, { rows: [{ id: "b" }] });
    function* work() {
      const [first, second] = [rowsOf("SELECT id FROM t"), rowsOf("SELECT id FROM u")];
      const answer = yield* together([null, first, null, second]);
      const nothing = yield* together([null]);
      return { none: answer(null), first: answer(first), second: answer(second), nothing: nothing(null) };
    }
    expect(takeSteps(work(), ask)).toEqual({ none: [], first: [{ id: "a" }], second: [{ id: "b" }], nothing: [] });
    expect(asked).toHaveLength(2);
  });

  it("are on the way at once where the engine answers later", async () => {
    const answers = [Promise.withResolvers<Answer>(), Promise.withResolvers<Answer>()];
    const asked: string[] = [];
    function* work() {
      const both = [rowsOf("SELECT 1"), rowsOf("SELECT 2")];
      return both.map(yield* together(both));
    }
    const taken = takeStepsInTime(work(), ({ sql }) => {
      asked.push(sql);
      return answers[asked.length - 1]?.promise ?? Promise.reject(new Error("asked too much"));
    });
    expect(asked).toEqual(["SELECT 1", "SELECT 2"]);
    answers[1]?.resolve({ rows: [{ n: 2 }], count: 0 });
    answers[0]?.resolve({ rows: [{ n: 1 }], count: 0 });
    expect(await taken).toEqual([[{ n: 1 }], [{ n: 2 }]]);
  });

  it("fail with the first one's error where they were asked", async () => {
    const { ask } = planned(new Error("cut"), new Error("aborted"));
    function* work() {
      try {
        yield* together([rowsOf("SELECT 1"), rowsOf("SELECT 2")]);
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : null;
      }
    }
    const later = async (statement: Statement) => ask(statement);
    expect(await takeStepsInTime(work(), later)).toBe("cut");
  });
});
