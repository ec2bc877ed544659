/** Settings, Configurations, Messaging System of one identity store. */
import { pageOf } from "../../stores/editor-model.ts";
import { say } from "../../text/text.ts";
import { StoreHeader } from "../identity-stores/store-header.tsx";
import { MessagingSystem } from "./messaging-system.tsx";

export function MessagingSystemPage({ storeId }: { readonly storeId: string }) {
  return (
    <MessagingSystem
      key={storeId}
      id={storeId}
      route={pageOf(storeId)}
      home={{ page: "stores" }}
      renderHead={(unsaved, configured) => (
        <StoreHeader storeId={storeId} title={say("messaging-system.title")} {...(configured ? {} : { intro: say("messaging-system.wizard-intro") })}>
          {unsaved}
        </StoreHeader>
      )}
    />
  );
}
