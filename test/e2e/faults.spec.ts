/**
 * What a person reads when the directory cannot be used: every cause has a sentence and a next step of its own, and
 * nothing that was typed is lost. Against a real Active Directory, and against the practice organisation.
 */
import { expect, test, type Page } from "@playwright/test";
import { existsSync } from "node:fs";
import { startLab } from "../lab/lab.ts";
import { chooseProvider, createStore, enterSecret, fillExchange, fillNewStore, openConsole } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { labOrganisation, practiceOrganisation, type Subject } from "./organisations.ts";

const noSamba = !existsSync("/usr/sbin/samba") || process.getuid?.() !== 0;

interface Words {
  readonly sentence: string;
  readonly next: string;
}

/** What is read for each cause. */
const expected = {
  wrongPassword: { sentence: "The user name or the password is wrong.", next: "Type both again." },
  unknownDomain: { sentence: "DNS knows no host named nowhere.example.", next: "Outside the domain's network, enter a DNS server that knows the name." },
  untrusted: { sentence: "This computer does not know that authority, and the server did not send its certificate along.", next: "you can also choose an authority file or trust this one certificate." },
  unreachable: { sentence: "is running, but nothing answers on the port.", next: "Check that the service is started on the server" },
  expiredPassword: { sentence: "The password of this account has expired.", next: "Set a new password for the account in the directory, then replace it here." },
  unprivileged: { sentence: "It needs: to read the servers of the Exchange organisation.", next: "Let the account read them" },
  withoutConfiguration: { sentence: "It needs: to read the directory's configuration partition.", next: "Let the account read it" },
  withoutExchange: { sentence: "This directory holds no Exchange organisation.", next: "Check that the domain name belongs to the forest in which Exchange is installed." },
} as const satisfies Record<string, Words>;

test("every cause has words of its own", () => {
  const words = Object.values(expected);
  expect(new Set(words.map(({ sentence }) => sentence)).size).toBe(words.length);
  expect(new Set(words.map(({ next }) => next)).size).toBe(words.length);
});

async function expectWords(page: Page, { sentence, next }: Words): Promise<void> {
  const box = page.getByRole("group").filter({ hasText: sentence }).last();
  await expect(box).toBeVisible({ timeout: 30_000 });
  await expect(box).toContainText(next);
}

/** Runs the directory form's test and waits for its end. */
async function testDirectory(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Test( again)?$/ }).click();
  await expect(page.getByRole("button", { name: "Test again" })).toBeVisible({ timeout: 30_000 });
}

async function expectTyped(page: Page, subject: Subject, password: string): Promise<void> {
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Contoso HQ");
  await expect(page.getByRole("textbox", { name: /^Domain name/ })).toHaveValue(subject.domain);
  await expect(page.getByRole("textbox", { name: /^User name/ })).toHaveValue(subject.username);
  await expect(page.getByRole("textbox", { name: "Password" })).toHaveValue(password);
  if (subject.authorityPem !== null) await expect(page.getByText("authority.pem")).toBeVisible();
}

/** Puts a value into a field of the directory form for one test, and the old one back. */
async function testWith(page: Page, field: RegExp, value: string, words: Words): Promise<void> {
  const box = page.getByRole("textbox", { name: field });
  const before = await box.inputValue();
  await box.fill(value);
  await testDirectory(page);
  await expectWords(page, words);
  await expect(box).toHaveValue(value);
  await box.fill(before);
}

async function expectExchangeForm(page: Page, subject: Subject, username: string): Promise<void> {
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("textbox", { name: "Domain name" })).toHaveValue(subject.domain);
  await expect(page.getByRole("textbox", { name: "User name" })).toHaveValue(username);
  await expect(page.getByRole("button", { name: "Replace Password" })).toBeVisible();
}

