// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { storesList } from "../../../../../../renderer/stores/stores-list.ts";
import { fail, succeed } from "../../../../../../shared/result.ts";
import type { DataState } from "../../../../../../shared/model/team.ts";
import type { StoreSummary } from "../../../../../../shared/model/identity-store.ts";
import { click, findButton, spoken, type, type Rendered } from "../../../render.tsx";
import { asked, file, forgetAll, knownTeam, open, place, say, settled, team, work } from "./support.tsx";

let page: Rendered;
afterEach(() => {
  page.unmount();
  forgetAll();
});

const words = () => page.host.textContent;
const press = async (name: string | RegExp) => {
  await click(findButton(name));
  await settled();
};
const has = (name: string) => [...document.querySelectorAll("button")].some((button) => (button.getAttribute("aria-label") ?? button.textContent) === name);
const dialog = () => document.querySelector("[role=dialog], [role=alertdialog]");
const dialogBox = () => document.querySelector<HTMLInputElement>("[role=dialog] input, [role=alertdialog] input") ?? document.createElement("input");
const at = (hours: number, minutes: number) => new Date(2026, 10, 26, hours, minutes).getTime();

describe("what the console works on", () => {
  it("is the file: where it is, how its key is protected, and the way to a team's database", async () => {
    page = await open(file, null);
    expect(words()).toContain("On this computer");
    expect(words()).toContain("/home/eva/data");
    expect(words()).toContain("a key that Windows protects (DPAPI)");
    expect(page.host.querySelector("a[href='#/settings/data/team']")).not.toBeNull();
    expect(has("Work on the team's database")).toBe(false);
  });

  it("is a team's database: where, as whom, with which rights, and when it was last heard", async () => {
    page = await open({ ...team, role: "reader", place: { ...place, port: 6432, authority: { name: "ca.pem", pem: "" } } }, null);
    for (const fact of ["messaging on db.contoso.lab:6432", "eva, with a password", "ca.pem", "Reader: may look at everything, and save nothing"]) expect(words()).toContain(fact);
    expect(words()).toMatch(/Answers, last heard .*09:14/);
    await say({ ...team, heardAt: at(9, 14), away: { since: at(9, 20), fault: { kind: "sign-in", reason: "database-account" } } });
    expect(words()).toMatch(/Last heard .*09:14, away since .*09:20/);
    expect(words()).toContain("The database server does not let this account in: it does not know it, or the password is another one.");
  });

  it("may be a database in whose roles the account is no more", async () => {
    page = await open({ ...team, role: "none" }, null);
    expect(words()).toContain("The account is in none of the team's roles any more.");
  });

  it("changes when its person says so, and says why where it cannot", async () => {
    let answer: unknown = fail({ kind: "unsupported", why: "data-in-use" });
    page = await open(knownTeam, null, { "data.use": () => answer });
    await press("Work on the team's database");
    expect(words()).toContain("The console's data cannot be opened anew while it runs.");
    answer = succeed(null);
    await press("Work on the team's database");
    expect(words()).not.toContain("cannot be opened anew");
    expect(asked).toEqual([["data.use", { kind: "team" }], ["data.use", { kind: "team" }]]);
    await say(team);
    await press("Work on this computer");
    expect(asked.at(-1)).toEqual(["data.use", { kind: "file" }]);
  });

  it("lets a team be forgotten while the file is used, after a question", async () => {
    page = await open(team, null, { "data.forget": () => succeed(null) });
    expect(has("Forget the team…")).toBe(false);
    await say(knownTeam);
    await press("Forget the team…");
    expect(dialog()?.textContent).toContain("its own keys");
    await press("Cancel");
    expect(asked).toEqual([]);
    await press("Forget the team…");
    await press("Forget");
    expect(asked).toEqual([["data.forget", undefined]]);
    await say(file);
    expect(has("Forget the team…")).toBe(false);
  });
});

describe("a console that asks to be let in", () => {
  const asking: DataState = { ...team, enrolment: "asking", code: "7KQ2M-4XWRT", members: [] };

  it("shows its code, letter by letter for who hears it, and is let in without being asked again", async () => {
    page = await open(asking, null);
    expect(words()).toContain("7KQ2M-4XWRT");
    expect(words()).toContain("7, K, Q, 2, M; 4, X, W, R, T");
    expect(words()).toContain("they approve this console and type the code in there");
    expect(words()).not.toContain("Consoles of the team");
    await say(team);
    expect(words()).not.toContain("7KQ2M-4XWRT");
    expect(words()).toContain("Consoles of the team");
    expect(spoken("polite").join(" ")).toContain("This console was let into the team.");
  });

  it("may be let in with the recovery key, and what is none is refused where it was typed", async () => {
    let answer: unknown = fail({ kind: "invalid", issues: [{ path: ["recoveryKey"], code: "other" }] });
    page = await open(asking, null, { "data.recover": () => answer });
    await press("Use the recovery key");
    const paper = () => page.host.querySelector("input") ?? document.createElement("input");
    await press("Let this console in");
    expect(asked).toEqual([]);
    await type(paper(), "aaaaa-bbbbb");
    await press("Let this console in");
    expect(words()).toContain("This is no recovery key.");
    expect(document.activeElement).toBe(paper());
    answer = succeed(null);
    await type(paper(), "AAAAA-CCCCC");
    expect(words()).not.toContain("This is no recovery key.");
    await press("Let this console in");
    expect(asked.at(-1)).toEqual(["data.recover", { recoveryKey: "AAAAA-CCCCC" }]);
    expect(paper().value).toBe("");
  });

  it("that is in no team asks again with what is stored", async () => {
    page = await open({ ...team, enrolment: "none", signInBy: "certificate" }, null, { "data.join": () => work(fail({ kind: "roster-refused", why: "no-team" })) });
    expect(words()).toContain("This console is not in the team");
    await press("Ask to join");
    expect(asked).toEqual([["data.join", { place, signIn: { by: "certificate", file: null, filePassword: null } }]]);
    expect(words()).toContain("There is no team in this database yet.");
  });
});

