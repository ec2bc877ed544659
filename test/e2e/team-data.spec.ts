/** Two consoles of one team on a real PostgreSQL: founding, joining by a code on both screens, each other's saves, removal, moving there and back. */
import { expect, test, type Page } from "@playwright/test";
import { findPostgres, NEEDS_POSTGRES, startPostgres, type Account, type PostgresServer } from "../lab/postgres-server.ts";
import { configureOffline, enterSecret, expectNotice, openConsole, openMessagingSystem, saveForm } from "./console-page.ts";
import { startHost, temporaryFolder, type HostProcess } from "./host-process.ts";
import { look } from "./look.ts";
import { approve, card, heading, join, moveEverything, openData, setUpTeam, goOverToTeam } from "./team-page.ts";

const STORE = "Contoso HQ";
const bin = findPostgres();
const title = (text: string) => (bin === null ? `${text} (skipped: ${NEEDS_POSTGRES})` : text);
const startConsole = (data: string) => startHost("out/main/loopback.js", ["--no-open", "--data", data]);
const setUp = (page: Page, database: string) => setUpTeam(page, server.settings(database, "owner"));
const joinAs = (page: Page, database: string, account: Account) => join(page, server.settings(database, account));

let server: PostgresServer;
test.beforeAll(async () => {
  if (bin !== null) server = await startPostgres(bin);
});
test.afterAll(async () => {
  if (bin !== null) await server.remove();
});

/** Has a console with one identity store set a team up, move there, and work on it. */
async function workInTeam(page: Page, { address }: HostProcess, database: string): Promise<void> {
  await openConsole(page, address);
  await configureOffline(page, STORE);
  await setUp(page, database);
  await moveEverything(page, STORE);
  await goOverToTeam(page);
}

async function inTeam(work: (given: { readonly hosts: readonly [HostProcess, HostProcess]; readonly database: string }) => Promise<void>): Promise<void> {
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  const hosts = [await startConsole(folders[0].path), await startConsole(folders[1].path)] as const;
  try {
    await work({ hosts, database: await server.createEmpty() });
    // What signs in is said nowhere.
    for (const host of hosts) expect(host.output()).not.toContain("a-password-of-the-test");
  } finally {
    for (const host of hosts) await host.kill();
    for (const folder of folders) folder.remove();
  }
}

