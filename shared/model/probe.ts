/**
 * The carry-in probe: a script that asks mail servers where no console reaches them, and the file it brings back. The file is JSON; what
 * was found is a text in it, over whose UTF-8 octets the digest is, so that blanks around it do not matter. The digest shows damage, and
 * not who wrote the file: whoever can change it can seal it again.
 */
import { z } from "zod";

export const PROBE_FORMAT = "messaging-console-probe-result";
/** What this version writes and reads. */
export const PROBE_VERSION = 1;

/** The most servers that one script asks: it asks them one after the other. */
export const PROBE_SERVERS = 500;

/** What a provider has asked of its servers besides name, connection and TLS. */
export const probeQuestionSchema = z.object({
  port: z.number().int().min(1).max(65_535),
  /** Path of a page that anybody may see; null where the handshake is all that is asked for. */
  page: z.string().nullable(),
});
export type ProbeQuestion = z.infer<typeof probeQuestionSchema>;

/** One server that a script asks. */
export const probeTaskSchema = probeQuestionSchema.extend({
  storeId: z.string(),
  storeName: z.string(),
  /** Of the configuration that the script was made from. */
  provider: z.string(),
  server: z.string(),
});
export type ProbeTask = z.infer<typeof probeTaskSchema>;

/** What a script is made from. `nothing`: identity stores of which it has nothing to ask. */
export const probePlanSchema = z.object({ tasks: z.array(probeTaskSchema), nothing: z.array(z.string()), leftOut: z.number() });
export type ProbePlan = z.infer<typeof probePlanSchema>;

const word = z.string().max(255);
const ms = z.number().min(0).max(3_600_000);
/** The name of .NET's `SocketError` or of its exception; null where nothing went wrong. */
const error = word.nullable();

/** What a script saw of a server, as .NET has it. Steps that were not come to are null. */
export const observedSchema = z.object({
  dns: z.object({ ms, addresses: z.array(word).max(64), error }),
  tcp: z.object({ ms, address: word.nullable(), error }).nullable(),
  tls: z
    .object({
      ms,
      /** The name of .NET's `SslProtocols`, such as `Tls12`; null without a handshake. */
      protocol: word.nullable(),
      /** DER in base64: the server's own first, then each issuer as far as that computer found them. */
      certificates: z.array(z.base64().max(24_000)).max(12),
      /** Names of .NET's `X509ChainStatusFlags`. */
      chain: z.array(word).max(40),
      /** .NET's `SslPolicyErrors`. */
      policy: word.nullable(),
      error,
    })
    .nullable(),
  /** The answer as it came, head and body, in base64. */
  page: z.object({ ms, answer: z.base64().max(100_000), error }).nullable(),
});
export type Observed = z.infer<typeof observedSchema>;

/** Where and when a script ran. Times in ISO 8601, UTC. */
export const probePlaceSchema = z.object({
  computer: word.min(1),
  /** With its domain, where it has one. */
  fullName: word,
  system: word,
  /** Of PowerShell. */
  powershell: word,
  edition: word,
  startedAt: z.iso.datetime(),
  /** Minutes that its clock's time zone is ahead of UTC. */
  offsetMinutes: z.number().min(-1_440).max(1_440),
  modules: z.array(z.object({ name: word, version: word })).max(200),
  /** Of the Exchange that is installed on that very computer. */
  exchange: z.object({ build: word, roles: z.array(word).max(20) }).nullable(),
  /** What of that computer could not be read, so that its absence says nothing: `modules`, `exchange`. */
  unread: z.array(word).max(20).default([]),
  /** Servers that the script was to ask and did not: it was stopped, or could not. */
  unasked: z.number().int().min(0).max(PROBE_SERVERS).default(0),
});

export const probePayloadSchema = probePlaceSchema.extend({
  servers: z.array(probeTaskSchema.extend({ storeId: word, storeName: z.string().max(1_000), provider: word, server: word.min(1), page: word.nullable(), at: z.iso.datetime(), ms, observed: observedSchema })).max(PROBE_SERVERS),
});
export type ProbePayload = z.infer<typeof probePayloadSchema>;

export const probeHeadSchema = z.object({
  format: z.literal(PROBE_FORMAT),
  version: z.number().int().min(1),
  /** The oldest version of this format that a reader must know. */
  minimumReader: z.number().int().min(1),
  /** Version of the console that made the script. */
  application: z.string().max(100),
});

export const probeFileSchema = probeHeadSchema.extend({ digest: z.string(), payload: z.string() });
