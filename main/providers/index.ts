/** Every messaging provider, in the order of the drop-down. Adding one is a folder and a line here. */
import { bind } from "./bind.ts";
import { exchange } from "./exchange/index.ts";
import { googleWorkspace } from "./google-workspace/index.ts";
import { none } from "./none/index.ts";
import { office365 } from "./office365/index.ts";
import { other } from "./other/index.ts";
import type { AnyProvider } from "./provider.ts";

export const providers: readonly AnyProvider[] = [bind(exchange), bind(office365), bind(googleWorkspace), bind(other), bind(none)];
