import { describe, expect, it } from "vitest";
import { providers } from "../../../../main/providers/index.ts";
import { choiceValue } from "../../../../shared/rules/choice-value.ts";
import { describeConformance } from "./conformance-suite.ts";

describeConformance(providers);

describe("the drop-down", () => {
  it("lists the providers in the documentation's order", () => {
    expect(providers.map(({ id }) => id)).toEqual(["exchange", "office365", "google-workspace", "other", "none"]);
  });

  it("offers Office 365 and None only to a Microsoft Entra store", () => {
    expect(providers.filter(({ descriptor }) => descriptor.storeKinds.includes("entra-id")).map(({ id }) => id)).toEqual(["office365", "none"]);
  });

  it("names each entry once", () => {
    const choices = providers.flatMap(({ descriptor }) => descriptor.entries.map(choiceValue));
    expect(new Set(choices).size).toBe(choices.length);
  });
});
