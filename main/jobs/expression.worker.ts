/** The thread that evaluates an administrator's expressions: it is killed when one does not come to an end. */
// oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin
import { parentPort } from "node:worker_threads";
import { openExpression, type ExpressionAnswer } from "./expression-language.ts";
import type { ExpressionTask } from "./expressions.ts";

/** Rows are counted in shared memory, so that the one at which it stood is known after the kill. */
async function answer({ text, now, rows, done }: ExpressionTask): Promise<readonly ExpressionAnswer[]> {
  const expression = openExpression(text, now);
  if (typeof expression !== "function") return rows.map(() => expression);
  const counted = new Int32Array(done);
  const answers: ExpressionAnswer[] = [];
  for (const row of rows) {
    answers.push(await expression(row));
    counted[0] = answers.length;
  }
  return answers;
}

// A rejection ends the thread, which is an answer as well.
parentPort?.on("message", (task: ExpressionTask) => void answer(task).then((answers) => parentPort?.postMessage(answers)));
parentPort?.postMessage("ready");
