/** Short news in the corner, with one action at most. Anyone may notify; the shell renders one `Notices`, which shows them. */
import { announce } from "./announce.ts";

export interface News {
  readonly text: string;
  readonly intent?: "success" | "info" | "warning" | "error";
  readonly action?: { readonly label: string; readonly run: () => void };
}

type Show = (news: News) => void;

let shown: Show | null = null;
const waiting: News[] = [];

/** Puts what shows news in place, and shows what came before it. The returned function takes it away. */
export function showNews(show: Show): () => void {
  shown = show;
  for (const news of waiting.splice(0)) show(news);
  return () => {
    shown = null;
  };
}

function notify(news: News): void {
  const { text, intent, action } = news;
  announce([text, action?.label].filter((words) => words !== undefined).join(" "), intent === "error" ? "assertive" : "polite");
  if (shown === null) waiting.push(news);
  else shown(news);
}

/** Answers a function that shows news. */
export function useNotify(): Show {
  return notify;
}
