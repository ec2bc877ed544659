/** The thread that reads certificate files: one question a message, one reading back. */
// oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin
import { parentPort } from "node:worker_threads";
import { readCertificateFile, type ReadingQuestion } from "./reading.ts";

parentPort?.on("message", (question: ReadingQuestion) => {
  parentPort?.postMessage(readCertificateFile(question));
});
parentPort?.postMessage("ready");
