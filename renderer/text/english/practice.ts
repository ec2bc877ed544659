export const practice = {
  title: "Practice",
} as const;
