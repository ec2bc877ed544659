import { PageHeader } from "../../ui/page-header.tsx";
import { say } from "../../text/text.ts";

export function MessagingSystemPage({ storeId }: { readonly storeId: string }) {
  return <PageHeader key={storeId} title={say("messaging-system.title")} />;
}
