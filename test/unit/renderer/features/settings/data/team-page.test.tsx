// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { navigation } from "../../../../../../renderer/stores/navigation.ts";
import { isAnythingRunning, runningWork } from "../../../../../../renderer/stores/running-work.ts";
import { fail, succeed, type Result } from "../../../../../../shared/result.ts";
import type { TeamFound } from "../../../../../../shared/model/team.ts";
import { click, spoken, type, type Rendered } from "../../../render.tsx";
import { asked, box, file, forgetAll, knownTeam, open, say, settled, work } from "./support.tsx";

let page: Rendered;
let found: Result<TeamFound> | Promise<Result<TeamFound>>;
const empty: TeamFound = { content: "empty", role: "none", maySetUp: true, version: "15.18" };
let setUp: Result<{ recoveryKey: string }>;
let stopped: boolean;

beforeEach(async () => {
  [found, setUp, stopped] = [succeed(empty), succeed({ recoveryKey: "AAAAA-BBBBB" }), false];
  page = await open(file, "team", {
    "data.test": (_input, signal) => {
      signal?.addEventListener("abort", () => (stopped = true));
      return work(found);
    },
    "data.setUp": () => work(setUp),
    "data.join": () => work(succeed({ code: "ABCDE-FGHJK" })),
    "files.pick": () => succeed({ file: "token-1", name: "eva.pfx", size: 2048 }),
  });
});
afterEach(() => {
  page.unmount();
  forgetAll();
});

const words = () => page.host.textContent;
const has = (name: string) => [...document.querySelectorAll("button")].some((button) => button.textContent === name);
const press = async (name: string) => {
  await click(page.button(name));
  await settled();
};
const radio = async (value: string) => {
  await click(document.querySelector<HTMLInputElement>(`input[type=radio][value='${value}']`) ?? document.body);
};

async function fill(): Promise<void> {
  await type(box("host"), "db.contoso.lab");
  await type(box("database"), "messaging");
  await type(box("user"), "eva");
  await type(box("password"), "Pa55word!");
}

describe("what is typed of a team's database", () => {
  it("is checked field by field before anything is asked of main, and the first problem has the focus", async () => {
    await type(box("port"), "65536");
    await press("Test");
    expect(asked).toEqual([]);
    expect(document.activeElement).toBe(box("host"));
    expect(words()).toContain("A port is a number from 1 to 65535: 65536 is none.");
    await type(box("host"), "ldap://db.contoso.lab:5433");
    expect(words()).toContain("Enter the name alone, without a port.");
  });

  it("is sent as it is read, with the password that was typed, or without one for what is stored", async () => {
    await fill();
    await type(box("host"), " DB.contoso.lab. ");
    await press("Test");
    const place = { host: "db.contoso.lab", port: 5432, database: "messaging", user: "eva", authority: null };
    expect(asked).toEqual([["data.test", { place, signIn: { by: "password", password: "Pa55word!" } }]]);
    await type(box("password"), "");
    await press("Test");
    expect(asked.at(-1)).toEqual(["data.test", { place, signIn: { by: "password", password: null } }]);
  });

  it("may be a certificate file, of which a token is sent, with its password", async () => {
    await fill();
    await radio("certificate");
    await press("Choose certificate file…");
    expect(words()).toContain("eva.pfx, 2 KiB");
    await type(box("filePassword"), "of the file");
    await press("Test");
    expect(asked.at(-1)).toMatchObject(["data.test", { signIn: { by: "certificate", file: "token-1", filePassword: "of the file" } }]);
  });

  it("needs an authority's file where one is to be trusted", async () => {
    await fill();
    await radio("file");
    await press("Test");
    expect(asked).toEqual([]);
    expect(words()).toContain("Choose the authority's file.");
    expect(document.activeElement?.textContent).toBe("Choose file…");
  });
});

