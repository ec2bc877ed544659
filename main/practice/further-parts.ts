/** Parts of the practice organisation besides Exchange. A further one is a folder and one line here. */
import { googlePart } from "./clouds/google-part.ts";
import { microsoftPart } from "./clouds/microsoft-part.ts";
import { mailPart } from "./mail-part.ts";
import type { MakePart } from "./part.ts";

export const furtherParts: readonly MakePart[] = [microsoftPart, googlePart, mailPart];
