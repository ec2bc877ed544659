/**
 * Names of Microsoft's products by the part number that Graph tells (Microsoft: "Product names and service plan identifiers for
 * licensing"). Graph has no names, and one that is not here is shown by its part number, as its scripts name it.
 */
const NAMES: Readonly<Record<string, string>> = {
  AAD_PREMIUM: "Microsoft Entra ID P1",
  AAD_PREMIUM_P2: "Microsoft Entra ID P2",
  DESKLESSPACK: "Office 365 F3",
  EMS: "Enterprise Mobility + Security E3",
  EMSPREMIUM: "Enterprise Mobility + Security E5",
  ENTERPRISEPACK: "Office 365 E3",
  ENTERPRISEPREMIUM: "Office 365 E5",
  EXCHANGEARCHIVE_ADDON: "Exchange Online Archiving for Exchange Online",
  EXCHANGEDESKLESS: "Exchange Online Kiosk",
  EXCHANGEENTERPRISE: "Exchange Online (Plan 2)",
  EXCHANGESTANDARD: "Exchange Online (Plan 1)",
  FLOW_FREE: "Microsoft Power Automate Free",
  INTUNE_A: "Microsoft Intune Plan 1",
  M365_F1: "Microsoft 365 F1",
  MCOEV: "Microsoft Teams Phone Standard",
  O365_BUSINESS: "Microsoft 365 Apps for business",
  O365_BUSINESS_ESSENTIALS: "Microsoft 365 Business Basic",
  O365_BUSINESS_PREMIUM: "Microsoft 365 Business Standard",
  OFFICESUBSCRIPTION: "Microsoft 365 Apps for enterprise",
  POWER_BI_PRO: "Power BI Pro",
  SPB: "Microsoft 365 Business Premium",
  SPE_E3: "Microsoft 365 E3",
  SPE_E5: "Microsoft 365 E5",
  SPE_F1: "Microsoft 365 F3",
  STANDARDPACK: "Office 365 E1",
  VISIOCLIENT: "Visio Plan 2",
};

/** Null where no name is known. */
export function productName(partNumber: string): string | null {
  return Object.hasOwn(NAMES, partNumber) ? (NAMES[partNumber] ?? null) : null;
}
