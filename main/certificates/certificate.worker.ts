/** The thread that reads certificate files: one question a message, one reading back. */
// oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin
import { parentPort } from "node:worker_threads";
import { readCertificateFile } from "./reading.ts";
import type { ReadingQuestion } from "./refusal.ts";

parentPort?.on("message", (question: ReadingQuestion) => {
  parentPort?.postMessage(readCertificateFile(question));
});
parentPort?.postMessage("ready");
