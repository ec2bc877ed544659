/** What an address that leads nowhere shows. */
import { Button } from "@fluentui/react-components";
import { navigate } from "../stores/navigation.ts";
import { say } from "../text/text.ts";
import { PageHeader } from "../ui/page-header.tsx";

export function UnknownPage({ address }: { readonly address: string }) {
  return (
    <>
      <PageHeader title={say("shell.unknown-title")} intro={say("shell.unknown-text", { address })} />
      <Button appearance="primary" onClick={() => void navigate({ page: "stores" })}>
        {say("shell.unknown-stores")}
      </Button>
    </>
  );
}
