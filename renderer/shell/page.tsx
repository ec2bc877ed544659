/** The page of the current route. Pages load when they are first opened, so that the list is on the screen sooner. */
import { Suspense, useEffect } from "react";
import { useStore } from "zustand";
import { IdentityStoresPage } from "../features/identity-stores/identity-stores-page.tsx";
import { navigation } from "../stores/navigation.ts";
import { placeOf, type Route } from "../stores/routes.ts";
import { session } from "../stores/session.ts";
import { say } from "../text/text.ts";
import { Boundary } from "../ui/boundary.tsx";
import { DelayedLoading } from "../ui/delayed-loading.tsx";
import { fetchAhead, later } from "../ui/later.ts";

/** How long after the first page the others are fetched, in milliseconds, so that opening one never waits. */
const FETCH_AHEAD_MS = 1_000;

const ActivityPage = later(async () => (await import("../features/activity/activity-page.tsx")).ActivityPage);
const AliasBenchPage = later(async () => (await import("../features/alias-bench/alias-bench-page.tsx")).AliasBenchPage);
const CertificateBenchPage = later(async () => (await import("../features/certificate-bench/certificate-bench-page.tsx")).CertificateBenchPage);
const DataPage = later(async () => (await import("../features/settings/data/data-page.tsx")).DataPage);
const ExpiryPage = later(async () => (await import("../features/expiry/expiry-page.tsx")).ExpiryPage);
const HandoverPage = later(async () => (await import("../features/handover/handover-page.tsx")).HandoverPage);
const JobsPages = later(async () => (await import("../features/jobs/jobs-pages.tsx")).JobsPages);
const JournalPage = later(async () => (await import("../features/journal/journal-page.tsx")).JournalPage);
const NewStorePage = later(async () => (await import("../features/identity-stores/new-store-page.tsx")).NewStorePage);
const SettingsPage = later(async () => (await import("../features/settings/settings-page.tsx")).SettingsPage);
const UnknownPage = later(async () => (await import("./unknown-page.tsx")).UnknownPage);
const sections = {
  directory: later(async () => (await import("../features/identity-stores/directory-page.tsx")).DirectoryPage),
  "messaging-system": later(async () => (await import("../features/messaging-system/messaging-system-page.tsx")).MessagingSystemPage),
  "mail-objects": later(async () => (await import("../features/mail-objects/mail-objects-page.tsx")).MailObjectsPage),
  subscriptions: later(async () => (await import("../features/subscriptions/subscriptions-page.tsx")).SubscriptionsPage),
  compare: later(async () => (await import("../features/comparison/comparison-page.tsx")).ComparisonPage),
  history: later(async () => (await import("../features/history/history-page.tsx")).HistoryPage),
} as const;

function pageOf(route: Route) {
  switch (route.page) {
    case "store": {
      const Section = sections[route.section];
      return <Section key={`${route.id}/${route.section}`} storeId={route.id} />;
    }
    case "new-store":
      return <NewStorePage />;
    case "jobs":
    case "new-job":
    case "job":
    case "job-runs":
    case "job-run":
      return <JobsPages route={route} />;
    case "activity":
      return <ActivityPage />;
    case "handover":
      return <HandoverPage />;
    case "journal":
      return <JournalPage />;
    case "settings":
      return <SettingsPage />;
    case "data":
      return <DataPage part={route.part ?? null} />;
    case "alias-bench":
      return <AliasBenchPage />;
    case "certificate-bench":
      return <CertificateBenchPage />;
    case "expiry":
      return <ExpiryPage />;
    case "unknown":
      return <UnknownPage address={route.address} />;
    case "stores":
    default:
      return <IdentityStoresPage />;
  }
}

/** Tells when a page stands, not when it was asked for: it may have to be loaded first. */
function Arrival({ place, onArrive }: { readonly place: string; readonly onArrive: (place: string) => void }) {
  useEffect(() => {
    const frame = requestAnimationFrame(() => onArrive(place));
    return () => cancelAnimationFrame(frame);
  }, [place, onArrive]);
  return null;
}

/** `onArrive` hears the place of each page once it stands. */
export function Page({ onArrive }: { readonly onArrive: (place: string) => void }) {
  const route = useStore(navigation, (state) => state.route);
  const open = useStore(session, (state) => state.hello !== null);
  useEffect(() => {
    const timer = setTimeout(() => void fetchAhead(), FETCH_AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Boundary place={placeOf(route)}>
      <Suspense fallback={null}>
        {/* The list is drawn while the console opens: it waits for its entries in any case. Other pages ask main at once. */}
        {open || route.page === "stores" ? pageOf(route) : <DelayedLoading label={say("shell.connect-loading")} />}
        {open && <Arrival place={placeOf(route)} onArrive={onArrive} />}
      </Suspense>
    </Boundary>
  );
}
