/** The seven roles of every workspace, strongest first. */
import type { Role } from './api'

export const ROLES = ['owner', 'administrator', 'sales', 'billing', 'marketing', 'support', 'read_only'] as const satisfies readonly Role[]
