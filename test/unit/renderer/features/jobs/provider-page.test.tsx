// @vitest-environment jsdom
/** A job's own messaging provider: chosen in the editor, set up on a page of its own. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { draftOf } from "../../../../../renderer/features/jobs/drafts.ts";
import { JobPage } from "../../../../../renderer/features/jobs/job-page.tsx";
import { ProviderPage } from "../../../../../renderer/features/jobs/provider-page.tsx";
import { setLeaveGuard } from "../../../../../renderer/stores/navigation.ts";
import { placeOf, routeOf } from "../../../../../renderer/stores/routes.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton } from "../../render.tsx";
import { holds } from "../mail-objects/support.tsx";
import { detail } from "./fixtures.ts";
import { answer, box, forgetAll, inputsOf, openPage, select, shown } from "./support.tsx";

const SECTION = { page: "job", store: "s1", job: "j1", section: "provider" } as const;

beforeEach(forgetAll);
afterEach(() => {
  forgetAll();
  setLeaveGuard(null);
});

it("is chosen beside that of the identity store, and its page is led to once the job is saved", async () => {
  answer({ "jobs.check": ({ settings }: { readonly settings: { readonly provider: string } }) => succeed(settings.provider === "own" ? [{ path: ["provider"], code: "provider-not-set-up" }] : []) });
  await openPage({ page: "job", store: "s1", job: "j1", section: "edit" }, <JobPage storeId="s1" job="j1" />);
  await holds(() => box("provider"));
  expect([...box("provider").options].map(({ text }) => text)).toEqual(["That of Contoso HQ", "Another one, for this job alone"]);
  expect(document.querySelector('a[href$="/provider"]')).toBeNull();
  await select("provider", "own");
  expect(draftOf("s1/j1")?.settings.provider).toBe("own");
  await holds(() => expect(document.querySelector(`a[href="${placeOf(SECTION)}"]`)?.textContent).toBe("Set up the messaging provider"));
  await holds(() => expect(shown()).toContain("The messaging provider of this job is not set up yet."));
});

it("has an address of its own", () => {
  expect(routeOf(placeOf(SECTION))).toEqual(SECTION);
});

it("says why there is no room for it, and tries again", async () => {
  let isThere = false;
  answer({ "jobs.provide": () => (isThere ? succeed({ id: "p1" }) : fail({ kind: "not-stored", why: "disk-full" })), "jobs.get": () => succeed(detail()), "editor.open": () => fail({ kind: "not-found", what: "provider" }) });
  await openPage(SECTION, <ProviderPage storeId="s1" job="j1" />);
  await holds(() => findButton("Try again"));
  isThere = true;
  await click(findButton("Try again"));
  await holds(() => expect(shown()).toContain("Messaging provider of the job: Joiners"));
  expect(inputsOf("editor.open")).toEqual([{ storeId: "p1" }]);
});
