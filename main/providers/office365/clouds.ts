/**
 * Microsoft's clouds: the hosts of each, and nothing else. Source: Microsoft's "National cloud deployments" and the
 * Exchange Online PowerShell documentation of `-ExchangeEnvironmentName`.
 */
import type { CloudId } from "../../../shared/model/identity-store.ts";

export interface Cloud {
  readonly id: CloudId;
  readonly label: string;
  /** Host that signs applications in; the second one, where given, is an older name of the same. */
  readonly authorityHost: string;
  readonly otherAuthorityHost: string | null;
  readonly graphHost: string;
  readonly exchangeOnlineHost: string;
  /** Value of `Connect-ExchangeOnline -ExchangeEnvironmentName`. */
  readonly exchangeEnvironmentName: string;
}

export const clouds: readonly Cloud[] = [
  {
    id: "worldwide",
    label: "Microsoft 365 (Worldwide and GCC)",
    authorityHost: "login.microsoftonline.com",
    otherAuthorityHost: null,
    graphHost: "graph.microsoft.com",
    exchangeOnlineHost: "outlook.office365.com",
    exchangeEnvironmentName: "O365Default",
  },
  {
    id: "gcc-high",
    label: "US Government GCC High",
    authorityHost: "login.microsoftonline.us",
    otherAuthorityHost: null,
    graphHost: "graph.microsoft.us",
    exchangeOnlineHost: "outlook.office365.us",
    exchangeEnvironmentName: "O365USGovGCCHigh",
  },
  {
    id: "dod",
    label: "US Government DoD",
    authorityHost: "login.microsoftonline.us",
    otherAuthorityHost: null,
    graphHost: "dod-graph.microsoft.us",
    exchangeOnlineHost: "outlook-dod.office365.us",
    exchangeEnvironmentName: "O365USGovDoD",
  },
  {
    id: "china",
    label: "China (21Vianet)",
    authorityHost: "login.partner.microsoftonline.cn",
    otherAuthorityHost: "login.chinacloudapi.cn",
    graphHost: "microsoftgraph.chinacloudapi.cn",
    exchangeOnlineHost: "outlook.office365.cn",
    exchangeEnvironmentName: "O365China",
  },
];

/** Clouds that Microsoft closed, by the name that old configurations carry, and when. Never offered. */
export const retiredClouds: readonly { readonly exchangeEnvironmentName: string; readonly label: string; readonly retiredOn: string }[] = [
  { exchangeEnvironmentName: "O365GermanyCloud", label: "Germany", retiredOn: "2021-10-29" },
];

/** The row of a cloud. */
export function cloudOf(id: CloudId): Cloud {
  const cloud = clouds.find((each) => each.id === id);
  if (cloud === undefined) throw new Error(`There is no cloud ${id}`);
  return cloud;
}

/** Every host that may be called for a cloud. */
export function hostsOf(cloud: Cloud): readonly string[] {
  return [cloud.authorityHost, cloud.graphHost, cloud.exchangeOnlineHost];
}
