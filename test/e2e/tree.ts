/** The page as a screen reader gets it: Chromium's accessibility tree, its rules, and a text that a person can read. */
import type { Page } from "@playwright/test";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./host-process.ts";

export interface TreeNode {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly depth: number;
  /** Such as `focusable`, `expanded`, `checked`, `invalid`, `level`. */
  readonly states: Readonly<Record<string, unknown>>;
}

const STATES = new Set(["focusable", "focused", "expanded", "checked", "selected", "disabled", "invalid", "required", "level", "modal", "pressed"]);

/** What can be operated or has to be found by its name. */
const NAMED = new Set([
  "alertdialog", "button", "checkbox", "combobox", "complementary", "dialog", "grid", "image", "link", "list box", "menuitem", "navigation", "option", "radio",
  "region", "searchbox", "slider", "spinbutton", "switch", "tab", "table", "textbox",
]);
/** Links are told apart by their row: several that say the same may lead to the same place. */
const CONTROLS = new Set(["button", "checkbox", "combobox", "menuitem", "radio", "searchbox", "spinbutton", "switch", "textbox"]);

/** Every node that is not hidden from a screen reader, in the order of the page. */
export async function readTree(page: Page): Promise<readonly TreeNode[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const found: TreeNode[] = [];
  const walk = (id: string, depth: number) => {
    const node = byId.get(id);
    if (node === undefined) return;
    const role = String(node.role?.value ?? "");
    const kept = !node.ignored && !["generic", "none", "InlineTextBox", "StaticText"].includes(role);
    if (kept) {
      const states = Object.fromEntries((node.properties ?? []).filter(({ name }) => STATES.has(name)).map(({ name, value }): [string, unknown] => [name, value.value]));
      found.push({ role, name: String(node.name?.value ?? "").trim(), description: String(node.description?.value ?? "").trim(), depth, states });
    }
    for (const child of node.childIds ?? []) walk(child, kept ? depth + 1 : depth);
  };
  const [first] = nodes;
  if (first !== undefined) walk(first.nodeId, 0);
  return found;
}

/** Lines as `button "Save" focusable`, indented by depth. */
function treeText(nodes: readonly TreeNode[]): string {
  const states = (node: TreeNode) =>
    Object.entries(node.states)
      .filter(([, value]) => value !== false && value !== "false")
      .map(([name, value]) => (value === true ? name : `${name}=${String(value)}`));
  return nodes.map((node) => `${"  ".repeat(node.depth)}${[node.role, JSON.stringify(node.name), ...states(node), ...(node.description === "" ? [] : [`(${node.description})`])].join(" ")}\n`).join("");
}

/** Leaves the tree in the cache for who wants to read it. */
export function keepTree(screen: string, nodes: readonly TreeNode[]): void {
  const folder = path.join(root, ".cache/trees");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${screen.replaceAll(/[^a-z0-9]+/gi, "-")}.txt`), treeText(nodes));
}

/** What is wrong with a tree: names that are missing or say the same, landmarks and headings that lead nowhere, errors that are not told. */
export function treeFindings(nodes: readonly TreeNode[]): readonly string[] {
  const of = (...roles: string[]) => nodes.filter(({ role }) => roles.includes(role));
  const headings = of("heading");
  const isModal = of("dialog", "alertdialog").length > 0;
  const repeated = (found: readonly TreeNode[]) => [...new Set(found.map(({ role, name }) => `${role} "${name}"`).filter((words, index, all) => all.indexOf(words) !== index))];
  const [page] = nodes;
  return [
    ...(page?.name === "" ? ["the page has no title"] : []),
    ...nodes.filter(({ role, name }) => NAMED.has(role) && name === "").map(({ role, depth }) => `a ${role} at depth ${depth} has no name`),
    // What a dialog hides is not there.
    ...(isModal ? [] : [["main", of("main").length], ["banner", of("banner").length], ["heading of the first level", headings.filter(({ states }) => states["level"] === 1).length]] as const)
      .filter(([, count]) => count !== 1)
      .map(([what, count]) => `${count} of ${what}, not one`),
    ...headings
      .filter(({ states }, index) => Number(states["level"]) > Number(headings[index - 1]?.states["level"] ?? (isModal ? 2 : 1)) + 1)
      .map(({ name }) => `the heading "${name}" leaves a level out`),
    ...repeated(of("navigation", "region", "complementary", "table", "grid")).map((words) => `${words} is there more than once`),
    ...repeated(nodes.filter(({ role, states }) => CONTROLS.has(role) && states["focusable"] === true)).map((words) => `${words} is there more than once: which is which?`),
    ...nodes.filter(({ states, description }) => states["invalid"] === "true" && description === "").map(({ role, name }) => `${role} "${name}" is wrong and does not say why`),
  ];
}
