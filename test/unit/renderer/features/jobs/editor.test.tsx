// @vitest-environment jsdom
/** The editor of a job: nothing that is typed is lost, and what main says stands beside what it is of. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { draftOf } from "../../../../../renderer/features/jobs/drafts.ts";
import { JobPage } from "../../../../../renderer/features/jobs/job-page.tsx";
import { NewJobPage } from "../../../../../renderer/features/jobs/new-job-page.tsx";
import { navigate, navigation, setLeaveGuard, startNavigation } from "../../../../../renderer/stores/navigation.ts";
import { storesList } from "../../../../../renderer/stores/stores-list.ts";
import type { JobSettings } from "../../../../../shared/model/job.ts";
import { fail, succeed, type Result } from "../../../../../shared/result.ts";
import { click, findButton, spoken, type } from "../../render.tsx";
import { tickBox } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";
import { detail, settings, store } from "./fixtures.ts";
import { answer, box, closePage, forgetAll, inDialog, inputsOf, openPage, shown } from "./support.tsx";

const openJob = () => openPage({ page: "job", store: "s1", job: "j1", section: "edit" }, <JobPage storeId="s1" job="j1" />);
const openNew = () => openPage({ page: "new-job" }, <NewJobPage />);
const typed = () => draftOf("s1/j1")?.settings;

beforeEach(forgetAll);
afterEach(() => {
  forgetAll();
  setLeaveGuard(null);
});

describe("a new job", () => {
  it("begins with a template over what the identity store begins with, and is saved as typed", async () => {
    answer({ "jobs.create": ({ settings: given }: { readonly settings: JobSettings }) => succeed({ ...detail(), job: { id: "j1", ...given } }) });
    await openNew();
    await click(tickBox("Create mailbox users"));
    await click(findButton("Begin"));
    await holds(() => expect(box("name").value).toBe("Create mailbox users"));
    expect(inputsOf("jobs.blank")).toEqual([{ storeId: "s1" }]);
    await type(box("name"), "Joiners of May");
    await click(findButton("Save the job"));
    await holds(() => expect(navigation.getState().route).toEqual({ page: "job", store: "s1", job: "j1", section: "edit" }));
    expect(inputsOf("jobs.create")).toMatchObject([{ storeId: "s1", settings: { name: "Joiners of May", type: "mailbox", key: "accountName", mapping: [{ target: "name" }, { target: "accountName" }, { target: "alias" }] } }]);
    expect(draftOf("new")).toBeNull();
  });

  it("is still there, as it was typed, when its page is opened again", async () => {
    answer({});
    await openNew();
    await click(findButton("Begin"));
    await holds(() => box("name"));
    await type(box("name"), "Half typed");
    closePage();
    await openNew();
    expect(box("name").value).toBe("Half typed");
  });

  it("says why an identity store can have none", async () => {
    answer({ "jobs.blank": () => fail({ kind: "unsupported", why: "no-mail-system" }) });
    await openNew();
    await click(findButton("Begin"));
    await holds(() => expect(shown()).toContain("The messaging provider of this identity store is None"));
  });

  it("asks for the identity store where there are several", async () => {
    answer({});
    storesList.setState({ freshness: "current", entries: new Map([["s1", store()], ["s2", store({ id: "s2", name: "Branch" })]]) });
    await openNew();
    await click(findButton("Begin"));
    expect(inputsOf("jobs.blank")).toEqual([]);
    expect(document.activeElement).toBe(box("store"));
  });
});

describe("a save", () => {
  it("that is refused keeps everything that was typed", async () => {
    answer({ "jobs.save": () => fail({ kind: "not-stored", why: "disk-full" }) });
    await openJob();
    await holds(() => box("name"));
    await type(box("name"), "Joiners of May");
    await type(box("path"), "D:\\May.csv");
    await click(findButton("Save"));
    await holds(() => expect(shown()).toContain("Not saved: the disk is full."));
    expect(box("name").value).toBe("Joiners of May");
    expect(typed()?.source.path).toBe("D:\\May.csv");
    closePage();
    await openJob();
    await holds(() => expect(box("name").value).toBe("Joiners of May"));
    expect(shown()).toContain("What you entered here before is not saved yet.");
  });

  it("names what was seen, so that nobody else's work is overwritten", async () => {
    answer({ "jobs.save": ({ settings: given }: { readonly settings: JobSettings }) => succeed({ ...detail(), job: { id: "j1", ...given } }) });
    await openJob();
    await holds(() => box("name"));
    await type(box("name"), "Joiners of May");
    await click(findButton("Save"));
    await holds(() => expect(inputsOf("jobs.save")).toEqual([{ storeId: "s1", job: "j1", seen: settings(), settings: settings({ name: "Joiners of May" }) }]));
    expect(shown()).not.toContain("Unsaved changes");
  });

  it("keeps what is typed while it is under way", async () => {
    let letGo = (_result: Result<unknown>) => {};
    answer({ "jobs.save": () => new Promise((resolve) => (letGo = resolve)) });
    await openJob();
    await holds(() => box("name"));
    await type(box("name"), "One");
    await click(findButton("Save"));
    await holds(() => expect(inputsOf("jobs.save")).toHaveLength(1));
    await type(box("name"), "Two");
    await act(async () => letGo(succeed(detail({ name: "One" }))));
    await holds(() => expect(draftOf("s1/j1")?.seen.name).toBe("One"));
    expect(box("name").value).toBe("Two");
    expect(shown()).toContain("Unsaved changes");
  });

  it("over what somebody else saved asks, and takes over only what was not typed here", async () => {
    answer({ "jobs.save": () => fail({ kind: "object-refused", why: "changed-meanwhile" }) });
    await openJob();
    await holds(() => box("name"));
    await type(box("name"), "Mine");
    answer({
      "jobs.save": () => fail({ kind: "object-refused", why: "changed-meanwhile" }),
      "jobs.get": () => succeed(detail({ name: "Theirs", description: "By somebody else" }, 3)),
    });
    await click(findButton("Save"));
    await holds(() => expect(shown()).toContain("Somebody saved this job since you opened it."));
    expect(spoken("assertive").join(" ")).toContain("what you entered is still here");
    expect(box("name").value).toBe("Mine");
    await click(findButton("Keep what I entered"));
    await holds(() => expect(box("description").value).toBe("By somebody else"));
    expect(box("name").value).toBe("Mine");
    expect(draftOf("s1/j1")?.seen.name).toBe("Theirs");
  });

  it("over what somebody else saved can be given up for what is saved", async () => {
    answer({ "jobs.save": () => fail({ kind: "object-refused", why: "changed-meanwhile" }) });
    await openJob();
    await holds(() => box("name"));
    await type(box("name"), "Mine");
    await click(findButton("Save"));
    await holds(() => findButton("Load what is saved"));
    answer({ "jobs.get": () => succeed(detail({ name: "Theirs" }, 3)) });
    await click(findButton("Load what is saved"));
    await holds(() => expect(box("name").value).toBe("Theirs"));
    expect(shown()).not.toContain("Somebody saved this job");
  });

  it("of what cannot be sent is not sent, and leads to the field", async () => {
    answer({});
    await openJob();
    await holds(() => box("name"));
    await type(box("count-create"), "many");
    await click(findButton("Save"));
    await holds(() => expect(shown()).toContain("1 field has to be mended before the job can be saved."));
    expect(inputsOf("jobs.save")).toEqual([]);
    expect(document.activeElement).toBe(box("count-create"));
    expect(box("count-create").value).toBe("many");
    await type(box("count-create"), "20");
    expect(typed()?.brakes.limits.create).toEqual({ count: 20, percent: null });
    expect(shown()).not.toContain("has to be mended before");
  });

  it("shows a taken name at the name", async () => {
    answer({ "jobs.save": () => fail({ kind: "invalid", issues: [{ path: ["name"], code: "name-taken" }] }) });
    await openJob();
    await holds(() => box("name"));
    await type(box("name"), "Leavers");
    await click(findButton("Save"));
    await holds(() => expect(shown()).toContain("Another job of this identity store has this name."));
    expect(box("name").getAttribute("aria-invalid")).toBe("true");
  });
});

describe("leaving", () => {
  it("with unsaved changes asks, and says that they stay in this window", async () => {
    answer({});
    await openJob();
    await holds(() => box("name"));
    await type(box("name"), "Mine");
    let went: boolean | null = null;
    await act(async () => void navigate({ page: "jobs" }).then((answered) => (went = answered)));
    await holds(() => expect(document.querySelector("[role='alertdialog']")?.textContent).toContain("It stays here while this window is open"));
    await click(inDialog("Stay"));
    await holds(() => expect(went).toBe(false));
  });

  it("by closing the window asks as well, also from another page", async () => {
    answer({});
    const stop = startNavigation();
    await openJob();
    await holds(() => box("name"));
    const close = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    await type(box("name"), "Mine");
    closePage();
    expect(close()).toBe(true);
    forgetAll();
    expect(close()).toBe(false);
    stop();
  });

  it("a discard shows what is saved again", async () => {
    answer({});
    await openJob();
    await holds(() => box("name"));
    await type(box("name"), "Mine");
    await click(findButton("Discard changes"));
    await click(inDialog("Discard"));
    expect(box("name").value).toBe("Joiners");
  });
});

describe("what keeps it from being run", () => {
  it("stands at the field, in the list of parts and in the review", async () => {
    answer({ "jobs.check": () => succeed([{ path: ["source", "path"], code: "required" }, { path: ["mapping", 0], code: "required" }]) });
    await openJob();
    await holds(() => expect(findButton(/^2\. Source/).textContent).toContain("1 to mend"));
    expect(box("path").getAttribute("aria-invalid")).toBe("true");
    expect(findButton(/^3\. Object/).textContent).toContain("1 to mend");
    expect(shown()).toContain("Object, fields and mapping: Name: Enter a value.");
    await click(findButton("Go to Source"));
    expect(document.activeElement).toBe(box("path"));
  });

  it("is nothing only once main has said so", async () => {
    answer({});
    await openJob();
    await holds(() => expect(shown()).toContain("Nothing keeps this job from being run."));
    await type(box("path"), "other.csv");
    expect(shown()).not.toContain("Nothing keeps this job from being run.");
    await holds(() => expect(shown()).toContain("Nothing keeps this job from being run."));
    expect(inputsOf("jobs.check")).toHaveLength(2);
  });
});
