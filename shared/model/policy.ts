/**
 * What an administrator may manage for whole computers and accounts. The names are those of values in the registry and of
 * entries in `policy.json`; the templates for Group Policy are made of this schema (`build/policy-templates`).
 */
import { z } from "zod";
import { proxyAddressProblem } from "../rules/proxy-address.ts";
import { checkIntervalSchema, themeSchema } from "./setting-values.ts";

/** Words that `Proxy` may be in place of an address. `nowhere`: no cloud is reached. */
const PROXY_WORDS: readonly string[] = ["none", "environment", "nowhere"];

/** How many objects of one kind a run of a job may touch. */
const jobLimitSchema = z.number().int().min(0).max(1_000_000);

export const policiesSchema = z.object({
  /** Whom to ask about what is managed, as the organisation says it. */
  Contact: z.string().max(200),
  CheckInterval: checkIntervalSchema,
  Proxy: z
    .string()
    .max(300)
    .refine((value) => PROXY_WORDS.includes(value) || proxyAddressProblem(value) === null),
  Theme: themeSchema,
  NoPractice: z.boolean(),
  NoKeyFile: z.boolean(),
  NoSecretsInExports: z.boolean(),
  JobsCreateAtMost: jobLimitSchema,
  JobsEnableAtMost: jobLimitSchema,
  JobsLicenseAtMost: jobLimitSchema,
  JobsUnlicenseAtMost: jobLimitSchema,
  JobsBlockAtMost: jobLimitSchema,
  JobsDeleteAtMost: jobLimitSchema,
});
export type Policies = z.infer<typeof policiesSchema>;
export const policyNameSchema = policiesSchema.keyof();
export type PolicyName = z.infer<typeof policyNameSchema>;

/**
 * What holds where a policy was set and cannot be understood, or the place it would be in cannot be read: what forbids most,
 * and for what harms nobody the console's own default. Either way nobody else can change it.
 */
export const strictestPolicies: Policies = {
  Contact: "",
  CheckInterval: 10,
  Proxy: "nowhere",
  Theme: "system",
  NoPractice: true,
  NoKeyFile: true,
  NoSecretsInExports: true,
  JobsCreateAtMost: 0,
  JobsEnableAtMost: 0,
  JobsLicenseAtMost: 0,
  JobsUnlicenseAtMost: 0,
  JobsBlockAtMost: 0,
  JobsDeleteAtMost: 0,
};

/** `machine` and `user`: the registry's two halves. `file`: `policy.json`. */
export const policySourceSchema = z.enum(["machine", "user", "file"]);
export type PolicySource = z.infer<typeof policySourceSchema>;

const managedPolicySchema = z.object({
  name: policyNameSchema,
  value: z.union([z.string(), z.number(), z.boolean()]),
  from: policySourceSchema,
  /** Why the strictest value holds instead of one that was set; null where what was set holds. */
  problem: z.enum(["wrong-value", "unreadable"]).nullable(),
});
export type ManagedPolicy = z.infer<typeof managedPolicySchema>;

/** What is managed here, as it was read when the console started. */
export const managedSchema = z.object({
  policies: z.array(managedPolicySchema),
  /** Values that stand there and are no policy, such as one whose name is misspelt. */
  unknown: z.array(z.object({ name: z.string(), from: policySourceSchema })),
});
export type Managed = z.infer<typeof managedSchema>;