describe("the consoles of a team", () => {
  const requests = [{ member: "m9", label: "ina on PC-3, desktop", at: 1, code: "9ABCD-EFGHJ" }];

  it("are listed, with which is this one and which is on paper; this one is taken out by another", async () => {
    page = await open(team, null);
    const rows = [...page.host.querySelectorAll("tbody tr")].map((row) => row.textContent);
    expect(rows[0]).toMatch(/eva on PC-17, desktop.*this console/);
    expect(rows[1]).toContain("bob on PC-2, loopback");
    expect(rows[2]).toMatch(/Recovery key.*on paper/);
    expect([has("Remove eva on PC-17, desktop…"), has("Remove bob on PC-2, loopback…")]).toEqual([false, true]);
  });

  it("let another one in by the code that is read to them, which is not on their own screen", async () => {
    let answer: unknown = fail({ kind: "roster-refused", why: "codes-differ" });
    page = await open({ ...team, requests }, null, { "data.members.approve": () => answer });
    expect(words()).toContain("ina on PC-3, desktop");
    await press("Approve ina on PC-3, desktop…");
    expect(document.body.textContent).not.toContain("9ABCD");
    await type(dialogBox(), "9abcd");
    await press("Let it in");
    expect(asked).toEqual([]);
    await type(dialogBox(), "9abcd efghk");
    await press("Let it in");
    expect(dialog()?.textContent).toContain("The two codes are not the same");
    expect(spoken("assertive").join(" ")).toContain("The two codes are not the same");
    answer = succeed(null);
    await type(dialogBox(), "9abcdefghj");
    expect(dialog()?.textContent).not.toContain("The two codes are not the same");
    await press("Let it in");
    expect(asked.map(([, input]) => input)).toEqual([{ member: "m9", code: "9ABCD-EFGHK" }, { member: "m9", code: "9ABCD-EFGHJ" }]);
    await say(team);
    expect(words()).not.toContain("ina on PC-3");
  });

  it("take one out after a question that says what follows, and list the passwords that it knew until they were seen to", async () => {
    const known = [{ store: "s1", secret: "directory-password" }, { store: "Gone", secret: "messaging/exchange/password" }];
    page = await open(team, null, { "data.members.remove": () => succeed({ known }) });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the list looks at the name alone
    await act(async () => storesList.setState({ entries: new Map([["s1", { id: "s1", name: "Contoso HQ" } as StoreSummary]]) }));
    await press("Remove bob on PC-2, loopback…");
    expect(dialog()?.textContent).toContain("What it has read it knows.");
    await press("Remove");
    expect(asked).toEqual([["data.members.remove", { member: "m2" }]]);
    expect(words()).toContain("Passwords that bob on PC-2, loopback knew");
    expect(page.host.querySelector("a[href='#/stores/s1/messaging-system']")?.textContent).toBe("Contoso HQ");
    expect(words()).toContain("Directory: Password");
    expect(words()).toContain("GoneMicrosoft Exchange: Password");
    expect(document.activeElement?.textContent).toBe("Passwords that bob on PC-2, loopback knew");
    page.unmount();
    page = await open(team, null);
    expect(words()).toContain("Passwords that bob on PC-2, loopback knew");
    await press("I have seen to it");
    expect(words()).not.toContain("Passwords that");
  });

  it("are let in and taken out by an administrator alone, which others are told", async () => {
    page = await open({ ...team, role: "operator", requests }, null);
    expect(words()).toContain("ina on PC-3, desktop");
    expect(words()).toContain("is for an administrator of the team: your account is none.");
    expect([...document.querySelectorAll("button")].filter((button) => /Approve|Remove/.test(button.getAttribute("aria-label") ?? ""))).toEqual([]);
  });

  it("say of the recovery key that there is no other one", async () => {
    page = await open(team, null, { "data.members.remove": () => fail({ kind: "not-stored", why: "unreachable" }) });
    await press("Remove Recovery key…");
    expect(dialog()?.textContent).toContain("The paper is worth nothing then, and there is no other one.");
    await press("Remove");
    expect(dialog()?.textContent).toContain("Not saved: the team's database cannot be reached.");
  });
});

it("identity stores that are not what the team saved are listed with what is wrong and what to do", async () => {
  page = await open({ ...team, refused: [{ id: "s1", name: "Contoso HQ", fault: { kind: "roster-refused", why: "signature" } }, { id: "s2", name: null, fault: { kind: "roster-refused", why: "rolled-back" } }] }, null);
  expect(words()).toContain("Contoso HQ");
  expect(words()).toContain("is not what was signed.");
  expect(words()).toContain("has not seen before (s2)");
  expect(words()).toContain("Ask who administers the database");
});
