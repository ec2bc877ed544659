// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { probeImport } from "../../../../../renderer/features/handover/probe-state.ts";
import type { OpenedProbe, ProbedServer } from "../../../../../shared/contract/handover.ts";
import { fail, succeed, type Result } from "../../../../../shared/result.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { click, findButton, spoken, type Rendered } from "../../render.tsx";
import { holds } from "../mail-objects/support.tsx";
import { drop, forgetAll, inputsOf, openPage, received, type Answers } from "./support.tsx";

const server = (state: ProbedServer["state"]): ProbedServer => ({ place: 0, storeId: "s1", storeName: "HQ", server: "exa.contoso.lab", state, probed: null, known: null });
const found = (computer: string, servers: readonly ProbedServer[] = [server("news")]): OpenedProbe => ({
  computer, fullName: "", system: "Windows", powershell: "5.1", edition: "Desktop", ranAt: 0, offsetMinutes: 0, modules: [], exchange: null, unread: [], unasked: 0, application: "0.1.0", servers: [...servers],
});

/** Answers that a test gives when it wants to. */
function later<T>() {
  let give: (value: T) => void = () => undefined;
  const wait = new Promise<T>((resolve) => (give = resolve));
  return { wait, give: (value: T) => act(async () => give(value)) };
}

let page: Rendered | null = null;
const shown = () => page?.host.textContent ?? "";
const receive = (input: { readonly name: string }) => received(input.name, input.name);
async function open(answers: Answers): Promise<void> {
  page = await openPage({ "files.receive": receive, ...answers }, "probe");
}
const leave = () => {
  page?.unmount();
  page = null;
};

beforeEach(forgetAll);
afterEach(() => {
  leave();
  forgetAll();
});

it("says aloud which file was read, and how much is new in it", async () => {
  await open({ "handover.openProbe": () => succeed(found("JUMP01", [server("news"), { ...server("same"), place: 1 }])) });
  await drop("probe-result-JUMP01.json");
  await holds(() => expect(spoken("polite")).toContain("probe-result-JUMP01.json: what the probe says of 2 mail servers. New in it: 1."));
  expect(shown()).toContain("Fileprobe-result-JUMP01.json");
  findButton("Keep what is said of 1 mail server");
});

it("offers nothing to keep where nothing is new", async () => {
  await open({ "handover.openProbe": () => succeed(found("JUMP01", [server("same")])) });
  await drop("a.json");
  await holds(() => expect(shown()).toContain("There is nothing new in it."));
  expect([...document.querySelectorAll("button")].filter(({ textContent }) => textContent.includes("Keep"))).toEqual([]);
});

it("shows the newer of two files, whichever is sent or read first, and holds no other", async () => {
  const slow = later<undefined>();
  const reading = later<Result<OpenedProbe>>();
  await open({
    "files.receive": (async function* (input: { readonly name: string }) {
      if (input.name === "slow.json") await slow.wait;
      yield* receive(input);
    }),
    "handover.openProbe": ((input: { readonly file: string }) => (input.file === "first.json" ? reading.wait : succeed(found(input.file)))),
  });
  await drop("slow.json");
  findButton("Cancel: Sending slow.json");
  await drop("first.json");
  await holds(() => expect(inputsOf("handover.openProbe")).toEqual([{ file: "first.json" }]));
  await drop("second.json");
  await holds(() => expect(shown()).toContain("Ran onsecond.json"));
  await slow.give(undefined);
  await reading.give(succeed(found("first.json")));
  await holds(() => expect(inputsOf("files.release")).toContainEqual({ file: "first.json" }));
  expect(probeImport.getState().probe?.computer).toBe("second.json");
  expect(inputsOf("handover.openProbe")).not.toContainEqual({ file: "slow.json" });
});

it("stays the one that is shown when what was kept of the file before it is told", async () => {
  const keeping = later<Result<{ readonly kept: number }>>();
  await open({ "handover.openProbe": ((input: { readonly file: string }) => succeed(found(input.file))), "handover.applyProbe": () => keeping.wait });
  await drop("first.json");
  await holds(() => findButton("Keep what is said of 1 mail server"));
  await click(findButton("Keep what is said of 1 mail server"));
  await drop("second.json");
  await holds(() => expect(shown()).toContain("Ran onsecond.json"));
  await keeping.give(succeed({ kept: 1 }));
  expect(probeImport.getState()).toMatchObject({ file: { file: "second.json" }, kept: null });
});

it("is there while one looks at the other parts of the page, and holds no file once the page is left, also where it was still being sent", async () => {
  const slow = later<undefined>();
  await open({
    "files.receive": (async function* (input: { readonly name: string }) {
      if (input.name === "slow.json") await slow.wait;
      yield* receive(input);
    }),
    "handover.openProbe": () => succeed(found("JUMP01")),
  });
  await drop("first.json");
  await holds(() => expect(shown()).toContain("Ran onJUMP01"));
  await act(async () => navigation.setState({ route: { page: "handover" } }));
  await act(async () => navigation.setState({ route: { page: "handover", way: "probe" } }));
  expect(shown()).toContain("Ran onJUMP01");
  await drop("slow.json");
  leave();
  await slow.give(undefined);
  await holds(() => expect(inputsOf("files.release")).toEqual([{ file: "first.json" }, { file: "slow.json" }]));
  expect(probeImport.getState()).toMatchObject({ file: null, probe: null });
});

it("of a file that is not held any more shows nothing that could be kept", async () => {
  await open({ "handover.openProbe": () => succeed(found("JUMP01")), "handover.applyProbe": () => fail({ kind: "not-found", what: "file" }) });
  await drop("first.json");
  await holds(() => findButton("Keep what is said of 1 mail server"));
  await click(findButton("Keep what is said of 1 mail server"));
  await holds(() => expect(probeImport.getState().probe).toBeNull());
});
