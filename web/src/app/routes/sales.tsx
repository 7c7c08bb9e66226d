/** Quotes, invoices, payments, mail log. */
export const salesRoutes = [] as const
