import type { ClientContext } from "@orpc/client";
import type { StandardLinkPlugin } from "@orpc/client/standard";
import { ResponseValidationPlugin } from "@orpc/contract/plugins";
import { contract } from "../../shared/contract/index.ts";

export type Plugins = StandardLinkPlugin<ClientContext>[];

/** Every answer is decoded against the contract before a screen sees it. */
export function plugins(): Plugins {
  return [new ResponseValidationPlugin(contract)];
}
