/** The seven roles of every workspace, strongest first. */
export const ROLES = ['owner', 'administrator', 'sales', 'billing', 'marketing', 'support', 'read_only'] as const
export type Role = (typeof ROLES)[number]
