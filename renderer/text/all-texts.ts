/** Imported by whoever says more than the first page does: with it every text can be said. */
import { english } from "./english/index.ts";
import { addTexts } from "./text.ts";

addTexts(english);
