/** Editors whose work outlives a visit of their page: who comes back finds the work, or what came of it. */
import { createEditor, type Editor, type EditorClient } from "./editor.ts";
import type { Route } from "./routes.ts";

/** All pages of this window are one to the draft: what was entered on an earlier one is nobody else's. */
const thisWindow = crypto.randomUUID();
const kept = new Map<string, Editor>();

function isWorking(editor: Editor): boolean {
  const { test, sync } = editor.state.getState();
  return [test, sync].some((work) => work !== null && work.ended === null);
}

/** The editor that was left at work, or a new one. Not opened yet: call `open`. */
export function takeEditor(storeId: string, client: EditorClient, route: Route): Editor {
  const editor = kept.get(storeId) ?? createEditor(storeId, client, { window: thisWindow, route });
  kept.delete(storeId);
  return editor;
}

/** The page is left: an editor at work is kept for the next visit, any other is over. */
export function leaveEditor(editor: Editor): void {
  if (isWorking(editor)) kept.set(editor.storeId, editor);
  else editor.dispose();
}
