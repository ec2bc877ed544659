/** What is said before anything else is there to say it with: by the first page, and by a host that starts. */
import { hosts } from "./hosts.ts";
import { identityStores } from "./identity-stores.ts";
import { shell } from "./shell.ts";
import { ui } from "./ui.ts";

export const first = { hosts, "identity-stores": identityStores, shell, ui } as const;
