/** What providers are called, one file a provider, by the provider's id. Without a file, names of fields are shown. */
import { exchange } from "./exchange.ts";
import { googleWorkspace } from "./google-workspace.ts";
import { none } from "./none.ts";
import { office365 } from "./office365.ts";
import { other } from "./other.ts";

/**
 * Words of a provider by key: `entry`, and `entry-VARIANT` where there are several; `field-NAME`, `field-NAME-hint` and
 * `field-NAME-VALUE` for what a field can be; `notice-NAME`; `prevents-NAME`; `version-RELEASE`, `version-other` and
 * `version-unknown`; `role-NAME`.
 */
export type ProviderWords = Readonly<Record<string, string>>;

export const providers: Readonly<Record<string, ProviderWords>> = {
  exchange,
  "google-workspace": googleWorkspace,
  none,
  office365,
  other,
};
