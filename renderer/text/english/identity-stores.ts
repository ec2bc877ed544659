export const identityStores = {
  title: "Identity stores",
} as const;
