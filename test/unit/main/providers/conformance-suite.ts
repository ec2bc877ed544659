/** What every messaging provider must keep to. Run over the whole array, and over a provider made up for a test. */
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { explain, explainIssue } from "../../../../renderer/text/fault.ts";
import { say } from "../../../../renderer/text/text.ts";
import { fail, faultSchema, type Fault, type Issue } from "../../../../shared/fault.ts";
import type { StoreConnection } from "../../../../shared/model/identity-store.ts";
import { choiceValue } from "../../../../shared/rules/choice-value.ts";
import { providerDescriptorSchema, type FieldDescriptor, type FieldValue, type ProviderEntry } from "../../../../shared/model/messaging.ts";
import type { OpenedCertificate } from "../../../../main/certificates/opened.ts";
import type { AnyProvider, BoundProvider, ProviderContext } from "../../../../main/providers/provider.ts";
import { connection } from "../services/support.ts";
import { take } from "../store/support.ts";
import { contextAsking } from "./support.ts";

type Values = Readonly<Record<string, FieldValue>>;

/** Tried in this order until a field takes one: the suite knows no provider's fields. */
const CANDIDATES: readonly FieldValue[] = ["contoso.com", "admin@contoso.com", "CONTOSO\\svc-mail", "5f0c2a0e-7d1b-4c7e-9a54-2f1f4d6b8c31", "2027-01-31", 64];
const WRONG: readonly FieldValue[] = [null, "", " ", "x", "mars", "O365GermanyCloud", "-.-", "x".repeat(5000), -1, 0, 1.5, 1e9, true, "31.12.2027"];
const PLANTED = "PLANTED~secret~0123456789";
/** What hangs never answers: a busy machine may take this long to say that it was cancelled. */
const ANSWER_MS = 10_000;

const planted: OpenedCertificate = (() => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privateKeyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { certificatePem: "", chainPem: [], privateKeyPem, thumbprintSha256: "ab".repeat(32), thumbprintSha1: "ab".repeat(20), notAfter: Date.now() + 86_400_000 };
})();

