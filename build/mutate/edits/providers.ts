import type { EditedRoom } from "../edit.ts";

const unit = (name: string) => [`test/unit/main/providers/${name}.test.ts`];

/** Faults of `main/providers`. */
export const providers: EditedRoom = {
  tests: ["test/unit/main/providers"],
  edits: [
    { file: "main/providers/office365/permissions.ts", find: "{ name: \"Group.ReadWrite.All\", resource: \"graph\", includedIn: [\"Directory.ReadWrite.All\"] }", replace: "{ name: \"Group.ReadWrite.All\", resource: \"graph\", includedIn: [\"Group.Read.All\", \"Directory.ReadWrite.All\"] }", promise: "a right to read does not pass for a right to write", kind: "told", tests: unit("office365/permissions") },
    { file: "main/providers/office365/permissions.ts", find: "if (seen.some(({ managesRecipients }) => managesRecipients)) return [];", replace: "if (seen.length > 0) return [];", promise: "a role that reads does not pass for one that manages", kind: "told", tests: unit("office365/permissions") },
    { file: "main/providers/office365/cloud-request.ts", find: "url.protocol !== \"https:\" || !hostsOf(cloud).includes(url.hostname)", replace: "url.protocol !== \"https:\"", promise: "a cloud is never called for another", kind: "leaked", tests: unit("office365/cloud-request") },
    { file: "main/providers/office365/cloud-request.ts", find: "url.protocol !== \"https:\" || ", replace: "", promise: "a cloud is called over TLS alone", kind: "leaked", tests: unit("office365/cloud-request") },
    { file: "main/providers/exchange/health-page.ts", find: "return name.toLowerCase() === server.toLowerCase() ? null :", replace: "return name !== \"\" ? null :", promise: "another server's page does not pass for this one's", kind: "told", tests: unit("exchange/health") },
    { file: "main/providers/exchange/health-page.ts", find: "if (name === undefined) return instead(\"another-page\", firstWords(body));", replace: "if (name === undefined) return null;", promise: "a portal's page does not pass for a health page", kind: "told", tests: unit("exchange/health") },
    { file: "main/providers/exchange/health-page.ts", find: "if (status !== 200) return", replace: "if (status >= 600) return", promise: "a page with another status is none", kind: "told", tests: unit("exchange/health") },
    { file: "main/providers/exchange/health-page.ts", find: "for (const part of [\"username\", \"password\", \"search\", \"hash\"] as const) target[part] = \"\";", replace: "", promise: "what a redirect carries is not shown", kind: "leaked", tests: unit("exchange/health") },
  ],
};