test(title("a team is founded, everything moves there, another console joins by a code, sees saves, and is taken out"), async ({ page, browser }) => {
  test.skip(bin === null, NEEDS_POSTGRES);
  const other = await browser.newPage({ viewport: { width: 1024, height: 768 } });
  await inTeam(async ({ hosts, database }) => {
    await openConsole(page, hosts[0].address);
    await configureOffline(page, STORE);
    await setUp(page, database);
    await look(page, "data-team-known");
    await moveEverything(page, STORE);
    await goOverToTeam(page);
    await openData(page);
    await expect(card(page, "The console works on")).toContainText("Administrator");
    await expect(card(page, "Consoles of the team")).toContainText("this console");
    await look(page, "data-team");

    await server.ask({ database }, `GRANT messaging_console_administrator_${database} TO eva`);
    await openConsole(other, hosts[1].address);
    const code = await joinAs(other, database, "eva");
    await approve(page, code);
    // The other page changes by itself.
    await expect(card(other, "Consoles of the team").getByRole("row")).toHaveCount(4, { timeout: 20_000 });
    await expect(card(page, "Consoles of the team").getByRole("row")).toHaveCount(4, { timeout: 20_000 });

    // What one saves, the other sees.
    await other.getByRole("link", { name: "Identity stores" }).click();
    await expect(other.getByRole("row").filter({ hasText: STORE })).toBeVisible();
    await page.getByRole("link", { name: "Identity stores" }).click();
    await page.getByRole("button", { name: `Actions for ${STORE}` }).click();
    await page.getByRole("menuitem", { name: "Rename…" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Contoso Berlin");
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await expect(other.getByRole("row").filter({ hasText: "Contoso Berlin" })).toBeVisible({ timeout: 20_000 });

    await openData(page);
    const removal = card(page, "Consoles of the team").getByRole("row").filter({ hasNotText: "this console" }).filter({ hasNotText: "on paper" }).getByRole("button", { name: /^Remove / });
    await removal.press("Enter");
    const question = page.getByRole("alertdialog");
    await expect(question).toContainText("What it has read it knows.");
    await look(page, "data-remove");
    await question.getByRole("button", { name: "Remove", exact: true }).press("Enter");
    await expect(heading(page, /^Passwords that .* knew$/)).toBeFocused();
    await expect(page.getByRole("table", { name: "Passwords to change" })).toContainText("Contoso Berlin");
    await look(page, "data-passwords-to-change");
    await openData(other);
    await expect(heading(other, "This console is not in the team")).toBeVisible({ timeout: 20_000 });
    await look(other, "data-outside");
  });
  await other.close();
});

test(title("a console goes back to its own file with everything, and a lost one comes back with the key on paper"), async ({ page, browser }) => {
  test.skip(bin === null, NEEDS_POSTGRES);
  const other = await browser.newPage({ viewport: { width: 1024, height: 768 } });
  await inTeam(async ({ hosts, database }) => {
    await openConsole(page, hosts[0].address);
    await configureOffline(page, STORE);
    const key = await setUp(page, database);
    await moveEverything(page, STORE);

    // Nobody is there to approve: the paper lets the second console in.
    await server.ask({ database }, `GRANT messaging_console_administrator_${database} TO eva`);
    await openConsole(other, hosts[1].address);
    await joinAs(other, database, "eva");
    await other.getByRole("button", { name: "Use the recovery key" }).press("Enter");
    const paper = other.getByRole("textbox", { name: "Recovery key" });
    await paper.fill("AAAAA-BBBBB");
    await paper.press("Enter");
    await expect(other.getByText(/^This is no recovery key/)).toBeVisible();
    await paper.fill(key.toLowerCase());
    await paper.press("Enter");
    await expect(card(other, "Consoles of the team")).toContainText("this console");

    // Everything comes to its own file, and the team is forgotten.
    await moveEverything(other, STORE);
    await other.getByRole("button", { name: "Work on this computer" }).press("Enter");
    await expectNotice(other, "The console works on the file on this computer now.");
    await other.getByRole("link", { name: "Identity stores" }).click();
    await expect(other.getByRole("row").filter({ hasText: STORE })).toContainText("Saved untested");
    await openData(other);
    await other.getByRole("button", { name: "Forget the team…" }).press("Enter");
    await other.getByRole("alertdialog").getByRole("button", { name: "Forget", exact: true }).press("Enter");
    await expect(other.getByRole("link", { name: "Enter a team's database" })).toBeVisible();
  });
  await other.close();
});

test(title("while the team's database is away every page says since when, drafts go on, and nothing is lost when it is back"), async ({ page }) => {
  test.skip(bin === null, NEEDS_POSTGRES);
  await inTeam(async ({ hosts, database }) => {
    await workInTeam(page, hosts[0], database);
    const banner = page.locator("#root").getByText("The team's database does not answer.");
    await server.stop();
    try {
      await expect(banner).toBeVisible({ timeout: 60_000 });
      await page.getByRole("link", { name: "Identity stores" }).click();
      await expect(page.getByRole("row").filter({ hasText: STORE })).toBeVisible();
      await look(page, "data-away");
      // Drafts and passwords go on, through a reload; a save does not, and says why.
      await openMessagingSystem(page, STORE);
      const username = page.getByRole("textbox", { name: "User name" });
      await username.fill("typed-while-away@contoso.example");
      await enterSecret(page, "Password", "b-password-of-the-test");
      await expect(page.getByText(/^Draft saved/)).toBeVisible();
      await page.reload();
      await expect(username).toHaveValue("typed-while-away@contoso.example");
      await page.getByRole("link", { name: "Identity stores", exact: true }).click();
      await page.getByRole("button", { name: "Keep draft" }).click();
      await openData(page);
      await expect(card(page, "The console works on")).toContainText("1 draft waits on this computer");
      await look(page, "data-kept-draft");
    } finally {
      await server.start();
    }
    await expect(banner).toBeHidden({ timeout: 60_000 });
    await expect(card(page, "The console works on")).not.toContainText("waits on this computer", { timeout: 20_000 });
    await page.getByRole("link", { name: "Identity stores", exact: true }).click();
    await openMessagingSystem(page, STORE);
    await expect(page.getByRole("textbox", { name: "User name" })).toHaveValue("typed-while-away@contoso.example");
    await saveForm(page);
    await expectNotice(page, "Saved untested as revision 3");
  });
});

test(title("an account whose password was changed is said to be shut out, and signs in again with the new one"), async ({ page }) => {
  test.skip(bin === null, NEEDS_POSTGRES);
  await inTeam(async ({ hosts, database }) => {
    await workInTeam(page, hosts[0], database);
    const { signIn } = server.settings(database, "owner");
    const setPassword = (password: string) => server.ask({ database }, `ALTER ROLE owner PASSWORD '${password}'`);
    await setPassword("another-password");
    try {
      await server.ask({ database }, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'owner'");
      const banner = page.getByRole("region", { name: "Important" });
      await expect(banner).toContainText("The team's database lets this console in no more.", { timeout: 60_000 });
      await page.getByRole("link", { name: "Identity stores" }).click();
      await expect(page.getByRole("row").filter({ hasText: STORE })).toBeVisible();
      await banner.getByRole("button", { name: "Show" }).press("Enter");
      await expect(card(page, "The console works on")).toContainText("The database server does not let this account in");
      await look(page, "data-shut-out");
      await page.getByRole("link", { name: "Change the address or sign-in" }).press("Enter");
      await expect(page.getByRole("textbox", { name: "Database" })).toHaveValue(database);
      await page.getByLabel("Password", { exact: true }).fill("another-password");
      await page.getByRole("button", { name: "Test", exact: true }).press("Enter");
      await look(page, "data-change-sign-in");
      await page.getByRole("button", { name: "Sign in so from now on" }).press("Enter");
      await expectNotice(page, "The console signs in to the team's database so from now on.");
      await expect(banner).toBeHidden({ timeout: 60_000 });
      await expect(card(page, "Consoles of the team")).toContainText("this console");
    } finally {
      await setPassword(signIn.by === "password" ? signIn.password : "");
    }
  });
});
