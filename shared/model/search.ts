/** Searching on main's side for what stands on the page, where main has keys and values and the page the sentences. */
import { z } from "zod";

/** A word that an entry must hold, without case: in its own values, or in the sentence of its kind. */
export const searchedWordSchema = z.object({
  text: z.string().min(1).max(100),
  /** The kinds whose sentence holds the word. */
  kinds: z.array(z.string().max(60)).max(200),
});
export type SearchedWord = z.infer<typeof searchedWordSchema>;