function connectionFor(provider: AnyProvider): StoreConnection {
  return provider.descriptor.storeKinds.includes("active-directory") ? connection : { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" };
}

function issuesOf(provider: AnyProvider, entry: ProviderEntry, values: Values): readonly Issue[] {
  const decoded = provider.decode(entry.variant, values);
  return decoded.ok || decoded.fault.kind !== "invalid" ? [] : decoded.fault.issues;
}

const isAbout = (name: string) => (issue: Issue) => issue.path[0] === name;

/** Values that the provider takes, found by trying. */
function goodValues(provider: AnyProvider, entry: ProviderEntry): Values {
  let values = provider.defaults(connectionFor(provider));
  for (const name of Object.keys(values)) {
    if (!issuesOf(provider, entry, values).some(isAbout(name))) continue;
    const candidate = CANDIDATES.find((each) => !issuesOf(provider, entry, { ...values, [name]: each }).some(isAbout(name)));
    values = { ...values, [name]: candidate ?? null };
  }
  return values;
}

/** Names under which a field's values stand in a configuration; secrets and certificates stand elsewhere. */
function valueNames(field: FieldDescriptor): readonly string[] {
  if (field.kind === "secret" || field.kind === "certificate") return [];
  return field.kind === "pattern" ? [field.name, field.exampleField] : [field.name];
}

interface Trial {
  readonly context: ProviderContext;
  readonly said: string[];
}

/** A context with every secret set; names resolve to nothing, or to nothing until the call is cancelled. */
function trial(provider: AnyProvider, names: "unknown" | "hanging", signal: AbortSignal): Trial {
  const said: string[] = [];
  const hear = (...given: unknown[]) => void said.push(JSON.stringify(given));
  const { context } = contextAsking();
  const { resolver } = context;
  const untilAborted = () =>
    new Promise<ReturnType<typeof fail>>((resolve) => {
      const end = () => resolve(fail({ kind: "cancelled" }));
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
    });
  const unknown: Fault = { kind: "unreachable", rung: "dns", reason: "name-not-found", host: "nowhere.example" };
  const hangs = names === "hanging";
  return {
    said,
    context: {
      ...context,
      signal,
      progress: hear,
      logger: { info: hear, warn: hear, error: hear },
      connection: connectionFor(provider),
      resolver: hangs ? { authorities: [], service: untilAborted, connectTo: untilAborted } : resolver,
      directory: { open: () => (hangs ? untilAborted() : Promise.resolve(fail(unknown))) },
      secrets: {
        isSet: () => true,
        text: () => Promise.resolve({ ok: true, value: PLANTED }),
        certificate: () => Promise.resolve({ ok: true, value: planted }),
      },
    },
  };
}

/** A server to check: a provider with a single one names it without asking anybody. */
async function serverOf(provider: AnyProvider, bound: BoundProvider): Promise<string> {
  if (provider.descriptor.servers !== "single" || bound.list === null) return "mail.contoso.com";
  const listing = take(await bound.list(contextAsking().context));
  return listing.servers[0]?.name ?? "";
}

/** Every capability the provider has, called once; each answer as data. */
async function callAll(provider: AnyProvider, bound: BoundProvider, context: ProviderContext): Promise<readonly unknown[]> {
  const server = await serverOf(provider, bound);
  return Promise.all([bound.list?.(context), bound.check?.(server, context), bound.test?.(context)]);
}

/** Every fault anywhere in an answer. */
function faultsIn(value: unknown): readonly Fault[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(faultsIn);
  const fault = "fault" in value ? faultSchema.safeParse(value.fault) : null;
  return fault?.success === true ? [fault.data, ...inside] : inside;
}

/** Runs the suite over providers in the order of the drop-down. */
export function describeConformance(providers: readonly AnyProvider[]): void {
  const idle = new AbortController().signal;
  const entries = providers.flatMap((provider) => provider.descriptor.entries.map((entry) => ({ label: choiceValue(entry), provider, entry })));

  describe.each(providers.map((provider) => ({ id: provider.id, provider })))("the descriptor of $id", ({ id, provider: { descriptor, defaults } }) => {
    it("is data and nothing else", () => {
      expect(JSON.parse(JSON.stringify(descriptor))).toEqual(descriptor);
      expect(providerDescriptorSchema.parse(descriptor)).toEqual(descriptor);
    });

    it("gives a pace only to rungs above the network, and comes back to a refusal no later than to a success", () => {
      const network = ["proxy", "dns", "tcp", "tls", "health-check"];
      const paces = Object.entries(descriptor.paces);
      expect(paces.filter(([rung]) => network.includes(rung))).toEqual([]);
      expect(paces.filter(([, { passedMs, refusedMs }]) => refusedMs > passedMs)).toEqual([]);
    });

    it("names itself, and each field once", () => {
      expect([descriptor.id, ...descriptor.entries.map(({ provider }) => provider)].every((each) => each === id)).toBe(true);
      const names = descriptor.fields.flatMap((field) => [field.name, ...valueNames(field).slice(1)]);
      expect(new Set(names).size).toBe(names.length);
    });

    it("has a default for each field that holds a value, and for nothing else", () => {
      const names = descriptor.fields.flatMap(valueNames);
      for (const kind of descriptor.storeKinds) {
        const store: StoreConnection = kind === "active-directory" ? connection : { kind, cloud: "dod", tenant: "contoso.us" };
        expect(Object.keys(defaults(store)).toSorted()).toEqual(names.toSorted());
      }
    });

    it("refers only to fields that are there", () => {
      const secrets = descriptor.fields.filter(({ kind }) => kind === "secret").map(({ name }) => name);
      const numbers = descriptor.fields.filter(({ kind }) => kind === "number").map(({ name }) => name);
      const passwords = descriptor.fields.flatMap((field) => (field.kind === "certificate" && field.passwordField !== null ? [field.passwordField] : []));
      const limits = descriptor.fields.flatMap((field) => (field.kind === "pattern" ? [field.maxLengthField] : []));
      expect(passwords.filter((name) => !secrets.includes(name))).toEqual([]);
      expect(limits.filter((name) => !numbers.includes(name))).toEqual([]);
    });
  });

  describe.each(entries)("$label", ({ provider, entry }) => {
    const names = new Set(provider.descriptor.fields.flatMap(valueNames));
    const values = goodValues(provider, entry);
    const bind = () => take(provider.decode(entry.variant, values));

    it("takes values that suit its fields", () => {
      expect(issuesOf(provider, entry, values)).toEqual([]);
    });

    it("refuses wrong values field by field, once each, with a code that has a sentence", () => {
      for (const name of names) {
        for (const wrong of WRONG) {
          const issues = issuesOf(provider, entry, { ...values, [name]: wrong });
          expect(issues.every(isAbout(name)), `${name} ${String(wrong).slice(0, 20)}`).toBe(true);
          expect(issues.length).toBeLessThanOrEqual(1);
          const unworded = issues.filter((issue) => explainIssue(issue) === say("issues.other")).map(({ code }) => code);
          expect(unworded).toEqual([]);
        }
      }
    });

    it("marks a field as required exactly when it refuses its absence", () => {
      const required = provider.descriptor.fields.filter((field) => field.required && valueNames(field).length > 0).map(({ name }) => name);
      const refused = [...names].filter((name) => issuesOf(provider, entry, { ...values, [name]: null }).length > 0);
      expect(refused.toSorted()).toEqual(required.toSorted());
    });

    it("offers the capabilities that its form promises", () => {
      const { list, check, test } = bind();
      const { servers, testable } = provider.descriptor;
      expect([list !== null, check !== null, test !== null]).toEqual([servers !== "none", servers !== "none", testable]);
    });

    it("ends at once when it is cancelled, and when it was cancelled before", async () => {
      // A vendor's library loads with the first call, which no cancelling can shorten.
      await callAll(provider, bind(), trial(provider, "unknown", idle).context);
      for (const delay of [0, 50]) {
        const controller = new AbortController();
        const { context } = trial(provider, "hanging", controller.signal);
        if (delay === 0) controller.abort();
        else setTimeout(() => controller.abort(), delay);
        const started = performance.now();
        const answers = await callAll(provider, bind(), context);
        expect(performance.now() - started).toBeLessThan(ANSWER_MS);
        const kinds = answers.flatMap(faultsIn).map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind !== "cancelled")).toEqual([]);
      }
    });

    it("says no secret: in no answer, progress, log line or exception", async () => {
      const { context, said } = trial(provider, "unknown", idle);
      const answers = await callAll(provider, bind(), context).catch((error: unknown) => [error instanceof Error ? `${error.message} ${error.stack ?? ""}` : error]);
      const all = [...said, JSON.stringify(answers)].join("\n");
      expect(all).not.toContain(PLANTED);
      for (const line of planted.privateKeyPem.split("\n").slice(1, 4)) expect(all).not.toContain(line);
    });

    it("changes nothing it was given, and answers the same when asked again", async () => {
      const before = JSON.stringify(values);
      const frozen = Object.freeze({ ...values });
      const bound = take(provider.decode(entry.variant, frozen));
      const shape = (answers: readonly unknown[]) => JSON.stringify(answers, (name, value: unknown) => (name === "ms" || name === "at" ? 0 : value));
      const first = await callAll(provider, bound, trial(provider, "unknown", idle).context);
      const second = await callAll(provider, bound, trial(provider, "unknown", idle).context);
      expect(shape(second)).toBe(shape(first));
      expect(JSON.stringify(frozen)).toBe(before);
    });

    it("fails in words: each fault has a sentence and a next step", async () => {
      const { context } = trial(provider, "unknown", idle);
      for (const fault of (await callAll(provider, bind(), context)).flatMap(faultsIn)) {
        const { sentence, nextStep } = explain(fault);
        for (const text of [sentence, nextStep]) expect(text).toMatch(/^[A-Za-z0-9].*[.:?]$/s);
        expect([say("faults.unsupported"), say("faults.not-found"), say("faults.internal")]).not.toContain(sentence);
      }
    });
  });
}
