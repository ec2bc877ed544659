import { describe, expect, it } from "vitest";
import { doneBy, entryLines, entrySentence, mailIssueText, stepText } from "../../../../renderer/text/mail-objects.ts";
import "../../../../renderer/text/all-texts.ts";
import type { Fault } from "../../../../shared/fault.ts";
import { journalStateSchema, mailObjectTypes, mailStepKindSchema, type MailStep, type StepOutcome } from "../../../../shared/model/mail-object.ts";
import { serverFailures } from "../../../../shared/model/mail-plan.ts";
import { sayIfKnown } from "../../../../renderer/text/text.ts";
import { entry, group, step } from "../features/mail-objects/fixtures.ts";

const refused: Fault = { kind: "unreachable", rung: "tcp", reason: "refused", host: "exb.contoso.lab" };
const done: StepOutcome = { state: "succeeded", already: false, address: null };

describe("a step in words", () => {
  it.each<[string, Partial<MailStep>]>([
    ["dc1.contoso.lab made the object in 35 ms", { kind: "create", server: "dc1.contoso.lab", ms: 35, outcome: done }],
    ["exa.contoso.lab did it in 240 ms", { server: "exa.contoso.lab", ms: 240, outcome: done }],
    ["exa.contoso.lab said after 240 ms that it was so already", { server: "exa.contoso.lab", ms: 240, outcome: { ...done, already: true } }],
    ["exb.contoso.lab could not be reached (TCP: connection refused, after 2 s)", { server: "exb.contoso.lab", ms: 2100, outcome: { state: "not-reached", fault: refused } }],
    ["exb.contoso.lab did not take it (asked to wait, after 300 ms)", { server: "exb.contoso.lab", ms: 300, outcome: { state: "not-reached", fault: { kind: "throttled", until: null } } }],
    ["exb.contoso.lab was asked and did not answer (no answer within 30 s, after 30 s); whether it was done is looked up", { server: "exb.contoso.lab", ms: 30_000, outcome: { state: "unanswered", fault: { kind: "timeout", phase: "answer", afterMs: 30_000 } } }],
    ["exb.contoso.lab refused (Another object has that alias, after 90 ms)", { server: "exb.contoso.lab", ms: 90, outcome: { state: "refused", fault: { kind: "object-refused", why: "alias-taken" } } }],
    ["dc1.contoso.lab does not have it so (after 4 ms)", { kind: "look", server: "dc1.contoso.lab", ms: 4, outcome: { state: "missing" } }],
    ["The service did it in 1 s", { server: null, ms: 1000, outcome: done }],
    ["The directory made the object in 1 s", { kind: "create", server: null, ms: 1000, outcome: done }],
  ])("is: %s", (words, change) => {
    expect(stepText(step(1, change))).toBe(words);
  });

  it("goes on while somebody is at it, and is a step that nobody saw the end of when nobody is", () => {
    const begun = step(1, { server: "exb.contoso.lab", ms: null, outcome: { state: "started" } });
    expect(stepText(begun, true)).toBe("exb.contoso.lab is being asked");
    expect(stepText(begun)).toBe("exb.contoso.lab was asked; how it ended nobody saw");
  });
});

describe("an entry in words", () => {
  it("says of a group without its mail part where it is, what was tried, and what to do", () => {
    const half = entry({ state: "half-done", fault: refused, steps: [step(1, { kind: "create", server: "dc1.contoso.lab", ms: 35, outcome: done }), step(2, { server: "exb.contoso.lab", ms: 2100, outcome: { state: "not-reached", fault: refused } })] });
    const lines = entryLines(half);
    expect(lines.slice(0, 4)).toEqual([
      "Sales (Distribution group): Half done",
      "The group is in the directory, but not mail-enabled.",
      "1. dc1.contoso.lab made the object in 35 ms.",
      "2. exb.contoso.lab could not be reached (TCP: connection refused, after 2 s).",
    ]);
    expect(lines[4]).toContain("exb.contoso.lab");
    expect(doneBy(half)).toBeNull();
  });

  it("names the address that it has and who did it", () => {
    const whole = entry({ state: "done", address: "sales@contoso.lab", steps: [step(1, { server: "exa.contoso.lab", outcome: done })] });
    expect(entryLines(whole)).toContain("Address: sales@contoso.lab");
    expect(doneBy(whole)).toBe("exa.contoso.lab");
    expect(entrySentence({ ...whole, request: { ...group, action: "disable" } })).toBe("The group is no longer mail-enabled.");
  });

  it("calls what is acted on by its identity where it has no name", () => {
    expect(entryLines(entry({ request: { ...group, name: "", identity: "CN=Sales,DC=contoso,DC=lab" } }))[0]).toMatch(/^CN=Sales,DC=contoso,DC=lab /);
  });
});

describe("the words of the contract", () => {
  it("has one for each state, kind and failure there is", () => {
    const keys = [
      ...journalStateSchema.options.map((state) => `mail-journal.state-${state}`),
      ...mailObjectTypes.flatMap((type) => [`mail-journal.type-${type}`, `mail-journal.noun-${type}`]),
      ...mailStepKindSchema.options.flatMap((kind) => [`mail-journal.step-${kind}-started`, `mail-journal.step-${kind}-succeeded`]),
      ...serverFailures.map((failure) => `mail-objects.failure-${failure}`),
    ];
    expect(keys.filter((key) => sayIfKnown(key) === null)).toEqual([]);
  });

  it("takes a name that is taken for another object's", () => {
    expect(mailIssueText({ path: ["name"], code: "name-taken" })).toBe("There is already an object of that name in the same container.");
    expect(mailIssueText({ path: ["name"], code: "required" })).toBe("Enter a value.");
  });
});
