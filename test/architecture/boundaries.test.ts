import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { refusal } from "./boundaries.ts";

const root = path.resolve(import.meta.dirname, "../..");
const planted: string[] = [];

/** Puts a file into the tree and lints it; the file goes after the test. */
function lint(file: string, content: string): { status: number | null; output: string } {
  const absolute = path.join(root, file);
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, content);
  planted.push(absolute);
  const oxlint = spawnSync(process.execPath, ["node_modules/oxlint/bin/oxlint", "--type-aware", file], { cwd: root, encoding: "utf8" });
  return { status: oxlint.status, output: oxlint.stdout + oxlint.stderr };
}

afterEach(() => {
  for (const file of planted.splice(0)) rmSync(file, { force: true });
});

describe("the boundary table", () => {
  const forbidden: readonly [file: string, specifier: string][] = [
    ["renderer/features/servers/server-row.tsx", "../../../main/app.ts"],
    ["renderer/host/client.ts", "electron"],
    ["renderer/stores/editor.ts", "node:fs"],
    ["renderer/ui/badge.tsx", "../stores/editor.ts"],
    ["shared/fault.ts", "node:crypto"],
    ["shared/model/secret.ts", "../../main/ports.ts"],
    ["shared/rules/priority.ts", "@orpc/contract"],
    ["preload/bridge.ts", "../shared/fault.ts"],
    ["preload/bridge.ts", "zod"],
    ["main/app.ts", "electron"],
    ["main/hosts/loopback/main.ts", "electron"],
    ["main/providers/exchange/discovery.ts", "../office365/index.ts"],
    ["main/providers/exchange/discovery.ts", "../../directory/index.ts"],
    ["main/providers/exchange/discovery.ts", "../../store/index.ts"],
    ["main/store/database.ts", "ldapts"],
    ["main/practice/index.ts", "../store/index.ts"],
    ["stray.ts", "zod"],
    ["main/new-room/file.ts", "../app.ts"],
    ["main/providers/new-provider/index.ts", "../exchange/index.ts"],
  ];
  it.each(forbidden)("refuses %s importing %s", (file, specifier) => {
    expect(refusal(file, specifier)).not.toBeNull();
  });

  const allowed: readonly [file: string, specifier: string][] = [
    ["renderer/features/servers/server-row.tsx", "../../../shared/model/mail-server.ts"],
    ["renderer/host/client.ts", "@orpc/client/websocket"],
    ["main/hosts/electron/main.ts", "electron"],
    ["preload/bridge.ts", "../shared/channel.ts"],
    ["main/providers/exchange/discovery.ts", "../provider.ts"],
    ["main/directory/index.ts", "ldapts"],
    ["main/providers/index.ts", "./exchange/index.ts"],
    ["main/providers/new-provider/index.ts", "../provider.ts"],
  ];
  it.each(allowed)("allows %s importing %s", (file, specifier) => {
    expect(refusal(file, specifier)).toBeNull();
  });
});

describe("the lint rules, with violations planted in the tree", () => {
  it.each([
    ["shared/planted-node.ts", 'import "node:fs";\n', "house(boundary)"],
    ["renderer/ui/planted-main.ts", 'export { Feed } from "../../main/feed.ts";\n', "house(boundary)"],
    ["main/providers/other/planted-neighbour.ts", 'export const later = () => import("../none/index.ts");\n', "house(boundary)"],
    ["main/store/planted-electron.ts", 'import { app } from "electron";\nexport const name = app.name;\n', "house(boundary)"],
    ["renderer/features/planted-dialog.tsx", 'import { DialogSurface } from "@fluentui/react-components";\nexport const Surface = DialogSurface;\n', "no-restricted-imports"],
    ["shared/planted-any.ts", "export const value: any = 1;\n", "no-explicit-any"],
    ["shared/planted-default.ts", "const value = 1;\nexport default value;\n", "no-default-export"],
    ["shared/planted-floating.ts", "export const work = async () => 1;\nexport const forget = () => {\n  work();\n};\n", "no-floating-promises"],
    ["shared/planted-long.ts", `export const text = [\n${"  1,\n".repeat(320)}];\n`, "max-lines"],
    ["shared/PlantedName.ts", "export const value = 1;\n", "filename-case"],
    ["main/planted-console.ts", "console.log(1);\n", "no-console"],
    ["main/services/planted-sentence.ts", 'export const why = () => "No server is ticked: none is asked.";\n', "house(prose)"],
    ["main/providers/other/planted-label.ts", 'export const field = { name: "domain", label: "Domain" };\n', "house(prose)"],
    ["shared/rules/planted-template.ts", "export const priorityOf = (name: string) => `Priority of ${name}`;\n", "house(prose)"],
    ["test/unit/planted-wait.ts", 'import { it, vi } from "vitest";\nit("waits", () => vi.waitFor(() => undefined));\n', "house(patience)"],
  ])("fails on %s", (file, content, rule) => {
    const { status, output } = lint(file, content);
    expect(output).toContain(rule);
    expect(status).not.toBe(0);
  });

  it("passes a file that breaks no rule, and words for whoever mends a bug", () => {
    const { status, output } = lint("shared/planted-fine.ts", 'export const value = "a key";\nexport const fail = () => {\n  throw new Error("There is no such cloud");\n};\n');
    expect(output).toContain("Found 0 warnings and 0 errors");
    expect(status).toBe(0);
  });
});
