/** Starts the app: words first, then the router. */
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '@/api/query'
import { router } from '@/app/router'
import { startI18n } from '@/lib/i18n'
import { watchSystemTheme } from '@/lib/look'
import { startShortcuts } from '@/lib/shortcuts'
import { Toaster } from '@/ui/Toast'
import { TooltipScope } from '@/ui/Tooltip'
import '@/ui/base.css'

const root = document.getElementById('root')
watchSystemTheme()
startShortcuts()
void startI18n().then(() => {
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <TooltipScope>
          <RouterProvider router={router} />
          <Toaster />
        </TooltipScope>
      </QueryClientProvider>
    </StrictMode>,
  )
})
