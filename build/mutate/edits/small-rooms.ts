/** Faults of the rooms that hold little that could be lost, leaked or left behind. */
import type { EditedRoom } from "../edit.ts";

const certificateTests = ["test/unit/main/certificates"];
const aliasTests = ["test/unit/main/aliases"];
const routerTests = ["test/unit/main/router"];
const powershellTests = ["test/unit/main/powershell"];

/** `main/certificates`. */
export const certificates: EditedRoom = {
  tests: certificateTests,
  edits: [
    { file: "main/certificates/integrity.ts", find: "if (timingSafeEqual(stored, computed)) return \"verified\";", replace: "if (stored.length > 0) return \"verified\";", promise: "a file whose check does not agree is not called whole", kind: "told" },
    { file: "main/certificates/integrity.ts", find: "return differing === 1 ? \"near\" : \"different\";", replace: "return \"different\";", promise: "a check with one damaged byte is damage, not a wrong password", kind: "told" },
    { file: "shared/rules/file-limits.ts", find: "CERTIFICATE_FILE_LIMIT = 1024 * 1024", replace: "CERTIFICATE_FILE_LIMIT = 1024 * 1024 * 1024", promise: "a file that is too large is refused before it is read", kind: "told" },
    { file: "main/certificates/open-container.ts", find: "return closed === 0 ? null : { kind: \"wrong-password\", subject: \"certificate-contents\" };", replace: "return null;", promise: "what a second password keeps shut is told", kind: "told" },
    { file: "main/certificates/open-container.ts", find: "return isConsistent(parts) ? null : unreadable(\"damaged\");", replace: "return null;", promise: "contents that contradict each other are damage", kind: "told" },
    { file: "main/certificates/open-container.ts", find: "return most > ITERATION_LIMIT || work > WORK_LIMIT ? unreadable(\"too-many-iterations\", String(most)) : null;", replace: "return null;", promise: "a file that asks for too much work is refused", kind: "other" },
  ],
};

/** `main/aliases`. */
export const aliases: EditedRoom = {
  tests: aliasTests,
  edits: [
    { file: "main/aliases/judge.ts", find: "if (partial) return \"partial\";", replace: "", promise: "an alias of which a part matches does not fit", kind: "told" },
    { file: "main/aliases/judge.ts", find: "if (tooLong) return \"too-long\";", replace: "", promise: "an alias that is too long does not fit", kind: "told" },
    { file: "main/aliases/judge.ts", find: "if (matches === null) return \"unanswered\";", replace: "", promise: "an alias that no engine answered for is not called one that does not match", kind: "told" },
    { file: "main/aliases/list.ts", find: "    await setImmediate();\n", replace: "", promise: "a list that is judged leaves others their turn", kind: "other" },
    { file: "main/aliases/javascript-engine.ts", find: "stopped: outcome.kind !== \"answered\" })", replace: "stopped: false })", promise: "a pattern that was stopped is told as stopped", kind: "told" },
    { file: "main/aliases/javascript-engine.ts", find: "if (outcome.kind === \"cancelled\") return fail({ kind: \"cancelled\" });", replace: "", promise: "what was called off is no answer", kind: "told" },
    { file: "main/aliases/javascript-engine.ts", find: "{ signal, timeoutMs: ALL_INPUTS_LIMIT_MS, stall }", replace: "{ signal, timeoutMs: ALL_INPUTS_LIMIT_MS }", promise: "a pattern that runs away is stopped at the input it runs away at", kind: "left-behind" },
  ],
};

/** `main/powershell`. */
export const powershell: EditedRoom = {
  tests: powershellTests,
  edits: [
    { file: "main/powershell/session.ts", find: "if (own) child.kill();", replace: "if (own) void child;", promise: "a child with a secret ends with its script", kind: "leaked" },
    { file: "main/powershell/session.ts", find: "const child = own ? this.#start(secrets) : (this.#child ?? this.#start(this.#secrets));", replace: "const child = this.#child ?? this.#start(secrets);\n    if (child !== null) this.#keep(child);", promise: "a child with a secret is its script's own", kind: "leaked" },
    { file: "main/powershell/session.ts", find: "    this.#child?.kill();\n", replace: "", promise: "a session that is over leaves no child", kind: "left-behind" },
    { file: "main/powershell/session.ts", find: "    if (withChild.size === 0) process.removeListener(\"exit\", endAll);\n", replace: "", promise: "a session that is over does not listen for the process's end", kind: "left-behind" },
    { file: "main/powershell/session.ts", find: "if (withChild.size === 0) process.on(\"exit\", endAll);", replace: "", promise: "a child ends with the process", kind: "left-behind" },
    { file: "main/powershell/session.ts", find: "else if (!usable && this.#child === child) this.dispose();", replace: "", promise: "a child whose script took too long is killed", kind: "left-behind" },
  ],
};

