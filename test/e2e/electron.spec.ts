/** The first steps in the desktop app, where Electron's runtime is on this computer. */
import { _electron, expect, test } from "@playwright/test";
import { existsSync } from "node:fs";
import path from "node:path";
import { root, temporaryFolder } from "./host-process.ts";

const runtime = path.join(root, "node_modules/electron/dist");

test("the desktop app opens, creates a store and has it after a restart", async () => {
  test.skip(!existsSync(runtime), "needs Electron's runtime in node_modules/electron/dist, which this computer could not fetch");
  const data = temporaryFolder();
  // Chromium's own sandbox does not start for root.
  const args = [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), root, "--data", data.path];
  let app = await _electron.launch({ args });
  try {
    let window = await app.firstWindow();
    await expect(window.getByRole("heading", { level: 1, name: "Identity stores" })).toBeVisible();
    await window.getByRole("button", { name: "Add an identity store" }).click();
    await window.getByRole("textbox", { name: "Name", exact: true }).fill("Contoso HQ");
    await window.getByRole("textbox", { name: /^Domain name/ }).fill("contoso.example");
    await window.getByRole("button", { name: "Create", exact: true }).click();
    await expect(window.getByRole("heading", { level: 1, name: "Messaging System" })).toBeVisible();
    await app.close();

    app = await _electron.launch({ args });
    window = await app.firstWindow();
    await expect(window.getByRole("row").filter({ hasText: "Contoso HQ" })).toContainText("Not configured");
  } finally {
    await app.close();
    data.remove();
  }
});
