import { describe, expect, it } from "vitest";
import { problemsOf, toldIssues } from "../../../../../renderer/features/messaging-system/problems.ts";
import { markOf } from "../../../../../renderer/features/messaging-system/step-marks.ts";
import { descriptorWith, stateWith } from "./support.ts";

const noDomain = { path: ["domain"], code: "required" };
const noFile = { path: ["certificate"], code: "required" };
const badDomain = { path: ["domain"], code: "domain" };
const elsewhere = { path: ["certificatePassword"], code: "enter-again-target" };
const badServer = { path: ["servers", 2, "name"], code: "host-blank" };

describe("the mark of a step", () => {
  it("asks for a provider first, and says nothing of steps that depend on it", () => {
    const state = stateWith({ choice: null });
    expect(markOf("provider", state)).toEqual({ state: "open", words: "still to fill in" });
    expect(markOf("connection", state)).toBeNull();
    expect(markOf("servers", state)).toBeNull();
  });

  it("is quiet until the step was left, then counts what is missing and what is not accepted", () => {
    const issues = [noDomain, noFile, elsewhere];
    expect(markOf("connection", stateWith({ issues }))).toEqual({ state: "open", words: "still to fill in" });
    expect(markOf("connection", stateWith({ issues, told: ["connection"] }))).toEqual({ state: "lacking", words: "2 missing, 1 to correct" });
    expect(markOf("connection", stateWith({ issues: [noFile], told: ["connection"] }))?.words).toBe("1 missing");
    expect(markOf("connection", stateWith({ told: ["connection"] }))).toEqual({ state: "complete", words: "complete" });
  });

  it("does not call a list of servers complete while none is ticked", () => {
    const providers = [descriptorWith({ servers: "priority" })];
    expect(markOf("servers", stateWith({ providers, told: ["servers"] }))).toEqual({ state: "open", words: "no server ticked yet" });
    expect(markOf("servers", stateWith())?.state).toBe("complete");
    expect(markOf("servers", stateWith({ providers, issues: [badServer], told: ["servers"] }))).toEqual({ state: "lacking", words: "1 to correct" });
  });
});

describe("what is told beside the fields", () => {
  it("waits until the part was left, except for a secret or a file, which are whole when they are entered", () => {
    const issues = [badDomain, noFile, elsewhere, badServer];
    expect(toldIssues(descriptorWith(), issues, [])).toEqual([elsewhere]);
    expect(toldIssues(descriptorWith(), issues, ["connection"])).toEqual([badDomain, noFile, elsewhere]);
  });
});

describe("what is missing for a save", () => {
  it("names each place once, in the order of the form, with its step and what to do", () => {
    const found = problemsOf(descriptorWith(), [badServer, noFile, { ...badServer, path: ["servers", 3, "name"] }, badDomain, { path: ["provider"], code: "not-available" }]);
    expect(found).toEqual([
      { part: "provider", place: "provider", label: "Provider", sentence: "This is not available in this version." },
      { part: "connection", place: "domain", label: "Domain name", sentence: "Enter a domain name, such as contoso.com." },
      { part: "connection", place: "certificate", label: "PFX certificate", sentence: "Choose a file." },
      { part: "servers", place: "servers", label: "Servers and priority", sentence: "The list of servers is not valid. Choose Sync Again." },
    ]);
  });
});
