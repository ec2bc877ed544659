/** The thread that reads workbooks: one question a message, one answer back. */
// oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin
import { parentPort } from "node:worker_threads";
import { readWorkbookSheet, type SheetQuestion } from "./workbook-sheet.ts";

async function answer(question: SheetQuestion): Promise<void> {
  const result = await readWorkbookSheet(question);
  // Handed over, not copied: it may be large.
  const buffer = result.ok ? result.value.lines.buffer : null;
  parentPort?.postMessage(result, buffer instanceof ArrayBuffer ? [buffer] : []);
}

// A rejection ends the thread, which is an answer as well.
parentPort?.on("message", (question: SheetQuestion) => void answer(question));
parentPort?.postMessage("ready");
