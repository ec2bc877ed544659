/** Whole mail addresses, as far as a form can tell them from what is none. */
import { isMailDomain } from "./host-name.ts";

/** Whether the text has one @ between a part without blanks and a domain. What the part before it may hold is the mail system's to say. */
export function isMailAddress(text: string): boolean {
  const [local = "", domain = "", ...more] = text.split("@");
  return /^\S+$/.test(local) && isMailDomain(domain) && more.length === 0;
}
