/** Parts of the practice organisation besides Exchange. A further one is a folder and one line here. */
import type { MakePart } from "./part.ts";

export const furtherParts: readonly MakePart[] = [];
