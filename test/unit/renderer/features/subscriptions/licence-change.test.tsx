// @vitest-environment jsdom
/** The licences of a user given and taken over a plan, and what stands there when that fails. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import type { LicenceHolder } from "../../../../../shared/model/licence.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, spoken, type as typeInto } from "../../render.tsx";
import { ends, lasts, tickBox } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";
import { answers, boxOf, changeButton, closePage, eva, forgetAll, held, inDialog, inputs, isOff, licence, lookUp, lookUpEva, openPage, rowsOf, shown, tick, tom } from "./licences-support.tsx";

const WARNING = "Eva Lind then has no mailbox by any licence. Exchange Online keeps the mail of the mailbox for 30 days and then deletes it.";

beforeEach(openPage);
afterEach(forgetAll);

describe("a change", () => {
  it("gives, says so, shows what the cloud answers, and asks for the seats again", async () => {
    await lookUpEva();
    expect(isOff()).toBe(true);
    expect(shown()).toContain("Nothing to change.");
    answers.change = () => ends(succeed({ ...eva, licences: [...eva.licences, licence("EMS")] }));
    await tick("Enterprise Mobility + Security E3");
    expect(shown()).toContain("Give: Enterprise Mobility + Security E3 (EMS)");
    await click(changeButton());
    await holds(() => expect(rowsOf("Licences of Eva Lind")).toHaveLength(2));
    expect(inputs("change")).toEqual([{ storeId: "s1", user: "u1", seen: ["id-ENTERPRISEPACK"], change: { give: ["id-EMS"], take: [], usageLocation: null } }]);
    await holds(() => expect(inputs("list")).toHaveLength(2));
    expect(spoken("polite")).toContain("Licences of Eva Lind changed");
    expect(isOff()).toBe(true);
    expect(shown()).not.toContain("does not show all of it yet");
  });

  it("says that the cloud may show it later, and looks again", async () => {
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await holds(() => expect(shown()).toContain("does not show all of it yet"));
    await click(findButton("Look up again"));
    await holds(() => expect(shown()).not.toContain("does not show all of it yet"));
    expect(inputs("holder").at(-1)).toEqual({ storeId: "s1", user: "u1" });
    expect(document.activeElement).toBe(findButton("Look up"));
  });

  it("that takes asks first, and swaps in one call", async () => {
    await lookUpEva();
    await tick("Office 365 E3");
    await tick("Microsoft 365 E5");
    expect(shown()).not.toContain("no mailbox by any licence");
    await click(changeButton());
    const dialog = () => document.querySelector("[role='alertdialog']")?.textContent ?? "";
    expect(dialog()).toContain("Take licences from Eva Lind?");
    expect(dialog()).toContain("Take: Office 365 E3 (ENTERPRISEPACK)");
    expect(dialog()).toContain("Give: Microsoft 365 E5 (SPE_E5)");
    expect(dialog()).not.toContain("no mailbox");
    await click(inDialog("Cancel"));
    expect(inputs("change")).toEqual([]);
    expect(tickBox("Office 365 E3").checked).toBe(false);
    await click(changeButton());
    await click(inDialog("Change licences"));
    await holds(() => expect(inputs("change")).toEqual([{ storeId: "s1", user: "u1", seen: ["id-ENTERPRISEPACK"], change: { give: ["id-SPE_E5"], take: ["id-ENTERPRISEPACK"], usageLocation: null } }]));
  });

  it("warns where the mailbox goes with it, before and in the question", async () => {
    await lookUpEva();
    await tick("Office 365 E3");
    expect(shown()).toContain(WARNING);
    expect(spoken("assertive")).toContain(WARNING);
    await click(changeButton());
    expect(document.querySelector("[role='alertdialog']")?.textContent).toContain(WARNING);
  });

  it("needs a usage location where none is set, and takes no other than two letters", async () => {
    await lookUp(tom.signInName);
    await holds(() => changeButton());
    await tick("Office 365 E3");
    expect(shown()).toContain("without one no licence can be given");
    expect(isOff()).toBe(true);
    await typeInto(boxOf("Usage location to set"), "Germany");
    expect(shown()).toContain("Enter two letters, such as DE.");
    expect(isOff()).toBe(true);
    await typeInto(boxOf("Usage location to set"), " de ");
    expect(shown()).toContain("Set the usage location DE");
    await click(changeButton());
    await holds(() => expect(inputs("change")).toEqual([{ storeId: "s1", user: "u2", seen: [], change: { give: ["id-ENTERPRISEPACK"], take: [], usageLocation: "DE" } }]));
  });

  it("that cannot be is told in words, with the button off", async () => {
    await lookUpEva();
    await tick("Microsoft 365 E3");
    expect(shown()).toContain("Microsoft 365 E3 (SPE_E3): No seat is left of that subscription.");
    expect(isOff()).toBe(true);
    await click(changeButton());
    expect(inputs("change")).toEqual([]);
    await tick("Microsoft 365 E3");
    expect(shown()).toContain("Nothing to change.");
  });

  it("is done once, however often the button is pressed", async () => {
    const slow = held(succeed(eva));
    answers.change = slow.work;
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await click(changeButton());
    expect(inputs("change")).toHaveLength(1);
    expect(tickBox("Enterprise Mobility + Security E3").disabled).toBe(true);
    await slow.letGo();
  });

  it("over what changed meanwhile offers a new look and keeps what was ticked", async () => {
    answers.change = () => ends(fail({ kind: "object-refused", why: "changed-meanwhile" }));
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await holds(() => findButton("Look up again"));
    expect(tickBox("Enterprise Mobility + Security E3").checked).toBe(true);
    answers.find = () => ends(succeed({ ...eva, licences: [...eva.licences, licence("SPE_E5")] }));
    await click(findButton("Look up again"));
    await holds(() => expect(rowsOf("Licences of Eva Lind")).toHaveLength(2));
    expect(() => findButton("Look up again")).toThrow("no button");
    // What somebody else gave meanwhile is not to be taken because it was not ticked before.
    expect(tickBox("Microsoft 365 E5").checked).toBe(true);
    expect(tickBox("Enterprise Mobility + Security E3").checked).toBe(true);
    answers.change = () => ends(succeed(eva));
    await click(changeButton());
    await holds(() => expect(inputs("change").at(-1)).toEqual({ storeId: "s1", user: "u1", seen: ["id-ENTERPRISEPACK", "id-SPE_E5"], change: { give: ["id-EMS"], take: [], usageLocation: null } }));
  });

  it("that was cancelled may have been done, and is looked at again", async () => {
    answers.change = (signal) => lasts(signal);
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await holds(() => findButton("Cancel: Change of the licences of eva.lind@contoso.com"));
    findButton("Cancel: Change of the licences of eva.lind@contoso.com").focus();
    await click(findButton("Cancel: Change of the licences of eva.lind@contoso.com"));
    await holds(() => findButton("Look up again"));
    expect(shown()).toContain("It is not known whether the licences were changed.");
    expect(document.activeElement).toBe(changeButton());
    expect(tickBox("Enterprise Mobility + Security E3").checked).toBe(true);
  });

  it.each([
    ["was done", succeed({ ...eva, usageLocation: "AT" }), "polite", "Licences of Eva Lind changed"],
    ["failed", fail({ kind: "object-refused", why: "no-seats" } as const), "assertive", "Licences of Eva Lind: No seat is left of that subscription."],
  ] as const)("that %s is told, and not as another user's who was looked up meanwhile", async (_how, result, urgency, words) => {
    const slow = held<LicenceHolder>(result);
    answers.change = slow.work;
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await lookUp(tom.signInName);
    await holds(() => expect(rowsOf("Licences of Tom Reed")).toHaveLength(1));
    await slow.letGo();
    await holds(() => expect(spoken(urgency)).toContain(words));
    expect(rowsOf("Licences of Tom Reed")).toHaveLength(1);
    expect(shown()).not.toContain("Eva Lind");
    expect(shown()).not.toContain("No seat is left");
  });

  it("goes on when the page is left", async () => {
    const slow = held(succeed(eva));
    answers.change = slow.work;
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    closePage();
    await slow.letGo();
    await holds(() => expect(runningWork.getState().entries.find(({ kind }) => kind === "licences-change")?.ended?.fault).toBeNull());
  });
});