test("a Samba Active Directory", async ({ page }) => {
  test.skip(noSamba, "needs Samba, and root for its ports");
  const data = temporaryFolder();
  const lab = await startLab({ frontEnds: false });
  const subject = labOrganisation(lab);
  const host = await subject.startConsole(data.path);
  try {
    await openConsole(page, host.address);
    await fillNewStore(page, "Contoso HQ", subject);
    await testWith(page, /^Password/, "not-the-password", expected.wrongPassword);
    await testWith(page, /^Domain name/, "nowhere.example", expected.unknownDomain);
    await testWith(page, /^User name/, lab.accounts.passwordExpired.username, expected.expiredPassword);

    await page.getByRole("radio", { name: /^Those this computer trusts/ }).check();
    await testDirectory(page);
    await expectWords(page, expected.untrusted);
    await page.getByRole("radio", { name: /^An authority's certificate from a file/ }).check();

    await page.getByRole("radio", { name: "Use these" }).check();
    await page.getByRole("textbox", { name: /^Names of domain controllers/ }).fill("127.1.2.3");
    await testDirectory(page);
    await expectWords(page, expected.unreachable);
    await page.getByRole("radio", { name: "Find through DNS each time" }).check();

    await testDirectory(page);
    await expect(page.getByText("The directory answers and the account may read it.")).toBeVisible();
    await expectTyped(page, subject, subject.password);

    await page.getByRole("button", { name: "Create", exact: true }).click();
    const unprivileged = { ...subject, username: lab.accounts.unprivileged.username };
    await fillExchange(page, "2013", unprivileged);
    await page.getByRole("button", { name: "Sync Again" }).click();
    await expectWords(page, expected.unprivileged);
    await expectExchangeForm(page, subject, unprivileged.username);
    expect(host.output()).not.toContain(subject.password);
  } finally {
    await host.kill();
    await lab.dispose();
    data.remove();
  }
});

test("a Samba Active Directory without Exchange", async ({ page }) => {
  test.skip(noSamba, "needs Samba, and root for its ports");
  const data = temporaryFolder();
  const lab = await startLab({ exchange: false, frontEnds: false });
  const subject = labOrganisation(lab);
  const host = await subject.startConsole(data.path);
  try {
    await openConsole(page, host.address);
    await createStore(page, "Contoso HQ", subject);
    await fillExchange(page, "2013", subject);
    await page.getByRole("button", { name: "Sync Again" }).click();
    await expectWords(page, expected.withoutExchange);
    await expectExchangeForm(page, subject, subject.username);
  } finally {
    await host.kill();
    await lab.dispose();
    data.remove();
  }
});

test("the practice organisation", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  try {
    await openConsole(page, host.address);
    await fillNewStore(page, "Contoso HQ", subject);
    const broken = [
      ["wrong-password", expected.wrongPassword],
      ["untrusted", expected.untrusted],
      ["down", expected.unreachable],
      ["expired-password", expected.expiredPassword],
    ] as const;
    for (const [verb, words] of broken) {
      await subject.run(verb, "directory");
      await testDirectory(page);
      await expectWords(page, words);
      await expectTyped(page, subject, subject.password);
    }
    await subject.run("up", "directory");
    await testWith(page, /^Domain name/, "nowhere.example", expected.unknownDomain);
    await testDirectory(page);
    await expect(page.getByText("The directory answers and the account may read it.")).toBeVisible();

    await page.getByRole("button", { name: "Create", exact: true }).click();
    await chooseProvider(page, "Microsoft Exchange 2013");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("textbox", { name: "Domain name" }).fill(subject.domain);
    await page.getByRole("textbox", { name: "User name" }).fill("CONTOSO\\svc-unprivileged");
    await enterSecret(page, "Password", subject.password);
    const test = async (words: Words) => {
      await page.getByRole("button", { name: "Test connection" }).click();
      await expectWords(page, words);
    };
    await test(expected.withoutConfiguration);
    await page.getByRole("textbox", { name: "User name" }).fill(subject.username);
    for (const [verb, words] of [...broken, ["no-exchange", expected.withoutExchange]] as const) {
      await subject.run(verb, "directory");
      await test(words);
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByRole("button", { name: "Sync Again" }).click();
      await expectWords(page, words);
      await expectExchangeForm(page, subject, subject.username);
    }
  } finally {
    await host.kill();
    data.remove();
  }
});
