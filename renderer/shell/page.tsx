/** The page of the current route. */
import { useStore } from "zustand";
import { ActivityPage } from "../features/activity/activity-page.tsx";
import { AliasBenchPage } from "../features/alias-bench/alias-bench-page.tsx";
import { CertificateBenchPage } from "../features/certificate-bench/certificate-bench-page.tsx";
import { ExpiryPage } from "../features/expiry/expiry-page.tsx";
import { HistoryPage } from "../features/history/history-page.tsx";
import { DirectoryPage } from "../features/identity-stores/directory-page.tsx";
import { IdentityStoresPage } from "../features/identity-stores/identity-stores-page.tsx";
import { NewStorePage } from "../features/identity-stores/new-store-page.tsx";
import { MessagingSystemPage } from "../features/messaging-system/messaging-system-page.tsx";
import { SettingsPage } from "../features/settings/settings-page.tsx";
import { navigation, type Route } from "../stores/navigation.ts";

const sections = { directory: DirectoryPage, "messaging-system": MessagingSystemPage, history: HistoryPage } as const;

function pageOf(route: Route) {
  switch (route.page) {
    case "store": {
      const Section = sections[route.section];
      return <Section key={`${route.id}/${route.section}`} storeId={route.id} />;
    }
    case "new-store":
      return <NewStorePage />;
    case "activity":
      return <ActivityPage />;
    case "settings":
      return <SettingsPage />;
    case "alias-bench":
      return <AliasBenchPage />;
    case "certificate-bench":
      return <CertificateBenchPage />;
    case "expiry":
      return <ExpiryPage />;
    case "stores":
    default:
      return <IdentityStoresPage />;
  }
}

export function Page() {
  return pageOf(useStore(navigation, (state) => state.route));
}
