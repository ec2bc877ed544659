import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import {
  ldapSecuritySchema,
  storeConnectionSchema,
  storeDetailSchema,
  storeNameSchema,
  storeSummarySchema,
} from "../model/identity-store.ts";
import { findingSchema } from "../model/mail-server.ts";
import { revisionPageSchema } from "../model/draft.ts";
import { searchedWordSchema } from "../model/search.ts";
import { feed } from "./feed.ts";
import { work } from "./progress.ts";

const id = z.object({ id: z.string() });
/** A password on its way in; null keeps what is stored, the empty text clears it. */
const password = z.string().max(1024).nullable();

/** The newest revision, and whether it is a new one: what changes nothing makes none. */
const saved = z.object({ revision: z.number(), changed: z.boolean() });

export const controllerSchema = z.object({ host: z.string(), port: z.number() });

/** The end-entity certificate a directory presents, before it is trusted. */
export const presentedCertificateSchema = z.object({
  host: z.string(),
  /** Null where it is empty, as in most domain controllers' certificates: the names say whose it is. */
  subject: z.string().nullable(),
  issuer: z.string().nullable(),
  /** Subject alternative names: DNS names and addresses. */
  names: z.array(z.string()),
  sha256: z.string(),
  notBefore: z.number(),
  notAfter: z.number(),
  /** Why this computer does not trust it; null where it does. */
  problem: findingSchema.nullable(),
});
export type PresentedCertificate = z.infer<typeof presentedCertificateSchema>;

export const storesContract = {
  watch: oc.output(feed(storeSummarySchema)),
  get: oc.input(id).output(resultSchema(storeDetailSchema)),
  create: oc
    .input(z.object({ name: storeNameSchema, connection: storeConnectionSchema, password, prepareOnly: z.boolean().default(false) }))
    .output(resultSchema(z.object({ id: z.string() }))),
  rename: oc.input(z.object({ id: z.string(), name: storeNameSchema })).output(resultSchema(saved)),
  duplicate: oc.input(z.object({ id: z.string(), name: storeNameSchema })).output(resultSchema(z.object({ id: z.string() }))),
  /** `confirmName` must equal the store's name. */
  remove: oc.input(z.object({ id: z.string(), confirmName: z.string() })).output(resultSchema(z.null())),
  updateConnection: oc
    .input(z.object({ id: z.string(), connection: storeConnectionSchema, password, expectedRevision: z.number() }))
    .output(resultSchema(saved)),
  /** From now on nothing is asked for the store from this computer, or everything again. */
  prepareOnly: oc.input(z.object({ id: z.string(), on: z.boolean() })).output(resultSchema(z.null())),
  /** Climbs the directory's ladder. `id` lends the stored password when `password` is null. */
  test: oc.input(z.object({ id: z.string().nullable(), connection: storeConnectionSchema, password })).output(work(z.null())),
  /** `id`: for this store, which may be prepared only; null for one that is not there yet. Domain controllers through DNS SRV records, in RFC 2782 order. */
  findControllers: oc
    .input(z.object({ id: z.string().nullable(), domain: z.string().max(255), dnsServer: z.string().max(255).nullable() }))
    .output(resultSchema(z.array(controllerSchema))),
  presentedCertificate: oc
    .input(z.object({ id: z.string().nullable(), host: z.string().max(255), domain: z.string().max(255), dnsServer: z.string().max(255).nullable(), security: ldapSecuritySchema }))
    .output(resultSchema(presentedCertificateSchema)),
  /** Newest first, from the one before `before` on. */
  revisions: oc
    .input(
      z.object({
        id: z.string(),
        before: z.number().int().nullable().default(null),
        most: z.number().int().min(1).max(200).default(200),
        words: z.array(searchedWordSchema).max(20).default([]),
      }),
    )
    .output(resultSchema(revisionPageSchema)),
  /** Going back is a new revision. */
  restore: oc
    .input(z.object({ id: z.string(), number: z.number(), expectedRevision: z.number() }))
    .output(resultSchema(saved)),
};