/** `main/router`. */
export const router: EditedRoom = {
  tests: routerTests,
  edits: [
    { file: "main/router/streams.ts", find: "    stopped.abort();\n", replace: "", promise: "work whose reader has left is called off", kind: "left-behind" },
    { file: "main/router/faults.ts", find: "logger.error(\"A call threw\", { incident, call: path.join(\".\"), stack, issues: refusedOutput(error) });", replace: "", promise: "a bug is in the log with its stack", kind: "told" },
    { file: "main/router/faults.ts", find: "return faultOf(error) ?? { kind: \"internal\", incident };", replace: "return { kind: \"internal\", incident };", promise: "a disk that failed is told as one, not as a bug", kind: "told" },
    { file: "main/router/faults.ts", find: "new ORPCError(\"INTERNAL_SERVER_ERROR\", { message: fault.kind === \"internal\" ? fault.incident : fault.kind });", replace: "new ORPCError(\"INTERNAL_SERVER_ERROR\", { message: JSON.stringify(fault) });", promise: "a bug leaves main by its incident id alone", kind: "leaked" },
    { file: "main/router/faults.ts", find: "if (await accepts(schema, fail(fault))) return output(fail(fault));", replace: "", promise: "a call that threw answers a fault", kind: "told" },
    { file: "main/router/streams.ts", find: "    aborted.removeEventListener(\"abort\", ring);\n", replace: "", promise: "work that has ended is listened to by nobody", kind: "left-behind" },
    { file: "main/router/lateness.ts", find: "> TOO_LATE_AFTER_MS) throw new ORPCError(TOO_LATE);", replace: "> TOO_LATE_AFTER_MS * 1_000) throw new ORPCError(TOO_LATE);", promise: "a call that lay there until nobody meant it any more is not done", kind: "other" },
  ],
};

const sendTests = ["test/unit/main/mail/send.test.ts"];
const queueTests = ["test/unit/main/mail/queue.test.ts"];

/** `main/mail`, and what decides what is mailed. */
export const mail: EditedRoom = {
  tests: ["test/unit/main/mail/"],
  edits: [
    { file: "main/mail/send.ts", find: "if (distrust !== null) return fail(distrust);", replace: "", promise: "no password goes to a server whose certificate is not trusted", kind: "leaked", tests: sendTests },
    { file: "main/mail/send.ts", find: "if (security === \"none\" && account !== null) return", replace: "if (security === \"none\" && account === null) return", promise: "no password goes over a connection without TLS", kind: "leaked", tests: sendTests },
    { file: "main/mail/send.ts", find: "requireTLS: security === \"starttls\",", replace: "requireTLS: false,", promise: "a STARTTLS that is taken out of the answers ends the conversation", kind: "leaked", tests: sendTests },
    { file: "main/mail/send.ts", find: "farWords([text], account === null ? [] : secretsOf(account))", replace: "farWords([text], [])", promise: "a password that the server repeats is in no fault", kind: "leaked", tests: sendTests },
    { file: "main/mail/send.ts", find: "      conversation.handedOver();\n", replace: "", promise: "a mail that was handed over may have been sent", kind: "told", tests: sendTests },
    { file: "main/mail/message.ts", find: "subject.replaceAll(/[\\p{Cc}\\p{Zl}\\p{Zp}]+/gu, \" \").trim().slice(0, LONGEST_SUBJECT)", replace: "subject.trim()", promise: "a subject is one line", kind: "told", tests: sendTests },
    { file: "main/mail/replies.ts", find: "&& (code === 450 || code === 451) ? \"greylisted\" : \"busy\"", replace: "&& code === 450 ? \"greylisted\" : \"busy\"", promise: "greylisting is told as that", kind: "told", tests: sendTests },
    { file: "main/mail/queue.ts", find: "queue.notBefore = after + PAUSE_MS;", replace: "queue.notBefore = after;", promise: "a store sends one mail in ten minutes", kind: "other", tests: queueTests },
    { file: "main/mail/queue.ts", find: "clock.elapsed() - since + retryAfter(tries + 1) > GIVE_UP_MS", replace: "since < 0", promise: "a mail that is put off is given up after a day", kind: "left-behind", tests: queueTests },
    { file: "main/mail/queue.ts", find: "answer.ok ? { ...batch, to: passing.map(({ address }) => address) } : batch", replace: "batch", promise: "nobody gets a mail again that was taken for him", kind: "other", tests: queueTests },
    { file: "main/mail/queue.ts", find: "for (const { cancel } of this.#stores.values()) cancel?.();", replace: "", promise: "a queue that ended sends nothing", kind: "left-behind", tests: queueTests },
    { file: "main/services/notifications.ts", find: "return issue === null ? [] : [issue];", replace: "return issue === null ? [] : [];", promise: "a stored password goes to no other SMTP server", kind: "leaked", tests: ["test/unit/main/services/notifications.test.ts"] },
    { file: "shared/rules/notification-mail.ts", find: "jobEnded === \"always\" || (jobEnded === \"with-failures\" && failed > 0)", replace: "jobEnded !== \"never\"", promise: "a job without failures is mailed only where that is asked for", kind: "told", tests: ["test/unit/main/services/notifications.test.ts"] },
  ],
};