describe("a test of a team's database", () => {
  it("shows each rung, and says what was found and what to do", async () => {
    await fill();
    await press("Test");
    expect([...document.querySelectorAll("ol li")].map((rung) => rung.textContent)).toEqual(["DNS1 ms", "TCP2 ms"]);
    expect(words()).toContain("The database is empty.");
    expect(spoken("polite").join(" ")).toContain("The database is empty.");
    expect(has("Set up a team here")).toBe(true);
  });

  it.each<[TeamFound["content"], Partial<TeamFound>, string, string | null]>([
    ["empty", { maySetUp: false }, "this account may make no tables and roles", null],
    ["team", { role: "operator" }, "A team's configuration is in this database.", "Ask to join"],
    ["team", { role: "none" }, "the account is in none of its roles", null],
    ["older", {}, "by an older version of the console", null],
    ["newer", {}, "Update the console on this computer", null],
    ["foreign", {}, "tables that are not the console's", null],
  ])("finds %s, %j", async (content, more, sentence, way) => {
    found = succeed({ ...empty, content, ...more });
    await fill();
    await press("Test");
    expect(words()).toContain(sentence);
    expect([has("Set up a team here"), has("Ask to join")]).toEqual([false, way === "Ask to join"]);
  });

  it("is no answer to what was typed since: its result goes, and one that still runs is stopped", async () => {
    await fill();
    await press("Test");
    await type(box("database"), "another");
    expect(has("Set up a team here")).toBe(false);
    expect(document.querySelectorAll("ol li")).toHaveLength(0);
    found = new Promise(() => {});
    await press("Test");
    await type(box("password"), "other");
    expect(stopped).toBe(true);
  });

  it("can be cancelled", async () => {
    found = new Promise(() => {});
    await fill();
    await press("Test");
    expect(runningWork.getState().entries[0]).toMatchObject({ kind: "team-test", subject: "messaging on db.contoso.lab" });
    await press("Cancel");
    expect(stopped).toBe(true);
  });

  it("is refused where the field is that it is about, and the focus goes there", async () => {
    found = fail({ kind: "invalid", issues: [{ path: ["signIn"], code: "not-stored-for-this-place" }] });
    await fill();
    await press("Test");
    expect(words()).toContain("Nothing is stored for this server, database and account. Enter it.");
    expect(document.activeElement).toBe(box("password"));
    await type(box("password"), "x");
    expect(words()).not.toContain("Nothing is stored for this server");
  });

  it("says why it failed, and what to do", async () => {
    found = fail({ kind: "unreachable", rung: "tcp", reason: "refused", host: "db.contoso.lab" });
    await fill();
    await press("Test");
    expect(page.host.querySelector(".fui-MessageBar")?.textContent).toContain("db.contoso.lab");
    expect(spoken("assertive")).toHaveLength(1);
  });
});

describe("setting a team up", () => {
  const paper = () => document.querySelector("[data-paper]")?.textContent ?? "";

  it("shows the recovery key until it is on paper, and not again", async () => {
    await fill();
    await press("Test");
    await press("Set up a team here");
    expect(asked.at(-1)).toMatchObject(["data.setUp", { signIn: { password: "Pa55word!" } }]);
    expect(paper()).toContain("AAAAA-BBBBB");
    expect(paper()).toContain("A, A, A, A, A; B, B, B, B, B");
    await press("Done");
    expect(paper()).toContain("AAAAA-BBBBB");
    await click(document.querySelector<HTMLInputElement>("input[type=checkbox]") ?? document.body);
    await press("Done");
    expect(paper()).toBe("");
    expect(document.body.textContent).not.toContain("AAAAA-BBBBB");
    expect(navigation.getState().route).toEqual({ page: "data" });
  });

  it("keeps the key for who comes back to the page", async () => {
    await fill();
    await press("Test");
    await press("Set up a team here");
    page.unmount();
    page = await open(knownTeam, null);
    expect(paper()).toContain("AAAAA-BBBBB");
  });

  it("stays on the form where it failed, with why", async () => {
    setUp = fail({ kind: "forbidden", needs: [], detail: "42501" });
    await fill();
    await press("Test");
    await press("Set up a team here");
    expect(words()).toContain("The far side forbids this");
    expect(has("Set up a team here")).toBe(true);
    expect([isAnythingRunning(), navigation.getState().route]).toEqual([false, { page: "data", part: "team" }]);
  });

  it("is not taken off the screen by the news that there is a team now", async () => {
    await fill();
    await say(knownTeam);
    expect(box("host").value).toBe("db.contoso.lab");
  });
});

it("asking to join sends what was tested, and leads to the page with the code", async () => {
  found = succeed({ ...empty, content: "team", role: "reader" });
  await fill();
  await press("Test");
  await press("Ask to join");
  expect(asked.at(-1)).toMatchObject(["data.join", { place: { database: "messaging" }, signIn: { by: "password", password: "Pa55word!" } }]);
  expect(navigation.getState().route).toEqual({ page: "data" });
});

describe("a team that the console knows", () => {
  beforeEach(async () => {
    page.unmount();
    page = await open(knownTeam, "team", { "data.test": () => work(found), "data.join": () => work(succeed({ code: null })) });
  });

  it("can be reached at another place or by another sign-in, and no code is shown for it", async () => {
    found = succeed({ ...empty, content: "team", role: "operator" });
    expect([box("host").value, box("port").value, box("database").value, box("user").value, box("password").value]).toEqual(["db.contoso.lab", "5432", "messaging", "eva", ""]);
    await type(box("host"), "db2.contoso.lab");
    await type(box("password"), "a new one");
    await press("Test");
    expect(words()).toContain("Your account's role: Operator");
    await press("Sign in so from now on");
    expect(asked.at(-1)).toMatchObject(["data.join", { place: { host: "db2.contoso.lab" }, signIn: { by: "password", password: "a new one" } }]);
    expect(navigation.getState().route).toEqual({ page: "data" });
    expect(document.body.textContent).toContain("signs in to the team's database so from now on");
  });

  it("is not begun anew in an empty database", async () => {
    await press("Test");
    expect(words()).toContain("the team that this console knows is not in it");
    expect(has("Set up a team here")).toBe(false);
  });
});
