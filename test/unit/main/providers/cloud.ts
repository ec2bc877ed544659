/** One host of a cloud on loopback, and a context whose names lead there. */
import { once } from "node:events";
import https from "node:https";
import { text } from "node:stream/consumers";
import type { ProviderContext } from "../../../../main/providers/provider.ts";
import { openPki } from "../../../../main/practice/pki.ts";
import { succeed } from "../../../../shared/fault.ts";
import { temporaryFolder } from "../store/support.ts";
import { contextAsking } from "./support.ts";

export interface CloudAnswer {
  readonly status: number;
  /** Sent as JSON. */
  readonly body: unknown;
}

export interface CloudHost {
  /** A context of its own, with a memory of its own. */
  context(): ProviderContext;
  close(): void;
}

/** Answers every request for `host`; `answer` is given what was sent. */
export async function openCloudHost(host: string, answer: (sent: { readonly authorization: string; readonly body: string }) => CloudAnswer): Promise<CloudHost> {
  const { folder, remove } = temporaryFolder();
  const pki = await openPki(folder);
  const identity = await pki.issue({ names: [host] });
  const server = https.createServer({ cert: identity.certificatePem, key: identity.keyPem }, (request, response) => {
    void text(request).then((body) => {
      const { status, body: answered } = answer({ authorization: request.headers.authorization ?? "", body });
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answered));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    context() {
      const { context } = contextAsking();
      const connectTo = () => Promise.resolve(succeed([{ address: "127.0.0.1", port }]));
      return { ...context, resolver: { ...context.resolver, authorities: [pki.authorityPem], connectTo } };
    },
    close() {
      server.closeAllConnections();
      server.close();
      remove();
    },
  };
}
