/**
 * Microsoft's clouds: the hosts of each, and nothing else. Source: Microsoft's "National cloud deployments" and
 * "Connect-ExchangeOnline", where `-ConnectionUri` and `-ExchangeEnvironmentName` name the host and the name of each cloud.
 */
import type { CloudId } from "../../shared/model/identity-store.ts";

export interface Cloud {
  readonly id: CloudId;
  /** Host that signs applications in; the second one, where given, is an older name of the same. */
  readonly authorityHost: string;
  readonly otherAuthorityHost: string | null;
  readonly graphHost: string;
  /** Host of Exchange Online PowerShell, to which the mail-enabling actions go. */
  readonly exchangeOnlineHost: string;
  /** Host for mail clients, which earlier versions listed; null where it is the same. */
  readonly formerExchangeOnlineHost: string | null;
  /** Value of `Connect-ExchangeOnline -ExchangeEnvironmentName`. */
  readonly exchangeEnvironmentName: string;
}

export const clouds: readonly Cloud[] = [
  {
    id: "worldwide",
    authorityHost: "login.microsoftonline.com",
    otherAuthorityHost: null,
    graphHost: "graph.microsoft.com",
    exchangeOnlineHost: "outlook.office365.com",
    formerExchangeOnlineHost: null,
    exchangeEnvironmentName: "O365Default",
  },
  {
    id: "gcc-high",
    authorityHost: "login.microsoftonline.us",
    otherAuthorityHost: null,
    graphHost: "graph.microsoft.us",
    exchangeOnlineHost: "outlook.office365.us",
    formerExchangeOnlineHost: null,
    exchangeEnvironmentName: "O365USGovGCCHigh",
  },
  {
    id: "dod",
    authorityHost: "login.microsoftonline.us",
    otherAuthorityHost: null,
    graphHost: "dod-graph.microsoft.us",
    exchangeOnlineHost: "webmail.apps.mil",
    formerExchangeOnlineHost: "outlook-dod.office365.us",
    exchangeEnvironmentName: "O365USGovDoD",
  },
  {
    id: "china",
    authorityHost: "login.partner.microsoftonline.cn",
    otherAuthorityHost: "login.chinacloudapi.cn",
    graphHost: "microsoftgraph.chinacloudapi.cn",
    exchangeOnlineHost: "partner.outlook.cn",
    formerExchangeOnlineHost: "outlook.office365.cn",
    exchangeEnvironmentName: "O365China",
  },
];

interface RetiredCloud {
  readonly id: string;
  readonly exchangeEnvironmentName: string;
  /** ISO date. */
  readonly retiredOn: string;
}

/** Clouds that Microsoft closed, as old configurations and scripts name them. Explained in an import, never offered. */
export const retiredClouds: readonly RetiredCloud[] = [
  { id: "germany", exchangeEnvironmentName: "O365GermanyCloud", retiredOn: "2021-10-29" },
];

/** What a name from outside means. */
export type NamedCloud =
  | { readonly state: "offered"; readonly cloud: Cloud }
  | { readonly state: "retired"; readonly cloud: RetiredCloud }
  | { readonly state: "unknown" };

/** Looks up a cloud by its id here or by its `-ExchangeEnvironmentName`, in any case: an import may bring either. */
export function findCloud(name: string): NamedCloud {
  const wanted = name.trim().toLowerCase();
  const isMeant = (each: { readonly id: string; readonly exchangeEnvironmentName: string }) =>
    each.id === wanted || each.exchangeEnvironmentName.toLowerCase() === wanted;
  const offered = clouds.find(isMeant);
  if (offered !== undefined) return { state: "offered", cloud: offered };
  const retired = retiredClouds.find(isMeant);
  return retired === undefined ? { state: "unknown" } : { state: "retired", cloud: retired };
}

/** The row of a cloud. */
export function cloudOf(id: CloudId): Cloud {
  const cloud = clouds.find((each) => each.id === id);
  if (cloud === undefined) throw new Error(`There is no cloud ${id}`);
  return cloud;
}

/** Every host that may be called for a cloud. */
export function hostsOf(cloud: Cloud): readonly string[] {
  return [cloud.authorityHost, cloud.graphHost, ...exchangeOnlineHosts(cloud)];
}

/** Hosts of Exchange Online that a listing may name: the present one first. */
export function exchangeOnlineHosts({ exchangeOnlineHost, formerExchangeOnlineHost }: Cloud): readonly string[] {
  return formerExchangeOnlineHost === null ? [exchangeOnlineHost] : [exchangeOnlineHost, formerExchangeOnlineHost];
}
