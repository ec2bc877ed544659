import type { EditedRoom } from "../edit.ts";

/** Faults of `renderer`. */
export const renderer: EditedRoom = {
  tests: ["test/unit/renderer"],
  edits: [
    { file: "renderer/host/admission.ts", find: "  window.history.replaceState(null, \"\", window.location.pathname + window.location.search);\n", replace: "", promise: "the one-time code does not stay in the browser's history", kind: "leaked", tests: ["test/unit/renderer/host/loopback.test.ts"] },
    { file: "renderer/stores/feed.ts", find: "stop.signal.removeEventListener(\"abort\", relay);\n        attempt.abort();", replace: "stop.signal.removeEventListener(\"abort\", relay);", promise: "a feed that broke off is not read any more", kind: "left-behind", tests: ["test/unit/renderer/stores/feed.test.ts"] },
    { file: "renderer/stores/feed.ts", find: "      sink.lost();\n", replace: "", promise: "what a feed that broke off said is known to be old", kind: "told", tests: ["test/unit/renderer/stores/feed.test.ts"] },
    { file: "renderer/ui/secret-field.tsx", find: "if (take && typed !== \"\") onReplace(typed);", replace: "if (typed !== \"\") onReplace(typed);", promise: "a secret that was given up is not taken", kind: "leaked", tests: ["test/unit/renderer/ui/secret-field.test.tsx"] },
  ],
};
