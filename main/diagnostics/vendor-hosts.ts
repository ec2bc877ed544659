/** Host names that belong to a cloud's vendor and name no customer, or name one in front. */

/** As they are listed in the vendors' documentation of addresses to be let through firewalls. */
const VENDORS = ["office365.com", "office365.us", "office.com", "outlook.com", "microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "microsoft.com", "microsoft.us", "windows.net", "chinacloudapi.cn", "partner.outlook.cn", "google.com", "googleapis.com", "googlegroups.com"];
/** A customer's own part stands in front of them. */
const OF_CUSTOMERS = ["mail.protection.outlook.com", "onmicrosoft.com", "onmicrosoft.us", "partner.onmschina.cn", "sharepoint.com", "iam.gserviceaccount.com", "apps.googleusercontent.com"];

const isBelow = (host: string, suffixes: readonly string[]) => suffixes.find((suffix) => host === suffix || host.endsWith(`.${suffix}`)) ?? null;

/** `customer` in front of the vendor's `suffix`, empty where the whole name is the vendor's; null for every other host. */
export function vendorHost(host: string): { readonly customer: string; readonly suffix: string } | null {
  const name = host.toLowerCase();
  const suffix = isBelow(name, OF_CUSTOMERS);
  if (suffix !== null) return { customer: host.slice(0, Math.max(0, host.length - suffix.length - 1)), suffix };
  return isBelow(name, VENDORS) === null ? null : { customer: "", suffix: name };
}
