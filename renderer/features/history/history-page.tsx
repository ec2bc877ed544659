import { PageHeader } from "../../ui/page-header.tsx";
import { say } from "../../text/text.ts";

export function HistoryPage({ storeId }: { readonly storeId: string }) {
  return <PageHeader key={storeId} title={say("history.title")} />;
}
