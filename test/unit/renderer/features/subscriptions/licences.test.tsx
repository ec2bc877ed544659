// @vitest-environment jsdom
/** Users looked up on the page Subscriptions, and what is told of their licences. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import { succeed } from "../../../../../shared/result.ts";
import { click, findButton, spoken } from "../../render.tsx";
import { ends, lasts } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";
import { answers, boxOf, eva, forgetAll, found, held, inputs, lookUp, openPage, rowsOf, shown, tom } from "./licences-support.tsx";

beforeEach(openPage);
afterEach(forgetAll);

describe("looking a user up", () => {
  it("tells who that is, where, and which licences are there by what way", async () => {
    await lookUp(" eva.lind@contoso.com ");
    await holds(() => expect(rowsOf("Licences of Eva Lind")).toEqual([["Office 365 E3ENTERPRISEPACK", "given to the user", "works"]]));
    expect(inputs("holder")).toEqual([{ storeId: "s1", user: "eva.lind@contoso.com" }]);
    expect(shown()).toContain("Usage locationDE");
    expect(spoken("polite")).toEqual(expect.arrayContaining(["Looking up eva.lind@contoso.com", "Eva Lind found."]));
    await lookUp(tom.signInName);
    await holds(() => expect(rowsOf("Licences of Tom Reed")).toEqual([["Enterprise Mobility + Security E3EMS", "by the group Licensed staff", "does not workMicrosoft's word for it: CountViolation"]]));
    expect(shown()).toContain("Usage locationnone");
    expect(rowsOf("Subscriptions that Tom Reed can be given")).toEqual([
      ["Enterprise Mobility + Security E3EMS", "21", "also by a group"],
      ["Office 365 E3ENTERPRISEPACK", "3", "no"],
      ["Microsoft 365 E3SPE_E3", "0", "no"],
      ["Microsoft 365 E5SPE_E5", "24", "no"],
    ]);
  });

  it("says that there is none, that a name is needed, and that a user has nothing", async () => {
    await lookUp("nobody@contoso.com");
    await holds(() => expect(shown()).toContain("The tenant has no user of that sign-in name"));
    await lookUp(" ");
    expect(shown()).toContain("Enter the whole sign-in name");
    expect(document.activeElement).toBe(boxOf("User's sign-in name"));
    answers.find = () => ends(succeed({ ...eva, name: "", licences: [] }));
    await lookUp(eva.signInName);
    await holds(() => expect(shown()).toContain("eva.lind@contoso.com has no licence."));
  });

  it("is cancelled with the focus left at the button", async () => {
    answers.find = (_user, signal) => lasts(signal);
    await lookUp(eva.signInName);
    await holds(() => findButton("Cancel: Looking up eva.lind@contoso.com"));
    findButton("Cancel: Looking up eva.lind@contoso.com").focus();
    await click(findButton("Cancel: Looking up eva.lind@contoso.com"));
    await holds(() => expect(shown()).toContain("Cancelled."));
    expect(document.activeElement).toBe(findButton("Look up"));
  });

  it("shows nothing of an older answer once another user is asked for", async () => {
    const late = held(succeed(eva));
    answers.find = (user) => (user === eva.signInName ? late.work() : ends(found(user)));
    await lookUp(eva.signInName);
    await lookUp(tom.signInName);
    await holds(() => expect(shown()).toContain("Tom Reed"));
    await late.letGo();
    await holds(() => expect(runningWork.getState().entries.every(({ ended }) => ended !== null)).toBe(true));
    expect(shown()).toContain("Tom Reed");
    expect(shown()).not.toContain("Eva Lind");
  });
});
