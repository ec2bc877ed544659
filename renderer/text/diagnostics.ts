/** What goes with a diagnostics file for who opens it. */
import { formatDateTime } from "./format.ts";
import { say, sayIfKnown } from "./text.ts";

/** What a file of the zip file is about; null for one that has no words. */
export function aboutFile(name: string): string | null {
  const key = name.startsWith("log/") ? "log" : name.replace(/\.\w+$/, "");
  return sayIfKnown(`diagnostics.about-${key}`);
}

const FILES = ["about.json", "settings.json", "stores.json", "status-history.json", "activity.json", "log/*.txt"];

/** The text of README.txt. `at`: epoch milliseconds. */
export function readmeText({ names, version, at }: { readonly names: boolean; readonly version: string; readonly at: number }): string {
  const title = say("diagnostics.readme-title", { version });
  return [title, "=".repeat(title.length), "", say("diagnostics.readme-made", { date: formatDateTime(at) }), "", say(`diagnostics.readme-${names ? "with" : "without"}-names`), "", say("diagnostics.readme-files"), ...FILES.map((file) => `- ${file}: ${aboutFile(file) ?? ""}`), ""].join("\n");
}
