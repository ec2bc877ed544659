import { describe, expect, it } from "vitest";
import { activitySentence } from "../../../../renderer/text/activity.ts";

const event = { id: "1", at: 1, storeId: "s", storeName: "Contoso" };

describe("an event in words", () => {
  it("names the fields of a draft that was put together as their forms do", () => {
    const merged = { ...event, kind: "draft-merged", subject: "eva", detail: "exchange values.domain, exchange secrets.password, exchange servers.priorities" };
    expect(activitySentence(merged)).toMatch(/^A draft of eva was changed on two consoles .* stands: Domain name, Password, Ticked servers and their priorities/);
  });

  it("is shown as it is where its kind is none of this version", () => {
    expect(activitySentence({ ...event, kind: "moon-landed", subject: "eva", detail: null })).toBe("moon-landed eva");
  });
});
