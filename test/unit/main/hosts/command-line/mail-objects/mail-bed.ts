/** The command line on a store whose provider makes mail objects, over a directory and two servers in memory that fail as a test says. */
import { Readable } from "node:stream";
import { createRouterClient } from "@orpc/server";
import { runCommandLine } from "../../../../../../main/hosts/command-line/command-line.ts";
import { verbs } from "../../../../../../main/hosts/command-line/verbs/index.ts";
import type { DirectoryObjects } from "../../../../../../main/directory/types.ts";
import type { Provisioning } from "../../../../../../main/providers/provider.ts";
import { fail, succeed, type Issue } from "../../../../../../shared/fault.ts";
import type { MailRequest, StepOutcome } from "../../../../../../shared/model/mail-object.ts";
import { collected } from "../../../../../lab/collected.ts";
import { connection, layBed, noDirectory, type Bed } from "../../../services/support.ts";
import { take } from "../../../store/support.ts";

export const container = "OU=Groups,DC=contoso,DC=lab";

export interface FarSide {
  /** What is in the directory, by distinguished name: whether it is mail-enabled. */
  readonly present: Map<string, boolean>;
  /** The first password of each user that was made. */
  readonly passwords: Map<string, string | null>;
  /** Which server was asked for which name, in order. */
  readonly asked: string[];
  /** What a server answers; null for a success. */
  answer: (server: string | null, name: string) => StepOutcome | null;
  /** Whether the directory refuses to make an object of that name. */
  isRefused: (name: string) => boolean;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface MailBed {
  readonly bed: Bed;
  readonly far: FarSide;
  /** Stops the command line that runs, as Ctrl+C does. */
  stop(): void;
  run(args: readonly string[], stdin?: string): Promise<Ran>;
}

const dnOf = ({ name, container: place }: MailRequest) => `CN=${name},${place ?? ""}`;

function directoryOf(far: FarSide): DirectoryObjects {
  const { present, passwords } = far;
  const objectOf = (identity: string) => ({ identity, guid: null, controller: "dc1.contoso.lab" });
  const taken = (dn: string): Issue[] => (present.has(dn) ? [{ path: ["name"], code: "name-taken" }] : []);
  return {
    controller: "dc1.contoso.lab",
    containers: () => Promise.resolve(succeed([])),
    find: () => Promise.resolve(succeed({ objects: [], more: false })),
    called: () => Promise.resolve(succeed({ objects: [], more: false })),
    conflicts: (request) => Promise.resolve(succeed(taken(dnOf(request)))),
    nameOf: dnOf,
    create: (request, { password }) => {
      const dn = dnOf(request);
      if (present.has(dn)) return Promise.resolve(fail({ kind: "object-refused", why: "name-taken" }));
      if (far.isRefused(request.name)) return Promise.resolve(fail({ kind: "object-refused", why: "value-not-allowed" }));
      present.set(dn, false);
      passwords.set(request.name, password);
      return Promise.resolve(succeed(objectOf(dn)));
    },
    locate: (request) => Promise.resolve(succeed(present.has(dnOf(request)) ? objectOf(dnOf(request)) : null)),
    read: ({ identity }) => Promise.resolve(succeed(present.has(identity) ? { dn: identity, attributes: {} } : null)),
    modify: () => Promise.resolve(fail({ kind: "object-refused", why: "refused" })),
    remove: ({ identity }) => {
      present.delete(identity);
      return Promise.resolve(succeed(null));
    },
    close: () => Promise.resolve(),
  };
}

function provisioningOf(far: FarSide): Provisioning<unknown> {
  const addressOf = ({ alias }: MailRequest) => `${alias}@contoso.lab`;
  return {
    via: "servers",
    types: () => (["distribution-group", "mailbox"] as const).map((type) => ({ type, why: null })),
    domain: () => "contoso.lab",
    aliasLength: () => 64,
    issues: (_configuration, { alias }) => (alias.includes(" ") ? [{ path: ["alias"], code: "alias-address" }] : []),
    address: (_configuration, request) => addressOf(request),
    attributes: () => ({}),
    byHand: () => ["membership"],
    commands: (_configuration, { alias }, { server }) => `Enable-Toy '${alias}' -Server '${server ?? ""}'`,
    openObjects: null,
    open: () => ({
      ask(server, request, { identity }) {
        far.asked.push(`${server ?? ""} ${request.name}`);
        const answer = far.answer(server, request.name);
        if (answer === null) far.present.set(identity, true);
        return Promise.resolve(answer ?? { state: "succeeded", already: false, address: addressOf(request) });
      },
      look: (request, { identity }) => Promise.resolve(far.present.get(identity) === true ? { state: "found", address: addressOf(request) } : { state: "missing" }),
      close: () => Promise.resolve(),
    }),
  };
}

/** A server that takes nothing. */
export const away: StepOutcome = { state: "not-reached", fault: { kind: "unreachable", rung: "sign-in", reason: "refused" } };

export async function layMailBed(): Promise<MailBed> {
  const far: FarSide = { present: new Map(), passwords: new Map(), asked: [], answer: () => null, isRefused: () => false };
  const bed = await layBed({ provisioning: provisioningOf(far), directory: { ...noDirectory, openObjects: () => Promise.resolve(succeed(directoryOf(far))) } });
  const client = createRouterClient(bed.router);
  const servers = [{ name: "exa.contoso.lab", priority: 2 }, { name: "exb.contoso.lab", priority: 1 }];
  const document = { name: "Contoso HQ", connection, messaging: { provider: "toy", variant: "2013", values: { domain: "contoso.lab", username: "svc" }, servers } };
  take(await client.documents.create({ document, secrets: { "directory.password": "Pa55word!", "messaging.password": "secret-42" }, files: {} }));
  let stopping = new AbortController();
  return {
    bed,
    far,
    stop: () => stopping.abort(),
    async run(args, stdin = "") {
      stopping = new AbortController();
      const [out, err] = [collected(), collected()];
      const code = await runCommandLine(["mail-objects", ...args], {
        verbs,
        stdin: Readable.from(stdin === "" ? [] : [stdin]),
        stdout: out.stream,
        stderr: err.stream,
        signal: stopping.signal,
        open: () => Promise.resolve({ client, notice: null, close: () => Promise.resolve() }),
      });
      return { code, out: out.text(), err: err.text() };
    },
  };
}
