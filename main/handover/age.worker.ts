/** The thread that seals and opens handover bundles: one question a message, one answer back. */
// oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin
import { parentPort } from "node:worker_threads";
import { answerSealing, type SealingQuestion } from "./age-file.ts";

async function answer(question: SealingQuestion): Promise<void> {
  const result = await answerSealing(question);
  // Handed over, not copied: it may be large.
  const buffer = result.ok ? result.value.bytes.buffer : null;
  parentPort?.postMessage(result, buffer instanceof ArrayBuffer ? [buffer] : []);
}

// A rejection ends the thread, which is an answer as well.
parentPort?.on("message", (question: SealingQuestion) => void answer(question));
parentPort?.postMessage("ready");
