/** What a search asks main for: words, each with the kinds of entries whose sentence holds it. */
import type { SearchedWord } from "../../shared/model/search.ts";
import { activity } from "./english/activity.ts";
import { history } from "./english/history.ts";

/** Sentences by kind, without what differs from entry to entry. */
function sentencesBelow(texts: Readonly<Record<string, string>>, before: string) {
  return Object.entries(texts)
    .filter(([key]) => key.startsWith(before))
    .map(([key, text]) => ({ kind: key.slice(before.length).replace(/_one$|_other$|-alone$/, ""), said: text.replaceAll(/\{\{\w+\}\}/g, " ").toLowerCase() }));
}

const sentences = { activity: sentencesBelow(activity, "kind-"), history: sentencesBelow(history, "action-") } as const;

export function searchedWords(search: string, list: keyof typeof sentences): SearchedWord[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter((word) => word !== "");
  return words.map((text) => ({ text, kinds: [...new Set(sentences[list].filter(({ said }) => said.includes(text)).map(({ kind }) => kind))] }));
}
