import { describe, expect, it } from "vitest";
import { mergeDrafts } from "../../../../../main/store/team/merge-drafts.ts";
import type { SealedMessaging, StoredDraft } from "../../../../../main/store/types.ts";
import { draftWith, messagingWith } from "../support.ts";

const secret = (id: string) => ({ id, at: 1 });
const form: SealedMessaging = { ...messagingWith(2), secrets: { password: secret("old") } };
const base: StoredDraft = { ...draftWith(form), version: 7, touched: { old: { after: 3, at: 1, by: "eva", window: "w" } } };

function changed(draft: StoredDraft, change: { values?: Record<string, string>; secrets?: SealedMessaging["secrets"]; servers?: number; touch?: string }): StoredDraft {
  const before = draft.forms["exchange"] ?? form;
  const { values = {}, secrets = before.secrets, servers, touch } = change;
  const listing = servers === undefined ? {} : { servers: messagingWith(servers).configuration.servers, syncedAt: servers };
  const next = { ...before, secrets, configuration: { ...before.configuration, ...listing, values: { ...before.configuration.values, ...values } } };
  const touched = touch === undefined ? draft.touched : { ...draft.touched, [touch]: { after: draft.version, at: 2, by: "eva", window: touch } };
  return { ...draft, touched, forms: { ...draft.forms, exchange: next } };
}
const mine = (change: Parameters<typeof changed>[1]) => ({ ...changed(base, change), version: 7.5 });
const theirs = (change: Parameters<typeof changed>[1]) => ({ ...changed(base, change), version: 8 });
const exchangeOf = ({ forms }: StoredDraft) => forms["exchange"];

describe("a draft that was gone on with in two places", () => {
  it("has what each changed alone", () => {
    const { draft, apart } = mergeDrafts(base, mine({ values: { domain: "here" } }), theirs({ values: { username: "there" }, secrets: { password: secret("new") } }));
    expect(exchangeOf(draft)).toMatchObject({ configuration: { values: { domain: "here", username: "there" } }, secrets: { password: secret("new") } });
    expect(apart).toEqual([]);
    expect(draft.tested).toEqual({ state: "untested" });
  });

  it("has what was entered here where both changed the same, and says which", () => {
    const { draft, apart } = mergeDrafts(base, mine({ values: { domain: "here" }, secrets: { password: secret("mine") }, servers: 3 }), theirs({ values: { domain: "there" }, secrets: {}, servers: 4 }));
    expect(exchangeOf(draft)).toMatchObject({ configuration: { values: { domain: "here" }, syncedAt: 3, servers: { length: 3 } }, secrets: { password: secret("mine") } });
    expect(apart).toEqual(["exchange servers.priorities", "exchange values.domain", "exchange secrets.password"]);
  });

  it("asks nothing where both did the same, and takes away what one took away", () => {
    const { draft, apart } = mergeDrafts(base, mine({ values: { domain: "same" }, secrets: {} }), theirs({ values: { domain: "same" } }));
    expect(exchangeOf(draft)?.secrets).toEqual({});
    expect(apart).toEqual([]);
  });

  it("keeps forms of providers that one side alone has, and the choice that one side made", () => {
    const other = { ...form, configuration: { ...form.configuration, provider: "office365" } };
    const there = { ...theirs({}), choice: { provider: "office365", variant: null }, forms: { ...base.forms, office365: other } };
    const { draft, apart } = mergeDrafts(base, mine({ values: { domain: "here" } }), there);
    expect(Object.keys(draft.forms)).toEqual(["exchange", "office365"]);
    expect(draft.choice).toEqual({ provider: "office365", variant: null });
    expect(apart).toEqual([]);
  });

  it("is the next version of what stands there, and tells windows here what came from there", () => {
    const { draft } = mergeDrafts(base, mine({ values: { domain: "here" }, touch: "here" }), theirs({ values: { username: "there" }, touch: "there" }));
    expect(draft.version).toBe(8);
    expect(draft.id).toBe(base.id);
    expect(draft.touched).toEqual({ old: base.touched["old"], here: expect.objectContaining({ after: 7 }), there: expect.objectContaining({ after: 7.5 }) });
  });
});
