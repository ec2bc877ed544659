import { beforeEach, describe, expect, it, vi } from "vitest";
import { aliasBenchState, cancelValidation, fillIn, validate, valuesOfPreset } from "../../../../../renderer/features/alias-bench/bench-state.ts";
import { fail, succeed, type Result } from "../../../../../shared/fault.ts";
import type { AliasAnswer, AliasQuestion } from "../../../../../shared/model/alias.ts";

const answer: AliasAnswer = { engine: ".NET", patternError: null, unanchored: false, differences: [], stopped: false, verdicts: [] };

interface Asked {
  readonly question: AliasQuestion;
  readonly signal: AbortSignal;
  readonly reply: (result: Result<AliasAnswer>) => void;
}
let asked: Asked[] = [];

function evaluate(question: AliasQuestion, { signal }: { readonly signal: AbortSignal }): Promise<Result<AliasAnswer>> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(fail({ kind: "cancelled" })));
    asked.push({ question, signal, reply: resolve });
  });
}

vi.mock("../../../../../renderer/host/client.ts", () => ({ client: () => ({ aliases: { evaluate } }) }));

beforeEach(() => {
  asked = [];
  aliasBenchState.setState(aliasBenchState.getInitialState(), true);
  fillIn({ pattern: "^a$", aliases: "a" });
});

describe("the alias bench", () => {
  it("asks and keeps the answer with its question", async () => {
    const done = validate();
    expect(aliasBenchState.getState().asking).not.toBeNull();
    asked[0]?.reply(succeed(answer));
    await done;
    fillIn({ pattern: "changed later" });
    expect(aliasBenchState.getState()).toMatchObject({ asking: null, answered: { question: { pattern: "^a$" }, answer } });
  });

  it("does not ask while something is to be corrected, and forgets the sentence once the field changes", async () => {
    fillIn({ pattern: "" });
    expect(Object.keys(await validate())).toEqual(["pattern"]);
    expect(asked).toHaveLength(0);
    fillIn({ aliases: "b" });
    expect(aliasBenchState.getState().problems).toHaveProperty("pattern");
    fillIn({ pattern: "x" });
    expect(aliasBenchState.getState().problems).toEqual({});
  });

  it("lets a newer question win over an older one", async () => {
    const first = validate();
    fillIn({ pattern: "^b$" });
    const second = validate();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[1]?.reply(succeed(answer));
    await Promise.all([first, second]);
    expect(aliasBenchState.getState().answered?.question.pattern).toBe("^b$");
  });

  it("says nothing about what the person cancelled, and shows any other fault", async () => {
    const cancelled = validate();
    cancelValidation();
    await cancelled;
    expect(aliasBenchState.getState()).toMatchObject({ asking: null, fault: null, answered: null });
    const failed = validate();
    asked[1]?.reply(fail({ kind: "not-stored", why: "locked" }));
    await failed;
    expect(aliasBenchState.getState().fault).toEqual({ kind: "not-stored", why: "locked" });
  });

  it("takes a preset without losing an own domain", () => {
    fillIn({ domain: "contoso.lab" });
    fillIn(valuesOfPreset("office365"));
    expect(aliasBenchState.getState().form).toMatchObject({ domain: "contoso.lab", maximumLength: "64" });
    fillIn(valuesOfPreset("gmail"));
    expect(aliasBenchState.getState().form).toMatchObject({ domain: "gmail.com", maximumLength: "30", aliases: "a" });
  });
});
