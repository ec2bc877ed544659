// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DirectoryPage } from "../../../../../renderer/features/identity-stores/directory-page.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { announceConnection } from "../../../../../renderer/host/connection.ts";
import { Unanswered } from "../../../../../renderer/host/unanswered.ts";
import { say } from "../../../../../renderer/text/text.ts";
import type { ActiveDirectoryConnection, StoreDetail } from "../../../../../shared/model/identity-store.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, render, type, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";

const connection: ActiveDirectoryConnection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "svc", security: "ldaps", trust: { mode: "system" } };
const detail = (revision: number, change: Partial<ActiveDirectoryConnection> = {}): StoreDetail => ({ id: "s", name: "HQ", connection: { ...connection, ...change }, directoryPassword: { state: "set", at: 1 }, revision });

let page: Rendered;
/** What main has, and what was sent to it. */
let saved: StoreDetail;
let sent: unknown[];
let looks: number;
let answer: () => unknown;

const settled = () => act(async () => new Promise((resolve) => setTimeout(resolve, 0)));

beforeEach(async () => {
  [saved, sent, looks] = [detail(1), [], 0];
  answer = () => {
    saved = detail(saved.revision + 1);
    return succeed({ revision: saved.revision, changed: true });
  };
  provideClient(
    standInClient({
      "stores.get": () => {
        looks += 1;
        return succeed(saved);
      },
      "stores.updateConnection": (input) => {
        sent.push(input);
        return answer();
      },
    }),
  );
  page = await render(<DirectoryPage storeId="s" />);
  await settled();
});
afterEach(() => {
  page.unmount();
  announceConnection({ state: "open" });
});

function box(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`input[name='${name}']`);
  if (found === null) throw new Error(`there is no box for ${name}`);
  return found;
}

async function press(name: string): Promise<void> {
  await click(page.button(name));
  await settled();
}

async function enterPassword(password: string): Promise<void> {
  await press(say("secret.replace-of", { label: say("identity-stores.password") }));
  const secret = document.querySelector<HTMLInputElement>("input[type=password]");
  if (secret !== null) await type(secret, password);
  await press(say("secret.take"));
}

describe("directory settings that somebody else saved meanwhile", () => {
  beforeEach(async () => {
    await type(box("username"), "typed");
    await enterPassword("Pa55word!");
    answer = () => fail({ kind: "conflict", revision: 2, by: "CONTOSO\\anna", at: 1, changes: [] });
  });

  it("are gone on with from what they saved and what was typed", async () => {
    saved = detail(2, { dnsServer: "10.0.0.1" });
    await press(say("ui.save"));
    await press(say("differences.decide"));
    expect([box("username").value, box("dnsServer").value]).toEqual(["typed", "10.0.0.1"]);
    answer = () => succeed({ revision: 3, changed: true });
    await press(say("ui.save"));
    expect(sent.at(-1)).toMatchObject({ expectedRevision: 2, password: "Pa55word!", connection: { username: "typed", dnsServer: "10.0.0.1" } });
  });

  it("are asked about where both changed the same, and taken as was picked", async () => {
    saved = detail(2, { username: "theirs" });
    await press(say("ui.save"));
    await press(say("differences.decide"));
    expect(box("username").value).toBe("typed");
    const theirs = [...document.querySelectorAll<HTMLInputElement>("[role=dialog] input[type=radio], [role=alertdialog] input[type=radio]")].find(({ value }) => value === "theirs");
    await click(theirs ?? document.body);
    await press(say("differences.settle"));
    expect(box("username").value).toBe("theirs");
    expect(sent).toHaveLength(1);
  });
});

describe("a password of the directory", () => {
  it("leaves the page once it is saved", async () => {
    await enterPassword("Pa55word!");
    await press(say("ui.save"));
    expect(sent.at(-1)).toMatchObject({ password: "Pa55word!" });
    await type(box("username"), "another");
    await press(say("ui.save"));
    expect(sent.at(-1)).toMatchObject({ password: null, connection: { username: "another" } });
  });
});

describe("a save of directory settings whose answer was lost", () => {
  it("is looked up as soon as main is heard, and not before", async () => {
    await type(box("username"), "typed");
    answer = () => {
      announceConnection({ state: "silent", heardAt: 0 });
      throw new Unanswered("unknown");
    };
    await press(say("ui.save"));
    expect([looks, box("username").value]).toEqual([1, "typed"]);
    saved = detail(2, { username: "typed" });
    await act(async () => announceConnection({ state: "open" }));
    await settled();
    expect(looks).toBe(2);
    expect(page.button(say("ui.save")).getAttribute("aria-disabled")).toBe("true");
  });
});
