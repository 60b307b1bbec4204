import { sentences } from 'virtual:words'
import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { setWords } from '../kit/words.ts'
import '../kit/tokens.css'
import '../kit/kit.css'
import '../kit/forms.css'
import '../kit/table.css'
import './console.css'
import './pages.css'
import './papers.css'
import './decisions.css'
import './oversight.css'
import './persons.css'
import './cases.css'
import './programs.css'
import './people.css'
import './widths.css'
import './print.css'
import { client } from './client.ts'
import { router } from './router.tsx'
import { theme } from './theme.ts'

setWords(sentences)
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const place = document.getElementById('app')
if (!place) throw new Error('index.html has no place for the console')

createRoot(place).render(
  <StrictMode>
    <ConfigProvider
      locale={zhCN}
      theme={theme}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      form={{ requiredMark: 'optional' }}
      getPopupContainer={() => document.getElementById('popups') ?? document.body}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  </StrictMode>,
)
