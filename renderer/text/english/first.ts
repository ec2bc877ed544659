/** What is said before other texts are there: by the first page with all its parts, and by a host that starts. */
import { expiry } from "./expiry.ts";
import { hosts } from "./hosts.ts";
import { identityStores } from "./identity-stores.ts";
import { shell } from "./shell.ts";
import { ui } from "./ui.ts";

export const first = { expiry, hosts, "identity-stores": identityStores, shell, ui } as const;
