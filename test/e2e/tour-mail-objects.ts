/** The screens of mail objects, of the identity store that is open, while one of its two servers is down. */
import { expect, type Page } from "@playwright/test";
import type { Look } from "./tour.ts";

/** Goes through them; resolves with how many were looked at. */
export async function mailObjects(page: Page, look: Look): Promise<number> {
  let screens = 0;
  const visit = (screen: string) => {
    screens += 1;
    return look(screen);
  };
  const main = page.getByRole("main");
  const button = (name: string | RegExp) => main.getByRole("button", { name, exact: true });
  await page.getByRole("navigation").getByRole("link", { name: "Mail objects" }).click();
  await expect(main.getByRole("heading", { level: 1, name: /^Mail objects/ })).toBeVisible();
  await expect(button("Show the plan")).toBeVisible();
  await visit("mail objects, new");
  await button("Choose from the directory").click();
  await main.getByRole("treeitem", { name: "Groups", exact: true }).click();
  await visit("mail objects, the directory's tree");
  await button("Close the tree").click();
  await main.getByRole("combobox", { name: "Type" }).selectOption({ label: "User with a mailbox" });
  await button("Show the plan").click();
  await expect(main.getByText("Enter a first password, or generate one.")).toBeVisible();
  await button("Generate").click();
  await visit("mail objects, a user with problems");
  await main.getByRole("combobox", { name: "Type" }).selectOption({ label: "Distribution group" });
  await main.getByRole("textbox", { name: /^Name/ }).fill("Tour group");
  await button("Show the plan").click();
  await button("Show the PowerShell").click();
  await button("What if servers fail?").click();
  await button("Rehearse").click();
  await expect(main.getByRole("list", { name: "What would happen" })).toBeVisible();
  await visit("mail objects, plan and rehearsal");
  await button("Make it").click();
  await expect(button("Next object")).toBeVisible();
  await visit("mail objects, result");
  await main.getByRole("tab", { name: "Find, enable or disable" }).click();
  await main.getByRole("searchbox", { name: "Name, address or distinguished name" }).fill("Tour");
  await button("Find").click();
  await expect(main.getByRole("table", { name: "Objects found" })).toContainText("Tour group");
  await visit("mail objects, found");
  await main.getByRole("button", { name: /^(Disable|Mail-enable) Tour group$/ }).click();
  await button("Show the plan").click();
  await expect(main.getByText("What happens")).toBeVisible();
  await visit("mail objects, one that was found");
  await button("Back to the list").click();
  await main.getByRole("tab", { name: "From a file" }).click();
  await visit("mail objects, no file yet");
  await main.getByRole("textbox", { name: "Lines to read" }).fill("Type,Name\ngroup,Tour file\nbird,Sparrow\n");
  await button("Read these lines").click();
  await expect(main.getByRole("table", { name: "Refused lines" })).toBeVisible();
  await visit("mail objects, a file with refused lines");
  await button(/^Remove /).click();
  return screens;
}
